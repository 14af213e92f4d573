//! Connections by URL.

use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};

use crate::error::{Error, Result};

/// How long a writer waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn connect(url: &str) -> Result<DatabaseConnection> {
    let mut options = match url.split_once(':') {
        Some(("sqlite", path)) => sqlite(path)?,
        Some(("postgres" | "postgresql", _)) => ConnectOptions::new(url),
        _ => {
            let detail = format!("{url:?} is neither sqlite:///folder/catalog.db nor postgres://user@host/base");
            return Err(Error::Configuration { option: "catalog", detail });
        }
    };
    options
        .max_connections(8)
        .min_connections(0)
        .acquire_timeout(PATIENCE)
        .connect_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

/// A file database: readers never wait for the writer, and what is committed survives a power cut.
fn sqlite(path: &str) -> Result<ConnectOptions> {
    let file = path.strip_prefix("//").unwrap_or(path);
    let file = file.split('?').next().unwrap_or(file);
    if file.is_empty() || file.contains(":memory:") {
        let detail = "name a file, as in sqlite:///folder/catalog.db".to_owned();
        return Err(Error::Configuration { option: "catalog", detail });
    }
    let file = std::path::PathBuf::from(file);
    // The real path goes through the options below: a path may hold characters that a URL can't.
    let mut options = ConnectOptions::new("sqlite://catalog.db");
    options.map_sqlx_sqlite_opts(move |default: SqliteConnectOptions| {
        default
            .filename(&file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
    });
    Ok(options)
}
