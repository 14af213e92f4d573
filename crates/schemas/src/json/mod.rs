//! JSON documents against JSON Schemas, by the `jsonschema` library: nothing is fetched, patterns run in linear time
//! or within a bound, errors are counted and only the first ones are kept.

mod finding;
mod geojson;

use jsonschema::{PatternOptions, ValidationOptions, Validator};
use serde::Serialize;
use serde_json::Value;

pub use finding::Finding;

use crate::Error;
use crate::limits::MOST_SCHEMA_BYTES;

/// Steps that a pattern with look-around may go back, for one text.
const MOST_STEPS_BACK: usize = 100_000;
/// Bytes of a compiled pattern.
const PATTERN_BYTES: usize = 2 << 20;

/// Bounds on a document.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of a document, which is held in memory.
    pub document_bytes: u64,
    /// Findings that are kept; all are counted.
    pub errors: usize,
    /// Bytes of a value that are kept in a finding.
    pub value_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document_bytes: 128 << 20, errors: 1_000, value_bytes: 500 }
    }
}

/// The outcome of a validation.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Whether there is no error.
    pub valid: bool,
    /// Records: elements of the list, features of the collection, members of the longest list; 1 for a single object.
    pub records: u64,
    /// The first ones, in the document's order.
    pub errors: Vec<Finding>,
    /// All of them.
    pub error_count: u64,
}

/// Why a document can't be checked at all.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Larger than the limit.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// Not JSON.
    #[error("line {line}, column {column}: {detail}")]
    NotJson {
        /// 1-based.
        line: usize,
        /// 1-based.
        column: usize,
        /// What was met.
        detail: String,
    },
}

/// A JSON Schema, ready to check with.
#[derive(Debug)]
pub struct JsonSchema {
    validator: Validator,
    /// Whether it describes an object, and so each element when a document is a list.
    of_one: bool,
}

impl JsonSchema {
    /// Reads a schema of any draft.
    ///
    /// # Errors
    /// When it isn't JSON, breaks the rules of its draft, or refers to what isn't in it (GeoJSON's own schemas are
    /// known).
    pub fn parse(bytes: &[u8], name: &str) -> Result<Self, Error> {
        if bytes.len() > MOST_SCHEMA_BYTES {
            return Err(Error::TooLarge { name: name.to_owned(), limit: MOST_SCHEMA_BYTES });
        }
        let wrong = |detail: String| Error::NotASchema { name: name.to_owned(), detail };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut schema: Value = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
        keep_identified(&mut schema);
        let options = || ValidationOptions::default().with_retriever(geojson::Known);
        let linear = PatternOptions::regex().size_limit(PATTERN_BYTES).dfa_size_limit(PATTERN_BYTES);
        let bounded = PatternOptions::fancy_regex()
            .size_limit(PATTERN_BYTES)
            .dfa_size_limit(PATTERN_BYTES)
            .backtrack_limit(MOST_STEPS_BACK);
        // Look-around, which some schemas use, is beyond a linear-time engine: those patterns run within a bound.
        let validator = options()
            .with_pattern_options(linear)
            .build(&schema)
            .or_else(|_| options().with_pattern_options(bounded).build(&schema))
            .map_err(|error| wrong(format!("{} ({})", error, error.instance_path())))?;
        let of_one = schema.get("type").and_then(Value::as_str) == Some("object");
        Ok(Self { validator, of_one })
    }

    /// Checks a document. A list, when the schema describes an object, is checked element by element.
    ///
    /// # Errors
    /// When it is larger than the limit, or isn't JSON.
    pub fn validate(&self, bytes: &[u8], limits: &Limits) -> Result<Report, DocumentError> {
        if bytes.len() as u64 > limits.document_bytes {
            return Err(DocumentError::TooLarge { limit: limits.document_bytes });
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let not_json = |error: serde_json::Error| DocumentError::NotJson {
            line: error.line(),
            column: error.column(),
            detail: error.to_string(),
        };
        let document: Value = serde_json::from_slice(bytes).map_err(not_json)?;
        let mut errors = Vec::new();
        let mut error_count = 0;
        let mut check = |instance: &Value, above: &str| {
            for error in self.validator.iter_errors(instance) {
                error_count += 1;
                if errors.len() < limits.errors {
                    errors.push(Finding::of(&error, above, limits.value_bytes));
                }
            }
        };
        match &document {
            Value::Array(items) if self.of_one => {
                items.iter().enumerate().for_each(|(number, item)| check(item, &format!("/{number}")));
            }
            other => check(other, ""),
        }
        Ok(Report { valid: error_count == 0, records: records(&document), errors, error_count })
    }
}

/// Up to draft 7 nothing beside `$ref` counts, not even the `$id` by which other parts of some schemas call it: the
/// reference is put one level lower, so that both are heard.
fn keep_identified(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.get("$id").is_some_and(Value::is_string)
                && members.get("$ref").is_some_and(Value::is_string)
                && let Some(reference) = members.remove("$ref")
            {
                members.insert("allOf".to_owned(), serde_json::json!([{ "$ref": reference }]));
            }
            members.values_mut().for_each(keep_identified);
        }
        Value::Array(items) => items.iter_mut().for_each(keep_identified),
        _ => {}
    }
}

/// Records of a document: its elements, or those of the longest list in its first two levels.
fn records(document: &Value) -> u64 {
    fn longest(value: &Value, depth: usize) -> u64 {
        match value {
            Value::Array(items) => items.len() as u64,
            Value::Object(members) if depth > 0 => {
                members.values().map(|member| longest(member, depth - 1)).max().unwrap_or(0)
            }
            _ => 0,
        }
    }
    match document {
        Value::Array(items) => items.len() as u64,
        other => longest(other, 2).max(1),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schema(schema: &Value) -> JsonSchema {
        JsonSchema::parse(&serde_json::to_vec(schema).unwrap(), "test").unwrap()
    }

    fn check(against: &Value, document: &Value) -> Report {
        schema(against).validate(&serde_json::to_vec(document).unwrap(), &Limits::default()).unwrap()
    }

    #[test]
    fn an_error_says_where_and_which_rule() {
        let against = json!({ "type": "object", "properties": { "montant": { "type": "number", "minimum": 0 } } });
        let report = check(&against, &json!({ "montant": -5 }));
        assert_eq!((report.valid, report.error_count), (false, 1));
        assert_eq!(report.errors[0].pointer, "/montant");
        assert_eq!(report.errors[0].keyword, "minimum");
        assert_eq!(report.errors[0].value.as_deref(), Some("-5"));
        assert!(report.errors[0].message("fr").contains("montant"), "{}", report.errors[0].message("fr"));
    }

    #[test]
    fn a_list_of_what_the_schema_describes_is_checked_element_by_element() {
        let against = json!({ "type": "object", "required": ["id"] });
        let report = check(&against, &json!([{ "id": 1 }, {}]));
        assert_eq!((report.records, report.error_count), (2, 1));
        assert_eq!(report.errors[0].pointer, "/1");
        assert_eq!(report.errors[0].field.as_deref(), Some("id"));
    }

    #[test]
    fn nothing_is_fetched() {
        let remote = json!({ "$ref": "https://example.org/schema.json" });
        assert!(matches!(JsonSchema::parse(&serde_json::to_vec(&remote).unwrap(), "x"), Err(Error::NotASchema { .. })));
        let file = json!({ "$ref": "file:///etc/passwd" });
        assert!(matches!(JsonSchema::parse(&serde_json::to_vec(&file).unwrap(), "x"), Err(Error::NotASchema { .. })));
    }

    #[test]
    fn geometries_are_known_without_the_network() {
        let against = json!({ "properties": { "geometry": { "$ref": "https://geojson.org/schema/Point.json" } } });
        assert!(check(&against, &json!({ "geometry": { "type": "Point", "coordinates": [1.9, 43.3] } })).valid);
        assert!(!check(&against, &json!({ "geometry": { "type": "Point", "coordinates": ["1.9", 43.3] } })).valid);
    }

    #[test]
    fn a_part_that_is_only_a_reference_is_found_by_its_own_name() {
        let against = json!({
            "$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://e.fr/schema.json",
            "definitions": { "a": { "$id": "texte", "$ref": "#/definitions/b" }, "b": { "type": "string" } },
            "properties": { "x": { "$ref": "texte" } },
        });
        // `#/…` below an `$id` of its own points into that part: a fault of the schema, told.
        assert!(JsonSchema::parse(&serde_json::to_vec(&against).unwrap(), "x").is_err());
        let point = json!({
            "$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://e.fr/schema.json",
            "definitions": { "a": { "$id": "point", "$ref": "https://geojson.org/schema/Point.json" } },
            "properties": { "x": { "$ref": "point" } },
        });
        assert!(!check(&point, &json!({ "x": { "type": "Line" } })).valid);
    }

    #[test]
    fn schemas_that_go_round_in_circles_end() {
        let circle = json!({ "$ref": "#" });
        check(&circle, &json!({ "a": [1, 2] }));
        let two = json!({ "$defs": { "a": { "$ref": "#/$defs/b" }, "b": { "allOf": [{ "$ref": "#/$defs/a" }] } }, "$ref": "#/$defs/a" });
        check(&two, &json!({ "a": [1, 2] }));
    }

    #[test]
    fn patterns_that_would_take_for_ever_do_not() {
        let against = json!({ "properties": { "a": { "pattern": "^(a+)+$" }, "b": { "pattern": "^(?=(a+)+$)b" } } });
        let long = "a".repeat(5_000) + "!";
        let report = check(&against, &json!({ "a": long, "b": long }));
        assert!(!report.valid);
    }

    #[test]
    fn a_million_errors_are_counted_and_few_are_kept() {
        let against = json!({ "items": { "type": "integer" } });
        let report = check(&against, &json!(vec!["x"; 100_000]));
        assert_eq!((report.error_count, report.errors.len()), (100_000, 1_000));
    }

    #[test]
    fn a_document_that_is_not_json_is_told_with_its_line() {
        let broken = schema(&json!({})).validate(b"{\n\"a\": ,}", &Limits::default());
        assert!(matches!(broken, Err(DocumentError::NotJson { line: 2, .. })), "{broken:?}");
        let deep = "[".repeat(100_000);
        assert!(schema(&json!({})).validate(deep.as_bytes(), &Limits::default()).is_err());
    }
}
