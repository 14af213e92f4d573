//! Records that grow one behind another: in memory while they are few, then in a scratch file.

use super::BuildError;
use bytemuck::{AnyBitPattern, NoUninit};
use std::{
    io::{BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};
use tempfile::SpooledTempFile;

/// Bytes of a column that stay in memory.
const IN_MEMORY: usize = 4 << 20;

/// A growing list of records or of bytes.
#[derive(Debug)]
pub(super) struct Column {
    file: BufWriter<SpooledTempFile>,
    scratch: PathBuf,
    bytes: u64,
}

impl Column {
    pub(super) fn new(scratch: &Path) -> Column {
        let file = BufWriter::with_capacity(64 << 10, tempfile::spooled_tempfile_in(IN_MEMORY, scratch));
        Column { file, scratch: scratch.to_owned(), bytes: 0 }
    }

    pub(super) fn push<T: NoUninit>(&mut self, records: &[T]) -> Result<(), BuildError> {
        let bytes: &[u8] = bytemuck::cast_slice(records);
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes).map_err(|source| self.io(source))
    }

    /// Fills up with zeros to a length in bytes.
    pub(super) fn fill(&mut self, bytes: u64) -> Result<(), BuildError> {
        const ZEROS: [u8; 4096] = [0; 4096];
        while self.bytes < bytes {
            self.push(&ZEROS[..ZEROS.len().min((bytes - self.bytes) as usize)])?;
        }
        Ok(())
    }

    /// Its length in bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Its length as an offset of the file.
    pub(super) fn offset(&self) -> Result<u32, BuildError> {
        u32::try_from(self.bytes).map_err(|_| BuildError::TooLarge { what: "text" })
    }

    /// Gives all records, some thousands at a time.
    pub(super) fn read<T: AnyBitPattern + NoUninit>(
        self,
        mut take: impl FnMut(&mut [T]) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        let scratch = self.scratch;
        let io = |source| BuildError::Io { path: scratch.clone(), source };
        let mut file = self.file.into_inner().map_err(|error| io(error.into_error()))?;
        file.seek(SeekFrom::Start(0)).map_err(io)?;
        let mut file = BufReader::with_capacity(64 << 10, file);
        let mut left = self.bytes as usize / size_of::<T>();
        let mut records = vec![T::zeroed(); left.min(8192)];
        while left > 0 {
            let batch = &mut records[..left.min(8192)];
            file.read_exact(bytemuck::cast_slice_mut(batch)).map_err(io)?;
            left -= batch.len();
            take(batch)?;
        }
        Ok(())
    }

    fn io(&self, source: std::io::Error) -> BuildError {
        BuildError::Io { path: self.scratch.clone(), source }
    }
}
