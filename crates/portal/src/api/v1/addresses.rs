//! Address bases of towns, for the tools that keep them elsewhere: read and written with a token, street by street.

use std::collections::HashMap;

use axum::{
    Json,
    body::Body,
    extract::{Path, Request, State as Extract, rejection::JsonRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use catalog::addresses::{
    Base, DatasetWords, Number, NumberDraft, Position, Street, StreetChange, StreetDraft, StreetEdit, StreetLine, bal,
};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::form::bad;
use super::listing;
use crate::i18n::Text;
use crate::{State, problem::Problem, session::Visitor};

type Segments = Path<HashMap<String, String>>;
type Answer = Result<Response, Problem>;

/// A street as it is put: what is said of it, where a lieu-dit is, and its numbers when they are given too.
#[derive(Debug, Deserialize)]
pub struct StreetPut {
    /// The revision that was looked at.
    revision: i64,
    #[serde(flatten)]
    said: StreetDraft,
    #[serde(default)]
    positions: Option<Vec<Position>>,
    #[serde(default)]
    numbers: Option<Vec<NumberPut>>,
}

/// A number of a street that is put; one without a known identifier is new.
#[derive(Debug, Deserialize)]
pub struct NumberPut {
    #[serde(default)]
    id: Option<Uuid>,
    #[serde(flatten)]
    number: NumberDraft,
}

/// A number that is put by its own address.
#[derive(Debug, Deserialize)]
pub struct OneNumber {
    revision: i64,
    #[serde(flatten)]
    number: NumberDraft,
}

async fn base(state: &State, visitor: &Visitor, segments: &HashMap<String, String>) -> Result<Base, Problem> {
    let commune = segments.get("commune").map_or("", String::as_str);
    Ok(state.platform.address_base(commune, visitor.actor()?).await?)
}

fn id(segments: &HashMap<String, String>, name: &str) -> Result<Uuid, Problem> {
    let text = segments.get(name).map_or("", String::as_str);
    Uuid::try_parse(text).map_err(|_| Problem::not_found(if name == "id" { "street" } else { "number" }, text))
}

/// The bases that the sender may look at.
pub async fn list(Extract(state): Extract<State>, visitor: Visitor, request: Request) -> Answer {
    listing::Parameters::read(request.uri(), &[])?;
    let root = state.base_url(request.headers());
    let bases = state.platform.address_bases(visitor.actor()?).await?;
    let shown: Vec<Value> = bases.iter().map(|base| view(&root, base)).collect();
    Ok(Json(json!({ "bases": shown, "total": shown.len() })).into_response())
}

/// A base, with its figures.
pub async fn detail(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    listing::Parameters::read(request.uri(), &[])?;
    let base = base(&state, &visitor, &segments).await?;
    let lines = state.platform.address_streets(&base).await?;
    let mut value = view(&state.base_url(request.headers()), &base);
    let sum = |count: fn(&StreetLine) -> u32| lines.iter().map(|line| u64::from(count(line))).sum::<u64>();
    let mut problems = catalog::addresses::problem::Tally::new();
    for (kind, count) in lines.iter().flat_map(|line| &line.problems) {
        *problems.entry(*kind).or_default() += count;
    }
    value["streets"] = json!(lines.len());
    value["numbers"] = json!(sum(|line| line.numbers));
    value["certified"] = json!(sum(|line| line.certified));
    value["problems"] = json!(problems);
    Ok(Json(value).into_response())
}

fn view(root: &str, base: &Base) -> Value {
    let mut value = json!(base);
    value["links"] = json!({
        "page": format!("{root}/addresses/{}", base.commune),
        "streets": format!("{root}/api/v1/addresses/{}/streets", base.commune),
        "file": format!("{root}/api/v1/addresses/{}/bal.csv", base.commune),
    });
    value
}

/// Streets of a base, by name, without their numbers.
pub async fn streets(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    let parameters = listing::Parameters::read(request.uri(), &["offset", "limit"])?;
    let limits = &state.config.limits;
    let most = limits.catalogue_page_max;
    let offset = parameters.number("offset", 0, 0, u64::from(u32::MAX))?;
    let limit = parameters.number("limit", limits.page_size.min(most), 1, most)?;
    let base = base(&state, &visitor, &segments).await?;
    let lines = state.platform.address_streets(&base).await?;
    let (offset, limit) = (usize::try_from(offset).unwrap_or(usize::MAX), usize::try_from(limit).unwrap_or(usize::MAX));
    let page: Vec<&StreetLine> = lines.iter().skip(offset).take(limit).collect();
    Ok(Json(json!({ "streets": page, "total": lines.len() })).into_response())
}

/// Adds a street.
pub async fn add_street(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    body: Result<Json<StreetDraft>, JsonRejection>,
) -> Answer {
    let Json(draft) = body.map_err(|error| bad(&error.body_text()))?;
    let base = base(&state, &visitor, &segments).await?;
    let street = state.platform.add_street(&base, draft, visitor.actor()?).await?;
    Ok((StatusCode::CREATED, Json(street)).into_response())
}

/// A street with its numbers.
pub async fn street(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    listing::Parameters::read(request.uri(), &[])?;
    let base = base(&state, &visitor, &segments).await?;
    Ok(Json(state.platform.address_street(&base, id(&segments, "id")?).await?).into_response())
}

/// Puts a street in place of what it was. Without `numbers` those that are there stay.
pub async fn put_street(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    body: Result<Json<StreetPut>, JsonRejection>,
) -> Answer {
    let Json(put) = body.map_err(|error| bad(&error.body_text()))?;
    let base = base(&state, &visitor, &segments).await?;
    let street = state.platform.address_street(&base, id(&segments, "id")?).await?;
    let mut edits = vec![StreetEdit::Describe { said: put.said }];
    edits.extend(put.positions.map(|positions| StreetEdit::Locate { positions }));
    edits.extend(put.numbers.map(|numbers| numbers_put(&street, numbers)).into_iter().flatten());
    let change = StreetChange { revision: put.revision, edits };
    Ok(Json(state.platform.change_street(&base, street.id, change, visitor.actor()?).await?).into_response())
}

/// What makes the numbers of a street these: those that aren't among them go first, so that their labels are free.
fn numbers_put(street: &Street, numbers: Vec<NumberPut>) -> Vec<StreetEdit> {
    let is_there = |id: Uuid| street.numbers.iter().any(|number| number.id == id);
    let kept: Vec<Uuid> = numbers.iter().filter_map(|put| put.id).filter(|id| is_there(*id)).collect();
    let gone = street.numbers.iter().map(|number: &Number| number.id).filter(|id| !kept.contains(id)).collect();
    let removal = StreetEdit::Remove { ids: gone };
    let puts = numbers.into_iter().map(|NumberPut { id, number }| match id {
        Some(id) if kept.contains(&id) => StreetEdit::Change { id, number },
        id => StreetEdit::Add { id, number },
    });
    std::iter::once(removal).chain(puts).collect()
}

/// Changes a street, edit by edit.
pub async fn change_street(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    body: Result<Json<StreetChange>, JsonRejection>,
) -> Answer {
    let Json(change) = body.map_err(|error| bad(&error.body_text()))?;
    let base = base(&state, &visitor, &segments).await?;
    let street = state.platform.change_street(&base, id(&segments, "id")?, change, visitor.actor()?).await?;
    Ok(Json(street).into_response())
}

/// Removes a street: `?revision=` says which one was looked at.
pub async fn remove_street(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    let parameters = listing::Parameters::read(request.uri(), &["revision"])?;
    let revision = parameters.text("revision").and_then(|text| text.parse().ok());
    let revision = revision.ok_or_else(|| bad("`revision` says which revision of the street was looked at"))?;
    let base = base(&state, &visitor, &segments).await?;
    state.platform.remove_street(&base, id(&segments, "id")?, revision, visitor.actor()?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A number.
pub async fn number(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    listing::Parameters::read(request.uri(), &[])?;
    let base = base(&state, &visitor, &segments).await?;
    let street = state.platform.address_street(&base, id(&segments, "id")?).await?;
    let wanted = id(&segments, "number")?;
    let found = street.numbers.into_iter().find(|number| number.id == wanted);
    let found = found.ok_or_else(|| Problem::not_found("number", &wanted.to_string()))?;
    Ok(Json(json!({ "revision": street.revision, "number": found })).into_response())
}

/// Puts a number: in place of the one that has this identifier, or as a new one.
pub async fn put_number(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    body: Result<Json<OneNumber>, JsonRejection>,
) -> Answer {
    let Json(OneNumber { revision, number }) = body.map_err(|error| bad(&error.body_text()))?;
    let base = base(&state, &visitor, &segments).await?;
    let street = state.platform.address_street(&base, id(&segments, "id")?).await?;
    let own = id(&segments, "number")?;
    let is_there = street.numbers.iter().any(|known| known.id == own);
    let edit =
        if is_there { StreetEdit::Change { id: own, number } } else { StreetEdit::Add { id: Some(own), number } };
    let change = StreetChange { revision, edits: vec![edit] };
    let street = state.platform.change_street(&base, street.id, change, visitor.actor()?).await?;
    let status = if is_there { StatusCode::OK } else { StatusCode::CREATED };
    let number = street.numbers.into_iter().find(|number| number.id == own);
    Ok((status, Json(json!({ "revision": street.revision, "number": number }))).into_response())
}

/// The working base in the exchange format.
pub async fn file(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    listing::Parameters::read(request.uri(), &[])?;
    let base = base(&state, &visitor, &segments).await?;
    let streets = state.platform.whole_addresses(&base).await?;
    let written = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        bal::write(&base, &streets, &mut bytes).map(|()| bytes)
    });
    let bytes = written.await.map_err(std::io::Error::other)??;
    let media_type = (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    Ok(([media_type], Body::from(bytes)).into_response())
}

/// Publishes the base; the index of addresses follows in the background.
pub async fn publish(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    let root = state.base_url(request.headers());
    let actor = visitor.actor()?.clone();
    let base = base(&state, &visitor, &segments).await?;
    let words = dataset_words(&base, actor.name());
    let outcome = state.platform.publish_addresses(&base, words, &actor, |_| {}).await?;
    state.directory.forget();
    let (platform, base) = (state.platform.clone(), outcome.base);
    tokio::spawn(async move {
        if let Err(error) = platform.index_addresses(&base, |_| ()).await {
            tracing::error!(%error, commune = base.commune, "a published address base is not in the index");
        }
    });
    Ok((StatusCode::CREATED, Json(outcome.published.with_base(&root))).into_response())
}

/// What is said of the dataset of a base, for those who read the catalogue: in French, as what French towns publish is.
pub(crate) fn dataset_words(base: &Base, person: &str) -> DatasetWords {
    let t = Text::french();
    let commune = base.commune_name.as_str();
    DatasetWords {
        title: t.with("addresses-dataset-title", "commune", commune),
        resource: t.get("addresses-dataset-resource"),
        description: t.with("addresses-dataset-description", "commune", commune),
        keywords: t.get("addresses-dataset-keywords").split(',').map(|word| word.trim().to_owned()).collect(),
        person: person.to_owned(),
        ground: t.get("addresses-dataset-ground"),
    }
}
