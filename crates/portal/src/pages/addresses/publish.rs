//! Publishing a base: what will be public, the button, and how far it is.

use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::job::{self, Stage};
use super::{Asked, frame, words};
use crate::State;
use crate::api::v1::addresses::dataset_words;
use crate::i18n::{Fault, Text};
use crate::pages::assistant::wait::Progress;
use crate::pages::frame::{Frame, Link, name_of};
use crate::pages::reader::Reader;
use crate::problem::{Kind, Problem};

/// How long a request waits for a quick publication before it shows a page that waits.
const PATIENCE: Duration = Duration::from_millis(1_500);

#[derive(Template)]
#[template(path = "addresses/publish.html")]
struct PublishPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    href: String,
    is_new: bool,
    is_empty: bool,
    may_publish: bool,
    facts: Vec<String>,
    problems: Vec<String>,
    title: String,
    fault: Option<Fault>,
}

#[derive(Template)]
#[template(path = "addresses/wait.html")]
struct WaitPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    title: String,
    lead: String,
    progress: Progress,
    href: String,
    status_href: String,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>, Path(commune): Path<String>) -> Response {
    let asked = match Asked::of(&reader, &state, &commune).await {
        Ok(asked) => asked,
        Err(problem) => return reader.fail(&problem),
    };
    match job::stage(asked.base.id) {
        Some(stage @ Stage::Publishing(_)) => wait(&reader, &asked, &stage),
        Some(Stage::Failed(faults)) => {
            let fault = faults[usize::from(reader.t.tag() == "en")].clone();
            reader.own(page(&reader, &state, &asked, Some(fault)).await)
        }
        _ => reader.own(page(&reader, &state, &asked, None).await),
    }
}

async fn page(reader: &Reader, state: &State, asked: &Asked, fault: Option<Fault>) -> Result<PublishPage, Problem> {
    let t = reader.t;
    let lines = state.platform.address_streets(&asked.base).await?;
    let numbers: u64 = lines.iter().map(|line| u64::from(line.numbers)).sum();
    let certified: u64 = lines.iter().map(|line| u64::from(line.certified)).sum();
    let mut tally = catalog::addresses::problem::Tally::new();
    for (kind, count) in lines.iter().flat_map(|line| &line.problems) {
        *tally.entry(*kind).or_default() += count;
    }
    let title = t.get("addresses-publish-title");
    Ok(PublishPage {
        frame: frame(reader, &title, &t.get("addresses-publish-lead")),
        crumbs: asked.crumbs(reader),
        href: asked.href(),
        is_new: asked.base.published.is_none(),
        is_empty: lines.is_empty(),
        may_publish: asked.may_publish(),
        facts: vec![
            t.count("addresses-streets-and-localities", &(lines.len() as u64)),
            t.count("addresses-numbers", &numbers),
            t.with2("addresses-certified", "n", &t.integer(&certified), "of", &t.integer(&numbers)),
        ],
        problems: tally.iter().map(|(kind, count)| words::problem(&t, *kind, u64::from(*count))).collect(),
        title,
        fault,
        t,
    })
}

fn wait(reader: &Reader, asked: &Asked, stage: &Stage) -> Response {
    let t = reader.t;
    let title = t.get("addresses-publishing");
    let mut frame = frame(reader, &title, &t.get("addresses-publish-lead"));
    frame.scripts = vec!["upload.js"];
    reader.own(Ok(WaitPage {
        frame,
        crumbs: asked.crumbs(reader),
        lead: t.get("addresses-wait-lead"),
        progress: progress_of(stage, &t),
        href: format!("{}/publish", asked.href()),
        status_href: format!("{}/publish/progress", asked.href()),
        title,
        t,
    }))
}

fn progress_of(stage: &Stage, t: &Text) -> Progress {
    match stage {
        Stage::Publishing(progress) => Progress::of_publication(*progress, t),
        _ => Progress::of_publication(None, t),
    }
}

/// Publishes, and waits a little for it.
pub async fn begin(reader: Reader, Extract(state): Extract<State>, Path(commune): Path<String>) -> Response {
    let asked = match Asked::of(&reader, &state, &commune).await {
        Ok(asked) => asked,
        Err(problem) => return reader.fail(&problem),
    };
    if !asked.may_publish() {
        return reader.fail(&Problem::new(Kind::Forbidden, "the role publisher is needed in the organisation"));
    }
    let person = reader.visitor.user.as_ref().map(name_of).unwrap_or_default();
    let dataset = dataset_words(&asked.base, person);
    let mut stage = job::begin(&state, asked.base.clone(), dataset, asked.actor.clone());
    {
        let public = stage.wait_for(|stage| !matches!(stage, Stage::Publishing(_)));
        let _ended_or_still_running = tokio::time::timeout(PATIENCE, public).await;
    }
    let stage = stage.borrow().clone();
    reader.redirect(&next(&asked, &stage))
}

/// Where to go from a stage: to the base once the dataset is public.
fn next(asked: &Asked, stage: &Stage) -> String {
    match stage {
        Stage::Publishing(_) | Stage::Failed(_) => format!("{}/publish", asked.href()),
        Stage::Indexing(_) | Stage::Done | Stage::Unindexed => format!("{}?done=published", asked.href()),
    }
}

/// How far it is, for the script of the page that waits.
pub async fn progress(reader: Reader, Extract(state): Extract<State>, Path(commune): Path<String>) -> Response {
    let asked = match Asked::of(&reader, &state, &commune).await {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    let body = match job::stage(asked.base.id) {
        Some(stage @ Stage::Publishing(_)) => json!(progress_of(&stage, &reader.t)),
        Some(stage) => json!({ "next": next(&asked, &stage) }),
        None => json!({ "next": asked.href() }),
    };
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], axum::Json(body)).into_response()
}
