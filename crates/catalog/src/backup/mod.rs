//! Backups: a folder that any engine can be restored from.
//!
//! ```text
//! {backup}/
//!     catalogue/{table}.ndjson     every row, one JSON object a line
//!     snapshots/{sha256}/…         the files of every snapshot that a version needs
//!     backup.json                  rows and SHA-256 of each table; written last
//! ```
//! The folder holds hashes of passwords and of tokens: only its owner may read it.

mod dump;
mod load;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use futures::TryStreamExt as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::{AtPath as _, Error, Result};
use crate::model::SnapshotId;
use crate::platform::Platform;
use crate::spool::Spool;
use crate::store::{MANIFEST_FILE, Manifest, ManifestFile, Store};

/// The list of a backup's tables.
const SUMMARY_FILE: &str = "backup.json";
/// Version of the layout.
const LAYOUT: u32 = 1;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// Version of the layout.
    pub layout: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// Number of the last event in it.
    pub last_event: i64,
    /// By name.
    pub tables: BTreeMap<String, BackupTable>,
    /// Snapshots in it.
    pub snapshots: u64,
}

/// A table of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupTable {
    /// Rows.
    pub rows: u64,
    /// SHA-256 of its file.
    pub sha256: String,
}

impl Platform {
    /// Writes the catalogue, as it is at one moment, and the snapshots that it needs into a new folder.
    ///
    /// # Errors
    /// When the folder exists and isn't empty, a snapshot is damaged, or the disk fails. Then there is no backup.
    pub async fn backup(&self, to: &Path) -> Result<Backup> {
        refuse_occupied(to)?;
        let partial = partial_name(to)?;
        create_private(&partial)?;
        let outcome = self.write_backup(&partial).await;
        match outcome {
            Ok(backup) => {
                std::fs::rename(&partial, to).at(to)?;
                Ok(backup)
            }
            Err(error) => {
                let _gone = std::fs::remove_dir_all(&partial);
                Err(error)
            }
        }
    }

    async fn write_backup(&self, folder: &Path) -> Result<Backup> {
        let dump = dump::catalogue(&self.records, &folder.join("catalogue")).await?;
        for id in &dump.snapshots {
            copy_snapshot(&self.store, id, &folder.join("snapshots").join(id.as_str())).await?;
        }
        let snapshots = dump.snapshots.len() as u64;
        let backup = Backup {
            layout: LAYOUT,
            created_at: Timestamp::now(),
            last_event: dump.last_event,
            tables: dump.tables,
            snapshots,
        };
        let bytes = serde_json::to_vec_pretty(&backup).map_err(|error| Error::Record(error.to_string()))?;
        write_synced(&folder.join(SUMMARY_FILE), &bytes)?;
        Ok(backup)
    }

    /// Fills an empty installation from a backup; its engine and its store may be others than those of the backup.
    ///
    /// # Errors
    /// When the installation isn't empty or the backup isn't whole. The catalogue is then still empty.
    pub async fn restore(&self, from: &Path) -> Result<Backup> {
        let path = from.join(SUMMARY_FILE);
        let bytes = std::fs::read(&path).at(&path)?;
        let backup: Backup =
            serde_json::from_slice(&bytes).map_err(|error| broken(SUMMARY_FILE, &error.to_string()))?;
        if backup.layout != LAYOUT {
            return Err(broken(SUMMARY_FILE, "was written by another version of this program"));
        }
        load::refuse_filled(&self.records).await?;
        let tables = load::read(&from.join("catalogue"), &backup)?;
        for id in tables.snapshots()? {
            restore_snapshot(&self.store, &id, &from.join("snapshots").join(id.as_str())).await?;
        }
        load::insert(&self.records, tables, backup.last_event).await?;
        Ok(backup)
    }
}

/// Copies every file, comparing with the manifest on the way.
async fn copy_snapshot(store: &Store, id: &SnapshotId, to: &Path) -> Result<()> {
    let manifest = store.manifest(id).await?.ok_or_else(|| Error::not_found("snapshot", id))?;
    std::fs::create_dir_all(to).at(to)?;
    for file in &manifest.files {
        copy_file(store, id, file, &to.join(&file.path)).await?;
    }
    let bytes = serde_json::to_vec_pretty(&manifest).map_err(|error| Error::Record(error.to_string()))?;
    write_synced(&to.join(MANIFEST_FILE), &bytes)
}

async fn copy_file(store: &Store, id: &SnapshotId, file: &ManifestFile, to: &Path) -> Result<()> {
    if let Some(parent) = to.parent() {
        std::fs::create_dir_all(parent).at(parent)?;
    }
    let source = store.file(id, &file.path).await?;
    let mut spool = Spool::create(to).at(to)?;
    let mut pieces = source.stream(0..source.size());
    while let Some(piece) = pieces.try_next().await.at(to)? {
        spool.write(&piece).at(to)?;
    }
    let (sha256, _) = spool.finish().at(to)?;
    if sha256 == file.sha256 {
        return Ok(());
    }
    Err(Error::Damaged {
        snapshot: id.to_string(),
        detail: format!("{} has another hash than its manifest says", file.path),
    })
}

/// Stages the files of the backup and puts them, when they are what their manifest says.
async fn restore_snapshot(store: &Store, id: &SnapshotId, from: &Path) -> Result<()> {
    let path = from.join(MANIFEST_FILE);
    let manifest = Manifest::parse(&std::fs::read(&path).at(&path)?, id)?;
    let staging = store.stage()?;
    for file in &manifest.files {
        let (from, to) = (from.join(&file.path), staging.folder().join(&file.path));
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent).at(parent)?;
        }
        std::fs::copy(&from, &to).at(&from)?;
    }
    let folder = staging.folder();
    let own = id.clone();
    let found = tokio::task::spawn_blocking(move || Manifest::of_folder(&folder, &own)).await??;
    if found != manifest {
        return Err(Error::Damaged {
            snapshot: id.to_string(),
            detail: "the backup's files are not what their manifest says".to_owned(),
        });
    }
    store.put(&staging.folder(), id).await?;
    Ok(())
}

fn refuse_occupied(folder: &Path) -> Result<()> {
    let occupied = match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(error).at(folder),
    };
    if occupied {
        let detail = "holds something already: name a new folder".to_owned();
        return Err(Error::Conflict { what: "folder", key: folder.display().to_string(), detail });
    }
    Ok(())
}

/// Beside the folder, so that it can be renamed.
fn partial_name(to: &Path) -> Result<PathBuf> {
    let name = to.file_name().ok_or_else(|| Error::invalid("folder", "has no name"))?;
    let mut partial = name.to_owned();
    partial.push(format!(".partial-{}", uuid::Uuid::now_v7()));
    Ok(to.with_file_name(partial))
}

fn create_private(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).at(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).at(folder)?;
    }
    Ok(())
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).at(path)?;
    std::fs::File::open(path).and_then(|file| file.sync_all()).at(path)
}

fn broken(file: &str, detail: &str) -> Error {
    Error::Invalid { field: "backup", detail: format!("{file}: {detail}") }
}
