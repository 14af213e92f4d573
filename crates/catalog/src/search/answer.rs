//! What is asked and what is answered.

use serde::{Deserialize, Serialize};

use crate::model::DatasetDetail;

/// A search. Filters of one kind are alternatives; kinds add up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchQuery {
    /// What the person typed; empty for everything.
    pub text: String,
    /// Slugs.
    pub organization: Vec<String>,
    /// Codes: `ENVI`.
    pub theme: Vec<String>,
    /// `csv`, `pdf`…
    pub format: Vec<String>,
    /// Identifiers: `etalab-2.0`.
    pub licence: Vec<String>,
    /// `commune:11076`
    pub territory: Vec<String>,
    /// `commune:11076`: only what is about something inside this territory, or about what it is inside of.
    pub around: Option<String>,
    /// Years.
    pub year: Vec<i16>,
    /// Order of the hits.
    pub sort: Sort,
    /// Hits passed over.
    pub offset: u64,
    /// Hits given, at most 1 000.
    pub limit: u64,
}

impl Default for SearchQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            organization: Vec::new(),
            theme: Vec::new(),
            format: Vec::new(),
            licence: Vec::new(),
            territory: Vec::new(),
            around: None,
            year: Vec::new(),
            sort: Sort::Relevance,
            offset: 0,
            limit: 20,
        }
    }
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The best first; without a text, the last changed first.
    #[default]
    Relevance,
    /// The last changed first.
    Recent,
    /// By title, whatever its capitals and accents.
    Title,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchAnswer {
    /// The page of hits.
    pub hits: Vec<DatasetDetail>,
    /// Hits in all.
    pub total: u64,
    /// Counts of each value.
    pub facets: Facets,
}

/// How many datasets match by value. The counts of a facet leave its own filter aside: they say what choosing
/// another value would give.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "as in SearchQuery")]
pub struct Facets {
    pub organization: Vec<FacetValue>,
    pub theme: Vec<FacetValue>,
    pub format: Vec<FacetValue>,
    pub licence: Vec<FacetValue>,
    pub territory: Vec<FacetValue>,
    pub year: Vec<FacetValue>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// As in the query: a slug, a code, a year.
    pub value: String,
    /// The organisation's name; elsewhere the value again (names of codes are in the registries).
    pub label: String,
    /// Datasets.
    pub count: u64,
}

/// The facets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in SearchQuery")]
pub enum Facet {
    Organization,
    Theme,
    Format,
    Licence,
    Territory,
    Year,
}

impl Facet {
    /// Every facet.
    pub const ALL: [Self; 6] =
        [Self::Organization, Self::Theme, Self::Format, Self::Licence, Self::Territory, Self::Year];
}
