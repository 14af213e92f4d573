//! The addresses of a table found on a map: what is proposed, what a person chooses, the columns that the table gets.
//!
//! ```text
//! check::locate ──► Locating ──► Geocoding (a choice of the draft) ──► Survey: sure, doubtful, not found
//!                                     ▲                                   │
//!                                     └── corrections, by address ◄───────┘
//!                                     └──► Stage: latitude, longitude… after the repairs of check::transform
//! ```
//! Corrections are of an address as it is written, not of a row: all rows that write it follow, and the next file of the
//! same dataset too.

mod address;
mod choice;
mod find;
mod stage;
mod survey;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;

pub use choice::{AddressColumns, Candidate, Correction, Geocoding, GeocodingChoice, PlaceKind, Sureness};
pub(crate) use stage::Stage;
pub use stage::{COLUMNS, Plan};
pub(crate) use survey::Surveyor;
pub use survey::{Doubt, Handled, Survey};
