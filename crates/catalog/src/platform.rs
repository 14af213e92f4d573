//! One installation: its records, its snapshots, its search index, and what it may fetch.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use geocoder::Geocoder;
use schemas::Library;
use tokio::sync::{RwLock, Semaphore};

use crate::draft::{Checks, Surveys};
use crate::error::{AtPath as _, Error, Result};
use crate::fetch::{FetchConfig, Fetcher};
use crate::records::Records;
use crate::search::Search;
use crate::store::{Store, Swept, VerifyProgress, VerifyReport};
use crate::upload::{UploadLimits, Uploads};

/// Publications that read at once.
const PUBLICATIONS_AT_ONCE: usize = 2;
/// How long a snapshot may be on its way into the catalogue.
const GRACE: Duration = Duration::from_secs(3_600);

/// Where an installation keeps what it knows, and its limits.
#[derive(Debug, Clone)]
pub struct PlatformConfig {
    /// `sqlite:///folder/catalog.db` or `postgres://user@host/base`; by default `catalog.db` in the data folder.
    pub catalog_url: Option<String>,
    /// `file:///folder` or `s3://bucket/prefix`; by default the data folder itself.
    pub store_url: Option<String>,
    /// Created when missing. Holds what the URLs don't place elsewhere, and the cache of a bucket.
    pub data_folder: PathBuf,
    /// Limits on what is read.
    pub limits: tabular::Limits,
    /// What may be fetched.
    pub fetch: FetchConfig,
    /// What is asked of data before it is public.
    pub checks: ChecksConfig,
}

/// What is asked of data before it is public.
#[derive(Debug, Clone)]
pub struct ChecksConfig {
    /// Schemas that were refreshed, which cover those that ship; by default `schemas` in the data folder.
    pub schemas_folder: Option<PathBuf>,
    /// Settings of the personal data guard.
    pub guard: personal_data::Options,
    /// How long a draft that nobody touches is kept, in days; for ever without.
    pub draft_days: Option<u32>,
}

impl Default for ChecksConfig {
    fn default() -> Self {
        Self { schemas_folder: None, guard: personal_data::Options::default(), draft_days: Some(365) }
    }
}

impl PlatformConfig {
    /// Everything in one folder.
    pub fn in_folder(data_folder: impl Into<PathBuf>) -> Self {
        Self {
            catalog_url: None,
            store_url: None,
            data_folder: data_folder.into(),
            limits: tabular::Limits::default(),
            fetch: FetchConfig::default(),
            checks: ChecksConfig::default(),
        }
    }
}

/// An installation. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Platform {
    /// The catalogue.
    pub records: Records,
    /// The snapshots.
    pub store: Store,
    /// The search index.
    pub search: Search,
    /// The schemas: those that ship, and those that were refreshed.
    pub schemas: Arc<Library>,
    /// The files that are arriving.
    pub uploads: Uploads,
    /// The addresses that are known.
    pub geocoder: Arc<Geocoder>,
    /// Held while the first index of addresses is made.
    pub(crate) preparing: Arc<RwLock<()>>,
    pub(crate) guard: personal_data::Options,
    pub(crate) draft_days: Option<u32>,
    pub(crate) checks: Arc<Checks>,
    pub(crate) surveys: Arc<Surveys>,
    pub(crate) fetcher: Fetcher,
    pub(crate) limits: tabular::Limits,
    pub(crate) publishing: Arc<Semaphore>,
}

impl Platform {
    /// Opens an installation, made when it doesn't exist.
    ///
    /// # Errors
    /// When a URL can't be understood, or its place can't be reached or made.
    pub async fn open(config: PlatformConfig) -> Result<Self> {
        let data = std::path::absolute(&config.data_folder).at(&config.data_folder)?;
        std::fs::create_dir_all(&data).at(&data)?;
        let catalog_url =
            config.catalog_url.unwrap_or_else(|| format!("sqlite://{}", data.join("catalog.db").display()));
        let store_url = config.store_url.unwrap_or_else(|| format!("file://{}", data.display()));
        let fetcher = Fetcher::new(&config.fetch)?;
        let store = Store::open(&store_url, &data.join("cache")).await?;
        let records = Records::open(&catalog_url).await?;
        let search = Search::new(records.clone());
        let publishing = Arc::new(Semaphore::new(PUBLICATIONS_AT_ONCE));
        let limits = UploadLimits { bytes: config.limits.source_bytes, ..UploadLimits::default() };
        let uploads = Uploads::open(&data.join("uploads"), limits)?;
        let schemas_folder = config.checks.schemas_folder.unwrap_or_else(|| data.join("schemas"));
        let library = Library::with_folder(&schemas_folder)
            .map_err(|error| Error::Configuration { option: "schemas", detail: error.to_string() })?;
        Ok(Self {
            records,
            store,
            search,
            schemas: Arc::new(library),
            uploads,
            geocoder: Arc::new(Geocoder::open(&data.join("addresses"))),
            preparing: Arc::default(),
            guard: config.checks.guard,
            draft_days: config.checks.draft_days,
            checks: Arc::default(),
            surveys: Arc::default(),
            fetcher,
            limits: config.limits,
            publishing,
        })
    }

    /// Hashes every file of every snapshot again, and looks for those that versions need.
    ///
    /// # Errors
    /// When the catalogue or the store can't be read; what is wrong with files is in the report.
    pub async fn verify(&self, progress: &(dyn Fn(VerifyProgress) + Send + Sync)) -> Result<VerifyReport> {
        let needed = self.records.snapshots().await?;
        self.store.verify(&needed, progress).await
    }

    /// Removes what interrupted publications, removed datasets and discarded drafts leave, and the drafts that nobody
    /// touched for long. To be called when a server starts and now and then.
    ///
    /// # Errors
    /// When the catalogue or the store fails.
    pub async fn sweep(&self) -> Result<Swept> {
        self.discard_old_drafts().await?;
        self.uploads.sweep().await?;
        let needed = self.records.snapshots().await?;
        self.store.sweep(&needed, GRACE).await
    }
}
