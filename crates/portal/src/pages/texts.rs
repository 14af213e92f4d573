//! Pages of text: what the portal is, its accessibility, its legal notice. All their words are in the translation files.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;

use super::frame::{Frame, Link};
use super::reader::Reader;
use crate::State;
use crate::i18n::Text;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "text_page.html")]
struct TextPage {
    t: Text,
    frame: Frame,
    title: String,
    lead: String,
    parts: Vec<Part>,
}

struct Part {
    title: String,
    paragraphs: Vec<String>,
    link: Option<Link>,
}

/// What the portal is.
pub async fn about(reader: Reader, Extract(state): Extract<State>) -> Response {
    let links = [
        ("name", None),
        ("use", Some(Link::new("/datasets", reader.t.get("about-use-link")))),
        ("program", Some(Link::new("/api/v1/openapi.json", reader.t.get("about-program-link")))),
        ("history", None),
    ];
    reader.answer(&state, async { Ok(text_page(&reader, "about", "about", links)) }).await
}

/// How accessible the portal is.
pub async fn accessibility(reader: Reader, Extract(state): Extract<State>) -> Response {
    let links = [("state", None), ("checks", None), ("help", None)];
    reader.answer(&state, async { Ok(text_page(&reader, "", "accessibility", links)) }).await
}

/// Who publishes, which cookies, which rights.
pub async fn legal(reader: Reader, Extract(state): Extract<State>) -> Response {
    let publishers = Some(Link::new("/organizations", reader.t.get("nav-organizations")));
    let links = [("publisher", publishers), ("data", None), ("privacy", None), ("software", None)];
    reader.answer(&state, async { Ok(text_page(&reader, "", "legal", links)) }).await
}

/// Sentences are named `{page}-title`, `{page}-lead`, `{page}-{part}-title`, `{page}-{part}-text`, and `…-more` where
/// there is a second paragraph.
fn text_page<const N: usize>(
    reader: &Reader,
    section: &'static str,
    page: &str,
    parts: [(&str, Option<Link>); N],
) -> TextPage {
    let t = reader.t;
    let part = |(name, link): (&str, Option<Link>)| {
        let text = t.get(&format!("{page}-{name}-text"));
        let paragraphs = std::iter::once(text).chain(t.find(&format!("{page}-{name}-more"))).collect();
        Part { title: t.get(&format!("{page}-{name}-title")), paragraphs, link }
    };
    let (title, lead) = (t.get(&format!("{page}-title")), t.get(&format!("{page}-lead")));
    let frame = Frame::new(reader, section, title.as_str(), lead.as_str());
    TextPage { t, frame, title, lead, parts: parts.into_iter().map(part).collect() }
}

/// An address that leads nowhere.
pub async fn not_found(reader: Reader) -> Response {
    reader.fail(&Problem::not_found("page", reader.uri.path()))
}
