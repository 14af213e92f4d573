//! Repairs: what is wrong in a known way is proposed to be mended, counted and shown before anything changes.
//!
//! [`survey`] reads a table once and says what could be repaired; a person chooses among the [`Proposal`]s; a
//! [`Repairer`] makes those that were chosen, batch by batch, and counts what it did. Both try cells by the same
//! function, so that what is shown is what is done.
//!
//! Cells that are right are left alone, but for the spaces around them: repairing a clean table changes nothing, and
//! repairing twice changes nothing more. What is changed by a repair that a schema proves is right afterwards.

mod boolean;
mod code;
mod coordinates;
mod date;
mod decimal_suffix;
mod diagnosis;
mod email;
mod empty_marker;
mod enumeration;
mod examiner;
mod fold;
mod header;
mod identifier_form;
mod layout;
mod leading_zeros;
mod mojibake;
mod number;
mod phone;
mod proposal;
mod repairer;
mod rows;
mod scientific;
mod survey;
mod target;
mod url;
mod whitespace;

#[cfg(test)]
mod tests;

pub use code::RepairCode;
pub use date::DayOrder;
pub use proposal::{Change, Proposal};
pub use repairer::{Done, Repairer};
pub use survey::survey;

pub(crate) use coordinates::{Place, place};
pub(crate) use fold::plain;
use target::Target;
pub(crate) use whitespace::is_invisible;

/// What would be right in the place of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Suggestion {
    code: RepairCode,
    after: String,
    /// Whether nothing else can be meant.
    certain: bool,
}
