//! What validation found.

mod code;
mod finding;
mod note;

use serde::{Deserialize, Serialize};

pub use code::Code;
pub use finding::{Finding, Sentence};
pub use note::{Note, NoteCode};

/// The outcome of a validation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Whether there is no error.
    pub valid: bool,
    /// Rows below the header.
    pub rows: u64,
    /// The first ones, by row, then by column; those of the header come first.
    pub errors: Vec<Finding>,
    /// All of them.
    pub error_count: u64,
    /// How many of each code, rule and column; those of the header first, then by column.
    pub counts: Vec<Count>,
    /// What couldn't be checked, and why.
    pub notes: Vec<Note>,
}

/// How often a rule was broken in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    /// Frictionless's name of the error.
    pub code: Code,
    /// The field, if the rule is about one.
    pub field: Option<String>,
    /// The rule as in [`Finding::rule`].
    pub rule: String,
    /// Times.
    pub count: u64,
}
