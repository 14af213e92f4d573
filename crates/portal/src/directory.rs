//! Resources by identifier, in memory, so that a page of rows needs no SQL.
//!
//! What is held belongs to the event of the catalogue at which it was read; after a later one it is read again. The
//! last event is asked for at most once a second, so a change made by another process is seen within that time; one
//! made through this process calls [`Directory::forget`].

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock, Weak,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Instant,
};

use catalog::model::ResourceDetail;
use query::Table;
use uuid::Uuid;

use crate::{State, problem::Problem};

/// Milliseconds during which the last event is believed.
const BELIEVED: u64 = 1_000;
/// Before anything was asked.
const NEVER: u64 = 0;
/// Resources held.
const CAPACITY: usize = 2_048;

/// Resources looked up lately.
#[derive(Debug)]
pub struct Directory {
    entries: RwLock<HashMap<Uuid, Arc<Entry>>>,
    event: AtomicI64,
    checked: AtomicU64,
    started: Instant,
}

/// A resource, and its table while the engine holds it.
pub struct Entry {
    /// The resource, its dataset, its current version.
    pub detail: ResourceDetail,
    /// The last event known when it was read.
    event: i64,
    table: RwLock<Weak<Table>>,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("detail", &self.detail).finish_non_exhaustive()
    }
}

impl Default for Directory {
    fn default() -> Self {
        Self {
            entries: RwLock::default(),
            event: AtomicI64::new(-1),
            checked: AtomicU64::new(NEVER),
            started: Instant::now(),
        }
    }
}

impl Directory {
    /// Makes the next request ask for the last event: the catalogue changed.
    pub fn forget(&self) {
        self.checked.store(NEVER, Ordering::Release);
    }

    fn get(&self, id: Uuid, event: i64) -> Option<Arc<Entry>> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        entries.get(&id).filter(|entry| entry.event == event).cloned()
    }

    fn put(&self, id: Uuid, entry: Arc<Entry>) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= CAPACITY {
            entries.clear();
        }
        entries.insert(id, entry);
    }
}

impl State {
    /// Number of the catalogue's last event, at most a second old.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub async fn last_event(&self) -> Result<i64, Problem> {
        let directory = &self.directory;
        let now = u64::try_from(directory.started.elapsed().as_millis()).unwrap_or(u64::MAX) + BELIEVED;
        let checked = directory.checked.load(Ordering::Acquire);
        let recent = now.saturating_sub(checked) < BELIEVED;
        // When it's time, one request asks; those that come meanwhile go on with what is known.
        let asked_elsewhere = || {
            checked != NEVER
                && directory.checked.compare_exchange(checked, now, Ordering::AcqRel, Ordering::Acquire).is_err()
        };
        if recent || asked_elsewhere() {
            return Ok(directory.event.load(Ordering::Acquire));
        }
        let event = self.platform.records.last_event().await.inspect_err(|_| directory.forget())?;
        // Events grow; an answer that was overtaken doesn't bring an older one back.
        let known = directory.event.fetch_max(event, Ordering::AcqRel).max(event);
        let _first = directory.checked.compare_exchange(NEVER, now, Ordering::AcqRel, Ordering::Acquire);
        Ok(known)
    }

    /// The resource of this identifier.
    ///
    /// # Errors
    /// [`crate::problem::Kind::NotFound`] when there is none.
    pub async fn resource(&self, id: &str) -> Result<Arc<Entry>, Problem> {
        let Ok(uuid) = Uuid::try_parse(id) else { return Err(Problem::not_found("resource", id)) };
        let event = self.last_event().await?;
        if let Some(entry) = self.directory.get(uuid, event) {
            return Ok(entry);
        }
        let detail = self.platform.records.resource_detail(uuid).await?;
        let detail = detail.ok_or_else(|| Problem::not_found("resource", id))?;
        let entry = Arc::new(Entry { detail, event, table: RwLock::default() });
        self.directory.put(uuid, Arc::clone(&entry));
        Ok(entry)
    }

    /// The table of a resource's current version.
    ///
    /// # Errors
    /// As [`State::open`].
    pub async fn table(&self, entry: &Entry) -> Result<Arc<Table>, Problem> {
        let held = entry.table.read().unwrap_or_else(PoisonError::into_inner).upgrade();
        if let Some(table) = held {
            return Ok(table);
        }
        let table = self.open(&entry.detail.version).await?;
        *entry.table.write().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(&table);
        Ok(table)
    }
}
