//! Searching the catalogue: French words with their accents, plurals and typos forgiven, years understood, facets
//! counted. The index is derived from the records, held in memory, built when it is first needed and again when the
//! history has grown.

mod analysis;
mod answer;
mod entry;
mod facets;
mod index;
mod text;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

pub use answer::{Facet, FacetValue, Facets, SearchAnswer, SearchQuery, Sort};

use crate::error::Result;
use crate::records::Records;
use index::Index;

/// A build that took longer than this isn't repeated at every change.
const SLOW_BUILD: Duration = Duration::from_millis(200);
/// Share of the time that slow builds may take: one part in so many.
const BUILD_SHARE: u32 = 5;

/// Searches the catalogue. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Search {
    records: Records,
    current: Arc<RwLock<Option<Arc<Built>>>>,
    building: Arc<tokio::sync::Mutex<()>>,
}

/// An index and what it was built from.
#[derive(Debug)]
struct Built {
    index: Index,
    last_event: i64,
    at: Instant,
    took: Duration,
}

impl Built {
    /// Whether the index may serve although the catalogue has changed: it's large, and was built a moment ago.
    fn may_lag(&self) -> bool {
        self.took > SLOW_BUILD && self.at.elapsed() < self.took * BUILD_SHARE
    }
}

impl Search {
    /// A search of these records; nothing is built yet.
    pub fn new(records: Records) -> Self {
        Self { records, current: Arc::default(), building: Arc::default() }
    }

    /// Datasets that match, and how many match by facet.
    ///
    /// # Errors
    /// When the records can't be read or the index fails.
    pub async fn find(&self, query: SearchQuery) -> Result<SearchAnswer> {
        let built = self.fresh().await?;
        let (page, query) = (Arc::clone(&built), query);
        let found = tokio::task::spawn_blocking(move || page.index.find(&query)).await??;
        let hits = self.records.dataset_details(&found.ids).await?;
        Ok(SearchAnswer { hits, total: found.total, facets: found.facets })
    }

    /// Builds the index if it isn't up to date, so that the first search doesn't wait.
    ///
    /// # Errors
    /// As [`Search::find`].
    pub async fn refresh(&self) -> Result<()> {
        self.fresh().await.map(|_| ())
    }

    async fn fresh(&self) -> Result<Arc<Built>> {
        let last_event = self.records.last_event().await?;
        if let Some(built) = self.held(last_event) {
            return Ok(built);
        }
        let _turn = self.building.lock().await;
        // Read again: a change that came since then must be in the number before it is in the index.
        let last_event = self.records.last_event().await?;
        if let Some(built) = self.held(last_event) {
            return Ok(built);
        }
        let start = Instant::now();
        let entries = entry::read(&self.records).await?;
        let index = tokio::task::spawn_blocking(move || Index::build(entries)).await??;
        let built = Arc::new(Built { index, last_event, at: Instant::now(), took: start.elapsed() });
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&built));
        Ok(built)
    }

    fn held(&self, last_event: i64) -> Option<Arc<Built>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current.clone().filter(|built| built.last_event == last_event || built.may_lag())
    }
}
