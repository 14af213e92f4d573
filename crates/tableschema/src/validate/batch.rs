//! Rows by column, as a reader gives them.

use arrow::array::{Array, StringArray};

/// Some rows of a table, all columns of the same length and in the order of the header.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Number of the first row; the header is row 1, so that the first row below it is 2.
    pub first_row: u64,
    /// The cells. Null: the row ended before this cell; empty text: an empty cell.
    pub columns: Vec<StringArray>,
    /// Cells beyond the header's width: row within the batch, and the cells.
    pub extra: Vec<(usize, Vec<String>)>,
}

impl Batch {
    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Array::len)
    }

    /// The text of a cell; `None` when the row ended before it, or there is no such cell.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&str> {
        let cells = self.columns.get(column)?;
        (row < cells.len() && cells.is_valid(row)).then(|| cells.value(row))
    }
}
