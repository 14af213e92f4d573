//! Choices that could not be taken, kept on a page: the session has expired, or the draft was changed elsewhere.
//!
//! The page holds what the form said, and sends it again when its reader says so. It is made only of forms that the
//! browser says come from this site.

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts as _, Request, State as Extract};
use axum::http::{Method, StatusCode, header, request::Parts};
use axum::middleware::Next;
use axum::response::Response;
use catalog::draft::Draft;

use super::fields::Fields;
use super::posted::Asked;
use super::start::frame;
use crate::State;
use crate::guard::is_program;
use crate::i18n::Text;
use crate::pages::frame::{Frame, Link};
use crate::pages::reader::Reader;
use crate::{csrf, params};

#[derive(Template)]
#[template(path = "assistant/resend.html")]
struct ResendPage {
    t: Text,
    frame: Frame,
    title: String,
    text: String,
    /// What to do first, or instead.
    link: Link,
    /// Whether the link comes first: sending again does nothing before it was followed.
    link_first: bool,
    action: String,
    csrf: String,
    fields: Vec<(String, String)>,
    /// The button; empty when there is nothing to be sent again.
    again: String,
}

/// The page that tells that the draft was changed elsewhere meanwhile.
pub fn conflict(asked: &Asked, draft: &Draft, fields: &Fields) -> Response {
    let mut kept = fields.without(&["csrf", "revision"]);
    kept.push(("revision".to_owned(), draft.revision.to_string()));
    changed_page(asked, kept, asked.reader.t.get("resend-keep"))
}

/// The same for a form with a file, which no page can keep.
pub fn changed(asked: &Asked, _draft: &Draft) -> Response {
    changed_page(asked, Vec::new(), String::new())
}

fn changed_page(asked: &Asked, fields: Vec<(String, String)>, again: String) -> Response {
    let t = asked.reader.t;
    let title = t.get("resend-conflict-title");
    let page = ResendPage {
        t,
        frame: frame(&asked.reader, &title),
        title,
        text: t.get("resend-conflict-text"),
        link: Link::new(format!("/publish/{}", asked.id), t.get("resend-conflict-see")),
        link_first: false,
        action: asked.reader.uri.path().to_owned(),
        csrf: asked.person.csrf.clone(),
        fields,
        again,
    };
    with_status(StatusCode::CONFLICT, asked.reader.own(Ok(page)))
}

fn with_status(status: StatusCode, mut response: Response) -> Response {
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

/// The layer around the portal's rules of access: when they refuse a decision because the session has expired or has
/// changed, what was decided is kept.
pub async fn keep(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    if !is_decision(&request) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, state.config.limits.body_bytes).await else {
        return next.run(Request::from_parts(parts, Body::empty())).await;
    };
    let copy = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let response = next.run(copy).await;
    if !is_refused(&response) || csrf::refuse_foreign(&state, &parts.headers).is_err() {
        return response;
    }
    let fields = fields(&bytes);
    let Ok(reader) = Reader::from_request_parts(&mut parts, &state).await;
    if reader.visitor.is_own_csrf(fields.get(csrf::FIELD)) {
        // The form was good: it is the person who may not.
        return response;
    }
    expired(&reader, &parts, &fields)
}

fn is_decision(request: &Request) -> bool {
    let form = request.headers().get(header::CONTENT_TYPE);
    request.method() == Method::POST
        && request.uri().path().starts_with("/publish/")
        && form.is_some_and(|value| value.as_bytes().starts_with(b"application/x-www-form-urlencoded"))
        && !is_program(request.uri().path(), request.headers())
}

/// Sent to sign in, or turned away.
fn is_refused(response: &Response) -> bool {
    let to = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    response.status() == StatusCode::FORBIDDEN || to.is_some_and(|to| to.starts_with("/sign-in"))
}

fn fields(form: &[u8]) -> Fields {
    let pairs = params::pairs(std::str::from_utf8(form).unwrap_or_default()).filter_map(Result::ok);
    Fields::new(pairs.map(|pair| (pair.name.into_owned(), pair.value.unwrap_or_default().into_owned())).collect())
}

fn expired(reader: &Reader, parts: &Parts, fields: &Fields) -> Response {
    let t = reader.t;
    let title = t.get("resend-session-title");
    let draft = parts.uri.path().rsplit_once('/').map_or("/publish", |(draft, _)| draft);
    let page = ResendPage {
        t,
        frame: frame(reader, &title),
        title,
        text: t.get("resend-session-text"),
        link: Link::new(crate::pages::sign_in_address(draft), t.get("resend-session-sign-in")),
        link_first: reader.visitor.user.is_none(),
        action: parts.uri.path().to_owned(),
        csrf: reader.visitor.csrf.clone(),
        fields: fields.without(&[csrf::FIELD]),
        again: t.get("resend-again"),
    };
    with_status(StatusCode::FORBIDDEN, reader.own(Ok(page)))
}
