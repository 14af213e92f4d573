//! A draft with its check, as the pages of the assistant need it.

use std::sync::Arc;

use catalog::Actor;
use catalog::check::TableCheck;
use catalog::draft::{CheckProgress, Checking, Draft, DraftCheck, DraftSource, DraftTable, TableChoices, TableKey};
use catalog::model::Organization;
use uuid::Uuid;

use super::work::PATIENCE;
use crate::State;
use crate::problem::Problem;

/// A draft that was checked.
pub struct Opened {
    /// The draft.
    pub draft: Draft,
    /// What was found in it.
    pub check: Arc<DraftCheck>,
    /// Who would publish it.
    pub organization: Organization,
    /// Whether the reader may publish it, rather than ask for it.
    pub may_publish: bool,
    /// Whether the reader may change it.
    pub may_change: bool,
}

/// How far a draft is.
pub enum Found {
    /// It was checked.
    Ready(Box<Opened>),
    /// The check runs.
    Running(Box<Draft>, CheckProgress),
    /// The check could not be done.
    Failed {
        /// The draft.
        draft: Box<Draft>,
        /// Stable code of the fault.
        code: String,
        /// What was met.
        detail: String,
    },
}

/// Finds a draft and its check, after waiting a little for a quick one.
///
/// # Errors
/// When there is no such draft, or the actor may not see it.
pub async fn open(state: &State, id: Uuid, actor: &Actor) -> Result<Found, Problem> {
    let platform = &state.platform;
    // A failure is told by the second question, with its code.
    let quick = tokio::time::timeout(PATIENCE, platform.checked_draft(id, actor)).await;
    let draft = platform.draft(id, actor).await?;
    let check = match quick {
        Ok(Ok(check)) => check,
        Ok(Err(error)) if !error.is_callers() => return Err(error.into()),
        _ => match platform.check_draft(id, actor).await? {
            Checking::Done(check) => check,
            Checking::Running(progress) => return Ok(Found::Running(Box::new(draft), progress)),
            Checking::Failed { code, detail } => return Ok(Found::Failed { draft: Box::new(draft), code, detail }),
        },
    };
    let key = draft.organization.to_string();
    let organization = platform.records.organization(&key).await?;
    let organization = organization.ok_or_else(|| Problem::not_found("organization", &key))?;
    let (may_publish, may_change) = (draft.may_be_published_by(actor), draft.may_be_changed_by(actor));
    Ok(Found::Ready(Box::new(Opened { draft, check, organization, may_publish, may_change })))
}

impl Opened {
    /// The tables to be published: what was chosen, what was found.
    pub fn tables(&self) -> impl Iterator<Item = (&TableChoices, &TableCheck)> {
        let included = self.draft.choices.tables.iter().filter(|table| table.included);
        included.filter_map(|choices| Some((choices, self.check.table(choices.key)?)))
    }

    /// Where a table comes from.
    pub fn table(&self, key: TableKey) -> Option<(&DraftSource, &DraftTable)> {
        self.draft.tables().find(|(known, ..)| *known == key).map(|(_, source, table)| (source, table))
    }

    /// The name of a table among several: its sheet, else its file.
    pub fn table_title(&self, key: TableKey) -> String {
        let chosen = self.draft.choices.table(key).and_then(|choices| choices.title.clone());
        let own =
            || self.table(key).map(|(source, table)| table.name.clone().unwrap_or_else(|| source.file_name.clone()));
        chosen.or_else(own).unwrap_or_default()
    }

    /// Whether several tables are to be published, so that each needs its name.
    pub fn has_several(&self) -> bool {
        self.tables().nth(1).is_some()
    }
}

/// The name by which people know a draft: its title, else its first file.
pub fn name(draft: &Draft) -> String {
    let title = draft.choices.description.title.clone();
    title.or_else(|| draft.sources.first().map(|source| source.file_name.clone())).unwrap_or_default()
}
