//! The catalogue: every dataset, page by page.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;
use catalog::model::Page;

use super::address::Address;
use super::card::{Card, card};
use super::frame::{Frame, Link};
use super::pager::Pager;
use super::reader::Reader;
use crate::State;
use crate::i18n::Text;
use crate::problem::Problem;

/// Datasets of a page.
const SIZE: u64 = 20;

#[derive(Template)]
#[template(path = "datasets.html")]
struct CataloguePage {
    t: Text,
    frame: Frame,
    text: String,
    kept: Vec<(String, String)>,
    total: String,
    sorts: Vec<Choice>,
    removable: Vec<Link>,
    without_filters: String,
    facets: Vec<Facet>,
    results: Vec<Card>,
    suggestions: Vec<Link>,
    pager: Pager,
}

struct Choice {
    href: String,
    label: String,
    current: bool,
}

struct Facet {
    label: String,
    open: bool,
    values: Vec<FacetValue>,
}

struct FacetValue {
    href: String,
    label: String,
    count: String,
    current: bool,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    reader.answer(&state, page(&reader, &state)).await
}

async fn page(reader: &Reader, state: &State) -> Result<CataloguePage, Problem> {
    let t = reader.t;
    let address = Address::of(&reader.uri).without("lang");
    let number = address.get("page").and_then(|page| page.parse::<u64>().ok()).unwrap_or(1).clamp(1, 100_000);
    let listing = state.platform.records.datasets(Page { offset: (number - 1) * SIZE, limit: SIZE }).await?;
    let mut results = Vec::new();
    for dataset in &listing.items {
        if let Some(detail) = state.platform.records.dataset_detail(&dataset.slug).await? {
            results.push(card(state, &t, reader.now, &detail).await);
        }
    }
    Ok(CataloguePage {
        t,
        frame: Frame::new(reader, "datasets", t.get("datasets-title"), t.count("datasets-found", &listing.total)),
        text: String::new(),
        kept: Vec::new(),
        total: t.count("datasets-found", &listing.total),
        sorts: Vec::new(),
        removable: Vec::new(),
        without_filters: "/datasets".to_owned(),
        facets: Vec::new(),
        results,
        suggestions: Vec::new(),
        pager: Pager::new(&address, number, listing.total.div_ceil(SIZE), &t),
    })
}

/// How many datasets each theme has.
pub async fn theme_counts(state: &State) -> Result<BTreeMap<String, u64>, Problem> {
    let listing = state.platform.records.datasets(Page::WHOLE).await?;
    let mut counts = BTreeMap::new();
    for theme in listing.items.into_iter().flat_map(|dataset| dataset.themes) {
        *counts.entry(theme).or_insert(0) += 1;
    }
    Ok(counts)
}
