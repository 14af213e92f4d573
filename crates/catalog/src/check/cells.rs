//! From a reader's batches to the columns of text that checks take.

use arrow::array::builder::{BooleanBufferBuilder, StringBuilder};
use arrow::array::{Array as _, BinaryArray, StringArray};
use arrow::buffer::NullBuffer;
use tableschema::Batch;
use tabular::geometry::{geojson, wkb};
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

/// A batch as each check takes it. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub batch: Batch,
    /// Columns of geometries as places, by number: the many figures of an outline would be taken for those of persons.
    places: Vec<(usize, StringArray)>,
}

impl Piece {
    pub(super) fn new(raw: RawBatch, first_row: u64) -> Self {
        let geometries = raw.columns.iter().enumerate().filter_map(|(index, column)| match column {
            RawColumn::Geometry(cells) => Some((index, places(cells))),
            RawColumn::Text(_) => None,
        });
        let places = geometries.collect();
        Self { batch: batch(raw, first_row), places }
    }

    /// The columns as the personal data guard takes them.
    pub(super) fn into_guarded(self) -> Vec<StringArray> {
        let mut columns = self.batch.columns;
        for (index, places) in self.places {
            if let Some(column) = columns.get_mut(index) {
                *column = places;
            }
        }
        columns
    }
}

/// `latitude,longitude` of the first position of each geometry, to ten metres.
fn places(cells: &BinaryArray) -> StringArray {
    let place = |cell: &[u8]| {
        let [longitude, latitude] = wkb::read(cell).ok()?.first()?;
        Some(format!("{latitude:.4},{longitude:.4}"))
    };
    cells.iter().map(|cell| Some(cell.and_then(place).unwrap_or_default())).collect()
}

/// The same cells as text, beginning at a row (the header is row 1).
pub(super) fn batch(raw: RawBatch, first_row: u64) -> Batch {
    let columns = raw.columns.iter().enumerate().map(|(index, cells)| {
        let cells = column(cells);
        let missing = raw.short.iter().filter(|(_, count)| *count <= index).map(|(row, _)| *row);
        without(cells, missing)
    });
    let columns = columns.collect();
    Batch { first_row, columns, extra: raw.overflow }
}

/// The same with no cell in these rows: the row ends before the column.
fn without(cells: StringArray, rows: impl Iterator<Item = usize>) -> StringArray {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return cells;
    }
    let mut present = BooleanBufferBuilder::new(cells.len());
    present.append_n(cells.len(), true);
    rows.for_each(|row| present.set_bit(row, false));
    let (offsets, values, _) = cells.into_parts();
    StringArray::new(offsets, values, Some(NullBuffer::new(present.finish())))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn text(cells: &[Option<&str>]) -> RawColumn {
        RawColumn::Text(cells.iter().copied().collect())
    }

    #[test]
    fn a_cell_that_is_empty_is_not_one_that_is_missing() {
        let raw = RawBatch {
            columns: vec![text(&[Some("a"), None]), text(&[Some(""), Some("")]), text(&[Some(""), Some("c")])],
            rows: 2,
            overflow: Vec::new(),
            short: vec![(0, 1)],
        };
        let batch = batch(raw, FIRST_ROW);
        let cells: Vec<Vec<Option<&str>>> = batch.columns.iter().map(|column| column.iter().collect()).collect();
        assert_eq!(cells, [vec![Some("a"), Some("")], vec![None, Some("")], vec![None, Some("c")]]);
    }

    #[test]
    fn the_guard_is_given_places() {
        let outline = [[1.850578006084, 43.0], [2.0, 43.0], [2.0, 44.0], [1.850578006084, 43.0]];
        let outline = tabular::geometry::Geometry::Polygon(vec![outline.to_vec()]);
        let cells = BinaryArray::from(vec![Some(tabular::geometry::wkb::write(&outline).as_slice())]);
        let raw = RawBatch {
            columns: vec![text(&[Some("a")]), RawColumn::Geometry(cells)],
            rows: 1,
            overflow: Vec::new(),
            short: Vec::new(),
        };
        let piece = Piece::new(raw, FIRST_ROW);
        assert!(piece.batch.columns[1].value(0).contains("1.850578006084"));
        assert_eq!(piece.into_guarded()[1].value(0), "43.0000,1.8506");
    }

    #[test]
    fn a_geometry_is_its_geojson() {
        let point = tabular::geometry::wkb::write(&tabular::geometry::Geometry::Point([1.5, 43.0]));
        let cells = column(&RawColumn::Geometry(BinaryArray::from(vec![Some(point.as_slice()), None])));
        assert_eq!(cells.value(0), r#"{"type":"Point","coordinates":[1.5,43]}"#);
        assert_eq!(cells.value(1), "");
    }
}
