//! Publishing: a file or a URL becomes a snapshot, then facts of the catalogue.
//!
//! The source is spooled and hashed, its tables are typed and written beside it, the whole becomes a snapshot of the
//! store in one step, and one transaction of the catalogue points to it. Nothing is in the catalogue before its
//! snapshot is in the store; what fails leaves no trace.

mod apply;
mod gate;
pub(crate) mod media_type;
pub(crate) mod naming;
mod prepare;
mod published;
mod treat;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use personal_data::{Generalisation, Remedy};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use published::{Column, PublishWarning, Published, PublishedDataset, PublishedResource};

use crate::account::Actor;
use crate::error::{Error, Result};
use crate::model::SnapshotId;
use crate::platform::Platform;
use crate::records::Change;
use crate::spool;
use crate::store::{SOURCE_FILE, Staging};
pub(crate) use apply::{dated_years, format_name};
pub(crate) use gate::refuse_open;
pub(crate) use prepare::{Intake, Prepared, Source};
pub(crate) use treat::{Ready, TablePlan};

/// What is to be published. What is `None` is guessed for a new dataset and left as it is for an existing one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "see Dataset")]
pub struct Publication {
    pub source: SourceLocation,
    /// Slug or identifier. Needed when several organisations exist.
    pub organization: Option<String>,
    /// Slug or identifier of an existing dataset, or the slug that a new one shall have. Without it, the
    /// organisation's dataset of the same title is meant, or a new one.
    pub dataset: Option<String>,
    /// The resource that gets a new version. Without it, the dataset's resource of the same title or of the same
    /// file name, or a new one.
    pub resource: Option<Uuid>,
    /// Title of the dataset.
    pub title: Option<String>,
    /// Title of the resource, for a file with one table.
    pub resource_title: Option<String>,
    pub description: Option<String>,
    pub licence: Option<String>,
    pub themes: Option<Vec<String>>,
    pub keywords: Option<Vec<String>>,
    pub territory: Option<String>,
    pub frequency: Option<String>,
    pub years: Option<Vec<i16>>,
    pub contact_email: Option<String>,
    /// Where the data comes from, when it isn't the organisation itself.
    pub source_note: Option<String>,
    /// Schema that the tables are checked against: a name, `name@version`, a URL. What the check says is kept with the
    /// version; it doesn't hold the publication.
    #[serde(default)]
    pub schema: Option<String>,
    /// Whether the repairs that are certain are made: the repaired file is published, the one that came is kept.
    #[serde(default)]
    pub accept_repairs: bool,
    /// What is done about findings of personal data, by their identifiers.
    #[serde(default)]
    pub remedies: BTreeMap<String, Remedy>,
    /// Findings of personal data that are published as they are, and who answers for each.
    #[serde(default)]
    pub justifications: Vec<Justification>,
}

/// Why personal data may be public, and who answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Justification {
    /// Identifier of the finding: `email:contact`.
    pub finding: String,
    /// Who answers for it.
    pub person: String,
    /// Why it may be published.
    pub reason: String,
}

/// A remedy by its short name: `remove`, `mask`, `year`, `locality`, `decimals-3`, or as JSON.
///
/// # Errors
/// `Invalid` when there is none of this name.
pub fn remedy_named(name: &str) -> Result<Remedy> {
    let generalise = |to| Ok(Remedy::Generalise(to));
    match name.trim() {
        "remove" => Ok(Remedy::Remove),
        "mask" => Ok(Remedy::Mask),
        "year" => generalise(Generalisation::Year),
        "locality" => generalise(Generalisation::Locality),
        name => {
            let unknown = || {
                let detail = format!("{name:?} is none of remove, mask, year, locality, decimals-3");
                Error::invalid("remedy", detail)
            };
            if let Some(decimals) = name.strip_prefix("decimals-") {
                return generalise(Generalisation::Decimals(decimals.parse().map_err(|_| unknown())?));
            }
            serde_json::from_str(name).map_err(|_| unknown())
        }
    }
}

/// Where the source is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceLocation {
    /// A file of this machine, and the name that its owner knows it by.
    File {
        /// Where its bytes are.
        path: PathBuf,
        /// `Budget 2014.csv`
        name: String,
    },
    /// A web address.
    Url(String),
}

impl Publication {
    /// Of a file, everything else unsaid.
    pub fn file(path: impl Into<PathBuf>, name: impl Into<String>) -> Self {
        Self::of(SourceLocation::File { path: path.into(), name: name.into() })
    }

    /// Of a web address, everything else unsaid.
    pub fn url(url: impl Into<String>) -> Self {
        Self::of(SourceLocation::Url(url.into()))
    }

    pub(crate) fn of(source: SourceLocation) -> Self {
        Self {
            source,
            organization: None,
            dataset: None,
            resource: None,
            title: None,
            resource_title: None,
            description: None,
            licence: None,
            themes: None,
            keywords: None,
            territory: None,
            frequency: None,
            years: None,
            contact_email: None,
            source_note: None,
            schema: None,
            accept_repairs: false,
            remedies: BTreeMap::new(),
            justifications: Vec::new(),
        }
    }

    /// Whether another file than the one that came is to be published.
    fn is_treated(&self) -> bool {
        self.accept_repairs || !self.remedies.is_empty()
    }
}

/// How far a publication is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishProgress {
    /// The source is copied or fetched.
    Spooling {
        /// Bytes so far.
        bytes: u64,
        /// Bytes in all, when known.
        total: Option<u64>,
    },
    /// A table is typed and written.
    Reading {
        /// Which, from 0.
        table: u32,
        /// How many there are.
        tables: u32,
        /// How far the reader is.
        progress: tabular::snapshot::Progress,
    },
    /// The snapshot goes into the store and the catalogue.
    Storing,
}

/// Called from any thread, often.
pub(crate) type Report = Arc<dyn Fn(PublishProgress) + Send + Sync>;

impl Platform {
    /// Publishes a file or what a URL gives: a new dataset, or new resources or versions of an existing one. The same
    /// bytes published again change nothing and say so in the warnings.
    ///
    /// # Errors
    /// When the source can't be read or fetched, a value isn't acceptable, or the actor may not publish there. Then
    /// the catalogue and the store are as before.
    pub async fn publish(
        &self,
        publication: Publication,
        actor: &Actor,
        progress: impl Fn(PublishProgress) + Send + Sync + 'static,
    ) -> Result<Published> {
        let report: Report = Arc::new(progress);
        let justified = gate::checked(&publication.justifications)?;
        let schema = match &publication.schema {
            Some(reference) => Some(self.table_schema(reference).await?),
            None => None,
        };
        let intake = Intake { title: publication.title.clone(), schema, ..Intake::default() };
        self.rehearse(&publication, actor, None).await?;
        let staging = self.store.stage()?;
        let source = self.spool(&publication.source, &staging, &report).await?;
        // Reading takes memory: others wait for their turn. Not for a download, which another server may drag out.
        let _turn = self.publishing.acquire().await.map_err(|error| Error::Record(error.to_string()))?;
        self.rehearse(&publication, actor, Some(&source)).await?;
        let name = source.file_name.clone();
        let prepared = self.prepare(source, &intake, &staging, &report).await?;
        let ready = match publication.is_treated() && !prepared.tables.is_empty() {
            false => vec![Ready::as_it_came(prepared)],
            true => self.treated(&publication, prepared, &intake, &staging, &report).await?,
        };
        let ready = gate::pass(ready, &justified)?;
        report(PublishProgress::Storing);
        for one in &ready {
            one.store(&self.store, &staging).await?;
        }
        let mut change = self.records.change(actor).await?;
        let published = apply::apply(&mut change, &publication, &name, ready).await?;
        change.commit().await?;
        Ok(published)
    }

    /// Appends what is ready to the catalogue, within a change that others have a part in.
    pub(crate) async fn append(
        &self,
        change: &mut Change<'_>,
        publication: &Publication,
        name: &str,
        ready: Vec<Ready>,
    ) -> Result<Published> {
        apply::apply(change, publication, name, ready).await
    }

    /// Does what will be done to the dataset and undoes it, so that what is refused is refused before the work.
    async fn rehearse(&self, publication: &Publication, actor: &Actor, source: Option<&Source>) -> Result<()> {
        let mut change = self.records.change(actor).await?;
        let outcome = apply::rehearse(&mut change, publication, source).await;
        change.abandon().await?;
        outcome
    }

    /// Brings the source into the staging folder.
    pub(crate) async fn spool(&self, location: &SourceLocation, staging: &Staging, report: &Report) -> Result<Source> {
        let to = staging.folder().join(SOURCE_FILE);
        let limit = self.limits.source_bytes;
        let report = Arc::clone(report);
        let tell = move |bytes, total| report(PublishProgress::Spooling { bytes, total });
        match location.clone() {
            SourceLocation::File { path, name } => {
                let (hash, size) = tokio::task::spawn_blocking(move || {
                    if !path.is_file() {
                        return Err(Error::not_found("file", path.display()));
                    }
                    spool::copy(&path, &to, limit, &tell)
                })
                .await??;
                source(&hash, size, crate::fetch::cleaned(&name), None)
            }
            SourceLocation::Url(url) => {
                let fetched = self.fetcher.fetch(&url, &to, limit, &tell).await?;
                source(&fetched.sha256, fetched.size, fetched.file_name, Some(url))
            }
        }
    }
}

pub(crate) fn source(hash: &str, size: u64, file_name: String, origin: Option<String>) -> Result<Source> {
    let snapshot = SnapshotId::parse(hash).ok_or_else(|| Error::Record(format!("{hash:?} is not a SHA-256")))?;
    if file_name.is_empty() {
        return Err(Error::invalid("name", "the file has no name: give one with its extension, such as budget.csv"));
    }
    Ok(Source { snapshot, size, file_name, origin })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::platform::PlatformConfig;
    use crate::records::OrganizationDraft;

    #[tokio::test]
    async fn a_source_is_brought_in_while_others_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let platform = Platform::open(PlatformConfig::in_folder(folder.path().join("data"))).await.unwrap();
        let draft = OrganizationDraft { name: "Castelnaudary".to_owned(), ..OrganizationDraft::default() };
        platform.records.create_organization(draft, &Actor::command_line()).await.unwrap();
        let path = folder.path().join("arbres.csv");
        std::fs::write(&path, "essence,hauteur\nchêne,12\n").unwrap();
        let turns = u32::try_from(platform.publishing.available_permits()).unwrap();
        let readers = platform.publishing.acquire_many(turns).await.unwrap();
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        let publication = Publication::file(&path, "arbres.csv");
        let actor = Actor::command_line();
        let publishing = platform.publish(publication, &actor, move |progress| {
            let _nobody_listens_in_the_end = tell.send(progress);
        });
        tokio::pin!(publishing);
        let first = async {
            tokio::select! {
                outcome = &mut publishing => panic!("read out of turn: {outcome:?}"),
                progress = told.recv() => progress,
            }
        };
        let first = tokio::time::timeout(Duration::from_secs(20), first).await.unwrap();
        assert!(matches!(first, Some(PublishProgress::Spooling { .. })), "{first:?}");
        drop(readers);
        assert_eq!(publishing.await.unwrap().resources.len(), 1);
    }
}
