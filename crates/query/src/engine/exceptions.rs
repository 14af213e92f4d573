//! The cells that don't fit their column's type, as they were in the source.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch, StringBuilder},
    datatypes::{DataType, Field, Int32Type, Int64Type, Schema, SchemaRef},
};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, statistics::StatisticsConverter,
};
use tabular::snapshot::{EXCEPTIONS_FILE, ROW_ID};

use super::{Table, file::PositionalFile};
use crate::{Error, Result, encode::value::Cells};

/// A cell of the source that doesn't fit its column's type, or lies beyond the header's width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionCell {
    /// `__id` of its row.
    pub row: u64,
    /// Its column; `None` beyond the header's width.
    pub column: Option<String>,
    /// Its 1-based column of the source.
    pub position: u32,
    /// Its text as it came.
    pub raw: String,
}

fn broken(detail: &dyn std::fmt::Display) -> Error {
    Error::Broken { file: EXCEPTIONS_FILE, detail: detail.to_string() }
}

/// The exceptions of rows between two row numbers (both included) for which `wanted` holds.
pub(crate) fn between(
    table: &Table,
    first: i64,
    last: i64,
    wanted: impl Fn(i64) -> bool,
) -> Result<Vec<ExceptionCell>> {
    if table.profile().exceptions == 0 {
        return Ok(Vec::new());
    }
    let file = PositionalFile::open(&table.folder().join(EXCEPTIONS_FILE)).map_err(|error| broken(&error))?;
    let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(|error| broken(&error))?;
    let groups = groups_between(&metadata, first, last);
    let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata).with_row_groups(groups).build()?;
    let mut cells = Vec::new();
    for batch in reader {
        read_cells(&batch?, &wanted, &mut cells)?;
    }
    Ok(cells)
}

fn groups_between(metadata: &ArrowReaderMetadata, first: i64, last: i64) -> Vec<usize> {
    let groups = metadata.metadata().row_groups();
    let all = || (0..groups.len()).collect();
    let Ok(converter) = StatisticsConverter::try_new("row", metadata.schema(), metadata.parquet_schema()) else {
        return all();
    };
    let (Ok(least), Ok(greatest)) = (converter.row_group_mins(groups), converter.row_group_maxes(groups)) else {
        return all();
    };
    let (Some(least), Some(greatest)) =
        (least.as_primitive_opt::<Int64Type>(), greatest.as_primitive_opt::<Int64Type>())
    else {
        return all();
    };
    let outside = |group: usize| {
        (least.is_valid(group) && least.value(group) > last)
            || (greatest.is_valid(group) && greatest.value(group) < first)
    };
    (0..groups.len()).filter(|group| !outside(*group)).collect()
}

fn read_cells(batch: &RecordBatch, wanted: &impl Fn(i64) -> bool, cells: &mut Vec<ExceptionCell>) -> Result<()> {
    let column = |name: &str| batch.column_by_name(name).ok_or_else(|| broken(&format!("no column {name}")));
    let mistyped = || broken(&"a column has another type than expected");
    let rows = column("row")?.as_primitive_opt::<Int64Type>().ok_or_else(mistyped)?;
    let names = Cells::new(column("column")?)?;
    let positions = column("position")?.as_primitive_opt::<Int32Type>().ok_or_else(mistyped)?;
    let raws = Cells::new(column("raw")?)?;
    let (names, raws) = (names.to_text(), raws.to_text());
    for index in 0..batch.num_rows() {
        if wanted(rows.value(index)) {
            cells.push(ExceptionCell {
                row: u64::try_from(rows.value(index)).unwrap_or(0),
                column: names.is_valid(index).then(|| names.value(index).to_owned()),
                position: u32::try_from(positions.value(index)).unwrap_or(0),
                raw: raws.value(index).to_owned(),
            });
        }
    }
    Ok(())
}

/// Puts exceptions back into batches that carry `__id`.
#[derive(Debug, Clone)]
pub(crate) struct Restorer {
    /// For each column with exceptions, the raw text by row.
    raws: Arc<HashMap<String, HashMap<i64, String>>>,
}

impl Restorer {
    /// For every row of the table.
    pub(crate) fn whole(table: &Table) -> Result<Self> {
        Ok(Self::of(table, between(table, i64::MIN, i64::MAX, |_| true)?))
    }

    /// For some rows.
    pub(crate) fn for_rows(table: &Table, rows: &std::collections::HashSet<i64>) -> Result<Self> {
        let (first, last) = (rows.iter().min().copied().unwrap_or(0), rows.iter().max().copied().unwrap_or(0));
        Ok(Self::of(table, between(table, first, last, |row| rows.contains(&row))?))
    }

    fn of(table: &Table, cells: Vec<ExceptionCell>) -> Self {
        let with_some = table.profile().columns.iter().filter(|column| column.exceptions > 0);
        let mut raws: HashMap<String, HashMap<i64, String>> =
            with_some.map(|column| (column.name.clone(), HashMap::new())).collect();
        for cell in cells {
            if let Some(by_row) = cell.column.and_then(|name| raws.get_mut(&name)) {
                by_row.insert(i64::try_from(cell.row).unwrap_or(i64::MAX), cell.raw);
            }
        }
        Self { raws: Arc::new(raws) }
    }

    /// The batch with the cells put back.
    pub(crate) fn restore(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let ids = batch.column_by_name(ROW_ID).and_then(|ids| ids.as_primitive_opt::<Int64Type>());
        let Some(ids) = ids else { return Err(Error::Internal("rows without their number".into())) };
        let schema = raw_schema(&batch.schema(), |name| self.raws.contains_key(name));
        let restored =
            schema.fields().iter().zip(batch.columns()).map(|(field, values)| match self.raws.get(field.name()) {
                Some(by_row) => put_back(values, ids.values(), by_row),
                None => Ok(Arc::clone(values)),
            });
        let columns = restored.collect::<Result<Vec<_>>>()?;
        Ok(RecordBatch::try_new(schema, columns)?)
    }
}

fn put_back(values: &ArrayRef, ids: &[i64], by_row: &HashMap<i64, String>) -> Result<ArrayRef> {
    let typed = Cells::new(values)?.to_text();
    let mut texts = StringBuilder::with_capacity(typed.len(), typed.value_data().len());
    for (index, id) in ids.iter().enumerate() {
        match by_row.get(id) {
            Some(raw) => texts.append_value(raw),
            None if typed.is_null(index) => texts.append_null(),
            None => texts.append_value(typed.value(index)),
        }
    }
    Ok(Arc::new(texts.finish()))
}

/// The schema in which columns with exceptions are text.
pub(crate) fn raw_schema(schema: &Schema, has_exceptions: impl Fn(&str) -> bool) -> SchemaRef {
    let fields = schema.fields().iter().map(|field| match has_exceptions(field.name()) {
        true => Arc::new(Field::new(field.name(), DataType::Utf8, true)),
        false => Arc::clone(field),
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}
