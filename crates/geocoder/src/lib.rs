//! An address and place index: built from BAN and BAL files, searched by text and by position.

pub mod answer;
mod place;
pub mod text;
pub mod query;

pub use answer::{Explanation, Hit, Kind};
pub use place::{BanId, HouseNumber, NotBanId, Place, PlaceKind, Position, id_of_number};
pub use query::{BoundingBox, Filters, ReverseQuery, SearchQuery, Structured};
