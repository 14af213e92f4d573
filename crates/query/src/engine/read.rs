//! Reads chosen rows of chosen columns straight from the Parquet file, by position.

use std::{ops::Range, sync::Arc};

use arrow::{
    array::{RecordBatch, UInt64Array},
    datatypes::{Schema, SchemaRef},
};
use parquet::arrow::{
    ProjectionMask,
    arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowSelection},
};

use super::Table;
use crate::{Error, Result};

/// Rows of a batch when many are read.
pub(crate) const BATCH: usize = 8_192;

/// Chosen columns, in the order asked for.
#[derive(Debug, Clone)]
pub(crate) struct Projection {
    mask: ProjectionMask,
    /// For each column asked for, its place among those read.
    order: Vec<usize>,
    schema: SchemaRef,
    metadata: ArrowReaderMetadata,
}

impl Projection {
    /// Columns by name; each must be of the file.
    pub(crate) fn new(table: &Table, names: &[impl AsRef<str>]) -> Result<Self> {
        Self::of(table.metadata(), names)
    }

    /// Columns by name, to be scanned: text whose values are in dictionaries is given as dictionaries.
    pub(crate) fn for_scan(table: &Table, names: &[impl AsRef<str>]) -> Result<Self> {
        Self::of(table.scan_metadata(), names)
    }

    fn of(metadata: &ArrowReaderMetadata, names: &[impl AsRef<str>]) -> Result<Self> {
        let file = metadata.schema();
        let indices =
            names.iter().map(|name| file.index_of(name.as_ref())).collect::<std::result::Result<Vec<_>, _>>()?;
        let mut read = indices.clone();
        read.sort_unstable();
        read.dedup();
        let order = indices.iter().filter_map(|index| read.binary_search(index).ok()).collect();
        let fields: Vec<_> = indices.iter().map(|index| Arc::clone(&file.fields()[*index])).collect();
        let mask = ProjectionMask::roots(metadata.parquet_schema(), read);
        Ok(Self { mask, order, schema: Arc::new(Schema::new(fields)), metadata: metadata.clone() })
    }

    /// The schema of what is read.
    pub(crate) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn arrange(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let columns = self.order.iter().map(|index| Arc::clone(batch.column(*index))).collect();
        let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        Ok(RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)?)
    }
}

/// The batches of a read.
pub(crate) struct Batches {
    reader: ParquetRecordBatchReader,
    projection: Projection,
}

impl Iterator for Batches {
    type Item = Result<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.reader.next()?;
        Some(batch.map_err(Error::from).and_then(|batch| self.projection.arrange(&batch)))
    }
}

fn builder(table: &Table, projection: &Projection) -> ParquetRecordBatchReaderBuilder<super::file::PositionalFile> {
    ParquetRecordBatchReaderBuilder::new_with_metadata(table.file().clone(), projection.metadata.clone())
        .with_projection(projection.mask.clone())
}

/// The rows at ranges of positions that are in order and apart; only the pages that hold them are decoded.
pub(crate) fn ranges(table: &Table, projection: &Projection, ranges: &[Range<usize>]) -> Result<Batches> {
    let rows: usize = ranges.iter().map(ExactSizeIterator::len).sum();
    let mut groups = Vec::new();
    let mut selected: Vec<Range<usize>> = Vec::new();
    let mut before = 0;
    for range in ranges {
        let mut start = range.start;
        while start < range.end {
            let group = table.group_of(start);
            let of_group = table.group_rows(group);
            if groups.last() != Some(&group) {
                before += groups.last().map_or(0, |last| table.group_rows(*last).len());
                groups.push(group);
            }
            let end = range.end.min(of_group.end);
            selected.push(before + start - of_group.start..before + end - of_group.start);
            start = end;
        }
    }
    let total = before + groups.last().map_or(0, |last| table.group_rows(*last).len());
    let reader = builder(table, projection)
        .with_row_groups(groups)
        .with_row_selection(RowSelection::from_consecutive_ranges(selected.into_iter(), total))
        .with_batch_size(rows.clamp(1, BATCH))
        .build()?;
    Ok(Batches { reader, projection: projection.clone() })
}

/// [`ranges`], each batch with the positions of its rows.
pub(crate) fn located(
    table: &Table,
    projection: &Projection,
    chosen: &[Range<usize>],
) -> Result<impl Iterator<Item = Result<(RecordBatch, UInt64Array)>>> {
    let positions = UInt64Array::from_iter_values(chosen.iter().flat_map(|range| range.start as u64..range.end as u64));
    let mut start = 0;
    Ok(ranges(table, projection, chosen)?.map(move |batch| {
        let batch = batch?;
        let of_batch = positions.slice(start, batch.num_rows());
        start += batch.num_rows();
        Ok((batch, of_batch))
    }))
}

/// Positions in order, as ranges.
pub(crate) fn runs(positions: &[usize]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for position in positions {
        match runs.last_mut() {
            Some(run) if run.end == *position => run.end += 1,
            _ => runs.push(*position..position + 1),
        }
    }
    runs
}
