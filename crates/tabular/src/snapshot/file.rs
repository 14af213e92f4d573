//! Files that appear whole or not at all.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::error::{Error, ErrorCode, Result};

/// A file being written under another name; dropped without [`Pending::keep`], it leaves nothing.
#[derive(Debug)]
pub(crate) struct Pending {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl Pending {
    /// Begins `name` in `folder`.
    pub fn create(folder: &Path, name: &str) -> Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".writing-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o644));
        }
        let file = builder.tempfile_in(folder)?;
        Ok(Self { file: BufWriter::with_capacity(1 << 18, file), path: folder.join(name) })
    }

    /// Makes the bytes safe on disk, then gives the file its name.
    pub fn keep(self) -> Result<()> {
        let file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// Makes the names in a folder safe on disk.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

impl From<parquet::errors::ParquetError> for Error {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Self::new(ErrorCode::Io, error.to_string())
    }
}

impl From<arrow::error::ArrowError> for Error {
    fn from(error: arrow::error::ArrowError) -> Self {
        Self::new(ErrorCode::Io, error.to_string())
    }
}
