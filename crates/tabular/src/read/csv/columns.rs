//! Builds a batch's columns.

use arrow::{
    array::StringArray,
    buffer::{Buffer, OffsetBuffer, ScalarBuffer},
};

use crate::{
    error::{Error, ErrorCode, Result},
    read::RawColumn,
};

/// The cells of one column of the batch at hand.
#[derive(Debug)]
pub(super) struct ColumnBuilder {
    values: Vec<u8>,
    ends: Vec<i32>,
}

impl ColumnBuilder {
    pub(super) fn new() -> Self {
        Self { values: Vec::new(), ends: vec![0] }
    }

    /// Adds a cell. The caller keeps a batch far below two gigabytes.
    #[inline]
    pub(super) fn push(&mut self, cell: &[u8]) {
        self.values.extend_from_slice(cell);
        self.end_cell();
    }

    /// Where a cell's text may be written before `end_cell`.
    pub(super) fn values_mut(&mut self) -> &mut Vec<u8> {
        &mut self.values
    }

    /// Ends the cell whose text was written.
    #[inline]
    pub(super) fn end_cell(&mut self) {
        self.ends.push(self.values.len() as i32);
    }

    /// The column, leaving an empty builder with as much room.
    pub(super) fn take(&mut self) -> Result<RawColumn> {
        let room = self.values.len();
        let values = std::mem::replace(&mut self.values, Vec::with_capacity(room));
        let mut next = Vec::with_capacity(self.ends.len());
        next.push(0);
        let ends = std::mem::replace(&mut self.ends, next);
        let offsets = OffsetBuffer::new(ScalarBuffer::from(ends));
        StringArray::try_new(offsets, Buffer::from_vec(values), None)
            .map(RawColumn::Text)
            .map_err(|error| Error::new(ErrorCode::BrokenFile, error.to_string()))
    }
}
