//! Snapshots in a folder of this machine.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use uuid::Uuid;

use super::MANIFEST_FILE;
use super::manifest::{Manifest, paths_below};
use crate::error::{AtPath as _, Error, Result};
use crate::model::SnapshotId;

/// `{root}/snapshots/{sha256}/…`
#[derive(Debug, Clone)]
pub(super) struct Folder {
    root: PathBuf,
    snapshots: PathBuf,
}

impl Folder {
    pub(super) fn open(root: &Path) -> Result<Self> {
        let snapshots = root.join("snapshots");
        std::fs::create_dir_all(&snapshots).at(&snapshots)?;
        sync_folder(root)?;
        let root = std::path::absolute(root).at(root)?;
        Ok(Self { snapshots: root.join("snapshots"), root })
    }

    pub(super) fn path(&self, id: &SnapshotId) -> PathBuf {
        self.snapshots.join(id.as_str())
    }

    /// Writes the manifest, makes sure that everything is on the disk, then renames: the one step that counts.
    pub(super) fn put(&self, prepared: &Path, manifest: &Manifest) -> Result<()> {
        let path = prepared.join(MANIFEST_FILE);
        let mut file = File::create(&path).at(&path)?;
        file.write_all(&manifest.to_bytes()?).at(&path)?;
        file.sync_all().at(&path)?;
        sync_tree(prepared)?;
        let home = self.path(&manifest.snapshot);
        match std::fs::rename(prepared, &home) {
            Ok(()) => {}
            // Another publication of the same bytes was quicker.
            Err(_) if home.join(MANIFEST_FILE).is_file() => return Ok(()),
            Err(_) if home.is_dir() => {
                self.remove(&manifest.snapshot)?;
                std::fs::rename(prepared, &home).at(&home)?;
            }
            Err(error) => return Err(error).at(&home),
        }
        sync_folder(&self.snapshots)
    }

    /// Takes the snapshot out of sight in one step before its files go.
    pub(super) fn remove(&self, id: &SnapshotId) -> Result<()> {
        let aside = self.root.join("staging").join(format!("removed-{}", Uuid::now_v7()));
        let home = self.path(id);
        std::fs::rename(&home, &aside).at(&home)?;
        sync_folder(&self.snapshots)?;
        std::fs::remove_dir_all(&aside).at(&aside)
    }

    /// Makes the snapshot young, so that no sweep takes it between here and the catalogue.
    pub(super) fn touch(&self, id: &SnapshotId) -> Result<()> {
        let path = self.path(id).join(MANIFEST_FILE);
        let file = File::options().append(true).open(&path).at(&path)?;
        file.set_modified(SystemTime::now()).at(&path)
    }

    pub(super) fn ids(&self) -> Result<Vec<SnapshotId>> {
        let mut ids = Vec::new();
        for entry in std::fs::read_dir(&self.snapshots).at(&self.snapshots)? {
            let name = entry.at(&self.snapshots)?.file_name();
            ids.extend(name.to_str().and_then(SnapshotId::parse));
        }
        ids.sort();
        Ok(ids)
    }

    pub(super) fn files(&self, id: &SnapshotId) -> Result<Vec<String>> {
        paths_below(&self.path(id))
    }

    /// Time since the snapshot was last put.
    pub(super) fn age(&self, id: &SnapshotId) -> Option<Duration> {
        let home = self.path(id);
        age(&home.join(MANIFEST_FILE)).or_else(|| age(&home))
    }

    pub(super) fn table_folder(&self, id: &SnapshotId, table: u32) -> Result<PathBuf> {
        let folder = self.path(id).join("tables").join(table.to_string());
        if folder.is_dir() { Ok(folder) } else { Err(Error::not_found("snapshot", format!("{id}/tables/{table}"))) }
    }
}

/// Time since a file or folder was last written; `None` when there is none.
pub(super) fn age(path: &Path) -> Option<Duration> {
    let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()?;
    Some(SystemTime::now().duration_since(modified).unwrap_or_default())
}

/// Makes sure that a folder's entries are on the disk.
pub(super) fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|file| file.sync_all()).at(folder)
}

/// The same for every file and folder below.
fn sync_tree(folder: &Path) -> Result<()> {
    for path in paths_below(folder)? {
        let path = folder.join(path);
        File::open(&path).and_then(|file| file.sync_all()).at(&path)?;
    }
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).at(&folder)? {
            let path = entry.at(&folder)?.path();
            if path.is_dir() {
                open.push(path);
            }
        }
        sync_folder(&folder)?;
    }
    Ok(())
}
