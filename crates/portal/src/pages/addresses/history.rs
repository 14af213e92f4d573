//! What was done to a base, by whom; what was removed comes back from here.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::Response;
use catalog::model::{Action, Event};
use serde_json::Value;

use super::{Asked, frame, need, told};
use crate::State;
use crate::i18n::Text;
use crate::pages::address::Address;
use crate::pages::frame::{Frame, Link};
use crate::pages::reader::Reader;
use crate::problem::{Kind, Problem};

/// Facts of a page.
const PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "addresses/history.html")]
struct HistoryPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    title: String,
    fault: Option<String>,
    facts: Vec<Fact>,
    older: Option<String>,
}

struct Fact {
    at: String,
    iso: String,
    what: String,
    detail: String,
    who: String,
    /// Where it is undone.
    undo: Option<String>,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>, Path(commune): Path<String>) -> Response {
    let page = async {
        let asked = Asked::of(&reader, &state, &commune).await?;
        page(&reader, &state, &asked, None).await
    };
    reader.own(page.await)
}

async fn page(reader: &Reader, state: &State, asked: &Asked, fault: Option<String>) -> Result<HistoryPage, Problem> {
    let t = reader.t;
    let address = Address::of(&reader.uri);
    let before = address.get("before").and_then(|before| before.parse().ok());
    let events = state.platform.address_history(&asked.base, before, PAGE).await?;
    let full = events.len() as u64 == PAGE;
    let here = format!("{}/history", asked.href());
    let older = events.last().filter(|_| full).map(|last| format!("{here}?before={}", last.id));
    let title = t.get("addresses-history");
    Ok(HistoryPage {
        frame: frame(reader, &title, &t.get("addresses-history-lead")),
        crumbs: asked.crumbs(reader),
        facts: events.iter().map(|event| fact(event, asked, &here, &t)).collect(),
        older,
        title,
        fault,
        t,
    })
}

fn fact(event: &Event, asked: &Asked, here: &str, t: &Text) -> Fact {
    let undo = asked.may_change() && removed(event);
    Fact {
        at: t.instant(&event.at),
        iso: event.at.to_string(),
        what: what(event, t),
        detail: detail(&event.detail, t),
        who: event.actor.split_once(':').map_or_else(|| event.actor.clone(), |(_, who)| who.to_owned()),
        undo: undo.then(|| format!("{here}/{}/undo", event.id)),
    }
}

/// Whether something was removed that can come back.
fn removed(event: &Event) -> bool {
    let numbers = event.detail.get("removed_numbers").and_then(Value::as_array);
    event.detail.get("removed").is_some() || numbers.is_some_and(|numbers| !numbers.is_empty())
}

fn what(event: &Event, t: &Text) -> String {
    let name = event.detail.get("name").and_then(Value::as_str).unwrap_or_default();
    let key = match event.action {
        Action::AddressesBegun => "addresses-action-begun",
        Action::AddressesPublished => "addresses-action-published",
        Action::StreetAdded if event.detail.get("restored").is_some() => "addresses-action-street-restored",
        Action::StreetAdded => "addresses-action-street-added",
        Action::StreetRemoved => "addresses-action-street-removed",
        _ => "addresses-action-street-changed",
    };
    t.with(key, "name", name)
}

fn detail(detail: &Value, t: &Text) -> String {
    let labels = |name: &str| -> Option<String> {
        let list = detail.get(name)?.as_array()?;
        let label = |entry: &Value| match entry {
            Value::String(label) => label.clone(),
            number => number_label(number),
        };
        let first: Vec<String> = list.iter().take(12).map(label).collect();
        let more = if list.len() > 12 { ", …" } else { "" };
        (!list.is_empty()).then(|| first.join(", ") + more)
    };
    let said = |key: &str, value: Option<String>| value.map(|value| t.with(key, "what", &value));
    let text = |name: &str| detail.get(name).and_then(Value::as_str).map(str::to_owned);
    [
        said("addresses-change-was", text("was")),
        said("addresses-change-merged", text("merged")),
        said("addresses-change-added", labels("added")),
        said("addresses-change-changed", labels("changed")),
        said("addresses-change-removed", labels("removed_numbers")),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}

fn number_label(number: &Value) -> String {
    let suffix = number.get("suffix").and_then(Value::as_str).unwrap_or_default();
    let number = number.get("number").and_then(Value::as_u64).unwrap_or(0);
    format!("{number} {suffix}").trim().to_owned()
}

/// Puts back what a fact removed.
pub async fn undo(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((commune, event)): Path<(String, String)>,
) -> Response {
    let outcome = async {
        let asked = Asked::of(&reader, &state, &commune).await?;
        need(asked.may_change())?;
        let event: i64 = event.parse().map_err(|_| Problem::new(Kind::NotFound, "no such fact"))?;
        match state.platform.restore_addresses(&asked.base, event, &asked.actor).await {
            Ok(street) => Ok(Ok(format!("{}/streets/{}?done=restored", asked.href(), street.id))),
            Err(error) => {
                let sentence = told(&reader, error)?;
                Ok::<_, Problem>(Err((asked, sentence)))
            }
        }
    };
    match outcome.await {
        Ok(Ok(href)) => reader.redirect(&href),
        Ok(Err((asked, sentence))) => {
            let page = page(&reader, &state, &asked, Some(sentence)).await;
            reader.own_as(axum::http::StatusCode::CONFLICT, page)
        }
        Err(problem) => reader.fail(&problem),
    }
}
