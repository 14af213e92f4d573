//! A town's own address base (*Base Adresse Locale*): its streets and lieux-dits, their numbers, where each is, and
//! which of them the town vouches for.
//!
//! Communes name their ways and lieux-dits, number the houses, and make both available (article L2121-30 of the CGCT,
//! since loi 3DS of 2022, article 169, and décret 2023-767). A base is begun from nothing, from a file, or from what the
//! address index knows of the commune; it is edited here and published as any dataset is.

pub mod bal;
mod code;
mod edit;
mod fault;
mod legal;
pub mod model;
pub mod name;
pub mod number;

pub use edit::{NumberDraft, StreetChange, StreetDraft, StreetEdit};
pub use fault::Fault;
pub use model::{Base, Number, Part, Position, PositionKind, Publication, Settings, Street, StreetKind};

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
