//! Drafts, their reports, and the snapshots that they need.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use super::change::Change;
use super::entity::{draft, draft_report, draft_snapshot};
use super::{Records, column};
use crate::account::{Actor, Role};
use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::model::{Action, SnapshotId};

/// Drafts of a list at most.
const LISTED: u64 = 1_000;

/// What a change of a draft was, for the history.
pub(crate) struct Noted {
    pub action: Action,
    pub detail: Value,
}

impl Records {
    pub(crate) async fn find_draft(&self, id: Uuid) -> Result<Option<Draft>> {
        draft::Entity::find_by_id(id).one(&self.database).await?.map(Draft::try_from).transpose()
    }

    /// Drafts of the organisations that the actor is a member of, the last changed first.
    pub(crate) async fn drafts_of(&self, actor: &Actor) -> Result<Vec<Draft>> {
        let organizations: Vec<Uuid> = draft::Entity::find()
            .select_only()
            .column(draft::Column::Organization)
            .distinct()
            .into_tuple()
            .all(&self.database)
            .await?;
        let own = organizations.into_iter().filter(|id| actor.has_role(*id, Role::Reader));
        let query = draft::Entity::find()
            .filter(draft::Column::Organization.is_in(own))
            .order_by_desc(draft::Column::ModifiedAt)
            .order_by_desc(draft::Column::Id)
            .limit(LISTED);
        query.all(&self.database).await?.into_iter().map(Draft::try_from).collect()
    }

    /// Appends a draft; its identifier and instants are given by the catalogue.
    pub(crate) async fn insert_draft(&self, draft: Draft, actor: &Actor) -> Result<Draft> {
        let mut change = self.change(actor).await?;
        change.need_role(draft.organization, Role::Contributor)?;
        let draft = Draft { id: Uuid::now_v7(), created_at: change.at, modified_at: change.at, ..draft };
        row(&draft)?.into_active_model().insert(&change.transaction).await?;
        change.keep_for_draft(draft.id, draft.snapshots()).await?;
        let files: Vec<&str> = draft.sources.iter().map(|source| source.file_name.as_str()).collect();
        let detail = serde_json::json!({ "organization": draft.organization, "files": files });
        change.note(Action::DraftCreated, draft.id, None, &detail).await?;
        change.commit().await?;
        Ok(draft)
    }

    /// Changes a draft by a function of what it is: nobody changes it meanwhile.
    pub(crate) async fn update_draft(
        &self,
        id: Uuid,
        actor: &Actor,
        next: impl FnOnce(Draft, Timestamp) -> Result<(Draft, Noted)>,
    ) -> Result<Draft> {
        let mut change = self.change(actor).await?;
        let draft = change.update_draft(id, next).await?;
        change.commit().await?;
        Ok(draft)
    }

    /// Removes a draft; its snapshots go with the next sweep, when nothing else needs them.
    pub(crate) async fn remove_draft(
        &self,
        id: Uuid,
        actor: &Actor,
        allow: impl FnOnce(&Draft) -> Result<()>,
    ) -> Result<()> {
        let mut change = self.change(actor).await?;
        let old = change.draft(id).await?;
        allow(&old)?;
        draft::Entity::delete_by_id(id).exec(&change.transaction).await?;
        let detail = serde_json::json!({ "organization": old.organization });
        change.note(Action::DraftDiscarded, id, None, &detail).await?;
        change.commit().await
    }

    /// Identifiers of drafts that nobody touched since an instant.
    pub(crate) async fn drafts_untouched_since(&self, instant: Timestamp) -> Result<Vec<Uuid>> {
        let query = draft::Entity::find()
            .select_only()
            .column(draft::Column::Id)
            .filter(draft::Column::ModifiedAt.lt(instant.as_millisecond()));
        Ok(query.into_tuple().all(&self.database).await?)
    }

    /// The kept report of a draft, when it is about this subject and can still be read.
    pub(crate) async fn draft_report<T: DeserializeOwned>(&self, draft: Uuid, subject: &str) -> Result<Option<T>> {
        let row = draft_report::Entity::find_by_id(draft).one(&self.database).await?;
        let row = row.filter(|row| row.subject == subject);
        // One written by another version of the program is made again.
        Ok(row.and_then(|row| serde_json::from_str(&row.report).ok()))
    }

    /// Keeps the report of a draft in place of the last one. That it was checked is no fact of history.
    pub(crate) async fn keep_draft_report(&self, draft: Uuid, subject: &str, report: &impl Serialize) -> Result<()> {
        let row = draft_report::Model {
            draft,
            subject: subject.to_owned(),
            report: column::json(report)?,
            made_at: column::now().as_millisecond(),
        };
        let mut on_conflict = sea_orm::sea_query::OnConflict::column(draft_report::Column::Draft);
        on_conflict.update_columns([
            draft_report::Column::Subject,
            draft_report::Column::Report,
            draft_report::Column::MadeAt,
        ]);
        // The draft may have been discarded meanwhile: then there is nothing to keep.
        if self.find_draft(draft).await?.is_none() {
            return Ok(());
        }
        draft_report::Entity::insert(row.into_active_model())
            .on_conflict(on_conflict)
            .exec_without_returning(&self.database)
            .await?;
        Ok(())
    }

    /// Every snapshot that some draft needs.
    pub(crate) async fn snapshots_of_drafts(&self) -> Result<BTreeSet<SnapshotId>> {
        let hashes: Vec<String> = draft_snapshot::Entity::find()
            .select_only()
            .column(draft_snapshot::Column::Snapshot)
            .distinct()
            .into_tuple()
            .all(&self.database)
            .await?;
        hashes.iter().map(|hash| super::resources::snapshot_id(hash)).collect()
    }

    /// Notes that a draft needs snapshots made from its own, to be looked at.
    pub(crate) async fn keep_for_draft(&self, draft: Uuid, made: &[SnapshotId], actor: &Actor) -> Result<()> {
        let mut change = self.change(actor).await?;
        let sources = change.draft(draft).await?.sources;
        draft_snapshot::Entity::delete_many()
            .filter(draft_snapshot::Column::Draft.eq(draft))
            .exec(&change.transaction)
            .await?;
        change.keep_for_draft(draft, sources.iter().map(|source| &source.snapshot).chain(made)).await?;
        change.commit().await
    }
}

impl Change<'_> {
    async fn draft(&self, id: Uuid) -> Result<Draft> {
        let row = draft::Entity::find_by_id(id).one(&self.transaction).await?;
        row.ok_or_else(|| Error::not_found("draft", id))?.try_into()
    }

    pub(crate) async fn update_draft(
        &mut self,
        id: Uuid,
        next: impl FnOnce(Draft, Timestamp) -> Result<(Draft, Noted)>,
    ) -> Result<Draft> {
        let old = self.draft(id).await?;
        let revision = old.revision + 1;
        let (draft, noted) = next(old, self.at)?;
        let draft = Draft { revision, modified_at: self.at, ..draft };
        row(&draft)?.into_active_model().reset_all().update(&self.transaction).await?;
        self.note(noted.action, id, None, &noted.detail).await?;
        Ok(draft)
    }

    async fn keep_for_draft(&mut self, draft: Uuid, snapshots: impl IntoIterator<Item = &SnapshotId>) -> Result<()> {
        let each: BTreeSet<&SnapshotId> = snapshots.into_iter().collect();
        for snapshot in each {
            let row = draft_snapshot::Model { draft, snapshot: snapshot.as_str().to_owned() };
            row.into_active_model().insert(&self.transaction).await?;
        }
        Ok(())
    }
}

fn row(draft: &Draft) -> Result<draft::Model> {
    Ok(draft::Model {
        id: draft.id,
        organization: draft.organization,
        author: draft.author.clone(),
        state: column::json(&draft.state)?,
        sources: column::json(&draft.sources)?,
        choices: column::json(&draft.choices)?,
        revision: draft.revision,
        created_at: draft.created_at.as_millisecond(),
        modified_at: draft.modified_at.as_millisecond(),
    })
}

impl TryFrom<draft::Model> for Draft {
    type Error = Error;

    fn try_from(row: draft::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            organization: row.organization,
            author: row.author,
            state: column::from_json(&row.state)?,
            sources: column::from_json(&row.sources)?,
            choices: column::from_json(&row.choices)?,
            revision: row.revision,
            created_at: column::instant(row.created_at)?,
            modified_at: column::instant(row.modified_at)?,
        })
    }
}
