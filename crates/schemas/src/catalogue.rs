//! The catalogue of schemas, in the shape of the national catalogue's `schemas.json`.

use serde::Deserialize;
use serde_json::Value;

use crate::entry::{Entry, Example, Kind, Version};
use crate::limits::{MOST_CATALOGUE_BYTES, MOST_ENTRIES, MOST_VERSIONS};
use crate::source::{Place, Source};
use crate::{Error, version};

/// Host whose addresses tell owner, name, version and file.
pub(crate) const PUBLISHED: &str = "https://schema.data.gouv.fr/schemas/";

/// What a catalogue lists.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub(crate) entries: Vec<Entry>,
    /// Entries that can't be used: their name, and why.
    pub(crate) skipped: Vec<(String, String)>,
}

/// An entry as it is written.
#[derive(Debug, Deserialize)]
struct Written {
    name: String,
    title: Option<String>,
    description: Option<String>,
    schema_type: String,
    contact: Option<String>,
    #[serde(default)]
    examples: Option<Vec<Value>>,
    #[serde(default)]
    labels: Option<Vec<String>>,
    versions: Vec<WrittenVersion>,
    external_doc: Option<String>,
    homepage: Option<String>,
    datapackage_name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct WrittenVersion {
    version_name: String,
    schema_url: String,
}

impl Catalogue {
    /// Reads a catalogue whose files stand in `source`. An entry that can't be used is told and left out.
    pub(crate) fn parse(bytes: &[u8], source: &Source) -> Result<Self, Error> {
        let wrong = |detail: String| Error::Catalogue { detail };
        if bytes.len() > MOST_CATALOGUE_BYTES {
            return Err(wrong(format!("larger than {MOST_CATALOGUE_BYTES} bytes")));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let document: Value = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
        let listed = document.get("schemas").and_then(Value::as_array);
        let listed = listed.ok_or_else(|| wrong("a list named \"schemas\" is expected".to_owned()))?;
        if listed.len() > MOST_ENTRIES {
            return Err(wrong(format!("more than {MOST_ENTRIES} entries")));
        }
        let mut catalogue = Self { entries: Vec::new(), skipped: Vec::new() };
        for value in listed {
            match entry(value, source) {
                Ok(Some(entry)) => catalogue.entries.push(entry),
                Ok(None) => {}
                Err(why) => {
                    let name = value.get("name").and_then(Value::as_str).unwrap_or("?");
                    catalogue.skipped.push((name.to_owned(), why));
                }
            }
        }
        Ok(catalogue)
    }
}

/// An entry; `None` for the kinds that describe no data (`other`).
fn entry(value: &Value, source: &Source) -> Result<Option<Entry>, String> {
    let written = Written::deserialize(value).map_err(|error| error.to_string())?;
    let kind = match written.schema_type.as_str() {
        "tableschema" => Kind::TableSchema,
        "jsonschema" => Kind::JsonSchema,
        "datapackage" => Kind::DataPackage,
        _ => return Ok(None),
    };
    check_name(&written.name)?;
    if written.versions.len() > MOST_VERSIONS {
        return Err(format!("more than {MOST_VERSIONS} versions"));
    }
    let place = |listed: &WrittenVersion| place(&written.name, listed, source);
    let mut versions = written.versions.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    versions.sort_by(|a, b| version::compare(&a.name, &b.name));
    let latest = versions.last().ok_or("without a version")?.name.clone();
    let examples = written.examples.unwrap_or_default();
    Ok(Some(Entry {
        title: written.title.unwrap_or_else(|| written.name.clone()),
        name: written.name,
        description: written.description.unwrap_or_default(),
        kind,
        versions,
        latest,
        homepage: written.homepage,
        documentation: written.external_doc,
        contact: written.contact,
        labels: written.labels.unwrap_or_default(),
        examples: examples.iter().filter_map(|example| Example::deserialize(example).ok()).collect(),
        package: written.datapackage_name,
    }))
}

fn place(name: &str, listed: &WrittenVersion, source: &Source) -> Result<Version, String> {
    check_part(&listed.version_name)?;
    let file = file_name(name, &listed.schema_url)?;
    let path = format!("{name}/{}/{file}", listed.version_name);
    Ok(Version {
        name: listed.version_name.clone(),
        url: listed.schema_url.clone(),
        place: Place { source: source.clone(), path },
    })
}

/// The file's path below its version: what follows the version in a published address, else the last part.
fn file_name(name: &str, url: &str) -> Result<String, String> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let published = path.strip_prefix(PUBLISHED).and_then(|rest| rest.strip_prefix(name)?.strip_prefix('/'));
    let file = match published.and_then(|rest| rest.split_once('/')) {
        Some((_, file)) => file,
        None => path.rsplit('/').next().unwrap_or(path),
    };
    let file = decode(file);
    file.split('/').try_for_each(check_part)?;
    Ok(file)
}

/// `owner/name`, which becomes a path.
fn check_name(name: &str) -> Result<(), String> {
    if name.split('/').count() != 2 {
        return Err(format!("{name:?} is not owner/name"));
    }
    name.split('/').try_for_each(check_part)
}

/// A part of a path that stays where it is put, on every system.
fn check_part(part: &str) -> Result<(), String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | ' ');
    if part.is_empty() || part.len() > 200 || part.starts_with('.') || !part.chars().all(plain) {
        return Err(format!("{part:?} can't be part of a path"));
    }
    Ok(())
}

/// Undoes percent-encoding; what isn't well-formed stays.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hexadecimal = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match hexadecimal.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) if byte == b'%' => {
                bytes.push(decoded);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(schemas: Value) -> Catalogue {
        let bytes = serde_json::to_vec(&json!({ "schemas": schemas })).unwrap();
        Catalogue::parse(&bytes, &Source::Shipped).unwrap()
    }

    fn listed(name: &str, versions: &[(&str, &str)]) -> Value {
        let versions: Vec<Value> =
            versions.iter().map(|(name, url)| json!({ "version_name": name, "schema_url": url })).collect();
        json!({ "name": name, "schema_type": "tableschema", "versions": versions })
    }

    #[test]
    fn the_latest_version_is_the_greatest() {
        let url = "https://schema.data.gouv.fr/schemas/a/b/0.9.0/schema.json";
        let catalogue = parse(json!([listed("a/b", &[("0.10.0", url), ("0.9.0", url)])]));
        assert_eq!(catalogue.entries[0].latest, "0.10.0");
        assert_eq!(catalogue.entries[0].versions[0].name, "0.9.0");
    }

    #[test]
    fn files_stand_where_their_address_says() {
        let deep = "https://schema.data.gouv.fr/schemas/a/b/1.0/sch%C3%A9mas/v1/x.json";
        let catalogue =
            parse(json!([listed("a/b", &[("1.0", deep)]), listed("c/d", &[("2", "https://e.fr/f/g.json?h")])]));
        assert_eq!(catalogue.entries[0].versions[0].place.path, "a/b/1.0/schémas/v1/x.json");
        assert_eq!(catalogue.entries[1].versions[0].place.path, "c/d/2/g.json");
    }

    #[test]
    fn names_that_would_leave_the_folder_are_told_and_left_out() {
        let url = "https://schema.data.gouv.fr/schemas/a/b/1/schema.json";
        let climbing = "https://schema.data.gouv.fr/schemas/a/b/1/..%2F..%2Fetc";
        let catalogue = parse(json!([
            listed("../b", &[("1", url)]),
            listed("a", &[("1", url)]),
            listed("a/b", &[("..", url)]),
            listed("a/b", &[("1", climbing)]),
            listed("a/b", &[]),
            { "name": "a/c" },
            7
        ]));
        assert!(catalogue.entries.is_empty());
        assert_eq!(catalogue.skipped.len(), 7);
    }

    #[test]
    fn kinds_that_describe_no_data_are_passed_over() {
        let mut other = listed("a/b", &[("1", "x.yml")]);
        other["schema_type"] = json!("other");
        let catalogue = parse(json!([other]));
        assert!(catalogue.entries.is_empty() && catalogue.skipped.is_empty());
    }
}
