//! A dataset: the answer first (one sentence, a key figure, a picture), then the files, then what is known of it.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::Response;
use catalog::model::{Dataset, DatasetDetail, ResourceDetail, Version};
use catalog::{frequency, licence, theme};
use jiff::Timestamp;
use query::encode::Format;

use super::address::Address;
use super::card::{dataset_href, organization_href, resource_href, rows};
use super::drawn::{Drawn, shown};
use super::frame::{Fact, Frame, Link};
use super::picture::{self, Picture};
use super::provenance::Provenance;
use super::quality::{self, Quality};
use super::reader::Reader;
use super::territory::TerritoryView;
use super::{markdown, structured_data};
use crate::State;
use crate::chart;
use crate::i18n::Text;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "dataset.html")]
struct DatasetPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    title: String,
    /// Whether it was published a moment ago by who reads it.
    published: bool,
    update: Option<String>,
    sentence: String,
    picture: Option<Shown>,
    explore: Option<String>,
    figure: Option<Fact>,
    key_facts: Vec<Fact>,
    resources: Vec<ResourceItem>,
    description: String,
    versions: Vec<VersionRow>,
    history: String,
    organization: Link,
    licence: LicenceWords,
    dataset_licence: String,
    quality: Quality,
    freshness: Freshness,
    territory: Option<TerritoryView>,
    source: Option<String>,
    contact: Option<String>,
    themes: Vec<Link>,
    keywords: Vec<Link>,
    identifier: String,
}

/// The picture with its title, and its numbers when it is a chart.
pub struct Shown {
    pub title: String,
    pub svg: String,
    chart: Option<Drawn>,
}

/// The answer that a dataset's page opens with, and under which licence it is.
pub struct Glance {
    pub sentence: String,
    pub picture: Option<Shown>,
    pub figure: Option<Fact>,
    pub key_facts: Vec<Fact>,
    pub licence: LicenceWords,
}

struct ResourceItem {
    href: String,
    title: String,
    size: String,
    updated: String,
    version: String,
    files: Vec<Link>,
    api: Option<String>,
    provenance: Provenance,
}

struct VersionRow {
    resource: String,
    number: i32,
    date: String,
    size: String,
    file: String,
    href: String,
}

/// A licence in plain words.
pub struct LicenceWords {
    pub name: String,
    url: Option<String>,
    pub plain: String,
}

/// Whether the data is as fresh as was promised.
struct Freshness {
    updated: String,
    expected: String,
    /// `None` when nothing was promised.
    late: Option<bool>,
    verdict: String,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>, Path(slug): Path<String>) -> Response {
    reader.answer(&state, page(&reader, &state, &slug)).await
}

async fn page(reader: &Reader, state: &State, slug: &str) -> Result<DatasetPage, Problem> {
    let t = reader.t;
    let detail = state.platform.records.dataset_detail(slug).await?;
    let detail = detail.ok_or_else(|| Problem::not_found("dataset", slug))?;
    let versions = versions_of(state, &detail).await?;
    let first = detail.resources.first();
    let (picture, figures) = pictured(state, &detail, &t).await?;
    let quality = quality::score(state, &detail, reader.now).await?;
    let sentence = sentence(&detail, figures.period.as_deref(), &t);
    let dataset = &detail.dataset;
    Ok(DatasetPage {
        frame: frame(reader, &detail, &sentence),
        crumbs: vec![
            Link::new("/datasets", t.get("nav-datasets")),
            Link::new(organization_href(&detail.organization.slug), detail.organization.name.as_str()),
        ],
        title: dataset.title.clone(),
        published: reader.visitor.user.is_some() && reader.uri.query() == Some("published=1"),
        update: update_href(reader, &detail),
        picture: drawn(&picture, dataset, &t),
        explore: first
            .filter(|resource| resource.version.table.is_some())
            .map(|resource| explore_href(resource, &picture)),
        figure: figures.main,
        key_facts: figures.others,
        resources: detail.resources.iter().map(|resource| item(resource, &t)).collect(),
        description: markdown::to_html(&dataset.description),
        versions: versions.iter().map(|version| row(version, &detail, &t)).collect(),
        history: format!("{}/history", dataset_href(slug)),
        organization: Link::new(organization_href(&detail.organization.slug), detail.organization.name.as_str()),
        licence: licence_words(&dataset.licence, &t),
        dataset_licence: dataset.licence.clone(),
        quality: Quality::of(&quality, &t),
        freshness: freshness(dataset, reader.now, &t),
        territory: dataset.territory.as_deref().map(|key| TerritoryView::of(key, &t)),
        source: dataset.source.clone(),
        contact: dataset.contact_email.clone().or_else(|| detail.organization.email.clone()),
        themes: dataset.themes.iter().filter_map(|code| theme_link(code, &t)).collect(),
        keywords: dataset
            .keywords
            .iter()
            .map(|word| Link::new(Address::path("/datasets").with("q", word).href(), word.as_str()))
            .collect(),
        identifier: dataset.id.to_string(),
        sentence,
        t,
    })
}

/// The answer of a dataset that may not be public yet.
///
/// # Errors
/// When its first table can't be read.
pub async fn glance(state: &State, detail: &DatasetDetail, t: &Text) -> Result<Glance, Problem> {
    let (picture, figures) = pictured(state, detail, t).await?;
    Ok(Glance {
        sentence: sentence(detail, figures.period.as_deref(), t),
        picture: drawn(&picture, &detail.dataset, t),
        figure: figures.main,
        key_facts: figures.others,
        licence: licence_words(&detail.dataset.licence, t),
    })
}

/// The picture and the figures of the first resource.
async fn pictured(state: &State, detail: &DatasetDetail, t: &Text) -> Result<(Picture, Figures), Problem> {
    let first = detail.resources.first();
    let picture = match first {
        Some(resource) => picture::of(state, &resource.version).await,
        None => Picture::Nothing,
    };
    let profile = match first {
        Some(resource) if resource.version.table.is_some() => Some(state.open(&resource.version).await?),
        _ => None,
    };
    Ok((picture, Figures::of(detail, profile.as_deref().map(query::Table::profile), t)))
}

/// Where a member of the organisation updates the dataset.
fn update_href(reader: &Reader, detail: &DatasetDetail) -> Option<String> {
    let actor = reader.visitor.actor.as_ref()?;
    let may = actor.has_role(detail.organization.id, catalog::account::Role::Contributor);
    may.then(|| Address::path("/publish").with("dataset", &detail.dataset.slug).href())
}

fn frame(reader: &Reader, detail: &DatasetDetail, sentence: &str) -> Frame {
    let mut frame = Frame::new(reader, "datasets", detail.dataset.title.as_str(), sentence);
    frame.feed = format!("{}/feed.atom", dataset_href(&detail.dataset.slug));
    frame.canonical = format!("{}{}", reader.base, dataset_href(&detail.dataset.slug));
    frame.structured_data = Some(structured_data::dataset(detail, &reader.base, sentence));
    frame
}

/// What, how many rows, which period, by whom.
fn sentence(detail: &DatasetDetail, period: Option<&str>, t: &Text) -> String {
    let size = super::card::size(detail, t);
    let organization = detail.organization.name.as_str();
    match period {
        Some(period) => t.with_all(
            "dataset-sentence-period",
            &[("size", &size), ("organization", organization), ("period", period)],
        ),
        None => t.with2("dataset-sentence", "size", &size, "organization", organization),
    }
}

/// The figures beside the picture.
struct Figures {
    main: Option<Fact>,
    others: Vec<Fact>,
    period: Option<String>,
}

impl Figures {
    fn of(detail: &DatasetDetail, profile: Option<&tabular::Profile>, t: &Text) -> Self {
        let total = rows(&detail.resources);
        let count = total.map(|rows| Fact::new(t.count("rows-word", &rows), t.integer(&rows)));
        let Some(profile) = profile else {
            return Self { main: count, others: Vec::new(), period: period_of_years(&detail.dataset.years, t) };
        };
        let roles = chart::suggest::Roles::of(profile);
        let summed = roles.measures.iter().find(|column| {
            column.sum.is_some()
                && chart::suggest::default_function(column) == query::model::AggregateFunction::Sum
                && chart::suggest::adds_up(column)
        });
        let sum = summed.and_then(|column| {
            let sum = column.sum?;
            let written = if column.meaning == Some(tabular::typing::Meaning::Money) {
                chart::plan::measure(Some(column)).short(t, sum)
            } else {
                t.compact(sum)
            };
            Some(Fact::new(t.with("figure-sum", "column", &column.label), written))
        });
        let period = period(&roles, t).or_else(|| period_of_years(&detail.dataset.years, t));
        let mut others: Vec<Fact> = Vec::new();
        let main = match sum {
            Some(sum) => {
                others.extend(count.map(|count| Fact::new(t.get("figure-rows"), count.value)));
                Some(sum)
            }
            None => count,
        };
        others.push(Fact::new(t.get("figure-columns"), t.integer(&(profile.columns.len() as u64))));
        others.extend(period.clone().map(|period| Fact::new(t.get("figure-period"), period)));
        if let Some(category) = roles.categories.first() {
            others.push(Fact::new(t.with("figure-distinct", "column", &category.label), t.integer(&category.distinct)));
        }
        Self { main, others, period }
    }
}

/// From when to when, after the first column of time.
fn period(roles: &chart::suggest::Roles<'_>, t: &Text) -> Option<String> {
    let column = roles.times.first()?;
    let year = |value: &Option<serde_json::Value>| match value {
        Some(serde_json::Value::String(text)) => text.get(..4).map(str::to_owned),
        Some(serde_json::Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    span(&year(&column.min)?, &year(&column.max)?, t)
}

fn period_of_years(years: &[i16], t: &Text) -> Option<String> {
    span(&years.iter().min()?.to_string(), &years.iter().max()?.to_string(), t)
}

fn span(first: &str, last: &str, t: &Text) -> Option<String> {
    Some(if first == last { first.to_owned() } else { t.with2("period", "from", first, "to", last) })
}

fn drawn(picture: &Picture, dataset: &Dataset, t: &Text) -> Option<Shown> {
    match picture {
        Picture::Map(features) => {
            let title = t.with("map-title", "title", &dataset.title);
            let svg = chart::map_svg(features, 720.0, 420.0, Some((t, &title)));
            Some(Shown { title, svg, chart: None })
        }
        Picture::Chart(_) => {
            let chart = shown(picture.chart(t)?, t);
            Some(Shown { title: chart.title.clone(), svg: chart.svg.clone(), chart: Some(chart) })
        }
        Picture::Nothing => None,
    }
}

fn explore_href(resource: &ResourceDetail, picture: &Picture) -> String {
    let view = match picture {
        Picture::Map(_) => "?view=map",
        Picture::Chart(_) | Picture::Nothing => "",
    };
    format!("{}{view}", resource_href(resource))
}

/// A resource among the files: what it weighs, and every format that it comes in.
fn item(resource: &ResourceDetail, t: &Text) -> ResourceItem {
    let version = &resource.version;
    let weight = t.size(&u64::try_from(version.file_size).unwrap_or(0));
    let source = Link::new(
        file_href(version),
        t.with2("file-source", "format", &source_format_name(&version.format), "size", &weight),
    );
    let table = version.table.is_some();
    let exports = if table { exports(resource) } else { Vec::new() };
    let size = match (version.rows, version.columns) {
        (Some(rows), Some(columns)) => t.with2(
            "table-size",
            "rows",
            &t.count("rows-count", &u64::try_from(rows).unwrap_or(0)),
            "columns",
            &t.count("columns-count", &u64::try_from(columns).unwrap_or(0)),
        ),
        _ => source_format_name(&version.format),
    };
    ResourceItem {
        href: if table { resource_href(resource) } else { file_href(version) },
        title: resource.resource.title.clone(),
        size,
        updated: t.with("updated-on", "date", &t.day(&version.published_at)),
        version: t.with("version-n", "n", &version.number.to_string()),
        files: std::iter::once(source).chain(exports).collect(),
        provenance: Provenance::of(version, t),
        api: table.then(|| format!("{}/api", resource_href(resource))),
    }
}

/// The formats that the rows of a resource can be taken in.
pub fn exports(resource: &ResourceDetail) -> Vec<Link> {
    Format::ALL
        .into_iter()
        .filter(|format| *format != Format::Geojson || resource.version.located)
        .map(|format| {
            let href = format!("/api/v1/resources/{}/export.{}", resource.resource.id, format.extension());
            Link::new(href, format_name(format))
        })
        .collect()
}

/// Name of a format, which is the same in every language.
pub fn format_name(format: Format) -> &'static str {
    match format {
        Format::Csv => "CSV",
        Format::Xlsx => "Excel",
        Format::Json => "JSON",
        Format::Ndjson => "NDJSON",
        Format::Geojson => "GeoJSON",
        Format::Parquet => "Parquet",
    }
}

/// Name of a source's format, which is the same in every language.
pub fn source_format_name(extension: &str) -> String {
    match extension {
        "geojson" => "GeoJSON".to_owned(),
        "gpkg" => "GeoPackage".to_owned(),
        "shp" | "shapefile" => "Shapefile".to_owned(),
        "parquet" => "Parquet".to_owned(),
        other => other.to_uppercase(),
    }
}

/// Address of the source bytes of a version, for ever.
pub fn file_href(version: &Version) -> String {
    let mut href = format!("/files/{}/", version.snapshot);
    crate::params::encode_component(&version.file_name, &mut href);
    href
}

/// Every version of every resource of a dataset, the latest first.
pub async fn versions_of(state: &State, detail: &DatasetDetail) -> Result<Vec<Version>, Problem> {
    let mut versions = Vec::new();
    for resource in &detail.resources {
        versions.extend(state.platform.records.versions(resource.resource.id).await?);
    }
    versions.sort_by_key(|version| std::cmp::Reverse(version.published_at));
    Ok(versions)
}

fn row(version: &Version, detail: &DatasetDetail, t: &Text) -> VersionRow {
    let title = detail.resources.iter().find(|resource| resource.resource.id == version.resource);
    let rows = version.rows.map(|rows| t.count("rows-count", &u64::try_from(rows).unwrap_or(0)));
    VersionRow {
        resource: title.map(|resource| resource.resource.title.clone()).unwrap_or_default(),
        number: version.number,
        date: t.day(&version.published_at),
        size: rows.unwrap_or_else(|| t.size(&u64::try_from(version.file_size).unwrap_or(0))),
        file: version.file_name.clone(),
        href: file_href(version),
    }
}

fn licence_words(id: &str, t: &Text) -> LicenceWords {
    let Some(licence) = licence::find(id) else {
        return LicenceWords { name: id.to_owned(), url: None, plain: t.get("licence-unknown") };
    };
    let asked: Vec<&str> = licence.obligations.iter().map(|words| words.in_language(t.tag())).collect();
    LicenceWords {
        name: licence.name.in_language(t.tag()).to_owned(),
        url: Some(licence.url.clone()),
        plain: if asked.is_empty() {
            t.get("licence-nothing-asked")
        } else {
            t.with("licence-asked", "obligations", &asked.join(" "))
        },
    }
}

fn freshness(dataset: &Dataset, now: Timestamp, t: &Text) -> Freshness {
    let updated = t.with("updated-on", "date", &t.day(&dataset.modified_at));
    let promised = frequency::find(&dataset.frequency).filter(|known| known.code != frequency::UNKNOWN);
    let Some(promised) = promised else {
        return Freshness { updated, expected: t.get("freshness-unknown"), late: None, verdict: String::new() };
    };
    let late = frequency::is_late(&dataset.frequency, dataset.modified_at, now);
    let verdict = match late {
        Some(true) => t.get("freshness-late"),
        Some(false) => t.get("freshness-good"),
        None => String::new(),
    };
    let expected = t.with("freshness-expected", "frequency", promised.name.in_language(t.tag()));
    Freshness { updated, expected, late, verdict }
}

/// Link to the datasets of a theme.
pub fn theme_link(code: &str, t: &Text) -> Option<Link> {
    let theme = theme::find(code)?;
    Some(Link::new(Address::path("/datasets").with("theme", &theme.code).href(), theme.name.in_language(t.tag())))
}
