//! A table that remembers what its reader remarked: which rows of the source were passed over, so that rows are numbered
//! as a person, or another program, counts them.

use std::sync::{Mutex, PoisonError};

use tabular::profile::SourceDescription;
use tabular::read::{Batches, Header, RawBatch, Remarks, Table};

/// A table whose reading is watched.
pub(super) struct Watched<'a> {
    table: &'a dyn Table,
    remarks: Mutex<Remarks>,
}

impl<'a> Watched<'a> {
    pub(super) fn new(table: &'a dyn Table) -> Self {
        Self { table, remarks: Mutex::default() }
    }

    /// What was remarked, once the table was read to its end.
    pub(super) fn remarks(&self) -> Remarks {
        self.remarks.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Table for Watched<'_> {
    fn name(&self) -> Option<&str> {
        self.table.name()
    }

    fn source(&self) -> SourceDescription {
        self.table.source()
    }

    fn header(&self) -> Vec<Header> {
        self.table.header()
    }

    fn batches(&self) -> tabular::Result<Box<dyn Batches + '_>> {
        Ok(Box::new(WatchedBatches { batches: self.table.batches()?, remarks: &self.remarks }))
    }
}

struct WatchedBatches<'a> {
    batches: Box<dyn Batches + 'a>,
    remarks: &'a Mutex<Remarks>,
}

impl Iterator for WatchedBatches<'_> {
    type Item = tabular::Result<RawBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.batches.next();
        if next.is_none() {
            *self.remarks.lock().unwrap_or_else(PoisonError::into_inner) = self.batches.remarks();
        }
        next
    }
}

impl Batches for WatchedBatches<'_> {
    fn remarks(&self) -> Remarks {
        self.batches.remarks()
    }

    fn bytes_read(&self) -> u64 {
        self.batches.bytes_read()
    }
}
