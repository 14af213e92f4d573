//! From the reader's batches to groups of rows, each written as one row group.

use std::sync::mpsc::SyncSender;

use super::options::Progress;
use crate::{
    error::Result,
    read::{RawBatch, RawColumn, Remarks, Table},
};

/// Rows of a row group: small enough that a page of rows touches little, large enough to be scanned fast.
pub(crate) const GROUP_ROWS: usize = 65_536;
/// Raw bytes after which a group is closed although it has fewer rows.
const GROUP_BYTES: usize = 48 << 20;

/// Consecutive rows, by column.
pub(crate) struct Group {
    /// `__id` of the first row.
    pub first_row: u64,
    pub rows: usize,
    /// Pieces of each column, as the reader's batches gave them.
    pub columns: Vec<Vec<RawColumn>>,
    /// Cells beyond the header's width: `__id` of the row, and the cells.
    pub overflow: Vec<(u64, Vec<String>)>,
}

impl Group {
    fn starting_at(first_row: u64, columns: usize) -> Self {
        Self { first_row, rows: 0, columns: vec![Vec::new(); columns], overflow: Vec::new() }
    }
}

/// Reads the whole table and sends its groups; ends early when nobody listens any more.
pub(crate) fn read(
    table: &dyn Table,
    pass: u8,
    progress: &(dyn Fn(Progress) + Sync),
    groups: &SyncSender<Group>,
) -> Result<Remarks> {
    let columns = table.header().len();
    let mut batches = table.batches()?;
    let mut group = Group::starting_at(1, columns);
    let mut bytes = 0;
    while let Some(batch) = batches.next() {
        let batch = batch?;
        let mut from = 0;
        while from < batch.rows {
            let rows = (batch.rows - from).min(GROUP_ROWS - group.rows);
            bytes += take(&mut group, &batch, from, rows);
            from += rows;
            if group.rows == GROUP_ROWS || bytes >= GROUP_BYTES {
                let next = group.first_row + group.rows as u64;
                let full = std::mem::replace(&mut group, Group::starting_at(next, columns));
                bytes = 0;
                if groups.send(full).is_err() {
                    return Ok(Remarks::default());
                }
            }
        }
        let rows = group.first_row - 1 + group.rows as u64;
        progress(Progress { pass, rows, bytes: batches.bytes_read() });
    }
    if group.rows > 0 && groups.send(group).is_err() {
        return Ok(Remarks::default());
    }
    Ok(batches.remarks())
}

/// Moves rows of a batch into the group; gives their raw size.
fn take(group: &mut Group, batch: &RawBatch, from: usize, rows: usize) -> usize {
    let row = group.first_row + group.rows as u64;
    let mut bytes = 0;
    for (pieces, column) in group.columns.iter_mut().zip(&batch.columns) {
        let piece = slice(column, from, rows);
        bytes += size(&piece);
        pieces.push(piece);
    }
    let inside = batch.overflow.iter().filter(|(index, _)| (from..from + rows).contains(index));
    group.overflow.extend(inside.map(|(index, cells)| (row + (index - from) as u64, cells.clone())));
    group.rows += rows;
    bytes
}

fn slice(column: &RawColumn, from: usize, rows: usize) -> RawColumn {
    match column {
        RawColumn::Text(cells) => RawColumn::Text(cells.slice(from, rows)),
        RawColumn::Geometry(cells) => RawColumn::Geometry(cells.slice(from, rows)),
    }
}

fn size(column: &RawColumn) -> usize {
    let span = |offsets: &[i32]| match (offsets.first(), offsets.last()) {
        (Some(first), Some(last)) => (last - first) as usize + 4 * offsets.len(),
        _ => 0,
    };
    match column {
        RawColumn::Text(cells) => span(cells.value_offsets()),
        RawColumn::Geometry(cells) => span(cells.value_offsets()),
    }
}
