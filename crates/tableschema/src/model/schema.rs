//! A table's schema.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Field, MissingValue};
use crate::report::Note;

/// A Table Schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// `scdl-subventions`
    pub name: Option<String>,
    /// For people.
    pub title: Option<String>,
    /// For people.
    pub description: Option<String>,
    /// Where it is explained.
    pub homepage: Option<String>,
    /// The schema's own version: `2.1.1`.
    pub version: Option<String>,
    /// Version of the specification that it follows.
    pub specification: Version,
    /// The columns, in order.
    pub fields: Vec<Field>,
    /// How columns are paired with fields; `None` when the descriptor doesn't say.
    pub fields_match: Option<FieldsMatch>,
    /// Texts that stand for no value; the empty text when the descriptor doesn't say.
    pub missing_values: Vec<MissingValue>,
    /// Fields that identify a row.
    pub primary_key: Vec<String>,
    /// Groups of fields whose values occur once together.
    pub unique_keys: Vec<Vec<String>>,
    /// References to other tables.
    pub foreign_keys: Vec<ForeignKey>,
    /// `custom_checks` of the French schemas.
    pub checks: Vec<CustomCheck>,
    /// What is odd in the descriptor and how it was understood.
    pub notes: Vec<Note>,
}

/// Version of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// specs.frictionlessdata.io
    V1,
    /// datapackage.org
    V2,
}

/// How columns are paired with fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldsMatch {
    /// The same, in the same order.
    Exact,
    /// The same, in any order.
    Equal,
    /// All fields are there; the table may have more columns.
    Subset,
    /// All columns are fields; the table may have fewer.
    Superset,
    /// At least one column is a field.
    Partial,
}

impl FieldsMatch {
    /// Its name in a descriptor.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Equal => "equal",
            Self::Subset => "subset",
            Self::Superset => "superset",
            Self::Partial => "partial",
        }
    }
}

/// A reference to rows of another table, or of the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// Fields of this table.
    pub fields: Vec<String>,
    /// Name of the resource that is referred to; empty: this table.
    pub resource: String,
    /// Fields of the other table, as many.
    pub reference_fields: Vec<String>,
}

/// A check beyond the specification.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomCheck {
    /// `french-siret-value`
    pub name: String,
    /// `{"column": "idAttribuant"}`
    pub params: Map<String, Value>,
}

impl Schema {
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Texts that stand for no value in a field: its own, or the schema's.
    #[must_use]
    pub fn missing_values_of<'a>(&'a self, field: &'a Field) -> &'a [MissingValue] {
        field.missing_values.as_deref().unwrap_or(&self.missing_values)
    }
}
