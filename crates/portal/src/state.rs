//! What every handler holds.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use catalog::{Platform, mail::Mailer, model::Version};
use query::{Engine, Table};
use tokio::sync::Semaphore;

use crate::{
    config::Config,
    directory::Directory,
    pace::Pacer,
    problem::{Kind, Problem},
};

/// The catalogue, the engine, the configuration; cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Catalogue, snapshots, search.
    pub platform: Platform,
    /// Queries.
    pub engine: Engine,
    /// What whoever runs the portal decided.
    pub config: Arc<Config>,
    /// Resources looked up lately.
    pub directory: Arc<Directory>,
    /// How often each client did what is limited.
    pub pacer: Arc<Pacer>,
    /// Turns of files of addresses.
    pub address_files: Arc<Semaphore>,
}

impl State {
    /// A state over a platform.
    pub fn new(platform: Platform, engine: Engine, config: Config) -> Self {
        let pacer = Arc::new(Pacer::new(&config.rates));
        let address_files = Arc::new(Semaphore::new(config.addresses.files_at_once));
        Self { platform, engine, config: Arc::new(config), directory: Arc::default(), pacer, address_files }
    }

    /// Where this portal is seen from outside, without a final slash: as configured, else as the client called it.
    pub fn base_url(&self, headers: &HeaderMap) -> String {
        if let Some(url) = &self.config.public_url {
            return url.trim_end_matches('/').to_owned();
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).filter(|host| is_host(host));
        format!("http://{}", host.unwrap_or("localhost"))
    }

    /// Through what mail is sent. Only when the portal knows its own address: a link made from the name that a client
    /// called it by could lead anywhere.
    pub fn mailer(&self) -> Option<&Mailer> {
        self.config.mail.as_ref().filter(|_| self.config.public_url.is_some())
    }

    /// The typed table of a version.
    ///
    /// # Errors
    /// When the version is a file without a table, or its files cannot be read.
    pub async fn open(&self, version: &Version) -> Result<Arc<Table>, Problem> {
        let Some(table) = version.table else {
            return Err(Problem::new(Kind::NotFound, "this resource is a file without a table; download it as it is"));
        };
        let folder = self.platform.store.table_folder(&version.snapshot, table).await?;
        Ok(self.engine.open(&folder).await?)
    }
}

/// Whether a `Host` header may be repeated in links.
fn is_host(host: &str) -> bool {
    !host.is_empty() && host.len() < 256 && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]_".contains(&b))
}
