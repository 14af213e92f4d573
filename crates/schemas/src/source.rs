//! Where the bytes of schemas are: in the program, or in a folder that was refreshed.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_embed::Embed;

use crate::Error;
use crate::limits::MOST_SCHEMA_BYTES;

/// The schemas that ship.
#[derive(Embed)]
#[folder = "../../schemas"]
struct Shipped;

/// A set of schema files, and the catalogue that lists them.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// In the program.
    Shipped,
    /// In a folder.
    Folder(Arc<PathBuf>),
}

/// Where one version's file is: its source, and its path there.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) source: Source,
    pub(crate) path: String,
}

impl Source {
    /// The bytes of a file, at most `limit`.
    pub(crate) fn read(&self, path: &str, limit: usize) -> Result<Cow<'static, [u8]>, Error> {
        match self {
            Self::Shipped => {
                let missing = || Error::NotASchema { name: path.to_owned(), detail: "not in the program".to_owned() };
                Ok(Shipped::get(path).ok_or_else(missing)?.data)
            }
            Self::Folder(folder) => Ok(Cow::Owned(read_file(&folder.join(path), limit)?)),
        }
    }
}

impl Place {
    pub(crate) fn read(&self) -> Result<Cow<'static, [u8]>, Error> {
        self.source.read(&self.path, MOST_SCHEMA_BYTES)
    }
}

/// A file of at most `limit` bytes.
pub(crate) fn read_file(path: &Path, limit: usize) -> Result<Vec<u8>, Error> {
    let file = File::open(path).map_err(|error| Error::io(path, error))?;
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| Error::io(path, error))?;
    if bytes.len() > limit {
        return Err(Error::TooLarge { name: path.display().to_string(), limit });
    }
    Ok(bytes)
}
