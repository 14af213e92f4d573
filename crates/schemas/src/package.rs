//! Data Packages: which schema a package's table follows.

use std::sync::Arc;

use serde_json::Value;

use crate::Error;
use crate::entry::Entry;
use crate::library::Asked;
use crate::load::{self, Found, Loaded};
use crate::words::normalize;

/// The schema of a package's table.
pub(crate) enum Resolved<'a> {
    /// It is written in the package.
    Inline(Found),
    /// It is an entry of its own.
    Entry(Asked<'a>),
}

/// The schema that a reference to a package means. Without a table's name there must be one only.
pub(crate) fn resolve<'a>(asked: &Asked<'a>, entries: &'a [Entry]) -> Result<Resolved<'a>, Error> {
    let bytes = asked.version.place.read()?;
    let wrong = |detail: String| Error::NotASchema { name: asked.entry.name.clone(), detail };
    let descriptor: Value = serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
    let members: Vec<&Entry> =
        entries.iter().filter(|entry| entry.package.as_ref() == Some(&asked.entry.name)).collect();
    let package = format!("{}@{}", asked.entry.name, asked.version.name);
    let resources = resources(&descriptor);
    let wanted = asked.resource.as_deref();
    let chosen = match (wanted, resources.as_slice()) {
        (Some(name), _) => resources.iter().find(|(listed, _)| listed == name),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let Some((name, schema)) = chosen else {
        let resources = resources.iter().map(|(name, _)| format!("{package}#{name}")).collect();
        return Err(Error::Package { name: asked.entry.name.clone(), resources });
    };
    if schema.is_object() {
        return Ok(Resolved::Inline(inline(
            schema,
            &format!("{}#{name}", asked.entry.name),
            Some(asked.version.name.clone()),
        )?));
    }
    let member = member(&members, name, schema.as_str().unwrap_or_default());
    let asked_of =
        |entry: &'a Entry| Some(Asked { entry, version: entry.version(&asked.version.name)?, resource: None });
    member.and_then(asked_of).map(Resolved::Entry).ok_or_else(|| wrong(format!("{name} has no schema in the library")))
}

/// A package in a file: only schemas written in it can be read.
pub(crate) fn of_file(descriptor: &Value, name: &str) -> Result<Found, Error> {
    let resources = resources(descriptor);
    let inlined: Vec<&(String, &Value)> = resources.iter().filter(|(_, schema)| schema.is_object()).collect();
    match (inlined.as_slice(), resources.len()) {
        ([(_, schema)], 1) => inline(schema, name, load::said(descriptor, "version")),
        ([], _) => Err(Error::NotASchema {
            name: name.to_owned(),
            detail: "a data package that only refers to schemas in other files; give one of those".to_owned(),
        }),
        (several, _) => Err(Error::Package {
            name: name.to_owned(),
            resources: several.iter().map(|(name, _)| name.clone()).collect(),
        }),
    }
}

fn inline(schema: &Value, name: &str, version: Option<String>) -> Result<Found, Error> {
    let wrong = |error: serde_json::Error| Error::NotASchema { name: name.to_owned(), detail: error.to_string() };
    let bytes = serde_json::to_vec(schema).map_err(wrong)?;
    Ok(Found {
        name: name.to_owned(),
        version,
        title: load::title(schema, name),
        schema: Loaded::Table(Arc::new(load::table(&bytes, name)?)),
    })
}

/// Tables that have a schema: their names, and the schema or the reference to it.
fn resources(descriptor: &Value) -> Vec<(String, &Value)> {
    let listed = descriptor.get("resources").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let named = listed.iter().enumerate().filter_map(|(number, resource)| {
        let schema = resource.get("schema").filter(|schema| schema.is_object() || schema.is_string())?;
        Some((load::said(resource, "name").unwrap_or_else(|| (number + 1).to_string()), schema))
    });
    named.collect()
}

/// The entry that a resource means: packages and the catalogue call it alike, give or take a prefix
/// (`site` and `schema-comptage-mobilites-site`, `classe-atlaspaysager` and `atlas-paysager`).
fn member<'a>(members: &[&'a Entry], resource: &str, path: &str) -> Option<&'a Entry> {
    if let [only] = members {
        return Some(only);
    }
    let folder = path.rsplit('/').nth(1).unwrap_or_default();
    let wanted = [normalize(resource), normalize(folder)];
    let alike = |entry: &&&Entry| {
        let name = normalize(entry.short_name());
        wanted
            .iter()
            .filter(|wanted| !wanted.is_empty())
            .any(|wanted| name.ends_with(wanted.as_str()) || wanted.ends_with(&name))
    };
    let mut found: Vec<&'a Entry> = members.iter().filter(alike).copied().collect();
    // `…-site` also ends `…-pole-site`: the nearest in length is meant.
    found.sort_by_key(|entry| normalize(entry.short_name()).len().abs_diff(wanted.first().map_or(0, String::len)));
    found.first().copied()
}
