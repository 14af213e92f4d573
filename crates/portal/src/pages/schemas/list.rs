//! All schemas of tables with a search: to be read, or to type data in from.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;

use super::{matches, of_tables};
use crate::State;
use crate::i18n::Text;
use crate::pages::address::Address;
use crate::pages::frame::{Frame, shorten};
use crate::pages::reader::Reader;

#[derive(Template)]
#[template(path = "schemas/list.html")]
struct ListPage {
    t: Text,
    frame: Frame,
    title: String,
    lead: String,
    /// Where the search is answered, and under which each schema has its page.
    root: &'static str,
    search: String,
    count: String,
    schemas: Vec<Item>,
}

struct Item {
    href: String,
    title: String,
    name: String,
    summary: String,
    version: String,
}

/// What each schema asks.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    reader.answer(&state, async { Ok(page(&reader, &state, "", "/schemas", "schemas")) }).await
}

/// What can be typed in.
pub async fn to_enter(reader: Reader, Extract(state): Extract<State>) -> Response {
    reader.own(Ok(page(&reader, &state, "publish", "/enter", "enter-index")))
}

/// Sentences are named `{sentences}-title` and `{sentences}-lead`.
fn page(reader: &Reader, state: &State, section: &'static str, root: &'static str, sentences: &str) -> ListPage {
    let t = reader.t;
    let search = Address::of(&reader.uri).get("q").unwrap_or_default().trim().chars().take(200).collect::<String>();
    let schemas = items(state, &search, root, &t);
    let (title, lead) = (t.get(&format!("{sentences}-title")), t.get(&format!("{sentences}-lead")));
    let frame = Frame::new(reader, section, title.as_str(), lead.as_str());
    ListPage { count: t.count("schemas-count", &(schemas.len() as u64)), t, frame, title, lead, root, search, schemas }
}

fn items(state: &State, search: &str, root: &str, t: &Text) -> Vec<Item> {
    let found = of_tables(state).filter(|entry| matches(entry, search));
    found
        .map(|entry| Item {
            href: format!("{root}/{}", entry.name),
            title: entry.title.clone(),
            name: entry.name.clone(),
            summary: shorten(&entry.description, 180),
            version: t.with("schema-version", "version", &entry.latest),
        })
        .collect()
}
