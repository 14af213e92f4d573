//! Who visits: a person with a session's cookie, a program with a token, or nobody.
//!
//! The cookie holds the session's secret, of which the catalogue keeps a hash. Forms carry a second secret derived from
//! it, which [`crate::access`] asks for before anything is changed.

use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, HeaderValue, header, request::Parts};
use catalog::Actor;
use catalog::account::{Means, Session, User};
use cookie::{Cookie, SameSite, time::Duration as CookieTime};
use sha2::{Digest as _, Sha256};

use crate::State;
use crate::client::Client;
use crate::problem::Problem;

/// The cookie over TLS: browsers take the prefix only with `Secure`, for this host alone.
const SECURE_NAME: &str = "__Host-cocagne";
/// The cookie where there is no TLS, on a machine of one's own.
const PLAIN_NAME: &str = "cocagne";

/// Extractor: who sends a request.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// The person, when they are signed in with a browser.
    pub user: Option<User>,
    /// The person, or the bearer of a token.
    pub actor: Option<Actor>,
    /// What forms of this session must carry in their field `csrf` (scripts: in the header `x-csrf-token`); empty
    /// without a session.
    pub csrf: String,
    /// The session of the cookie.
    pub session: Option<Session>,
}

impl FromRequestParts<State> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Problem> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let visitor = Self::of(state, &parts.headers).await?;
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}

impl Visitor {
    /// Who sends a request with these headers. A token wins over a cookie: who sends one means it.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub async fn of(state: &State, headers: &HeaderMap) -> Result<Self, Problem> {
        let records = &state.platform.records;
        if let Some(secret) = bearer(headers) {
            let actor = records.authenticate(secret).await?;
            return Ok(Self { actor, ..Self::default() });
        }
        let Some(secret) = secret(state, headers) else { return Ok(Self::default()) };
        let found = records.session(&secret, &state.config.sessions).await?;
        Ok(found.map_or_else(Self::default, |(session, user)| Self {
            actor: Some(Actor::user(&user)),
            user: Some(user),
            csrf: csrf_of(&secret),
            session: Some(session),
        }))
    }

    /// The person, signed in with a browser.
    ///
    /// # Errors
    /// [`crate::problem::Kind::Unauthorized`] when there is none.
    pub fn person(&self) -> Result<&User, Problem> {
        self.user.as_ref().ok_or_else(|| unauthorized("sign in first"))
    }

    /// The person or the bearer of a token.
    ///
    /// # Errors
    /// [`crate::problem::Kind::Unauthorized`] when there is none.
    pub fn actor(&self) -> Result<&Actor, Problem> {
        self.actor.as_ref().ok_or_else(|| unauthorized("sign in first, or send a token: `Authorization: Bearer …`"))
    }

    /// Whether this is what forms of this session carry.
    pub fn is_own_csrf(&self, given: &str) -> bool {
        // Hashes are compared, so that the time of the comparison tells nothing of the secret.
        !self.csrf.is_empty() && Sha256::digest(given.as_bytes()) == Sha256::digest(self.csrf.as_bytes())
    }
}

fn unauthorized(detail: &str) -> Problem {
    Problem::new(crate::problem::Kind::Unauthorized, detail)
}

/// Begins a session of a person who proved who they are; gives the `Set-Cookie` header.
///
/// # Errors
/// When the catalogue fails.
pub async fn start(state: &State, user: &User, means: Means, client: &Client) -> Result<HeaderValue, Problem> {
    let records = &state.platform.records;
    let new = records.start_session(user.id, means, &client.device, &client.address_text()).await?;
    let lasts = CookieTime::try_from(state.config.sessions.absolute).unwrap_or(CookieTime::WEEK);
    set_cookie(cookie(state, new.secret, lasts))
}

/// Ends the visitor's session; gives the `Set-Cookie` header that makes the browser forget it.
///
/// # Errors
/// When the catalogue fails.
pub async fn end(state: &State, visitor: &Visitor) -> Result<HeaderValue, Problem> {
    if let Some(session) = &visitor.session {
        match state.platform.records.end_session(session.account, session.id).await {
            // It may have been ended meanwhile from another browser.
            Ok(()) | Err(catalog::Error::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    set_cookie(cookie(state, String::new(), CookieTime::ZERO))
}

fn cookie(state: &State, value: String, lasts: CookieTime) -> Cookie<'static> {
    Cookie::build((cookie_name(state), value))
        .path("/")
        .http_only(true)
        .secure(state.config.is_https())
        .same_site(SameSite::Lax)
        .max_age(lasts)
        .build()
}

fn set_cookie(cookie: Cookie<'static>) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(&cookie.to_string()).map_err(|_| Problem::from(std::io::Error::other("a cookie's name")))
}

fn cookie_name(state: &State) -> &'static str {
    if state.config.is_https() { SECURE_NAME } else { PLAIN_NAME }
}

/// The token of `Authorization: Bearer …`, when it is one of ours: proxies may ask for passwords of their own.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// Whether the request carries the cookie of a session, good or not.
pub(crate) fn has_cookie(state: &State, headers: &HeaderMap) -> bool {
    secret(state, headers).is_some()
}

fn secret(state: &State, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(state);
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = values.flat_map(Cookie::split_parse).filter_map(Result::ok);
    cookies.find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
}

/// What forms carry: told to pages of this site alone, and useless to find the cookie.
fn csrf_of(secret: &str) -> String {
    let digest = Sha256::digest(format!("csrf {secret}").as_bytes());
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        text.extend([byte >> 4, byte & 15].map(|half| char::from_digit(u32::from(half), 16).unwrap_or('0')));
        text
    })
}
