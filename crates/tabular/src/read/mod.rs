//! One reader a format. Each gives tables; each table gives batches of raw columns, as often as asked.

pub(crate) mod batch;
pub(crate) mod csv;
pub(crate) mod geojson;
pub(crate) mod gpkg;
pub(crate) mod held;
pub(crate) mod json;
pub(crate) mod kml;
pub(crate) mod location;
pub(crate) mod parquet;
pub(crate) mod record;
pub(crate) mod shapefile;
pub(crate) mod sheet;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod transcode;
pub(crate) mod warnings;
pub(crate) mod xml;

use std::path::PathBuf;

use arrow::array::{BinaryArray, StringArray};

use crate::{
    error::Result,
    profile::{SetAside, SourceDescription, Warning},
};

/// A file on disk and the name by which its owner knows it (its extension is a hint, never trusted alone).
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Where the bytes are.
    pub path: PathBuf,
    /// `Budget 2014.csv`
    pub name: String,
}

/// One table of a source: a CSV file, a sheet, a layer.
pub trait Table: Send + Sync {
    /// Name of the sheet, layer or member; `None` when the file is the table.
    fn name(&self) -> Option<&str>;

    /// How the bytes were understood.
    fn source(&self) -> SourceDescription;

    /// The columns, names not yet made unique.
    fn header(&self) -> Vec<Header>;

    /// Reads the rows from the first one. May be called several times; each call reads the source again.
    ///
    /// # Errors
    /// When the source cannot be opened again.
    fn batches(&self) -> Result<Box<dyn Batches + '_>>;
}

/// A column as the source names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The header's text, maybe empty.
    pub label: String,
    /// What its raw cells are.
    pub kind: RawKind,
}

/// What raw cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawKind {
    /// Text, to be typed.
    Text,
    /// Text whose type is known to be text: never typed (a text column of Parquet, of a DBF table).
    Opaque,
    /// WKB in WGS 84.
    Geometry,
}

/// A stream of batches; the remarks are complete once the stream has ended.
pub trait Batches: Iterator<Item = Result<RawBatch>> + Send {
    /// Lines set aside and warnings met so far.
    fn remarks(&self) -> Remarks;

    /// Bytes of the source read so far, for progress.
    fn bytes_read(&self) -> u64;
}

/// What a reader has to say beside the rows.
#[derive(Debug, Clone, Default)]
pub struct Remarks {
    /// Lines that are not data.
    pub set_aside: Vec<SetAside>,
    /// Things to know.
    pub warnings: Vec<Warning>,
    /// Records below the header that are no rows, in order; at most some ten thousand places are kept.
    pub gaps: Vec<Gap>,
}

/// Records of the source that stand between two rows, or below the last one, and are no rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Rows above it.
    pub rows: u64,
    /// How many records.
    pub records: u64,
    /// Whether they are without any value.
    pub blank: bool,
}

/// Places of gaps that are kept.
const MOST_GAPS: usize = 10_000;

impl Remarks {
    /// Notes a record that is no row, with so many rows above it.
    pub(crate) fn pass_over(&mut self, rows: u64, blank: bool) {
        if let Some(last) = self.gaps.last_mut()
            && (last.rows, last.blank) == (rows, blank)
        {
            last.records += 1;
        } else if self.gaps.len() < MOST_GAPS {
            self.gaps.push(Gap { rows, records: 1, blank });
        }
    }

    /// The number, below the header, of the record that a row is; both count from 1.
    pub fn record_of(&self, row: u64) -> u64 {
        let above = self.gaps.iter().take_while(|gap| gap.rows < row);
        row + above.map(|gap| gap.records).sum::<u64>()
    }

    /// The numbers of the records without any value, as [`Remarks::record_of`] counts.
    pub fn blank_records(&self) -> impl Iterator<Item = u64> {
        let mut passed = 0;
        self.gaps.iter().flat_map(move |gap| {
            let first = gap.rows + passed + 1;
            passed += gap.records;
            first..first + if gap.blank { gap.records } else { 0 }
        })
    }
}

/// Up to some ten thousand rows, by column. All columns have the same length and the order of the header.
#[derive(Debug, Clone)]
pub struct RawBatch {
    /// The columns.
    pub columns: Vec<RawColumn>,
    /// Number of rows.
    pub rows: usize,
    /// Cells beyond the header's width: row within the batch, and the cells.
    pub overflow: Vec<(usize, Vec<String>)>,
    /// Rows that have fewer cells than the header, whose missing cells are empty in `columns`: row within the batch, and
    /// how many cells it has. In order; only formats that have lines have such rows.
    pub short: Vec<(usize, usize)>,
}

/// The raw cells of one column. An empty cell is null or an empty string.
#[derive(Debug, Clone)]
pub enum RawColumn {
    /// Cells as text. Numbers in their shortest form with a point, dates in ISO 8601, booleans `true`/`false`.
    Text(StringArray),
    /// WKB in WGS 84, longitude first.
    Geometry(BinaryArray),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_the_number_that_they_have_in_the_source() {
        let mut remarks = Remarks::default();
        // A row, two blank records, two rows, the header again, a row, a blank record.
        remarks.pass_over(1, true);
        remarks.pass_over(1, true);
        remarks.pass_over(3, false);
        remarks.pass_over(4, true);
        assert_eq!([1, 2, 3, 4].map(|row| remarks.record_of(row)), [1, 4, 5, 7]);
        assert_eq!(remarks.blank_records().collect::<Vec<_>>(), [2, 3, 8]);
    }
}
