//! Why a schema can't be found, read or refreshed.

/// Why a schema can't be found, read or refreshed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No schema answers to this reference.
    #[error("no schema is called {reference:?}; the nearest: {}", nearest.join(", "))]
    UnknownSchema {
        /// What was asked for.
        reference: String,
        /// Names that read alike, best first.
        nearest: Vec<String>,
    },
    /// Several schemas answer to this reference.
    #[error("several schemas answer to {reference:?}: {}", names.join(", "))]
    Ambiguous {
        /// What was asked for.
        reference: String,
        /// Their full names.
        names: Vec<String>,
    },
    /// The schema has no such version.
    #[error("{name} has no version {version}; it has {}", known.join(", "))]
    UnknownVersion {
        /// Full name of the schema.
        name: String,
        /// The version asked for.
        version: String,
        /// Its versions, oldest first.
        known: Vec<String>,
    },
    /// The reference names a Data Package, which holds several schemas.
    #[error("{name} is a data package; ask for one of its schemas: {}", resources.join(", "))]
    Package {
        /// Name of the package.
        name: String,
        /// References that name one schema each.
        resources: Vec<String>,
    },
    /// The bytes are of no kind of schema.
    #[error("{name}: {detail}")]
    NotASchema {
        /// Name of the file or of the schema.
        name: String,
        /// What was met.
        detail: String,
    },
    /// The descriptor breaks a rule of its own specification.
    #[error("{name}: {source}")]
    Descriptor {
        /// Name of the file or of the schema.
        name: String,
        /// What is wrong with it.
        #[source]
        source: tableschema::DescriptorError,
    },
    /// The catalogue of schemas can't be read.
    #[error("the catalogue of schemas: {detail}")]
    Catalogue {
        /// What was met.
        detail: String,
    },
    /// Nothing of a catalogue could be fetched: what was there before stays.
    #[error("none of the catalogue's schemas could be fetched; the first refusal: {detail}")]
    NothingFetched {
        /// Why the first one was refused.
        detail: String,
    },
    /// Larger than the limit.
    #[error("{name}: larger than {limit} bytes")]
    TooLarge {
        /// Name of the file or of the schema.
        name: String,
        /// The limit.
        limit: usize,
    },
    /// The disk failed.
    #[error("{path}: {source}")]
    Io {
        /// The file or the folder.
        path: String,
        /// What happened.
        #[source]
        source: std::io::Error,
    },
}

impl Error {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownSchema { .. } => "unknown-schema",
            Self::Ambiguous { .. } => "ambiguous-schema",
            Self::UnknownVersion { .. } => "unknown-schema-version",
            Self::Package { .. } => "schema-package",
            Self::NotASchema { .. } => "not-a-schema",
            Self::Descriptor { .. } => "schema-error",
            Self::Catalogue { .. } => "bad-schema-catalogue",
            Self::NothingFetched { .. } => "nothing-fetched",
            Self::TooLarge { .. } => "schema-too-large",
            Self::Io { .. } => "io",
        }
    }

    /// Whether the caller can mend it: by another reference, another file.
    pub fn is_callers(&self) -> bool {
        !matches!(self, Self::Io { .. } | Self::NothingFetched { .. })
    }

    pub(crate) fn io(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::Io { path: path.display().to_string(), source }
    }
}
