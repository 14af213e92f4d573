//! What comes becomes private snapshots, and a draft that points to them.

use serde_json::json;
use uuid::Uuid;

use super::{Choices, Draft, DraftSource, DraftState, DraftTable, Incoming, Upload};
use crate::account::{Actor, Role};
use crate::error::{AtPath as _, Error, Result};
use crate::model::Action;
use crate::platform::Platform;
use crate::publish::{Intake, Prepared, PublishProgress, Report, SourceLocation, format_name};
use crate::records::Noted;

/// Files of a draft.
const MOST_FILES: usize = 50;
/// Tables of a draft.
const MOST_TABLES: usize = 200;

impl Platform {
    /// Reads what comes, keeps it where nobody but the organisation's members see it, and begins a draft of it.
    ///
    /// # Errors
    /// When the actor may not contribute to the organisation (slug or identifier), or a file can't be read or
    /// fetched: then nothing is kept.
    pub async fn create_draft(&self, upload: Upload, organization: &str, actor: &Actor) -> Result<Draft> {
        let key = organization;
        let organization =
            self.records.organization(key).await?.ok_or_else(|| Error::not_found("organization", key))?;
        if !actor.has_role(organization.id, Role::Contributor) {
            let needed = Role::Contributor.as_str();
            return Err(Error::Forbidden { actor: actor.name().to_owned(), needed });
        }
        let sources = self.take_in(&upload.files, actor).await?;
        let choices = Choices {
            dataset: upload.dataset,
            resource: upload.resource,
            ..Choices::for_sources(&sources, upload.schema.as_deref())
        };
        // The record gives the identifier and the instants.
        let (id, at) = (Uuid::nil(), jiff::Timestamp::UNIX_EPOCH);
        let draft = Draft {
            id,
            organization: organization.id,
            author: actor.name().to_owned(),
            state: DraftState::Editing,
            sources,
            choices,
            revision: 1,
            created_at: at,
            modified_at: at,
        };
        let draft = self.records.insert_draft(draft, actor).await?;
        self.end_uploads(&upload.files, actor).await;
        Ok(draft)
    }

    /// Puts other files in place of those of a draft, made on one of its revisions: what is said of the dataset stays,
    /// and what was chosen for tables stays for those that come at the same place with as many columns.
    ///
    /// # Errors
    /// As [`Platform::create_draft`] and [`Platform::change_draft`].
    pub async fn replace_draft_files(
        &self,
        id: Uuid,
        revision: i64,
        files: Vec<Incoming>,
        actor: &Actor,
    ) -> Result<Draft> {
        let draft = self.draft(id, actor).await?;
        draft.need_editor(actor)?;
        draft.need_open()?;
        draft.need_revision(revision)?;
        let sources = self.take_in(&files, actor).await?;
        let update = |draft: Draft, _| {
            draft.need_editor(actor)?;
            draft.need_open()?;
            draft.need_revision(revision)?;
            let files: Vec<&str> = sources.iter().map(|source| source.file_name.as_str()).collect();
            let noted = Noted { action: Action::DraftChanged, detail: json!({ "edits": ["files"], "files": files }) };
            let choices = draft.choices_for(&sources);
            Ok((Draft { sources, choices, state: DraftState::Editing, ..draft }, noted))
        };
        let draft = self.records.update_draft(id, actor, update).await?;
        self.records.keep_for_draft(id, &[], actor).await?;
        self.end_uploads(&files, actor).await;
        Ok(draft)
    }

    /// What a draft has taken need not arrive any more; what stays all the same goes with a sweep.
    async fn end_uploads(&self, files: &[Incoming], actor: &Actor) {
        for file in files {
            if let Incoming::Uploaded(id) = file
                && let Err(error) = self.uploads.cancel(*id, actor.name()).await
            {
                tracing::warn!(%id, %error, "an upload stays until the next sweep");
            }
        }
    }

    async fn take_in(&self, files: &[Incoming], actor: &Actor) -> Result<Vec<DraftSource>> {
        if files.is_empty() || files.len() > MOST_FILES {
            let detail = format!("{} files: from 1 to {MOST_FILES} are taken", files.len());
            return Err(Error::invalid("files", detail));
        }
        let mut sources = Vec::new();
        for file in files {
            sources.push(self.take_in_one(file, actor).await?);
        }
        let tables: usize = sources.iter().map(|source| source.tables.len()).sum();
        if tables > MOST_TABLES {
            return Err(Error::invalid("files", format!("{tables} tables: at most {MOST_TABLES} are taken")));
        }
        Ok(sources)
    }

    async fn take_in_one(&self, file: &Incoming, actor: &Actor) -> Result<DraftSource> {
        let silent: Report = std::sync::Arc::new(|_: PublishProgress| ());
        let staging = self.store.stage()?;
        let location = match file.clone() {
            Incoming::File { path, name } => SourceLocation::File { path, name },
            Incoming::Url(url) => SourceLocation::Url(url),
            Incoming::Uploaded(id) => {
                let (path, name) = self.uploads.complete(id, actor.name()).await?;
                SourceLocation::File { path, name }
            }
            Incoming::Bytes { name, content } => {
                let path = staging.scratch().join("typed");
                tokio::fs::write(&path, content).await.at(&path)?;
                SourceLocation::File { path, name }
            }
        };
        let source = self.spool(&location, &staging, &silent).await?;
        let _turn = self.publishing.acquire().await.map_err(|error| Error::Record(error.to_string()))?;
        let intake = Intake::default();
        let prepared = self.prepare(source, &intake, &staging, &silent).await?;
        self.store.put(&staging.folder(), &prepared.source.snapshot).await?;
        described(prepared)
    }
}

fn described(prepared: Prepared) -> Result<DraftSource> {
    let table = |profile: &tabular::Profile| {
        Ok(DraftTable {
            name: profile.name.clone(),
            format: format_name(profile)?,
            rows: profile.rows,
            columns: u32::try_from(profile.columns.len()).unwrap_or(u32::MAX),
        })
    };
    Ok(DraftSource {
        tables: prepared.tables.iter().map(|written| table(&written.profile)).collect::<Result<_>>()?,
        snapshot: prepared.source.snapshot,
        file_name: prepared.source.file_name,
        file_size: prepared.source.size,
        origin: prepared.source.origin,
    })
}

impl Draft {
    /// The choices that still mean something for other files.
    fn choices_for(&self, sources: &[DraftSource]) -> Choices {
        let width = |sources: &[DraftSource], key: super::TableKey| {
            let source = sources.get(usize::try_from(key.source).ok()?)?;
            source.tables.get(usize::try_from(key.table).ok()?).map(|table| table.columns)
        };
        let mut choices = Choices { tables: Vec::new(), ..self.choices.clone() };
        choices.tables = Choices::for_sources(sources, None)
            .tables
            .into_iter()
            .map(|fresh| match self.choices.table(fresh.key) {
                Some(old) if width(&self.sources, fresh.key) == width(sources, fresh.key) => old.clone(),
                _ => fresh,
            })
            .collect();
        choices
    }
}
