//! Whole answers, batch by batch, in bounded memory.

use std::sync::Arc;

use arrow::{
    array::{BooleanArray, RecordBatch},
    compute::filter_record_batch,
    datatypes::SchemaRef,
};
use datafusion::{
    error::DataFusionError, execution::SendableRecordBatchStream, physical_plan::stream::RecordBatchStreamAdapter,
};
use futures::{StreamExt, stream};
use tabular::snapshot::ROW_ID;
use tokio::sync::mpsc::{Sender, channel};

use super::{
    Engine, Table,
    answer::answer_schema,
    blocking,
    exceptions::Restorer,
    plan::{Plan, Shape},
    predicate::{Predicate, Seen},
    read::{self, Projection},
    relation,
};
use crate::{Result, model::Query};

/// Batches that wait for the reader.
const WAITING: usize = 3;

impl Engine {
    /// The answer of a query as a stream. The reader sets the pace, and so no time is set; it is bounded in memory.
    ///
    /// # Errors
    /// When the query doesn't fit the table, as for [`Engine::answer`]. What goes wrong later is given by the stream.
    pub async fn stream(&self, table: &Arc<Table>, query: &Query) -> Result<SendableRecordBatchStream> {
        let plan = Plan::new(table, query)?;
        match plan.shape.clone() {
            Shape::Groups { keys, aggregates } => {
                let groups = relation::groups(&self.inner.context, table, &plan, &keys, &aggregates).await?;
                Ok(page(groups, plan.offset, plan.limit))
            }
            Shape::Rows(columns) => self.stream_rows(table, plan, columns).await,
        }
    }

    async fn stream_rows(
        &self,
        table: &Arc<Table>,
        plan: Plan,
        columns: Vec<String>,
    ) -> Result<SendableRecordBatchStream> {
        let mut fetched = columns.clone();
        if plan.raw && !columns.iter().any(|name| name == ROW_ID) {
            fetched.push(ROW_ID.to_owned());
        }
        let rows = if plan.sort.is_empty() {
            in_source_order(Arc::clone(table), plan.clone(), fetched)?
        } else {
            relation::rows(&self.inner.context, table, &plan, &fetched, plan.limit).await?
        };
        let schema = answer_schema(table, &plan);
        let restorer = if plan.raw {
            let table = Arc::clone(table);
            Some(blocking(move || Restorer::whole(&table)).await?)
        } else {
            None
        };
        Ok(finished(rows, restorer, schema))
    }
}

/// Leaves out rows before `offset` and after `limit`.
fn page(rows: SendableRecordBatchStream, offset: usize, limit: Option<usize>) -> SendableRecordBatchStream {
    let schema = rows.schema();
    let window = Window { skip: offset, left: limit.unwrap_or(usize::MAX) };
    let cut = stream::unfold((rows, window), |(mut rows, mut window)| async move {
        loop {
            if window.left == 0 {
                return None;
            }
            let batch = match rows.next().await? {
                Ok(batch) => window.cut(&batch),
                Err(error) => return Some((Err(error), (rows, window))),
            };
            if batch.num_rows() > 0 {
                return Some((Ok(batch), (rows, window)));
            }
        }
    });
    Box::pin(RecordBatchStreamAdapter::new(schema, cut))
}

/// What is left to pass over and to give.
#[derive(Debug)]
struct Window {
    skip: usize,
    left: usize,
}

impl Window {
    fn cut(&mut self, batch: &RecordBatch) -> RecordBatch {
        let from = self.skip.min(batch.num_rows());
        self.skip -= from;
        let rows = (batch.num_rows() - from).min(self.left);
        self.left -= rows;
        batch.slice(from, rows)
    }
}

fn in_source_order(table: Arc<Table>, plan: Plan, columns: Vec<String>) -> Result<SendableRecordBatchStream> {
    let filter = plan.filter.as_ref().map(|filter| Predicate::new(&table, filter)).transpose()?;
    let projection = Projection::new(&table, &columns)?;
    let schema = Arc::clone(projection.schema());
    let (sender, receiver) = channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let result = match filter {
            Some(filter) => send_filtered(&table, &plan, &filter, &columns, &sender),
            None => send_range(&table, &plan, &projection, &sender),
        };
        if let Err(error) = result {
            // The reader may be gone, and then nobody wants the error.
            let _ = sender.blocking_send(Err(error.into()));
        }
    });
    let batches =
        stream::unfold(receiver, |mut receiver| async move { receiver.recv().await.map(|batch| (batch, receiver)) });
    Ok(Box::pin(RecordBatchStreamAdapter::new(schema, batches)))
}

type Batches = Sender<std::result::Result<RecordBatch, DataFusionError>>;

fn send_range(table: &Table, plan: &Plan, projection: &Projection, sender: &Batches) -> Result<()> {
    let first = plan.after.as_ref().map_or(0, |after| after.row).saturating_add(plan.offset).min(table.rows());
    let last = first.saturating_add(plan.limit.unwrap_or(usize::MAX)).min(table.rows());
    let mut start = first;
    while start < last {
        let end = table.group_rows(table.group_of(start)).end.min(last);
        for batch in read::ranges(table, projection, std::slice::from_ref(&(start..end)))? {
            if sender.blocking_send(Ok(batch?)).is_err() {
                return Ok(());
            }
        }
        start = end;
    }
    Ok(())
}

fn send_filtered(table: &Table, plan: &Plan, filter: &Predicate, columns: &[String], sender: &Batches) -> Result<()> {
    let names: Vec<&String> = filter.columns().iter().chain(columns).collect();
    let projection = Projection::new(table, &names)?;
    let own: Vec<usize> = (filter.columns().len()..names.len()).collect();
    let first = plan.after.as_ref().map_or(0, |after| after.row);
    let mut window = Window { skip: plan.offset, left: plan.limit.unwrap_or(usize::MAX) };
    let mut seen = Seen::default();
    for group in filter.groups(table) {
        let of_group = table.group_rows(group);
        if of_group.end <= first {
            continue;
        }
        let ranges = filter.ranges(table, group).into_iter().filter(|range| range.end > first);
        let ranges: Vec<_> = ranges.map(|range| range.start.max(first)..range.end).collect();
        for batch in read::ranges(table, &projection, &ranges)? {
            let batch = batch?;
            let kept = BooleanArray::new(filter.keeps(&batch, &mut seen)?, None);
            let cut = window.cut(&filter_record_batch(&batch.project(&own)?, &kept)?);
            if cut.num_rows() > 0 && sender.blocking_send(Ok(cut)).is_err() || window.left == 0 {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Puts exceptions back and leaves out the columns that were not asked for.
fn finished(
    rows: SendableRecordBatchStream,
    restorer: Option<Restorer>,
    schema: SchemaRef,
) -> SendableRecordBatchStream {
    let own = Arc::clone(&schema);
    let wanted: Vec<usize> = (0..schema.fields().len()).collect();
    let batches = rows.map(move |batch| {
        let batch = match &restorer {
            Some(restorer) => restorer.restore(&batch?)?,
            None => batch?,
        };
        Ok(batch.project(&wanted)?.with_schema(Arc::clone(&own))?)
    });
    Box::pin(RecordBatchStreamAdapter::new(schema, batches))
}
