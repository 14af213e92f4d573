//! From editing to the publisher's hands and back.

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::{Draft, DraftChange, DraftState, Edit};
use crate::account::Actor;
use crate::error::{Error, Result};
use crate::model::Action;
use crate::platform::Platform;
use crate::records::{Noted, check};

impl Platform {
    /// A draft.
    ///
    /// # Errors
    /// When it doesn't exist, or the actor is no member of its organisation.
    pub async fn draft(&self, id: Uuid, actor: &Actor) -> Result<Draft> {
        let draft = self.records.find_draft(id).await?.ok_or_else(|| Error::not_found("draft", id))?;
        draft.need_reader(actor)?;
        Ok(draft)
    }

    /// The drafts that the actor may see, the last changed first; at most 1 000.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drafts(&self, actor: &Actor) -> Result<Vec<Draft>> {
        self.records.drafts_of(actor).await
    }

    /// Changes what was chosen. A draft that was submitted is in its author's hands again when its author changes it.
    ///
    /// # Errors
    /// `Conflict` when the draft was changed since it was looked at, or is published; `Invalid` for a value that isn't
    /// acceptable; `Forbidden`.
    pub async fn change_draft(&self, id: Uuid, change: DraftChange, actor: &Actor) -> Result<Draft> {
        let DraftChange { revision, edits } = change;
        let names: Vec<&str> = edits.iter().map(Edit::name).collect();
        let noted = Noted { action: Action::DraftChanged, detail: json!({ "edits": names }) };
        let update = |draft: Draft, at: Timestamp| {
            draft.need_editor(actor)?;
            draft.need_open()?;
            draft.need_revision(revision)?;
            let keeps_state = draft.may_be_published_by(actor) && draft.author != actor.name();
            let state = if keeps_state { draft.state.clone() } else { DraftState::Editing };
            Ok((Draft { state, ..draft.edited(edits, at)? }, noted))
        };
        self.records.update_draft(id, actor, update).await
    }

    /// Asks a publisher to publish it.
    ///
    /// # Errors
    /// `Conflict` when it is submitted or published already; `Forbidden`; `PersonalData` while a high finding is open.
    pub async fn submit_draft(&self, id: Uuid, actor: &Actor) -> Result<Draft> {
        let draft = self.draft(id, actor).await?;
        draft.need_editor(actor)?;
        self.refuse_open_findings(&draft, actor).await?;
        let revision = draft.revision;
        let update = |draft: Draft, _: Timestamp| {
            draft.need_editor(actor)?;
            draft.need_open()?;
            draft.need_revision(revision)?;
            if draft.state == DraftState::Submitted {
                return Err(draft.conflict("is submitted already"));
            }
            let noted = Noted { action: Action::DraftSubmitted, detail: json!({}) };
            Ok((Draft { state: DraftState::Submitted, ..draft }, noted))
        };
        self.records.update_draft(id, actor, update).await
    }

    /// Sends it back to its author, saying what is to be done.
    ///
    /// # Errors
    /// `Conflict` unless it is submitted; `Invalid` without a note; `Forbidden` unless the actor is a publisher.
    pub async fn return_draft(&self, id: Uuid, note: &str, actor: &Actor) -> Result<Draft> {
        let note = check::prose("note", note, 5_000)?;
        if note.is_empty() {
            return Err(Error::invalid("note", "is empty: say what is to be done"));
        }
        let update = |draft: Draft, _: Timestamp| {
            draft.need_publisher(actor)?;
            if draft.state != DraftState::Submitted {
                return Err(draft.conflict("was not submitted"));
            }
            let noted = Noted { action: Action::DraftReturned, detail: json!({}) };
            Ok((Draft { state: DraftState::Returned { note }, ..draft }, noted))
        };
        self.records.update_draft(id, actor, update).await
    }

    /// Removes it; its files go with the next sweep, unless something public needs them.
    ///
    /// # Errors
    /// When it doesn't exist; `Forbidden` unless the actor is its author or a publisher.
    pub async fn discard_draft(&self, id: Uuid, actor: &Actor) -> Result<()> {
        self.checks.forget(id);
        self.records.remove_draft(id, actor, |draft| draft.need_editor(actor)).await
    }

    /// Discards the drafts that nobody touched for as long as the configuration says.
    pub(crate) async fn discard_old_drafts(&self) -> Result<()> {
        let Some(days) = self.draft_days else { return Ok(()) };
        let age = jiff::SignedDuration::from_hours(24 * i64::from(days));
        let Ok(limit) = Timestamp::now().checked_sub(age) else { return Ok(()) };
        let actor = Actor::command_line();
        for id in self.records.drafts_untouched_since(limit).await? {
            // Somebody may have changed it since it was looked for.
            let old =
                |draft: &Draft| if draft.modified_at < limit { Ok(()) } else { Err(draft.conflict("was changed")) };
            match self.records.remove_draft(id, &actor, old).await {
                Ok(()) | Err(Error::Conflict { .. } | Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
