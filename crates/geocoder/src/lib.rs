//! An address and place index: built from BAN and BAL files, searched by text and by position.

pub mod answer;
pub mod batch;
pub mod build;
mod error;
mod geocoder;
pub mod import;
pub mod index;
pub mod interpolate;
mod place;
pub mod projection;
pub mod query;
mod reverse;
pub mod search;
pub mod source;
pub mod territory;
pub mod text;

pub use answer::{Explanation, Hit, Kind};
pub use build::{BuildOptions, Builder};
pub use error::{BuildError, IndexError};
pub use geocoder::Geocoder;
pub use index::Index;
pub use place::{BanId, HouseNumber, NotBanId, Place, PlaceKind, Position, id_of_number};
pub use query::{BoundingBox, Filters, ReverseQuery, SearchQuery, Structured};
pub use search::SearchLimits;
