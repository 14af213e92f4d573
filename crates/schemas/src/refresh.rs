//! Refreshing from a catalogue: a new set of schemas is written beside the one in use, which is changed in one step.
//!
//! ```text
//! {folder}/current             name of the set in use, replaced by a rename
//! {folder}/set-…/catalogue.json
//! {folder}/set-…/{owner}/{name}/{version}/{file}
//! ```

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::Error;
use crate::catalogue::Catalogue;
use crate::entry::{Entry, Kind, Version};
use crate::library::CATALOGUE;
use crate::limits::{MOST_REFRESHED_BYTES, MOST_SCHEMA_BYTES};
use crate::load;
use crate::source::{Source, read_file};

/// Name of the file that says which set is in use.
const CURRENT: &str = "current";
/// Beginning of a set's name.
const SET: &str = "set-";

/// What a refresh did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Refreshed {
    /// Schemas of the new set.
    pub schemas: usize,
    /// Versions of them, all together.
    pub versions: usize,
    /// Versions whose bytes are not those of the set before, or that are new.
    pub changed: usize,
    /// What couldn't be had: the set before gives it still, when it has it.
    pub skipped: Vec<Skipped>,
}

/// A version that couldn't be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// `scdl/subventions`
    pub name: String,
    /// Empty: the whole entry.
    pub version: String,
    /// Why.
    pub reason: String,
}

/// Writes the schemas of a catalogue (in the shape of `schemas.json`) into a folder, which [`Library::with_folder`]
/// then reads. `fetch` gives the bytes of an address. A schema that can't be fetched or read is told and left out;
/// the set in use changes at once at the end, or not at all.
///
/// # Errors
/// When the catalogue can't be read, nothing of it could be fetched, or the disk fails.
///
/// [`Library::with_folder`]: crate::Library::with_folder
pub fn refresh(
    catalogue: &[u8],
    folder: &Path,
    mut fetch: impl FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<Refreshed, Error> {
    fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
    let before = current(folder)?;
    let set = tempfile::Builder::new().prefix(SET).tempdir_in(folder).map_err(|error| Error::io(folder, error))?;
    let source = Source::Folder(Arc::new(set.path().to_owned()));
    let listed = Catalogue::parse(catalogue, &source)?;
    let mut writer =
        Writer { set: set.path(), before: before.as_deref(), bytes: 0, fetched: 0, refreshed: Refreshed::default() };
    writer.refreshed.skipped.extend(listed.skipped.into_iter().map(|(name, reason)| Skipped {
        name,
        version: String::new(),
        reason,
    }));
    let mut kept = Vec::new();
    for entry in listed.entries {
        kept.extend(writer.entry(entry, &mut fetch)?);
    }
    let (refreshed, fetched) = (writer.refreshed, writer.fetched);
    if fetched == 0 {
        let detail = refreshed.skipped.first().map(|skipped| skipped.reason.clone()).unwrap_or_default();
        return Err(Error::NothingFetched { detail });
    }
    write(&set.path().join(CATALOGUE), &written(&kept)?)?;
    switch(folder, set, before.as_deref())?;
    Ok(refreshed)
}

/// The set in use: the one that `current` names, or the folder itself when it holds a catalogue.
pub(crate) fn current(folder: &Path) -> Result<Option<PathBuf>, Error> {
    let pointer = folder.join(CURRENT);
    match fs::read_to_string(&pointer) {
        Ok(name) => {
            let name = name.trim();
            if !name.starts_with(SET) || name.contains(['/', '\\']) {
                return Err(Error::Catalogue { detail: format!("{} names no set of schemas", pointer.display()) });
            }
            Ok(Some(folder.join(name)))
        }
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(folder.join(CATALOGUE).is_file().then(|| folder.to_owned()))
        }
        Err(error) => Err(Error::io(&pointer, error)),
    }
}

struct Writer<'a> {
    set: &'a Path,
    before: Option<&'a Path>,
    bytes: usize,
    /// Versions that were fetched, and not taken from the set before.
    fetched: usize,
    refreshed: Refreshed,
}

impl Writer<'_> {
    /// Writes an entry's versions; gives the entry with those that could be had.
    fn entry(
        &mut self,
        mut entry: Entry,
        fetch: &mut impl FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Option<Entry>, Error> {
        let mut had = Vec::new();
        for version in std::mem::take(&mut entry.versions) {
            if self.version(&entry, &version, fetch)? {
                had.push(version);
            }
        }
        let Some(latest) = had.last() else { return Ok(None) };
        entry.latest = latest.name.clone();
        self.refreshed.schemas += 1;
        self.refreshed.versions += had.len();
        entry.versions = had;
        Ok(Some(entry))
    }

    /// Writes one version, as it is fetched or else as the set before has it; says whether it could be had.
    fn version(
        &mut self,
        entry: &Entry,
        version: &Version,
        fetch: &mut impl FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<bool, Error> {
        let held = self.before.and_then(|before| read_file(&before.join(&version.place.path), MOST_SCHEMA_BYTES).ok());
        let fetched = fetch(&version.url).and_then(|bytes| readable(entry, version, bytes));
        let bytes = match fetched {
            Ok(bytes) => {
                self.fetched += 1;
                Some(bytes)
            }
            Err(reason) => {
                self.skip(entry, version, reason);
                held.clone()
            }
        };
        let Some(bytes) = bytes else { return Ok(false) };
        self.bytes += bytes.len();
        if self.bytes > MOST_REFRESHED_BYTES {
            self.skip(entry, version, format!("the schemas together are larger than {MOST_REFRESHED_BYTES} bytes"));
            return Ok(false);
        }
        if held.as_ref() != Some(&bytes) {
            self.refreshed.changed += 1;
        }
        write(&self.set.join(&version.place.path), &bytes)?;
        Ok(true)
    }

    fn skip(&mut self, entry: &Entry, version: &Version, reason: String) {
        self.refreshed.skipped.push(Skipped { name: entry.name.clone(), version: version.name.clone(), reason });
    }
}

/// The bytes, when they are the schema that the catalogue says.
fn readable(entry: &Entry, version: &Version, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    if bytes.len() > MOST_SCHEMA_BYTES {
        return Err(format!("larger than {MOST_SCHEMA_BYTES} bytes"));
    }
    let name = format!("{}@{}", entry.name, version.name);
    let checked = match entry.kind {
        Kind::TableSchema => load::table(&bytes, &name).map(|_| ()),
        Kind::JsonSchema => crate::json::JsonSchema::parse(&bytes, &name).map(|_| ()),
        Kind::DataPackage => serde_json::from_slice::<Value>(&bytes)
            .map(|_| ())
            .map_err(|error| Error::NotASchema { name, detail: error.to_string() }),
    };
    checked.map(|()| bytes).map_err(|error| error.to_string())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |error| Error::io(path, error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = fs::File::create(path).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)
}

/// The catalogue of what was had, in the shape it came in.
fn written(entries: &[Entry]) -> Result<Vec<u8>, Error> {
    let listed: Vec<Value> = entries.iter().map(listed).collect();
    let catalogue = json!({ "version": 1, "schemas": listed });
    serde_json::to_vec_pretty(&catalogue).map_err(|error| Error::Catalogue { detail: error.to_string() })
}

fn listed(entry: &Entry) -> Value {
    let kind = match entry.kind {
        Kind::TableSchema => "tableschema",
        Kind::JsonSchema => "jsonschema",
        Kind::DataPackage => "datapackage",
    };
    let versions =
        entry.versions.iter().map(|version| json!({ "version_name": version.name, "schema_url": version.url }));
    let examples = entry.examples.iter().map(|example| json!({ "title": example.title, "path": example.url }));
    json!({
        "name": entry.name,
        "title": entry.title,
        "description": entry.description,
        "schema_type": kind,
        "contact": entry.contact,
        "examples": examples.collect::<Vec<_>>(),
        "labels": entry.labels,
        "versions": versions.collect::<Vec<_>>(),
        "external_doc": entry.documentation,
        "homepage": entry.homepage,
        "datapackage_name": entry.package,
    })
}

/// Makes a set the one in use, then removes the one before.
fn switch(folder: &Path, set: tempfile::TempDir, before: Option<&Path>) -> Result<(), Error> {
    let failed = |error| Error::io(folder, error);
    let name = set.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut pointer = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    pointer.write_all(name.as_bytes()).and_then(|()| pointer.as_file().sync_all()).map_err(failed)?;
    pointer.persist(folder.join(CURRENT)).map_err(|error| failed(error.error))?;
    let _in_use = set.keep();
    if let Some(before) = before.filter(|before| *before != folder) {
        // A set that can't be removed takes room and harms nothing.
        let _ignored = fs::remove_dir_all(before);
    }
    Ok(())
}
