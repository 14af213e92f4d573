//! Folders copied from a bucket, kept on this machine up to a size, the least recently used going first.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::manifest::paths_below;
use crate::error::{AtPath as _, Result};

/// Bytes that the cache may take.
const CAPACITY: u64 = 10 << 30;
/// A folder used since then may still be read.
const IN_USE: Duration = Duration::from_secs(600);
/// Begins the name of a folder that isn't complete.
const PARTIAL: &str = "partial-";

#[derive(Debug)]
pub(super) struct Cache {
    root: PathBuf,
    capacity: u64,
    in_use: Duration,
    entries: Mutex<HashMap<String, Entry>>,
    /// One a folder that is being fetched, so that it is fetched once.
    fetching: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

#[derive(Debug)]
struct Entry {
    size: u64,
    used: Instant,
}

impl Cache {
    pub(super) fn open(root: &Path) -> Result<Self> {
        Self::with_capacity(root, CAPACITY, IN_USE)
    }

    pub(super) fn with_capacity(root: &Path, capacity: u64, in_use: Duration) -> Result<Self> {
        std::fs::create_dir_all(root).at(root)?;
        let mut entries = HashMap::new();
        for entry in std::fs::read_dir(root).at(root)? {
            let path = entry.at(root)?.path();
            match path.file_name().and_then(|name| name.to_str()) {
                Some(name) if !name.starts_with(PARTIAL) => {
                    entries.insert(name.to_owned(), Entry { size: size(&path)?, used: Instant::now() });
                }
                // Another process may be filling it; an old one is left over.
                _ if super::folder::age(&path).is_some_and(|age| age > in_use) => {
                    std::fs::remove_dir_all(&path).at(&path)?
                }
                _ => {}
            }
        }
        let (entries, fetching) = (Mutex::new(entries), Mutex::default());
        Ok(Self { root: root.to_owned(), capacity, in_use, entries, fetching })
    }

    /// The folder of a key, filled by `fill` when it isn't there.
    pub(super) async fn folder(&self, key: &str, fill: impl AsyncFnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let home = self.root.join(key);
        if self.is_held(key, &home) {
            return Ok(home);
        }
        let turn = Arc::clone(lock(&self.fetching).entry(key.to_owned()).or_default());
        let _turn = turn.lock().await;
        if self.is_held(key, &home) {
            return Ok(home);
        }
        let outcome = self.fetch(key, &home, fill).await;
        lock(&self.fetching).remove(key);
        outcome?;
        self.evict(key)?;
        Ok(home)
    }

    fn is_held(&self, key: &str, home: &Path) -> bool {
        let mut entries = lock(&self.entries);
        match entries.get_mut(key) {
            Some(entry) if home.is_dir() => {
                entry.used = Instant::now();
                true
            }
            _ => false,
        }
    }

    async fn fetch(&self, key: &str, home: &Path, fill: impl AsyncFnOnce(&Path) -> Result<()>) -> Result<()> {
        let partial = self.root.join(format!("{PARTIAL}{}", Uuid::now_v7()));
        std::fs::create_dir(&partial).at(&partial)?;
        let filled = fill(&partial).await;
        let moved = filled.and_then(|()| std::fs::rename(&partial, home).at(home));
        if moved.is_err() {
            let _gone = std::fs::remove_dir_all(&partial);
            // Another process sharing the folder was quicker.
            if !home.is_dir() {
                return moved;
            }
        }
        let entry = Entry { size: size(home)?, used: Instant::now() };
        lock(&self.entries).insert(key.to_owned(), entry);
        Ok(())
    }

    /// Lets go of what was used longest ago until the rest fits.
    fn evict(&self, just_fetched: &str) -> Result<()> {
        let mut entries = lock(&self.entries);
        let mut total: u64 = entries.values().map(|entry| entry.size).sum();
        while total > self.capacity {
            let oldest = entries
                .iter()
                .filter(|(key, entry)| *key != just_fetched && entry.used.elapsed() >= self.in_use)
                .min_by_key(|(_, entry)| entry.used)
                .map(|(key, _)| key.clone());
            let Some(key) = oldest else { return Ok(()) };
            let path = self.root.join(&key);
            std::fs::remove_dir_all(&path).at(&path)?;
            total -= entries.remove(&key).map_or(0, |entry| entry.size);
        }
        Ok(())
    }
}

fn size(folder: &Path) -> Result<u64> {
    let mut total = 0;
    for path in paths_below(folder)? {
        let path = folder.join(path);
        total += std::fs::metadata(&path).at(&path)?.len();
    }
    Ok(total)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
