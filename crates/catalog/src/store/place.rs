//! What a folder and a bucket both do.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::bucket::Bucket;
use super::folder::Folder;
use super::manifest::Manifest;
use super::source::Source;
use crate::error::{AtPath as _, Error, Result};
use crate::model::SnapshotId;

#[derive(Debug)]
pub(super) enum Place {
    Folder(Folder),
    Bucket(Bucket),
}

impl Place {
    pub(super) async fn put(&self, prepared: &Path, manifest: &Manifest) -> Result<()> {
        match self {
            Self::Folder(folder) => {
                let (folder, prepared, manifest) = (folder.clone(), prepared.to_owned(), manifest.clone());
                tokio::task::spawn_blocking(move || folder.put(&prepared, &manifest)).await?
            }
            Self::Bucket(bucket) => bucket.put(prepared, manifest).await,
        }
    }

    pub(super) async fn touch(&self, id: &SnapshotId) -> Result<()> {
        match self {
            Self::Folder(folder) => folder.touch(id),
            Self::Bucket(bucket) => bucket.touch(id).await,
        }
    }

    pub(super) async fn remove(&self, id: &SnapshotId) -> Result<()> {
        match self {
            Self::Folder(folder) => folder.remove(id),
            Self::Bucket(bucket) => bucket.remove(id).await,
        }
    }

    /// Every snapshot, finished or not.
    pub(super) async fn ids(&self) -> Result<Vec<SnapshotId>> {
        match self {
            Self::Folder(folder) => folder.ids(),
            Self::Bucket(bucket) => bucket.ids().await,
        }
    }

    /// Paths of the files of a snapshot.
    pub(super) async fn files(&self, id: &SnapshotId) -> Result<Vec<String>> {
        match self {
            Self::Folder(folder) => folder.files(id),
            Self::Bucket(bucket) => bucket.files(id).await,
        }
    }

    pub(super) async fn age(&self, id: &SnapshotId) -> Result<Option<Duration>> {
        match self {
            Self::Folder(folder) => Ok(folder.age(id)),
            Self::Bucket(bucket) => bucket.age(id).await,
        }
    }

    /// A file that fits in memory; `None` when there is none.
    pub(super) async fn read_small(&self, id: &SnapshotId, path: &str) -> Result<Option<Vec<u8>>> {
        match self {
            Self::Folder(folder) => {
                let path = folder.path(id).join(path);
                match tokio::fs::read(&path).await {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(error) if is_absent(&error) => Ok(None),
                    Err(error) => Err(error).at(&path),
                }
            }
            Self::Bucket(bucket) => bucket.read_small(id, path).await,
        }
    }

    /// Any file of a snapshot; `None` when there is none.
    pub(super) async fn open(&self, id: &SnapshotId, path: &str) -> Result<Option<Source>> {
        match self {
            Self::Folder(folder) => {
                let path = folder.path(id).join(path);
                match tokio::fs::metadata(&path).await {
                    Ok(metadata) => Ok(Some(Source::local(path, metadata.len()))),
                    Err(error) if is_absent(&error) => Ok(None),
                    Err(error) => Err(error).at(&path),
                }
            }
            Self::Bucket(bucket) => bucket.open_file(id, path).await,
        }
    }

    pub(super) async fn source(&self, id: &SnapshotId) -> Result<Source> {
        self.open(id, super::SOURCE_FILE).await?.ok_or_else(|| Error::not_found("snapshot", id))
    }

    pub(super) async fn table_folder(&self, id: &SnapshotId, table: u32) -> Result<PathBuf> {
        match self {
            Self::Folder(folder) => folder.table_folder(id, table),
            Self::Bucket(bucket) => bucket.table_folder(id, table).await,
        }
    }
}

fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}
