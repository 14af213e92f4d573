//! Writing pieces.

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};

use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use uuid::Uuid;

use super::{OFFSET_FILE, Uploads, sync_folder, write_synced};
use crate::error::{AtPath as _, Error, Result};

/// Bytes written between two acknowledgements on the disk.
const SYNCED: u64 = 8 << 20;

/// What came of a piece.
#[derive(Debug)]
pub struct Appended<E> {
    /// Bytes that are on the disk now.
    pub offset: u64,
    /// Why the piece ended early; what had come of it is kept.
    pub interrupted: Option<E>,
}

/// An upload whose data file is locked.
struct Writer {
    uploads: Uploads,
    id: Uuid,
    file: File,
    written: u64,
    synced: u64,
}

impl Uploads {
    /// Appends a piece that begins at `offset`. When the piece ends early, what had come is kept.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when the upload is at another offset, or another piece is being written; `Invalid` when
    /// more comes than was announced; `Io`.
    pub async fn append<E>(
        &self,
        id: Uuid,
        owner: &str,
        offset: u64,
        piece: impl Stream<Item = std::result::Result<Bytes, E>>,
    ) -> Result<Appended<E>> {
        let arriving = self.find(id, owner).await?;
        let uploads = self.clone();
        let mut writer = tokio::task::spawn_blocking(move || uploads.writer(id, offset)).await??;
        futures::pin_mut!(piece);
        let mut interrupted = None;
        let mut too_long = false;
        while let Some(bytes) = piece.next().await {
            let bytes = match bytes {
                Ok(bytes) => bytes,
                Err(error) => {
                    interrupted = Some(error);
                    break;
                }
            };
            too_long = writer.written + bytes.len() as u64 > arriving.length;
            if too_long {
                break;
            }
            writer = tokio::task::spawn_blocking(move || writer.write(&bytes)).await??;
        }
        let offset = tokio::task::spawn_blocking(move || writer.finish()).await??;
        if too_long {
            let detail = format!("more than the {} bytes that were announced", arriving.length);
            return Err(Error::invalid("piece", detail));
        }
        Ok(Appended { offset, interrupted })
    }

    /// Locks the upload and cuts off what was never acknowledged.
    fn writer(self, id: Uuid, offset: u64) -> Result<Writer> {
        let mut file = self.lock(id)?;
        let known = self.offset(id)?;
        if known != offset {
            let detail = format!("it is at byte {known}, the piece begins at {offset}");
            return Err(Error::Conflict { what: "upload", key: id.to_string(), detail });
        }
        let path = self.home(id);
        file.set_len(offset).at(&path)?;
        file.seek(SeekFrom::Start(offset)).at(&path)?;
        Ok(Writer { uploads: self, id, file, written: offset, synced: offset })
    }

    fn offset(&self, id: Uuid) -> Result<u64> {
        let path = self.home(id).join(OFFSET_FILE);
        let text = std::fs::read_to_string(&path).at(&path)?;
        text.trim().parse().map_err(|error| Error::Record(format!("upload {id}: {error}")))
    }
}

impl Writer {
    fn write(mut self, bytes: &[u8]) -> Result<Self> {
        let path = self.uploads.home(self.id);
        self.file.write_all(bytes).at(&path)?;
        self.written += bytes.len() as u64;
        if self.written - self.synced >= SYNCED {
            self.sync()?;
        }
        Ok(self)
    }

    fn finish(mut self) -> Result<u64> {
        self.sync()?;
        Ok(self.written)
    }

    /// The bytes first, then their number.
    fn sync(&mut self) -> Result<()> {
        let home = self.uploads.home(self.id);
        self.file.sync_data().at(&home)?;
        let (new, offset) = (home.join("offset.new"), home.join(OFFSET_FILE));
        write_synced(&new, self.written.to_string().as_bytes())?;
        std::fs::rename(&new, &offset).at(&offset)?;
        sync_folder(&home)?;
        self.synced = self.written;
        Ok(())
    }
}
