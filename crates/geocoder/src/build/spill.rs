//! Pieces of places, set apart by the first two characters of their commune's code: in memory, then in a scratch file.

use super::BuildError;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// Records by partition.
#[derive(Debug)]
pub(super) struct Spill {
    scratch: PathBuf,
    /// In the order of codes, so that partitions one after another are communes in their order.
    partitions: BTreeMap<[u8; 2], Partition>,
    file: Option<File>,
    written: u64,
    buffered: usize,
    /// Bytes that may wait in memory.
    most: usize,
}

#[derive(Debug, Default)]
struct Partition {
    buffer: Vec<u8>,
    /// Where in the file its bytes are: offset and length.
    chunks: Vec<(u64, usize)>,
}

impl Spill {
    pub(super) fn new(scratch: &Path, most: usize) -> Spill {
        Spill { scratch: scratch.to_owned(), partitions: BTreeMap::new(), file: None, written: 0, buffered: 0, most }
    }

    /// Lets `write` append a record to the partition of a commune.
    pub(super) fn add(
        &mut self,
        commune: &str,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        let partition = self.partitions.entry(key(commune)).or_default();
        let before = partition.buffer.len();
        write(&mut partition.buffer)?;
        self.buffered += partition.buffer.len() - before;
        if self.buffered > self.most { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), BuildError> {
        let scratch = self.scratch.clone();
        let io = |source| BuildError::Io { path: scratch.clone(), source };
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile_in(&scratch).map_err(io)?),
        };
        for partition in self.partitions.values_mut().filter(|partition| !partition.buffer.is_empty()) {
            file.write_all(&partition.buffer).map_err(io)?;
            partition.chunks.push((self.written, partition.buffer.len()));
            self.written += partition.buffer.len() as u64;
            // Given back and not kept: partitions fill one after the other, and their buffers would add up.
            partition.buffer = Vec::new();
        }
        self.buffered = 0;
        Ok(())
    }

    /// The partitions, each readable once from any thread.
    pub(super) fn into_partitions(self) -> Partitions {
        let partitions = self.partitions.into_values().map(|partition| Mutex::new(Some(partition))).collect();
        Partitions { scratch: self.scratch, file: self.file.map(Mutex::new), partitions }
    }
}

/// Finished partitions in the order of their communes' codes.
#[derive(Debug)]
pub(super) struct Partitions {
    scratch: PathBuf,
    file: Option<Mutex<File>>,
    partitions: Vec<Mutex<Option<Partition>>>,
}

impl Partitions {
    pub(super) fn len(&self) -> usize {
        self.partitions.len()
    }

    /// The records of a partition.
    pub(super) fn read(&self, rank: usize) -> Result<Vec<u8>, BuildError> {
        let partition =
            self.partitions.get(rank).and_then(|slot| slot.lock().unwrap_or_else(PoisonError::into_inner).take());
        let Some(Partition { buffer, chunks }) = partition else { return Ok(Vec::new()) };
        let Some(file) = self.file.as_ref().filter(|_| !chunks.is_empty()) else { return Ok(buffer) };
        let io = |source| BuildError::Io { path: self.scratch.clone(), source };
        let mut records = Vec::with_capacity(buffer.len() + chunks.iter().map(|(_, length)| length).sum::<usize>());
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        for (offset, length) in chunks {
            let start = records.len();
            records.resize(start + length, 0);
            file.seek(SeekFrom::Start(offset)).map_err(io)?;
            file.read_exact(&mut records[start..]).map_err(io)?;
        }
        records.extend_from_slice(&buffer);
        Ok(records)
    }
}

/// The partition of a commune: a département's worth. What isn't a letter or a figure shares a partition, so that their
/// number is bounded, and the order is that of the codes.
fn key(commune: &str) -> [u8; 2] {
    let mut bytes = commune.bytes();
    let mut next = || bytes.next().unwrap_or(0);
    match [next(), next()] {
        [first, second] if first.is_ascii_alphanumeric() && second.is_ascii_alphanumeric() => [first, second],
        [first, _] if first.is_ascii_alphanumeric() => [first, 0],
        _ => [0, 0],
    }
}
