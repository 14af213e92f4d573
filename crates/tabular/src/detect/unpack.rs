//! Containers, unpacked onto disk within the limits.

use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use flate2::read::MultiGzDecoder;

use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
};

/// Unpacked bytes below which any ratio is allowed.
const RATIO_FREE: u64 = 16 << 20;

/// A folder for unpacked files, and how much may still go into it.
#[derive(Debug)]
pub(crate) struct Unpacker<'a> {
    scratch: &'a Path,
    /// A folder of its own in `scratch`, made with the first file.
    folder: Option<PathBuf>,
    limits: &'a Limits,
    unpacked: u64,
    files: usize,
}

impl<'a> Unpacker<'a> {
    pub(crate) fn new(scratch: &'a Path, limits: &'a Limits) -> Self {
        Self { scratch, folder: None, limits, unpacked: 0, files: 0 }
    }

    /// A folder of its own for files that belong together.
    pub(crate) fn subfolder(&mut self) -> Result<PathBuf> {
        let folder = self.new_path()?;
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// A new file. The name of a member never enters the path, so it cannot lead out of the folder.
    pub(crate) fn new_path(&mut self) -> Result<PathBuf> {
        let folder = match self.folder.take() {
            Some(folder) => folder,
            None => {
                fs::create_dir_all(self.scratch)?;
                tempfile::Builder::new().prefix("unpacked-").tempdir_in(self.scratch)?.keep()
            }
        };
        self.files += 1;
        let path = folder.join(self.files.to_string());
        self.folder = Some(folder);
        Ok(path)
    }

    /// Unpacks a gzip file, all its members one after the other.
    pub(crate) fn gunzip(&mut self, path: &Path) -> Result<PathBuf> {
        let file = File::open(path)?;
        let packed = file.metadata()?.len();
        let to = self.new_path()?;
        self.copy(MultiGzDecoder::new(BufReader::new(file)), packed, &to)?;
        Ok(to)
    }

    /// Writes what `from` gives to a file; `packed` is its size when packed.
    pub(crate) fn copy(&mut self, mut from: impl Read, packed: u64, to: &Path) -> Result<()> {
        let mut out = BufWriter::new(File::create(to)?);
        let mut block = vec![0; 128 << 10];
        let mut size = 0;
        loop {
            let count = match from.read(&mut block) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(broken(&error, size)),
            };
            size += count as u64;
            self.unpacked += count as u64;
            self.check(size, packed)?;
            out.write_all(&block[..count])?;
        }
        out.flush()?;
        Ok(())
    }

    fn check(&self, size: u64, packed: u64) -> Result<()> {
        if self.unpacked > self.limits.unpacked_bytes {
            let detail = format!("more than {} bytes once unpacked", self.limits.unpacked_bytes);
            return Err(Error::new(ErrorCode::TooLarge, detail));
        }
        let ratio = self.limits.compression_ratio;
        if size > RATIO_FREE && size / ratio > packed.max(1) {
            return Err(Error::new(ErrorCode::TooLarge, format!("swells more than {ratio} times when unpacked")));
        }
        Ok(())
    }
}

fn broken(error: &io::Error, at: u64) -> Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            Error::new(ErrorCode::BrokenFile, format!("packed data is damaged or cut short: {error}")).at_byte(at)
        }
        _ => Error::new(ErrorCode::Io, error.to_string()),
    }
}
