//! A dataset in a list: its title, whose it is, how large, how fresh, and a small picture.

use catalog::model::{DatasetDetail, ResourceDetail};
use jiff::Timestamp;

use super::dataset::source_format_name;
use super::frame::shorten;
use super::{markdown, picture};
use crate::State;
use crate::i18n::Text;

/// Days during which a dataset is new.
const NEW: i64 = 15;

/// What a list shows of a dataset.
pub struct Card {
    pub href: String,
    pub title: String,
    pub organization: String,
    pub summary: String,
    /// “1 250 lignes”.
    pub size: String,
    pub updated: String,
    pub is_new: bool,
    /// Formats of the source files, in capitals.
    pub formats: Vec<String>,
    pub picture: String,
    pub is_map: bool,
}

/// The card of a dataset.
pub async fn card(state: &State, t: &Text, now: Timestamp, detail: &DatasetDetail) -> Card {
    let picture = match detail.resources.first() {
        Some(resource) => picture::of(state, &resource.version).await,
        None => picture::Picture::Nothing,
    };
    let mut formats: Vec<String> =
        detail.resources.iter().map(|resource| source_format_name(&resource.version.format)).collect();
    formats.sort();
    formats.dedup();
    Card {
        href: dataset_href(&detail.dataset.slug),
        title: detail.dataset.title.clone(),
        organization: detail.organization.name.clone(),
        summary: shorten(&markdown::to_text(&detail.dataset.description), 180),
        size: size(detail, t),
        updated: t.with("updated-on", "date", &t.day(&detail.dataset.modified_at)),
        is_new: now.as_second() - detail.dataset.created_at.as_second() < NEW * 86_400,
        formats,
        picture: picture.small(),
        is_map: picture.is_map(),
    }
}

/// How large a dataset is, in words: its rows, else its files.
pub fn size(detail: &DatasetDetail, t: &Text) -> String {
    match rows(&detail.resources) {
        Some(rows) => t.count("rows-count", &rows),
        None => t.count("files-count", &(detail.resources.len() as u64)),
    }
}

/// Rows of all tables; `None` when no resource is a table.
pub fn rows(resources: &[ResourceDetail]) -> Option<u64> {
    let tables = resources.iter().filter_map(|resource| resource.version.rows);
    tables.map(|rows| u64::try_from(rows).unwrap_or(0)).reduce(|a, b| a.saturating_add(b))
}

/// Address of a dataset's page.
pub fn dataset_href(slug: &str) -> String {
    format!("/datasets/{slug}")
}

/// Address of a resource's explorer.
pub fn resource_href(resource: &ResourceDetail) -> String {
    format!("/datasets/{}/resources/{}", resource.dataset.slug, resource.resource.id)
}

/// Address of an organisation's page.
pub fn organization_href(slug: &str) -> String {
    format!("/organizations/{slug}")
}
