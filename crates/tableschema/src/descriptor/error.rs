//! Why a descriptor cannot be used.

use serde_json::{Map, Value};

use crate::locales;

/// Why a descriptor cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DescriptorError {
    /// It is larger than the limit.
    #[error("the descriptor has more than {most} bytes")]
    TooLarge {
        /// Bytes allowed.
        most: usize,
    },
    /// It isn't JSON, or is nested too deep.
    #[error("the descriptor is not JSON: line {line}, column {column}: {detail}")]
    NotJson {
        /// 1-based.
        line: usize,
        /// 1-based.
        column: usize,
        /// The parser's words.
        detail: String,
    },
    /// It is JSON, but not an object.
    #[error("the descriptor is not a JSON object")]
    NotAnObject,
    /// It has no list of `fields`, or of `resources`.
    #[error("the descriptor has no list of `{property}`")]
    Missing {
        /// What is missing.
        property: &'static str,
        /// What it is instead, as far as can be told.
        looks: Looks,
    },
    /// It has more fields or resources than the limit.
    #[error("the descriptor has more than {most} `{property}`")]
    TooMany {
        /// Of what.
        property: &'static str,
        /// How many are allowed.
        most: usize,
    },
}

/// What a descriptor looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// A Table Schema: it has `fields`.
    TableSchema,
    /// A Data Package: it has `resources`.
    Package,
    /// A JSON Schema.
    JsonSchema,
    /// GeoJSON data.
    Geojson,
    /// Nothing known.
    Unknown,
}

impl Looks {
    /// What an object looks like.
    #[must_use]
    pub fn of(descriptor: &Map<String, Value>) -> Self {
        let has = |name| descriptor.contains_key(name);
        if descriptor.get("fields").is_some_and(Value::is_array) {
            Self::TableSchema
        } else if has("properties") || has("$defs") || has("definitions") || has("allOf") || has("$ref") {
            Self::JsonSchema
        } else if descriptor.get("resources").is_some_and(Value::is_array) {
            Self::Package
        } else if has("features") {
            Self::Geojson
        } else {
            Self::Unknown
        }
    }
}

impl DescriptorError {
    /// A sentence in `fr` or `en` (any other language: English).
    #[must_use]
    pub fn message(&self, language: &str) -> String {
        let (key, arguments) = match self {
            Self::TooLarge { most } => ("descriptor-too-large", vec![("most", most.to_string())]),
            Self::NotJson { line, column, detail } => (
                "descriptor-not-json",
                vec![("line", line.to_string()), ("column", column.to_string()), ("detail", detail.clone())],
            ),
            Self::NotAnObject => ("descriptor-not-an-object", vec![]),
            Self::Missing { property, looks } => {
                let key = match looks {
                    Looks::TableSchema => "descriptor-is-table-schema",
                    Looks::Package => "descriptor-is-package",
                    Looks::JsonSchema => "descriptor-is-json-schema",
                    Looks::Geojson | Looks::Unknown => "descriptor-missing",
                };
                (key, vec![("property", (*property).to_owned())])
            }
            Self::TooMany { property, most } => {
                ("descriptor-too-many", vec![("property", (*property).to_owned()), ("most", most.to_string())])
            }
        };
        let arguments = arguments.iter().map(|(name, value)| (*name, value.as_str()));
        locales::sentence(language, key, arguments)
    }
}
