//! The first rows of an order, kept while all rows go by.

use arrow::array::Scalar;
use arrow::{
    array::{Array, ArrayRef, BooleanArray, RecordBatch},
    buffer::BooleanBuffer,
    compute::{
        SortColumn, SortOptions, concat_batches,
        kernels::cmp::{gt_eq, lt_eq},
        lexsort_to_indices, take_record_batch,
    },
};

use super::plan::Key;
use crate::Result;

/// Keeps the first `wanted` rows of batches whose columns are the keys, then the position.
#[derive(Debug)]
pub(crate) struct Top<'a> {
    sort: &'a [Key],
    wanted: usize,
    kept: Vec<RecordBatch>,
    rows: usize,
    /// First key of the last row wanted, once so many were met: rows beyond it cannot be wanted.
    bound: Option<ArrayRef>,
}

impl<'a> Top<'a> {
    /// An empty one.
    pub(crate) fn new(sort: &'a [Key], wanted: usize) -> Self {
        Self { sort, wanted, kept: Vec::new(), rows: 0, bound: None }
    }

    /// Rows that may be among the first, by their first key; `None` when all may.
    pub(crate) fn promising(&self, first_key: &ArrayRef) -> Result<Option<BooleanBuffer>> {
        let (Some(bound), Some(key)) = (&self.bound, self.sort.first()) else { return Ok(None) };
        let bound = Scalar::new(bound);
        let within: BooleanArray = if key.descending { gt_eq(first_key, &bound)? } else { lt_eq(first_key, &bound)? };
        Ok(Some(match within.nulls() {
            Some(valid) => within.values() & valid.inner(),
            None => within.values().clone(),
        }))
    }

    /// Adds rows.
    pub(crate) fn push(&mut self, batch: RecordBatch) -> Result<()> {
        if batch.num_rows() == 0 {
            return Ok(());
        }
        self.rows += batch.num_rows();
        self.kept.push(batch);
        let slack = self.wanted.clamp(1_024, 65_536);
        if self.rows > self.wanted.saturating_add(slack) || (self.bound.is_none() && self.rows > self.wanted) {
            self.compact()?;
        }
        Ok(())
    }

    /// The first rows, in order, in at most one batch.
    pub(crate) fn finish(mut self) -> Result<Vec<RecordBatch>> {
        self.compact()?;
        Ok(self.kept)
    }

    fn compact(&mut self) -> Result<()> {
        let Some(first) = self.kept.first() else { return Ok(()) };
        let all = concat_batches(&first.schema(), &self.kept)?;
        let positions = all.num_columns() - 1;
        let mut columns: Vec<SortColumn> =
            self.sort.iter().zip(all.columns()).map(|(key, values)| by(values, key.descending)).collect();
        columns.push(by(all.column(positions), false));
        let indices = lexsort_to_indices(&columns, Some(self.wanted))?;
        let first = take_record_batch(&all, &indices)?;
        self.rows = first.num_rows();
        if self.rows == self.wanted && self.wanted > 0 {
            let last = first.column(0).slice(self.rows - 1, 1);
            // A null bound means that too few rows have a value: nothing can be left out.
            self.bound = last.is_valid(0).then_some(last);
        }
        self.kept = vec![first];
        Ok(())
    }
}

fn by(values: &ArrayRef, descending: bool) -> SortColumn {
    SortColumn { values: ArrayRef::clone(values), options: Some(SortOptions { descending, nulls_first: false }) }
}
