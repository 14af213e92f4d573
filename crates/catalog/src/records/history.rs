//! Reading the history.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use super::entity::event;
use super::{Records, change, column};
use crate::error::{Error, Result};
use crate::model::{Action, Event};

/// Which facts, newest first unless [`HistoryFilter::after`] is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryFilter {
    /// Those of a dataset and its resources.
    pub dataset: Option<Uuid>,
    /// Those about one thing.
    pub subject: Option<Uuid>,
    /// Those after this number, oldest first: to catch up.
    pub after: Option<i64>,
    /// Those before this number: to turn the page.
    pub before: Option<i64>,
    /// Also those that aren't for everybody: [`Action::PRIVATE`].
    pub private: bool,
    /// At most so many.
    pub limit: u64,
}

impl Default for HistoryFilter {
    fn default() -> Self {
        Self { dataset: None, subject: None, after: None, before: None, private: false, limit: 50 }
    }
}

impl Records {
    /// Facts, newest first (oldest first after a number).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn history(&self, filter: HistoryFilter) -> Result<Vec<Event>> {
        let mut query = event::Entity::find().limit(filter.limit.min(crate::model::Page::LARGEST));
        if !filter.private {
            let private = Action::PRIVATE.into_iter().map(action_name).collect::<Result<Vec<_>>>()?;
            query = query.filter(event::Column::Action.is_not_in(private));
        }
        if let Some(dataset) = filter.dataset {
            query = query.filter(event::Column::Dataset.eq(dataset));
        }
        if let Some(subject) = filter.subject {
            query = query.filter(event::Column::Subject.eq(subject));
        }
        if let Some(before) = filter.before {
            query = query.filter(event::Column::Id.lt(before));
        }
        query = match filter.after {
            Some(after) => query.filter(event::Column::Id.gt(after)).order_by_asc(event::Column::Id),
            None => query.order_by_desc(event::Column::Id),
        };
        query.all(&self.database).await?.into_iter().map(Event::try_from).collect()
    }

    /// Number of the last fact, 0 when nothing ever happened. One cheap read: what is derived from the catalogue
    /// compares it with what it holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_event(&self) -> Result<i64> {
        change::last_event(&self.database).await
    }
}

/// The name that records keep, the same as in JSON.
pub(super) fn action_name(action: Action) -> Result<String> {
    match serde_json::to_value(action) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(Error::Record(format!("{action:?} has no name"))),
    }
}

impl TryFrom<event::Model> for Event {
    type Error = Error;

    fn try_from(row: event::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            at: column::instant(row.at)?,
            actor: row.actor,
            action: serde_json::from_value(serde_json::Value::String(row.action))
                .map_err(|e| Error::Record(e.to_string()))?,
            subject: row.subject,
            dataset: row.dataset,
            detail: column::from_json(&row.detail)?,
        })
    }
}
