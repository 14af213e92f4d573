//! What the table is about, as its name, title, schema and header tell: it moves the level and the ground.

use serde::{Deserialize, Serialize};

/// What is known of the table beside its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Name of the file: `subventions-2025.csv`.
    pub file_name: Option<String>,
    /// Title of the dataset.
    pub title: Option<String>,
    /// Name of the schema that it follows: `scdl/deliberations`.
    pub schema: Option<String>,
}

/// A subject that has its own rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// Elected members and their mandates.
    Elected,
}
