//! What a request is about: a resource in its current version, or in an older one.

use std::sync::Arc;

use axum::http::Uri;
use catalog::model::{ResourceDetail, Version};
use query::Table;

use crate::{State, caching::Validator, directory::Entry, problem::Problem};

/// A version of a resource.
#[derive(Debug, Clone)]
pub struct Target {
    entry: Arc<Entry>,
    /// `None` is the current version.
    named: Option<Version>,
}

impl Target {
    /// The current version of a resource.
    ///
    /// # Errors
    /// When there is no such resource.
    pub async fn current(state: &State, id: &str) -> Result<Self, Problem> {
        Ok(Self { entry: state.resource(id).await?, named: None })
    }

    /// A version by its number.
    ///
    /// # Errors
    /// When there is no such resource or version.
    pub async fn version_of(state: &State, id: &str, number: &str) -> Result<Self, Problem> {
        let entry = state.resource(id).await?;
        let unknown = || Problem::not_found("version of this resource", number);
        let wanted: i32 = number.parse().map_err(|_| unknown())?;
        let found = state.platform.records.version(entry.detail.resource.id, wanted).await?;
        Ok(Self { entry, named: Some(found.ok_or_else(unknown)?) })
    }

    /// The resource.
    pub fn detail(&self) -> &ResourceDetail {
        &self.entry.detail
    }

    /// The version.
    pub fn version(&self) -> &Version {
        self.named.as_ref().unwrap_or(&self.entry.detail.version)
    }

    /// The typed table of the version.
    ///
    /// # Errors
    /// When the version has no table, or its files cannot be read.
    pub async fn table(&self, state: &State) -> Result<Arc<Table>, Problem> {
        match &self.named {
            Some(version) => state.open(version).await,
            None => state.table(&self.entry).await,
        }
    }

    /// How an answer made from the version's rows is recognised.
    pub fn validator(&self, uri: &Uri, variant: &str) -> Validator {
        let version = self.version();
        let validator = match version.table {
            Some(0) | None => Validator::of(version.snapshot.as_str(), uri, variant),
            Some(table) => Validator::of(&format!("{}/{table}", version.snapshot), uri, variant),
        };
        let validator = validator.modified(version.published_at);
        if self.named.is_some() { validator.lasting() } else { validator }
    }

    /// Name of a file made from the version: the dataset's slug, the resource's title, the version when it's an old one.
    pub fn file_stem(&self) -> String {
        let detail = self.detail();
        let title = catalog::slug::slugify(&detail.resource.title);
        let mut stem = detail.dataset.slug.clone();
        if !title.is_empty() && title != stem {
            stem.push('-');
            stem.push_str(&title);
        }
        stem.truncate(120);
        match &self.named {
            Some(version) => format!("{stem}-v{}", version.number),
            None => stem,
        }
    }
}
