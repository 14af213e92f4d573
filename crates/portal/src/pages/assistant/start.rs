//! Where it begins: a place to drop a file, one's drafts, and what waits for one's approval.

use askama::Template;
use axum::RequestPartsExt as _;
use axum::extract::{Request, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use catalog::account::Role;
use catalog::draft::{Draft, DraftState, Upload};
use uuid::Uuid;

use super::intake;
use super::posted::Person;
use super::shell::when;
use super::work::What;
use super::{open, received, work};
use crate::State;
use crate::i18n::{Fault, Text};
use crate::pages::frame::{Frame, Link};
use crate::pages::reader::Reader;
use crate::problem::{Kind, Problem};

/// Drafts of a list.
const LISTED: usize = 30;
/// Extensions that the browser's dialogue shows first; anything can be chosen.
const ACCEPTED: &str = ".csv,.tsv,.txt,.xlsx,.xls,.ods,.json,.geojson,.ndjson,.zip,.gpkg,.kml,.kmz,.parquet,.gz,.pdf";

#[derive(Template)]
#[template(path = "assistant/start.html")]
struct StartPage {
    t: Text,
    frame: Frame,
    title: String,
    lead: String,
    notice: Option<String>,
    fault: Option<Words>,
    /// Slug and name of those that the reader may prepare data for.
    organizations: Vec<Link>,
    /// Slug of the dataset to be updated.
    dataset: Option<String>,
    csrf: String,
    limit: usize,
    formats: String,
    accept: &'static str,
    waiting: Vec<Item>,
    drafts: Vec<Item>,
}

/// What is wrong, and how to mend it.
struct Words {
    title: String,
    message: String,
    remedy: String,
}

/// A draft in a list.
struct Item {
    href: String,
    title: String,
    state: String,
    class: &'static str,
    by: String,
    changed: String,
    /// Where it is given up; what is public isn't.
    discard: Option<String>,
}

/// The page; `?dataset=` says which one is to be updated.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    let page = async {
        let person = Person::of(&reader.visitor)?;
        let mut page = page(&reader, &state, &person, asked(&reader, "dataset")).await?;
        let done = asked(&reader, "done").and_then(|done| match done.as_str() {
            "discarded" => Some("draft-discarded"),
            "kept" => Some("draft-kept"),
            "submitted" => Some("preview-submitted"),
            "returned" => Some("preview-sent-back"),
            _ => None,
        });
        page.notice = done.map(|key| reader.t.get(key));
        Ok(page)
    };
    reader.own(page.await)
}

/// The page after a work that failed: it says why, and what to do. The draft that could not be published is in the list.
pub async fn failed(reader: &Reader, state: &State, person: &Person, what: What, fault: &Fault) -> Response {
    let title = match what {
        What::Reading => "unreadable-title",
        What::Publishing => "preview-failed",
    };
    let words = Words { title: reader.t.get(title), message: fault.message.clone(), remedy: fault.remedy.clone() };
    refused(reader, state, person, words, None).await
}

async fn refused(reader: &Reader, state: &State, person: &Person, words: Words, dataset: Option<String>) -> Response {
    let made = page(reader, state, person, dataset).await.map(|page| StartPage { fault: Some(words), ..page });
    let mut response = reader.own(made);
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

async fn page(reader: &Reader, state: &State, person: &Person, dataset: Option<String>) -> Result<StartPage, Problem> {
    let t = reader.t;
    let dataset = match dataset {
        Some(key) => state.platform.records.dataset(&key).await?,
        None => None,
    };
    let (title, lead) = match &dataset {
        Some(dataset) => (t.with("start-update-title", "title", &dataset.title), t.get("start-update-lead")),
        None => (t.get("assistant-title"), t.get("assistant-lead")),
    };
    let drafts = state.platform.drafts(&person.actor).await?;
    let own =
        |draft: &&Draft| draft.author == person.actor.name() && !matches!(draft.state, DraftState::Published { .. });
    let waiting = |draft: &&Draft| {
        draft.state == DraftState::Submitted
            && draft.author != person.actor.name()
            && draft.may_be_published_by(&person.actor)
    };
    let limit = state.config.limits.upload_bytes;
    Ok(StartPage {
        t,
        frame: scripted(frame(reader, &title)),
        title,
        lead,
        notice: None,
        fault: None,
        organizations: organizations(state, person, dataset.as_ref().map(|dataset| dataset.organization)).await?,
        dataset: dataset.map(|dataset| dataset.slug),
        csrf: person.csrf.clone(),
        limit,
        formats: t.with("start-formats", "size", &t.size(&(limit as u64))),
        accept: ACCEPTED,
        waiting: drafts.iter().filter(waiting).take(LISTED).map(|draft| item(draft, reader)).collect(),
        drafts: drafts.iter().filter(own).take(LISTED).map(|draft| item(draft, reader)).collect(),
    })
}

/// The frame of the assistant's pages: private, and never indexed.
pub fn frame(reader: &Reader, title: &str) -> Frame {
    let mut frame = Frame::new(reader, "publish", title, reader.t.get("assistant-lead"));
    frame.indexed = false;
    scripted(frame)
}

fn scripted(mut frame: Frame) -> Frame {
    frame.scripts = vec!["upload.js"];
    frame
}

/// Those that the person may prepare data for: of the dataset to be updated, or all.
async fn organizations(state: &State, person: &Person, only: Option<Uuid>) -> Result<Vec<Link>, Problem> {
    let all = state.platform.records.organizations(catalog::model::Page::WHOLE).await?;
    let may = |id: Uuid| person.actor.has_role(id, Role::Contributor) && only.is_none_or(|only| only == id);
    let own = all.items.into_iter().filter(|organization| may(organization.id));
    Ok(own.map(|organization| Link::new(organization.slug, organization.name)).collect())
}

fn item(draft: &Draft, reader: &Reader) -> Item {
    let t = &reader.t;
    let (state, class) = match &draft.state {
        DraftState::Editing => ("state-open", "tag-plain"),
        DraftState::Submitted => ("state-submitted", "tag-new"),
        DraftState::Returned { .. } => ("state-returned", "tag-warn"),
        DraftState::Published { .. } => ("state-published", ""),
    };
    Item {
        href: format!("/publish/{}", draft.id),
        title: open::name(draft),
        state: t.get(state),
        class,
        by: t.with("start-by", "person", author(draft)),
        changed: t.with("start-changed", "when", &when(draft.modified_at, reader.now, t)),
        discard: (!matches!(draft.state, DraftState::Published { .. }))
            .then(|| format!("/publish/{}/discard", draft.id)),
    }
}

/// Who began a draft, as colleagues know them.
pub fn author(draft: &Draft) -> &str {
    draft.author.strip_prefix("user:").unwrap_or(&draft.author)
}

/// A parameter of the page's address.
fn asked(reader: &Reader, name: &str) -> Option<String> {
    let pairs = crate::params::pairs(reader.uri.query().unwrap_or_default());
    let found = pairs.filter_map(Result::ok).find(|pair| pair.name == name)?.value?;
    (!found.is_empty()).then(|| found.into_owned())
}

/// Takes what is dropped: a file, those of a folder, an address, pasted cells, or what was sent in parts before.
pub async fn take(Extract(state): Extract<State>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(reader) = parts.extract_with_state::<Reader, _>(&state).await;
    let person = match Person::of(&reader.visitor) {
        Ok(person) => person,
        Err(problem) => return reader.fail(&problem),
    };
    let staging = match state.platform.store.stage() {
        Ok(staging) => staging,
        Err(error) => return reader.fail(&error.into()),
    };
    let most = state.config.limits.upload_bytes;
    let intake = match intake::read(Request::from_parts(parts, body), &staging.scratch(), most).await {
        Ok(intake) => intake,
        Err(problem) if problem.kind() == Kind::TooLarge => return too_large(&reader, &state, &person, most).await,
        Err(problem) => return reader.fail(&problem),
    };
    let dataset = Some(intake.fields.get("dataset").to_owned()).filter(|dataset| !dataset.is_empty());
    if intake.files.is_empty() {
        let words = words(&reader.t, "start-nothing-chosen");
        return refused(&reader, &state, &person, words, dataset).await;
    }
    let organization = intake.fields.get("organization").to_owned();
    let upload =
        Upload { files: intake.files, schema: None, dataset, resource: intake.fields.get("resource").parse().ok() };
    let (platform, actor) = (state.platform.clone(), person.actor.clone());
    let work = work::begin(work::What::Reading, person.actor.name(), |_| async move {
        let created = super::update::create(&platform, upload, &organization, &actor).await;
        drop(staging);
        landing(&platform, &created?).await
    });
    received::answer(&reader, &state, &person, work).await
}

async fn too_large(reader: &Reader, state: &State, person: &Person, most: usize) -> Response {
    let message = reader.t.with("assistant-too-large", "size", &reader.t.size(&(most as u64)));
    let words =
        Words { title: reader.t.get("unreadable-title"), message, remedy: reader.t.get("fault-too-large-remedy") };
    refused(reader, state, person, words, None).await
}

fn words(t: &Text, key: &str) -> Words {
    Words { title: t.get(key), message: String::new(), remedy: String::new() }
}

/// Where one goes once a file is read: to what was understood when there is something to look at, else on.
///
/// # Errors
/// When a profile can't be read.
pub async fn landing(platform: &catalog::Platform, draft: &Draft) -> Result<String, catalog::Error> {
    let mut worth_a_look = draft.tables().nth(1).is_some() || draft.choices.dataset.is_some();
    for (key, source, _) in draft.tables().take(1) {
        let profile = platform.store.profile(&source.snapshot, key.table).await?;
        worth_a_look |= !(profile.set_aside.is_empty() && profile.warnings.is_empty());
    }
    Ok(if worth_a_look { format!("/publish/{}/file", draft.id) } else { format!("/publish/{}?after=file", draft.id) })
}
