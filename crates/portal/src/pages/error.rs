//! What went wrong, as a page: in the reader's words, with what to do next.

use askama::Template;

use super::frame::{Frame, Link};
use super::reader::Reader;
use crate::i18n::Text;
use crate::problem::{Kind, Problem};

/// The page of a failure.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    t: Text,
    frame: Frame,
    status: String,
    title: String,
    explanation: String,
    detail: Option<String>,
    back: Option<Link>,
}

/// Makes the page of a problem.
pub fn page(reader: &Reader, problem: &Problem) -> ErrorPage {
    let t = reader.t;
    let key = key(problem.kind());
    let title = t.get(&format!("error-{key}-title"));
    let mut frame = Frame::new(reader, "", title.as_str(), title.as_str());
    frame.indexed = false;
    // What broke inside is for the log; what the reader sent wrong is for the reader.
    let detail =
        (!problem.status().is_server_error() && problem.kind() != Kind::NotFound).then(|| problem.detail().to_owned());
    ErrorPage {
        t,
        frame,
        status: problem.status().as_u16().to_string(),
        title,
        explanation: t.get(&format!("error-{key}-text")),
        detail,
        back: (!reader.uri.path().trim_matches('/').is_empty() && problem.kind() != Kind::NotFound)
            .then(|| Link::new(reader.uri.path(), t.get("error-back"))),
    }
}

fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::NotFound => "not-found",
        Kind::Forbidden | Kind::Unauthorized => "forbidden",
        Kind::Gone => "gone",
        Kind::TooMany => "too-many",
        Kind::TooExpensive | Kind::Unavailable => "too-long",
        kind if kind.status().is_server_error() => "internal",
        _ => "bad-request",
    }
}
