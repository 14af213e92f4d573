//! Groups on the direct path: few groups by keys of few values, with sums, counts, means and bounds.
//!
//! Each thread numbers the groups that it meets in a row group and adds up by number; what the row groups give is
//! then put together by the keys' values. What this leaves (keys of long texts, medians, distinct counts, very many
//! groups) is for DataFusion.

mod accumulator;
mod keys;

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{ArrayRef, RecordBatch, UInt32Array},
    compute::{SortColumn, SortOptions, lexsort_to_indices, take_record_batch},
};

use self::{
    accumulator::Accumulator,
    keys::{Key, Numbering},
};
use super::{
    Table,
    budget::Budget,
    plan::{Computed, Plan},
    predicate::{Predicate, Seen},
    read::{self, Projection},
    workers,
};
use crate::Result;

/// Groups of a row group beyond which DataFusion does better.
const MOST_GROUPS: usize = 20_000;
/// Keys of a query beyond which DataFusion does better.
const MOST_KEYS: usize = 4;

/// A query of groups on the direct path.
pub(crate) struct Grouping<'a> {
    /// The table.
    pub table: &'a Table,
    /// The query.
    pub plan: &'a Plan,
    /// Keys of the groups.
    pub keys: &'a [String],
    /// What is computed.
    pub aggregates: &'a [Computed],
    /// Threads.
    pub threads: usize,
    /// What may be spent.
    pub budget: &'a Budget,
}

/// What a row group gives: its groups and their values, or too many of them.
enum Part {
    Groups(Vec<Vec<Key>>, Vec<Accumulator>),
    TooMany,
}

impl Grouping<'_> {
    /// Whether the direct path knows how to do this.
    pub(crate) fn can(&self) -> bool {
        let schema = self.table.scan_metadata().schema();
        let keys =
            self.keys.iter().all(|name| schema.field_with_name(name).is_ok_and(|field| keys::can(field.data_type())));
        keys && self.keys.len() <= MOST_KEYS && self.aggregates.iter().all(accumulator::can)
    }

    /// All groups, in order; `None` when there are too many.
    pub(crate) fn run(&self) -> Result<Option<RecordBatch>> {
        let filter = self.plan.filter.as_ref().map(|filter| Predicate::new(self.table, filter)).transpose()?;
        let groups =
            filter.as_ref().map_or_else(|| (0..self.table.groups()).collect(), |filter| filter.groups(self.table));
        let names = self.columns(filter.as_ref());
        let projection = Projection::for_scan(self.table, &names)?;
        let too_many = |part: &Part| matches!(part, Part::TooMany);
        let parts =
            workers::each(&groups, self.threads, |group| self.group(filter.as_ref(), &projection, group), too_many)?;
        let Some((keys, accumulators)) = self.merged(parts) else { return Ok(None) };
        let mut columns = keys::columns(self.plan.schema.fields(), &keys, self.keys.len())?;
        for (accumulator, field) in accumulators.iter().zip(&self.plan.schema.fields()[self.keys.len()..]) {
            columns.push(accumulator.finish(field.data_type())?);
        }
        let batch = RecordBatch::try_new(Arc::clone(&self.plan.schema), columns)?;
        self.sorted(&batch).map(Some)
    }

    /// Columns read: the filter's, the keys, and a field for each aggregate that has one.
    fn columns(&self, filter: Option<&Predicate>) -> Vec<String> {
        let mut names = filter.map_or_else(Vec::new, |filter| filter.columns().to_vec());
        names.extend(self.keys.iter().cloned());
        names.extend(self.aggregates.iter().filter_map(|computed| computed.aggregate.field.clone()));
        names
    }

    fn accumulators(&self) -> Vec<Accumulator> {
        self.aggregates.iter().map(Accumulator::new).collect()
    }

    fn group(&self, filter: Option<&Predicate>, projection: &Projection, group: usize) -> Result<Part> {
        let mut numbering = Numbering::new(self.keys.len());
        let (mut accumulators, mut seen) = (self.accumulators(), Seen::default());
        let ranges =
            filter.map_or_else(|| vec![self.table.group_rows(group)], |filter| filter.ranges(self.table, group));
        for batch in read::ranges(self.table, projection, &ranges)? {
            self.budget.check()?;
            let batch = batch?;
            let mut columns = batch.columns();
            let mut rows: Vec<usize> = Vec::new();
            match filter {
                Some(filter) => {
                    rows.extend(filter.keeps(&batch, &mut seen)?.set_indices());
                    columns = &columns[filter.columns().len()..];
                }
                None => rows.extend(0..batch.num_rows()),
            }
            let (keys, mut values) = columns.split_at(self.keys.len());
            let numbers = numbering.number(keys, &rows)?;
            if numbering.groups() > MOST_GROUPS {
                return Ok(Part::TooMany);
            }
            for (accumulator, computed) in accumulators.iter_mut().zip(self.aggregates) {
                let value: Option<&ArrayRef>;
                (value, values) = match computed.aggregate.field {
                    Some(_) => (values.first(), &values[1..]),
                    None => (None, values),
                };
                accumulator.grow(numbering.groups());
                accumulator.add(value, &rows, &numbers)?;
            }
        }
        accumulators.iter_mut().for_each(|accumulator| accumulator.grow(numbering.groups()));
        Ok(Part::Groups(numbering.keys(), accumulators))
    }

    fn merged(&self, parts: Vec<Part>) -> Option<(Vec<Vec<Key>>, Vec<Accumulator>)> {
        let mut numbers: HashMap<Vec<Key>, usize> = HashMap::new();
        let mut accumulators = self.accumulators();
        if self.keys.is_empty() {
            // Without keys there is one group, even of no row.
            numbers.insert(Vec::new(), 0);
        }
        for part in parts {
            let Part::Groups(keys, of_part) = part else { return None };
            let places: Vec<usize> = keys
                .into_iter()
                .map(|key| {
                    let next = numbers.len();
                    *numbers.entry(key).or_insert(next)
                })
                .collect();
            for (all, part) in accumulators.iter_mut().zip(&of_part) {
                all.grow(numbers.len());
                all.merge(part, &places);
            }
        }
        accumulators.iter_mut().for_each(|accumulator| accumulator.grow(numbers.len()));
        let mut keys: Vec<Vec<Key>> = vec![Vec::new(); numbers.len()];
        numbers.into_iter().for_each(|(key, number)| keys[number] = key);
        Some((keys, accumulators))
    }

    fn sorted(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let by = |name: &str, descending: bool| {
            let values = batch.column_by_name(name).map(Arc::clone)?;
            Some(SortColumn { values, options: Some(SortOptions { descending, nulls_first: false }) })
        };
        let mut columns: Vec<SortColumn> =
            self.plan.sort.iter().filter_map(|key| by(&key.field, key.descending)).collect();
        columns.extend(self.keys.iter().filter_map(|name| by(name, false)));
        if columns.is_empty() {
            return Ok(batch.clone());
        }
        let indices: UInt32Array = lexsort_to_indices(&columns, None)?;
        Ok(take_record_batch(batch, &indices)?)
    }
}
