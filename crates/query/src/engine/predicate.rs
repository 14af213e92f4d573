//! A filter ready to be evaluated on batches read straight from the file.

use std::sync::Arc;

use arrow::{
    array::{Array, AsArray, BooleanArray, RecordBatch},
    buffer::BooleanBuffer,
    datatypes::Schema,
};
use datafusion::{
    common::{DFSchema, ScalarValue},
    logical_expr::{
        ColumnarValue, Expr, execution_props::ExecutionProps, physical_planning_context::PhysicalPlanningContext,
    },
    physical_expr::create_physical_expr,
    physical_plan::PhysicalExpr,
};

use super::{Table, prune};
use crate::Result;

/// A filter over some columns of a table.
#[derive(Debug, Clone)]
pub(crate) struct Predicate {
    columns: Vec<String>,
    schema: Arc<Schema>,
    expr: Arc<dyn PhysicalExpr>,
}

impl Predicate {
    /// Makes ready an expression over columns of the table.
    pub(crate) fn new(table: &Table, expr: &Expr) -> Result<Self> {
        let names = expr.column_refs();
        let fields: Vec<_> = table
            .file_schema()
            .fields()
            .iter()
            .filter(|field| names.iter().any(|column| column.name == *field.name()))
            .cloned()
            .collect();
        let columns = fields.iter().map(|field| field.name().clone()).collect();
        let schema = Arc::new(Schema::new(fields));
        let named = DFSchema::try_from(Arc::clone(&schema))?;
        let expr = create_physical_expr(expr, &named, &ExecutionProps::new(), &PhysicalPlanningContext::default())?;
        Ok(Self { columns, schema, expr })
    }

    /// The columns that it looks at, in the order of the file.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Rows of a batch that it keeps. The batch starts with the predicate's columns; others may follow.
    pub(crate) fn keeps(&self, batch: &RecordBatch) -> Result<BooleanBuffer> {
        let rows = batch.num_rows();
        Ok(match self.expr.evaluate(batch)? {
            ColumnarValue::Array(array) => kept(array.as_boolean()),
            ColumnarValue::Scalar(ScalarValue::Boolean(Some(true))) => BooleanBuffer::new_set(rows),
            ColumnarValue::Scalar(_) => BooleanBuffer::new_unset(rows),
        })
    }

    /// Row groups that may hold rows that it keeps.
    pub(crate) fn groups(&self, table: &Table) -> Vec<usize> {
        prune::groups(table, &self.expr, &self.schema)
    }
}

fn kept(values: &BooleanArray) -> BooleanBuffer {
    match values.nulls() {
        Some(valid) => values.values() & valid.inner(),
        None => values.values().clone(),
    }
}
