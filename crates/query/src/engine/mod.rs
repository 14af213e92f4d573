//! Runs queries on typed tables.
//!
//! There are two ways. Pages of rows go the direct way ([`scan`]): the Parquet file is read by position, or scanned
//! with as few columns as the query needs. Everything else is planned by DataFusion ([`relation`]). Both evaluate the
//! same expressions ([`filter`]) and give the same answers.

mod answer;
mod budget;
mod exceptions;
mod file;
mod filter;
mod functions;
mod grouping;
mod literal;
mod lru;
mod plan;
mod predicate;
mod prune;
mod read;
mod relation;
mod scan;
mod session;
mod sql;
mod statement;
mod stream;
mod table;
#[cfg(test)]
mod tests;
mod tile;
mod top;
mod workers;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use datafusion::prelude::SessionContext;
use tokio::sync::Semaphore;

pub use answer::Answer;
pub use exceptions::ExceptionCell;
pub use sql::SqlAnswer;
pub use table::Table;

use crate::{Error, Result};

/// Bounds on what queries may take; every field is configuration.
#[derive(Debug, Clone)]
pub struct EngineLimits {
    /// Bytes of memory for the planned queries of all users together (groups, sorts, joins).
    pub memory_bytes: usize,
    /// Bytes that sorts may put aside on disk, for all users together.
    pub spill_bytes: u64,
    /// Time for one answer.
    pub time: Duration,
    /// Rows of an answer that is not streamed.
    pub answer_rows: usize,
    /// Rows of an SQL query's result; what follows is cut.
    pub sql_rows: usize,
    /// Tables held open.
    pub open_tables: usize,
    /// Threads that scan at the same time; 0 for as many as the machine has.
    pub threads: usize,
}

impl Default for EngineLimits {
    fn default() -> Self {
        Self {
            memory_bytes: 256 << 20,
            spill_bytes: 4 << 30,
            time: Duration::from_secs(20),
            answer_rows: 200_000,
            sql_rows: 100_000,
            open_tables: 128,
            threads: 0,
        }
    }
}

/// Numbers of rows that filters keep, remembered.
const TOTALS: usize = 4_096;

/// Opens tables and answers queries. Cheap to clone; the clones share everything.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    limits: EngineLimits,
    threads: usize,
    context: SessionContext,
    tables: Mutex<lru::Lru<PathBuf, Arc<Table>>>,
    /// By table and filter: snapshots never change, so neither do these.
    totals: Mutex<lru::Lru<(u64, String), u64>>,
    /// One permit a thread that scans.
    scans: Semaphore,
    /// One permit an SQL statement that runs: others wait, within their time, so that pages keep their share.
    statements: Semaphore,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("limits", &self.inner.limits).finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine with these limits.
    #[must_use]
    pub fn new(limits: EngineLimits) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let threads = if limits.threads == 0 { cores } else { limits.threads };
        let inner = Inner {
            context: session::context(&limits, threads),
            tables: Mutex::new(lru::Lru::new(limits.open_tables)),
            totals: Mutex::new(lru::Lru::new(TOTALS)),
            scans: Semaphore::new(threads),
            statements: Semaphore::new(threads),
            limits,
            threads,
        };
        Self { inner: Arc::new(inner) }
    }

    /// The limits.
    #[must_use]
    pub fn limits(&self) -> &EngineLimits {
        &self.inner.limits
    }

    /// Opens the table of a folder, or gives the one that is open. What is in the folder must never change.
    ///
    /// # Errors
    /// [`Error::Broken`] when a file is missing or damaged.
    pub async fn open(&self, folder: &Path) -> Result<Arc<Table>> {
        let key = folder.to_owned();
        if let Some(table) = self.inner.tables.lock().ok().and_then(|mut tables| tables.get(&key)) {
            return Ok(table);
        }
        let folder = key.clone();
        let table = Arc::new(blocking(move || Table::open(&folder)).await?);
        if let Ok(mut tables) = self.inner.tables.lock() {
            tables.put(key, Arc::clone(&table));
        }
        Ok(table)
    }

    /// Forgets an open table, for instance because its folder is about to leave a local cache.
    pub fn close(&self, folder: &Path) {
        if let Ok(mut tables) = self.inner.tables.lock() {
            tables.remove(&folder.to_owned());
        }
    }

    /// The cells of these rows (by `__id`) that don't fit their column's type, in the order of the source.
    ///
    /// # Errors
    /// [`Error::Broken`] when the file of exceptions is missing or damaged.
    pub async fn exceptions(&self, table: &Arc<Table>, rows: &[u64]) -> Result<Vec<ExceptionCell>> {
        let rows: std::collections::HashSet<i64> = rows.iter().filter_map(|row| i64::try_from(*row).ok()).collect();
        let (Some(first), Some(last)) = (rows.iter().min().copied(), rows.iter().max().copied()) else {
            return Ok(Vec::new());
        };
        let table = Arc::clone(table);
        blocking(move || exceptions::between(&table, first, last, |row| rows.contains(&row))).await
    }
}

/// Runs what blocks away from the threads that serve.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))?
}
