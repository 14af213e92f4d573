//! The index file as it is written: from its head to its tail, hashed on the way, under a temporary name.

use super::{BuildError, column::Column};
use crate::index::{
    format::{ALIGNMENT, ENTRY, HEAD, MAGIC, Section, TAIL, VERSION},
    hash::hash,
};
use bytemuck::NoUninit;
use sha2::{Digest as _, Sha256};
use std::{
    fmt::Write as _,
    fs::File,
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// A file that is being written.
#[derive(Debug)]
pub(super) struct Sink {
    file: BufWriter<NamedTempFile>,
    hasher: Sha256,
    to: PathBuf,
    at: u64,
    table: Vec<u8>,
    /// The section that is being written, and where it began.
    section: Option<(Section, u64)>,
}

/// What was written.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

impl Sink {
    /// Begins a file that will lie at `to`; until it is whole it has another name in the same folder.
    pub(super) fn create(to: &Path) -> Result<Sink, BuildError> {
        let io = |source| BuildError::Io { path: to.to_owned(), source };
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".index-").suffix(".partial");
        #[cfg(unix)]
        let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        let file = BufWriter::with_capacity(256 << 10, builder.tempfile_in(folder).map_err(io)?);
        let mut sink = Sink { file, hasher: Sha256::new(), to: to.to_owned(), at: 0, table: Vec::new(), section: None };
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.resize(HEAD, 0);
        sink.write(&head)?;
        Ok(sink)
    }

    /// Begins a section, after the end of the one before.
    pub(super) fn begin(&mut self, section: Section) -> Result<(), BuildError> {
        self.end();
        let padding = self.at.next_multiple_of(ALIGNMENT as u64) - self.at;
        self.write(&[0; ALIGNMENT][..padding as usize])?;
        self.section = Some((section, self.at));
        Ok(())
    }

    /// Records of the section that was begun.
    pub(super) fn push<T: NoUninit>(&mut self, records: &[T]) -> Result<(), BuildError> {
        self.write(bytemuck::cast_slice(records))
    }

    /// A whole section.
    pub(super) fn section<T: NoUninit>(&mut self, section: Section, records: &[T]) -> Result<(), BuildError> {
        self.begin(section)?;
        self.push(records)
    }

    /// A whole section from a column.
    pub(super) fn column(&mut self, section: Section, column: Column) -> Result<(), BuildError> {
        self.begin(section)?;
        column.read::<u8>(|bytes| self.write(bytes))
    }

    /// Texts: where each starts and the end, and their bytes.
    pub(super) fn texts<'a>(
        &mut self,
        offsets: Section,
        bytes: Section,
        texts: impl Iterator<Item = &'a str> + Clone,
    ) -> Result<(), BuildError> {
        let mut end = 0u64;
        let mut ends = vec![0u32];
        for text in texts.clone() {
            end += text.len() as u64;
            ends.push(u32::try_from(end).map_err(|_| BuildError::TooLarge { what: "text" })?);
        }
        self.section(offsets, &ends)?;
        self.begin(bytes)?;
        for text in texts {
            self.write(text.as_bytes())?;
        }
        Ok(())
    }

    /// Lists: where each starts and the end, and their records.
    pub(super) fn lists<T: NoUninit>(
        &mut self,
        offsets: Section,
        section: Section,
        lists: &[Vec<T>],
    ) -> Result<(), BuildError> {
        let mut end = 0u64;
        let mut ends = vec![0u32];
        for list in lists {
            end += list.len() as u64;
            ends.push(u32::try_from(end).map_err(|_| BuildError::TooLarge { what: "records of a list" })?);
        }
        self.section(offsets, &ends)?;
        self.begin(section)?;
        for list in lists {
            self.push(list)?;
        }
        Ok(())
    }

    /// Ends the file, makes sure that it is on the disk and gives it its name.
    pub(super) fn finish(mut self) -> Result<Written, BuildError> {
        self.end();
        let table = std::mem::take(&mut self.table);
        let table_at = self.at;
        self.write(&table)?;
        let bytes = self.at + TAIL as u64;
        let mut tail = table_at.to_le_bytes().to_vec();
        tail.extend_from_slice(&((table.len() / ENTRY) as u64).to_le_bytes());
        tail.extend_from_slice(&hash(&table).to_le_bytes());
        tail.extend_from_slice(&bytes.to_le_bytes());
        tail.extend_from_slice(&MAGIC);
        self.write(&tail)?;
        let mut sha256 = String::with_capacity(64);
        for byte in self.hasher.finalize() {
            // Writing to a string can't fail.
            let _ = write!(sha256, "{byte:02x}");
        }
        let io = |source| BuildError::Io { path: self.to.clone(), source };
        let file = self.file.into_inner().map_err(|error| io(error.into_error()))?;
        file.as_file().sync_all().map_err(io)?;
        file.persist(&self.to).map_err(|error| io(error.error))?;
        sync_folder(&self.to).map_err(io)?;
        Ok(Written { bytes, sha256 })
    }

    fn end(&mut self) {
        if let Some((section, start)) = self.section.take() {
            self.table.extend_from_slice(&(section as u32).to_le_bytes());
            self.table.extend_from_slice(&section.width().to_le_bytes());
            self.table.extend_from_slice(&start.to_le_bytes());
            self.table.extend_from_slice(&(self.at - start).to_le_bytes());
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), BuildError> {
        self.hasher.update(bytes);
        self.at += bytes.len() as u64;
        self.file.write_all(bytes).map_err(|source| BuildError::Io { path: self.to.clone(), source })
    }
}

/// A new name is only sure to be on the disk when its folder is. Where folders can't be opened, the system sees to it.
pub(crate) fn sync_folder(file: &Path) -> io::Result<()> {
    match file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}
