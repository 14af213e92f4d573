//! `/territory`: choosing "my territory", and putting the choice aside.

use askama::Template;
use axum::extract::{Request, State as Extract};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use geography::territory::{self, Territory};
use serde_json::json;

use super::super::address::Address;
use super::super::frame::Frame;
use super::super::reader::Reader;
use super::{COOKIE, TerritoryView, label};
use crate::State;
use crate::i18n::Text;

/// Territories of a list.
const MOST: usize = 12;
/// Characters of a name that are read.
const LONGEST: usize = 100;
/// Bytes of the form.
const LARGEST_FORM: usize = 8_192;

#[derive(Template)]
#[template(path = "territory.html")]
struct TerritoryPage {
    t: Text,
    frame: Frame,
    /// What was typed.
    text: String,
    /// Where one goes afterwards.
    then: String,
    chosen: Option<TerritoryView>,
    /// What the chosen one is in.
    wider: Vec<Choice>,
    found: Vec<Choice>,
}

/// A territory that can be chosen.
struct Choice {
    key: String,
    label: String,
    current: bool,
}

/// The page.
pub async fn show(reader: Reader) -> Response {
    let t = reader.t;
    let address = Address::of(&reader.uri);
    let text: String = address.get("q").unwrap_or_default().trim().chars().take(LONGEST).collect();
    let choice = |territory: Territory| Choice {
        key: territory.key(),
        label: label(territory, &t),
        current: reader.territory == Some(territory),
    };
    let mut frame = Frame::new(&reader, "territory", t.get("territory-title"), t.get("territory-lead"));
    frame.indexed = false;
    frame.scripts.push("territory.js");
    let page = TerritoryPage {
        then: then(address.get("then").unwrap_or_default()).to_owned(),
        chosen: reader
            .territory
            .map(|territory| TerritoryView { name: label(territory, &t), ..TerritoryView::of(&territory.key(), &t) }),
        wider: reader.territory.map(Territory::ancestors).unwrap_or_default().into_iter().map(choice).collect(),
        found: found(&text).into_iter().map(choice).collect(),
        text,
        frame,
        t,
    };
    reader.own(Ok(page))
}

/// Territories that a text may mean. What a suggestion wrote, with its code, means one.
fn found(text: &str) -> Vec<Territory> {
    let written = text.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    if let Some(known) = written.and_then(|(_, key)| territory::find(key)) {
        return vec![known];
    }
    territory::suggest(text, None, MOST)
}

/// Keeps a choice, or forgets it, and goes on.
pub async fn choose(reader: Reader, Extract(_): Extract<State>, request: Request) -> Response {
    let body = axum::body::to_bytes(request.into_body(), LARGEST_FORM).await.unwrap_or_default();
    let field = |name: &str| {
        let pairs = crate::params::pairs(std::str::from_utf8(&body).unwrap_or_default()).filter_map(Result::ok);
        pairs.into_iter().find(|pair| pair.name == name).and_then(|pair| pair.value).map(|value| value.into_owned())
    };
    let chosen = field("territory").and_then(|key| territory::find(&key));
    let mut response = reader.redirect(then(&field("then").unwrap_or_default()));
    let cookie = match chosen {
        Some(territory) => format!("{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax", territory.key()),
        None => format!("{COOKIE}=; Path=/; Max-Age=0; SameSite=Lax"),
    };
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Where one goes on: an address of this portal, whatever was sent.
fn then(given: &str) -> &str {
    let stays = given.starts_with('/')
        && !given.starts_with("//")
        && given.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if stays { given } else { "/datasets" }
}

/// `?q=castel`: what a field may be completed with.
pub async fn suggest(reader: Reader) -> Response {
    let address = Address::of(&reader.uri);
    let text: String = address.get("q").unwrap_or_default().chars().take(LONGEST).collect();
    let found = territory::suggest(&text, None, MOST).into_iter();
    let suggestions: Vec<_> =
        found.map(|one| json!({"key": one.key(), "name": one.name(), "label": label(one, &reader.t)})).collect();
    let control = HeaderValue::from_static("private, max-age=3600");
    ([(header::CACHE_CONTROL, control)], axum::Json(json!({"territories": suggestions}))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_never_goes_on_to_another_site() {
        for hostile in ["https://evil.example", "//evil.example", "/\\evil.example", "", "/a\r\nb"] {
            assert_eq!(then(hostile), "/datasets", "{hostile}");
        }
        assert_eq!(then("/datasets?q=eau"), "/datasets?q=eau");
    }

    #[test]
    fn what_a_suggestion_wrote_means_one_territory() {
        assert_eq!(found("Castelnaudary (Aude) [commune:11076]").len(), 1);
        assert_eq!(found("castelnaudary")[0].key(), "commune:11076");
        assert!(found("").is_empty());
    }
}
