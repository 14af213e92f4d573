//! What happened to a dataset: every change, by whom, with the file of each version.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::Response;
use catalog::model::{Action, Event, Version};
use catalog::records::HistoryFilter;
use uuid::Uuid;

use super::card::dataset_href;
use super::dataset::{file_href, versions_of};
use super::frame::{Frame, Link};
use super::reader::Reader;
use crate::State;
use crate::i18n::Text;
use crate::problem::Problem;

/// Changes shown; the feed and the API give the others.
const SHOWN: u64 = 200;

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    title: String,
    events: Vec<Change>,
}

struct Change {
    iso: String,
    at: String,
    what: String,
    detail: String,
    who: String,
    href: Option<String>,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>, Path(slug): Path<String>) -> Response {
    reader.answer(&state, page(&reader, &state, &slug)).await
}

async fn page(reader: &Reader, state: &State, slug: &str) -> Result<HistoryPage, Problem> {
    let t = reader.t;
    let records = &state.platform.records;
    let detail = records.dataset_detail(slug).await?.ok_or_else(|| Problem::not_found("dataset", slug))?;
    let filter = HistoryFilter { dataset: Some(detail.dataset.id), limit: SHOWN, ..HistoryFilter::default() };
    let events = records.history(filter).await?;
    let titles: HashMap<Uuid, String> =
        detail.resources.iter().map(|resource| (resource.resource.id, resource.resource.title.clone())).collect();
    let versions = versions_of(state, &detail).await?;
    let title = t.with("history-title", "title", &detail.dataset.title);
    let mut frame = Frame::new(reader, "datasets", title, t.get("history-lead"));
    frame.feed = format!("{}/feed.atom", dataset_href(slug));
    Ok(HistoryPage {
        t,
        frame,
        crumbs: vec![
            Link::new("/datasets", t.get("nav-datasets")),
            Link::new(dataset_href(slug), detail.dataset.title.as_str()),
        ],
        title: detail.dataset.title.clone(),
        events: events.iter().map(|event| change(event, &titles, &versions, &t)).collect(),
    })
}

fn change(event: &Event, titles: &HashMap<Uuid, String>, versions: &[Version], t: &Text) -> Change {
    let number = event.detail.get("number").or_else(|| event.detail.get("version")).and_then(serde_json::Value::as_i64);
    let version = versions.iter().find(|version| {
        event.action == Action::VersionPublished
            && version.resource == event.subject
            && Some(i64::from(version.number)) == number
    });
    let mut detail: Vec<String> = titles.get(&event.subject).cloned().into_iter().collect();
    if let Some(version) = version {
        detail.push(t.with("version-n", "n", &version.number.to_string()));
        detail.extend(version.rows.map(|rows| t.count("rows-count", &u64::try_from(rows).unwrap_or(0))));
    }
    Change {
        iso: event.at.to_string(),
        at: t.instant(&event.at),
        what: t.get(action_key(event.action)),
        detail: detail.join(", "),
        who: who(&event.actor, t),
        href: version.map(file_href),
    }
}

/// Names of persons stay out of the public page: it says by which way a change came.
fn who(actor: &str, t: &Text) -> String {
    t.get(match actor.split_once(':').map_or(actor, |(kind, _)| kind) {
        "user" => "actor-user",
        "token" => "actor-token",
        _ => "actor-command-line",
    })
}

fn action_key(action: Action) -> &'static str {
    match action {
        Action::DatasetCreated => "action-dataset-created",
        Action::DatasetChanged => "action-dataset-changed",
        Action::DatasetRemoved => "action-dataset-removed",
        Action::ResourceCreated => "action-resource-created",
        Action::ResourceChanged => "action-resource-changed",
        Action::ResourceRemoved => "action-resource-removed",
        Action::VersionPublished => "action-version-published",
        _ => "action-other",
    }
}
