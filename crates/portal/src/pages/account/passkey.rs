//! Passkeys: one's own, and signing in with one. The device speaks through a script (`passkey.js`); everything else is
//! plain forms.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use catalog::account::passkey::{Passkey, RelyingParty};
use catalog::account::{Means, User};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::frame::{Frame, Link};
use super::device;
use super::fields::Fields;
use super::next_of;
use super::sign_in::with_cookie;
use crate::State;
use crate::client::Client;
use crate::i18n::Text;
use crate::pages::Reader;
use crate::problem::{Kind, Problem};
use crate::session;

/// Script of pages with passkeys.
pub const SCRIPT: &str = "passkey.js";

#[derive(Template)]
#[template(path = "account/passkeys.html")]
struct PasskeysPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    passkeys: Vec<Row>,
    /// Whether browsers offer passkeys under this portal's address.
    offered: bool,
    /// What the new passkey is called unless its owner says otherwise.
    suggestion: String,
    notice: Option<String>,
    fault: Option<String>,
}

struct Row {
    id: Uuid,
    name: String,
    kind: String,
    created: String,
    used: String,
    remove: String,
}

/// One's own passkeys.
pub async fn list(reader: Reader, Extract(state): Extract<State>, client: Client) -> Response {
    let page = page(&reader, &state, &client, None).await;
    reader.own(page)
}

async fn page(reader: &Reader, state: &State, client: &Client, fault: Option<String>) -> Result<PasskeysPage, Problem> {
    let t = reader.t;
    let user = reader.visitor.person()?;
    let passkeys = state.platform.records.passkeys(user.id).await?;
    let mut frame = Frame::new(reader, "account", t.get("passkeys-title"), t.get("passkeys-lead"));
    frame.indexed = false;
    let offered = party(reader, state).is_some();
    if offered {
        frame.scripts.push(SCRIPT);
    }
    let done = super::super::address::Address::of(&reader.uri);
    let notice = match done.get("done") {
        Some("added") => Some(t.get("passkeys-added")),
        Some("renamed") => Some(t.get("passkeys-renamed")),
        Some("removed") => Some(t.get("passkeys-removed")),
        _ => None,
    };
    Ok(PasskeysPage {
        t,
        frame,
        crumbs: vec![Link::new("/account", t.get("sign-in-crumb"))],
        passkeys: passkeys.into_iter().map(|passkey| row(passkey, &t)).collect(),
        offered,
        suggestion: device::name(&t, &client.device),
        notice,
        fault,
    })
}

fn row(passkey: Passkey, t: &Text) -> Row {
    let never = || t.get("passkeys-never-used");
    Row {
        id: passkey.id,
        kind: t.get(if passkey.synced { "passkeys-synced" } else { "passkeys-device-bound" }),
        created: t.with("passkeys-created", "at", &t.instant(&passkey.created_at)),
        used: passkey.last_used_at.map_or_else(never, |at| t.with("passkeys-used", "at", &t.instant(&at))),
        remove: t.with("passkeys-remove-named", "name", &passkey.name),
        name: passkey.name,
    }
}

/// The site that passkeys are made for: as it's configured, or this machine to try things out. Another host is only
/// what a request says.
pub fn party(reader: &Reader, state: &State) -> Option<RelyingParty> {
    let party = RelyingParty::of(&reader.base)?;
    (state.config.public_url.is_some() || party.is_local()).then_some(party)
}

fn needed(reader: &Reader, state: &State) -> Result<RelyingParty, Problem> {
    party(reader, state).ok_or_else(|| {
        let detail = "browsers offer no passkeys under this address: the portal needs https and its --public-url";
        Problem::new(Kind::Conflict, detail).with("reason", "passkey-address")
    })
}

/// What the browser is asked for a new passkey.
pub async fn registration_options(reader: Reader, Extract(state): Extract<State>) -> Response {
    let options = async {
        let party = needed(&reader, &state)?;
        Ok(state.platform.records.begin_passkey(&party, reader.visitor.person()?).await?)
    };
    answer(&reader, options.await.map(|options: Value| Json(options).into_response()))
}

/// A browser's answer, with what its user calls it.
#[derive(Debug, Deserialize)]
pub struct Registration {
    name: String,
    answer: Value,
}

/// Keeps a new passkey.
pub async fn register(reader: Reader, Extract(state): Extract<State>, Json(sent): Json<Registration>) -> Response {
    let kept = async {
        let party = needed(&reader, &state)?;
        let user = reader.visitor.person()?;
        let answer = sent.answer.to_string();
        state.platform.records.add_passkey(&party, user, &sent.name, answer.as_bytes()).await.map_err(Problem::from)
    };
    let next = json!({ "next": "/account/passkeys?done=added" });
    answer(&reader, kept.await.map(|_| Json(next).into_response()))
}

/// Gives one of one's own passkeys another name.
pub async fn rename(
    reader: Reader,
    Extract(state): Extract<State>,
    Path(id): Path<Uuid>,
    client: Client,
    fields: Fields,
) -> Response {
    let records = &state.platform.records;
    let renamed = async { Ok(records.rename_passkey(reader.visitor.person()?, id, fields.line("name")).await?) };
    changed(&reader, &state, &client, renamed.await, "renamed").await
}

/// Removes one of one's own passkeys.
pub async fn remove(reader: Reader, Extract(state): Extract<State>, Path(id): Path<Uuid>, client: Client) -> Response {
    let records = &state.platform.records;
    let removed = async { Ok(records.remove_passkey(reader.visitor.person()?, id).await?) };
    changed(&reader, &state, &client, removed.await, "removed").await
}

async fn changed(
    reader: &Reader,
    state: &State,
    client: &Client,
    outcome: Result<(), Problem>,
    done: &str,
) -> Response {
    match outcome {
        Ok(()) => reader.redirect(&format!("/account/passkeys?done={done}")),
        Err(problem) if matches!(problem.kind(), Kind::Conflict | Kind::BadRequest) => {
            let fault = if problem.kind() == Kind::Conflict { "fault-only-way" } else { "fault-passkey-name" };
            let page = page(reader, state, client, Some(reader.t.get(fault))).await;
            reader.own_as(problem.status(), page)
        }
        Err(problem) => reader.fail(&problem),
    }
}

/// What the browser is asked to sign in.
pub async fn sign_in_options(reader: Reader, Extract(state): Extract<State>) -> Response {
    let options = async {
        let party = needed(&reader, &state)?;
        Ok(state.platform.records.begin_passkey_sign_in(&party).await?)
    };
    answer(&reader, options.await.map(|options: Value| Json(options).into_response()))
}

/// A browser's answer, with where its user wants to go.
#[derive(Debug, Deserialize)]
pub struct SignIn {
    answer: Value,
    next: Option<String>,
}

/// Signs in.
pub async fn sign_in(
    reader: Reader,
    Extract(state): Extract<State>,
    client: Client,
    Json(sent): Json<SignIn>,
) -> Response {
    let next = next_of(sent.next.as_deref().unwrap_or_default());
    let user = async {
        let party = needed(&reader, &state)?;
        Ok(state.platform.records.passkey_sign_in(&party, sent.answer.to_string().as_bytes()).await?)
    };
    match user.await {
        Ok(user) => {
            let welcome = welcome(&reader, &state, &user, &client, next).await;
            answer(&reader, welcome)
        }
        Err(problem) => answer(&reader, Err(problem)),
    }
}

async fn welcome(
    reader: &Reader,
    state: &State,
    user: &User,
    client: &Client,
    next: &str,
) -> Result<Response, Problem> {
    session::end(state, &reader.visitor).await?;
    let cookie = session::start(state, user, Means::Passkey, client).await?;
    Ok(with_cookie(Json(json!({ "next": next })).into_response(), cookie))
}

/// A refusal carries a sentence for the person, since a script only repeats it.
fn answer(reader: &Reader, outcome: Result<Response, Problem>) -> Response {
    match outcome {
        Ok(response) => response,
        Err(problem) => {
            let reason = problem.member("reason").and_then(Value::as_str).unwrap_or_default().to_owned();
            let key = if reason == "invalid" { "fault-passkey-invalid".to_owned() } else { format!("fault-{reason}") };
            let known = if key.starts_with("fault-passkey-") { reader.t.find(&key) } else { None };
            let message = known.unwrap_or_else(|| reader.t.get("fault-passkey-other"));
            problem.with("message", message).into_response()
        }
    }
}
