//! What can go wrong with an index file.

use std::{io, path::PathBuf};

/// Why an index can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The file can't be read.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is something else than an index.
    #[error("{path}: not an address index")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The index was written for another version of the format: it must be built again from the address files.
    #[error("{path}: an index of format {found}, this program reads format {ours}; import the addresses again")]
    Version {
        /// The file.
        path: PathBuf,
        /// The file's format.
        found: u32,
        /// The format that is read here.
        ours: u32,
    },
    /// The file ends too early: its writing or its copy was cut short.
    #[error("{path}: the file is cut short; import the addresses again or copy it again")]
    Truncated {
        /// The file.
        path: PathBuf,
    },
    /// The table of sections contradicts itself or the file.
    #[error("{path}: damaged ({what}); import the addresses again or copy it again")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What isn't as it should be.
        what: &'static str,
    },
}

/// Why an index can't be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Scratch or final file can't be written or read back.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is more than an index can count.
    #[error("too much for one index: {what}")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
    /// What was written to the scratch folder isn't what is read back.
    #[error("the scratch files were damaged while the index was built")]
    Scratch,
}
