//! A schema's descriptor.

use serde_json::{Map, Value};

use super::{
    DescriptorError, Looks, field,
    reader::{Reader, join, scalar},
};
use crate::{
    model::{CustomCheck, Field, FieldsMatch, ForeignKey, MissingValue, Schema, Version},
    report::NoteCode,
};

/// Reads a schema; the notes stay with the reader.
pub(super) fn read(descriptor: &Map<String, Value>, reader: &mut Reader<'_>) -> Result<Schema, DescriptorError> {
    let Some(Value::Array(items)) = descriptor.get("fields") else {
        return Err(DescriptorError::Missing { property: "fields", looks: Looks::of(descriptor) });
    };
    if items.len() > reader.limits.fields {
        return Err(DescriptorError::TooMany { property: "fields", most: reader.limits.fields });
    }
    let specification = specification(descriptor);
    let fields = read_fields(items, specification, reader);
    let unique_keys = unique_keys(descriptor, reader);
    Ok(Schema {
        name: reader.string(descriptor, "name", ""),
        title: reader.string(descriptor, "title", ""),
        description: reader.string(descriptor, "description", ""),
        homepage: reader.string(descriptor, "homepage", ""),
        version: reader.string(descriptor, "version", ""),
        specification,
        fields_match: fields_match(descriptor, reader),
        missing_values: reader
            .missing_values(descriptor, "")
            .unwrap_or_else(|| vec![MissingValue { value: String::new(), label: None }]),
        primary_key: key(reader.strings(descriptor, "primaryKey", ""), "primaryKey", &fields, reader),
        unique_keys: unique_keys.into_iter().map(|names| key(Some(names), "uniqueKeys", &fields, reader)).collect(),
        foreign_keys: foreign_keys(descriptor, &fields, reader),
        checks: checks(descriptor, reader),
        fields,
        notes: Vec::new(),
    })
}

fn specification(descriptor: &Map<String, Value>) -> Version {
    let profile = descriptor.get("$schema").and_then(Value::as_str).unwrap_or_default();
    if profile.contains("/profiles/2") { Version::V2 } else { Version::V1 }
}

fn read_fields(items: &[Value], specification: Version, reader: &mut Reader<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::with_capacity(items.len());
    let mut names = std::collections::HashSet::new();
    for (index, item) in items.iter().enumerate() {
        let place = format!("fields[{index}]");
        let empty = Map::new();
        let descriptor = item.as_object().unwrap_or_else(|| {
            reader.note(NoteCode::WrongType, place.clone(), &item.to_string());
            &empty
        });
        let field = field::read(descriptor, &place, specification, reader);
        if !names.insert(field.name.clone()) {
            reader.note(NoteCode::DuplicateField, place, &field.name);
        }
        fields.push(field);
    }
    fields
}

/// The specification's own published profile had a list here; a list of one is understood.
fn fields_match(descriptor: &Map<String, Value>, reader: &mut Reader<'_>) -> Option<FieldsMatch> {
    reader.take(descriptor, "fieldsMatch", "", |value| {
        let value = value.as_array().map_or(Some(value), |items| items.first())?;
        [FieldsMatch::Exact, FieldsMatch::Equal, FieldsMatch::Subset, FieldsMatch::Superset, FieldsMatch::Partial]
            .into_iter()
            .find(|mode| Some(mode.name()) == value.as_str())
    })
}

/// A key's names when all are fields, else nothing and a note.
fn key(names: Option<Vec<String>>, place: &str, fields: &[Field], reader: &mut Reader<'_>) -> Vec<String> {
    let names = names.unwrap_or_default().into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>();
    match names.iter().find(|name| !fields.iter().any(|field| field.name == **name)) {
        Some(unknown) => {
            reader.note(NoteCode::UnknownKeyField, place, unknown);
            Vec::new()
        }
        None => names,
    }
}

fn unique_keys(descriptor: &Map<String, Value>, reader: &mut Reader<'_>) -> Vec<Vec<String>> {
    let keys = reader.take(descriptor, "uniqueKeys", "", |value| {
        let items = value.as_array()?;
        items
            .iter()
            .map(|item| match item {
                Value::Array(names) => names.iter().map(scalar).collect(),
                other => scalar(other).map(|name| vec![name]),
            })
            .collect::<Option<Vec<Vec<String>>>>()
    });
    keys.unwrap_or_default()
}

fn foreign_keys(descriptor: &Map<String, Value>, fields: &[Field], reader: &mut Reader<'_>) -> Vec<ForeignKey> {
    let items = reader.take(descriptor, "foreignKeys", "", |value| value.as_array().cloned()).unwrap_or_default();
    let mut keys = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let place = format!("foreignKeys[{index}]");
        let Some(foreign_key) = item.as_object().and_then(foreign_key) else {
            reader.note(NoteCode::InvalidForeignKey, place, &item.to_string());
            continue;
        };
        if !key(Some(foreign_key.fields.clone()), &place, fields, reader).is_empty() {
            keys.push(foreign_key);
        }
    }
    keys
}

fn foreign_key(item: &Map<String, Value>) -> Option<ForeignKey> {
    let names = |value: &Value| match value {
        Value::Array(names) => names.iter().map(scalar).collect::<Option<Vec<_>>>(),
        other => scalar(other).map(|name| vec![name]),
    };
    let reference = item.get("reference")?.as_object()?;
    let fields = names(item.get("fields")?)?;
    let reference_fields = names(reference.get("fields")?)?;
    let resource = reference.get("resource").and_then(scalar).unwrap_or_default();
    (fields.len() == reference_fields.len() && !fields.is_empty()).then_some(ForeignKey {
        fields,
        resource,
        reference_fields,
    })
}

/// Checks beyond the specification: `custom_checks`, and the `checks` of a Frictionless checklist, whose parameters
/// stand beside the name or below `params`.
fn checks(descriptor: &Map<String, Value>, reader: &mut Reader<'_>) -> Vec<CustomCheck> {
    let mut checks = Vec::new();
    for property in ["custom_checks", "customChecks", "checks"] {
        let items = reader.take(descriptor, property, "", |value| value.as_array().cloned()).unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            match check(item) {
                Some(check) => checks.push(check),
                None => {
                    reader.note(NoteCode::InvalidCheck, join("", &format!("{property}[{index}]")), &item.to_string())
                }
            }
        }
    }
    checks
}

fn check(item: &Value) -> Option<CustomCheck> {
    let object = match item {
        Value::String(name) => return Some(CustomCheck { name: name.clone(), params: Map::new() }),
        other => other.as_object()?,
    };
    let name = object.get("name").or_else(|| object.get("type")).and_then(Value::as_str)?.to_owned();
    let params = match object.get("params") {
        Some(Value::Object(params)) => params.clone(),
        _ => object
            .iter()
            .filter(|(key, _)| *key != "name" && *key != "type")
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect(),
    };
    Some(CustomCheck { name, params })
}
