//! The library: what ships, covered by what was refreshed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::catalogue::Catalogue;
use crate::entry::{Entry, Kind, Version};
use crate::index::Index;
use crate::limits::MOST_CATALOGUE_BYTES;
use crate::load::{self, Found};
use crate::reference::{Named, Reference};
use crate::resemblance::{self, Resemblance};
use crate::source::Source;
use crate::{Error, address, package, refresh, version};

/// Name of the catalogue in a set of schemas.
pub(crate) const CATALOGUE: &str = "catalogue.json";

/// Schemas by name, address and resemblance. Cheap to clone; schemas are read when they are first asked for.
#[derive(Debug, Clone)]
pub struct Library {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    entries: Vec<Entry>,
    index: OnceLock<Index>,
    loaded: Mutex<HashMap<(String, String), Found>>,
}

impl Library {
    /// The schemas that ship with the program.
    ///
    /// # Errors
    /// When the program was built without them.
    pub fn shipped() -> Result<Self, Error> {
        Ok(Self::of(entries_of(&Source::Shipped)?))
    }

    /// The schemas that ship, covered by those of a folder: one that `refresh` wrote, or one of the same shape made
    /// by hand. A folder that doesn't exist covers nothing.
    ///
    /// # Errors
    /// When the folder's catalogue can't be read.
    pub fn with_folder(folder: &Path) -> Result<Self, Error> {
        let mut entries = entries_of(&Source::Shipped)?;
        if let Some(current) = refresh::current(folder)? {
            let source = Source::Folder(Arc::new(current));
            entries_of(&source)?.into_iter().for_each(|entry| cover(&mut entries, entry));
        }
        Ok(Self::of(entries))
    }

    fn of(entries: Vec<Entry>) -> Self {
        Self { inner: Arc::new(Inner { entries, index: OnceLock::new(), loaded: Mutex::default() }) }
    }

    /// Every schema, in the catalogue's order.
    pub fn entries(&self) -> &[Entry] {
        &self.inner.entries
    }

    /// What is known of the schema of this full or short name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        let exact = self.entries().iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
        exact.or_else(|| self.entries().iter().find(|entry| entry.short_name().eq_ignore_ascii_case(name)))
    }

    /// Finds a schema by `owner/name`, `name`, `name@version`, the name or the title that it gives itself, or an
    /// address: of the national catalogue, or of a file in its authors' repository.
    ///
    /// # Errors
    /// When nothing answers to the reference, several schemas do, or it can't be read. A Data Package of several
    /// tables is an error that lists them.
    pub fn find(&self, reference: &str) -> Result<Found, Error> {
        let asked = match Reference::parse(reference) {
            Reference::Address(url) => {
                let unknown = || Error::UnknownSchema { reference: url.to_owned(), nearest: Vec::new() };
                address::resolve(url, self.entries(), self.index())?.ok_or_else(unknown)?
            }
            Reference::Name(named) => self.resolve(&named)?,
        };
        self.load(asked)
    }

    /// As [`Library::find`]; of a Data Package, the schema that a file with this header follows.
    ///
    /// # Errors
    /// As [`Library::find`], and when the header resembles none of the package's schemas.
    pub fn find_for(&self, reference: &str, header: &[String]) -> Result<Found, Error> {
        let error = match self.find(reference) {
            Err(Error::Package { name, resources }) => Error::Package { name, resources },
            other => return other,
        };
        let Error::Package { resources, .. } = &error else { return Err(error) };
        let found: Vec<Found> = resources.iter().filter_map(|resource| self.find(resource).ok()).collect();
        match resemblance::best_of(&found, header) {
            Some(best) => Ok(best),
            None => Err(error),
        }
    }

    /// The schemas that a header resembles, best first; none when it resembles none.
    pub fn propose(&self, header: &[String]) -> Vec<Resemblance> {
        resemblance::propose(self.entries(), self.index(), header)
    }

    /// A schema that isn't in the library: a Table Schema, a JSON Schema, or a Data Package of one table.
    ///
    /// # Errors
    /// When the bytes are none of these, or break the rules of what they are.
    pub fn from_file(bytes: &[u8], name: &str) -> Result<Found, Error> {
        load::of_file(bytes, name)
    }

    /// The bytes of a version, as its authors published them.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn descriptor(&self, version: &Version) -> Result<Vec<u8>, Error> {
        Ok(version.place.read()?.into_owned())
    }

    fn index(&self) -> &Index {
        self.inner.index.get_or_init(|| Index::of(self.entries()))
    }

    fn resolve<'a>(&'a self, named: &Named<'_>) -> Result<Asked<'a>, Error> {
        let entry = named.entry(self.entries(), self.index())?;
        let version = match named.version {
            None => entry.version("latest"),
            Some(name) => entry.version(name),
        };
        let unknown = || Error::UnknownVersion {
            name: entry.name.clone(),
            version: named.version.unwrap_or("latest").to_owned(),
            known: entry.versions.iter().map(|version| version.name.clone()).collect(),
        };
        Ok(Asked { entry, version: version.ok_or_else(unknown)?, resource: named.resource.map(str::to_owned) })
    }

    fn load(&self, asked: Asked<'_>) -> Result<Found, Error> {
        if asked.entry.kind == Kind::DataPackage {
            return match package::resolve(&asked, self.entries())? {
                package::Resolved::Inline(found) => Ok(found),
                package::Resolved::Entry(asked) => self.read(asked.entry, asked.version),
            };
        }
        self.read(asked.entry, asked.version)
    }

    fn read(&self, entry: &Entry, version: &Version) -> Result<Found, Error> {
        let key = (entry.name.clone(), version.name.clone());
        let lock = || self.inner.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = lock().get(&key) {
            return Ok(found.clone());
        }
        let found = load::of_version(entry, version)?;
        lock().insert(key, found.clone());
        Ok(found)
    }
}

/// What a reference names.
#[derive(Debug, Clone)]
pub(crate) struct Asked<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) version: &'a Version,
    /// A table of a Data Package.
    pub(crate) resource: Option<String>,
}

fn entries_of(source: &Source) -> Result<Vec<Entry>, Error> {
    let bytes = source.read(CATALOGUE, MOST_CATALOGUE_BYTES)?;
    Ok(Catalogue::parse(&bytes, source)?.entries)
}

/// Puts a newer entry over the one that ships; versions that it no longer lists stay.
fn cover(entries: &mut Vec<Entry>, mut newer: Entry) {
    let Some(older) = entries.iter_mut().find(|entry| entry.name == newer.name) else {
        entries.push(newer);
        return;
    };
    for kept in std::mem::take(&mut older.versions) {
        if newer.version(&kept.name).is_none() {
            newer.versions.push(kept);
        }
    }
    newer.versions.sort_by(|a, b| version::compare(&a.name, &b.name));
    *older = newer;
}

/// Where a library keeps what was refreshed, in the folder of an installation.
pub fn folder_of(installation: &Path) -> PathBuf {
    installation.join("schemas")
}
