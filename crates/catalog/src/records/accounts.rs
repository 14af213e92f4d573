//! Users and their roles.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entity::{account, membership};
use super::{Records, check, column, organizations};
use crate::account::{Actor, Membership, Role, User};
use crate::error::{Error, Result};
use crate::model::{Action, Listing, Page};

/// Fewest characters of a password.
const SHORTEST_PASSWORD: usize = 12;

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
            Some(password) => Some(hash(password).await?),
            None => None,
        };
        let mut change = self.change(actor).await?;
        change.need_administrator()?;
        if find(&change.transaction, &email).await?.is_some() {
            return Err(Error::Conflict { what: "user", key: email, detail: "has an account already".to_owned() });
        }
        let row = account::Model {
            id: Uuid::now_v7(),
            email,
            name,
            password_hash,
            superuser: draft.superuser,
            created_at: change.at.as_millisecond(),
        };
        row.clone().into_active_model().insert(&change.transaction).await?;
        let detail = serde_json::json!({ "email": row.email, "superuser": row.superuser });
        change.note(Action::UserCreated, row.id, None, &detail).await?;
        change.commit().await?;
        user(row, Vec::new())
    }

    /// Gives a user a role in an organisation, or takes it away.
    ///
    /// # Errors
    /// When either doesn't exist or the actor isn't the organisation's administrator.
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
        membership::Entity::delete_by_id((row.id, organization.id)).exec(&change.transaction).await?;
        if let Some(role) = role {
            let role = role.as_str().to_owned();
            let new = membership::Model { account: row.id, organization: organization.id, role };
            new.into_active_model().insert(&change.transaction).await?;
        }
        let detail = serde_json::json!({ "organization": organization.slug, "role": role });
        change.note(Action::UserChanged, row.id, None, &detail).await?;
        let user = with_memberships(&change.transaction, row).await?;
        change.commit().await?;
        Ok(user)
    }

    /// Sets a user's password.
    ///
    /// # Errors
    /// When the user doesn't exist, the password is too short, or the actor is neither the user nor an administrator.
    pub async fn set_password(&self, user_key: &str, password: String, actor: &Actor) -> Result<()> {
        let password_hash = hash(password).await?;
        let mut change = self.change(actor).await?;
        let row = required(&change.transaction, user_key).await?;
        if actor.name() != format!("user:{}", row.email) {
            change.need_administrator()?;
        }
        let id = row.id;
        let mut row = row.into_active_model();
        row.password_hash = Set(Some(password_hash));
        row.update(&change.transaction).await?;
        change.note(Action::UserChanged, id, None, &serde_json::json!({ "password": "changed" })).await?;
        change.commit().await
    }

    /// Removes a user and their roles.
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

    /// The user, when the password is theirs. Takes as long for an unknown address as for a wrong password.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<Option<User>> {
        let row = find(&self.database, &email.trim().to_lowercase()).await?;
        let known = row.as_ref().and_then(|row| row.password_hash.clone());
        let password = password.to_owned();
        let right = tokio::task::spawn_blocking(move || verify(known.as_deref(), &password)).await?;
        match row {
            Some(row) if right => Ok(Some(with_memberships(&self.database, row).await?)),
            _ => Ok(None),
        }
    }
}

async fn hash(password: String) -> Result<String> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(Error::invalid("password", format!("is too short: at least {SHORTEST_PASSWORD} characters")));
    }
    if password.len() > 1_000 {
        return Err(Error::invalid("password", "is too long: at most 1000 bytes"));
    }
    let hashed = tokio::task::spawn_blocking(move || Argon2::default().hash_password(password.as_bytes())).await?;
    let hashed = hashed.map_err(|error| Error::Record(format!("password: {error}")))?;
    Ok(hashed.to_string())
}

fn verify(known: Option<&str>, password: &str) -> bool {
    let argon = Argon2::default();
    match known.and_then(|hash| PasswordHash::new(hash).ok()) {
        Some(hash) => argon.verify_password(password.as_bytes(), &hash).is_ok(),
        None => {
            // The same work, so that time doesn't tell which addresses have an account.
            let _same_time = argon.hash_password(password.as_bytes());
            false
        }
    }
}

async fn find(database: &impl ConnectionTrait, key: &str) -> Result<Option<account::Model>> {
    let query = match Uuid::parse_str(key) {
        Ok(id) => account::Entity::find_by_id(id),
        Err(_) => account::Entity::find().filter(account::Column::Email.eq(key.trim().to_lowercase())),
    };
    Ok(query.one(database).await?)
}

async fn required(database: &impl ConnectionTrait, key: &str) -> Result<account::Model> {
    find(database, key).await?.ok_or_else(|| Error::not_found("user", key))
}

async fn with_memberships(database: &impl ConnectionTrait, row: account::Model) -> Result<User> {
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
