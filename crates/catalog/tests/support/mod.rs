//! Installations for tests: the same on SQLite and on PostgreSQL.
//!
//! PostgreSQL's tests need `COCAGNE_TEST_POSTGRES`, the URL of a server where databases can be created. Without it
//! they pass without testing anything, unless `COCAGNE_TEST_REQUIRE_POSTGRES=1`: then they fail.

#![allow(dead_code, unused_macros, unused_imports, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::path::{Path, PathBuf};

use catalog::records::{DatasetDraft, OrganizationDraft};
use catalog::{Actor, Platform, PlatformConfig, Publication, Published};
use sea_orm::ConnectionTrait as _;

/// Runs each behaviour on both engines.
macro_rules! on_both_engines {
    ($($behaviour:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test] async fn $behaviour() { super::$behaviour(crate::support::Town::on_sqlite().await).await; })+
        }
        mod on_postgres {
            $(#[tokio::test] async fn $behaviour() {
                if let Some(town) = crate::support::Town::on_postgres().await { super::$behaviour(town).await; }
            })+
        }
    };
}
pub(crate) use on_both_engines;

/// An installation in a folder of its own.
pub struct Town {
    pub platform: Platform,
    pub folder: tempfile::TempDir,
    pub config: PlatformConfig,
    pub actor: Actor,
    database: Option<Database>,
}

struct Database {
    server: String,
    name: String,
}

impl Town {
    pub async fn on_sqlite() -> Self {
        Self::open(None).await
    }

    /// `None` when there is no server to test on.
    pub async fn on_postgres() -> Option<Self> {
        let server = server()?;
        let name = format!("cocagne_{}", uuid::Uuid::now_v7().simple());
        execute(&server, &format!("CREATE DATABASE {name}")).await;
        Some(Self::open(Some(Database { server, name })).await)
    }

    async fn open(database: Option<Database>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let catalog_url = database.as_ref().map(|database| with_database(&database.server, &database.name));
        let config = PlatformConfig { catalog_url, ..PlatformConfig::in_folder(folder.path().join("data")) };
        let platform = Platform::open(config.clone()).await.unwrap();
        Self { platform, folder, config, actor: Actor::command_line(), database }
    }

    /// The same installation, as another process would see it.
    pub async fn reopened(&self) -> Platform {
        Platform::open(self.config.clone()).await.unwrap()
    }

    /// To be called at the end of each test.
    pub async fn close(self) {
        self.platform.records.close().await.unwrap();
        if let Some(database) = self.database {
            execute(&database.server, &format!("DROP DATABASE {} WITH (FORCE)", database.name)).await;
        }
    }

    pub async fn organization(&self, name: &str) -> catalog::model::Organization {
        let draft = OrganizationDraft { name: name.to_owned(), ..OrganizationDraft::default() };
        self.platform.records.create_organization(draft, &self.actor).await.unwrap()
    }

    pub async fn dataset(&self, organization: &str, title: &str) -> catalog::model::Dataset {
        let draft = DatasetDraft { title: title.to_owned(), ..DatasetDraft::default() };
        self.platform.records.create_dataset(organization, draft, &self.actor).await.unwrap()
    }

    /// A file in the test's folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub fn publication(&self, name: &str, content: impl AsRef<[u8]>) -> Publication {
        Publication::file(self.file(name, content), name)
    }

    pub async fn publish(&self, publication: Publication) -> catalog::Result<Published> {
        self.platform.publish(publication, &self.actor, |_| {}).await
    }

    /// Names of what is in a folder of the installation.
    pub fn names_in(&self, folder: &str) -> Vec<String> {
        names_in(&self.config.data_folder.join(folder))
    }
}

pub fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn server() -> Option<String> {
    match std::env::var("COCAGNE_TEST_POSTGRES") {
        Ok(url) if !url.is_empty() => Some(url),
        _ if std::env::var("COCAGNE_TEST_REQUIRE_POSTGRES").is_ok_and(|value| value == "1") => {
            panic!("COCAGNE_TEST_REQUIRE_POSTGRES=1 but COCAGNE_TEST_POSTGRES names no server")
        }
        _ => {
            eprintln!("not tested on PostgreSQL: COCAGNE_TEST_POSTGRES names no server");
            None
        }
    }
}

async fn execute(server: &str, sql: &str) {
    let connection = sea_orm::Database::connect(server).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

/// The server's URL with another database.
fn with_database(url: &str, name: &str) -> String {
    let (address, query) =
        url.split_once('?').map_or((url, String::new()), |(address, query)| (address, format!("?{query}")));
    let (scheme, rest) = address.split_once("://").unwrap();
    let host = rest.split('/').next().unwrap();
    format!("{scheme}://{host}/{name}{query}")
}
