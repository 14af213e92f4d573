//! Tables of records: rows that name their cells, and whose columns are known only once all were read.
//!
//! JSON, GeoJSON and KML are such. A first pass finds the columns, in the order in which they are met; each later pass
//! fills them.

use std::collections::HashMap;

use super::{Batches, Header, RawBatch, RawKind, Remarks, Table, batch::BatchBuilder, warnings::Warnings};
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    profile::SourceDescription,
};

/// Name of the column of geometries.
pub(crate) const GEOMETRY: &str = "geometry";

/// One row.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// Names and texts. A name that comes twice has two columns.
    pub cells: Vec<(String, String)>,
    /// WKB in WGS 84.
    pub geometry: Option<Vec<u8>>,
}

impl Record {
    /// Empties it for the next row.
    pub(crate) fn clear(&mut self) {
        self.cells.clear();
        self.geometry = None;
    }
}

/// A document that records can be read from, as often as asked.
pub(crate) trait Document: Send + Sync {
    /// Reads from the first record.
    fn records(&self) -> Result<Box<dyn Records + '_>>;

    /// How the bytes were understood.
    fn description(&self) -> SourceDescription;
}

/// The records of a document.
pub(crate) trait Records: Send {
    /// Reads the next record into `record`, which is empty; says whether there was one.
    fn read(&mut self, record: &mut Record) -> Result<bool>;

    /// Bytes of the source read so far.
    fn bytes_read(&self) -> u64;

    /// What was met so far.
    fn warnings(&self) -> &Warnings;
}

/// The columns of records.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    labels: Vec<String>,
    /// The first column of each name.
    first: HashMap<String, usize>,
    /// The column of the same name's next occurrence in a record.
    next: Vec<Option<usize>>,
}

/// Which columns of names that come twice were met in the row at hand.
#[derive(Debug, Default)]
pub(crate) struct RowCursor {
    /// By first column: the row, and the column that the next occurrence belongs to.
    reached: HashMap<usize, Option<usize>>,
    /// Names met once in the row, by first column: the row's number.
    met: Vec<u64>,
    row: u64,
}

impl RowCursor {
    fn start(&mut self) {
        self.row += 1;
        self.reached.clear();
    }

    fn met_before(&mut self, first: usize) -> bool {
        if self.met.len() <= first {
            self.met.resize(first + 1, 0);
        }
        std::mem::replace(&mut self.met[first], self.row) == self.row
    }
}

impl Columns {
    /// Columns that are known beforehand and come first.
    pub(crate) fn starting_with(labels: &[&str]) -> Self {
        let mut columns = Self::default();
        let mut cursor = RowCursor::default();
        cursor.start();
        for label in labels {
            columns.add(label, &mut cursor);
        }
        columns
    }

    /// Whether a column has this name.
    pub(crate) fn contains(&self, label: &str) -> bool {
        self.first.contains_key(label)
    }

    /// Adds a new name before all others.
    pub(crate) fn insert_first(&mut self, label: &str) {
        let shift = |index: &mut usize| *index += 1;
        self.first.values_mut().for_each(shift);
        self.next.iter_mut().flatten().for_each(shift);
        self.labels.insert(0, label.to_owned());
        self.next.insert(0, None);
        self.first.insert(label.to_owned(), 0);
    }

    pub(crate) fn len(&self) -> usize {
        self.labels.len()
    }

    fn push(&mut self, label: &str) -> usize {
        self.labels.push(label.to_owned());
        self.next.push(None);
        self.labels.len() - 1
    }

    /// The column of a name in the row at hand, made when it is new.
    fn add(&mut self, label: &str, cursor: &mut RowCursor) -> usize {
        let Some(&first) = self.first.get(label) else {
            let index = self.push(label);
            self.first.insert(label.to_owned(), index);
            cursor.met_before(index);
            return index;
        };
        if !cursor.met_before(first) {
            return first;
        }
        let last = cursor.reached.get(&first).copied().flatten().unwrap_or(first);
        let index = self.next[last].unwrap_or_else(|| {
            let index = self.push(label);
            self.next[last] = Some(index);
            index
        });
        cursor.reached.insert(first, Some(index));
        index
    }

    /// The column of a name in the row at hand; `None` when it is not known.
    fn find(&self, label: &str, cursor: &mut RowCursor) -> Option<usize> {
        let first = *self.first.get(label)?;
        if !cursor.met_before(first) {
            return Some(first);
        }
        let last = cursor.reached.get(&first).copied().flatten().unwrap_or(first);
        let index = self.next[last]?;
        cursor.reached.insert(first, Some(index));
        Some(index)
    }
}

/// What a first pass found.
pub(crate) struct Survey {
    pub columns: Columns,
    pub rows: u64,
    cursor: RowCursor,
    most: usize,
}

impl Survey {
    /// A survey that starts with known columns.
    pub(crate) fn new(columns: Columns, limits: &Limits) -> Self {
        Self { columns, rows: 0, cursor: RowCursor::default(), most: limits.columns }
    }

    /// Takes note of a record's names.
    ///
    /// # Errors
    /// When there are more columns than the limit.
    pub(crate) fn take(&mut self, record: &Record) -> Result<()> {
        self.rows += 1;
        self.cursor.start();
        for (label, _) in &record.cells {
            self.columns.add(label, &mut self.cursor);
            if self.columns.len() > self.most {
                let detail = format!("more than {} columns", self.most);
                return Err(Error::new(ErrorCode::TooManyColumns, detail).at_row(self.rows).at_column(label.clone()));
            }
        }
        Ok(())
    }

    /// Reads all records of a document.
    ///
    /// # Errors
    /// When it is broken, has no record or too many columns.
    pub(crate) fn run(mut self, document: &dyn Document) -> Result<Self> {
        let mut records = document.records()?;
        let mut record = Record::default();
        while records.read(&mut record)? {
            self.take(&record)?;
            record.clear();
        }
        if self.rows == 0 {
            return Err(Error::new(ErrorCode::NoRows, "no record"));
        }
        Ok(self)
    }
}

/// A table of a document's records.
pub(crate) struct RecordTable<D> {
    document: D,
    columns: Columns,
    header: Vec<Header>,
    name: Option<String>,
}

impl<D: Document> RecordTable<D> {
    /// A table with the columns that a survey found, and one of geometries when `located`.
    pub(crate) fn new(document: D, columns: Columns, located: bool, name: Option<String>) -> Self {
        let text = |label: &String| Header { label: label.clone(), kind: RawKind::Text };
        let mut header: Vec<Header> = columns.labels.iter().map(text).collect();
        if located {
            header.push(Header { label: GEOMETRY.to_owned(), kind: RawKind::Geometry });
        }
        Self { document, columns, header, name }
    }
}

impl<D: Document> Table for RecordTable<D> {
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn source(&self) -> SourceDescription {
        self.document.description()
    }

    fn header(&self) -> Vec<Header> {
        self.header.clone()
    }

    fn batches(&self) -> Result<Box<dyn Batches + '_>> {
        Ok(Box::new(RecordBatches {
            records: self.document.records()?,
            columns: &self.columns,
            builder: BatchBuilder::new(&self.header),
            cursor: RowCursor::default(),
            record: Record::default(),
            ended: false,
        }))
    }
}

struct RecordBatches<'a> {
    records: Box<dyn Records + 'a>,
    columns: &'a Columns,
    builder: BatchBuilder,
    cursor: RowCursor,
    record: Record,
    ended: bool,
}

impl RecordBatches<'_> {
    fn read_batch(&mut self) -> Result<Option<RawBatch>> {
        while !self.builder.is_full() {
            self.record.clear();
            if !self.records.read(&mut self.record)? {
                self.ended = true;
                break;
            }
            self.cursor.start();
            for (label, cell) in &self.record.cells {
                if let Some(column) = self.columns.find(label, &mut self.cursor) {
                    self.builder.text(column, cell);
                }
            }
            if let Some(wkb) = &self.record.geometry {
                self.builder.geometry(self.columns.len(), wkb);
            }
            self.builder.end_row();
        }
        Ok(self.builder.take())
    }
}

impl Iterator for RecordBatches<'_> {
    type Item = Result<RawBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let batch = self.read_batch();
        self.ended |= batch.is_err();
        batch.transpose()
    }
}

impl Batches for RecordBatches<'_> {
    fn remarks(&self) -> Remarks {
        Remarks { warnings: self.records.warnings().list(), ..Remarks::default() }
    }

    fn bytes_read(&self) -> u64 {
        self.records.bytes_read()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_comes_twice_in_a_row_has_two_columns() {
        let mut survey = Survey::new(Columns::default(), &Limits::default());
        let cells = |labels: &[&str]| Record {
            cells: labels.iter().map(|label| ((*label).to_owned(), String::new())).collect(),
            geometry: None,
        };
        for labels in [["a", "b"].as_slice(), &["a", "a", "c"], &["a", "a", "a"]] {
            assert!(survey.take(&cells(labels)).is_ok());
        }
        assert_eq!(survey.columns.labels, ["a", "b", "a", "c", "a"]);
        let mut cursor = RowCursor::default();
        cursor.start();
        let found: Vec<_> = ["a", "c", "a", "a", "a"].map(|label| survey.columns.find(label, &mut cursor)).into();
        assert_eq!(found, [Some(0), Some(3), Some(2), Some(4), None]);
    }
}
