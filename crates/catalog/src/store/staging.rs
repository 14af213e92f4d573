//! A folder in which a snapshot is prepared. Its lock says that its program lives: a sweep takes only what is unlocked.

use std::fs::File;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::error::{AtPath as _, Result};

const LOCK_FILE: &str = "lock";

/// A folder of one preparation; removed when dropped.
#[derive(Debug)]
pub struct Staging {
    root: PathBuf,
    _lock: File,
}

impl Staging {
    pub(super) fn create(parent: &Path) -> Result<Self> {
        let root = parent.join(Uuid::now_v7().to_string());
        let lock_path = root.join(LOCK_FILE);
        std::fs::create_dir(&root).at(&root)?;
        let lock = File::create(&lock_path).at(&lock_path)?;
        lock.lock().at(&lock_path)?;
        let staging = Self { root, _lock: lock };
        for folder in [staging.folder(), staging.scratch()] {
            std::fs::create_dir(&folder).at(&folder)?;
        }
        Ok(staging)
    }

    /// Where the snapshot's files are written.
    pub fn folder(&self) -> PathBuf {
        self.root.join("snapshot")
    }

    /// Where readers unpack and sort.
    pub fn scratch(&self) -> PathBuf {
        self.root.join("scratch")
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.root) {
            tracing::warn!(folder = %self.root.display(), %error, "a staging folder stays until the next sweep");
        }
    }
}

/// Removes the preparations of programs that died; gives how many.
pub(super) fn sweep(parent: &Path, grace: std::time::Duration) -> Result<u64> {
    let mut removed = 0;
    for entry in std::fs::read_dir(parent).at(parent)? {
        let root = entry.at(parent)?.path();
        if is_abandoned(&root, grace) {
            std::fs::remove_dir_all(&root).at(&root)?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn is_abandoned(root: &Path, grace: std::time::Duration) -> bool {
    match File::open(root.join(LOCK_FILE)) {
        Ok(lock) => lock.try_lock().is_ok(),
        // Between the folder's creation and its lock's, or a removal that was cut short.
        Err(_) => super::folder::age(root).is_some_and(|age| age >= grace),
    }
}
