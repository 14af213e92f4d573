//! The first page: what is here, a search, the themes, the latest datasets, who publishes. An empty portal says how to
//! publish.

use std::fmt::Write;

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;
use catalog::model::DatasetDetail;
use catalog::search::{FacetValue, SearchAnswer, SearchQuery, Sort};

use super::address::Address;
use super::card::{Card, card, rows};
use super::frame::{Fact, Frame, Link};
use super::icon;
use super::organizations::{Publisher, publishers};
use super::reader::Reader;
use super::territory::Around;
use crate::State;
use crate::i18n::Text;
use crate::problem::Problem;

/// Datasets with a card.
const LATEST: usize = 6;
/// Datasets drawn as balls.
const BALLS: u64 = 48;
/// Organisations named.
const ORGANIZATIONS: usize = 12;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    t: Text,
    frame: Frame,
    around: Option<Around>,
    keywords: Vec<Link>,
    balls: String,
    figures: Vec<Fact>,
    themes: Vec<ThemeItem>,
    latest: Vec<Card>,
    organizations: Vec<Publisher>,
}

#[derive(Template)]
#[template(path = "home_empty.html")]
struct EmptyPage {
    t: Text,
    frame: Frame,
    origin: String,
}

struct ThemeItem {
    href: String,
    label: String,
    icon: &'static str,
    count: String,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    let around = Around::of(&reader, &Address::of(&reader.uri));
    let latest = SearchQuery {
        sort: Sort::Recent,
        limit: BALLS,
        around: Around::key(around.as_ref()),
        ..SearchQuery::default()
    };
    match state.platform.search.find(latest).await {
        Ok(answer) if answer.total == 0 && is_empty(&state).await => {
            reader.answer(&state, async { Ok(empty(&reader)) }).await
        }
        Ok(answer) => reader.answer(&state, page(&reader, &state, answer, around)).await,
        Err(error) => reader.fail(&Problem::from(error)),
    }
}

/// Whether the whole portal has nothing.
async fn is_empty(state: &State) -> bool {
    let anything = SearchQuery { limit: 0, ..SearchQuery::default() };
    state.platform.search.find(anything).await.is_ok_and(|answer| answer.total == 0)
}

fn empty(reader: &Reader) -> EmptyPage {
    let t = reader.t;
    let frame = Frame::new(reader, "", reader.site_name.as_str(), t.get("empty-lead"));
    EmptyPage { t, frame, origin: reader.base.clone() }
}

async fn page(
    reader: &Reader,
    state: &State,
    answer: SearchAnswer,
    around: Option<Around>,
) -> Result<HomePage, Problem> {
    let t = reader.t;
    let details = answer.hits;
    let mut latest = Vec::new();
    for detail in details.iter().take(LATEST) {
        latest.push(card(state, &t, reader.now, detail).await);
    }
    let mut organizations = publishers(state, &t, around.as_ref()).await?;
    let publishing = organizations.len() as u64;
    organizations.truncate(ORGANIZATIONS);
    let frame = Frame::new(reader, "", reader.site_name.as_str(), t.get("home-lead"));
    Ok(HomePage {
        t,
        frame: frame.with_feed(Around::feed(around.as_ref())),
        around,
        keywords: keywords(&details),
        balls: balls(&details, &t),
        figures: figures(&details, answer.total, publishing, &t),
        themes: themes(&answer.facets.theme, &t),
        latest,
        organizations,
    })
}

/// Sums are of the datasets that were read: all of them in a town, the latest in a region.
fn figures(details: &[DatasetDetail], total: u64, organizations: u64, t: &Text) -> Vec<Fact> {
    let all_read = details.len() as u64 == total;
    let mut figures = vec![
        Fact::new(t.count("datasets-word-count", &total), t.integer(&total)),
        Fact::new(t.count("organizations-word-count", &organizations), t.integer(&organizations)),
    ];
    if all_read {
        let lines: u64 = details.iter().filter_map(|detail| rows(&detail.resources)).sum();
        let files = details.iter().map(|detail| detail.resources.len() as u64).sum();
        figures.insert(1, Fact::new(t.count("rows-word", &lines), t.integer(&lines)));
        figures.insert(2, Fact::new(t.count("resources-word-count", &files), t.integer(&files)));
    }
    figures
}

/// Themes with datasets, in the order of the vocabulary.
fn themes(counts: &[FacetValue], t: &Text) -> Vec<ThemeItem> {
    let item = |theme: &catalog::theme::Theme| {
        let count = counts.iter().find(|counted| counted.value == theme.code)?.count;
        Some(ThemeItem {
            href: Address::path("/datasets").with("theme", &theme.code).href(),
            label: theme.name.in_language(t.tag()).to_owned(),
            icon: icon::theme(&theme.code),
            count: t.integer(&count),
        })
    };
    catalog::theme::THEMES.iter().filter_map(item).collect()
}

/// The words that come most often in the latest datasets, as searches to try.
fn keywords(details: &[DatasetDetail]) -> Vec<Link> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for word in details.iter().flat_map(|detail| &detail.dataset.keywords).map(String::as_str) {
        match counted.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None if word.chars().count() <= 24 => counted.push((word, 1)),
            None => {}
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let link = |(word, _): &(&str, usize)| Link::new(Address::path("/datasets").with("q", word).href(), *word);
    counted.iter().take(4).map(link).collect()
}

/// A picture of the catalogue: one ball of woad a dataset, the larger the more rows, sunflower for the latest and bluer
/// with age, as the dye is. (Woad was sold as balls, *coques*: *pays de cocagne*.)
fn balls(details: &[DatasetDetail], t: &Text) -> String {
    const STEP: f64 = 52.0;
    let count = details.len().max(1);
    // A little wider than high, whatever their number.
    let columns = ((count as f64 * 1.5).sqrt().ceil() as usize).clamp(3, 9);
    let (width, height) = (STEP * columns as f64, STEP * count.div_ceil(columns) as f64);
    let name = crate::chart::escape(&t.count("home-balls-name", &(details.len() as u64)));
    let mut svg = format!(
        r#"<svg viewBox="0 0 {width} {height}" role="img" aria-label="{name}" xmlns="http://www.w3.org/2000/svg">"#
    );
    for (place, detail) in details.iter().enumerate() {
        let size = rows(&detail.resources).unwrap_or(1).max(1) as f64;
        let radius = (6.0 + 3.4 * size.log10()).clamp(6.0, 24.0);
        let shade = place * 6 / count;
        let (x, y) = (STEP * ((place % columns) as f64 + 0.5), STEP * ((place / columns) as f64 + 0.5));
        let hint = crate::chart::escape(&format!("{} – {}", detail.dataset.title, super::card::size(detail, t)));
        let _ = write!(
            svg,
            r#"<circle class="ball-{shade}" cx="{x}" cy="{y}" r="{radius:.1}"><title>{hint}</title></circle>"#
        );
    }
    svg + "</svg>"
}
