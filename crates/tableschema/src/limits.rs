//! One place for every limit on what a descriptor or a table may ask of the machine.

use serde::{Deserialize, Serialize};

use crate::model::FieldsMatch;

/// Bounds on a descriptor; every field is configuration.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of a descriptor.
    pub descriptor_bytes: usize,
    /// Fields of a schema.
    pub fields: usize,
    /// Values of all enumerations of a schema together.
    pub enum_values: usize,
    /// Resources of a package.
    pub resources: usize,
    /// Notes that are kept on a descriptor.
    pub notes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { descriptor_bytes: 4 << 20, fields: 4_000, enum_values: 200_000, resources: 1_000, notes: 200 }
    }
}

/// How a table is validated.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Findings that are kept; all are counted.
    pub errors: usize,
    /// How columns are paired with fields when the schema doesn't say. `None`: exactly, by order, as the
    /// specification has it.
    pub fields_match: Option<FieldsMatch>,
    /// Threads that check; 0: as many as the machine has cores.
    pub threads: usize,
    /// Bytes that the keys already seen (unique, primary key, references) may take together. Beyond, further rows
    /// are compared with those held and the report says so.
    pub key_bytes: usize,
    /// Bytes of a cell's text kept in a finding.
    pub value_bytes: usize,
    /// Bytes of all compiled patterns of a schema together; those beyond are not checked and the report says so.
    pub pattern_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            errors: 1_000,
            fields_match: None,
            threads: 0,
            key_bytes: 512 << 20,
            value_bytes: 500,
            pattern_bytes: 64 << 20,
        }
    }
}
