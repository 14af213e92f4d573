//! The explorer's page.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::Response;
use catalog::model::ResourceDetail;
use query::Table;

use super::cell::Content;
use super::columns::{Column, columns};
use super::fault;
use super::filters::{Control, Field, fields, kept_by_filters, removable};
use super::notes::notes;
use super::request::{Asked, ViewKind, tidied};
use super::view::{Subject, View, scripts, view};
use crate::State;
use crate::i18n::Text;
use crate::pages::card::{dataset_href, resource_href};
use crate::pages::dataset::{exports, file_href};
use crate::pages::frame::{Frame, Link};
use crate::pages::icon;
use crate::pages::reader::Reader;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "resource.html")]
struct ResourcePage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    title: String,
    subtitle: Option<String>,
    size: String,
    updated: String,
    exceptions: Option<String>,
    tabs: Vec<Tab>,
    text: String,
    kept_by_search: Vec<(String, String)>,
    kept_by_filters: Vec<(String, String)>,
    filter_open: bool,
    filter_fields: Vec<Field>,
    fault: Option<String>,
    clear: String,
    removable: Vec<Link>,
    view: View,
    downloads_sentence: String,
    downloads: Vec<Link>,
    source: Link,
    api: String,
    permalink: String,
    embed_code: String,
    columns_sentence: String,
    profile: Vec<Column>,
    more_columns: Option<String>,
    notes: Vec<String>,
}

struct Tab {
    href: String,
    label: String,
    icon: &'static str,
    current: bool,
}

/// The page.
pub async fn show(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((slug, id)): Path<(String, String)>,
) -> Response {
    if let Some(address) = tidied(&reader.uri) {
        return reader.redirect(&address.href());
    }
    reader.answer(&state, page(&reader, &state, &slug, &id)).await
}

/// The resource of an address, with its table.
pub async fn found(state: &State, slug: Option<&str>, id: &str) -> Result<(ResourceDetail, Arc<Table>), Problem> {
    let entry = state.resource(id).await?;
    if slug.is_some_and(|slug| slug != entry.detail.dataset.slug) {
        return Err(Problem::not_found("resource", id));
    }
    let table = state.table(&entry).await?;
    Ok((entry.detail.clone(), table))
}

async fn page(reader: &Reader, state: &State, slug: &str, id: &str) -> Result<ResourcePage, Problem> {
    let t = reader.t;
    let (detail, table) = found(state, Some(slug), id).await?;
    let asked = Asked::read(&reader.uri, &table);
    let subject = Subject { state, table: &table, detail: &detail, asked: &asked };
    let view = view(&subject, &t).await?;
    let profile = table.profile();
    let filter_fields = fields(profile, &asked, &t);
    let removable = removable(profile, &asked, &t);
    let (described, more_columns) = columns(profile, &t);
    let filtered = !removable.is_empty();
    Ok(ResourcePage {
        frame: frame(reader, &detail, &view, filtered),
        crumbs: vec![
            Link::new("/datasets", t.get("nav-datasets")),
            Link::new(dataset_href(slug), detail.dataset.title.as_str()),
        ],
        title: detail.dataset.title.clone(),
        subtitle: (detail.resource.title != detail.dataset.title).then(|| detail.resource.title.clone()),
        size: size(&detail, profile, &t),
        updated: t.with("updated-on", "date", &t.day(&detail.version.published_at)),
        exceptions: (profile.exceptions > 0).then(|| t.count("exceptions-count", &profile.exceptions)),
        tabs: tabs(&asked, profile, &t),
        text: asked.address.get("q").unwrap_or_default().to_owned(),
        kept_by_search: asked.at_start().without("q").parameters().to_vec(),
        kept_by_filters: kept_by_filters(&filter_fields, &asked),
        filter_open: false,
        fault: asked.query.as_ref().err().map(|error| fault::sentence(error, &t)),
        clear: asked.address.only(|name, _| name == "view").href(),
        downloads_sentence: t.get(if filtered { "downloads-filtered" } else { "downloads-all" }),
        downloads: exports(&detail).into_iter().map(|link| with_question(link, &asked)).collect(),
        source: Link::new(file_href(&detail.version), t.with("downloads-source", "file", &detail.version.file_name)),
        api: format!("{}/api", resource_href(&detail)),
        permalink: format!("{}{}", reader.base, asked.address.href()),
        embed_code: embed_code(reader, &detail, &asked),
        columns_sentence: t.count("columns-sentence", &(profile.columns.len() as u64)),
        profile: described,
        more_columns,
        notes: notes(profile, &t),
        filter_fields,
        removable,
        view,
        t,
    })
}

/// The resource's title, with the dataset's when it says nothing alone.
pub fn title(detail: &ResourceDetail) -> String {
    if detail.resource.title == detail.dataset.title {
        detail.resource.title.clone()
    } else {
        format!("{} – {}", detail.dataset.title, detail.resource.title)
    }
}

fn size(detail: &ResourceDetail, profile: &tabular::Profile, t: &Text) -> String {
    let columns = t.count("columns-count", &(profile.columns.len() as u64));
    let rows = t.count("rows-count", &profile.rows);
    t.with_all("resource-size", &[("rows", &rows), ("columns", &columns), ("organization", &detail.organization.name)])
}

fn frame(reader: &Reader, detail: &ResourceDetail, view: &View, filtered: bool) -> Frame {
    let description = reader.t.with2(
        "resource-description",
        "title",
        &detail.dataset.title,
        "organization",
        &detail.organization.name,
    );
    let mut frame = Frame::new(reader, "datasets", title(detail), description);
    frame.scripts = scripts(view);
    frame.feed = format!("{}/feed.atom", dataset_href(&detail.dataset.slug));
    // One page of a table is for search engines; its filters, orders and pages have no end.
    frame.indexed = !filtered && reader.uri.query().is_none();
    frame
}

fn tabs(asked: &Asked, profile: &tabular::Profile, t: &Text) -> Vec<Tab> {
    let tab = |kind: ViewKind, key: &str, icon| Tab {
        href: asked.in_view(kind).href(),
        label: t.get(key),
        icon,
        current: asked.view == kind,
    };
    let mut tabs =
        vec![tab(ViewKind::Table, "view-table", icon::TABLE), tab(ViewKind::Chart, "view-chart", icon::CHART)];
    if profile.geometry.is_some() {
        tabs.push(tab(ViewKind::Map, "view-map", icon::MAP));
    }
    tabs
}

fn with_question(link: Link, asked: &Asked) -> Link {
    Link::new(asked.question().at(link.href).href(), link.label)
}

fn embed_code(reader: &Reader, detail: &ResourceDetail, asked: &Asked) -> String {
    let address = asked.address.at(format!("/embed/{}", detail.resource.id)).href();
    let title = crate::chart::escape(&title(detail));
    let address = crate::chart::escape(&format!("{}{address}", reader.base));
    format!(
        r#"<iframe src="{address}" title="{title}" width="100%" height="480" loading="lazy" style="border:0"></iframe>"#
    )
}
