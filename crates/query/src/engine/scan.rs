//! The direct path: pages of rows, filtered or not, ordered or not, without planning.
//!
//! Only the columns that the filter and the order need are read for all rows; the others are read for the rows of the
//! page alone.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use arrow::{
    array::{ArrayRef, AsArray, BooleanArray, RecordBatch, UInt64Array},
    buffer::BooleanBuffer,
    compute::{concat_batches, filter_record_batch, take_record_batch},
    datatypes::{DataType, Field, Schema, UInt64Type},
};

use super::{
    Table,
    budget::Budget,
    plan::Plan,
    predicate::Predicate,
    read::{self, Projection},
    top::Top,
    workers,
};
use crate::Result;

/// Largest place in an ordered answer that is found by keeping the first rows only.
pub(crate) const DEEPEST_TOP: usize = 100_000;
/// Most rows of a page that is read row by row.
pub(crate) const LONGEST_PAGE: usize = 20_000;

/// Rows of a page, with the columns asked for.
#[derive(Debug)]
pub(crate) struct Rows {
    /// The rows.
    pub batches: Vec<RecordBatch>,
    /// Whether more follow.
    pub more: bool,
    /// Rows that the filter keeps.
    pub total: u64,
}

/// A query of rows on the direct path.
pub(crate) struct Scan<'a> {
    /// The table.
    pub table: &'a Table,
    /// The query.
    pub plan: &'a Plan,
    /// Rows given at most.
    pub limit: usize,
    /// Columns of the answer.
    pub columns: &'a [String],
    /// Rows that the filter keeps, when known already.
    pub total: Option<u64>,
    /// Threads.
    pub threads: usize,
    /// What may be spent.
    pub budget: &'a Budget,
}

impl Scan<'_> {
    /// Runs the query.
    pub(crate) fn run(&self) -> Result<Rows> {
        match (&self.plan.filter, self.plan.sort.is_empty()) {
            (None, true) => self.by_position(),
            (Some(filter), true) => self.filtered(&Predicate::new(self.table, filter)?),
            (filter, false) => {
                let filter = filter.as_ref().map(|filter| Predicate::new(self.table, filter)).transpose()?;
                self.ordered(filter.as_ref())
            }
        }
    }

    fn by_position(&self) -> Result<Rows> {
        let rows = self.table.rows();
        let start = self.first_row().saturating_add(self.plan.offset).min(rows);
        let end = start.saturating_add(self.limit).min(rows);
        let projection = Projection::new(self.table, self.columns)?;
        let batches = if start < end { self.collect(&projection, &[start..end])? } else { Vec::new() };
        Ok(Rows { batches, more: end < rows, total: rows as u64 })
    }

    /// First position that the cursor allows: `__id` is the position plus one.
    fn first_row(&self) -> usize {
        self.plan.after.as_ref().map_or(0, |after| after.row)
    }

    fn collect(&self, projection: &Projection, ranges: &[std::ops::Range<usize>]) -> Result<Vec<RecordBatch>> {
        read::ranges(self.table, projection, ranges)?
            .map(|batch| {
                self.budget.check()?;
                batch
            })
            .collect()
    }

    fn filtered(&self, predicate: &Predicate) -> Result<Rows> {
        let wanted = self.plan.offset.saturating_add(self.limit).saturating_add(1);
        let groups = predicate.groups(self.table);
        let projection = Projection::new(self.table, predicate.columns())?;
        let (first, found) = (self.first_row(), AtomicUsize::new(0));
        let work = |group: usize| {
            let hits = self.hits(predicate, &projection, group)?;
            let start = self.table.group_rows(group).start;
            let before = first.saturating_sub(start).min(hits.len());
            let after = hits.slice(before, hits.len() - before).count_set_bits();
            found.fetch_add(after, Ordering::Relaxed);
            Ok((group, hits))
        };
        // Once the total is known, the first rows are all that is wanted.
        let enough = |_: &_| self.total.is_some() && found.load(Ordering::Relaxed) >= wanted;
        let hits = workers::each(&groups, self.threads, work, enough)?;
        let total = hits.iter().map(|(_, hits)| hits.count_set_bits() as u64).sum();
        let positions = hits.iter().flat_map(|(group, hits)| {
            let start = self.table.group_rows(*group).start;
            hits.set_indices().map(move |row| start + row)
        });
        let page: Vec<usize> =
            positions.filter(|position| *position >= first).skip(self.plan.offset).take(self.limit.saturating_add(1)).collect();
        self.materialize(&page, self.total.unwrap_or(total))
    }

    /// Rows of a group that the filter keeps.
    fn hits(&self, predicate: &Predicate, projection: &Projection, group: usize) -> Result<BooleanBuffer> {
        let mut hits = arrow::array::BooleanBufferBuilder::new(self.table.group_rows(group).len());
        if predicate.columns().is_empty() {
            let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(self.table.group_rows(group).len()));
            let empty = RecordBatch::try_new_with_options(Arc::new(Schema::empty()), Vec::new(), &options)?;
            return predicate.keeps(&empty);
        }
        for batch in read::group(self.table, projection, group)? {
            self.budget.check()?;
            hits.append_buffer(&predicate.keeps(&batch?)?);
        }
        Ok(hits.finish())
    }

    fn ordered(&self, filter: Option<&Predicate>) -> Result<Rows> {
        let wanted = self.plan.offset.saturating_add(self.limit).saturating_add(1);
        let after = self.plan.after.as_ref().map(|after| Predicate::new(self.table, &after.expr(&self.plan.sort))).transpose()?;
        let groups = filter.map_or_else(|| (0..self.table.groups()).collect(), |filter| filter.groups(self.table));
        let sorting = Sorting::new(self, filter, after.as_ref(), wanted)?;
        let tops = workers::each(&groups, self.threads, |group| sorting.group(group), |_| false)?;
        let total = match (filter, self.total) {
            (None, _) => self.table.rows() as u64,
            (Some(_), Some(total)) => total,
            (Some(_), None) => tops.iter().map(|(kept, _)| *kept as u64).sum(),
        };
        let mut merged = Top::new(&self.plan.sort, wanted);
        for (_, top) in tops {
            for batch in top.finish()? {
                merged.push(batch)?;
            }
        }
        let mut page = Vec::new();
        for batch in merged.finish()? {
            let positions = batch.column(batch.num_columns() - 1).as_primitive::<UInt64Type>();
            page.extend(positions.values().iter().map(|position| usize::try_from(*position).unwrap_or(usize::MAX)));
        }
        let page: Vec<usize> = page.into_iter().skip(self.plan.offset).collect();
        self.materialize(&page, total)
    }

    /// Reads the rows at positions, one more than asked for when more follow, in the order given.
    fn materialize(&self, positions: &[usize], total: u64) -> Result<Rows> {
        let more = positions.len() > self.limit;
        let page = &positions[..positions.len().min(self.limit)];
        let projection = Projection::new(self.table, self.columns)?;
        if page.is_empty() {
            return Ok(Rows { batches: Vec::new(), more, total });
        }
        let mut sorted = page.to_vec();
        sorted.sort_unstable();
        let batches = self.collect(&projection, &read::runs(&sorted))?;
        if sorted == page {
            return Ok(Rows { batches, more, total });
        }
        let all = concat_batches(projection.schema(), &batches)?;
        let places = page.iter().filter_map(|position| sorted.binary_search(position).ok());
        let indices = UInt64Array::from_iter_values(places.map(|place| place as u64));
        Ok(Rows { batches: vec![take_record_batch(&all, &indices)?], more, total })
    }
}

/// What each thread needs to find the first rows of a group.
struct Sorting<'a> {
    scan: &'a Scan<'a>,
    filter: Option<&'a Predicate>,
    after: Option<&'a Predicate>,
    filter_columns: usize,
    after_columns: usize,
    projection: Projection,
    keys: Arc<Schema>,
    wanted: usize,
}

impl<'a> Sorting<'a> {
    fn new(scan: &'a Scan<'a>, filter: Option<&'a Predicate>, after: Option<&'a Predicate>, wanted: usize) -> Result<Self> {
        let of = |predicate: Option<&'a Predicate>| predicate.map_or(&[] as &[String], Predicate::columns);
        let mut columns: Vec<&str> = of(filter).iter().chain(of(after)).map(String::as_str).collect();
        columns.extend(scan.plan.sort.iter().map(|key| key.field.as_str()));
        let mut fields: Vec<Field> =
            scan.plan.sort.iter().map(|key| Field::new(&key.field, key.data_type.clone(), true)).collect();
        fields.push(Field::new("position", DataType::UInt64, false));
        Ok(Self {
            scan,
            filter,
            after,
            filter_columns: of(filter).len(),
            after_columns: of(after).len(),
            projection: Projection::new(scan.table, &columns)?,
            keys: Arc::new(Schema::new(fields)),
            wanted,
        })
    }

    /// How many rows of the group the filter keeps, and the first of them.
    fn group(&self, group: usize) -> Result<(usize, Top<'a>)> {
        let mut top = Top::new(&self.scan.plan.sort, self.wanted);
        let mut kept = 0;
        let mut position = self.scan.table.group_rows(group).start as u64;
        for batch in read::group(self.scan.table, &self.projection, group)? {
            self.scan.budget.check()?;
            let batch = batch?;
            let rows = batch.num_rows();
            let mut mask = match self.filter {
                Some(filter) => filter.keeps(&batch)?,
                None => BooleanBuffer::new_set(rows),
            };
            kept += mask.count_set_bits();
            if let Some(after) = self.after {
                let from = self.filter_columns;
                let own: Vec<usize> = (from..from + self.after_columns).collect();
                mask = &mask & &after.keeps(&batch.project(&own)?)?;
            }
            let keys = self.keys_of(&batch, position)?;
            if let Some(promising) = top.promising(keys.column(0))? {
                mask = &mask & &promising;
            }
            top.push(filter_record_batch(&keys, &BooleanArray::new(mask, None))?)?;
            position += rows as u64;
        }
        Ok((kept, top))
    }

    fn keys_of(&self, batch: &RecordBatch, start: u64) -> Result<RecordBatch> {
        let mut columns: Vec<ArrayRef> = batch.columns()[self.filter_columns + self.after_columns..].to_vec();
        columns.push(Arc::new(UInt64Array::from_iter_values(start..start + batch.num_rows() as u64)));
        Ok(RecordBatch::try_new(Arc::clone(&self.keys), columns)?)
    }
}
