//! What a library knows of a schema before reading it.

use serde::{Deserialize, Serialize};

use crate::source::Place;

/// A schema of the library, with its versions.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// `scdl/subventions`
    pub name: String,
    /// `Subventions`
    pub title: String,
    /// What the data is, as its authors say.
    pub description: String,
    /// What kind of files it describes.
    pub kind: Kind,
    /// Its versions, oldest first; never empty.
    pub versions: Vec<Version>,
    /// Name of the latest version.
    pub latest: String,
    /// Where its authors work on it.
    pub homepage: Option<String>,
    /// Where it is explained to people.
    pub documentation: Option<String>,
    /// E-mail address of its authors.
    pub contact: Option<String>,
    /// Lists that it is part of: `Socle Commun des Données Locales`.
    pub labels: Vec<String>,
    /// Files that follow it.
    pub examples: Vec<Example>,
    /// The Data Package that it is part of: `etalab/schema-irve`.
    pub package: Option<String>,
}

impl Entry {
    /// The name without its owner: `subventions`.
    pub fn short_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    /// A version by its name; `latest` is the latest.
    pub fn version(&self, name: &str) -> Option<&Version> {
        let asked = if name == "latest" { &self.latest } else { name };
        let asked = crate::version::plain(asked);
        self.versions.iter().find(|version| crate::version::plain(&version.name) == asked)
    }
}

/// What kind of files a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Tables, by Table Schema.
    TableSchema,
    /// JSON documents, by JSON Schema.
    JsonSchema,
    /// Several tables that belong together, by Data Package.
    DataPackage,
}

/// A version of a schema.
#[derive(Debug, Clone, Serialize)]
pub struct Version {
    /// `2.1.1`
    pub name: String,
    /// Where it is published.
    pub url: String,
    #[serde(skip)]
    pub(crate) place: Place,
}

/// A file that follows a schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// What it is.
    #[serde(default)]
    pub title: String,
    /// Where it is.
    #[serde(rename(deserialize = "path"))]
    pub url: String,
}
