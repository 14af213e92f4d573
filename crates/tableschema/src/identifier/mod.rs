//! Identifiers of French public data: whether a text is one, and what is wrong when it isn't.
//!
//! Each module has `check(&str) -> Result<(), Fault>` and `is_valid(&str) -> bool`. They work on bytes and allocate
//! nothing, since they run on every cell. They are strict: no space, no dot, the exact width. What people type is
//! first reduced by [`Figures::written`], as the ecosystem's checks do.

pub mod commune;
mod figures;
pub mod finess;
pub mod luhn;
pub mod nic;
pub mod opening_hours;
pub mod phone;
pub mod postcode;
pub mod rna;
pub mod siren;
pub mod siret;
pub mod uai;
pub mod year_interval;

pub use figures::Figures;

use thiserror::Error;

/// What is wrong with an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Fault {
    /// Not the number of characters that the identifier has.
    #[error("{found} characters instead of {expected}")]
    Length {
        /// The width of the identifier.
        expected: usize,
        /// The width met, in characters.
        found: usize,
    },
    /// A character that the identifier cannot have.
    #[error("a character that is not allowed")]
    Characters,
    /// The check digit or letter doesn't follow from the rest.
    #[error("the key is wrong")]
    Key,
    /// Nothing but zeros: a placeholder.
    #[error("nothing but zeros")]
    Zeros,
    /// The characters are not in the order that the identifier has.
    #[error("not the form of such an identifier")]
    Form,
    /// Well formed, but in a range that nobody has been given.
    #[error("not in a range in use")]
    Unallotted,
    /// An interval that ends before it starts.
    #[error("the end comes before the start")]
    Reversed,
    /// An interval of nothing.
    #[error("start and end are the same")]
    Empty,
}

impl Fault {
    /// A stable name: `length`, `characters`, `key`…
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Length { .. } => "length",
            Self::Characters => "characters",
            Self::Key => "key",
            Self::Zeros => "zeros",
            Self::Form => "form",
            Self::Unallotted => "unallotted",
            Self::Reversed => "reversed",
            Self::Empty => "empty",
        }
    }
}
