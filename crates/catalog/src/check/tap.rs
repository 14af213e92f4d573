//! A table whose rows are also given to checks, whoever reads it: typing and checking share one reading.

use std::sync::mpsc::SyncSender;
use std::sync::{Mutex, PoisonError};

use arrow::array::Array as _;
use tabular::profile::SourceDescription;
use tabular::read::{Batches, Header, RawBatch, RawColumn, Remarks, Table};

use super::cells::{FIRST_ROW, Piece};

/// Gives every row once, however often the table is read: a reading that stops early (a survey) has the next one go on
/// where it stopped, and once a reading came to the end, the checks have seen all.
pub(super) struct Tapped<'a> {
    table: &'a dyn Table,
    given: Mutex<Given>,
}

struct Given {
    rows: u64,
    consumers: Vec<SyncSender<Piece>>,
}

impl<'a> Tapped<'a> {
    pub(super) fn new(table: &'a dyn Table, consumers: Vec<SyncSender<Piece>>) -> Self {
        Self { table, given: Mutex::new(Given { rows: 0, consumers }) }
    }

    /// Gives the part of a batch that wasn't given yet.
    fn give(&self, first: u64, raw: &RawBatch) {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let end = first + raw.rows as u64;
        if given.consumers.is_empty() || end <= given.rows {
            return;
        }
        let known = usize::try_from(given.rows.saturating_sub(first)).unwrap_or(usize::MAX);
        let piece = Piece::new(from_row(raw, known), FIRST_ROW + first + known as u64);
        given.consumers.retain(|consumer| consumer.send(piece.clone()).is_ok());
        given.rows = end;
    }

    /// All rows were given: the checks may end.
    fn end(&self) {
        self.given.lock().unwrap_or_else(PoisonError::into_inner).consumers.clear();
    }
}

/// The rows of a batch from the n-th on.
fn from_row(raw: &RawBatch, from: usize) -> RawBatch {
    if from == 0 {
        return raw.clone();
    }
    let columns = raw.columns.iter().map(|column| match column {
        RawColumn::Text(cells) => RawColumn::Text(cells.slice(from, cells.len() - from)),
        RawColumn::Geometry(cells) => RawColumn::Geometry(cells.slice(from, cells.len() - from)),
    });
    let beyond = raw.overflow.iter().filter(|(row, _)| *row >= from);
    RawBatch {
        columns: columns.collect(),
        rows: raw.rows - from,
        overflow: beyond.map(|(row, cells)| (row - from, cells.clone())).collect(),
        short: raw.short.iter().filter(|(row, _)| *row >= from).map(|(row, cells)| (row - from, *cells)).collect(),
    }
}

impl Table for Tapped<'_> {
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
        Ok(Box::new(TappedBatches { batches: self.table.batches()?, tap: self, row: 0 }))
    }
}

struct TappedBatches<'a> {
    batches: Box<dyn Batches + 'a>,
    tap: &'a Tapped<'a>,
    row: u64,
}

impl Iterator for TappedBatches<'_> {
    type Item = tabular::Result<RawBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.batches.next();
        match &next {
            Some(Ok(raw)) => {
                self.tap.give(self.row, raw);
                self.row += raw.rows as u64;
            }
            Some(Err(_)) => {}
            None => self.tap.end(),
        }
        next
    }
}

impl Batches for TappedBatches<'_> {
    fn remarks(&self) -> Remarks {
        self.batches.remarks()
    }

    fn bytes_read(&self) -> u64 {
        self.batches.bytes_read()
    }
}
