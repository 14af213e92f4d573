//! Parquet, whatever its nesting: records inside records are flattened, lists stay JSON, and the geometries of
//! GeoParquet are geometries.

mod column;
mod geo;

use std::{
    fs::File,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use arrow::array::RecordBatch;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use self::column::{Leaf, Role};
use super::{
    Batches, Header, RawBatch, RawKind, Remarks, SourceFile, Table, location, record::GEOMETRY, warnings::Warnings,
};
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    geometry::{Projection, wkb},
    profile::{Format, SourceDescription},
};

/// Rows read at once.
const BATCH_ROWS: usize = 8 << 10;

/// Opens a Parquet file.
pub(crate) fn open(source: &SourceFile, limits: &Limits, _scratch: &Path) -> Result<Vec<Box<dyn Table>>> {
    guarded(|| ParquetTable::open(&source.path, limits)).map(|table| vec![Box::new(table) as Box<dyn Table>])
}

/// The reader of Parquet is not ours: a fault in it must be a broken file, not a stopped server.
fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(broken("its structure cannot be followed")))
}

fn broken(fault: impl std::fmt::Display) -> Error {
    Error::new(ErrorCode::BrokenFile, format!("the Parquet file is cut short or damaged: {fault}"))
}

/// A Parquet file, its schema read.
struct ParquetTable {
    path: PathBuf,
    /// Rows that the file says it has.
    rows: u64,
    leaves: Vec<Leaf>,
    header: Vec<Header>,
    projection: Projection,
    warnings: Warnings,
    limits: Limits,
}

impl ParquetTable {
    fn open(path: &Path, limits: &Limits) -> Result<Self> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?).map_err(broken)?;
        let rows = u64::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0);
        if rows == 0 {
            return Err(Error::new(ErrorCode::NoRows, "no row"));
        }
        let metadata = builder.metadata().file_metadata().key_value_metadata();
        let geometry = geo::primary(metadata.map_or(&[][..], Vec::as_slice))?;
        let leaves =
            column::leaves(builder.schema(), geometry.as_ref().map(|geometry| geometry.column.as_str()), limits)?;
        let mut table = Self {
            path: path.to_owned(),
            rows,
            header: leaves.iter().map(header).collect(),
            leaves,
            projection: Projection::wgs84(),
            warnings: Warnings::default(),
            limits: limits.clone(),
        };
        if let Some(geometry) = geometry {
            let first = table.first_position()?;
            table.projection = location::projection_of(geometry.crs, first, &mut table.warnings);
        }
        Ok(table)
    }

    fn reader(&self) -> Result<ParquetRecordBatchReader> {
        let rows = (512 << 10) / self.leaves.len().max(1);
        let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(&self.path)?).map_err(broken)?;
        builder.with_batch_size(rows.clamp(64, BATCH_ROWS)).build().map_err(broken)
    }

    /// The first position in the first rows.
    fn first_position(&self) -> Result<Option<[f64; 2]>> {
        let Some(leaf) = self.leaves.iter().find(|leaf| leaf.role == Role::Geometry) else { return Ok(None) };
        let Some(batch) = self.reader()?.next() else { return Ok(None) };
        let batch = batch.map_err(broken)?;
        let array = leaf.array(&batch);
        Ok((0..batch.num_rows()).find_map(|row| wkb::read(column::bytes(array.as_ref(), row)?).ok()?.first()))
    }
}

fn header(leaf: &Leaf) -> Header {
    match leaf.role {
        Role::Geometry => Header { label: GEOMETRY.to_owned(), kind: RawKind::Geometry },
        Role::Words => Header { label: leaf.label.clone(), kind: RawKind::Opaque },
        Role::Values => Header { label: leaf.label.clone(), kind: RawKind::Text },
    }
}

impl Table for ParquetTable {
    fn name(&self) -> Option<&str> {
        None
    }

    fn source(&self) -> SourceDescription {
        SourceDescription {
            format: Format::Parquet,
            containers: Vec::new(),
            encoding: None,
            delimiter: None,
            quote: None,
            header_line: None,
            crs: location::crs_label(&self.projection),
        }
    }

    fn header(&self) -> Vec<Header> {
        self.header.clone()
    }

    fn batches(&self) -> Result<Box<dyn Batches + '_>> {
        let reader = guarded(|| self.reader())?;
        let bytes = std::fs::metadata(&self.path)?.len();
        Ok(Box::new(ParquetBatches {
            table: self,
            reader: Some(reader),
            warnings: self.warnings.clone(),
            row: 0,
            bytes,
        }))
    }
}

struct ParquetBatches<'a> {
    table: &'a ParquetTable,
    /// `None` once it has ended.
    reader: Option<ParquetRecordBatchReader>,
    warnings: Warnings,
    row: u64,
    bytes: u64,
}

impl ParquetBatches<'_> {
    fn convert(&mut self, batch: &RecordBatch) -> Result<RawBatch> {
        let mut columns = Vec::with_capacity(self.table.leaves.len());
        for leaf in &self.table.leaves {
            let array = leaf.array(batch);
            let column = match leaf.role {
                Role::Geometry => {
                    column::geometries(array.as_ref(), &self.table.projection, self.row, &mut self.warnings)
                }
                Role::Words | Role::Values => column::texts(array.as_ref(), self.table.limits.cell_bytes)
                    .map_err(|error| error.at_column(leaf.label.clone())),
            };
            columns.push(column?);
        }
        self.row += batch.num_rows() as u64;
        Ok(RawBatch { columns, rows: batch.num_rows(), overflow: Vec::new(), short: Vec::new() })
    }
}

impl Iterator for ParquetBatches<'_> {
    type Item = Result<RawBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let reader = self.reader.as_mut()?;
        let batch = guarded(|| reader.next().transpose().map_err(broken)).transpose();
        let batch = batch.map(|batch| batch.and_then(|batch| self.convert(&batch)));
        if !matches!(batch, Some(Ok(_))) {
            self.reader = None;
        }
        batch
    }
}

impl Batches for ParquetBatches<'_> {
    fn remarks(&self) -> Remarks {
        Remarks { warnings: self.warnings.list(), ..Remarks::default() }
    }

    fn bytes_read(&self) -> u64 {
        // Where the reader is in the file is not told: the share of the rows is.
        let share = u128::from(self.row.min(self.table.rows)) * u128::from(self.bytes) / u128::from(self.table.rows);
        u64::try_from(share).unwrap_or(self.bytes)
    }
}

#[cfg(test)]
mod tests;
