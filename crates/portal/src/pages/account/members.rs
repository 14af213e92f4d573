//! The members of an organisation: who they are, what they may do, who is invited; the organisation's tokens.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use catalog::account::{Invitation, NewInvitation, Purpose, Role, User};
use catalog::mail::Mail;
use catalog::model::{Organization, Page};
use catalog::records::{InvitationDraft, Owned, Owner};
use uuid::Uuid;

use super::super::address::Address;
use super::super::card::organization_href;
use super::super::frame::{Frame, Link, name_of};
use super::fields::Fields;
use super::token::{self, Choice};
use crate::State;
use crate::i18n::Text;
use crate::pages::Reader;
use crate::problem::{Kind, Problem};

#[derive(Template)]
#[template(path = "account/members.html")]
struct MembersPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    lead: String,
    notice: Option<String>,
    fault: Option<Fault>,
    members: Vec<Member>,
    invite: String,
    /// What was asked for, when it could not be done.
    email: String,
    roles: Vec<Choice>,
    invitations: Vec<Open>,
    made: Option<Made>,
    tokens: token::Table,
}

struct Fault {
    part: &'static str,
    sentence: String,
}

struct Member {
    action: String,
    name: String,
    email: String,
    roles: Vec<Choice>,
}

struct Open {
    revoke: String,
    email: String,
    role: String,
    until: String,
}

/// A link just made: it is shown this once.
struct Made {
    email: String,
    url: String,
    until: String,
    /// Whether it was mailed.
    told: String,
}

impl MembersPage {
    fn fault_of(&self, part: &str) -> Option<&String> {
        self.fault.as_ref().filter(|fault| fault.part == part).map(|fault| &fault.sentence)
    }
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>, Path(slug): Path<String>) -> Response {
    let page = async {
        let organization = administered(&reader, &state, &slug).await?;
        page(&reader, &state, &organization).await
    };
    reader.own(page.await)
}

/// The organisation, when the reader administers it.
async fn administered(reader: &Reader, state: &State, slug: &str) -> Result<Organization, Problem> {
    let organization = state.platform.records.organization(slug).await?;
    let organization = organization.ok_or_else(|| Problem::not_found("organization", slug))?;
    if reader.visitor.actor()?.has_role(organization.id, Role::Administrator) {
        return Ok(organization);
    }
    Err(Problem::new(Kind::Forbidden, "only an administrator of the organisation may do this"))
}

async fn page(reader: &Reader, state: &State, organization: &Organization) -> Result<MembersPage, Problem> {
    let t = reader.t;
    let records = &state.platform.records;
    let home = organization_href(&organization.slug);
    let members = records.members(organization.id).await?;
    let tokens = records.tokens_of(Owned::ByOrganization(organization.id), Page::WHOLE).await?.items;
    let invitations = records.open_invitations(organization.id).await?;
    let done = Address::of(&reader.uri).get("done").map(|done| format!("members-done-{done}"));
    let lead = t.with("members-lead", "organization", &organization.name);
    let mut frame = Frame::new(reader, "organizations", t.get("members-title"), lead.as_str());
    frame.indexed = false;
    Ok(MembersPage {
        crumbs: vec![
            Link::new("/organizations", t.get("nav-organizations")),
            Link::new(home.as_str(), organization.name.as_str()),
        ],
        lead,
        notice: done.and_then(|key| t.find(&key)),
        fault: None,
        members: members.iter().map(|(user, role)| member(&t, &home, user, *role)).collect(),
        invite: format!("{home}/invitations"),
        email: String::new(),
        roles: roles(&t, Role::Contributor),
        invitations: invitations.iter().map(|invitation| open(&t, &home, invitation)).collect(),
        made: None,
        tokens: token::Table::new(&t, &format!("{home}/tokens"), &tokens, reader.now),
        t,
        frame,
    })
}

fn member(t: &Text, home: &str, user: &User, role: Role) -> Member {
    Member {
        action: format!("{home}/members/{}", user.id),
        name: name_of(user).to_owned(),
        email: user.email.clone(),
        roles: roles(t, role),
    }
}

fn roles(t: &Text, chosen: Role) -> Vec<Choice> {
    let choice = |role: Role| Choice {
        value: role.as_str().to_owned(),
        label: t.get(&format!("role-{}", role.as_str())),
        chosen: role == chosen,
    };
    Role::ALL.map(choice).into()
}

fn open(t: &Text, home: &str, invitation: &Invitation) -> Open {
    let role = match invitation.purpose {
        Purpose::Join { role, .. } => t.get(&format!("role-{}", role.as_str())),
        Purpose::Password { .. } | Purpose::SignIn { .. } => String::new(),
    };
    Open {
        revoke: format!("{home}/invitations/{}/revoke", invitation.id),
        email: invitation.email.clone(),
        role,
        until: t.day(&invitation.expires_at),
    }
}

/// Gives another role, or takes the one that is there away.
pub async fn change_role(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((slug, account)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let outcome = async {
        let organization = administered(&reader, &state, &slug).await?;
        let role = match fields.get("role") {
            "" => None,
            name => Some(Role::parse(name).ok_or_else(|| Problem::new(Kind::BadRequest, "no role has this name"))?),
        };
        let account = Uuid::try_parse(&account).map_err(|_| Problem::not_found("user", &account))?;
        let organization = organization.id.to_string();
        state.platform.records.set_role(&account.to_string(), &organization, role, reader.visitor.actor()?).await?;
        Ok::<_, Problem>(if role.is_some() { "role" } else { "removed" })
    };
    match outcome.await {
        Err(problem) if problem.kind() == Kind::Conflict => {
            let sentence = reader.t.get("members-last-administrator");
            again(&reader, &state, &slug, StatusCode::CONFLICT, |page| {
                page.fault = Some(Fault { part: "members", sentence });
            })
            .await
        }
        outcome => finish(&reader, &slug, outcome),
    }
}

/// Invites somebody; the link is mailed when this portal sends mail, and shown in any case.
pub async fn invite(
    reader: Reader,
    Extract(state): Extract<State>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Response {
    let email = fields.line("email").to_owned();
    match make(&reader, &state, &slug, &fields).await {
        Ok(made) => again(&reader, &state, &slug, StatusCode::OK, |page| page.made = Some(made)).await,
        Err(problem) if problem.kind() == Kind::BadRequest => {
            let sentence = reader.t.get("members-email-wrong");
            again(&reader, &state, &slug, StatusCode::UNPROCESSABLE_ENTITY, |page| {
                page.fault = Some(Fault { part: "invite", sentence });
                page.email = email;
            })
            .await
        }
        Err(problem) => reader.fail(&problem),
    }
}

async fn make(reader: &Reader, state: &State, slug: &str, fields: &Fields) -> Result<Made, Problem> {
    let organization = administered(reader, state, slug).await?;
    let role = Role::parse(fields.get("role")).ok_or_else(|| Problem::new(Kind::BadRequest, "choose a role"))?;
    let email = fields.line("email").to_owned();
    let draft = InvitationDraft::Join { email, organization: organization.id.to_string(), role };
    let records = &state.platform.records;
    let new = records.invite(draft, state.config.invitation_time, reader.visitor.actor()?).await?;
    let url = format!("{}/invitation/{}", reader.base, new.secret);
    let told = match mail(reader, state, &organization, role, &new, &url).await {
        Ok(true) => "members-link-mailed",
        Ok(false) => "members-link-to-copy",
        Err(error) => {
            tracing::error!(%error, "an invitation could not be mailed");
            "members-link-not-mailed"
        }
    };
    let t = reader.t;
    let email = new.invitation.email;
    let told = t.with(told, "email", &email);
    Ok(Made { email, url, until: t.day(&new.invitation.expires_at), told })
}

/// Gives whether mail is sent at all.
async fn mail(
    reader: &Reader,
    state: &State,
    organization: &Organization,
    role: Role,
    new: &NewInvitation,
    url: &str,
) -> catalog::Result<bool> {
    let Some(mailer) = state.mailer() else { return Ok(false) };
    let t = reader.t;
    let (role, until) = (t.get(&format!("role-{}", role.as_str())), t.day(&new.invitation.expires_at));
    let by = reader.visitor.user.as_ref().map(name_of).unwrap_or_default();
    let values = [
        ("organization", organization.name.as_str()),
        ("site", state.config.site_name.as_str()),
        ("role", &role),
        ("by", by),
        ("url", url),
        ("until", &until),
    ];
    let mail = Mail {
        to: new.invitation.email.clone(),
        subject: t.with_all("mail-invitation-subject", &values),
        text: t.with_all("mail-invitation-text", &values),
    };
    mailer.send(mail).await.map(|()| true)
}

/// Makes an invitation useless.
pub async fn revoke_invitation(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((slug, id)): Path<(String, String)>,
) -> Response {
    let outcome = async {
        let organization = administered(&reader, &state, &slug).await?;
        let id = Uuid::try_parse(&id).map_err(|_| Problem::not_found("invitation", &id))?;
        state.platform.records.revoke_invitation(organization.id, id, reader.visitor.actor()?).await?;
        Ok("invitation")
    };
    finish(&reader, &slug, outcome.await)
}

/// Creates a token of the organisation and shows its secret, this once.
pub async fn create_token(
    reader: Reader,
    Extract(state): Extract<State>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Response {
    let created = async {
        let organization = administered(&reader, &state, &slug).await?;
        token::create(&reader, &state, Owner::Organization(organization.id.to_string()), &fields).await
    };
    match created.await {
        Ok(Ok(made)) => again(&reader, &state, &slug, StatusCode::OK, |page| page.tokens.made = Some(made)).await,
        Ok(Err(sentence)) => {
            again(&reader, &state, &slug, StatusCode::UNPROCESSABLE_ENTITY, |page| {
                page.fault = Some(Fault { part: "tokens", sentence });
            })
            .await
        }
        Err(problem) => reader.fail(&problem),
    }
}

/// Revokes a token of the organisation.
pub async fn revoke_token(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((slug, id)): Path<(String, String)>,
) -> Response {
    let outcome = async {
        administered(&reader, &state, &slug).await?;
        token::revoke(&reader, &state, &id).await?;
        Ok("token")
    };
    finish(&reader, &slug, outcome.await)
}

/// The page once more, with something added.
async fn again(
    reader: &Reader,
    state: &State,
    slug: &str,
    status: StatusCode,
    add: impl FnOnce(&mut MembersPage),
) -> Response {
    let page = async {
        let organization = administered(reader, state, slug).await?;
        let mut page = page(reader, state, &organization).await?;
        add(&mut page);
        Ok(page)
    };
    reader.own_as(status, page.await)
}

fn finish(reader: &Reader, slug: &str, outcome: Result<&'static str, Problem>) -> Response {
    match outcome {
        Ok(done) => {
            let address = Address::path(format!("{}/members", organization_href(slug)));
            reader.redirect(&address.with("done", done).href())
        }
        Err(problem) => reader.fail(&problem),
    }
}
