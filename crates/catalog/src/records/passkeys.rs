//! Passkeys of persons, and signing in with them.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, Set,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::ceremonies::{Ceremony, CeremonyKind};
use super::entity::{account, identity, passkey};
use super::{Records, check, column};
use crate::account::passkey::{
    self as ceremony, Begun, Credential, Passkey, PasskeyError, RegistrationAnswer, RelyingParty, SignInAnswer,
};
use crate::account::{Actor, User};
use crate::error::{Error, Result};
use crate::model::Action;

/// Passkeys that a person may have.
const MOST: u64 = 20;

impl Records {
    /// A person's passkeys, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn passkeys(&self, user: Uuid) -> Result<Vec<Passkey>> {
        rows_of(&self.database, user).await?.into_iter().map(Passkey::try_from).collect()
    }

    /// Begins a registration: what `navigator.credentials.create` is to be asked, as JSON.
    ///
    /// # Errors
    /// When the person has as many passkeys as one may have.
    pub async fn begin_passkey(&self, party: &RelyingParty, user: &User) -> Result<Value> {
        let rows = rows_of(&self.database, user.id).await?;
        if rows.len() as u64 >= MOST {
            return Err(too_many());
        }
        let known: Vec<Credential> = rows.into_iter().map(credential).collect();
        let Begun { options, challenge, state } = ceremony::begin_registration(party, user, &known)?;
        let what = Ceremony { account: Some(user.id), state };
        self.begin_ceremony(CeremonyKind::PasskeyRegistration, &challenge, what).await?;
        Ok(options)
    }

    /// Ends a registration with the browser's answer.
    ///
    /// # Errors
    /// When the answer is malformed, stale, another person's or another site's, or the passkey is known already.
    pub async fn add_passkey(&self, party: &RelyingParty, user: &User, name: &str, answer: &[u8]) -> Result<Passkey> {
        let name = check::line("name", name, 100)?;
        let answer = RegistrationAnswer::parse(answer)?;
        let begun = self.take_ceremony(CeremonyKind::PasskeyRegistration, &answer.challenge).await?;
        let begun = begun.filter(|begun| begun.account == Some(user.id)).ok_or(PasskeyError::Stale)?;
        let made = answer.verify(party, &begun.state, user.id)?;
        let actor = Actor::user(user);
        let mut change = self.change(&actor).await?;
        let own = passkey::Entity::find().filter(passkey::Column::Account.eq(user.id));
        if own.count(&change.transaction).await? >= MOST {
            return Err(too_many());
        }
        if row_of(&change.transaction, &made.id).await?.is_some() {
            return Err(PasskeyError::Taken.into());
        }
        let row = passkey::Model {
            id: Uuid::now_v7(),
            account: user.id,
            name,
            credential: made.id,
            fixed: made.fixed,
            changing: made.changing,
            transports: i32::from(made.transports),
            created_at: change.at.as_millisecond(),
            last_used_at: None,
        };
        row.clone().into_active_model().insert(&change.transaction).await?;
        change.note(Action::UserChanged, user.id, None, &json!({ "passkey": "added" })).await?;
        change.commit().await?;
        row.try_into()
    }

    /// Gives one of the person's own passkeys another name.
    ///
    /// # Errors
    /// When it isn't theirs, or the name is empty or too long.
    pub async fn rename_passkey(&self, user: &User, id: Uuid, name: &str) -> Result<()> {
        let name = check::line("name", name, 100)?;
        let renamed = passkey::Entity::update_many()
            .col_expr(passkey::Column::Name, name.into())
            .filter(passkey::Column::Id.eq(id))
            .filter(passkey::Column::Account.eq(user.id))
            .exec(&self.database)
            .await?;
        if renamed.rows_affected == 0 { Err(Error::not_found("passkey", id)) } else { Ok(()) }
    }

    /// Removes one of the person's own passkeys: it signs in nobody from now on.
    ///
    /// # Errors
    /// When it isn't theirs, or is the only way that they have to sign in.
    pub async fn remove_passkey(&self, user: &User, id: Uuid) -> Result<()> {
        let actor = Actor::user(user);
        let mut change = self.change(&actor).await?;
        let removed = passkey::Entity::delete_many()
            .filter(passkey::Column::Id.eq(id))
            .filter(passkey::Column::Account.eq(user.id))
            .exec(&change.transaction)
            .await?;
        if removed.rows_affected == 0 {
            return Err(Error::not_found("passkey", id));
        }
        need_another_way(&change.transaction, user.id, "passkey", id).await?;
        change.note(Action::UserChanged, user.id, None, &json!({ "passkey": "removed" })).await?;
        change.commit().await
    }

    /// Begins to sign in: what `navigator.credentials.get` is to be asked, as JSON.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_passkey_sign_in(&self, party: &RelyingParty) -> Result<Value> {
        let Begun { options, challenge, state } = ceremony::begin_sign_in(party)?;
        self.begin_ceremony(CeremonyKind::PasskeySignIn, &challenge, Ceremony { account: None, state }).await?;
        Ok(options)
    }

    /// Who signs in with this answer of a browser.
    ///
    /// # Errors
    /// When the answer is malformed or stale, the passkey unknown, or its answer wrong; the same answer is never
    /// taken twice.
    pub async fn passkey_sign_in(&self, party: &RelyingParty, answer: &[u8]) -> Result<User> {
        let answer = SignInAnswer::parse(answer)?;
        let begun = self.take_ceremony(CeremonyKind::PasskeySignIn, &answer.challenge).await?;
        let begun = begun.ok_or(PasskeyError::Stale)?;
        let row = row_of(&self.database, answer.credential_id()).await?.ok_or(PasskeyError::Unknown)?;
        let (id, owner) = (row.id, row.account);
        let used = answer.verify(party, &begun.state, &credential(row), owner)?;
        let user = self.user(&owner.to_string()).await?.ok_or(PasskeyError::Unknown)?;
        let row = passkey::ActiveModel {
            id: Set(id),
            changing: Set(used.changing),
            last_used_at: Set(Some(column::now().as_millisecond())),
            ..Default::default()
        };
        row.update(&self.database).await?;
        Ok(user)
    }
}

/// Refuses that a person be left without any way to sign in.
pub(super) async fn need_another_way(
    database: &impl ConnectionTrait,
    user: Uuid,
    what: &'static str,
    id: Uuid,
) -> Result<()> {
    let with_password =
        account::Entity::find_by_id(user).one(database).await?.is_some_and(|row| row.password_hash.is_some());
    let others = passkey::Entity::find().filter(passkey::Column::Account.eq(user)).count(database).await?
        + identity::Entity::find().filter(identity::Column::Account.eq(user)).count(database).await?;
    if with_password || others > 0 {
        return Ok(());
    }
    let detail = "is the only way to sign in to this account: set a password or add another way first".to_owned();
    Err(Error::Conflict { what, key: id.to_string(), detail })
}

async fn rows_of(database: &impl ConnectionTrait, user: Uuid) -> Result<Vec<passkey::Model>> {
    let rows = passkey::Entity::find().filter(passkey::Column::Account.eq(user));
    Ok(rows.order_by_asc(passkey::Column::Id).all(database).await?)
}

async fn row_of(database: &impl ConnectionTrait, credential: &[u8]) -> Result<Option<passkey::Model>> {
    Ok(passkey::Entity::find().filter(passkey::Column::Credential.eq(credential)).one(database).await?)
}

fn credential(row: passkey::Model) -> Credential {
    Credential {
        id: row.credential,
        fixed: row.fixed,
        changing: row.changing,
        transports: u8::try_from(row.transports).unwrap_or(0),
    }
}

fn too_many() -> Error {
    Error::invalid("passkey", format!("is one too many: at most {MOST} are kept; remove one that you don't use"))
}

impl TryFrom<passkey::Model> for Passkey {
    type Error = Error;

    fn try_from(row: passkey::Model) -> Result<Self> {
        let (id, name) = (row.id, row.name.clone());
        let created_at = column::instant(row.created_at)?;
        let last_used_at = column::optional_instant(row.last_used_at)?;
        Ok(Self { id, name, synced: credential(row).is_synced(), created_at, last_used_at })
    }
}
