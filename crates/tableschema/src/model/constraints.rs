//! What a field's values must satisfy beside their type.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Constraints of a field, as declared. Bounds and enumerations are text in the field's own notation; whether they
/// apply to the field's type is known when they are compiled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraints {
    /// A missing value is an error.
    pub required: bool,
    /// A value occurs once.
    pub unique: bool,
    /// A regular expression that the whole text must match.
    pub pattern: Option<String>,
    /// The values allowed; `None`: any.
    pub enumeration: Option<Vec<String>>,
    /// Smallest value.
    pub minimum: Option<String>,
    /// Largest value.
    pub maximum: Option<String>,
    /// Values are larger than it (version 2).
    pub exclusive_minimum: Option<String>,
    /// Values are smaller than it (version 2).
    pub exclusive_maximum: Option<String>,
    /// Fewest characters, items or properties.
    pub min_length: Option<u64>,
    /// Most characters, items or properties.
    pub max_length: Option<u64>,
    /// A JSON Schema that an object or an array must satisfy (version 2).
    pub json_schema: Option<Value>,
}

impl Constraints {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
