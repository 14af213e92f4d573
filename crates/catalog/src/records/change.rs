//! A change of the catalogue: one transaction that also appends what it did to the history.

use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DatabaseConnection, DatabaseTransaction, EntityTrait as _,
    QueryFilter as _, Set, TransactionTrait as _,
};
use serde::Serialize;
use uuid::Uuid;

use super::column;
use super::entity::{counter, event};
use crate::account::{Actor, Role};
use crate::error::{Error, Result};
use crate::model::Action;

/// The only row of the counter.
const COUNTER: i32 = 1;

/// Open until [`Change::commit`]; dropped without it, nothing happened.
pub(crate) struct Change<'a> {
    pub(super) transaction: DatabaseTransaction,
    pub(super) at: Timestamp,
    actor: &'a Actor,
    last_event: i64,
}

impl<'a> Change<'a> {
    /// Begins by writing to the counter: that takes the write lock at once on SQLite (a later upgrade from reading
    /// could fail) and makes writers follow one another on PostgreSQL, so that events are seen in their order.
    pub(super) async fn begin(database: &DatabaseConnection, actor: &'a Actor) -> Result<Self> {
        let transaction = database.begin().await?;
        counter::Entity::update_many()
            .col_expr(counter::Column::LastEvent, Expr::col(counter::Column::LastEvent))
            .filter(counter::Column::Id.eq(COUNTER))
            .exec(&transaction)
            .await?;
        let last_event = last_event(&transaction).await?;
        Ok(Self { transaction, at: column::now(), actor, last_event })
    }

    /// Appends a fact.
    pub(super) async fn note(
        &mut self,
        action: Action,
        subject: Uuid,
        dataset: Option<Uuid>,
        detail: &impl Serialize,
    ) -> Result<()> {
        self.last_event += 1;
        event::ActiveModel {
            id: Set(self.last_event),
            at: Set(self.at.as_millisecond()),
            actor: Set(self.actor.name().to_owned()),
            action: Set(super::history::action_name(action)?),
            subject: Set(subject),
            dataset: Set(dataset),
            detail: Set(column::json(detail)?),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<()> {
        counter::Entity::update_many()
            .col_expr(counter::Column::LastEvent, Expr::value(self.last_event))
            .filter(counter::Column::Id.eq(COUNTER))
            .exec(&self.transaction)
            .await?;
        self.transaction.commit().await?;
        Ok(())
    }

    /// Undoes everything.
    pub(crate) async fn abandon(self) -> Result<()> {
        Ok(self.transaction.rollback().await?)
    }

    pub(super) fn need_administrator(&self) -> Result<()> {
        self.need(self.actor.may_administer(), "administrator of the installation")
    }

    pub(super) fn need_role(&self, organization: Uuid, role: Role) -> Result<()> {
        self.need(self.actor.has_role(organization, role), role.as_str())
    }

    /// The organisation that the actor would publish for when none is named.
    pub(super) fn only_organization(&self) -> Option<Uuid> {
        self.actor.only_organization()
    }

    fn need(&self, has: bool, needed: &'static str) -> Result<()> {
        if has { Ok(()) } else { Err(self.refusal(needed)) }
    }

    /// The actor lacks this right.
    pub(super) fn refusal(&self, needed: &'static str) -> Error {
        Error::Forbidden { actor: self.actor.name().to_owned(), needed }
    }
}

/// Number of the last fact.
pub(super) async fn last_event(database: &impl sea_orm::ConnectionTrait) -> Result<i64> {
    let row = counter::Entity::find_by_id(COUNTER).one(database).await?;
    row.map(|row| row.last_event).ok_or_else(|| Error::Record("the counter of events is missing".to_owned()))
}
