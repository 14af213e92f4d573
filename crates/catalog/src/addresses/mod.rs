//! A town's own address base (*Base Adresse Locale*): its streets and lieux-dits, their numbers, where each is, and
//! which of them the town vouches for.
//!
//! Communes name their ways and lieux-dits, number the houses, and make both available (article L2121-30 of the CGCT,
//! since loi 3DS of 2022, article 169, and décret 2023-767). A base is begun from nothing, from a file, or from what the
//! address index knows of the commune; it is edited here and published as any dataset is.

pub mod bal;
mod begin;
pub(crate) mod code;
mod edit;
mod fault;
mod ground;
mod install;
mod keep;
mod legal;
pub mod model;
pub mod name;
pub mod number;
pub mod places;
pub mod problem;
mod publish;

pub use begin::{BaseDraft, Begun, From};
pub use edit::{NumberDraft, StreetChange, StreetDraft, StreetEdit};
pub use fault::Fault;
pub use ground::Ground;
pub use model::{Base, Number, Part, Position, PositionKind, Publication, Settings, Street, StreetKind, StreetLine};
pub use problem::{Problem, ProblemKind};
pub use publish::{DatasetWords, PublishedAddresses};

/// Streets and lieux-dits of a base at most; the largest towns have some thousands.
pub const MOST_STREETS: usize = 50_000;
/// Numbers of a base at most.
pub const MOST_NUMBERS: usize = 500_000;
/// Numbers of a street at most.
pub const MOST_NUMBERS_OF_STREET: usize = 20_000;
/// Positions of an address at most.
pub const MOST_POSITIONS: usize = 50;
/// Parcels of an address at most.
pub const MOST_PARCELS: usize = 200;

/// The day of an instant, in universal time.
pub(crate) fn day_of(instant: jiff::Timestamp) -> jiff::civil::Date {
    instant.to_zoned(jiff::tz::TimeZone::UTC).date()
}
