//! The cells that don't fit, kept as they came.

use std::{path::Path, sync::Arc};

use arrow::{
    array::{ArrayRef, Int32Builder, Int64Builder, StringBuilder},
    datatypes::{DataType, Field, Schema},
    record_batch::RecordBatch,
};
use parquet::{arrow::ArrowWriter, basic::Compression, file::properties::WriterProperties};

use super::{EXCEPTIONS_FILE, file::Pending};
use crate::error::Result;

/// A cell that doesn't fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exception {
    /// 1-based row.
    pub row: u64,
    /// 0-based column of the source.
    pub column: usize,
    pub raw: String,
}

/// Rows after which what was gathered is written.
const BATCH: usize = 8_192;

/// Writes exceptions, in the order of rows and columns.
pub(crate) struct ExceptionsWriter {
    writer: ArrowWriter<Pending>,
    names: Vec<String>,
    waiting: Vec<Exception>,
    written: u64,
}

impl ExceptionsWriter {
    /// Begins the file.
    pub fn create(folder: &Path, names: &[String]) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_data_page_row_count_limit(BATCH)
            .build();
        let file = Pending::create(folder, EXCEPTIONS_FILE)?;
        let writer = ArrowWriter::try_new(file, Arc::new(schema()), Some(properties))?;
        Ok(Self { writer, names: names.to_vec(), waiting: Vec::new(), written: 0 })
    }

    /// Takes in the exceptions of a group of rows, in any order.
    pub fn add(&mut self, mut exceptions: Vec<Exception>) -> Result<()> {
        exceptions.sort_unstable_by_key(|exception| (exception.row, exception.column));
        self.waiting.append(&mut exceptions);
        if self.waiting.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        for exceptions in waiting.chunks(BATCH) {
            self.writer.write(&batch(exceptions, &self.names)?)?;
            // Memory stays bounded however many cells don't fit.
            if self.writer.in_progress_size() > 4 << 20 {
                self.writer.flush()?;
            }
            self.written += exceptions.len() as u64;
        }
        Ok(())
    }

    /// Ends the file; gives the number of exceptions.
    pub fn finish(mut self) -> Result<u64> {
        self.flush()?;
        self.writer.into_inner()?.keep()?;
        Ok(self.written)
    }
}

fn schema() -> Schema {
    Schema::new(vec![
        Field::new("row", DataType::Int64, false),
        Field::new("column", DataType::Utf8, true),
        Field::new("position", DataType::Int32, false),
        Field::new("raw", DataType::Utf8, false),
    ])
}

fn batch(exceptions: &[Exception], names: &[String]) -> Result<RecordBatch> {
    let mut rows = Int64Builder::with_capacity(exceptions.len());
    let mut columns = StringBuilder::new();
    let mut positions = Int32Builder::with_capacity(exceptions.len());
    let mut raws = StringBuilder::new();
    for exception in exceptions {
        rows.append_value(exception.row as i64);
        columns.append_option(names.get(exception.column));
        positions.append_value(i32::try_from(exception.column + 1).unwrap_or(i32::MAX));
        raws.append_value(&exception.raw);
    }
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(rows.finish()),
        Arc::new(columns.finish()),
        Arc::new(positions.finish()),
        Arc::new(raws.finish()),
    ];
    Ok(RecordBatch::try_new(Arc::new(schema()), arrays)?)
}
