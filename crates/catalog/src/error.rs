//! What can go wrong in the catalogue, said so that a person can mend it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The result of an operation on the catalogue.
pub type Result<T> = std::result::Result<T, Error>;

/// Why an operation was refused or failed. [`Error::code`] is stable; sentences in the user's language are made from
/// it by the portal and the command line.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file can't be read as a table.
    #[error(transparent)]
    File(#[from] tabular::Error),
    /// Nothing has this key.
    #[error("no {what} is called {key}")]
    NotFound {
        /// `organization`, `dataset`, `resource`, `version`, `user`, `token`, `snapshot`.
        what: &'static str,
        /// What was asked for.
        key: String,
    },
    /// A value is not acceptable.
    #[error("{field}: {detail}")]
    Invalid {
        /// Name of the field.
        field: &'static str,
        /// What is wrong, and what would be right.
        detail: String,
    },
    /// The name is taken, or something still depends on what was to be removed.
    #[error("{what} {key}: {detail}")]
    Conflict {
        /// What is concerned, as in [`Error::NotFound`].
        what: &'static str,
        /// Its key.
        key: String,
        /// What stands in the way.
        detail: String,
    },
    /// Personal data that nobody took out or answers for: nothing is published.
    #[error("personal data must be taken out or justified first: {}", named(findings))]
    PersonalData {
        /// What was found, one a finding that is open.
        findings: Vec<OpenFinding>,
    },
    /// The schema can't be found or read.
    #[error("schema {name}: {detail}")]
    Schema {
        /// As it was asked for.
        name: String,
        /// What is wrong, and what would be right.
        detail: String,
    },
    /// A passkey was refused.
    #[error(transparent)]
    Passkey(#[from] crate::account::passkey::PasskeyError),
    /// Somebody who came from an OpenID provider isn't signed in.
    #[error(transparent)]
    OpenId(#[from] crate::account::openid::OpenIdError),
    /// A change of an address base was refused.
    #[error(transparent)]
    Address(#[from] crate::addresses::Fault),
    /// The actor has no right to this.
    #[error("{actor} may not do this: {needed} is needed")]
    Forbidden {
        /// Who asked.
        actor: String,
        /// The right that is missing.
        needed: &'static str,
    },
    /// No organisation exists yet: one must be created before anything is published.
    #[error("there is no organisation yet: create one before publishing")]
    NoOrganization,
    /// Several organisations exist and none was named.
    #[error("several organisations exist: say which one publishes ({})", known.join(", "))]
    WhichOrganization {
        /// Slugs to choose from, at most 20.
        known: Vec<String>,
    },
    /// The file is neither a table nor a document that may be published as it is.
    #[error("{name} is neither a table nor a document of a known type ({known})")]
    UnknownDocument {
        /// The file's name.
        name: String,
        /// Extensions of the documents that are taken.
        known: String,
    },
    /// The URL can't be fetched.
    #[error(transparent)]
    Fetch(#[from] crate::fetch::FetchError),
    /// The snapshot's files are not what its manifest says.
    #[error("snapshot {snapshot} is damaged: {detail}")]
    Damaged {
        /// Its hash.
        snapshot: String,
        /// The file and what is wrong with it.
        detail: String,
    },
    /// A URL of the configuration can't be understood.
    #[error("{option}: {detail}")]
    Configuration {
        /// The option.
        option: &'static str,
        /// What is wrong, and what would be right.
        detail: String,
    },
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// The object store failed.
    #[error("object store: {0}")]
    Bucket(#[from] object_store::Error),
    /// The search index failed.
    #[error("search index: {0}")]
    Search(#[from] tantivy::TantivyError),
    /// A record can't be understood: it was written by something else, or by a later version.
    #[error("record: {0}")]
    Record(String),
    /// A mail could not be sent.
    #[error("mail: {0}")]
    Mail(String),
    /// Files of addresses can't be taken into the geocoder.
    #[error(transparent)]
    Import(#[from] geocoder::import::ImportError),
    /// The disk failed.
    #[error("{path}: {source}")]
    Io {
        /// File or folder.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A background computation ended early (the program is stopping).
    #[error("interrupted: {0}")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// Personal data in a table, that nobody took out or answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenFinding {
    /// Name of the table, in a file of several.
    pub table: Option<String>,
    /// What was found.
    #[serde(flatten)]
    pub finding: personal_data::Finding,
}

fn named(findings: &[OpenFinding]) -> String {
    findings.iter().map(|open| open.finding.id.as_str()).collect::<Vec<_>>().join(", ")
}

impl Error {
    /// A stable name: `not-found`, `invalid`, `forbidden`…; for a file, that of [`tabular::ErrorCode`].
    pub fn code(&self) -> Cow<'static, str> {
        match self {
            Self::File(error) => Cow::Owned(error.code.to_string()),
            Self::NotFound { .. } => "not-found".into(),
            Self::Invalid { .. } => "invalid".into(),
            Self::Conflict { .. } => "conflict".into(),
            Self::PersonalData { .. } => "personal-data".into(),
            Self::Schema { .. } => "schema".into(),
            Self::Passkey(error) => error.code().into(),
            Self::OpenId(error) => error.code().into(),
            Self::Address(fault) => format!("address-{}", fault.code()).into(),
            Self::Forbidden { .. } => "forbidden".into(),
            Self::NoOrganization => "no-organization".into(),
            Self::WhichOrganization { .. } => "which-organization".into(),
            Self::UnknownDocument { .. } => "unknown-document".into(),
            Self::Fetch(error) => error.code().into(),
            Self::Damaged { .. } => "damaged-snapshot".into(),
            Self::Configuration { .. } => "configuration".into(),
            Self::Database(_) | Self::Record(_) => "database".into(),
            Self::Bucket(_) => "store".into(),
            Self::Search(_) => "search".into(),
            Self::Mail(_) => "mail".into(),
            Self::Import(_) => "address-import".into(),
            Self::Io { .. } => "io".into(),
            Self::Interrupted(_) => "interrupted".into(),
        }
    }

    /// Whether the fault lies with what was asked (the caller can mend it), rather than with this machine.
    pub fn is_callers(&self) -> bool {
        match self {
            Self::File(error) => error.code != tabular::ErrorCode::Io,
            Self::NotFound { .. }
            | Self::Invalid { .. }
            | Self::Conflict { .. }
            | Self::Forbidden { .. }
            | Self::Passkey(_)
            | Self::Address(_)
            | Self::PersonalData { .. }
            | Self::Schema { .. }
            | Self::NoOrganization
            | Self::WhichOrganization { .. }
            | Self::UnknownDocument { .. }
            | Self::Fetch(_)
            | Self::Configuration { .. } => true,
            Self::OpenId(error) => !error.is_providers(),
            _ => false,
        }
    }

    pub(crate) fn not_found(what: &'static str, key: impl ToString) -> Self {
        Self::NotFound { what, key: key.to_string() }
    }

    pub(crate) fn invalid(field: &'static str, detail: impl Into<String>) -> Self {
        Self::Invalid { field, detail: detail.into() }
    }
}

/// Says which file the system's error is about.
pub(crate) trait AtPath<T> {
    fn at(self, path: &std::path::Path) -> Result<T>;
}

impl<T> AtPath<T> for std::io::Result<T> {
    fn at(self, path: &std::path::Path) -> Result<T> {
        self.map_err(|source| Error::Io { path: path.display().to_string(), source })
    }
}
