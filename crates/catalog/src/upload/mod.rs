//! Files that arrive in pieces, and go on where they stopped.
//!
//! ```text
//! {data}/uploads/{id}/
//!     upload.json    who sends it, its name, its size; never changed
//!     data           the bytes so far
//!     offset         how many of them are surely on the disk; replaced in one step
//! ```
//! A number of bytes is acknowledged once they are on the disk. Bytes beyond it (the program died while it wrote) are
//! cut off when the upload goes on.

mod append;
mod sweep;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{AtPath as _, Error, Result};

const UPLOAD_FILE: &str = "upload.json";
const DATA_FILE: &str = "data";
const OFFSET_FILE: &str = "offset";
/// Bytes of all that is said of an upload.
const LONGEST_METADATA: usize = 16 << 10;

/// Bounds on uploads.
#[derive(Debug, Clone)]
pub struct UploadLimits {
    /// Bytes of a file.
    pub bytes: u64,
    /// Uploads that one actor may have open.
    pub open: usize,
    /// How long an upload is kept after its last piece.
    pub kept: Duration,
}

impl Default for UploadLimits {
    fn default() -> Self {
        Self { bytes: 4 << 30, open: 100, kept: Duration::from_secs(24 * 3_600) }
    }
}

/// The files that are arriving. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Uploads {
    folder: PathBuf,
    limits: UploadLimits,
}

/// A file that is arriving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// Its identifier.
    pub id: Uuid,
    /// Bytes in all.
    pub length: u64,
    /// Bytes that are on the disk.
    pub offset: u64,
    /// What the sender says of it: `filename`…
    pub metadata: BTreeMap<String, String>,
    /// When it is thrown away unless another piece comes.
    pub expires_at: Timestamp,
}

impl Arriving {
    /// Whether every byte has come.
    pub fn is_complete(&self) -> bool {
        self.offset == self.length
    }

    /// The file's name, as the sender says.
    pub fn file_name(&self) -> Option<&str> {
        ["filename", "name"].into_iter().find_map(|key| self.metadata.get(key)).map(String::as_str)
    }
}

/// What doesn't change.
#[derive(Debug, Serialize, Deserialize)]
struct Beginning {
    owner: String,
    length: u64,
    metadata: BTreeMap<String, String>,
}

impl Uploads {
    /// The uploads of a folder, made when it is missing.
    pub(crate) fn open(folder: &Path, limits: UploadLimits) -> Result<Self> {
        std::fs::create_dir_all(folder).at(folder)?;
        Ok(Self { folder: folder.to_owned(), limits })
    }

    /// The bounds.
    pub fn limits(&self) -> &UploadLimits {
        &self.limits
    }

    /// Begins an upload of `length` bytes.
    ///
    /// # Errors
    /// `File` (too large) beyond the limit, `Conflict` when the owner has too many open, `Io`.
    pub async fn create(&self, owner: &str, length: u64, metadata: BTreeMap<String, String>) -> Result<Arriving> {
        if length > self.limits.bytes {
            let detail = format!("{length} bytes, at most {} are taken", self.limits.bytes);
            return Err(tabular::Error::new(tabular::ErrorCode::TooLarge, detail).into());
        }
        let size: usize = metadata.iter().map(|(key, value)| key.len() + value.len()).sum();
        if size > LONGEST_METADATA {
            return Err(Error::invalid("metadata", format!("{size} bytes: at most {LONGEST_METADATA} are taken")));
        }
        let (uploads, owner) = (self.clone(), owner.to_owned());
        tokio::task::spawn_blocking(move || uploads.begin(Beginning { owner, length, metadata })).await?
    }

    fn begin(&self, beginning: Beginning) -> Result<Arriving> {
        if self.count(&beginning.owner)? >= self.limits.open {
            let detail = format!("{} uploads are open already: finish or cancel one", self.limits.open);
            return Err(Error::Conflict { what: "upload", key: beginning.owner, detail });
        }
        let id = Uuid::now_v7();
        let (new, home) = (self.folder.join(format!("new-{id}")), self.home(id));
        std::fs::create_dir(&new).at(&new)?;
        let json = serde_json::to_vec(&beginning).map_err(|error| Error::Record(error.to_string()))?;
        for (name, content) in [(UPLOAD_FILE, json.as_slice()), (DATA_FILE, b""), (OFFSET_FILE, b"0")] {
            write_synced(&new.join(name), content)?;
        }
        std::fs::rename(&new, &home).at(&home)?;
        sync_folder(&self.folder)?;
        self.read(id, &beginning.owner)
    }

    /// An upload of this owner.
    ///
    /// # Errors
    /// `NotFound` when there is none, or it is somebody else's.
    pub async fn find(&self, id: Uuid, owner: &str) -> Result<Arriving> {
        let (uploads, owner) = (self.clone(), owner.to_owned());
        tokio::task::spawn_blocking(move || uploads.read(id, &owner)).await?
    }

    /// Throws an upload away.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` while a piece is being written.
    pub async fn cancel(&self, id: Uuid, owner: &str) -> Result<()> {
        let (uploads, owner) = (self.clone(), owner.to_owned());
        let remove = move || {
            uploads.read(id, &owner)?;
            let _lock = uploads.lock(id)?;
            uploads.remove(id)
        };
        tokio::task::spawn_blocking(remove).await?
    }

    /// Where the bytes of a complete upload are.
    pub(crate) async fn complete(&self, id: Uuid, owner: &str) -> Result<(PathBuf, String)> {
        let arriving = self.find(id, owner).await?;
        if !arriving.is_complete() {
            let detail = format!("{} of {} bytes have come", arriving.offset, arriving.length);
            return Err(Error::Conflict { what: "upload", key: id.to_string(), detail });
        }
        let name = arriving.file_name().unwrap_or_default().to_owned();
        Ok((self.home(id).join(DATA_FILE), name))
    }

    fn home(&self, id: Uuid) -> PathBuf {
        self.folder.join(id.to_string())
    }

    fn read(&self, id: Uuid, owner: &str) -> Result<Arriving> {
        let beginning = self.beginning(id)?.filter(|beginning| beginning.owner == owner);
        let Beginning { length, metadata, .. } = beginning.ok_or_else(|| Error::not_found("upload", id))?;
        let path = self.home(id).join(OFFSET_FILE);
        let offset = std::fs::read_to_string(&path).at(&path)?.trim().parse();
        let offset = offset.map_err(|error| Error::Record(format!("upload {id}: {error}")))?;
        let touched = std::fs::metadata(&path).and_then(|metadata| metadata.modified()).at(&path)?;
        let expires_at = Timestamp::try_from(touched + self.limits.kept).unwrap_or(Timestamp::MAX);
        Ok(Arriving { id, length, offset, metadata, expires_at })
    }

    fn beginning(&self, id: Uuid) -> Result<Option<Beginning>> {
        let path = self.home(id).join(UPLOAD_FILE);
        match std::fs::read(&path) {
            Ok(json) => serde_json::from_slice(&json).map(Some).map_err(|error| Error::Record(error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).at(&path),
        }
    }

    /// The data file, which nobody else writes meanwhile, in this program or another.
    fn lock(&self, id: Uuid) -> Result<File> {
        let path = self.home(id).join(DATA_FILE);
        let file = File::options().read(true).write(true).open(&path).at(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(std::fs::TryLockError::WouldBlock) => {
                let detail = "another piece of it is being written".to_owned();
                Err(Error::Conflict { what: "upload", key: id.to_string(), detail })
            }
            Err(std::fs::TryLockError::Error(error)) => Err(error).at(&path),
        }
    }

    /// The description goes first: without it there is no upload.
    fn remove(&self, id: Uuid) -> Result<()> {
        let home = self.home(id);
        let description = home.join(UPLOAD_FILE);
        std::fs::remove_file(&description).at(&description)?;
        std::fs::remove_dir_all(&home).at(&home)
    }

    fn count(&self, owner: &str) -> Result<usize> {
        let mut count = 0;
        for id in self.ids()? {
            count += usize::from(self.beginning(id)?.is_some_and(|beginning| beginning.owner == owner));
        }
        Ok(count)
    }

    fn ids(&self) -> Result<Vec<Uuid>> {
        let mut ids = Vec::new();
        for entry in std::fs::read_dir(&self.folder).at(&self.folder)? {
            let name = entry.at(&self.folder)?.file_name();
            ids.extend(name.to_str().and_then(|name| Uuid::parse_str(name).ok()));
        }
        Ok(ids)
    }
}

fn write_synced(path: &Path, content: &[u8]) -> Result<()> {
    let mut file = File::create(path).at(path)?;
    file.write_all(content).and_then(|()| file.sync_all()).at(path)
}

fn sync_folder(path: &Path) -> Result<()> {
    File::open(path).and_then(|folder| folder.sync_all()).at(path)
}

#[cfg(test)]
mod tests;
