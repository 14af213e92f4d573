//! One page of an answer, with its exact total.

use std::sync::Arc;

use arrow::{array::RecordBatch, datatypes::SchemaRef};
use datafusion::execution::SendableRecordBatchStream;
use futures::StreamExt;
use tabular::snapshot::ROW_ID;
use tokio::sync::SemaphorePermit;

use super::{
    Engine, Table, blocking,
    budget::Budget,
    exceptions::{Restorer, raw_schema},
    grouping::Grouping,
    plan::{Computed, Plan, Shape},
    relation,
    scan::{DEEPEST_TOP, LONGEST_PAGE, Rows, Scan},
};
use crate::{
    Error, Result,
    encode::value::Cells,
    model::{Cursor, Filter, Query},
};

/// A page of rows or groups.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its fields.
    pub schema: SchemaRef,
    /// Its rows.
    pub batches: Vec<RecordBatch>,
    /// Rows (or groups) of the whole answer, of which this is a page. A cursor doesn't change it.
    pub total: u64,
    /// Where the next page starts; `None` on the last page and for groups.
    pub next: Option<Cursor>,
}

impl Answer {
    /// Rows of this page.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

/// The ways of running a query; tests compare them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// The direct way whenever it can.
    Fastest,
    /// Always by DataFusion.
    #[cfg_attr(not(test), allow(dead_code, reason = "the reference that tests compare with"))]
    Planned,
}

impl Engine {
    /// Answers a query with one page, the exact total, and where the next page starts.
    ///
    /// # Errors
    /// When the query doesn't fit the table ([`Error::UnknownField`], [`Error::BadLiteral`], [`Error::NotAllowed`],
    /// [`Error::BadQuery`], [`Error::BadCursor`]), when the answer passes the engine's limits ([`Error::TooLarge`],
    /// [`Error::Timeout`], [`Error::Memory`]), or when the snapshot is damaged ([`Error::Broken`]).
    pub async fn answer(&self, table: &Arc<Table>, query: &Query) -> Result<Answer> {
        self.answer_by(table, query, Route::Fastest).await
    }

    pub(crate) async fn answer_by(&self, table: &Arc<Table>, query: &Query, route: Route) -> Result<Answer> {
        let plan = Plan::new(table, query)?;
        let (budget, _waiting) = Budget::start(self.inner.limits.time);
        let late = budget.timeout();
        let work = async {
            match plan.shape.clone() {
                Shape::Groups { keys, aggregates } => self.groups(table, plan, keys, aggregates, route, budget).await,
                Shape::Rows(columns) => self.rows(table, query, plan, columns, route, budget).await,
            }
        };
        tokio::time::timeout(self.inner.limits.time, work).await.map_err(|_| late)?
    }

    async fn rows(
        &self,
        table: &Arc<Table>,
        query: &Query,
        plan: Plan,
        columns: Vec<String>,
        route: Route,
        budget: Budget,
    ) -> Result<Answer> {
        let bound = self.inner.limits.answer_rows;
        let limit = plan.limit.unwrap_or(bound);
        if limit > bound {
            return Err(Error::TooLarge { unit: "rows", limit: bound as u64 });
        }
        let fetched = with_keys(&columns, &plan);
        let known = self.known_total(table, query.filter.as_ref());
        let simple = plan.filter.is_none() && plan.sort.is_empty();
        let short = limit <= LONGEST_PAGE && plan.offset.saturating_add(limit) <= DEEPEST_TOP;
        let rows = if route == Route::Fastest && (simple || short) {
            self.scan(table, &plan, &fetched, limit, known, budget).await?
        } else {
            self.planned(table, &plan, &fetched, limit, known).await?
        };
        if plan.limit.is_none() && rows.more {
            return Err(Error::TooLarge { unit: "rows", limit: bound as u64 });
        }
        self.remember_total(table, query.filter.as_ref(), rows.total);
        finish(table, plan, &columns, rows).await
    }

    async fn scan(
        &self,
        table: &Arc<Table>,
        plan: &Plan,
        columns: &[String],
        limit: usize,
        total: Option<u64>,
        budget: Budget,
    ) -> Result<Rows> {
        // A page by position reads a few pages of the file: it doesn't wait for those who scan.
        let scans = plan.filter.is_some() || !plan.sort.is_empty();
        let permits = if scans { self.permits().await? } else { Vec::new() };
        let (table, plan, columns, threads) = (Arc::clone(table), plan.clone(), columns.to_vec(), permits.len());
        let rows = blocking(move || {
            Scan { table: &table, plan: &plan, limit, columns: &columns, total, threads, budget: &budget }.run()
        });
        let rows = rows.await;
        drop(permits);
        rows
    }

    /// One permit to scan, and those that nobody else wants now.
    async fn permits(&self) -> Result<Vec<SemaphorePermit<'_>>> {
        let closed = |_| Error::Internal("the engine is closed".into());
        let mut permits = vec![self.inner.scans.acquire().await.map_err(closed)?];
        permits.extend((1..self.inner.threads).map_while(|_| self.inner.scans.try_acquire().ok()));
        Ok(permits)
    }

    async fn planned(
        &self,
        table: &Arc<Table>,
        plan: &Plan,
        columns: &[String],
        limit: usize,
        total: Option<u64>,
    ) -> Result<Rows> {
        let total = match (&plan.filter, total) {
            (None, _) => table.rows() as u64,
            (Some(_), Some(total)) => total,
            (Some(filter), None) => relation::count(&self.inner.context, table, Some(filter.clone())).await?,
        };
        let stream = relation::rows(&self.inner.context, table, plan, columns, Some(limit.saturating_add(1))).await?;
        let (batches, met) = page_of(stream, 0, limit).await?;
        Ok(Rows { batches, more: met > limit as u64, total })
    }

    async fn groups(
        &self,
        table: &Arc<Table>,
        plan: Plan,
        keys: Vec<String>,
        aggregates: Vec<Computed>,
        route: Route,
        budget: Budget,
    ) -> Result<Answer> {
        let bound = self.inner.limits.answer_rows;
        let wanted = plan.limit.unwrap_or(usize::MAX);
        let limit = wanted.min(bound);
        let direct = match route {
            Route::Fastest => self.group(table, &plan, &keys, &aggregates, budget).await?,
            Route::Planned => None,
        };
        let (batches, total) = match direct {
            Some(groups) => {
                let from = plan.offset.min(groups.num_rows());
                let page = groups.slice(from, limit.min(groups.num_rows() - from));
                (if page.num_rows() > 0 { vec![page] } else { Vec::new() }, groups.num_rows() as u64)
            }
            None => {
                let stream = relation::groups(&self.inner.context, table, &plan, &keys, &aggregates).await?;
                page_of(stream, plan.offset, limit).await?
            }
        };
        let given: usize = batches.iter().map(RecordBatch::num_rows).sum();
        if given < wanted && plan.offset.saturating_add(given) < usize::try_from(total).unwrap_or(usize::MAX) {
            return Err(Error::TooLarge { unit: "rows", limit: bound as u64 });
        }
        Ok(Answer { schema: Arc::clone(&plan.schema), batches, total, next: None })
    }

    /// All groups by the direct way; `None` when it is for DataFusion.
    async fn group(
        &self,
        table: &Arc<Table>,
        plan: &Plan,
        keys: &[String],
        aggregates: &[Computed],
        budget: Budget,
    ) -> Result<Option<RecordBatch>> {
        let permits = self.permits().await?;
        let threads = permits.len();
        let (table, plan, keys, aggregates) = (Arc::clone(table), plan.clone(), keys.to_vec(), aggregates.to_vec());
        let groups = blocking(move || {
            let grouping =
                Grouping { table: &table, plan: &plan, keys: &keys, aggregates: &aggregates, threads, budget: &budget };
            if grouping.can() { grouping.run() } else { Ok(None) }
        });
        let groups = groups.await;
        drop(permits);
        groups
    }

    fn known_total(&self, table: &Table, filter: Option<&Filter>) -> Option<u64> {
        let key = (table.key(), serde_json::to_string(filter?).ok()?);
        self.inner.totals.lock().ok()?.get(&key)
    }

    fn remember_total(&self, table: &Table, filter: Option<&Filter>, total: u64) {
        /// Filters whose text is longer than this are rarely asked twice.
        const LONGEST: usize = 2_000;
        let Some(Ok(text)) = filter.map(serde_json::to_string) else { return };
        if let (true, Ok(mut totals)) = (text.len() <= LONGEST, self.inner.totals.lock()) {
            totals.put((table.key(), text), total);
        }
    }
}

/// The columns of the answer, then those that the cursor needs.
pub(crate) fn with_keys(columns: &[String], plan: &Plan) -> Vec<String> {
    let mut all = columns.to_vec();
    let keys = plan.sort.iter().map(|key| key.field.as_str()).chain([ROW_ID]);
    for key in keys {
        if all.iter().all(|name| name != key) {
            all.push(key.to_owned());
        }
    }
    all
}

/// Rows of a stream from `offset`, at most `limit`, and how many rows there are in all.
async fn page_of(
    mut stream: SendableRecordBatchStream,
    offset: usize,
    limit: usize,
) -> Result<(Vec<RecordBatch>, u64)> {
    let (mut batches, mut met) = (Vec::new(), 0_usize);
    let end = offset.saturating_add(limit);
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        let from = offset.saturating_sub(met).min(batch.num_rows());
        let to = end.saturating_sub(met).min(batch.num_rows());
        if from < to {
            batches.push(batch.slice(from, to - from));
        }
        met += batch.num_rows();
    }
    Ok((batches, met as u64))
}

/// Makes the cursor, puts exceptions back, and leaves out the columns that were not asked for.
async fn finish(table: &Arc<Table>, plan: Plan, columns: &[String], rows: Rows) -> Result<Answer> {
    let next =
        if rows.more { rows.batches.last().map(|batch| cursor(batch, &plan)).transpose()?.flatten() } else { None };
    let schema = answer_schema(table, &plan);
    let (wanted, raw, table) = (columns.len(), plan.raw, Arc::clone(table));
    let batches = rows.batches;
    let batches = if raw { blocking(move || restored(&table, &batches)).await? } else { batches };
    let own: Vec<usize> = (0..wanted).collect();
    let projected = batches.iter().map(|batch| batch.project(&own)?.with_schema(Arc::clone(&schema)));
    let batches = projected.collect::<std::result::Result<Vec<_>, _>>()?;
    Ok(Answer { schema, batches, total: rows.total, next })
}

fn restored(table: &Table, batches: &[RecordBatch]) -> Result<Vec<RecordBatch>> {
    use arrow::{array::AsArray, datatypes::Int64Type};
    let ids = batches.iter().filter_map(|batch| batch.column_by_name(ROW_ID)?.as_primitive_opt::<Int64Type>());
    let rows = ids.flat_map(|ids| ids.values().iter().copied()).collect();
    let restorer = Restorer::for_rows(table, &rows)?;
    batches.iter().map(|batch| restorer.restore(batch)).collect()
}

/// The schema of an answer, exceptions put back or not.
pub(crate) fn answer_schema(table: &Table, plan: &Plan) -> SchemaRef {
    if !plan.raw {
        return Arc::clone(&plan.schema);
    }
    let columns = &table.profile().columns;
    raw_schema(&plan.schema, |name| columns.iter().any(|column| column.name == name && column.exceptions > 0))
}

/// The place of the last row of a batch.
fn cursor(batch: &RecordBatch, plan: &Plan) -> Result<Option<Cursor>> {
    let Some(last) = batch.num_rows().checked_sub(1) else { return Ok(None) };
    let text = |name: &str| -> Result<Option<String>> {
        let values = batch.column_by_name(name).ok_or_else(|| Error::Internal(format!("no column {name}")))?;
        let cells = Cells::new(&values.slice(last, 1))?;
        let mut text = Vec::new();
        if cells.is_null(0) {
            return Ok(None);
        }
        cells.write_text(0, &mut text);
        Ok(Some(String::from_utf8_lossy(&text).into_owned()))
    };
    let keys = plan.sort.iter().map(|key| text(&key.field)).collect::<Result<_>>()?;
    let row = text(ROW_ID)?.and_then(|row| row.parse().ok()).unwrap_or(0);
    Ok(Some(Cursor { keys, row }))
}
