//! One-time links: to join an organisation, to choose a new password, to sign in.

use std::time::Duration;

use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::change::Change;
use super::entity::invitation;
use super::{Records, accounts, check, column, organizations, secret};
use crate::account::{Actor, Invitation, NewInvitation, Purpose, Role, User, password};
use crate::error::{Error, Result};
use crate::model::Action;

/// Links of an organisation that are open at once.
const MOST_OPEN: u64 = 1_000;

/// A link to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "see Purpose")]
pub enum InvitationDraft {
    /// For anybody with this e-mail address; the organisation by slug or identifier.
    Join { email: String, organization: String, role: Role },
    /// For the owner of an account, by e-mail address or identifier.
    Password { account: String },
    /// For the owner of an account, by e-mail address or identifier.
    SignIn { account: String },
}

/// What a person gives when they use a link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acceptance {
    /// Their name, for a new account.
    pub name: String,
    /// A password: for a new account, or to replace the one that was lost.
    pub password: Option<String>,
}

/// A link that was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Whose it was.
    pub user: User,
    /// Whether the link alone proves that who used it is this person: not when they joined with the account that they
    /// had.
    pub lets_in: bool,
}

impl Records {
    /// Makes a one-time link.
    ///
    /// # Errors
    /// When the organisation or the account doesn't exist, or the actor isn't the organisation's administrator (for a
    /// link into an account, the installation's).
    pub async fn invite(&self, draft: InvitationDraft, lasts: Duration, actor: &Actor) -> Result<NewInvitation> {
        let mut change = self.change(actor).await?;
        let (purpose, email) = match draft {
            InvitationDraft::Join { email, organization, role } => {
                let email = check::email("email", &email)?;
                let organization = organizations::required(&change.transaction, &organization).await?.id;
                change.need_role(organization, Role::Administrator)?;
                replace_open(&mut change, organization, &email).await?;
                refuse_many(&change, organization).await?;
                (Purpose::Join { organization, role }, email)
            }
            InvitationDraft::Password { account } => {
                change.need_administrator()?;
                let account = accounts::required(&change.transaction, &account).await?;
                (Purpose::Password { account: account.id }, account.email)
            }
            InvitationDraft::SignIn { account } => {
                change.need_administrator()?;
                let account = accounts::required(&change.transaction, &account).await?;
                (Purpose::SignIn { account: account.id }, account.email)
            }
        };
        let new = add(&mut change, purpose, email, lasts, actor).await?;
        change.commit().await?;
        Ok(new)
    }

    /// A link for somebody who lost their password, to be sent to their own address and shown to nobody; `None` when
    /// nobody has this address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invite_to_reset(&self, email: &str, lasts: Duration) -> Result<Option<(NewInvitation, User)>> {
        let Some(account) = accounts::by_email(&self.database, email).await? else { return Ok(None) };
        let user = accounts::with_memberships(&self.database, account).await?;
        let actor = Actor::user(&user);
        let mut change = self.change(&actor).await?;
        let purpose = Purpose::Password { account: user.id };
        let new = add(&mut change, purpose, user.email.clone(), lasts, &actor).await?;
        change.commit().await?;
        Ok(Some((new, user)))
    }

    /// The link with this secret, when it can still be used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_invitation(&self, secret: &str) -> Result<Option<Invitation>> {
        find(&self.database, secret).await
    }

    /// An organisation's links that can still be used, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_invitations(&self, organization: Uuid) -> Result<Vec<Invitation>> {
        let rows = open(organization, column::now())
            .order_by_desc(invitation::Column::Id)
            .limit(MOST_OPEN)
            .all(&self.database)
            .await?;
        rows.into_iter().map(Invitation::try_from).collect()
    }

    /// Uses a link, once: the person becomes a member (with an account made when there is none), or gets a new
    /// password, or is let in.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the link is unknown, used, revoked or past; [`Error::Invalid`] when a new account or a
    /// new password needs a password and there is none, or it is too weak; [`Error::Forbidden`] when the address has an
    /// account already whose owner is not the one who accepts. The link stays good then.
    pub async fn use_invitation(&self, secret: &str, acceptance: Acceptance, by: Option<&Actor>) -> Result<Used> {
        let invitation = self.open_invitation(secret).await?.ok_or_else(unknown)?;
        let hash = self.password_hash(&invitation, &acceptance).await?;
        let actor = Actor::invited(&invitation.email);
        let mut change = self.change(&actor).await?;
        // Who comes second finds it used.
        let invitation = find(&change.transaction, secret).await?.ok_or_else(unknown)?;
        let used = invitation::ActiveModel {
            id: sea_orm::Set(invitation.id),
            used_at: sea_orm::Set(Some(change.at.as_millisecond())),
            ..Default::default()
        };
        used.update(&change.transaction).await?;
        change.note(Action::InvitationUsed, invitation.id, None, &serde_json::json!({})).await?;
        let (account, lets_in) = match (invitation.purpose, hash) {
            (Purpose::SignIn { account }, _) => (account, true),
            (Purpose::Password { account }, hash) => {
                accounts::put_password(&mut change, account, hash.ok_or_else(no_password)?, None).await?;
                (account, true)
            }
            (Purpose::Join { organization, role }, hash) => {
                join(&mut change, &invitation.email, (organization, role), (acceptance.name, hash), by).await?
            }
        };
        let user = accounts::by_id(&change.transaction, account).await?.ok_or_else(unknown)?;
        change.commit().await?;
        Ok(Used { user, lets_in })
    }

    /// The hash of the password that this link asks for, if it asks for one.
    async fn password_hash(&self, invitation: &Invitation, acceptance: &Acceptance) -> Result<Option<String>> {
        let owner = accounts::by_email(&self.database, &invitation.email).await?;
        let needed = match invitation.purpose {
            Purpose::Join { .. } => owner.is_none(),
            Purpose::Password { .. } => true,
            Purpose::SignIn { .. } => false,
        };
        if !needed {
            return Ok(None);
        }
        let name = owner.map_or_else(|| acceptance.name.clone(), |owner| owner.name);
        let password = acceptance.password.clone();
        let password = password.ok_or_else(no_password)?;
        password::hash(password, &invitation.email, &name).await.map(Some)
    }

    /// Makes a link useless.
    ///
    /// # Errors
    /// When it doesn't exist or isn't the organisation's, or the actor isn't the organisation's administrator.
    pub async fn revoke_invitation(&self, organization: Uuid, id: Uuid, actor: &Actor) -> Result<()> {
        let mut change = self.change(actor).await?;
        change.need_role(organization, Role::Administrator)?;
        let row = invitation::Entity::find_by_id(id)
            .filter(invitation::Column::Organization.eq(organization))
            .one(&change.transaction)
            .await?;
        let row = row.ok_or_else(|| Error::not_found("invitation", id))?;
        if row.used_at.is_some() || row.revoked_at.is_some() {
            return Ok(());
        }
        let mut row = row.into_active_model();
        row.revoked_at = sea_orm::Set(Some(change.at.as_millisecond()));
        row.update(&change.transaction).await?;
        change.note(Action::InvitationRevoked, id, None, &serde_json::json!({})).await?;
        change.commit().await
    }
}

async fn add(
    change: &mut Change<'_>,
    purpose: Purpose,
    email: String,
    lasts: Duration,
    actor: &Actor,
) -> Result<NewInvitation> {
    let secret = secret::generate()?;
    let lasts = i64::try_from(lasts.as_millis()).unwrap_or(i64::MAX);
    let invitation = Invitation {
        id: Uuid::now_v7(),
        purpose,
        email,
        invited_by: actor.name().to_owned(),
        created_at: change.at,
        expires_at: column::instant(change.at.as_millisecond().saturating_add(lasts))?,
        used_at: None,
        revoked_at: None,
    };
    row(&invitation, &secret).into_active_model().insert(&change.transaction).await?;
    change.note(Action::InvitationCreated, invitation.id, None, &invitation).await?;
    Ok(NewInvitation { invitation, secret })
}

/// Makes a member of the account with this address, or of a new one; gives the account and whether it is new.
async fn join(
    change: &mut Change<'_>,
    email: &str,
    (organization, role): (Uuid, Role),
    (name, hash): (String, Option<String>),
    by: Option<&Actor>,
) -> Result<(Uuid, bool)> {
    let organization = organizations::required(&change.transaction, &organization.to_string()).await?;
    let (account, new) = match accounts::by_email(&change.transaction, email).await? {
        Some(account) if by.is_some_and(|actor| actor.is_person(account.id)) => (account, false),
        // Whoever made the link has it too: only the owner of an account says what it becomes a member of.
        Some(_) => return Err(change.refusal("the owner of the account, signed in")),
        None => {
            let name = check::optional_line("name", Some(&name), 300)?.unwrap_or_default();
            let hash = hash.ok_or_else(no_password)?;
            (accounts::add(change, email.to_owned(), name, Some(hash), false).await?, true)
        }
    };
    // An invitation never lowers what somebody already is.
    let known = accounts::by_id(&change.transaction, account.id).await?;
    if known.and_then(|user| user.role_in(organization.id)).is_none_or(|known| known < role) {
        accounts::put_role(change, &account, &organization, Some(role)).await?;
    }
    Ok((account.id, new))
}

/// One link is enough for one address: a newer one takes the place of those before it.
async fn replace_open(change: &mut Change<'_>, organization: Uuid, email: &str) -> Result<()> {
    let known = open(organization, change.at).filter(invitation::Column::Email.eq(email));
    for row in known.all(&change.transaction).await? {
        let id = row.id;
        let mut row = row.into_active_model();
        row.revoked_at = sea_orm::Set(Some(change.at.as_millisecond()));
        row.update(&change.transaction).await?;
        change.note(Action::InvitationRevoked, id, None, &serde_json::json!({})).await?;
    }
    Ok(())
}

async fn refuse_many(change: &Change<'_>, organization: Uuid) -> Result<()> {
    use sea_orm::PaginatorTrait as _;
    let count = open(organization, change.at).count(&change.transaction).await?;
    if count >= MOST_OPEN {
        let detail = format!("has {count} open invitations: revoke some first");
        return Err(Error::Conflict { what: "organization", key: organization.to_string(), detail });
    }
    Ok(())
}

fn open(organization: Uuid, at: Timestamp) -> sea_orm::Select<invitation::Entity> {
    invitation::Entity::find()
        .filter(invitation::Column::Organization.eq(organization))
        .filter(invitation::Column::UsedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(at.as_millisecond()))
}

async fn find(database: &impl ConnectionTrait, secret: &str) -> Result<Option<Invitation>> {
    if !secret::is_secret(secret) {
        return Ok(None);
    }
    let hash = secret::hash(secret);
    let row = invitation::Entity::find().filter(invitation::Column::SecretHash.eq(hash)).one(database).await?;
    let invitation = row.map(Invitation::try_from).transpose()?;
    Ok(invitation.filter(|invitation| invitation.is_open(column::now())))
}

fn no_password() -> Error {
    Error::invalid("password", "is missing: choose one")
}

/// The secret is not repeated.
fn unknown() -> Error {
    Error::not_found("invitation", "this link")
}

fn row(invitation: &Invitation, secret: &str) -> invitation::Model {
    let (purpose, organization, role, account) = match invitation.purpose {
        Purpose::Join { organization, role } => ("join", Some(organization), Some(role), None),
        Purpose::Password { account } => ("password", None, None, Some(account)),
        Purpose::SignIn { account } => ("sign-in", None, None, Some(account)),
    };
    invitation::Model {
        id: invitation.id,
        secret_hash: secret::hash(secret),
        purpose: purpose.to_owned(),
        email: invitation.email.clone(),
        organization,
        role: role.map(|role| role.as_str().to_owned()),
        account,
        invited_by: invitation.invited_by.clone(),
        created_at: invitation.created_at.as_millisecond(),
        expires_at: invitation.expires_at.as_millisecond(),
        used_at: invitation.used_at.map(Timestamp::as_millisecond),
        revoked_at: invitation.revoked_at.map(Timestamp::as_millisecond),
    }
}

impl TryFrom<invitation::Model> for Invitation {
    type Error = Error;

    fn try_from(row: invitation::Model) -> Result<Self> {
        let role = row.role.as_deref().and_then(Role::parse);
        let purpose = match (row.purpose.as_str(), row.organization, role, row.account) {
            ("join", Some(organization), Some(role), _) => Purpose::Join { organization, role },
            ("password", _, _, Some(account)) => Purpose::Password { account },
            ("sign-in", _, _, Some(account)) => Purpose::SignIn { account },
            (other, ..) => return Err(Error::Record(format!("{other:?} is not what an invitation is for"))),
        };
        Ok(Self {
            id: row.id,
            purpose,
            email: row.email,
            invited_by: row.invited_by,
            created_at: column::instant(row.created_at)?,
            expires_at: column::instant(row.expires_at)?,
            used_at: column::optional_instant(row.used_at)?,
            revoked_at: column::optional_instant(row.revoked_at)?,
        })
    }
}
