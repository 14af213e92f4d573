//! Writing a file and hashing it on the way.

use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::error::{AtPath as _, Result};
use crate::records::hexadecimal;

/// A file being written.
pub(crate) struct Spool {
    file: BufWriter<File>,
    hasher: Sha256,
    size: u64,
}

impl Spool {
    pub(crate) fn create(path: &Path) -> std::io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 18, File::create(path)?);
        Ok(Self { file, hasher: Sha256::new(), size: 0 })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        Ok(())
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// SHA-256 in hexadecimal and size.
    pub(crate) fn finish(mut self) -> std::io::Result<(String, u64)> {
        self.file.flush()?;
        Ok((hexadecimal(&self.hasher.finalize()), self.size))
    }
}

/// Copies a file of at most `limit` bytes; gives its SHA-256 and size.
pub(crate) fn copy(from: &Path, to: &Path, limit: u64, progress: &dyn Fn(u64, Option<u64>)) -> Result<(String, u64)> {
    let mut source = File::open(from).at(from)?;
    let total = source.metadata().at(from)?.len();
    let mut spool = Spool::create(to).at(to)?;
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = source.read(&mut buffer).at(from)?;
        if read == 0 {
            return spool.finish().at(to);
        }
        spool.write(&buffer[..read]).at(to)?;
        if spool.size() > limit {
            let detail = format!("more than {limit} bytes");
            return Err(tabular::Error::new(tabular::ErrorCode::TooLarge, detail).into());
        }
        progress(spool.size(), Some(total));
    }
}

/// SHA-256 in hexadecimal and size of a file.
pub(crate) fn hash(path: &Path) -> Result<(String, u64)> {
    crate::store::hash_file(path)
}

/// Copies a file of the store to this machine.
pub(crate) async fn stream(source: &crate::store::Source, to: &Path) -> Result<()> {
    use futures::TryStreamExt as _;

    let mut spool = Spool::create(to).at(to)?;
    let mut pieces = source.stream(0..source.size());
    while let Some(piece) = pieces.try_next().await.at(to)? {
        spool.write(&piece).at(to)?;
    }
    spool.finish().at(to)?;
    Ok(())
}
