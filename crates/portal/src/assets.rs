//! Styles, fonts and scripts, built into the program.
//!
//! All of them share one hash in their address, so that files which name one another (a font from the style sheet, the map's
//! engine from its script) do so by plain relative names. What is at an address with the right hash never changes.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

use crate::State;

#[derive(RustEmbed)]
#[folder = "web/fonts/"]
struct Fonts;

#[derive(RustEmbed)]
#[folder = "web/styles/"]
struct Styles;

/// Built from `web/islands`.
#[derive(RustEmbed)]
#[folder = "web/dist/"]
struct Islands;

/// The style sheet: every file of `web/styles`, in the order of their names.
const STYLE_SHEET: &str = "portal.css";
const ICON: &str = include_str!("../web/icon.svg");

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::load);

struct Assets {
    hash: String,
    files: HashMap<String, Bytes>,
}

impl Assets {
    fn load() -> Self {
        let mut files: HashMap<String, Bytes> = HashMap::new();
        let mut sheets: Vec<_> = Styles::iter().collect();
        sheets.sort();
        let sheet: Vec<u8> =
            sheets.iter().filter_map(|name| Styles::get(name)).flat_map(|file| file.data.into_owned()).collect();
        files.insert(STYLE_SHEET.to_owned(), sheet.into());
        files.insert("icon.svg".to_owned(), Bytes::from_static(ICON.as_bytes()));
        let embedded = Fonts::iter()
            .map(|name| (Fonts::get(&name), name))
            .chain(Islands::iter().map(|name| (Islands::get(&name), name)));
        for (file, name) in embedded {
            if let Some(file) = file {
                files.insert(name.into_owned(), content(file));
            }
        }
        Self { hash: hash(&files), files }
    }
}

fn content(file: EmbeddedFile) -> Bytes {
    match file.data {
        std::borrow::Cow::Borrowed(data) => Bytes::from_static(data),
        std::borrow::Cow::Owned(data) => data.into(),
    }
}

/// The first 16 hexadecimal figures of a SHA-256 over names and contents.
fn hash(files: &HashMap<String, Bytes>) -> String {
    let mut names: Vec<&String> = files.keys().collect();
    names.sort();
    let mut hasher = Sha256::new();
    for name in names {
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update(files.get(name).map_or(&[][..], |content| content));
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Address of an asset by its name.
pub fn href(name: &str) -> String {
    format!("/assets/{}/{name}", ASSETS.hash)
}

/// The route of assets.
pub fn router() -> Router<State> {
    Router::new().route("/assets/{hash}/{name}", get(show))
}

async fn show(Path((hash, name)): Path<(String, String)>) -> Response {
    let Some(content) = ASSETS.files.get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // During an update of several replicas a page of one may ask an asset of another: it gets what there is, for once.
    let control = if hash == ASSETS.hash { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers =
        [(header::CONTENT_TYPE, media_type(&name)), (header::CACHE_CONTROL, HeaderValue::from_static(control))];
    (headers, content.clone()).into_response()
}

fn media_type(name: &str) -> HeaderValue {
    HeaderValue::from_static(match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("geojson") => "application/geo+json",
        Some("json") => "application/json",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn style_sheet() -> String {
        String::from_utf8(ASSETS.files.get(STYLE_SHEET).unwrap().to_vec()).unwrap()
    }

    #[test]
    fn what_the_style_sheet_names_is_there() {
        let sheet = style_sheet();
        let named: Vec<&str> = sheet.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(!named.is_empty());
        for name in named {
            assert!(ASSETS.files.contains_key(name), "{name}");
        }
    }

    #[test]
    fn nothing_is_asked_of_another_host() {
        assert!(!style_sheet().contains("//"), "a style sheet asks nobody else");
    }

    #[test]
    fn the_address_changes_with_any_content() {
        let one = HashMap::from([("a".to_owned(), Bytes::from_static(b"1"))]);
        let two = HashMap::from([("a".to_owned(), Bytes::from_static(b"2"))]);
        assert_ne!(hash(&one), hash(&two));
        assert!(href("portal.css").ends_with("/portal.css"));
    }

    /// Contrast of two colours as WCAG 2 defines it.
    fn contrast(one: &str, other: &str) -> f64 {
        let luminance = |hex: &str| {
            let channel = |place: usize| {
                let value = f64::from(u8::from_str_radix(&hex[place..place + 2], 16).unwrap()) / 255.0;
                if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
        };
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn colour(block: &str, name: &str) -> String {
        let start = block.find(&format!("--{name}: #")).unwrap_or_else(|| panic!("--{name}")) + name.len() + 4;
        block[start..start + 7].to_owned()
    }

    #[test]
    fn every_pair_of_colours_is_legible_in_light_and_in_dark() {
        let sheet = style_sheet();
        let light = &sheet[sheet.find(":root").unwrap()..];
        let dark = &sheet[sheet.find("prefers-color-scheme: dark").unwrap()..];
        for (mode, block) in [("light", light), ("dark", dark)] {
            for (ink, ground, least) in [
                ("ink", "paper", 7.0),
                ("ink", "sheet", 7.0),
                ("ink-soft", "paper", 4.5),
                ("ink-soft", "sheet", 4.5),
                ("woad", "paper", 4.5),
                ("woad", "sheet", 4.5),
                ("woad-strong", "woad-tint", 4.5),
                ("on-woad", "woad", 4.5),
                ("brick", "paper", 4.5),
                ("brick", "brick-tint", 4.5),
                ("line-strong", "sheet", 3.0),
                ("vat-soft", "vat", 4.5),
                ("ink", "woad-tint", 4.5),
                ("ink-soft", "woad-tint", 4.5),
                ("leaf", "sheet", 4.5),
                ("leaf", "paper", 4.5),
            ] {
                let found = contrast(&colour(block, ink), &colour(block, ground));
                assert!(found >= least, "{mode}: {ink} on {ground} is {found:.2}");
            }
        }
    }
}
