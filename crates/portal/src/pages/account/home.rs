//! One's own account: name, password, sessions, tokens.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use catalog::account::{Session, SignIn, User, password};
use catalog::model::Page;
use catalog::records::{Owned, Owner};
use uuid::Uuid;

use super::super::address::Address;
use super::super::card::organization_href;
use super::super::frame::{Frame, Link, name_of};
use super::fields::Fields;
use super::{device, token};
use crate::State;
use crate::client::Client;
use crate::i18n::Text;
use crate::pages::Reader;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "account/home.html")]
struct AccountPage {
    t: Text,
    frame: Frame,
    notice: Option<String>,
    /// What is wrong with what was sent, and in which part of the page.
    fault: Option<Fault>,
    title: String,
    email: String,
    name: String,
    superuser: bool,
    organizations: Vec<Belonging>,
    has_password: bool,
    sessions: Vec<Line>,
    tokens: token::Table,
}

struct Fault {
    part: &'static str,
    sentence: String,
}

struct Belonging {
    link: Link,
    role: String,
    members: Option<String>,
}

/// A session as it is read.
struct Line {
    end: String,
    device: String,
    means: String,
    begun: String,
    used: String,
    current: bool,
}

impl AccountPage {
    fn fault_of(&self, part: &str) -> Option<&String> {
        self.fault.as_ref().filter(|fault| fault.part == part).map(|fault| &fault.sentence)
    }
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    let page = page(&reader, &state).await;
    reader.own(page)
}

async fn page(reader: &Reader, state: &State) -> Result<AccountPage, Problem> {
    let t = reader.t;
    let user = reader.visitor.person()?;
    let records = &state.platform.records;
    let sessions = records.sessions(user.id, &state.config.sessions).await?;
    let current = reader.visitor.session.as_ref().map(|session| session.id);
    let tokens = records.tokens_of(Owned::ByPerson(user.id), Page::WHOLE).await?.items;
    let done = Address::of(&reader.uri).get("done").map(|done| format!("account-done-{done}"));
    let mut frame = Frame::new(reader, "account", t.get("account-title"), t.get("account-title"));
    frame.indexed = false;
    Ok(AccountPage {
        notice: done.and_then(|key| t.find(&key)),
        fault: None,
        title: name_of(user).to_owned(),
        email: user.email.clone(),
        name: user.name.clone(),
        superuser: user.superuser,
        organizations: organizations(state, &t, user).await?,
        has_password: records.has_password(user.id).await?,
        sessions: sessions.iter().map(|session| line(&t, session, current)).collect(),
        tokens: token::Table::new(&t, "/account/tokens", &tokens, reader.now),
        t,
        frame,
    })
}

async fn organizations(state: &State, t: &Text, user: &User) -> Result<Vec<Belonging>, Problem> {
    let mut found = Vec::new();
    for membership in &user.memberships {
        let Some(organization) = state.platform.records.organization(&membership.organization.to_string()).await?
        else {
            continue;
        };
        let href = organization_href(&organization.slug);
        let members = (membership.role == catalog::account::Role::Administrator).then(|| format!("{href}/members"));
        let role = t.get(&format!("role-{}", membership.role.as_str()));
        found.push(Belonging { link: Link::new(href, organization.name), role, members });
    }
    found.sort_by(|one, other| one.link.label.cmp(&other.link.label));
    Ok(found)
}

fn line(t: &Text, session: &Session, current: Option<Uuid>) -> Line {
    Line {
        end: format!("/account/sessions/{}/end", session.id),
        device: device::name(t, &session.device),
        means: t.get(&format!("session-by-{}", session.means.as_str())),
        begun: t.instant(&session.created_at),
        used: t.instant(&session.last_used_at),
        current: current == Some(session.id),
    }
}

/// Changes the name.
pub async fn rename(reader: Reader, Extract(state): Extract<State>, fields: Fields) -> Response {
    let outcome = async {
        let user = reader.visitor.person()?;
        let actor = reader.visitor.actor()?;
        state.platform.records.rename_user(&user.id.to_string(), fields.line("name"), actor).await?;
        Ok(())
    };
    finish(&reader, outcome.await, "name")
}

/// Changes the password, or sets the first; other sessions end.
pub async fn change_password(
    reader: Reader,
    Extract(state): Extract<State>,
    client: Client,
    fields: Fields,
) -> Response {
    match put_password(&reader, &state, &client, &fields).await {
        Ok(None) => reader.redirect("/account?done=password"),
        Ok(Some(sentence)) => {
            let page = page(&reader, &state).await;
            let fault = Some(Fault { part: "password", sentence });
            reader.own_as(StatusCode::UNPROCESSABLE_ENTITY, page.map(|page| AccountPage { fault, ..page }))
        }
        Err(problem) => reader.fail(&problem),
    }
}

/// Gives what is wrong with what was sent, in words.
async fn put_password(
    reader: &Reader,
    state: &State,
    client: &Client,
    fields: &Fields,
) -> Result<Option<String>, Problem> {
    let t = reader.t;
    let (user, actor) = (reader.visitor.person()?, reader.visitor.actor()?);
    let records = &state.platform.records;
    let chosen = fields.get("password");
    if let Some(weakness) = password::weakness(chosen, &user.email, &user.name) {
        return Ok(Some(t.get(&format!("password-{}", weakness.code()))));
    }
    if records.has_password(user.id).await? {
        match records.sign_in(&user.email, fields.get("current"), client.address).await? {
            SignIn::Welcome(_) => {}
            SignIn::Wrong => return Ok(Some(t.get("password-current-wrong"))),
            SignIn::Wait(wait) => return Ok(Some(t.count("sign-in-wait", &(wait.as_secs() + 1)))),
        }
    }
    let kept = reader.visitor.session.as_ref().map(|session| session.id);
    records.set_password(&user.id.to_string(), chosen.to_owned(), kept, actor).await?;
    Ok(None)
}

/// Ends one session.
pub async fn end_session(reader: Reader, Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    let outcome = async {
        let user = reader.visitor.person()?;
        let id = Uuid::try_parse(&id).map_err(|_| Problem::not_found("session", &id))?;
        Ok(state.platform.records.end_session(user.id, id).await?)
    };
    finish(&reader, outcome.await, "session")
}

/// Ends all sessions but this one.
pub async fn end_other_sessions(reader: Reader, Extract(state): Extract<State>) -> Response {
    let outcome = async {
        let user = reader.visitor.person()?;
        let kept = reader.visitor.session.as_ref().map(|session| session.id);
        state.platform.records.end_sessions(user.id, kept).await?;
        Ok(())
    };
    finish(&reader, outcome.await, "sessions")
}

/// Creates a token and shows its secret, this once.
pub async fn create_token(reader: Reader, Extract(state): Extract<State>, fields: Fields) -> Response {
    let created = token::create(&reader, &state, Owner::Person, &fields).await;
    let (status, made, sentence) = match created {
        Ok(Ok(made)) => (StatusCode::OK, Some(made), None),
        Ok(Err(sentence)) => (StatusCode::UNPROCESSABLE_ENTITY, None, Some(sentence)),
        Err(problem) => return reader.fail(&problem),
    };
    let page = page(&reader, &state).await.map(|mut page| {
        page.tokens.made = made;
        page.fault = sentence.map(|sentence| Fault { part: "tokens", sentence });
        page
    });
    reader.own_as(status, page)
}

/// Revokes a token.
pub async fn revoke_token(reader: Reader, Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    finish(&reader, token::revoke(&reader, &state, &id).await, "token")
}

fn finish(reader: &Reader, outcome: Result<(), Problem>, done: &str) -> Response {
    match outcome {
        Ok(()) => reader.redirect(&Address::path("/account").with("done", done).href()),
        Err(problem) => reader.fail(&problem),
    }
}
