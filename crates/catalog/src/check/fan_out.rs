//! One reader, several consumers that each take every batch.

use std::convert::Infallible;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use personal_data::{Finding, Guard};
use tableschema::Batch;
use tabular::read::Table;

use super::cells::{self, FIRST_ROW};
use crate::error::Result;

/// Batches that wait for a slow consumer.
const WAITING: usize = 2;

pub(super) fn channel() -> (SyncSender<Batch>, Receiver<Batch>) {
    sync_channel(WAITING)
}

/// Reads the table once and gives each consumer every batch; one that has ended is passed over.
pub(super) fn read(
    table: &dyn Table,
    mut consumers: Vec<SyncSender<Batch>>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<()> {
    let mut row = FIRST_ROW;
    for raw in table.batches()? {
        let raw = raw?;
        let rows = raw.rows as u64;
        let batch = cells::batch(raw, row);
        consumers.retain(|consumer| consumer.send(batch.clone()).is_ok());
        row += rows;
        progress(row - FIRST_ROW);
    }
    Ok(())
}

/// The batches as a stream without errors: those of the reader are told by the reader.
pub(super) fn sound(batches: Receiver<Batch>) -> impl Iterator<Item = std::result::Result<Batch, Infallible>> + Send {
    batches.into_iter().map(Ok)
}

/// What came of a stream without errors.
pub(super) fn outcome<T>(outcome: std::result::Result<T, Infallible>) -> T {
    match outcome {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

pub(super) fn scan(mut guard: Guard, batches: Receiver<Batch>) -> Vec<Finding> {
    for batch in batches {
        guard.scan(&batch.columns, batch.first_row);
    }
    guard.finish()
}
