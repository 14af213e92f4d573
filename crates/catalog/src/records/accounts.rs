//! Users and their roles.

use std::net::IpAddr;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::change::Change;
use super::entity::{account, membership};
use super::failures::Subjects;
use super::{Records, check, column, organizations, sessions};
use crate::account::{Actor, Membership, Role, SignIn, User, password};
use crate::error::{Error, Result};
use crate::model::{Action, Listing, Organization, Page};

/// A user to be created.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "see User")]
pub struct UserDraft {
    pub email: String,
    pub name: String,
    /// Without one the person can't sign in yet.
    pub password: Option<String>,
    pub superuser: bool,
}

impl Records {
    /// Users, by e-mail address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn users(&self, page: Page) -> Result<Listing<User>> {
        let query = account::Entity::find();
        let total = query.clone().count(&self.database).await?;
        let rows = query
            .order_by_asc(account::Column::Email)
            .offset(page.offset)
            .limit(page.limit.min(Page::LARGEST))
            .all(&self.database)
            .await?;
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            items.push(with_memberships(&self.database, row).await?);
        }
        Ok(Listing { items, total })
    }

    /// The user with this e-mail address or identifier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn user(&self, key: &str) -> Result<Option<User>> {
        match find(&self.database, key).await? {
            Some(row) => Ok(Some(with_memberships(&self.database, row).await?)),
            None => Ok(None),
        }
    }

    /// Creates a user.
    ///
    /// # Errors
    /// When a value isn't acceptable, the address is taken, or the actor isn't an administrator.
    pub async fn create_user(&self, draft: UserDraft, actor: &Actor) -> Result<User> {
        let email = check::email("email", &draft.email)?;
        let name = check::optional_line("name", Some(&draft.name), 300)?.unwrap_or_default();
        let password_hash = match draft.password {
            Some(password) => Some(password::hash(password, &email, &name).await?),
            None => None,
        };
        let mut change = self.change(actor).await?;
        change.need_administrator()?;
        let row = add(&mut change, email, name, password_hash, draft.superuser).await?;
        change.commit().await?;
        user(row, Vec::new())
    }

    /// Gives a user a role in an organisation, or takes it away.
    ///
    /// # Errors
    /// When either doesn't exist, the actor isn't the organisation's administrator, or nobody would administer it any
    /// more (which only an administrator of the installation may do).
    pub async fn set_role(
        &self,
        user_key: &str,
        organization: &str,
        role: Option<Role>,
        actor: &Actor,
    ) -> Result<User> {
        let mut change = self.change(actor).await?;
        let organization = organizations::required(&change.transaction, organization).await?;
        change.need_role(organization.id, Role::Administrator)?;
        let row = required(&change.transaction, user_key).await?;
        put_role(&mut change, &row, &organization, role).await?;
        let administered = has_administrator(&change.transaction, organization.id).await?;
        if !administered && !actor.may_administer() {
            let detail = "would have no administrator left: give this role to somebody else first".to_owned();
            return Err(Error::Conflict { what: "organization", key: organization.slug, detail });
        }
        let user = with_memberships(&change.transaction, row).await?;
        change.commit().await?;
        Ok(user)
    }

    /// Members of an organisation with their roles, by e-mail address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn members(&self, organization: Uuid) -> Result<Vec<(User, Role)>> {
        let rows = membership::Entity::find()
            .filter(membership::Column::Organization.eq(organization))
            .all(&self.database)
            .await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.account).collect();
        let accounts = account::Entity::find()
            .filter(account::Column::Id.is_in(ids))
            .order_by_asc(account::Column::Email)
            .all(&self.database)
            .await?;
        let member = |account: account::Model| {
            let own = rows.iter().filter(|row| row.account == account.id).cloned().collect();
            let user = user(account, own)?;
            Ok(user.role_in(organization).map(|role| (user, role)))
        };
        accounts.into_iter().filter_map(|account| member(account).transpose()).collect()
    }

    /// Makes a user an administrator of the installation, or no longer.
    ///
    /// # Errors
    /// When the user doesn't exist or the actor isn't an administrator.
    pub async fn set_superuser(&self, user_key: &str, superuser: bool, actor: &Actor) -> Result<User> {
        let mut change = self.change(actor).await?;
        change.need_administrator()?;
        let row = required(&change.transaction, user_key).await?;
        let mut row = row.into_active_model();
        row.superuser = Set(superuser);
        let row = row.update(&change.transaction).await?;
        change.note(Action::UserChanged, row.id, None, &serde_json::json!({ "superuser": superuser })).await?;
        let user = with_memberships(&change.transaction, row).await?;
        change.commit().await?;
        Ok(user)
    }

    /// Changes a person's name.
    ///
    /// # Errors
    /// When the user doesn't exist, the name isn't a line, or the actor is neither the person nor an administrator.
    pub async fn rename_user(&self, user_key: &str, name: &str, actor: &Actor) -> Result<User> {
        let name = check::optional_line("name", Some(name), 300)?.unwrap_or_default();
        let mut change = self.change(actor).await?;
        let row = required(&change.transaction, user_key).await?;
        need_self(&change, actor, row.id)?;
        let mut row = row.into_active_model();
        row.name = Set(name);
        let row = row.update(&change.transaction).await?;
        change.note(Action::UserChanged, row.id, None, &serde_json::json!({ "name": row.name })).await?;
        let user = with_memberships(&change.transaction, row).await?;
        change.commit().await?;
        Ok(user)
    }

    /// Whether the person has a password: who was invited or comes from elsewhere may have none.
    ///
    /// # Errors
    /// When the user doesn't exist or the database fails.
    pub async fn has_password(&self, account: Uuid) -> Result<bool> {
        Ok(required(&self.database, &account.to_string()).await?.password_hash.is_some())
    }

    /// Sets a user's password and ends all their sessions but this one.
    ///
    /// # Errors
    /// When the user doesn't exist, the password is too weak, or the actor is neither the person nor an administrator.
    pub async fn set_password(
        &self,
        user_key: &str,
        password: String,
        kept_session: Option<Uuid>,
        actor: &Actor,
    ) -> Result<()> {
        let row = required(&self.database, user_key).await?;
        let password_hash = password::hash(password, &row.email, &row.name).await?;
        let mut change = self.change(actor).await?;
        need_self(&change, actor, row.id)?;
        put_password(&mut change, row.id, password_hash, kept_session).await?;
        change.commit().await
    }

    /// Removes a user and their roles, sessions and tokens.
    ///
    /// # Errors
    /// When the user doesn't exist or the actor isn't an administrator.
    pub async fn remove_user(&self, key: &str, actor: &Actor) -> Result<()> {
        let mut change = self.change(actor).await?;
        change.need_administrator()?;
        let row = required(&change.transaction, key).await?;
        account::Entity::delete_by_id(row.id).exec(&change.transaction).await?;
        change.note(Action::UserRemoved, row.id, None, &serde_json::json!({})).await?;
        change.commit().await
    }

    /// Tries an address and a password. Failures make the next tries wait, longer and longer, by account and by the
    /// network address that they come from; an unknown address is treated as a known one with a wrong password.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_in(&self, email: &str, password: &str, from: Option<IpAddr>) -> Result<SignIn> {
        let subjects = Subjects::new(email, from);
        let wait = self.must_wait(&subjects).await?;
        if !wait.is_zero() {
            return Ok(SignIn::Wait(wait));
        }
        // An identifier is no address, although `find` takes both.
        let row = by_email(&self.database, email).await?;
        let known = row.as_ref().and_then(|row| row.password_hash.clone());
        let right = password::verify(known, password).await?;
        match row.filter(|_| right) {
            Some(row) => {
                self.forgive(&subjects).await?;
                Ok(SignIn::Welcome(Box::new(with_memberships(&self.database, row).await?)))
            }
            None => {
                self.count_failure(&subjects).await?;
                Ok(SignIn::Wrong)
            }
        }
    }
}

/// Adds an account to a change.
pub(super) async fn add(
    change: &mut Change<'_>,
    email: String,
    name: String,
    password_hash: Option<String>,
    superuser: bool,
) -> Result<account::Model> {
    if by_email(&change.transaction, &email).await?.is_some() {
        return Err(Error::Conflict { what: "user", key: email, detail: "has an account already".to_owned() });
    }
    let created_at = change.at.as_millisecond();
    let row = account::Model { id: Uuid::now_v7(), email, name, password_hash, superuser, created_at };
    row.clone().into_active_model().insert(&change.transaction).await?;
    let detail = serde_json::json!({ "email": row.email, "superuser": row.superuser });
    change.note(Action::UserCreated, row.id, None, &detail).await?;
    Ok(row)
}

/// Puts a role in place of the one that the account has, if any.
pub(super) async fn put_role(
    change: &mut Change<'_>,
    account: &account::Model,
    organization: &Organization,
    role: Option<Role>,
) -> Result<()> {
    membership::Entity::delete_by_id((account.id, organization.id)).exec(&change.transaction).await?;
    if let Some(role) = role {
        let role = role.as_str().to_owned();
        let new = membership::Model { account: account.id, organization: organization.id, role };
        new.into_active_model().insert(&change.transaction).await?;
    }
    let detail = serde_json::json!({ "organization": organization.slug, "role": role });
    change.note(Action::UserChanged, account.id, None, &detail).await
}

/// Puts a password in place of the one that the account has, if any; who knew the old one is signed out.
pub(super) async fn put_password(
    change: &mut Change<'_>,
    account: Uuid,
    password_hash: String,
    kept_session: Option<Uuid>,
) -> Result<()> {
    let row = account::ActiveModel { id: Set(account), password_hash: Set(Some(password_hash)), ..Default::default() };
    row.update(&change.transaction).await?;
    sessions::end_all(&change.transaction, account, kept_session).await?;
    change.note(Action::UserChanged, account, None, &serde_json::json!({ "password": "changed" })).await
}

/// The person, signed in, or an administrator of the installation.
fn need_self(change: &Change<'_>, actor: &Actor, account: Uuid) -> Result<()> {
    if actor.is_person(account) { Ok(()) } else { change.need_administrator() }
}

async fn has_administrator(database: &impl ConnectionTrait, organization: Uuid) -> Result<bool> {
    let administrators = membership::Entity::find()
        .filter(membership::Column::Organization.eq(organization))
        .filter(membership::Column::Role.eq(Role::Administrator.as_str()))
        .count(database)
        .await?;
    Ok(administrators > 0)
}

/// The user with this identifier.
pub(super) async fn by_id(database: &impl ConnectionTrait, id: Uuid) -> Result<Option<User>> {
    match account::Entity::find_by_id(id).one(database).await? {
        Some(row) => Ok(Some(with_memberships(database, row).await?)),
        None => Ok(None),
    }
}

/// The account with this e-mail address, however it is written.
pub(super) async fn by_email(database: &impl ConnectionTrait, email: &str) -> Result<Option<account::Model>> {
    let email = email.trim().to_lowercase();
    Ok(account::Entity::find().filter(account::Column::Email.eq(email)).one(database).await?)
}

async fn find(database: &impl ConnectionTrait, key: &str) -> Result<Option<account::Model>> {
    match Uuid::parse_str(key) {
        Ok(id) => Ok(account::Entity::find_by_id(id).one(database).await?),
        Err(_) => by_email(database, key).await,
    }
}

pub(super) async fn required(database: &impl ConnectionTrait, key: &str) -> Result<account::Model> {
    find(database, key).await?.ok_or_else(|| Error::not_found("user", key))
}

pub(super) async fn with_memberships(database: &impl ConnectionTrait, row: account::Model) -> Result<User> {
    let rows = membership::Entity::find()
        .filter(membership::Column::Account.eq(row.id))
        .order_by_asc(membership::Column::Organization)
        .all(database)
        .await?;
    user(row, rows)
}

fn user(row: account::Model, memberships: Vec<membership::Model>) -> Result<User> {
    let memberships = memberships
        .into_iter()
        .map(|m| {
            let role = Role::parse(&m.role).ok_or_else(|| Error::Record(format!("{:?} is not a role", m.role)))?;
            Ok(Membership { organization: m.organization, role })
        })
        .collect::<Result<_>>()?;
    let created_at = column::instant(row.created_at)?;
    Ok(User { id: row.id, email: row.email, name: row.name, superuser: row.superuser, memberships, created_at })
}
