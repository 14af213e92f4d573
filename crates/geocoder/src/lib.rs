//! An address and place index: built from BAN and BAL files, searched by text and by position.

pub mod answer;
pub mod batch;
mod error;
pub mod index;
mod place;
pub mod projection;
pub mod territory;
pub mod text;
pub mod query;

pub use answer::{Explanation, Hit, Kind};
pub use error::{BuildError, IndexError};
pub use index::Index;
pub use place::{BanId, HouseNumber, NotBanId, Place, PlaceKind, Position, id_of_number};
pub use query::{BoundingBox, Filters, ReverseQuery, SearchQuery, Structured};
