//! Sessions: kept by hash in the catalogue, so that every replica knows them. They are no facts of the history.

use std::time::Duration;

use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _,
};
use uuid::Uuid;

use super::entity::session;
use super::{Records, accounts, column, secret};
use crate::account::{Means, NewSession, Session, SessionLimits, User};
use crate::error::{Error, Result};

/// The last use is recorded at most once in this time.
const USE_GRAIN_MS: i64 = 60_000;
/// Characters kept of what a browser says of itself.
const LONGEST_DEVICE: usize = 300;

impl Records {
    /// Begins a session of a person who proved who they are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn start_session(&self, account: Uuid, means: Means, device: &str, address: &str) -> Result<NewSession> {
        let secret = secret::generate()?;
        let now = column::now().as_millisecond();
        let row = session::Model {
            id: Uuid::now_v7(),
            account,
            secret_hash: secret::hash(&secret),
            means: means.as_str().to_owned(),
            device: device.chars().filter(|character| !character.is_control()).take(LONGEST_DEVICE).collect(),
            address: address.to_owned(),
            created_at: now,
            last_used_at: now,
        };
        row.clone().into_active_model().insert(&self.database).await?;
        Ok(NewSession { session: row.try_into()?, secret })
    }

    /// The session with this secret and whose it is; `None` when it's unknown or over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, secret: &str, limits: &SessionLimits) -> Result<Option<(Session, User)>> {
        if !secret::is_secret(secret) {
            return Ok(None);
        }
        let row = session::Entity::find()
            .filter(session::Column::SecretHash.eq(secret::hash(secret)))
            .filter(still_open(limits))
            .one(&self.database)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let now = column::now().as_millisecond();
        if now - row.last_used_at >= USE_GRAIN_MS {
            session::Entity::update_many()
                .col_expr(session::Column::LastUsedAt, now.into())
                .filter(session::Column::Id.eq(row.id))
                .exec(&self.database)
                .await?;
        }
        let user = accounts::by_id(&self.database, row.account).await?;
        user.map(|user| Ok((row.try_into()?, user))).transpose()
    }

    /// A person's open sessions, the last used first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sessions(&self, account: Uuid, limits: &SessionLimits) -> Result<Vec<Session>> {
        let rows = session::Entity::find()
            .filter(session::Column::Account.eq(account))
            .filter(still_open(limits))
            .order_by_desc(session::Column::LastUsedAt)
            .order_by_desc(session::Column::Id)
            .all(&self.database)
            .await?;
        rows.into_iter().map(Session::try_from).collect()
    }

    /// Ends one session of a person.
    ///
    /// # Errors
    /// When it isn't theirs, or the database fails.
    pub async fn end_session(&self, account: Uuid, session: Uuid) -> Result<()> {
        let ended = session::Entity::delete_many()
            .filter(session::Column::Account.eq(account))
            .filter(session::Column::Id.eq(session))
            .exec(&self.database)
            .await?;
        if ended.rows_affected == 0 { Err(Error::not_found("session", session)) } else { Ok(()) }
    }

    /// Ends all sessions of a person but this one; gives how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_sessions(&self, account: Uuid, but: Option<Uuid>) -> Result<u64> {
        Ok(end_all(&self.database, account, but).await?)
    }

    /// Removes what is over: sessions, and failures to sign in older than a day. To be called now and then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_sessions(&self, limits: &SessionLimits) -> Result<u64> {
        let over = Condition::not(Condition::all().add(still_open(limits)));
        let gone = session::Entity::delete_many().filter(over).exec(&self.database).await?;
        self.forget_failures().await?;
        Ok(gone.rows_affected)
    }
}

pub(super) async fn end_all(
    database: &impl sea_orm::ConnectionTrait,
    account: Uuid,
    but: Option<Uuid>,
) -> std::result::Result<u64, sea_orm::DbErr> {
    let mut query = session::Entity::delete_many().filter(session::Column::Account.eq(account));
    if let Some(kept) = but {
        query = query.filter(session::Column::Id.ne(kept));
    }
    Ok(query.exec(database).await?.rows_affected)
}

fn still_open(limits: &SessionLimits) -> Condition {
    Condition::all()
        .add(session::Column::LastUsedAt.gt(before(limits.idle)))
        .add(session::Column::CreatedAt.gt(before(limits.absolute)))
}

/// The moment that long ago, in milliseconds.
fn before(time: Duration) -> i64 {
    let now: Timestamp = column::now();
    now.as_millisecond().saturating_sub(i64::try_from(time.as_millis()).unwrap_or(i64::MAX))
}

impl TryFrom<session::Model> for Session {
    type Error = Error;

    fn try_from(row: session::Model) -> Result<Self> {
        let means = Means::parse(&row.means);
        Ok(Self {
            id: row.id,
            account: row.account,
            means: means.ok_or_else(|| Error::Record(format!("{:?} is not a means to sign in", row.means)))?,
            device: row.device,
            address: row.address,
            created_at: column::instant(row.created_at)?,
            last_used_at: column::instant(row.last_used_at)?,
        })
    }
}
