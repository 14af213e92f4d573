//! Data Package: resources that belong together.

use serde_json::Value;

use super::Schema;
use crate::report::Note;

/// A Data Package.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// For people.
    pub title: Option<String>,
    /// For people.
    pub description: Option<String>,
    /// Where it is explained.
    pub homepage: Option<String>,
    /// Its own version.
    pub version: Option<String>,
    /// Its tables and files.
    pub resources: Vec<Resource>,
    /// What is odd in the descriptor and how it was understood.
    pub notes: Vec<Note>,
}

/// One file, or several that make one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Its name in the package.
    pub name: String,
    /// For people.
    pub title: Option<String>,
    /// For people.
    pub description: Option<String>,
    /// Paths below the descriptor, or addresses.
    pub paths: Vec<String>,
    /// Data written in the descriptor.
    pub data: Option<Value>,
    /// `csv`
    pub format: Option<String>,
    /// `utf-8`
    pub encoding: Option<String>,
    /// How the file is written: delimiter and so on.
    pub dialect: Option<Value>,
    /// Its schema.
    pub schema: Option<ResourceSchema>,
}

/// Where the schema of a resource is.
#[derive(Debug, Clone, PartialEq)]
pub enum ResourceSchema {
    /// In the package's descriptor.
    Inline(Box<Schema>),
    /// At a path below the package's descriptor. The caller reads it: this crate opens no file.
    Path(String),
    /// At an address. Nothing is fetched unless the caller wants to.
    Address(String),
}
