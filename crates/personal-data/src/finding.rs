//! What was found, told without telling it.

use serde::{Deserialize, Serialize};

use crate::{Detector, Ground, Remedy, sentence};

/// How grave it is to publish the column as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Said for information: the law lets it be published.
    Low,
    /// To be looked at; publication isn't held.
    Medium,
    /// Publication is held until a remedy is chosen or a person justifies it.
    High,
}

/// A cell that shows the finding, masked: enough for the holder of the file to see what is meant, too little to learn it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Row, counted as the caller does (usually the header is row 1).
    pub row: u64,
    /// Name of the column.
    pub field: String,
    /// The cell, masked.
    pub masked: String,
}

/// How much of its columns a finding concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// The columns are made of it: every cell is treated.
    #[default]
    Column,
    /// Some cells among others: those that are recognised are treated.
    Cells,
}

/// Personal data of one kind in one column, or in the columns that make it together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable identifier within a table: `nir:num_secu`, `person-name:nom+prenom`.
    pub id: String,
    /// The kind.
    pub detector: Detector,
    /// Names of the columns concerned, in their order.
    pub fields: Vec<String>,
    /// Number of rows that hold it.
    pub rows: u64,
    /// Whether the columns are made of it, or some of their cells hold it.
    #[serde(default)]
    pub extent: Extent,
    /// How grave it is.
    pub level: Level,
    /// The rule of law that decides, as it was when the table was scanned.
    pub ground: Ground,
    /// Least count of persons that may be published, as the scan was told.
    #[serde(default = "least_count")]
    pub k: u64,
    /// A few cells, masked.
    pub examples: Vec<Example>,
    /// What can be done, the advised one first.
    pub remedies: Vec<Remedy>,
}

fn least_count() -> u64 {
    crate::guard::LEAST_COUNT
}

impl Finding {
    /// What was found, where and how often, in a sentence for a clerk. `language` is `fr` or `en`.
    pub fn message(&self, language: &str) -> String {
        sentence::of_finding(self, language)
    }
}
