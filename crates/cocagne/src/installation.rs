//! Where an installation keeps its catalogue and its snapshots: two URLs, or one folder.

use std::path::PathBuf;

use catalog::{ChecksConfig, Platform, PlatformConfig, fetch::FetchConfig};
use clap::Args;
use tabular::Limits;

/// Options of every command that works on an installation.
#[derive(Debug, Clone, Args)]
pub struct Installation {
    /// Folder of the installation.
    #[arg(long, env = "COCAGNE_DATA", default_value = "cocagne-data")]
    pub data: PathBuf,
    /// Catalogue: sqlite:PATH or postgres://…; by default a SQLite file in the folder.
    #[arg(long, env = "COCAGNE_CATALOG", hide_env_values = true)]
    pub catalog: Option<String>,
    /// Snapshots: file:PATH or s3://BUCKET/PREFIX; by default in the folder.
    #[arg(long, env = "COCAGNE_STORE")]
    pub store: Option<String>,
    /// Largest source file, in bytes.
    #[arg(long, env = "COCAGNE_MAX_FILE_BYTES", default_value_t = Limits::default().source_bytes)]
    pub max_file_bytes: u64,
    #[command(flatten)]
    pub fetching: Fetching,
}

/// What may be fetched by URL.
#[derive(Debug, Clone, Args)]
pub struct Fetching {
    /// Hosts or networks that may be fetched from although they are private, such as 10.1.0.0/16.
    #[arg(long, env = "COCAGNE_FETCH_ALLOW", value_delimiter = ',')]
    pub fetch_allow: Vec<String>,
    /// Time for one download, in seconds.
    #[arg(long, env = "COCAGNE_FETCH_SECONDS", default_value_t = FetchConfig::default().seconds)]
    pub fetch_seconds: u64,
}

impl Installation {
    /// Opens the installation; makes it when it doesn't exist.
    pub async fn open(&self) -> Result<Platform, catalog::Error> {
        Platform::open(PlatformConfig {
            catalog_url: self.catalog.clone(),
            store_url: self.store.clone(),
            data_folder: self.data.clone(),
            limits: Limits { source_bytes: self.max_file_bytes, ..Limits::default() },
            fetch: self.fetching.config(),
            checks: ChecksConfig::default(),
        })
        .await
    }
}

impl Fetching {
    /// As the catalogue takes it.
    pub fn config(&self) -> FetchConfig {
        FetchConfig { allow: self.fetch_allow.clone(), seconds: self.fetch_seconds }
    }
}
