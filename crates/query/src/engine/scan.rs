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
    compute::{cast, concat_batches, filter, take_record_batch},
    datatypes::{DataType, Field, Schema, UInt64Type},
};

use super::{
    Table,
    budget::Budget,
    plan::Plan,
    predicate::{Predicate, Seen},
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
            (kept, false) => {
                let kept = kept.as_ref().map(|filter| Predicate::new(self.table, filter)).transpose()?;
                self.ordered(kept.as_ref())
            }
        }
    }

    fn by_position(&self) -> Result<Rows> {
        let rows = self.table.rows();
        let start = self.first_row().saturating_add(self.plan.offset).min(rows);
        let end = start.saturating_add(self.limit).min(rows);
        let projection = Projection::new(self.table, self.columns)?;
        let batches =
            if start < end { self.collect(&projection, std::slice::from_ref(&(start..end)))? } else { Vec::new() };
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
        let projection = Projection::for_scan(self.table, predicate.columns())?;
        let found = AtomicUsize::new(0);
        let work = |group: usize| {
            let hits = self.hits(predicate, &projection, group, wanted)?;
            found.fetch_add(hits.first.len(), Ordering::Relaxed);
            Ok(hits)
        };
        // Once the total is known, the first rows are all that is wanted.
        let enough = |_: &_| self.total.is_some() && found.load(Ordering::Relaxed) >= wanted;
        let hits = workers::each(&groups, self.threads, work, enough)?;
        let total = hits.iter().map(|hits| hits.count).sum();
        let positions = hits.into_iter().flat_map(|hits| hits.first);
        let page: Vec<usize> = positions.skip(self.plan.offset).take(self.limit.saturating_add(1)).collect();
        self.materialize(&page, self.total.unwrap_or(total))
    }

    /// How many rows of a group the filter keeps, and the first of them that the cursor allows.
    fn hits(&self, predicate: &Predicate, projection: &Projection, group: usize, wanted: usize) -> Result<Hits> {
        let mut hits = Hits { count: 0, first: Vec::new() };
        let mut seen = Seen::default();
        let from = self.first_row() as u64;
        for part in read::located(self.table, projection, &predicate.ranges(self.table, group))? {
            self.budget.check()?;
            let (batch, positions) = part?;
            let kept = predicate.keeps(&batch, &mut seen)?;
            hits.count += kept.count_set_bits() as u64;
            if hits.first.len() < wanted {
                let kept = kept.set_indices().map(|row| positions.value(row)).filter(|position| *position >= from);
                hits.first
                    .extend(kept.take(wanted - hits.first.len()).filter_map(|position| usize::try_from(position).ok()));
            }
        }
        Ok(hits)
    }

    fn ordered(&self, filter: Option<&Predicate>) -> Result<Rows> {
        let wanted = self.plan.offset.saturating_add(self.limit).saturating_add(1);
        let after = self
            .plan
            .after
            .as_ref()
            .map(|after| Predicate::new(self.table, &after.expr(&self.plan.sort)))
            .transpose()?;
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

/// Rows of a group that a filter keeps.
struct Hits {
    count: u64,
    /// The first positions.
    first: Vec<usize>,
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
    fn new(
        scan: &'a Scan<'a>,
        filter: Option<&'a Predicate>,
        after: Option<&'a Predicate>,
        wanted: usize,
    ) -> Result<Self> {
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
            projection: Projection::for_scan(scan.table, &columns)?,
            keys: Arc::new(Schema::new(fields)),
            wanted,
        })
    }

    /// How many rows of the group the filter keeps, and the first of them.
    fn group(&self, group: usize) -> Result<(usize, Top<'a>)> {
        let table = self.scan.table;
        let mut top = Top::new(&self.scan.plan.sort, self.wanted);
        let (mut kept, mut seen, mut seen_after) = (0, Seen::default(), Seen::default());
        let ranges = self.filter.map_or_else(|| vec![table.group_rows(group)], |filter| filter.ranges(table, group));
        for part in read::located(table, &self.projection, &ranges)? {
            self.scan.budget.check()?;
            let (batch, positions) = part?;
            let mut mask = match self.filter {
                Some(filter) => filter.keeps(&batch, &mut seen)?,
                None => BooleanBuffer::new_set(batch.num_rows()),
            };
            kept += mask.count_set_bits();
            if let Some(after) = self.after {
                let own: Vec<usize> = (self.filter_columns..batch.num_columns()).collect();
                mask = &mask & &after.keeps(&batch.project(&own)?, &mut seen_after)?;
            }
            let keys = &batch.columns()[self.filter_columns + self.after_columns..];
            if let Some(promising) = keys.first().map(|key| top.promising(key)).transpose()?.flatten() {
                mask = &mask & &promising;
            }
            top.push(self.chosen(keys, positions, mask)?)?;
        }
        Ok((kept, top))
    }

    /// The keys of chosen rows, as plain values, and their positions.
    fn chosen(&self, keys: &[ArrayRef], positions: UInt64Array, mask: BooleanBuffer) -> Result<RecordBatch> {
        let mask = BooleanArray::new(mask, None);
        let fields = self.keys.fields().iter();
        let positions = Arc::new(positions) as ArrayRef;
        let columns = keys.iter().chain([&positions]).zip(fields).map(|(values, field)| {
            let chosen = filter(values, &mask)?;
            if chosen.data_type() == field.data_type() { Ok(chosen) } else { Ok(cast(&chosen, field.data_type())?) }
        });
        Ok(RecordBatch::try_new(Arc::clone(&self.keys), columns.collect::<Result<_>>()?)?)
    }
}
