//! Sign-ins under way. What is remembered between the two halves of a ceremony lives here and not in the program's
//! memory, so that any replica can end what another began. It is found by a secret that the browser brings back, given
//! out once, soon forgotten, and bounded whoever asks.

use std::time::Duration;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::entity::ceremony;
use super::{Records, column, secret};
use crate::error::Result;

/// Ceremonies of a kind that are remembered at once. Whoever begins more makes the oldest forgotten: a flood of
/// beginnings fills no disk.
const MOST: u64 = 10_000;

/// Which ceremony; one kind never answers for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CeremonyKind {
    PasskeyRegistration,
    PasskeySignIn,
    OpenIdSignIn,
    OpenIdSignOut,
}

impl CeremonyKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::PasskeyRegistration => "passkey-registration",
            Self::PasskeySignIn => "passkey-sign-in",
            Self::OpenIdSignIn => "openid-sign-in",
            Self::OpenIdSignOut => "openid-sign-out",
        }
    }

    /// How long its second half may take: a person reads and finds a device, or fills a form elsewhere.
    fn lasts(self) -> Duration {
        match self {
            Self::PasskeyRegistration | Self::PasskeySignIn => Duration::from_secs(300),
            Self::OpenIdSignIn | Self::OpenIdSignOut => Duration::from_secs(900),
        }
    }
}

/// What was remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ceremony {
    /// The person who began it, when they were signed in.
    pub account: Option<Uuid>,
    pub state: Vec<u8>,
}

impl Records {
    /// Remembers a ceremony under its secret.
    pub(crate) async fn begin_ceremony(&self, kind: CeremonyKind, secret: &str, what: Ceremony) -> Result<()> {
        let now = column::now().as_millisecond();
        ceremony::Entity::delete_many().filter(ceremony::Column::ExpiresAt.lt(now)).exec(&self.database).await?;
        self.forget_oldest(kind).await?;
        let lasts = i64::try_from(kind.lasts().as_millis()).unwrap_or(i64::MAX);
        let row = ceremony::Model {
            key: key(kind, secret),
            kind: kind.as_str().to_owned(),
            account: what.account,
            state: what.state,
            expires_at: now.saturating_add(lasts),
        };
        row.into_active_model().insert(&self.database).await?;
        Ok(())
    }

    async fn forget_oldest(&self, kind: CeremonyKind) -> Result<()> {
        let of_kind = ceremony::Entity::find().filter(ceremony::Column::Kind.eq(kind.as_str()));
        if of_kind.clone().count(&self.database).await? < MOST {
            return Ok(());
        }
        // A tenth at once, so that this is rare even in a flood.
        let oldest: Vec<String> = of_kind
            .order_by_asc(ceremony::Column::ExpiresAt)
            .limit(MOST / 10)
            .select_only()
            .column(ceremony::Column::Key)
            .into_tuple()
            .all(&self.database)
            .await?;
        ceremony::Entity::delete_many().filter(ceremony::Column::Key.is_in(oldest)).exec(&self.database).await?;
        Ok(())
    }

    /// Gives what was remembered under this secret, to the first who asks and in time.
    pub(crate) async fn take_ceremony(&self, kind: CeremonyKind, secret: &str) -> Result<Option<Ceremony>> {
        let Some(row) = ceremony::Entity::find_by_id(key(kind, secret)).one(&self.database).await? else {
            return Ok(None);
        };
        let taken = ceremony::Entity::delete_by_id(row.key).exec(&self.database).await?;
        let in_time = row.expires_at > column::now().as_millisecond();
        // Of two that ask at once, only one removes the row.
        Ok((taken.rows_affected == 1 && in_time).then_some(Ceremony { account: row.account, state: row.state }))
    }
}

/// Records hold no secret that could end a ceremony.
fn key(kind: CeremonyKind, secret: &str) -> String {
    secret::hash(&format!("{}:{secret}", kind.as_str()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sea_orm::{ActiveModelTrait as _, EntityTrait as _, PaginatorTrait as _, Set};

    use super::*;

    async fn records() -> (Records, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("catalog.db").display());
        (Records::open(&url).await.unwrap(), folder)
    }

    fn what(state: &[u8]) -> Ceremony {
        Ceremony { account: None, state: state.to_vec() }
    }

    #[tokio::test]
    async fn what_is_remembered_is_given_once_and_to_its_own_kind() {
        let (records, _folder) = records().await;
        records.begin_ceremony(CeremonyKind::PasskeySignIn, "secret", what(b"x")).await.unwrap();
        assert_eq!(records.take_ceremony(CeremonyKind::OpenIdSignIn, "secret").await.unwrap(), None);
        assert_eq!(records.take_ceremony(CeremonyKind::PasskeySignIn, "other").await.unwrap(), None);
        assert_eq!(records.take_ceremony(CeremonyKind::PasskeySignIn, "secret").await.unwrap(), Some(what(b"x")));
        assert_eq!(records.take_ceremony(CeremonyKind::PasskeySignIn, "secret").await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_is_too_old_is_not_given_and_does_not_stay() {
        let (records, _folder) = records().await;
        records.begin_ceremony(CeremonyKind::PasskeySignIn, "old", what(b"x")).await.unwrap();
        let past = ceremony::ActiveModel {
            key: Set(key(CeremonyKind::PasskeySignIn, "old")),
            expires_at: Set(column::now().as_millisecond() - 1),
            ..Default::default()
        };
        past.clone().update(&records.database).await.unwrap();
        assert_eq!(records.take_ceremony(CeremonyKind::PasskeySignIn, "old").await.unwrap(), None);
        records.begin_ceremony(CeremonyKind::PasskeySignIn, "old", what(b"x")).await.unwrap();
        past.update(&records.database).await.unwrap();
        records.begin_ceremony(CeremonyKind::OpenIdSignIn, "new", what(b"y")).await.unwrap();
        assert_eq!(ceremony::Entity::find().count(&records.database).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn a_flood_makes_the_oldest_of_its_kind_forgotten() {
        let (records, _folder) = records().await;
        records.begin_ceremony(CeremonyKind::OpenIdSignIn, "other kind", what(b"x")).await.unwrap();
        let soon = column::now().as_millisecond() + 100_000;
        for start in (0..MOST).step_by(1_000) {
            let rows = (start..start + 1_000).map(|n| {
                let row = ceremony::Model {
                    key: format!("key {n}"),
                    kind: CeremonyKind::PasskeySignIn.as_str().to_owned(),
                    account: None,
                    state: Vec::new(),
                    expires_at: soon + i64::try_from(n).unwrap_or_default(),
                };
                row.into_active_model()
            });
            ceremony::Entity::insert_many(rows).exec(&records.database).await.unwrap();
        }
        records.begin_ceremony(CeremonyKind::PasskeySignIn, "one more", what(b"z")).await.unwrap();
        let kept = ceremony::Entity::find().count(&records.database).await.unwrap();
        assert_eq!(kept, MOST - MOST / 10 + 2);
        assert!(ceremony::Entity::find_by_id("key 0").one(&records.database).await.unwrap().is_none());
        assert!(records.take_ceremony(CeremonyKind::PasskeySignIn, "one more").await.unwrap().is_some());
        assert!(records.take_ceremony(CeremonyKind::OpenIdSignIn, "other kind").await.unwrap().is_some());
    }
}
