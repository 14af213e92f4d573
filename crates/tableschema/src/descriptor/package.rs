//! A package's descriptor.

use serde_json::{Map, Value};

use super::{
    DescriptorError, Looks,
    reader::{Reader, join, scalar},
    schema,
};
use crate::{
    model::{Package, Resource, ResourceSchema},
    report::NoteCode,
};

/// Reads a package; the notes stay with the reader.
pub(super) fn read(descriptor: &Map<String, Value>, reader: &mut Reader<'_>) -> Result<Package, DescriptorError> {
    let Some(Value::Array(items)) = descriptor.get("resources") else {
        return Err(DescriptorError::Missing { property: "resources", looks: Looks::of(descriptor) });
    };
    if items.len() > reader.limits.resources {
        return Err(DescriptorError::TooMany { property: "resources", most: reader.limits.resources });
    }
    let mut resources = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let place = format!("resources[{index}]");
        match item.as_object() {
            Some(item) => resources.push(resource(item, index, &place, reader)),
            None => reader.note(NoteCode::WrongType, place, &item.to_string()),
        }
    }
    Ok(Package {
        name: reader.string(descriptor, "name", ""),
        title: reader.string(descriptor, "title", ""),
        description: reader.string(descriptor, "description", ""),
        homepage: reader.string(descriptor, "homepage", ""),
        version: reader.string(descriptor, "version", ""),
        resources,
        notes: Vec::new(),
    })
}

fn resource(item: &Map<String, Value>, index: usize, place: &str, reader: &mut Reader<'_>) -> Resource {
    let paths = reader.take(item, "path", place, |value| match value {
        Value::Array(parts) => parts.iter().map(scalar).collect(),
        other => scalar(other).map(|path| vec![path]),
    });
    let mut safe = paths.unwrap_or_default();
    safe.retain(|path| {
        let keep = is_safe(path);
        if !keep {
            reader.note(NoteCode::UnsafePath, join(place, "path"), path);
        }
        keep
    });
    Resource {
        name: reader.string(item, "name", place).unwrap_or_else(|| format!("resource-{}", index + 1)),
        title: reader.string(item, "title", place),
        description: reader.string(item, "description", place),
        paths: safe,
        data: item.get("data").filter(|data| !data.is_null()).cloned(),
        format: reader.string(item, "format", place),
        encoding: reader.string(item, "encoding", place),
        dialect: item.get("dialect").filter(|dialect| !dialect.is_null()).cloned(),
        schema: resource_schema(item, place, reader),
    }
}

fn resource_schema(item: &Map<String, Value>, place: &str, reader: &mut Reader<'_>) -> Option<ResourceSchema> {
    match item.get("schema")? {
        Value::Object(descriptor) => inline(descriptor, &join(place, "schema"), reader),
        Value::String(reference) if is_address(reference) => Some(ResourceSchema::Address(reference.clone())),
        Value::String(reference) if is_safe(reference) => Some(ResourceSchema::Path(reference.clone())),
        Value::String(reference) => {
            reader.note(NoteCode::UnsafePath, join(place, "schema"), reference);
            None
        }
        Value::Null => None,
        other => {
            reader.note(NoteCode::WrongType, join(place, "schema"), &other.to_string());
            None
        }
    }
}

fn inline(descriptor: &Map<String, Value>, place: &str, reader: &mut Reader<'_>) -> Option<ResourceSchema> {
    let mut inner = Reader::new(reader.limits);
    match schema::read(descriptor, &mut inner) {
        Ok(schema) => Some(ResourceSchema::Inline(Box::new(crate::Schema { notes: inner.into_notes(), ..schema }))),
        Err(error) => {
            reader.note(NoteCode::WrongType, place, &error.to_string());
            None
        }
    }
}

fn is_address(reference: &str) -> bool {
    reference.starts_with("https://") || reference.starts_with("http://")
}

/// Whether a path stays in the package's folder, or is an address, which only the caller may fetch.
fn is_safe(path: &str) -> bool {
    if is_address(path) {
        return true;
    }
    let leaves = path.split(['/', '\\']).any(|part| part == "..");
    let absolute = path.starts_with(['/', '\\', '~']) || path.get(1..2) == Some(":");
    !path.is_empty() && !leaves && !absolute && !path.contains('\0') && !path.contains("://")
}
