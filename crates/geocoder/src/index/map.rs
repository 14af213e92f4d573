//! The bytes of a file, mapped in memory.

use memmap2::Mmap;
use std::{fs::File, io, path::Path};

/// A whole file, read by the system as it is touched.
#[derive(Debug)]
pub(crate) struct Map(Mmap);

impl Map {
    /// Maps a file that isn't empty.
    pub(crate) fn of(path: &Path) -> io::Result<Map> {
        let file = File::open(path)?;
        // Sound as long as nobody cuts or rewrites the file: an index is renamed into place whole, made read-only by
        // convention, and removed by unlinking, which leaves mapped pages alone.
        #[allow(unsafe_code)]
        let map = unsafe { Mmap::map(&file)? };
        Ok(Map(map))
    }

    /// The file's bytes; the first one is aligned to a page.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
