//! To sign in with a password, and out.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use catalog::account::{Means, SignIn};

use super::super::address::Address;
use super::super::frame::Frame;
use super::fields::Fields;
use super::ways::Ways;
use super::{next_of, openid, passkey};
use crate::State;
use crate::client::Client;
use crate::i18n::Text;
use crate::pages::Reader;
use crate::problem::Problem;
use crate::session;

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct SignInPage {
    t: Text,
    frame: Frame,
    email: String,
    next: String,
    fault: Option<String>,
    notice: Option<String>,
    ways: Ways,
}

/// The page; who is signed in already goes on.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    let address = Address::of(&reader.uri);
    let next = address.get("next").map(next_of).unwrap_or("/account");
    if reader.visitor.user.is_some() {
        return reader.redirect(next);
    }
    let notice = match address.get("done") {
        Some("link") => Some(reader.t.get("sign-in-link-sent")),
        Some("signed-out") => Some(reader.t.get("sign-in-signed-out")),
        _ => None,
    };
    reader.own(Ok(SignInPage { notice, ..page(&reader, &state, "", next, None) }))
}

fn page(reader: &Reader, state: &State, email: &str, next: &str, fault: Option<String>) -> SignInPage {
    let t = reader.t;
    let mut frame = Frame::new(reader, "account", t.get("sign-in-title"), t.get("sign-in-lead"));
    frame.indexed = false;
    frame.sign_in = super::sign_in_address(next);
    let ways = Ways::of(reader, state, next);
    if ways.passkeys {
        frame.scripts.push(passkey::SCRIPT);
    }
    SignInPage { t, frame, email: email.to_owned(), next: next.to_owned(), fault, notice: None, ways }
}

/// Tries an address and a password.
pub async fn enter(reader: Reader, Extract(state): Extract<State>, client: Client, fields: Fields) -> Response {
    let (email, next) = (fields.line("email"), next_of(fields.get("next")));
    let tried = state.platform.records.sign_in(email, fields.get("password"), client.address).await;
    match tried.map_err(Problem::from) {
        Ok(SignIn::Welcome(user)) => {
            if let Err(problem) = session::end(&state, &reader.visitor).await {
                return reader.fail(&problem);
            }
            match session::start(&state, &user, Means::Password, &client).await {
                Ok(cookie) => with_cookie(reader.redirect(next), cookie),
                Err(problem) => reader.fail(&problem),
            }
        }
        Ok(SignIn::Wrong) => {
            let fault = reader.t.get("sign-in-wrong");
            reader.own_as(StatusCode::UNPROCESSABLE_ENTITY, Ok(page(&reader, &state, email, next, Some(fault))))
        }
        Ok(SignIn::Wait(wait)) => {
            let seconds = wait.as_secs() + 1;
            let fault = reader.t.count("sign-in-wait", &seconds);
            let page = page(&reader, &state, email, next, Some(fault));
            let mut response = reader.own_as(StatusCode::TOO_MANY_REQUESTS, Ok(page));
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(problem) => reader.fail(&problem),
    }
}

/// Ends the session.
pub async fn leave(mut reader: Reader, Extract(state): Extract<State>, headers: HeaderMap) -> Response {
    match session::end(&state, &reader.visitor).await {
        Ok(cookie) => {
            let farewell = openid::farewell(&mut reader, &state, &headers).await;
            with_cookie(farewell.unwrap_or_else(|| reader.redirect("/")), cookie)
        }
        Err(problem) => reader.fail(&problem),
    }
}

/// An answer that also gives or takes the session.
pub fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}
