//! Reads back the cells that don't fit, for a report.

use std::{fs::File, path::Path};

use arrow::{
    array::{Array, AsArray},
    datatypes::{Int32Type, Int64Type},
    record_batch::RecordBatch,
};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::EXCEPTIONS_FILE;
use crate::error::{Error, ErrorCode, Result};

/// A cell that doesn't fit its column, or stands beyond the header's width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OddCell {
    /// 1-based data row, the `__id` of the typed table.
    pub row: u64,
    /// Its column; `None` beyond the header's width.
    pub column: Option<String>,
    /// 1-based column of the source.
    pub position: u32,
    /// The cell as it came.
    pub raw: String,
}

/// The first `most` odd cells of a table that was written in `folder`, by row and column.
///
/// # Errors
/// When the file isn't there or is damaged.
pub fn odd_cells(folder: &Path, most: usize) -> Result<Vec<OddCell>> {
    let file = File::open(folder.join(EXCEPTIONS_FILE))?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)?.with_limit(most).build()?;
    let mut cells = Vec::new();
    for batch in reader {
        cells.extend(of_batch(&batch.map_err(|error| damaged(&error))?)?);
    }
    Ok(cells)
}

fn of_batch(batch: &RecordBatch) -> Result<Vec<OddCell>> {
    let column = |index: usize| batch.columns().get(index).ok_or_else(|| damaged(&"a column is missing"));
    let unlike = || damaged(&"a column has another type");
    let rows = column(0)?.as_primitive_opt::<Int64Type>().ok_or_else(unlike)?;
    let names = column(1)?.as_string_opt::<i32>().ok_or_else(unlike)?;
    let positions = column(2)?.as_primitive_opt::<Int32Type>().ok_or_else(unlike)?;
    let raws = column(3)?.as_string_opt::<i32>().ok_or_else(unlike)?;
    let cell = |index: usize| OddCell {
        row: u64::try_from(rows.value(index)).unwrap_or_default(),
        column: names.is_valid(index).then(|| names.value(index).to_owned()),
        position: u32::try_from(positions.value(index)).unwrap_or_default(),
        raw: raws.value(index).to_owned(),
    };
    Ok((0..batch.num_rows()).map(cell).collect())
}

fn damaged(detail: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorCode::BrokenFile, format!("{EXCEPTIONS_FILE}: {detail}"))
}
