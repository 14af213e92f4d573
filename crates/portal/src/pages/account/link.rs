//! A one-time link: to join an organisation, to choose a new password, to sign in. Opening it changes nothing, so that
//! programs that look at links in mail don't use it up; the button does.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use catalog::account::{Invitation, Means, Purpose, password};
use catalog::records::Acceptance;

use super::super::address::Address;
use super::super::frame::Frame;
use super::fields::Fields;
use super::sign_in::with_cookie;
use crate::State;
use crate::client::Client;
use crate::i18n::Text;
use crate::pages::Reader;
use crate::problem::{Kind, Problem};
use crate::session;

#[derive(Template)]
#[template(path = "account/link.html")]
struct LinkPage {
    t: Text,
    frame: Frame,
    title: String,
    lead: String,
    email: String,
    name: String,
    fault: Option<String>,
    asks: Asks,
    button: String,
    /// Where to sign in and come back here.
    sign_in: String,
}

/// What a link asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// A name and a password, for a new account.
    Account,
    /// A new password.
    Password,
    /// Nothing but to go on.
    Nothing,
    /// To sign in first with the account that there is.
    SignIn,
}

/// The page of a link.
pub async fn show(reader: Reader, Extract(state): Extract<State>, Path(secret): Path<String>) -> Response {
    let page = async {
        let invitation = open(&state, &secret).await?;
        page(&reader, &state, &invitation, "", None).await
    };
    reader.own(page.await)
}

async fn open(state: &State, secret: &str) -> Result<Invitation, Problem> {
    let invitation = state.platform.records.open_invitation(secret).await?;
    invitation.ok_or_else(|| Problem::new(Kind::Gone, "this link was used already, was revoked, or is too old"))
}

async fn page(
    reader: &Reader,
    state: &State,
    invitation: &Invitation,
    name: &str,
    fault: Option<String>,
) -> Result<LinkPage, Problem> {
    let t = reader.t;
    let asks = asks(reader, state, invitation).await?;
    let (key, about) = match invitation.purpose {
        Purpose::Join { organization, role } => {
            let organization = state.platform.records.organization(&organization.to_string()).await?;
            let name = organization.map(|organization| organization.name).unwrap_or_default();
            ("link-join", [name, t.get(&format!("role-{}", role.as_str()))])
        }
        Purpose::Password { .. } => ("link-password", Default::default()),
        Purpose::SignIn { .. } => ("link-sign-in", Default::default()),
    };
    let [organization, role] = about;
    let values = [("organization", organization.as_str()), ("role", &role), ("email", &invitation.email)];
    let title = t.with_all(&format!("{key}-title"), &values);
    let lead = t.with_all(&format!("{key}-lead"), &values);
    let mut frame = Frame::new(reader, "account", title.as_str(), title.as_str());
    frame.indexed = false;
    frame.sign_in = "/sign-in".to_owned();
    let email = invitation.email.clone();
    let button = t.get(&format!("{key}-button"));
    let sign_in = Address::path("/sign-in").with("next", reader.uri.path()).href();
    Ok(LinkPage { t, frame, title, lead, email, name: name.to_owned(), fault, asks, button, sign_in })
}

async fn asks(reader: &Reader, state: &State, invitation: &Invitation) -> Result<Asks, Problem> {
    Ok(match invitation.purpose {
        Purpose::Password { .. } => Asks::Password,
        Purpose::SignIn { .. } => Asks::Nothing,
        Purpose::Join { .. } => match state.platform.records.user(&invitation.email).await? {
            None => Asks::Account,
            Some(owner) if reader.visitor.user.as_ref().is_some_and(|user| user.id == owner.id) => Asks::Nothing,
            Some(_) => Asks::SignIn,
        },
    })
}

/// Uses a link.
pub async fn accept(
    reader: Reader,
    Extract(state): Extract<State>,
    client: Client,
    Path(secret): Path<String>,
    fields: Fields,
) -> Response {
    match carry_out(&reader, &state, &client, &secret, &fields).await {
        Ok(Ok(response)) => response,
        Ok(Err(page)) => reader.own_as(StatusCode::UNPROCESSABLE_ENTITY, Ok(*page)),
        Err(problem) => reader.fail(&problem),
    }
}

/// Gives where to go on, or the page again with what is wrong.
async fn carry_out(
    reader: &Reader,
    state: &State,
    client: &Client,
    secret: &str,
    fields: &Fields,
) -> Result<Result<Response, Box<LinkPage>>, Problem> {
    let invitation = open(state, secret).await?;
    let name = fields.line("name");
    let fault = match asks(reader, state, &invitation).await? {
        Asks::Account | Asks::Password => fault(&reader.t, &invitation.email, name, fields.get("password")),
        Asks::SignIn => Some(reader.t.get("link-sign-in-first")),
        Asks::Nothing => None,
    };
    if fault.is_some() {
        return Ok(Err(Box::new(page(reader, state, &invitation, name, fault).await?)));
    }
    let chosen = fields.get("password");
    let password = (!chosen.is_empty()).then(|| chosen.to_owned());
    let acceptance = Acceptance { name: name.to_owned(), password };
    let by = reader.visitor.actor.as_ref();
    let used = state.platform.records.use_invitation(secret, acceptance, by).await?;
    let next = if matches!(invitation.purpose, Purpose::SignIn { .. }) { "/account?done=link" } else { "/account" };
    if !used.lets_in {
        return Ok(Ok(reader.redirect(next)));
    }
    session::end(state, &reader.visitor).await?;
    let cookie = session::start(state, &used.user, Means::Link, client).await?;
    Ok(Ok(with_cookie(reader.redirect(next), cookie)))
}

fn fault(t: &Text, email: &str, name: &str, chosen: &str) -> Option<String> {
    password::weakness(chosen, email, name).map(|weakness| t.get(&format!("password-{}", weakness.code())))
}
