//! What the author of a draft chose.

use std::collections::BTreeMap;

use personal_data::Remedy;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::DraftSource;
use crate::geocode::{Geocoding, GeocodingChoice};
use crate::model::Justified;

/// Which table of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TableKey {
    /// Which file, from 0.
    pub source: u32,
    /// Which of its tables, from 0.
    pub table: u32,
}

/// Everything that was chosen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// One a table, in the order of files and tables.
    pub tables: Vec<TableChoices>,
    /// What is said of the dataset.
    pub description: Description,
    /// Dataset to be updated: slug or identifier; a new one without.
    pub dataset: Option<String>,
    /// Resource to be updated, for a draft of one table.
    pub resource: Option<Uuid>,
}

/// What was chosen for a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableChoices {
    /// Which table.
    #[serde(flatten)]
    pub key: TableKey,
    /// Whether it is to be published.
    pub included: bool,
    /// Title of the resource.
    pub title: Option<String>,
    /// Schema that it is checked against: a name, `name@version`, a URL.
    pub schema: Option<String>,
    /// Identifiers of the repairs that were accepted: `trim:nom`.
    pub repairs: Vec<String>,
    /// What is done about findings of personal data, by their identifiers.
    pub remedies: BTreeMap<String, Remedy>,
    /// Findings that are published as they are, and why.
    pub justifications: Vec<Justified>,
    /// Whether its addresses are found on a map, and how; `None` while nobody said.
    #[serde(default)]
    pub geocoding: Option<GeocodingChoice>,
}

/// What is said of a dataset; what is `None` is proposed from the content, or left as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "see Dataset")]
pub struct Description {
    pub title: Option<String>,
    pub description: Option<String>,
    pub licence: Option<String>,
    pub themes: Option<Vec<String>>,
    pub keywords: Option<Vec<String>>,
    pub territory: Option<String>,
    pub frequency: Option<String>,
    pub years: Option<Vec<i16>>,
    pub contact_email: Option<String>,
    pub source_note: Option<String>,
}

impl Choices {
    /// Nothing chosen yet for the tables of these files.
    pub(crate) fn for_sources(sources: &[DraftSource], schema: Option<&str>) -> Self {
        let tables = (0_u32..)
            .zip(sources)
            .flat_map(|(source, file)| (0_u32..).zip(&file.tables).map(move |(table, _)| TableKey { source, table }));
        let tables = tables.map(|key| TableChoices::none(key, schema)).collect();
        Self { tables, ..Self::default() }
    }

    /// What was chosen for a table.
    pub fn table(&self, key: TableKey) -> Option<&TableChoices> {
        self.tables.iter().find(|table| table.key == key)
    }

    pub(crate) fn table_mut(&mut self, key: TableKey) -> Option<&mut TableChoices> {
        self.tables.iter_mut().find(|table| table.key == key)
    }
}

impl TableChoices {
    fn none(key: TableKey, schema: Option<&str>) -> Self {
        Self {
            key,
            included: true,
            title: None,
            schema: schema.map(str::to_owned),
            repairs: Vec::new(),
            remedies: BTreeMap::new(),
            justifications: Vec::new(),
            geocoding: None,
        }
    }

    /// Whether the table is published otherwise than it came.
    pub fn is_treated(&self) -> bool {
        !self.repairs.is_empty() || !self.remedies.is_empty() || self.geocoding().is_some()
    }

    /// How its addresses are found, when somebody said that they are.
    pub fn geocoding(&self) -> Option<&Geocoding> {
        match &self.geocoding {
            Some(GeocodingChoice::Accepted(geocoding)) => Some(geocoding),
            _ => None,
        }
    }
}
