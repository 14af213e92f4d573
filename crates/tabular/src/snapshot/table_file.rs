//! `table.parquet`, laid out for queries.
//!
//! - Row groups of 65 536 rows: a look-up or a page of rows opens few of them, a scan spreads over cores.
//! - Data pages of 2 048 rows with a page index: twenty rows cost one small page a column.
//! - Dictionaries only where values repeat, so that no page drags a large dictionary along.
//! - Bloom filters on columns of many scattered short values, where bounds of pages say nothing.

use std::{path::Path, sync::Arc};

use arrow::{
    array::{ArrayRef, Int64Array},
    datatypes::{DataType, Field, Schema, SchemaRef},
};
use parquet::{
    arrow::{
        ArrowWriter,
        arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves},
    },
    basic::{Compression, Encoding},
    file::{
        metadata::{KeyValue, SortingColumn},
        properties::{EnabledStatistics, WriterProperties},
        writer::SerializedFileWriter,
    },
    schema::types::ColumnPath,
};

use super::{BBOX, ROW_ID, TABLE_FILE, file::Pending, group::GROUP_ROWS, survey::Layout};
use crate::error::{Error, ErrorCode, Result};

/// Rows of a data page.
const PAGE_ROWS: usize = 2_048;
/// Bytes of a data page, for columns of long values.
const PAGE_BYTES: usize = 256 << 10;
/// Bytes kept of the bounds of a page.
const BOUND_BYTES: usize = 64;

/// A column of the file.
pub(crate) struct Laid {
    pub name: String,
    pub data_type: DataType,
    pub layout: Layout,
}

/// Writes `table.parquet`, a row group at a time.
pub(crate) struct TableFile {
    writer: SerializedFileWriter<Pending>,
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
    groups: usize,
}

impl TableFile {
    /// Begins the file.
    pub fn create(folder: &Path, columns: &[Laid], located: bool) -> Result<Self> {
        let mut fields = vec![Field::new(ROW_ID, DataType::Int64, false)];
        fields.extend(columns.iter().map(|column| Field::new(&column.name, column.data_type.clone(), true)));
        if located {
            fields.extend(BBOX.iter().map(|name| Field::new(*name, DataType::Float64, true)));
        }
        let schema = Arc::new(Schema::new(fields));
        let file = Pending::create(folder, TABLE_FILE)?;
        let writer = ArrowWriter::try_new(file, schema.clone(), Some(properties(columns)))?;
        let (writer, factory) = writer.into_serialized_writer()?;
        Ok(Self { writer, factory, schema, groups: 0 })
    }

    /// Writers of the next row group: one for each column of the schema, `__id` first.
    pub fn begin_group(&mut self) -> Result<Vec<ColumnEncoder>> {
        let writers = self.factory.create_column_writers(self.groups)?;
        self.groups += 1;
        let fields = self.schema.fields().iter().cloned();
        Ok(writers.into_iter().zip(fields).map(|(writer, field)| ColumnEncoder { writer, field, rows: 0 }).collect())
    }

    /// Ends the row group with the chunks of its columns, in the order of the schema.
    pub fn end_group(&mut self, chunks: Vec<ArrowColumnChunk>) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        for chunk in chunks {
            chunk.append_to_row_group(&mut group)?;
        }
        group.close()?;
        Ok(())
    }

    /// Ends the file, with what only the whole table could tell.
    pub fn finish(mut self, metadata: Vec<(String, String)>) -> Result<()> {
        for (key, value) in metadata {
            self.writer.append_key_value_metadata(KeyValue::new(key, value));
        }
        self.writer.into_inner()?.keep()
    }
}

/// Encodes one column of one row group.
pub(crate) struct ColumnEncoder {
    writer: ArrowColumnWriter,
    field: Arc<Field>,
    rows: usize,
}

impl ColumnEncoder {
    /// Encodes cells. Pages begin at the same rows in every column, whatever the batches of the source.
    pub fn write(&mut self, array: &ArrayRef) -> Result<()> {
        let to_boundary = PAGE_ROWS - self.rows % PAGE_ROWS;
        if to_boundary == PAGE_ROWS || array.len() <= to_boundary {
            return self.write_aligned(array);
        }
        self.write_aligned(&array.slice(0, to_boundary))?;
        self.write_aligned(&array.slice(to_boundary, array.len() - to_boundary))
    }

    fn write_aligned(&mut self, array: &ArrayRef) -> Result<()> {
        self.rows += array.len();
        for leaf in compute_leaves(&self.field, array)? {
            self.writer.write(&leaf)?;
        }
        Ok(())
    }

    /// Ends the chunk.
    pub fn finish(self) -> Result<ArrowColumnChunk> {
        Ok(self.writer.close()?)
    }

    /// Encodes consecutive row numbers as the whole chunk.
    pub fn row_numbers(mut self, first: u64, rows: usize) -> Result<ArrowColumnChunk> {
        let first = i64::try_from(first).map_err(|_| Error::new(ErrorCode::TooLarge, "too many rows"))?;
        let ids = Int64Array::from_iter_values(first..first + rows as i64);
        self.write(&(Arc::new(ids) as ArrayRef))?;
        self.finish()
    }
}

/// Whether people ask for one value of such a column: an identifier, not an amount or a coordinate.
fn is_looked_up(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Utf8 | DataType::Int64)
}

fn properties(columns: &[Laid]) -> WriterProperties {
    let mut builder = WriterProperties::builder()
        .set_created_by(concat!("cocagne ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_write_batch_size(PAGE_ROWS)
        .set_data_page_size_limit(PAGE_BYTES)
        .set_dictionary_page_size_limit(PAGE_BYTES)
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_column_index_truncate_length(Some(BOUND_BYTES))
        .set_statistics_truncate_length(Some(BOUND_BYTES))
        .set_sorting_columns(Some(vec![SortingColumn { column_idx: 0, descending: false, nulls_first: false }]))
        .set_column_dictionary_enabled(ColumnPath::from(ROW_ID), false)
        .set_column_encoding(ColumnPath::from(ROW_ID), Encoding::DELTA_BINARY_PACKED);
    for column in columns {
        let path = || ColumnPath::new(vec![column.name.clone()]);
        builder = builder.set_column_dictionary_enabled(path(), column.layout.dictionary);
        if column.layout.bloom && is_looked_up(&column.data_type) {
            builder = builder
                .set_column_bloom_filter_enabled(path(), true)
                .set_column_bloom_filter_fpp(path(), 0.01)
                .set_column_bloom_filter_max_ndv(path(), GROUP_ROWS as u64);
        }
        if column.data_type == DataType::Binary {
            builder = builder.set_column_statistics_enabled(path(), EnabledStatistics::None);
        }
    }
    for name in BBOX {
        builder = builder.set_column_dictionary_enabled(ColumnPath::from(name), false);
    }
    builder.build()
}
