//! Snapshots: content-addressed, written whole or not at all, never changed; in a folder or in an S3 bucket.

mod bucket;
mod cache;
mod folder;
mod manifest;
mod place;
mod source;
mod staging;
mod sweep;
mod verify;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) use manifest::hash_file;
pub use manifest::{Manifest, ManifestFile};
pub use source::Source;
pub use staging::Staging;
pub use sweep::Swept;
pub use verify::{Fault, FaultKind, VerifyProgress, VerifyReport};

use crate::check::personal::{Kept, PERSONAL_FILE};
use crate::error::{AtPath as _, Error, Result};
use crate::model::SnapshotId;
use place::Place;

/// The source bytes as they came.
pub const SOURCE_FILE: &str = "source";
/// The list of a snapshot's files; written last.
pub const MANIFEST_FILE: &str = "manifest.json";

/// Where snapshots are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    place: Arc<Place>,
    /// A folder of this machine, on the same file system as the snapshots when they are in a folder.
    staging: PathBuf,
}

impl Store {
    /// Opens `file:///folder` (created when missing) or `s3://bucket/prefix`, whose endpoint and keys come from the
    /// environment (`AWS_ENDPOINT`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ALLOW_HTTP`).
    /// Tables of a bucket are copied into `cache_folder` when they are first used.
    ///
    /// # Errors
    /// When the URL has another form or the folder can't be made.
    pub async fn open(url: &str, cache_folder: &Path) -> Result<Self> {
        if let Some(path) = url.strip_prefix("file://").or_else(|| url.strip_prefix("file:")) {
            let root = PathBuf::from(path);
            let staging = root.join("staging");
            let place = Place::Folder(folder::Folder::open(&root)?);
            return Self::at(place, staging);
        }
        if let Some(rest) = url.strip_prefix("s3://") {
            let place = Place::Bucket(bucket::Bucket::open(rest, cache_folder)?);
            return Self::at(place, cache_folder.join("staging"));
        }
        let detail = format!("{url:?} is neither file:///folder nor s3://bucket/prefix");
        Err(Error::Configuration { option: "store", detail })
    }

    fn at(place: Place, staging: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&staging).at(&staging)?;
        Ok(Self { place: Arc::new(place), staging })
    }

    /// A new empty folder to prepare a snapshot in; it goes when the value is dropped, or with the next sweep if the
    /// program dies.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn stage(&self) -> Result<Staging> {
        Staging::create(&self.staging)
    }

    /// Makes a prepared folder (a file `source`, folders `tables/{n}`) the snapshot of this hash, all at once.
    /// Gives its manifest; when the snapshot exists already, the existing one, and nothing is written.
    ///
    /// # Errors
    /// When the folder holds something else, or the disk or the bucket fails: then there is no snapshot.
    pub async fn put(&self, prepared: &Path, id: &SnapshotId) -> Result<Manifest> {
        if let Some(manifest) = self.keep(id).await? {
            return Ok(manifest);
        }
        let (folder, id) = (prepared.to_owned(), id.clone());
        let manifest = tokio::task::spawn_blocking(move || Manifest::of_folder(&folder, &id)).await??;
        self.place.put(prepared, &manifest).await?;
        Ok(manifest)
    }

    /// The manifest of a snapshot that is about to be needed: no sweep takes it in the next hour.
    pub(crate) async fn keep(&self, id: &SnapshotId) -> Result<Option<Manifest>> {
        let manifest = self.manifest(id).await?;
        if manifest.is_some() {
            self.place.touch(id).await?;
        }
        Ok(manifest)
    }

    /// The list of a snapshot's files; `None` when there is no such snapshot.
    ///
    /// # Errors
    /// When it can't be read.
    pub async fn manifest(&self, id: &SnapshotId) -> Result<Option<Manifest>> {
        match self.place.read_small(id, MANIFEST_FILE).await? {
            Some(bytes) => Manifest::parse(&bytes, id).map(Some),
            None => Ok(None),
        }
    }

    /// A local folder with the files of a table (`table.parquet`, `exceptions.parquet`, `profile.json`).
    ///
    /// # Errors
    /// When there is no such table, or it can't be fetched.
    pub async fn table_folder(&self, id: &SnapshotId, table: u32) -> Result<PathBuf> {
        self.place.table_folder(id, table).await
    }

    /// The profile of a table.
    ///
    /// # Errors
    /// When there is no such table, or it can't be read.
    pub async fn profile(&self, id: &SnapshotId, table: u32) -> Result<tabular::Profile> {
        let path = format!("tables/{table}/{}", tabular::snapshot::PROFILE_FILE);
        let bytes = self.place.read_small(id, &path).await?;
        let bytes = bytes.ok_or_else(|| Error::not_found("snapshot", format!("{id}/{path}")))?;
        serde_json::from_slice(&bytes)
            .map_err(|error| Error::Damaged { snapshot: id.to_string(), detail: format!("{path}: {error}") })
    }

    /// What the guard found in a table; `None` in snapshots made before there was one.
    pub(crate) async fn personal(&self, id: &SnapshotId, table: u32) -> Result<Option<Kept>> {
        let path = format!("tables/{table}/{PERSONAL_FILE}");
        let bytes = self.place.read_small(id, &path).await?;
        // One written by another version of the program is found again.
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// Any file of a snapshot.
    pub(crate) async fn file(&self, id: &SnapshotId, path: &str) -> Result<Source> {
        self.place.open(id, path).await?.ok_or_else(|| Error::not_found("snapshot", format!("{id}/{path}")))
    }

    /// The source bytes as they came.
    ///
    /// # Errors
    /// When there is no such snapshot, or its place fails.
    pub async fn source(&self, id: &SnapshotId) -> Result<Source> {
        self.place.source(id).await
    }
}

#[cfg(test)]
mod tests;
