//! A table whose rows are in memory, for formats that cannot be streamed. What it may hold is bounded by its reader.

use super::{Batches, Header, RawBatch, Remarks, Table};
use crate::{error::Result, profile::SourceDescription};

/// A table in memory. Batches share their cells: reading them again copies nothing.
pub(crate) struct HeldTable {
    pub name: Option<String>,
    pub source: SourceDescription,
    pub header: Vec<Header>,
    pub batches: Vec<RawBatch>,
    pub remarks: Remarks,
    /// Bytes of the source.
    pub bytes: u64,
}

impl Table for HeldTable {
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn source(&self) -> SourceDescription {
        self.source.clone()
    }

    fn header(&self) -> Vec<Header> {
        self.header.clone()
    }

    fn batches(&self) -> Result<Box<dyn Batches + '_>> {
        Ok(Box::new(HeldBatches { table: self, next: 0 }))
    }
}

struct HeldBatches<'a> {
    table: &'a HeldTable,
    next: usize,
}

impl Iterator for HeldBatches<'_> {
    type Item = Result<RawBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.table.batches.get(self.next)?.clone();
        self.next += 1;
        Some(Ok(batch))
    }
}

impl Batches for HeldBatches<'_> {
    fn remarks(&self) -> Remarks {
        self.table.remarks.clone()
    }

    fn bytes_read(&self) -> u64 {
        let share = self.next.min(self.table.batches.len()) as u64;
        self.table.bytes * share / (self.table.batches.len() as u64).max(1)
    }
}
