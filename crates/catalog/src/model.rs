//! The domain as plain values. Names follow DCAT: an organisation publishes datasets, which have resources, each
//! with versions; a version is one table of a snapshot.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who publishes: a commune, an EPCI, a département…
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is what its name says; units and forms are said where they matter")]
pub struct Organization {
    pub id: Uuid,
    /// Part of the page's URL: lower-case ASCII, figures and hyphens.
    pub slug: String,
    pub name: String,
    /// Markdown.
    pub description: String,
    /// SIREN (9) or SIRET (14 figures).
    pub siret: Option<String>,
    pub homepage: Option<String>,
    pub email: Option<String>,
    /// Territory: `commune:11076`, `departement:11`, `epci:200035855`, `region:76`.
    pub territory: Option<String>,
    pub created_at: Timestamp,
}

/// A set of resources that belong together, with what is said of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "see Organization")]
pub struct Dataset {
    pub id: Uuid,
    pub slug: String,
    pub organization: Uuid,
    pub title: String,
    /// Markdown; HTML in it is shown as text.
    pub description: String,
    /// Identifier in the licence registry: `etalab-2.0`.
    pub licence: String,
    /// Codes of the EU data themes: `TRAN`, `ENVI`, `GOVE`…
    pub themes: Vec<String>,
    pub keywords: Vec<String>,
    /// As in [`Organization::territory`].
    pub territory: Option<String>,
    /// Code of the EU frequency vocabulary: `ANNUAL`, `DAILY`, `UNKNOWN`…
    pub frequency: String,
    /// Years that the data is about.
    pub years: Vec<i16>,
    pub contact_email: Option<String>,
    /// Where the data comes from, when it isn't the organisation itself: a name and maybe a URL.
    pub source: Option<String>,
    pub created_at: Timestamp,
    pub modified_at: Timestamp,
}

/// One table (or one file without a table) of a dataset; it keeps its identifier as versions follow one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "see Organization")]
pub struct Resource {
    pub id: Uuid,
    pub dataset: Uuid,
    pub title: String,
    /// Place among the dataset's resources, from 0.
    pub position: i32,
    /// Number of the current version.
    pub version: i32,
    pub created_at: Timestamp,
    pub modified_at: Timestamp,
}

/// One table of one snapshot, as the n-th content of a resource. Never changed once written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "see Organization")]
pub struct Version {
    pub resource: Uuid,
    /// From 1.
    pub number: i32,
    pub snapshot: SnapshotId,
    /// Index of the table in the snapshot; `None` for a file without a table (a PDF).
    pub table: Option<u32>,
    /// Name of the source file as it came.
    pub file_name: String,
    /// Bytes of the source file.
    pub file_size: i64,
    /// Extension in lower case of the source format: `csv`, `xlsx`, `pdf`.
    pub format: String,
    /// IANA media type of the source file.
    pub media_type: String,
    /// Rows of the typed table.
    pub rows: Option<i64>,
    /// Columns of the typed table.
    pub columns: Option<i32>,
    /// Whether rows have a position.
    pub located: bool,
    /// URL that the file was fetched from.
    pub origin: Option<String>,
    pub published_at: Timestamp,
    /// What its schema says of it; `None` when it was published without one.
    pub schema: Option<Conformity>,
    /// Snapshot of the file that this one was made from, kept for the members of the organisation; `None` when the
    /// file was published as it came.
    pub derived_from: Option<SnapshotId>,
    /// What was done to the file that came, in the order in which it was done.
    #[serde(default)]
    pub treatments: Vec<crate::check::Done>,
    /// Personal data that is published as it is, and who answers for it.
    #[serde(default)]
    pub justifications: Vec<Justified>,
}

/// How far a version follows a schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conformity {
    /// `scdl/subventions`
    pub name: String,
    /// `2.1.1`; `None` for a schema that has no version.
    pub version: Option<String>,
    /// Whether there is no error.
    pub valid: bool,
    /// Errors in all.
    pub errors: u64,
}

/// A finding of personal data that a named person answers for. Article L312-1-2 of the CRPA asks for the ground on
/// which data that names persons is published; this is its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Justified {
    /// Identifier of the finding: `email:contact`.
    pub finding: String,
    /// Who answers for it.
    pub person: String,
    /// Why it may be published.
    pub reason: String,
    /// When it was written down.
    pub at: Timestamp,
}

/// SHA-256 of the source bytes, 64 hexadecimal figures.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SnapshotId(String);

impl SnapshotId {
    /// Takes a hash in hexadecimal; `None` when it isn't 64 lower-case figures.
    pub fn parse(text: &str) -> Option<Self> {
        let valid = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        valid.then(|| Self(text.to_owned()))
    }

    /// The hash in hexadecimal.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for SnapshotId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A fact of the catalogue's history; appended, never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "see Organization")]
pub struct Event {
    /// Grows by one a fact.
    pub id: i64,
    pub at: Timestamp,
    /// Who: `user:marie@example.org`, `token:…`, `command-line`.
    pub actor: String,
    pub action: Action,
    /// What it is about.
    pub subject: Uuid,
    /// Dataset concerned, for the feed of changes.
    pub dataset: Option<Uuid>,
    /// What changed: the new values.
    pub detail: serde_json::Value,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each says what happened")]
pub enum Action {
    OrganizationCreated,
    OrganizationChanged,
    OrganizationRemoved,
    UserCreated,
    UserChanged,
    UserRemoved,
    InvitationCreated,
    InvitationUsed,
    InvitationRevoked,
    TokenCreated,
    TokenRevoked,
    DatasetCreated,
    DatasetChanged,
    DatasetRemoved,
    ResourceCreated,
    ResourceChanged,
    ResourceRemoved,
    VersionPublished,
    DraftCreated,
    DraftChanged,
    DraftSubmitted,
    DraftReturned,
    DraftPublished,
    DraftDiscarded,
    PersonalDataJustified,
    AddressesBegun,
    AddressesChanged,
    AddressesRemoved,
    AddressesPublished,
    StreetAdded,
    StreetChanged,
    StreetRemoved,
}

impl Action {
    /// Those that tell of what isn't public: drafts, who answers for personal data, how an address
    /// base came to be.
    pub const PRIVATE: [Self; 14] = [
        Self::DraftCreated,
        Self::DraftChanged,
        Self::DraftSubmitted,
        Self::DraftReturned,
        Self::DraftPublished,
        Self::DraftDiscarded,
        Self::PersonalDataJustified,
        Self::AddressesBegun,
        Self::AddressesChanged,
        Self::AddressesRemoved,
        Self::AddressesPublished,
        Self::StreetAdded,
        Self::StreetChanged,
        Self::StreetRemoved,
    ];
}

/// A dataset with everything that its page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "see Organization")]
pub struct DatasetDetail {
    pub dataset: Dataset,
    pub organization: Organization,
    /// In the order of [`Resource::position`].
    pub resources: Vec<ResourceDetail>,
}

/// A resource with its current version and what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "see Organization")]
pub struct ResourceDetail {
    pub dataset: Dataset,
    pub organization: Organization,
    pub resource: Resource,
    /// The current version.
    pub version: Version,
}

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Items passed over.
    pub offset: u64,
    /// Items given, at most [`Page::LARGEST`].
    pub limit: u64,
}

impl Page {
    /// No page is larger.
    pub const LARGEST: u64 = 10_000;
    /// The first page, as large as a page can be.
    pub const WHOLE: Self = Self { offset: 0, limit: Self::LARGEST };
}

impl Default for Page {
    fn default() -> Self {
        Self { offset: 0, limit: 20 }
    }
}

/// A page of a list and how long the list is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// The page.
    pub items: Vec<T>,
    /// Items of the whole list.
    pub total: u64,
}
