//! Fills a batch's columns row after row.

use arrow::array::{Array, BinaryBuilder, StringBuilder};

use super::{Header, RawBatch, RawColumn, RawKind};

/// Bounds of a batch.
const BATCH_ROWS: usize = 8 << 10;
const BATCH_CELLS: usize = 512 << 10;
const BATCH_BYTES: usize = 16 << 20;

/// The columns of the batch at hand. Cells may come in any order; those that don't are empty.
#[derive(Debug)]
pub(crate) struct BatchBuilder {
    columns: Vec<Column>,
    rows: usize,
    bytes: usize,
    most_rows: usize,
}

#[derive(Debug)]
enum Column {
    Text(StringBuilder),
    Geometry(BinaryBuilder),
}

impl Column {
    fn new(kind: RawKind) -> Self {
        match kind {
            RawKind::Geometry => Self::Geometry(BinaryBuilder::new()),
            RawKind::Text | RawKind::Opaque => Self::Text(StringBuilder::new()),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Text(builder) => arrow::array::ArrayBuilder::len(builder),
            Self::Geometry(builder) => arrow::array::ArrayBuilder::len(builder),
        }
    }

    fn push_null(&mut self) {
        match self {
            Self::Text(builder) => builder.append_null(),
            Self::Geometry(builder) => builder.append_null(),
        }
    }

    fn take(&mut self) -> RawColumn {
        match self {
            Self::Text(builder) => RawColumn::Text(builder.finish()),
            Self::Geometry(builder) => RawColumn::Geometry(builder.finish()),
        }
    }
}

impl BatchBuilder {
    pub(crate) fn new(header: &[Header]) -> Self {
        Self {
            columns: header.iter().map(|header| Column::new(header.kind)).collect(),
            rows: 0,
            bytes: 0,
            most_rows: BATCH_ROWS.min(BATCH_CELLS / header.len().max(1)).max(64),
        }
    }

    /// Sets a cell of the row at hand; a second cell of the same column is dropped.
    pub(crate) fn text(&mut self, column: usize, cell: &str) {
        if let Some(Column::Text(builder)) = self.columns.get_mut(column)
            && arrow::array::ArrayBuilder::len(builder) == self.rows
        {
            builder.append_value(cell);
            self.bytes += cell.len();
        }
    }

    /// Sets a geometry of the row at hand.
    pub(crate) fn geometry(&mut self, column: usize, wkb: &[u8]) {
        if let Some(Column::Geometry(builder)) = self.columns.get_mut(column)
            && arrow::array::ArrayBuilder::len(builder) == self.rows
        {
            builder.append_value(wkb);
            self.bytes += wkb.len();
        }
    }

    /// Ends the row at hand: cells that didn't come are null.
    pub(crate) fn end_row(&mut self) {
        for column in &mut self.columns {
            if column.len() == self.rows {
                column.push_null();
            }
        }
        self.rows += 1;
    }

    /// Whether the batch should be taken.
    pub(crate) fn is_full(&self) -> bool {
        self.rows >= self.most_rows || self.bytes >= BATCH_BYTES
    }

    /// The batch, leaving an empty one; `None` without a row.
    pub(crate) fn take(&mut self) -> Option<RawBatch> {
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        if rows == 0 {
            return None;
        }
        let columns: Vec<RawColumn> = self.columns.iter_mut().map(Column::take).collect();
        debug_assert!(columns.iter().all(|column| column.len() == rows));
        Some(RawBatch { columns, rows, overflow: Vec::new(), short: Vec::new() })
    }
}

impl RawColumn {
    fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.len(),
            Self::Geometry(cells) => cells.len(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_did_not_come_are_null() {
        let kinds = [("a", RawKind::Text), ("geometry", RawKind::Geometry), ("b", RawKind::Text)];
        let header = kinds.map(|(label, kind)| Header { label: label.to_owned(), kind });
        let mut builder = BatchBuilder::new(&header);
        builder.text(2, "x");
        builder.end_row();
        builder.text(0, "y");
        builder.geometry(1, b"wkb");
        builder.end_row();
        let batch = builder.take().unwrap();
        assert_eq!(batch.rows, 2);
        let RawColumn::Text(a) = &batch.columns[0] else { panic!("text expected") };
        assert!(a.is_null(0));
        assert_eq!(a.value(1), "y");
        assert!(builder.take().is_none());
    }
}
