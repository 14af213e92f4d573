//! A field's descriptor.

use serde_json::{Map, Value};

use super::{
    constraints, kind,
    reader::{Reader, join, scalar, text},
};
use crate::{
    model::{Category, Field, Version},
    report::NoteCode,
};

/// Reads a field. Whatever it lacks, it is a field: columns are counted by them.
pub(super) fn read(
    descriptor: &Map<String, Value>,
    place: &str,
    specification: Version,
    reader: &mut Reader<'_>,
) -> Field {
    note_odd_properties(descriptor, place, reader);
    let name = reader.take(descriptor, "name", place, scalar).unwrap_or_default();
    if name.is_empty() {
        reader.note(NoteCode::UnnamedField, place, "");
    }
    let kind = kind::read(descriptor, place, specification, reader);
    Field {
        name,
        title: reader.string(descriptor, "title", place),
        description: reader.string(descriptor, "description", place),
        example: example(descriptor),
        constraints: constraints::read(descriptor, &kind, place, reader),
        kind,
        missing_values: reader.missing_values(descriptor, place),
        categories: categories(descriptor, place, reader),
        categories_ordered: reader.flag(descriptor, "categoriesOrdered", place).unwrap_or(false),
        rdf_type: reader.string(descriptor, "rdfType", place),
    }
}

fn example(descriptor: &Map<String, Value>) -> Option<String> {
    match descriptor.get("example").or_else(|| descriptor.get("examples"))? {
        Value::Null => None,
        Value::Array(items) if descriptor.get("example").is_none() => items.first().map(text),
        other => Some(text(other)),
    }
}

fn categories(descriptor: &Map<String, Value>, place: &str, reader: &mut Reader<'_>) -> Vec<Category> {
    let categories = reader.take(descriptor, "categories", place, |value| {
        value.as_array()?.iter().map(category).collect::<Option<Vec<_>>>()
    });
    let categories = categories.unwrap_or_default();
    if categories.len() > reader.enum_values_left {
        reader.note(NoteCode::TooMany, join(place, "categories"), "");
        return Vec::new();
    }
    reader.enum_values_left -= categories.len();
    categories
}

fn category(value: &Value) -> Option<Category> {
    match value {
        Value::Object(object) => {
            Some(Category { value: scalar(object.get("value")?)?, label: object.get("label").and_then(scalar) })
        }
        other => scalar(other).map(|value| Category { value, label: None }),
    }
}

/// Properties that other validators leave aside and that the author surely meant otherwise. They are left aside here
/// too: a file that every other validator accepts shall not be refused for what was never enforced.
fn note_odd_properties(descriptor: &Map<String, Value>, place: &str, reader: &mut Reader<'_>) {
    for name in descriptor.keys() {
        match name.as_str() {
            "required" | "unique" | "pattern" | "enum" | "minimum" | "maximum" | "minLength" | "maxLength" => {
                reader.note(NoteCode::MisplacedProperty, join(place, name), name);
            }
            "contraints" | "contraintes" | "constraint" | "exemple" | "titre" => {
                reader.note(NoteCode::MisspeltProperty, join(place, name), name);
            }
            _ if is_slip(name) => reader.note(NoteCode::MisspeltProperty, join(place, name), name),
            _ => {}
        }
    }
}

/// Whether a name carries a stray colon or space.
pub(super) fn is_slip(name: &str) -> bool {
    name.trim_end_matches(':').trim() != name
}
