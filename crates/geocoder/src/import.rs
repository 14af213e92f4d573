//! Files of addresses into the index that serves: the communes that they bring are replaced, the others kept.
//!
//! One import at a time writes in a folder; whoever asks meanwhile is answered by the index of before, which stays when
//! an import fails or is killed.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use crate::build::{BuildOptions, Builder};
use crate::{BuildError, Geocoder, Index, Place};

/// Why an import didn't happen. The index is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The index can't be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The folder can't be written.
    #[error("{path}: {source}")]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Folder of an import under way, within the geocoder's.
const SCRATCH: &str = "tmp-import";
/// Held by the import that is under way.
const LOCK: &str = "import.lock";

/// Makes an index of the communes alone, unless there is one.
///
/// # Errors
/// When the folder can't be written.
pub fn communes_alone(geocoder: &Geocoder, communes: impl Iterator<Item = Place>) -> Result<(), ImportError> {
    let folder = Folder::lock(geocoder.folder())?;
    if serving(geocoder).is_some() {
        return Ok(());
    }
    let mut builder = Builder::new(folder.scratch.path(), BuildOptions::default());
    for commune in communes {
        builder.add(&commune)?;
    }
    geocoder.finish(builder, &|_| ())?;
    Ok(())
}

/// The index that serves right now: what the geocoder holds may be a second old, and another program may have imported.
fn serving(geocoder: &Geocoder) -> Option<Arc<Index>> {
    Geocoder::open(geocoder.folder()).current()
}

/// The geocoder's folder while an import works in it.
#[derive(Debug)]
struct Folder {
    scratch: TempDir,
    _lock: File,
}

impl Folder {
    /// Waits for the import that is under way, then clears what killed ones left.
    fn lock(path: &Path) -> Result<Folder, ImportError> {
        fs::create_dir_all(path).at(path)?;
        let lock_path = path.join(LOCK);
        let lock = File::create(&lock_path).at(&lock_path)?;
        lock.lock().at(&lock_path)?;
        for entry in fs::read_dir(path).at(path)?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(SCRATCH) {
                fs::remove_dir_all(entry.path()).at(&entry.path())?;
            }
        }
        let scratch = tempfile::Builder::new().prefix(SCRATCH).tempdir_in(path).at(path)?;
        Ok(Folder { scratch, _lock: lock })
    }
}

/// Says where a failure of the system happened.
trait At<T> {
    fn at(self, path: &Path) -> Result<T, ImportError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, ImportError> {
        self.map_err(|source| ImportError::Io { path: path.to_owned(), source })
    }
}
