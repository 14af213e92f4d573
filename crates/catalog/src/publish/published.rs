//! What a publication gave, in the form that other programs rely on.

use serde::{Deserialize, Serialize};
use tabular::Profile;
use tabular::typing::{FieldType, Meaning};
use uuid::Uuid;

use crate::model::{Dataset, Resource, SnapshotId};

/// The outcome of a publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The dataset, new or not.
    pub dataset: PublishedDataset,
    /// One a table of the file, in their order.
    pub resources: Vec<PublishedResource>,
    /// What a person should know.
    pub warnings: Vec<PublishWarning>,
}

/// A dataset that something was published in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedDataset {
    /// Its identifier.
    pub id: Uuid,
    /// Its slug.
    pub slug: String,
    /// Its page: a path until [`Published::with_base`].
    pub url: String,
}

/// A resource that something was published as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedResource {
    /// Its identifier, which it keeps from version to version.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// SHA-256 of the source.
    pub snapshot: SnapshotId,
    /// Rows; `None` for a document.
    pub rows: Option<u64>,
    /// Columns; none for a document.
    pub columns: Vec<Column>,
    /// Its page: a path until [`Published::with_base`].
    pub url: String,
}

/// A column of a published table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name in queries.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// What its values identify or measure.
    pub meaning: Option<Meaning>,
}

/// Something a person should know; its sentence is made from `code` by the reader's language. Codes are the
/// reader's (see [`tabular::profile::Warning`]) and those of publishing: `unchanged` (the same bytes are the current
/// version already), `exceptions` (cells that don't fit their column's type).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishWarning {
    /// Stable code.
    pub code: String,
    /// Title of the resource concerned.
    pub resource: Option<String>,
    /// 1-based line of the source.
    pub line: Option<u64>,
    /// Column concerned.
    pub column: Option<String>,
    /// What was met.
    pub detail: String,
}

impl Published {
    /// The same with absolute URLs on a portal.
    #[must_use]
    pub fn with_base(mut self, base: &str) -> Self {
        let base = base.trim_end_matches('/');
        let urls = self.resources.iter_mut().map(|resource| &mut resource.url);
        for url in urls.chain([&mut self.dataset.url]) {
            *url = format!("{base}{url}");
        }
        self
    }
}

impl From<&Dataset> for PublishedDataset {
    fn from(dataset: &Dataset) -> Self {
        Self { id: dataset.id, slug: dataset.slug.clone(), url: format!("/datasets/{}", dataset.slug) }
    }
}

pub(super) fn resource(
    dataset: &Dataset,
    resource: &Resource,
    snapshot: SnapshotId,
    profile: Option<&Profile>,
) -> PublishedResource {
    PublishedResource {
        id: resource.id,
        title: resource.title.clone(),
        snapshot,
        rows: profile.map(|profile| profile.rows),
        columns: profile.map(columns).unwrap_or_default(),
        url: format!("/datasets/{}/resources/{}", dataset.slug, resource.id),
    }
}

fn columns(profile: &Profile) -> Vec<Column> {
    let columns = profile.columns.iter();
    columns
        .map(|column| Column { name: column.name.clone(), field_type: column.field_type, meaning: column.meaning })
        .collect()
}

/// The warnings of a table: the reader's, and a line a column for the cells that don't fit.
pub(super) fn warnings(title: &str, profile: &Profile) -> Vec<PublishWarning> {
    let resource = Some(title.to_owned());
    let read = profile.warnings.iter().map(|warning| PublishWarning {
        code: warning.code.clone(),
        resource: resource.clone(),
        line: warning.line,
        column: warning.column.clone(),
        detail: warning.detail.clone(),
    });
    let odd = profile.columns.iter().filter(|column| column.exceptions > 0).map(|column| PublishWarning {
        code: "exceptions".to_owned(),
        resource: resource.clone(),
        line: None,
        column: Some(column.name.clone()),
        detail: column.exceptions.to_string(),
    });
    read.chain(odd).collect()
}
