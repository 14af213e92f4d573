//! Queries that need planning: groups, orders without limit, whatever the direct path leaves.

use std::{path::Path, sync::Arc};

use arrow::{
    array::RecordBatch,
    compute::cast,
    datatypes::{DataType, SchemaRef},
};
use datafusion::{
    catalog::TableProvider,
    dataframe::DataFrame,
    datasource::{
        file_format::parquet::ParquetFormat,
        listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl},
    },
    execution::SendableRecordBatchStream,
    functions_aggregate::expr_fn as aggregate_fn,
    logical_expr::{Expr, SortExpr, cast as cast_expr, lit},
    physical_plan::stream::RecordBatchStreamAdapter,
    prelude::SessionContext,
};
use futures::StreamExt;
use tabular::snapshot::ROW_ID;

use super::{
    Table,
    filter::column,
    plan::{Computed, Key, Plan},
    read::Projection,
};
use crate::{Error, Result, model::AggregateFunction};

/// The relation of a Parquet file whose columns are known.
pub(crate) fn listing(path: &Path, schema: SchemaRef) -> Result<Arc<dyn TableProvider>> {
    let path = std::path::absolute(path)?;
    let options = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
    let config = ListingTableConfig::new(ListingTableUrl::parse(file_url(&path))?)
        .with_listing_options(options)
        .with_schema(schema);
    Ok(Arc::new(ListingTable::try_new(config)?))
}

/// A URL rather than a path, in which `*` or `?` would be read as patterns.
fn file_url(path: &Path) -> String {
    let mut url = String::from("file://");
    for part in path.to_string_lossy().chars() {
        match part {
            '%' => url.push_str("%25"),
            '?' => url.push_str("%3F"),
            '#' => url.push_str("%23"),
            '\\' => url.push('/'),
            other => url.push(other),
        }
    }
    url
}

/// Rows that the filter keeps.
pub(crate) async fn count(context: &SessionContext, table: &Table, filter: Option<Expr>) -> Result<u64> {
    let frame = kept(context, table, filter)?;
    Ok(frame.count().await? as u64)
}

/// Rows in order, from `offset`, at most `limit`, with the columns named.
pub(crate) async fn rows(
    context: &SessionContext,
    table: &Table,
    plan: &Plan,
    columns: &[String],
    limit: Option<usize>,
) -> Result<SendableRecordBatchStream> {
    let mut frame = kept(context, table, plan.filter.clone())?;
    if let Some(after) = &plan.after {
        frame = frame.filter(after.expr(&plan.sort))?;
    }
    let mut order = order(&plan.sort);
    order.push(column(ROW_ID).sort(true, false));
    frame = frame.sort(order)?.limit(plan.offset, limit)?;
    frame = frame.select(columns.iter().map(|name| column(name)).collect::<Vec<_>>())?;
    let schema = Arc::clone(Projection::new(table, columns)?.schema());
    Ok(conform(frame.execute_stream().await?, schema))
}

/// All groups, in order.
pub(crate) async fn groups(
    context: &SessionContext,
    table: &Table,
    plan: &Plan,
    keys: &[String],
    aggregates: &[Computed],
) -> Result<SendableRecordBatchStream> {
    let frame = kept(context, table, plan.filter.clone())?;
    let by = keys.iter().map(|name| column(name)).collect();
    let frame = frame.aggregate(by, aggregates.iter().map(expression).collect())?;
    let mut order = order(&plan.sort);
    // The keys make the order total, so that pages don't overlap.
    order.extend(keys.iter().map(|name| column(name).sort(true, false)));
    let frame = if order.is_empty() { frame } else { frame.sort(order)? };
    let names = plan.schema.fields().iter().map(|field| column(field.name()));
    let frame = frame.select(names.collect::<Vec<_>>())?;
    Ok(conform(frame.execute_stream().await?, Arc::clone(&plan.schema)))
}

fn kept(context: &SessionContext, table: &Table, filter: Option<Expr>) -> Result<DataFrame> {
    let frame = context.read_table(table.relation())?;
    Ok(match filter {
        Some(filter) => frame.filter(filter)?,
        None => frame,
    })
}

fn order(sort: &[Key]) -> Vec<SortExpr> {
    sort.iter().map(|key| column(&key.field).sort(!key.descending, false)).collect()
}

fn expression(computed: &Computed) -> Expr {
    use AggregateFunction::{Avg, Count, CountDistinct, Max, Median, Min, Sum};
    let field = computed.aggregate.field.as_deref().map(column);
    let value = field.unwrap_or_else(|| lit(1_i64));
    let number = |value: Expr| cast_expr(value, DataType::Float64);
    let result = match computed.aggregate.function {
        Count => aggregate_fn::count(value),
        CountDistinct => aggregate_fn::count_distinct(value),
        Sum if computed.wide => aggregate_fn::sum(number(value)),
        Sum => aggregate_fn::sum(value),
        Avg => aggregate_fn::avg(number(value)),
        Median => aggregate_fn::median(number(value)),
        Min => aggregate_fn::min(value),
        Max => aggregate_fn::max(value),
    };
    result.alias(&computed.aggregate.name)
}

/// The same batches under our own schema: no metadata, our types.
fn conform(stream: SendableRecordBatchStream, schema: SchemaRef) -> SendableRecordBatchStream {
    let own = Arc::clone(&schema);
    let batches = stream.map(move |batch| Ok(retyped(&batch?, &own)?));
    Box::pin(RecordBatchStreamAdapter::new(schema, batches))
}

fn retyped(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
    let fields = batch.columns().iter().zip(schema.fields());
    let columns = fields.map(|(array, field)| match array.data_type() == field.data_type() {
        true => Ok(Arc::clone(array)),
        false => cast(array, field.data_type()),
    });
    let columns = columns.collect::<std::result::Result<Vec<_>, _>>()?;
    let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options).map_err(Error::from)
}
