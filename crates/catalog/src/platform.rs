//! One installation: its records, its snapshots, its search index, and what it may fetch.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::error::{AtPath as _, Result};
use crate::fetch::{FetchConfig, Fetcher};
use crate::records::Records;
use crate::search::Search;
use crate::store::{Store, Swept, VerifyProgress, VerifyReport};

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
        Ok(Self { records, store, search, fetcher, limits: config.limits, publishing })
    }

    /// Hashes every file of every snapshot again, and looks for those that versions need.
    ///
    /// # Errors
    /// When the catalogue or the store can't be read; what is wrong with files is in the report.
    pub async fn verify(&self, progress: &(dyn Fn(VerifyProgress) + Send + Sync)) -> Result<VerifyReport> {
        let needed = self.records.snapshots().await?;
        self.store.verify(&needed, progress).await
    }

    /// Removes what interrupted publications and removed datasets leave. To be called when a server starts and now
    /// and then.
    ///
    /// # Errors
    /// When the catalogue or the store fails.
    pub async fn sweep(&self) -> Result<Swept> {
        let needed = self.records.snapshots().await?;
        self.store.sweep(&needed, GRACE).await
    }
}
