//! Row groups that cannot hold a row that a filter keeps, by statistics and Bloom filters.

use std::{collections::HashSet, sync::Arc};

use arrow::{
    array::{ArrayRef, BooleanArray, UInt64Array},
    datatypes::{Schema, SchemaRef},
};
use datafusion::{
    common::{Column, ScalarValue, pruning::PruningStatistics},
    physical_optimizer::pruning::PruningPredicateBuilder,
    physical_plan::PhysicalExpr,
};
use parquet::{arrow::arrow_reader::statistics::StatisticsConverter, bloom_filter::Sbbf};

use super::Table;

/// Most literals that are looked for in Bloom filters.
const MOST_LITERALS: usize = 64;

/// Row groups that may hold rows that the filter keeps. Pruning never changes an answer: when it fails, all are read.
pub(crate) fn groups(table: &Table, filter: &Arc<dyn PhysicalExpr>, schema: &Arc<Schema>) -> Vec<usize> {
    let all = || (0..table.groups()).collect::<Vec<_>>();
    let Ok(predicate) = PruningPredicateBuilder::new().with_file_schema(Arc::clone(schema)).try_build(Arc::clone(filter))
    else {
        return all();
    };
    match predicate.prune(&GroupStatistics { table }) {
        Ok(kept) => (0..table.groups()).filter(|group| kept.get(*group).copied().unwrap_or(true)).collect(),
        Err(error) => {
            tracing::debug!(%error, "pruning failed");
            all()
        }
    }
}

struct GroupStatistics<'a> {
    table: &'a Table,
}

impl GroupStatistics<'_> {
    fn converter(&self, column: &Column) -> Option<StatisticsConverter<'_>> {
        let schema: &SchemaRef = self.table.file_schema();
        StatisticsConverter::try_new(&column.name, schema, self.table.metadata().parquet_schema()).ok()
    }

    fn statistics<T>(
        &self,
        column: &Column,
        read: impl FnOnce(&StatisticsConverter<'_>, &[parquet::file::metadata::RowGroupMetaData]) -> Option<T>,
    ) -> Option<T> {
        read(&self.converter(column)?, self.table.metadata().metadata().row_groups())
    }
}

impl PruningStatistics for GroupStatistics<'_> {
    fn min_values(&self, column: &Column) -> Option<ArrayRef> {
        self.statistics(column, |converter, groups| converter.row_group_mins(groups).ok())
    }

    fn max_values(&self, column: &Column) -> Option<ArrayRef> {
        self.statistics(column, |converter, groups| converter.row_group_maxes(groups).ok())
    }

    fn num_containers(&self) -> usize {
        self.table.groups()
    }

    fn null_counts(&self, column: &Column) -> Option<ArrayRef> {
        let counts = self.statistics(column, |converter, groups| converter.row_group_null_counts(groups).ok())?;
        Some(Arc::new(counts))
    }

    fn row_counts(&self) -> Option<ArrayRef> {
        let counts = (0..self.table.groups()).map(|group| self.table.group_rows(group).len() as u64);
        Some(Arc::new(UInt64Array::from_iter_values(counts)))
    }

    #[allow(clippy::mutable_key_type, reason = "the trait's own type")]
    fn contained(&self, column: &Column, values: &HashSet<ScalarValue>) -> Option<BooleanArray> {
        if values.len() > MOST_LITERALS {
            return None;
        }
        let index = self.table.file_schema().index_of(&column.name).ok()?;
        let groups = self.table.metadata().metadata().row_groups().iter();
        let may_hold = groups.map(|group| {
            let bloom = Sbbf::read_from_column_chunk(group.column(index), self.table.file()).ok()??;
            // Only “surely none” is known; a hit may be false.
            values.iter().all(|value| surely_absent(&bloom, value)).then_some(false)
        });
        Some(may_hold.collect())
    }
}

fn surely_absent(bloom: &Sbbf, value: &ScalarValue) -> bool {
    match value {
        ScalarValue::Utf8(Some(text)) => !bloom.check(&text.as_str()),
        ScalarValue::Int64(Some(number)) => !bloom.check(number),
        ScalarValue::Int32(Some(number)) | ScalarValue::Date32(Some(number)) | ScalarValue::Time32Second(Some(number)) => !bloom.check(number),
        ScalarValue::TimestampMillisecond(Some(number), _) => !bloom.check(number),
        // Zero has two forms of bytes.
        ScalarValue::Float64(Some(number)) if *number != 0.0 => !bloom.check(number),
        _ => false,
    }
}
