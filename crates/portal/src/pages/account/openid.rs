//! Signing in at an OpenID Connect provider and coming back; one's identities there; ending the provider's session.
//! All of it without script.

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use catalog::account::Means;
use catalog::account::openid::{OpenIdError, Provider, Return};
use catalog::model::Organization;
use catalog::records::{OpenIdDeparture, OpenIdSignIn, Recognition};
use cookie::{Cookie, SameSite, time::Duration as CookieTime};
use serde::Deserialize;
use uuid::Uuid;

use super::super::address::Address;
use super::super::frame::{Frame, Link};
use super::next_of;
use super::sign_in::with_cookie;
use crate::State;
use crate::client::Client;
use crate::i18n::Text;
use crate::pages::Reader;
use crate::problem::{Kind, Problem};
use crate::session::{self, Visitor};

/// Where the provider sends the browser back to; registered there.
const RETURN: &str = "/sign-in/openid/return";
/// Where the provider sends the browser once its session is over; registered there.
const SIGNED_OUT: &str = "/sign-out/openid";
/// Ties a departure to its return: what one browser began, another can't end.
const BROWSER: &str = "cocagne-openid";
/// The ID token, sent only when one signs out.
const ID_TOKEN: &str = "cocagne-openid-session";
/// Browsers drop longer cookies.
const LONGEST_COOKIE: usize = 3_900;

/// How one leaves.
#[derive(Debug, Default, Deserialize)]
pub struct Leaving {
    next: Option<String>,
    /// Whether the provider is to ask who it is although it knows.
    again: Option<String>,
}

/// Leaves for the provider.
pub async fn leave(
    reader: Reader,
    Extract(state): Extract<State>,
    headers: HeaderMap,
    Query(leaving): Query<Leaving>,
) -> Response {
    let Some(provider) = &state.config.openid else { return reader.fail(&none()) };
    let then = leaving.next.as_deref().map_or("/account", next_of);
    let plan = Plan { then, account: None, again: leaving.again.is_some() };
    match depart(&reader, &state, &headers, provider, plan).await {
        Ok((url, cookie)) => with_cookie_if_any(reader.redirect(&url), cookie),
        Err(error) => fault(&reader, provider, error),
    }
}

/// Leaves for the provider to add an identity to one's account. Only a form of this portal does: another site could
/// else have somebody else's identity added.
pub async fn add(reader: Reader, Extract(state): Extract<State>, headers: HeaderMap) -> Response {
    let Some(provider) = &state.config.openid else { return reader.fail(&none()) };
    let account = reader.visitor.user.as_ref().map(|user| user.id);
    let plan = Plan { then: "/account/identities?done=added", account, again: false };
    match depart(&reader, &state, &headers, provider, plan).await {
        Ok((url, cookie)) => {
            let t = reader.t;
            let words = [t.with("onward-title", "provider", provider.name()), t.get("onward-text")];
            with_cookie_if_any(onward(&reader, provider, words, url), cookie)
        }
        Err(error) => fault(&reader, provider, error),
    }
}

/// What one leaves for.
struct Plan<'a> {
    then: &'a str,
    account: Option<Uuid>,
    again: bool,
}

async fn depart(
    reader: &Reader,
    state: &State,
    headers: &HeaderMap,
    provider: &Provider,
    plan: Plan<'_>,
) -> Result<(String, Option<HeaderValue>), catalog::Error> {
    let browser = known_browser(state, headers).unwrap_or_else(new_browser);
    let redirect = format!("{}{RETURN}", reader.base);
    let Plan { then, account, again } = plan;
    let departure = OpenIdDeparture { redirect: &redirect, then, browser: &browser, account, again };
    let url = state.platform.records.begin_openid(provider, departure).await?;
    Ok((url, cookie(state, BROWSER, browser, "/", CookieTime::minutes(15))))
}

/// Comes back from the provider.
pub async fn come_back(
    reader: Reader,
    Extract(state): Extract<State>,
    headers: HeaderMap,
    client: Client,
    Query(answer): Query<Return>,
) -> Response {
    let Some(provider) = &state.config.openid else { return reader.fail(&none()) };
    let browser = known_browser(&state, &headers).unwrap_or_default();
    match state.platform.records.end_openid(provider, &browser, &answer).await {
        Ok(arrival) => match welcome(&reader, &state, &client, &arrival).await {
            Ok(response) => response,
            Err(problem) => reader.fail(&problem),
        },
        // Who goes back to this address, or loads it again, is signed in already.
        Err(catalog::Error::OpenId(OpenIdError::Stale)) if reader.visitor.user.is_some() => reader.redirect("/account"),
        Err(error) => fault(&reader, provider, error),
    }
}

async fn welcome(reader: &Reader, state: &State, client: &Client, arrival: &OpenIdSignIn) -> Result<Response, Problem> {
    session::end(state, &reader.visitor).await?;
    let session = session::start(state, &arrival.user, Means::Openid, client).await?;
    let lost = arrival.user.memberships.is_empty() && !arrival.user.superuser;
    let next = match arrival.recognition {
        Recognition::Created => "/account/identities?done=created",
        Recognition::Invited => "/account/identities?done=invited",
        _ if lost => "/account/identities",
        _ => next_of(&arrival.then),
    };
    let response = with_cookie(reader.redirect(next), session);
    let id_token = if arrival.id_token.len() <= LONGEST_COOKIE { arrival.id_token.clone() } else { String::new() };
    let lasts = CookieTime::try_from(state.config.sessions.absolute).unwrap_or(CookieTime::WEEK);
    let response = with_cookie_if_any(response, cookie(state, ID_TOKEN, id_token, "/sign-out", lasts));
    Ok(with_cookie_if_any(response, cookie(state, BROWSER, String::new(), "/", CookieTime::ZERO)))
}

#[derive(Template)]
#[template(path = "account/openid_fault.html")]
struct FaultPage {
    t: Text,
    frame: Frame,
    provider: String,
    title: String,
    text: String,
    detail: Option<String>,
}

/// Why nobody was signed in, in words, with the other ways in.
fn fault(reader: &Reader, provider: &Provider, error: catalog::Error) -> Response {
    let catalog::Error::OpenId(error) = error else { return reader.fail(&Problem::from(error)) };
    if error.is_providers() {
        tracing::warn!(issuer = provider.issuer(), %error, "signing in at the OpenID provider failed");
    }
    let t = reader.t;
    let status = match &error {
        OpenIdError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        OpenIdError::Untrusted(_) => StatusCode::BAD_GATEWAY,
        OpenIdError::Stale => StatusCode::BAD_REQUEST,
        OpenIdError::Taken => StatusCode::CONFLICT,
        OpenIdError::Denied { .. } | OpenIdError::NoTrustedEmail | OpenIdError::NoAccount { .. } => {
            StatusCode::FORBIDDEN
        }
    };
    let detail = match &error {
        OpenIdError::NoAccount { email: Some(email) } => {
            Some(t.with2("openid-identified-as", "provider", provider.name(), "email", email))
        }
        OpenIdError::Denied { code, .. } if code != "access_denied" => Some(t.with("openid-said", "code", code)),
        _ => None,
    };
    let title = t.with(&format!("{}-title", error.code()), "provider", provider.name());
    let mut frame = Frame::new(reader, "account", title.as_str(), title.as_str());
    frame.indexed = false;
    frame.sign_in = "/sign-in".to_owned();
    let text = t.with(&format!("{}-text", error.code()), "provider", provider.name());
    reader.own_as(status, Ok(FaultPage { t, frame, provider: provider.name().to_owned(), title, text, detail }))
}

#[derive(Template)]
#[template(path = "account/identities.html")]
struct IdentitiesPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    provider: Option<String>,
    identities: Vec<Row>,
    notice: Option<String>,
    fault: Option<String>,
    without_role: bool,
    proposal: Option<Proposal>,
}

struct Row {
    id: Uuid,
    provider: String,
    email: Option<String>,
    created: String,
    used: Option<String>,
}

/// The organisation that the person seems to work for.
struct Proposal {
    sentence: String,
    organization: Link,
    email: Option<String>,
}

/// One's own identities.
pub async fn list(reader: Reader, Extract(state): Extract<State>) -> Response {
    let page = page(&reader, &state, None).await;
    reader.own(page)
}

async fn page(reader: &Reader, state: &State, fault: Option<String>) -> Result<IdentitiesPage, Problem> {
    let t = reader.t;
    let user = reader.visitor.person()?;
    let records = &state.platform.records;
    let provider = state.config.openid.as_ref();
    let identities = records.identities(user.id).await?;
    let proposal = records.proposed_organization(user).await?.map(|organization| proposal(&organization, &t));
    let mut frame = Frame::new(reader, "account", t.get("identities-title"), t.get("identities-lead"));
    frame.indexed = false;
    let notice = match Address::of(&reader.uri).get("done") {
        Some("added") => Some(t.get("identities-added")),
        Some("removed") => Some(t.get("identities-removed")),
        Some("created") => Some(t.get("identities-created")),
        Some("invited") => Some(t.get("identities-invited")),
        _ => None,
    };
    Ok(IdentitiesPage {
        t,
        frame,
        crumbs: vec![Link::new("/account", t.get("sign-in-crumb"))],
        provider: provider.map(|provider| provider.name().to_owned()),
        identities: identities
            .into_iter()
            .map(|identity| Row {
                id: identity.id,
                provider: match provider.filter(|provider| provider.issuer() == identity.issuer) {
                    Some(provider) => provider.name().to_owned(),
                    None => identity.issuer,
                },
                email: identity.email,
                created: t.with("identities-since", "at", &t.instant(&identity.created_at)),
                used: identity.last_used_at.map(|at| t.with("passkeys-used", "at", &t.instant(&at))),
            })
            .collect(),
        notice,
        fault,
        without_role: user.memberships.is_empty() && !user.superuser,
        proposal,
    })
}

fn proposal(organization: &Organization, t: &Text) -> Proposal {
    Proposal {
        sentence: t.get("identities-proposal"),
        organization: Link::new(format!("/organizations/{}", organization.slug), organization.name.as_str()),
        email: organization.email.clone(),
    }
}

/// Removes one of one's own identities.
pub async fn remove(reader: Reader, Extract(state): Extract<State>, Path(id): Path<Uuid>) -> Response {
    let removed = async {
        let user = reader.visitor.person()?;
        state.platform.records.remove_identity(user, id).await.map_err(Problem::from)
    };
    match removed.await {
        Ok(()) => reader.redirect("/account/identities?done=removed"),
        Err(problem) if problem.kind() == Kind::Conflict => {
            let page = page(&reader, &state, Some(reader.t.get("fault-only-way"))).await;
            reader.own_as(problem.status(), page)
        }
        Err(problem) => reader.fail(&problem),
    }
}

#[derive(Template)]
#[template(path = "account/onward.html")]
struct OnwardPage {
    t: Text,
    frame: Frame,
    provider: String,
    title: String,
    text: String,
    url: String,
}

/// A page that goes on to the provider by itself. It is no redirect: the policy of every page lets forms lead to this
/// portal alone.
fn onward(reader: &Reader, provider: &Provider, [title, text]: [String; 2], url: String) -> Response {
    // The page's button is for browsers that don't follow it.
    let refresh = HeaderValue::from_str(&format!("0; url={url}"));
    let mut frame = Frame::new(reader, "account", title.as_str(), title.as_str());
    frame.indexed = false;
    let provider = provider.name().to_owned();
    let mut response = reader.own(Ok(OnwardPage { t: reader.t, frame, provider, title, text, url }));
    if let Ok(refresh) = refresh {
        response.headers_mut().insert(header::REFRESH, refresh);
    }
    response
}

/// Where somebody who signed in at the provider goes on to sign out there too; `None` when they came another way, or
/// the provider can't be asked.
pub async fn farewell(reader: &mut Reader, state: &State, headers: &HeaderMap) -> Option<Response> {
    let provider = state.config.openid.as_ref()?;
    reader.visitor.session.as_ref().filter(|session| session.means == Means::Openid)?;
    let id_token = cookie_value(state, headers, ID_TOKEN).filter(|token| !token.is_empty())?;
    let redirect = format!("{}{SIGNED_OUT}", reader.base);
    let url = state.platform.records.begin_openid_sign_out(provider, &id_token, &redirect).await;
    let url = url.inspect_err(|error| tracing::warn!(%error, "the OpenID provider's session goes on")).ok()??;
    // The session is over: the page is nobody's.
    reader.visitor = Visitor::default();
    let words = [reader.t.get("farewell-title"), reader.t.with("farewell-text", "provider", provider.name())];
    let forgotten = cookie(state, ID_TOKEN, String::new(), "/sign-out", CookieTime::ZERO);
    Some(with_cookie_if_any(onward(reader, provider, words, url), forgotten))
}

/// What comes back from the provider when its session is over.
#[derive(Debug, Default, Deserialize)]
pub struct SignedOut {
    state: Option<String>,
}

/// The way home after both sessions are over.
pub async fn signed_out(reader: Reader, Extract(state): Extract<State>, Query(answer): Query<SignedOut>) -> Response {
    let asked = state.platform.records.end_openid_sign_out(answer.state.as_deref().unwrap_or_default()).await;
    match asked {
        Ok(true) => reader.redirect("/sign-in?done=signed-out"),
        Ok(false) => reader.redirect("/"),
        Err(error) => reader.fail(&Problem::from(error)),
    }
}

fn none() -> Problem {
    Problem::new(Kind::NotFound, "no OpenID provider is configured here")
}

/// 244 random bits.
fn new_browser() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

/// Another tab may be on its way already.
fn known_browser(state: &State, headers: &HeaderMap) -> Option<String> {
    let well_formed = |value: &String| value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    cookie_value(state, headers, BROWSER).filter(well_formed)
}

fn cookie_value(state: &State, headers: &HeaderMap, name: &str) -> Option<String> {
    let name = prefixed(state, name);
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = values.flat_map(Cookie::split_parse).filter_map(Result::ok);
    cookies.find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
}

/// Over TLS browsers take the prefix only with `Secure`.
fn prefixed(state: &State, name: &str) -> String {
    if state.config.is_https() { format!("__Secure-{name}") } else { name.to_owned() }
}

fn cookie(state: &State, name: &str, value: String, path: &'static str, lasts: CookieTime) -> Option<HeaderValue> {
    let cookie = Cookie::build((prefixed(state, name), value))
        .path(path)
        .http_only(true)
        .secure(state.config.is_https())
        .same_site(SameSite::Lax)
        .max_age(lasts)
        .build();
    HeaderValue::from_str(&cookie.to_string()).ok()
}

fn with_cookie_if_any(response: Response, cookie: Option<HeaderValue>) -> Response {
    match cookie {
        Some(cookie) => with_cookie(response, cookie),
        None => response,
    }
}
