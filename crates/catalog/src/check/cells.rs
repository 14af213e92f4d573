//! From a reader's batches to the columns of text that checks take.

use arrow::array::{Array as _, BinaryArray, StringArray};
use arrow::array::builder::StringBuilder;
use tableschema::Batch;
use tabular::geometry::geojson;
use tabular::read::{RawBatch, RawColumn, RawKind, Table};

/// Row of the first row below the header.
pub(super) const FIRST_ROW: u64 = 2;

/// The names of the columns as the source gives them.
pub(super) fn header(table: &dyn Table) -> Vec<String> {
    table.header().into_iter().map(|header| header.label).collect()
}

/// The names of the columns that hold geometries.
pub(super) fn geometries(table: &dyn Table) -> Vec<String> {
    let geometries = table.header().into_iter().filter(|header| header.kind == RawKind::Geometry);
    geometries.map(|header| header.label).collect()
}

/// The same cells as text, beginning at a row (the header is row 1).
pub(super) fn batch(raw: RawBatch, first_row: u64) -> Batch {
    let columns = raw.columns.iter().map(column).collect();
    Batch { first_row, columns, extra: raw.overflow }
}

/// Empty cells are empty texts; a geometry is its GeoJSON.
pub(super) fn column(raw: &RawColumn) -> StringArray {
    match raw {
        RawColumn::Text(cells) if cells.null_count() == 0 => cells.clone(),
        RawColumn::Text(cells) => cells.iter().map(|cell| Some(cell.unwrap_or_default())).collect(),
        RawColumn::Geometry(cells) => geometry(cells),
    }
}

fn geometry(cells: &BinaryArray) -> StringArray {
    let mut texts = StringBuilder::new();
    let mut text = Vec::new();
    for cell in cells {
        text.clear();
        if let Some(cell) = cell {
            geojson::write(cell, &mut text);
        }
        texts.append_value(String::from_utf8_lossy(&text));
    }
    texts.finish()
}
