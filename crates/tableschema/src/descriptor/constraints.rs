//! A field's constraints.

use serde_json::{Map, Value};

use super::{
    field::is_slip,
    reader::{Reader, join, scalar, text},
};
use crate::{
    model::{Constraints, FieldKind},
    report::NoteCode,
};

const KNOWN: [&str; 11] = [
    "required",
    "unique",
    "pattern",
    "enum",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "jsonSchema",
];

/// Reads `constraints`; those that the type doesn't know are left out with a note.
pub(super) fn read(field: &Map<String, Value>, kind: &FieldKind, place: &str, reader: &mut Reader<'_>) -> Constraints {
    let Some(object) = reader.take(field, "constraints", place, |value| value.as_object().cloned()) else {
        return Constraints::default();
    };
    let place = join(place, "constraints");
    let mut known = Map::new();
    for (name, value) in object {
        if !KNOWN.contains(&name.as_str()) {
            let code = if is_slip(&name) { NoteCode::MisspeltProperty } else { NoteCode::UnsupportedConstraint };
            reader.note(code, join(&place, &name), kind.name());
        } else if applies(&name, kind) {
            known.insert(name, value);
        } else if !value.is_null() {
            reader.note(NoteCode::UnsupportedConstraint, join(&place, &name), kind.name());
        }
    }
    take(&known, &place, reader)
}

fn take(object: &Map<String, Value>, place: &str, reader: &mut Reader<'_>) -> Constraints {
    let mut bound = |name| reader.take(object, name, place, |value| Some(text(value)));
    let (minimum, maximum) = (bound("minimum"), bound("maximum"));
    let (exclusive_minimum, exclusive_maximum) = (bound("exclusiveMinimum"), bound("exclusiveMaximum"));
    Constraints {
        required: reader.flag(object, "required", place).unwrap_or(false),
        unique: reader.flag(object, "unique", place).unwrap_or(false),
        pattern: reader.take(object, "pattern", place, |value| value.as_str().map(str::to_owned)),
        enumeration: enumeration(object, place, reader),
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        min_length: reader.take(object, "minLength", place, length),
        max_length: reader.take(object, "maxLength", place, length),
        json_schema: reader.take(object, "jsonSchema", place, |value| value.is_object().then(|| value.clone())),
    }
}

fn enumeration(object: &Map<String, Value>, place: &str, reader: &mut Reader<'_>) -> Option<Vec<String>> {
    let values =
        reader.take(object, "enum", place, |value| Some(value.as_array()?.iter().map(text).collect::<Vec<_>>()))?;
    if values.len() > reader.enum_values_left {
        reader.note(NoteCode::TooMany, join(place, "enum"), &values.len().to_string());
        return None;
    }
    reader.enum_values_left -= values.len();
    Some(values)
}

fn length(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| scalar(value)?.trim().parse().ok())
}

/// Whether a constraint has a meaning for a type, by the specification and as Frictionless has it.
fn applies(name: &str, kind: &FieldKind) -> bool {
    let is_collection = matches!(kind, FieldKind::Object | FieldKind::Array { .. } | FieldKind::List { .. });
    let is_ordered = matches!(
        kind,
        FieldKind::Number(_)
            | FieldKind::Integer(_)
            | FieldKind::Date(_)
            | FieldKind::Time(_)
            | FieldKind::Datetime(_)
            | FieldKind::Year
            | FieldKind::YearMonth
            | FieldKind::Duration
    );
    match name {
        "required" | "unique" => true,
        "enum" => !matches!(kind, FieldKind::List { .. }),
        "pattern" => matches!(kind, FieldKind::String(_)),
        "minLength" | "maxLength" => is_collection || matches!(kind, FieldKind::String(_)),
        "jsonSchema" => matches!(kind, FieldKind::Object | FieldKind::Array { .. }),
        _ => is_ordered,
    }
}
