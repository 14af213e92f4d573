//! Requests that another site makes a browser send: found out before anything is changed.
//!
//! Two walls: the browser says from which site a request comes, and what changes something must carry a secret that
//! only this site's pages know. A form carries it in its field `csrf` (first of all in a form with files), a script in
//! the header `x-csrf-token`.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use futures::{StreamExt as _, stream};

use crate::State;
use crate::problem::{Kind, Problem};
use crate::session::Visitor;

/// Name of the field.
pub const FIELD: &str = "csrf";
/// Name of the header.
pub const HEADER: &str = "x-csrf-token";
/// Bytes of a form with files in which the field must be found.
const HEAD_BYTES: usize = 2_048;

/// Refuses what a browser says comes from another site.
///
/// # Errors
/// [`Kind::Forbidden`] then.
pub fn refuse_foreign(state: &State, headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let foreign = match (text("sec-fetch-site"), text("origin")) {
        (Some("same-origin"), _) => false,
        // Typed in the address bar: never a form of another site; but one without origin has none of ours either.
        (Some("none"), origin) => origin.is_some_and(|origin| !is_own(state, headers, origin)),
        (Some(_), _) => true,
        (None, Some(origin)) => !is_own(state, headers, origin),
        (None, None) => false,
    };
    if foreign { Err(forbidden("the request comes from another site")) } else { Ok(()) }
}

/// Whether an origin is this portal: as configured, or as the client calls it (a proxy may speak TLS for us).
fn is_own(state: &State, headers: &HeaderMap, origin: &str) -> bool {
    if state.config.public_url.is_some() {
        let own = state.base_url(headers);
        let own = own.find("://").map_or(own.as_str(), |at| {
            let end = own[at + 3..].find('/').map_or(own.len(), |slash| at + 3 + slash);
            &own[..end]
        });
        return origin.eq_ignore_ascii_case(own);
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let named = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && named == host
}

/// Gives the request back when it carries the session's secret.
///
/// # Errors
/// [`Kind::Forbidden`] when it doesn't; [`Kind::TooLarge`] when a form without files is too long to be looked at.
pub async fn require(state: &State, visitor: &Visitor, request: Request) -> Result<Request, Problem> {
    if let Some(given) = request.headers().get(HEADER) {
        return if given.to_str().is_ok_and(|given| visitor.is_own_csrf(given)) { Ok(request) } else { Err(missing()) };
    }
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let media_type = media_type.to_owned();
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => in_form(state, visitor, request).await,
        "multipart/form-data" => in_head(visitor, request).await,
        _ => Err(missing()),
    }
}

async fn in_form(state: &State, visitor: &Visitor, request: Request) -> Result<Request, Problem> {
    let (parts, body) = request.into_parts();
    let most = state.config.limits.body_bytes;
    let bytes = to_bytes(body, most)
        .await
        .map_err(|_| Problem::new(Kind::TooLarge, format!("a form has at most {most} bytes")))?;
    let given = crate::params::pairs(std::str::from_utf8(&bytes).unwrap_or_default())
        .filter_map(Result::ok)
        .find(|pair| pair.name == FIELD)
        .and_then(|pair| pair.value);
    if given.is_some_and(|given| visitor.is_own_csrf(&given)) {
        Ok(Request::from_parts(parts, Body::from(bytes)))
    } else {
        Err(missing())
    }
}

/// Looks at the beginning of a form with files, which is too long to be held, and puts it back.
async fn in_head(visitor: &Visitor, request: Request) -> Result<Request, Problem> {
    let (parts, body) = request.into_parts();
    let mut rest = body.into_data_stream();
    let mut head: Vec<Bytes> = Vec::new();
    let mut seen = Vec::new();
    while seen.len() < HEAD_BYTES && first_field(&seen).is_none() {
        match rest.next().await {
            Some(Ok(piece)) => {
                seen.extend_from_slice(&piece[..piece.len().min(HEAD_BYTES)]);
                head.push(piece);
            }
            Some(Err(_)) => return Err(Problem::new(Kind::BadRequest, "the form ends too early")),
            None => break,
        }
    }
    if !first_field(&seen).is_some_and(|given| visitor.is_own_csrf(given)) {
        return Err(missing());
    }
    let body = Body::from_stream(stream::iter(head.into_iter().map(Ok)).chain(rest));
    Ok(Request::from_parts(parts, body))
}

/// The value of the first field of a multipart form, when it is ours and whole.
fn first_field(head: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&head[..error.valid_up_to()]).ok()?,
    };
    let (names, rest) = text.split_once("\r\n\r\n")?;
    let (value, _) = rest.split_once("\r\n")?;
    let own = names.to_ascii_lowercase().contains(&format!("form-data; name=\"{FIELD}\""));
    own.then_some(value)
}

fn missing() -> Problem {
    forbidden(
        "the form was not made by this page, or the session has changed: open the page again and send it once more",
    )
}

fn forbidden(detail: &str) -> Problem {
    Problem::new(Kind::Forbidden, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_field_of_a_form_is_found_once_it_is_whole() {
        let whole = b"--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--x\r\n\xff\xfe";
        assert_eq!(first_field(whole), Some("abc"));
        assert_eq!(first_field(&whole[..56]), None);
        let other = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"csrf\"\r\n\r\nabc\r\n--x";
        assert_eq!(first_field(other), None);
    }
}
