//! What can be typed in: one entry a schema of a table.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;

use crate::State;
use crate::i18n::Text;
use crate::pages::address::Address;
use crate::pages::frame::Frame;
use crate::pages::reader::Reader;
use crate::pages::schemas::{Item, items};

#[derive(Template)]
#[template(path = "enter/index.html")]
struct IndexPage {
    t: Text,
    frame: Frame,
    search: String,
    schemas: Vec<Item>,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    let t = reader.t;
    let search = Address::of(&reader.uri).get("q").unwrap_or_default().trim().chars().take(200).collect::<String>();
    let frame = Frame::new(&reader, "publish", t.get("enter-index-title"), t.get("enter-index-lead"));
    let schemas = items(&state, &search, "/enter", &t);
    reader.own(Ok(IndexPage { t, frame, search, schemas }))
}
