//! An address and place index: built from BAN and BAL files, searched by text and by position.

pub mod answer;
pub mod batch;
pub mod build;
mod error;
pub mod index;
mod place;
pub mod projection;
pub mod territory;
pub mod text;
pub mod query;
pub mod search;

pub use answer::{Explanation, Hit, Kind};
pub use build::{BuildOptions, Builder};
pub use error::{BuildError, IndexError};
pub use index::Index;
pub use place::{BanId, HouseNumber, NotBanId, Place, PlaceKind, Position, id_of_number};
pub use search::SearchLimits;
pub use query::{BoundingBox, Filters, ReverseQuery, SearchQuery, Structured};
