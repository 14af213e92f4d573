//! From bytes to a schema that can be checked against.

use std::sync::Arc;

use serde_json::Value;
use tableschema::Schema;

use crate::entry::{Entry, Kind, Version};
use crate::json::JsonSchema;
use crate::limits::MOST_SCHEMA_BYTES;
use crate::{Error, package};

/// A schema, ready to check with.
#[derive(Debug, Clone)]
pub struct Found {
    /// `scdl/subventions`; of a schema that isn't in the library, the name of its file.
    pub name: String,
    /// `2.1.1`; `None` when nothing says it.
    pub version: Option<String>,
    /// What people call it.
    pub title: String,
    /// The schema.
    pub schema: Loaded,
}

impl Found {
    /// `scdl/subventions@2.1.1`
    pub fn reference(&self) -> String {
        match &self.version {
            Some(version) => format!("{}@{version}", self.name),
            None => self.name.clone(),
        }
    }
}

/// A schema, by the kind of files it describes.
#[derive(Debug, Clone)]
pub enum Loaded {
    /// For tables.
    Table(Arc<Schema>),
    /// For JSON documents.
    Json(Arc<JsonSchema>),
}

/// Reads a version of an entry that is not a package.
pub(crate) fn of_version(entry: &Entry, version: &Version) -> Result<Found, Error> {
    let bytes = version.place.read()?;
    let schema = match entry.kind {
        Kind::JsonSchema => Loaded::Json(Arc::new(JsonSchema::parse(&bytes, &entry.name)?)),
        Kind::TableSchema | Kind::DataPackage => Loaded::Table(Arc::new(table(&bytes, &entry.name)?)),
    };
    Ok(Found { name: entry.name.clone(), version: Some(version.name.clone()), title: entry.title.clone(), schema })
}

/// Reads a file that says itself what it is.
pub(crate) fn of_file(bytes: &[u8], name: &str) -> Result<Found, Error> {
    if bytes.len() > MOST_SCHEMA_BYTES {
        return Err(Error::TooLarge { name: name.to_owned(), limit: MOST_SCHEMA_BYTES });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let wrong = |detail: String| Error::NotASchema { name: name.to_owned(), detail };
    let descriptor: Value = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
    let schema = match FileKind::of(&descriptor) {
        FileKind::Table => Loaded::Table(Arc::new(table(bytes, name)?)),
        FileKind::Package => return package::of_file(&descriptor, name),
        FileKind::Json => Loaded::Json(Arc::new(JsonSchema::parse(bytes, name)?)),
        FileKind::Unknown => {
            return Err(wrong(
                "neither a Table Schema (\"fields\"), a Data Package (\"resources\") nor a JSON Schema".to_owned(),
            ));
        }
    };
    Ok(Found { name: name.to_owned(), version: said(&descriptor, "version"), title: title(&descriptor, name), schema })
}

pub(crate) fn table(bytes: &[u8], name: &str) -> Result<Schema, Error> {
    let wrong = |source| Error::Descriptor { name: name.to_owned(), source };
    Schema::parse(bytes, &tableschema::Limits::default()).map_err(wrong)
}

/// A text that a descriptor says of itself; `None` when it doesn't, or says nothing.
pub(crate) fn said(descriptor: &Value, property: &str) -> Option<String> {
    let text = descriptor.get(property)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

pub(crate) fn title(descriptor: &Value, name: &str) -> String {
    said(descriptor, "title").or_else(|| said(descriptor, "name")).unwrap_or_else(|| name.to_owned())
}

enum FileKind {
    Table,
    Package,
    Json,
    Unknown,
}

impl FileKind {
    fn of(descriptor: &Value) -> Self {
        let Some(object) = descriptor.as_object() else { return Self::Unknown };
        let profile = said(descriptor, "$schema").unwrap_or_default().to_lowercase();
        let has_list = |name: &str| object.get(name).is_some_and(Value::is_array);
        if profile.contains("json-schema.org") {
            Self::Json
        } else if has_list("fields") {
            Self::Table
        } else if has_list("resources") {
            Self::Package
        } else if ["properties", "type", "$ref", "allOf", "anyOf", "oneOf", "$defs", "definitions"]
            .iter()
            .any(|keyword| object.contains_key(*keyword))
        {
            Self::Json
        } else {
            Self::Unknown
        }
    }
}
