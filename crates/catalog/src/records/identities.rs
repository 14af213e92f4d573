//! Which account a person of an OpenID provider has, and their way there and back.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Set,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::ceremonies::{Ceremony, CeremonyKind};
use super::change::Change;
use super::entity::{account, identity, invitation, organization};
use super::{Records, accounts, column, organizations, passkeys, secret};
use crate::account::openid::{Identity, OpenIdError, Person, Policy, Provider, Request, Return};
use crate::account::{Actor, Role, User};
use crate::error::{Error, Result};
use crate::model::{Action, Organization};

/// Invitations that one sign-in uses: somebody may be awaited in several organisations.
const MOST_INVITATIONS: u64 = 50;

/// Leaving for the provider.
#[derive(Debug, Clone, Copy)]
pub struct OpenIdDeparture<'a> {
    /// Where the provider sends the browser back to, as it is registered there.
    pub redirect: &'a str,
    /// Where the person wants to go in the end: an address of the portal.
    pub then: &'a str,
    /// A secret of this browser: only the browser that left may come back.
    pub browser: &'a str,
    /// Who is signed in already, and wants to sign in that way from now on.
    pub account: Option<Uuid>,
    /// Whether the provider is to ask who it is again, although it knows.
    pub again: bool,
}

/// How an account was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognition {
    /// They came that way before.
    Known,
    /// The account of their e-mail address, or the one that they were signed in with, is theirs from now on.
    Linked,
    /// They were invited: an account was made.
    Invited,
    /// An account without a role was made.
    Created,
}

/// Somebody signed in at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenIdSignIn {
    /// Who.
    pub user: User,
    /// How they are known.
    pub recognition: Recognition,
    /// Where they wanted to go.
    pub then: String,
    /// Ends the provider's session later.
    pub id_token: String,
}

#[derive(Serialize, Deserialize)]
struct Pending {
    issuer: String,
    request: Request,
    then: String,
    browser: String,
}

impl Records {
    /// Prepares to leave for the provider; gives the address.
    ///
    /// # Errors
    /// When the provider can't be reached.
    pub async fn begin_openid(&self, provider: &Provider, departure: OpenIdDeparture<'_>) -> Result<String> {
        let leaving = provider.depart(departure.redirect, departure.again).await?;
        let pending = Pending {
            issuer: provider.issuer().to_owned(),
            request: leaving.request,
            then: departure.then.to_owned(),
            browser: secret::hash(departure.browser),
        };
        let what = Ceremony { account: departure.account, state: column::json(&pending)?.into_bytes() };
        self.begin_ceremony(CeremonyKind::OpenIdSignIn, &leaving.state, what).await?;
        Ok(leaving.url)
    }

    /// Takes somebody back who left with [`Records::begin_openid`], once, in the same browser.
    ///
    /// # Errors
    /// [`Error::OpenId`] says why nobody is signed in.
    pub async fn end_openid(&self, provider: &Provider, browser: &str, answer: &Return) -> Result<OpenIdSignIn> {
        let state = answer.state.as_deref().ok_or(OpenIdError::Stale)?;
        let begun = self.take_ceremony(CeremonyKind::OpenIdSignIn, state).await?.ok_or(OpenIdError::Stale)?;
        let pending: Pending = serde_json::from_slice(&begun.state).map_err(|_| OpenIdError::Stale)?;
        if pending.browser != secret::hash(browser) || pending.issuer != provider.issuer() {
            return Err(OpenIdError::Stale.into());
        }
        let arrival = provider.arrive(&pending.request, answer).await?;
        let (user, recognition) = self.recognise(&arrival.person, provider.policy(), begun.account).await?;
        Ok(OpenIdSignIn { user, recognition, then: pending.then, id_token: arrival.id_token })
    }

    /// Where the browser goes to end the provider's session too; `None` when the provider has no address for that.
    ///
    /// # Errors
    /// When the provider can't be reached.
    pub async fn begin_openid_sign_out(
        &self,
        provider: &Provider,
        id_token: &str,
        redirect: &str,
    ) -> Result<Option<String>> {
        let Some((url, state)) = provider.farewell(id_token, redirect).await? else { return Ok(None) };
        let what = Ceremony { account: None, state: Vec::new() };
        self.begin_ceremony(CeremonyKind::OpenIdSignOut, &state, what).await?;
        Ok(Some(url))
    }

    /// Whether this is the return, once, from where [`Records::begin_openid_sign_out`] led.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_openid_sign_out(&self, state: &str) -> Result<bool> {
        Ok(self.take_ceremony(CeremonyKind::OpenIdSignOut, state).await?.is_some())
    }

    /// A person's identities at providers, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn identities(&self, user: Uuid) -> Result<Vec<Identity>> {
        let rows = identity::Entity::find().filter(identity::Column::Account.eq(user));
        let rows = rows.order_by_asc(identity::Column::Id).all(&self.database).await?;
        rows.into_iter().map(Identity::try_from).collect()
    }

    /// Removes one of the person's own identities: it signs in nobody from now on.
    ///
    /// # Errors
    /// When it isn't theirs, or is the only way that they have to sign in.
    pub async fn remove_identity(&self, user: &User, id: Uuid) -> Result<()> {
        let actor = Actor::user(user);
        let mut change = self.change(&actor).await?;
        let removed = identity::Entity::delete_many()
            .filter(identity::Column::Id.eq(id))
            .filter(identity::Column::Account.eq(user.id))
            .exec(&change.transaction)
            .await?;
        if removed.rows_affected == 0 {
            return Err(Error::not_found("identity", id));
        }
        passkeys::need_another_way(&change.transaction, user.id, "identity", id).await?;
        change.note(Action::UserChanged, user.id, None, &json!({ "identity": "removed" })).await?;
        change.commit().await
    }

    /// The organisation that a person seems to work for, by the SIRET that their provider gives, when they have no
    /// role in it. It's a proposal: an administrator of the organisation decides.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn proposed_organization(&self, user: &User) -> Result<Option<Organization>> {
        let sirets = self.identities(user.id).await?.into_iter().rev().find_map(|identity| identity.siret);
        let Some(siret) = sirets else { return Ok(None) };
        let found = organization_of_siret(&self.database, &siret).await?;
        Ok(found.filter(|organization| user.role_in(organization.id).is_none()))
    }

    /// The account of this person, found or made as the policy says.
    async fn recognise(
        &self,
        person: &Person,
        policy: &Policy,
        signed_in: Option<Uuid>,
    ) -> Result<(User, Recognition)> {
        if let Some(known) = self.known(person).await? {
            return match signed_in {
                Some(account) if account != known.account => Err(OpenIdError::Taken.into()),
                _ => Ok((self.greet(known, person).await?, Recognition::Known)),
            };
        }
        let actor = Actor::invited(person.email.as_deref().unwrap_or(&person.subject));
        let mut change = self.change(&actor).await?;
        let (account, recognition) = match signed_in {
            Some(account) => (account, Recognition::Linked),
            None => newcomer(&mut change, person, policy).await?,
        };
        link(&mut change, account, person).await?;
        let user = accounts::by_id(&change.transaction, account).await?.ok_or_else(|| unknown(person))?;
        change.commit().await?;
        Ok((user, recognition))
    }

    async fn known(&self, person: &Person) -> Result<Option<identity::Model>> {
        Ok(identity::Entity::find()
            .filter(identity::Column::Issuer.eq(person.issuer.as_str()))
            .filter(identity::Column::Subject.eq(person.subject.as_str()))
            .one(&self.database)
            .await?)
    }

    /// Keeps what the provider says now. The account's own address stays what it is.
    async fn greet(&self, known: identity::Model, person: &Person) -> Result<User> {
        let account = known.account;
        let mut row = known.into_active_model();
        row.email = Set(person.email.clone());
        row.siret = Set(person.siret.clone());
        row.last_used_at = Set(Some(column::now().as_millisecond()));
        row.update(&self.database).await?;
        accounts::by_id(&self.database, account).await?.ok_or_else(|| unknown(person))
    }
}

/// The account of somebody who never came that way.
async fn newcomer(change: &mut Change<'_>, person: &Person, policy: &Policy) -> Result<(Uuid, Recognition)> {
    if !policy.link_by_email && !policy.create_accounts {
        return Err(unknown(person));
    }
    let email = person.email.as_deref().filter(|_| person.email_trusted).ok_or(OpenIdError::NoTrustedEmail)?;
    let owner = accounts::by_email(&change.transaction, email).await?;
    match owner {
        Some(owner) if policy.link_by_email => return Ok((owner.id, Recognition::Linked)),
        // Whose address it is can't be told: the account is not theirs, and no second one is made.
        Some(_) => return Err(unknown(person)),
        None => {}
    }
    if policy.link_by_email
        && let Some(account) = use_invitations(change, person, email).await?
    {
        return Ok((account, Recognition::Invited));
    }
    if !policy.create_accounts {
        return Err(unknown(person));
    }
    let account = accounts::add(change, email.to_owned(), person.name.clone(), None, false).await?;
    if let (Some(role), Some(siret)) = (policy.siret_role, &person.siret)
        && let Some(organization) = organization_of_siret(&change.transaction, siret).await?
    {
        accounts::put_role(change, &account, &organization, Some(role)).await?;
    }
    Ok((account.id, Recognition::Created))
}

/// An account for somebody who was invited at this address, with every role that they were invited to.
async fn use_invitations(change: &mut Change<'_>, person: &Person, email: &str) -> Result<Option<Uuid>> {
    let open = invitation::Entity::find()
        .filter(invitation::Column::Email.eq(email))
        .filter(invitation::Column::Purpose.eq("join"))
        .filter(invitation::Column::UsedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(change.at.as_millisecond()))
        .order_by_asc(invitation::Column::Id)
        .limit(MOST_INVITATIONS)
        .all(&change.transaction)
        .await?;
    if open.is_empty() {
        return Ok(None);
    }
    let account = accounts::add(change, email.to_owned(), person.name.clone(), None, false).await?;
    for row in open {
        use_invitation(change, &account, row).await?;
    }
    Ok(Some(account.id))
}

async fn use_invitation(change: &mut Change<'_>, account: &account::Model, row: invitation::Model) -> Result<()> {
    let (id, organization, role) = (row.id, row.organization, row.role.as_deref().and_then(Role::parse));
    let mut row = row.into_active_model();
    row.used_at = Set(Some(change.at.as_millisecond()));
    row.update(&change.transaction).await?;
    change.note(Action::InvitationUsed, id, None, &json!({})).await?;
    let (Some(organization), Some(role)) = (organization, role) else { return Ok(()) };
    let organization = organizations::required(&change.transaction, &organization.to_string()).await?;
    let known = accounts::by_id(&change.transaction, account.id).await?;
    let known = known.and_then(|user| user.role_in(organization.id));
    if known.is_none_or(|known| known < role) {
        accounts::put_role(change, account, &organization, Some(role)).await?;
    }
    Ok(())
}

fn unknown(person: &Person) -> Error {
    OpenIdError::NoAccount { email: person.email.clone() }.into()
}

async fn link(change: &mut Change<'_>, account: Uuid, person: &Person) -> Result<()> {
    let row = identity::Model {
        id: Uuid::now_v7(),
        account,
        issuer: person.issuer.clone(),
        subject: person.subject.clone(),
        email: person.email.clone(),
        siret: person.siret.clone(),
        created_at: change.at.as_millisecond(),
        last_used_at: Some(change.at.as_millisecond()),
    };
    row.into_active_model().insert(&change.transaction).await?;
    change.note(Action::UserChanged, account, None, &json!({ "identity": "added", "issuer": person.issuer })).await
}

/// The one organisation with this SIRET, or with the SIREN that it begins with.
async fn organization_of_siret(database: &impl ConnectionTrait, siret: &str) -> Result<Option<Organization>> {
    let siren = siret.get(..9).unwrap_or(siret);
    for figures in [siret, siren] {
        let found = organization::Entity::find().filter(organization::Column::Siret.eq(figures)).limit(2);
        let mut found = found.all(database).await?;
        if found.len() == 1 {
            return found.pop().map(Organization::try_from).transpose();
        }
    }
    Ok(None)
}

impl TryFrom<identity::Model> for Identity {
    type Error = Error;

    fn try_from(row: identity::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            issuer: row.issuer,
            email: row.email,
            siret: row.siret,
            created_at: column::instant(row.created_at)?,
            last_used_at: column::optional_instant(row.last_used_at)?,
        })
    }
}
