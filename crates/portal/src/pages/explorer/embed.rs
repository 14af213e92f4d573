//! A view without the portal around it, for frames in other sites.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::Response;

use super::cell::Content;
use super::fault;
use super::page::{found, title};
use super::request::Asked;
use super::view::{Subject, View, scripts, view};
use crate::State;
use crate::i18n::Text;
use crate::pages::card::resource_href;
use crate::pages::frame::Frame;
use crate::pages::reader::Reader;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "embed.html")]
struct EmbedPage {
    t: Text,
    frame: Frame,
    title: String,
    fault: Option<String>,
    view: View,
    permalink: String,
    credit: String,
}

/// The frame's content.
pub async fn show(reader: Reader, Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    reader.answer(&state, page(&reader, &state, &id)).await
}

async fn page(reader: &Reader, state: &State, id: &str) -> Result<EmbedPage, Problem> {
    let t = reader.t;
    let (detail, table) = found(state, None, id).await?;
    let asked = Asked::read(&reader.uri, &table);
    let mut view = view(&Subject { state, table: &table, detail: &detail, asked: &asked }, &t).await?;
    // A frame shows a view; who wants to change it follows the link.
    if let View::Chart(chart) = &mut view {
        chart.form = None;
    }
    let title = title(&detail);
    let mut frame = Frame::new(reader, "", title.as_str(), title.as_str());
    frame.scripts = scripts(&view);
    let licence = catalog::licence::find(&detail.dataset.licence);
    let licence = licence.map_or(detail.dataset.licence.as_str(), |licence| licence.name.in_language(t.tag()));
    Ok(EmbedPage {
        t,
        frame,
        fault: asked.query.as_ref().err().map(|error| fault::sentence(error, &t)),
        view,
        permalink: format!("{}{}", reader.base, asked.address.at(resource_href(&detail)).href()),
        credit: t.with_all(
            "embed-credit",
            &[
                ("organization", &detail.organization.name),
                ("date", &t.day(&detail.version.published_at)),
                ("licence", licence),
            ],
        ),
        title,
    })
}
