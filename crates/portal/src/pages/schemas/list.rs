//! All schemas, with a search.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;

use super::{matches, of_tables};
use crate::State;
use crate::i18n::Text;
use crate::pages::address::Address;
use crate::pages::frame::{Frame, shorten};
use crate::pages::reader::Reader;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "schemas/list.html")]
struct ListPage {
    t: Text,
    frame: Frame,
    search: String,
    count: String,
    schemas: Vec<Item>,
}

/// A schema in a list.
pub struct Item {
    pub href: String,
    pub title: String,
    pub name: String,
    pub summary: String,
    pub version: String,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    reader.answer(&state, async { page(&reader, &state) }).await
}

fn page(reader: &Reader, state: &State) -> Result<ListPage, Problem> {
    let t = reader.t;
    let search = Address::of(&reader.uri).get("q").unwrap_or_default().trim().chars().take(200).collect::<String>();
    let schemas = items(state, &search, "/schemas", &t);
    let frame = Frame::new(reader, "", t.get("schemas-title"), t.get("schemas-lead"));
    Ok(ListPage { count: t.count("schemas-count", &(schemas.len() as u64)), t, frame, search, schemas })
}

/// The schemas of tables that have the words of a search, each with its page under `root`.
pub fn items(state: &State, search: &str, root: &str, t: &Text) -> Vec<Item> {
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
