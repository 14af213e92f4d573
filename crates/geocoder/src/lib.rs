//! An address and place index: built from BAN and BAL files, searched by text and by position.

mod place;

pub use place::{BanId, HouseNumber, NotBanId, Place, PlaceKind, Position, id_of_number};
