//! A schema as headers are compared with it.

use std::collections::HashMap;

use serde_json::Value;
use tableschema::Schema;

use crate::synonyms::SchemaSynonyms;
use crate::words::normalize;

/// How alike a column and a field are when paired by name, by title or synonym, by a name one letter away.
const BY_NAME: f64 = 1.0;
const BY_TITLE: f64 = 0.9;
const BY_NEAR_NAME: f64 = 0.8;
/// Names shorter than this are not paired when a letter differs.
const SHORTEST_NEAR_NAME: usize = 6;
/// Columns among which a near name is looked for.
const MOST_NEAR_COLUMNS: usize = 200;

/// The fields of a schema.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(super) fields: Vec<CandidateField>,
}

/// A field, by the names that columns may give it.
#[derive(Debug)]
pub(super) struct CandidateField {
    pub(super) name: String,
    /// The name, normalised.
    pub(super) form: String,
    /// Title and synonyms, normalised.
    others: Vec<String>,
    pub(super) required: bool,
}

impl CandidateField {
    fn new(name: &str, title: Option<&str>, required: bool, synonyms: SchemaSynonyms<'_>) -> Self {
        let form = normalize(name);
        let mut others: Vec<String> = title.into_iter().chain(synonyms.of_field(name)).map(normalize).collect();
        others.retain(|other| !other.is_empty() && *other != form);
        Self { name: name.to_owned(), form, others, required }
    }
}

impl Candidate {
    /// From a Table Schema's descriptor; `None` without a field.
    pub(crate) fn of_table(descriptor: &Value, synonyms: SchemaSynonyms<'_>) -> Option<Self> {
        let listed = descriptor.get("fields")?.as_array()?;
        let field = |field: &Value| {
            let name = field.get("name")?.as_str()?;
            let required = field.pointer("/constraints/required").and_then(Value::as_bool).unwrap_or(false);
            Some(CandidateField::new(name, field.get("title").and_then(Value::as_str), required, synonyms))
        };
        Self::of_fields(listed.iter().filter_map(field).collect())
    }

    /// From a JSON Schema: the largest set of properties that it describes, which are those of its records.
    pub(crate) fn of_json(descriptor: &Value, synonyms: SchemaSynonyms<'_>) -> Option<Self> {
        let record = largest_record(descriptor)?;
        let required: Vec<&str> = match record.get("required").and_then(Value::as_array) {
            Some(names) => names.iter().filter_map(Value::as_str).collect(),
            None => Vec::new(),
        };
        let property = |(name, described): (&String, &Value)| {
            let title = described.get("title").and_then(Value::as_str);
            CandidateField::new(name, title, required.contains(&name.as_str()), synonyms)
        };
        Self::of_fields(record.get("properties")?.as_object()?.iter().map(property).collect())
    }

    /// From a schema that was read.
    pub(super) fn of_schema(schema: &Schema) -> Self {
        let none = crate::synonyms::Synonyms::default();
        let field = |field: &tableschema::Field| {
            CandidateField::new(&field.name, field.title.as_deref(), field.constraints.required, none.of(""))
        };
        Self { fields: schema.fields.iter().map(field).collect() }
    }

    fn of_fields(fields: Vec<CandidateField>) -> Option<Self> {
        (!fields.is_empty()).then_some(Self { fields })
    }

    /// The column of each field, and how alike they are. A column is given once; equal names come first.
    pub(super) fn pair(&self, columns: &[String], by_form: &HashMap<String, usize>) -> Vec<Option<(usize, f64)>> {
        let mut taken = vec![false; columns.len()];
        let mut pairs = vec![None; self.fields.len()];
        let mut take = |pair: &mut Option<(usize, f64)>, column: usize, likeness: f64| {
            if let Some(free) = taken.get_mut(column).filter(|taken| pair.is_none() && !**taken) {
                *free = true;
                *pair = Some((column, likeness));
            }
        };
        for (field, pair) in self.fields.iter().zip(&mut pairs) {
            if let Some(column) = by_form.get(&field.form) {
                take(pair, *column, BY_NAME);
            }
        }
        for (field, pair) in self.fields.iter().zip(&mut pairs) {
            for column in field.others.iter().filter_map(|other| by_form.get(other)) {
                take(pair, *column, BY_TITLE);
            }
        }
        for (field, pair) in self.fields.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
            let near = columns.iter().take(MOST_NEAR_COLUMNS).position(|column| is_near(column, &field.form));
            if let Some(column) = near {
                take(pair, column, BY_NEAR_NAME);
            }
        }
        pairs
    }
}

/// Whether two names differ by one letter left out, added, changed or exchanged with its neighbour.
fn is_near(a: &str, b: &str) -> bool {
    let long_enough = a.len().min(b.len()) >= SHORTEST_NEAR_NAME && a.len().abs_diff(b.len()) <= 1;
    long_enough && strsim::osa_distance(a, b) == 1 && !differ_by_a_figure(a, b)
}

/// `poste_1` and `poste_2` are two columns, not a slip.
fn differ_by_a_figure(a: &str, b: &str) -> bool {
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    figures(a) != figures(b)
}

/// The object of a JSON Schema that has the most properties.
fn largest_record(schema: &Value) -> Option<&Value> {
    let size = |value: &Value| value.get("properties").and_then(Value::as_object).map_or(0, serde_json::Map::len);
    let mut largest = (size(schema) > 0).then_some(schema);
    let inner = match schema {
        Value::Object(object) => object.values().filter_map(largest_record).max_by_key(|record| size(record)),
        Value::Array(items) => items.iter().filter_map(largest_record).max_by_key(|record| size(record)),
        _ => None,
    };
    if let Some(inner) = inner
        && size(inner) > largest.map_or(0, size)
    {
        largest = Some(inner);
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_slip_is_near_and_a_number_is_not() {
        assert!(is_near("nombeneficiare", "nombeneficiaire"));
        assert!(!is_near("poste01", "poste02"));
        assert!(!is_near("nom", "non"));
    }

    #[test]
    fn the_records_of_a_json_schema_are_its_largest_object() {
        let schema = json!({ "properties": { "features": { "items": {
            "properties": { "id": {}, "nom": {}, "date": {} } } } } });
        assert_eq!(
            largest_record(&schema).map(|record| record["properties"].as_object().map_or(0, |p| p.len())),
            Some(3)
        );
    }
}
