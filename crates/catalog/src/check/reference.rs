//! The schema that somebody names.

use std::sync::Arc;

use schemas::{Found, Library, Loaded};
use tableschema::Schema;

use crate::error::{AtPath as _, Error, Result};
use crate::platform::Platform;

/// Bytes of a schema that is fetched.
const LARGEST: u64 = 8 << 20;

/// A schema of tables, and what it is called.
#[derive(Debug, Clone)]
pub struct NamedSchema {
    /// `scdl/subventions`
    pub name: String,
    /// `2.1.1`; `None` for a schema that has no version.
    pub version: Option<String>,
    /// The schema.
    pub schema: Arc<Schema>,
}

impl Platform {
    /// The schema of a name (`scdl/subventions`, `subventions@2.1.0`) or of a web address, which is fetched unless the
    /// library knows it.
    ///
    /// # Errors
    /// `Schema` when there is none, or it doesn't describe tables; `Fetch`.
    pub async fn table_schema(&self, reference: &str) -> Result<NamedSchema> {
        match self.schemas.find(reference) {
            Ok(found) => of_tables(found, reference),
            Err(_) if reference.starts_with("https://") || reference.starts_with("http://") => {
                self.fetched_schema(reference).await
            }
            Err(error) => Err(refused(reference, error)),
        }
    }

    async fn fetched_schema(&self, url: &str) -> Result<NamedSchema> {
        let staging = self.store.stage()?;
        let path = staging.scratch().join("schema.json");
        self.fetcher.fetch(url, &path, LARGEST, &|_, _| ()).await?;
        let bytes = tokio::fs::read(&path).await.at(&path)?;
        let found = Library::from_file(&bytes, url).map_err(|error| refused(url, error))?;
        of_tables(found, url)
    }
}

fn of_tables(found: Found, reference: &str) -> Result<NamedSchema> {
    match found.schema {
        Loaded::Table(schema) => Ok(NamedSchema { name: found.name, version: found.version, schema }),
        _ => Err(refused(reference, "describes other documents than tables")),
    }
}

fn refused(name: &str, detail: impl ToString) -> Error {
    Error::Schema { name: name.to_owned(), detail: detail.to_string() }
}
