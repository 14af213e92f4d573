//! The exchange format of address bases (*Base Adresse Locale*): versions 1.3 to 1.5 are read, 1.4 is written.
//!
//! 1.4 is the version that every tool of today takes: unlike 1.3 it has lasting identifiers, and unlike 1.5 it keeps the
//! interoperability key, and a town whose commune the national base has not yet numbered can publish it.

mod columns;
mod read;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod write;

pub use read::{Counted, Reading, of_file};
pub use write::{FILE_NAME, write};

/// The number that stands for a lieu-dit or a street without numbers.
pub const NO_NUMBER: u32 = 99_999;
