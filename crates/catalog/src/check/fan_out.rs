//! One reader, several consumers that each take every batch.

use std::convert::Infallible;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use personal_data::{Finding, Guard};
use tableschema::Batch;
use tabular::read::{Remarks, Table};

use super::cells::{FIRST_ROW, Piece};
use crate::error::Result;

/// Batches that wait for a slow consumer.
const WAITING: usize = 2;

pub(super) fn channel() -> (SyncSender<Piece>, Receiver<Piece>) {
    sync_channel(WAITING)
}

/// Reads the table once and gives each consumer every batch; one that has ended is passed over.
pub(super) fn read(
    table: &dyn Table,
    mut consumers: Vec<SyncSender<Piece>>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Remarks> {
    let mut row = FIRST_ROW;
    let mut batches = table.batches()?;
    for raw in batches.by_ref() {
        let raw = raw?;
        let rows = raw.rows as u64;
        let piece = Piece::new(raw, row);
        consumers.retain(|consumer| consumer.send(piece.clone()).is_ok());
        row += rows;
        progress(row - FIRST_ROW);
    }
    Ok(batches.remarks())
}

/// The batches as a stream without errors: those of the reader are told by the reader.
pub(super) fn sound(pieces: Receiver<Piece>) -> impl Iterator<Item = std::result::Result<Batch, Infallible>> + Send {
    pieces.into_iter().map(|piece| Ok(piece.batch))
}

/// What came of a stream without errors.
pub(super) fn outcome<T>(outcome: std::result::Result<T, Infallible>) -> T {
    match outcome {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

pub(super) fn scan(mut guard: Guard, pieces: Receiver<Piece>) -> Vec<Finding> {
    for piece in pieces {
        let first_row = piece.batch.first_row;
        guard.scan(&piece.into_guarded(), first_row);
    }
    guard.finish()
}
