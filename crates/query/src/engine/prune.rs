//! Row groups and pages that cannot hold a row that a filter keeps, by statistics and Bloom filters.
//!
//! Pruning never changes an answer: when something is unknown, all rows are read.

use std::{collections::HashSet, ops::Range, sync::Arc};

use arrow::{
    array::{Array, ArrayRef, BooleanArray, UInt64Array},
    datatypes::{Schema, SchemaRef},
};
use datafusion::{
    common::{Column, ScalarValue, pruning::PruningStatistics},
    physical_optimizer::pruning::{PruningPredicate, PruningPredicateBuilder},
    physical_plan::PhysicalExpr,
};
use parquet::{arrow::arrow_reader::statistics::StatisticsConverter, bloom_filter::Sbbf};

use super::Table;

/// Most literals that are looked for in Bloom filters.
const MOST_LITERALS: usize = 64;

/// Row groups that may hold rows that the filter keeps.
pub(crate) fn groups(table: &Table, filter: &Arc<dyn PhysicalExpr>, schema: &Arc<Schema>) -> Vec<usize> {
    let all = || (0..table.groups()).collect::<Vec<_>>();
    let Ok(predicate) =
        PruningPredicateBuilder::new().with_file_schema(Arc::clone(schema)).try_build(Arc::clone(filter))
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
        ScalarValue::Int32(Some(number))
        | ScalarValue::Date32(Some(number))
        | ScalarValue::Time32Second(Some(number)) => !bloom.check(number),
        ScalarValue::TimestampMillisecond(Some(number), _) => !bloom.check(number),
        // Zero has two forms of bytes.
        ScalarValue::Float64(Some(number)) if *number != 0.0 => !bloom.check(number),
        _ => false,
    }
}

/// A filter on one column, put to the bounds of its pages.
#[derive(Debug)]
pub(crate) struct Pages {
    column: String,
    predicate: PruningPredicate,
}

impl Pages {
    /// `None` when the filter looks at several columns, or when bounds say nothing about it.
    pub(crate) fn new(filter: &Arc<dyn PhysicalExpr>, schema: &Arc<Schema>) -> Option<Self> {
        let [field] = schema.fields().as_ref() else { return None };
        let builder = PruningPredicateBuilder::new().with_file_schema(Arc::clone(schema));
        let predicate = builder.try_build(Arc::clone(filter)).ok().filter(|predicate| !predicate.always_true())?;
        Some(Self { column: field.name().clone(), predicate })
    }

    /// Ranges of positions of a row group that may hold rows that the filter keeps; `None` when unknown.
    fn ranges(&self, table: &Table, group: usize) -> Option<Vec<Range<usize>>> {
        let index = table.file_schema().index_of(&self.column).ok()?;
        let pages = table.metadata().metadata().offset_index()?.get(group)?.get(index)?.page_locations();
        let kept = self.predicate.prune(&PageStatistics { table, group, pages: pages.len() }).ok()?;
        let of_group = table.group_rows(group);
        let start = |page: usize| {
            let first = pages.get(page).and_then(|page| usize::try_from(page.first_row_index).ok());
            first.map_or(of_group.end, |first| of_group.start + first)
        };
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for page in (0..pages.len()).filter(|page| kept.get(*page).copied().unwrap_or(true)) {
            match ranges.last_mut() {
                Some(last) if last.end == start(page) => last.end = start(page + 1),
                _ => ranges.push(start(page)..start(page + 1)),
            }
        }
        Some(ranges)
    }
}

/// Ranges of positions of a row group that all filters allow.
pub(crate) fn ranges<'a>(table: &Table, filters: impl Iterator<Item = &'a Pages>, group: usize) -> Vec<Range<usize>> {
    let known = filters.filter_map(|pages| pages.ranges(table, group));
    known.fold(vec![table.group_rows(group)], |kept, more| intersection(&kept, &more))
}

fn intersection(left: &[Range<usize>], right: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut l, mut r, mut both) = (0, 0, Vec::new());
    while let (Some(a), Some(b)) = (left.get(l), right.get(r)) {
        let range = a.start.max(b.start)..a.end.min(b.end);
        if !range.is_empty() {
            both.push(range);
        }
        if a.end <= b.end { l += 1 } else { r += 1 }
    }
    both
}

struct PageStatistics<'a> {
    table: &'a Table,
    group: usize,
    pages: usize,
}

impl PageStatistics<'_> {
    fn bounds(&self, column: &Column, least: bool) -> Option<ArrayRef> {
        let metadata = self.table.metadata();
        let (columns, offsets) = (metadata.metadata().column_index()?, metadata.metadata().offset_index()?);
        let converter =
            StatisticsConverter::try_new(&column.name, self.table.file_schema(), metadata.parquet_schema()).ok()?;
        let bounds = match least {
            true => converter.data_page_mins(columns, offsets, [&self.group]),
            false => converter.data_page_maxes(columns, offsets, [&self.group]),
        };
        bounds.ok().filter(|bounds| bounds.len() == self.pages)
    }
}

impl PruningStatistics for PageStatistics<'_> {
    fn min_values(&self, column: &Column) -> Option<ArrayRef> {
        self.bounds(column, true)
    }

    fn max_values(&self, column: &Column) -> Option<ArrayRef> {
        self.bounds(column, false)
    }

    fn num_containers(&self) -> usize {
        self.pages
    }

    fn null_counts(&self, _: &Column) -> Option<ArrayRef> {
        None
    }

    fn row_counts(&self) -> Option<ArrayRef> {
        None
    }

    #[allow(clippy::mutable_key_type, reason = "the trait's own type")]
    fn contained(&self, _: &Column, _: &HashSet<ScalarValue>) -> Option<BooleanArray> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_intersected() {
        assert_eq!(intersection(&[0..10, 20..30], &[5..25, 28..40]), [5..10, 20..25, 28..30]);
        assert!(intersection(&[0..10, 30..31], &[10..20, 25..30]).is_empty());
    }
}
