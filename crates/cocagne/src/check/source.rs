//! The file that is checked: on this disk, or fetched.

use std::path::Path;

use catalog::fetch::Fetcher;
use tabular::{Limits, read::SourceFile};
use tempfile::TempDir;

use crate::{exit::Failure, installation::Fetching};

/// A file, as it was named and where it is.
#[derive(Debug)]
pub(super) struct Source {
    /// The path or the URL, as it was given.
    pub(super) name: String,
    pub(super) file: SourceFile,
    /// Where containers are unpacked; gone with the check.
    pub(super) scratch: TempDir,
}

impl Source {
    pub(super) async fn of(named: &str, scratch: TempDir, fetching: &Fetching) -> Result<Self, Failure> {
        let file = if is_url(named) {
            let (path, limit) = (scratch.path().join("source"), Limits::default().source_bytes);
            let fetcher = Fetcher::new(&fetching.config()).map_err(catalog::Error::from)?;
            let fetched = fetcher.fetch(named, &path, limit, &|_, _| ()).await.map_err(catalog::Error::from)?;
            SourceFile { path, name: fetched.file_name }
        } else {
            let path = Path::new(named);
            let name = path.file_name().map_or_else(|| named.into(), |name| name.to_string_lossy().into_owned());
            SourceFile { path: path.into(), name }
        };
        Ok(Self { name: named.to_owned(), file, scratch })
    }
}

pub(super) fn is_url(named: &str) -> bool {
    named.starts_with("http://") || named.starts_with("https://")
}
