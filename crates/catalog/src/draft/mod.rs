//! Drafts: what is prepared before it is public.
//!
//! A draft points to private snapshots (no version points to them), holds what its author chose, and has a state.
//! Readers of the public catalogue never meet it: publishing a draft is what makes a version.

mod change;
mod choices;
mod create;
mod geocoding;
mod jobs;
mod lifecycle;
mod propose;
mod publish;
mod rights;

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use change::{DraftChange, Edit};
pub use choices::{Choices, Description, TableChoices, TableKey};
pub use geocoding::Surveying;
pub(crate) use geocoding::Surveys;
pub(crate) use jobs::Checks;
pub use jobs::{CheckProgress, Checking, DraftCheck, DraftTableCheck};
pub use propose::{Content, DescriptionProposal, Proposed, Reason, propose};
pub use publish::Preview;

use crate::model::SnapshotId;
use crate::publish::SourceLocation;

/// Something that is prepared, by whom, and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is what its name says; forms are said where they matter")]
pub struct Draft {
    pub id: Uuid,
    /// Who would publish it.
    pub organization: Uuid,
    /// Name of the actor who began it, as history keeps it: `user:marie@example.org`.
    pub author: String,
    pub state: DraftState,
    /// The files that came, in their order: one, or those of a folder.
    pub sources: Vec<DraftSource>,
    pub choices: Choices,
    /// Grows by one with each change; a change names the revision that it was made on.
    pub revision: i64,
    pub created_at: Timestamp,
    pub modified_at: Timestamp,
}

/// How far a draft is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "name")]
pub enum DraftState {
    /// Its author works on it.
    Editing,
    /// A publisher is asked to publish it.
    Submitted,
    /// A publisher sent it back.
    Returned {
        /// What is to be done.
        note: String,
    },
    /// It is public.
    Published {
        /// As this dataset.
        dataset: Uuid,
    },
}

/// A file of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct DraftSource {
    /// Its bytes and its tables, which no version points to.
    pub snapshot: SnapshotId,
    pub file_name: String,
    /// Bytes.
    pub file_size: u64,
    /// URL that it was fetched from.
    pub origin: Option<String>,
    /// None for a document (a PDF).
    pub tables: Vec<DraftTable>,
}

/// A table of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct DraftTable {
    /// Name of the sheet, layer or member.
    pub name: Option<String>,
    /// As its profile names it: `csv`, `xlsx`…
    pub format: String,
    pub rows: u64,
    pub columns: u32,
}

/// What a draft begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upload {
    /// One file, or those of a folder.
    pub files: Vec<Incoming>,
    /// Schema that the tables are meant to follow (a name, a URL), when it is known already.
    pub schema: Option<String>,
    /// Dataset to be updated: slug or identifier.
    pub dataset: Option<String>,
    /// Resource to be updated.
    pub resource: Option<Uuid>,
}

/// A file that comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A file of this machine, and the name that its owner knows it by.
    File {
        /// Where its bytes are.
        path: PathBuf,
        /// `Budget 2014.csv`
        name: String,
    },
    /// A web address.
    Url(String),
    /// A file that arrived in pieces, sent by the same actor; the upload ends when the draft has it.
    Uploaded(Uuid),
    /// Bytes made here: rows that were typed in.
    Bytes {
        /// `subventions.csv`
        name: String,
        /// The file.
        content: Vec<u8>,
    },
}

impl Upload {
    /// A file of this machine.
    pub fn file(path: impl Into<PathBuf>, name: impl Into<String>) -> Self {
        Self::of(Incoming::File { path: path.into(), name: name.into() })
    }

    /// A web address.
    pub fn url(url: impl Into<String>) -> Self {
        Self::of(Incoming::Url(url.into()))
    }

    /// A file that arrived in pieces.
    pub fn uploaded(id: Uuid) -> Self {
        Self::of(Incoming::Uploaded(id))
    }

    /// Bytes made here.
    pub fn bytes(name: impl Into<String>, content: Vec<u8>) -> Self {
        Self::of(Incoming::Bytes { name: name.into(), content })
    }

    fn of(file: Incoming) -> Self {
        Self { files: vec![file], ..Self::default() }
    }
}

impl From<SourceLocation> for Incoming {
    fn from(location: SourceLocation) -> Self {
        match location {
            SourceLocation::File { path, name } => Self::File { path, name },
            SourceLocation::Url(url) => Self::Url(url),
        }
    }
}

impl Draft {
    /// Where each table is, in the order of files and tables.
    pub fn tables(&self) -> impl Iterator<Item = (TableKey, &DraftSource, &DraftTable)> {
        (0_u32..).zip(&self.sources).flat_map(|(number, source)| {
            (0_u32..)
                .zip(&source.tables)
                .map(move |(table, description)| (TableKey { source: number, table }, source, description))
        })
    }

    /// Snapshots that the draft needs.
    pub fn snapshots(&self) -> impl Iterator<Item = &SnapshotId> {
        self.sources.iter().map(|source| &source.snapshot)
    }
}
