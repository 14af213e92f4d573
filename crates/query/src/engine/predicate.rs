//! A filter ready to be evaluated on batches read straight from the file.
//!
//! The parts that an “and” joins are evaluated apart. A part that looks at one column whose values are in a dictionary
//! is evaluated on the dictionary, once, and then looked up for each row.

use std::{ops::Range, sync::Arc};

use arrow::{
    array::{Array, ArrayRef, AsArray, BooleanArray, DictionaryArray, RecordBatch, RecordBatchOptions, new_null_array},
    buffer::BooleanBuffer,
    compute::{cast, concat},
    datatypes::{DataType, Int32Type, Schema},
};
use datafusion::{
    common::{DFSchema, ScalarValue},
    logical_expr::{
        ColumnarValue, Expr, execution_props::ExecutionProps, physical_planning_context::PhysicalPlanningContext,
        utils::split_conjunction,
    },
    physical_expr::create_physical_expr,
    physical_plan::PhysicalExpr,
};

use super::{
    Table,
    prune::{self, Pages},
};
use crate::Result;

/// A filter over some columns of a table.
#[derive(Debug)]
pub(crate) struct Predicate {
    columns: Vec<String>,
    whole: Part,
    parts: Vec<Part>,
}

/// An expression over some columns.
#[derive(Debug)]
struct Part {
    expr: Arc<dyn PhysicalExpr>,
    schema: Arc<Schema>,
    /// Where its columns are among the predicate's.
    places: Vec<usize>,
    /// How pages of its column are pruned, when it has one and their bounds may tell.
    pages: Option<Pages>,
}

impl Predicate {
    /// Makes ready an expression over columns of the table.
    pub(crate) fn new(table: &Table, expr: &Expr) -> Result<Self> {
        let names = expr.column_refs();
        let fields = table.file_schema().fields().iter();
        let of_expr = fields.filter(|field| names.iter().any(|column| column.name == *field.name()));
        let columns: Vec<String> = of_expr.map(|field| field.name().clone()).collect();
        let whole = Part::new(table, expr, &columns)?;
        let parts =
            split_conjunction(expr).into_iter().map(|part| Part::new(table, part, &columns)).collect::<Result<_>>()?;
        Ok(Self { columns, whole, parts })
    }

    /// The columns that it looks at, in the order of the file.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Rows of a batch that it keeps. The batch starts with the predicate's columns; others may follow.
    pub(crate) fn keeps(&self, batch: &RecordBatch, seen: &mut Seen) -> Result<BooleanBuffer> {
        let mut kept = BooleanBuffer::new_set(batch.num_rows());
        seen.0.resize_with(self.parts.len(), || None);
        for (part, seen) in self.parts.iter().zip(&mut seen.0) {
            kept = &kept & &part.keeps(batch, seen)?;
            if kept.count_set_bits() == 0 {
                break;
            }
        }
        Ok(kept)
    }

    /// Row groups that may hold rows that it keeps.
    pub(crate) fn groups(&self, table: &Table) -> Vec<usize> {
        prune::groups(table, &self.whole.expr, &self.whole.schema)
    }

    /// Ranges of positions of a row group that may hold rows that it keeps.
    pub(crate) fn ranges(&self, table: &Table, group: usize) -> Vec<Range<usize>> {
        let pages = self.parts.iter().filter_map(|part| part.pages.as_ref());
        prune::ranges(table, pages, group)
    }
}

/// What each part kept of the last dictionary that it met.
#[derive(Debug, Default)]
pub(crate) struct Seen(Vec<Option<(ArrayRef, BooleanBuffer)>>);

impl Part {
    fn new(table: &Table, expr: &Expr, columns: &[String]) -> Result<Self> {
        let names = expr.column_refs();
        let own = columns.iter().enumerate().filter(|(_, name)| names.iter().any(|column| column.name == **name));
        let places: Vec<usize> = own.map(|(place, _)| place).collect();
        let field = |place: &usize| table.file_schema().field_with_name(&columns[*place]).cloned();
        let fields = places.iter().map(field).collect::<std::result::Result<Vec<_>, _>>()?;
        let schema = Arc::new(Schema::new(fields));
        let named = DFSchema::try_from(Arc::clone(&schema))?;
        let expr = create_physical_expr(expr, &named, &ExecutionProps::new(), &PhysicalPlanningContext::default())?;
        let pages = Pages::new(&expr, &schema);
        Ok(Self { expr, schema, places, pages })
    }

    fn keeps(&self, batch: &RecordBatch, seen: &mut Option<(ArrayRef, BooleanBuffer)>) -> Result<BooleanBuffer> {
        let columns: Vec<&ArrayRef> = self.places.iter().map(|place| batch.column(*place)).collect();
        if let [column] = columns.as_slice()
            && let Some(dictionary) = column.as_dictionary_opt::<Int32Type>()
        {
            return self.keeps_by_dictionary(dictionary, seen);
        }
        let plain = columns.into_iter().map(|column| match column.data_type() {
            DataType::Dictionary(_, values) => Ok(cast(column, values)?),
            _ => Ok(Arc::clone(column)),
        });
        self.evaluate(plain.collect::<Result<_>>()?, batch.num_rows())
    }

    fn evaluate(&self, columns: Vec<ArrayRef>, rows: usize) -> Result<BooleanBuffer> {
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)?;
        Ok(match self.expr.evaluate(&batch)? {
            ColumnarValue::Array(array) => kept(array.as_boolean()),
            ColumnarValue::Scalar(ScalarValue::Boolean(Some(true))) => BooleanBuffer::new_set(rows),
            ColumnarValue::Scalar(_) => BooleanBuffer::new_unset(rows),
        })
    }

    fn keeps_by_dictionary(
        &self,
        column: &DictionaryArray<Int32Type>,
        seen: &mut Option<(ArrayRef, BooleanBuffer)>,
    ) -> Result<BooleanBuffer> {
        let values = column.values();
        let known = match seen.take() {
            Some((of, known)) if Arc::ptr_eq(&of, values) => known,
            // One null more, for the rows that have no key.
            _ => self.evaluate(vec![with_null(values)?], values.len() + 1)?,
        };
        let null = values.len();
        let keys = column.keys();
        let of = |row: usize| known.value(usize::try_from(keys.value(row)).unwrap_or(null));
        let kept =
            match keys.nulls() {
                None => BooleanBuffer::collect_bool(keys.len(), of),
                Some(valid) => BooleanBuffer::collect_bool(keys.len(), |row| {
                    if valid.is_valid(row) { of(row) } else { known.value(null) }
                }),
            };
        *seen = Some((Arc::clone(values), known));
        Ok(kept)
    }
}

fn with_null(values: &ArrayRef) -> Result<ArrayRef> {
    Ok(concat(&[values, &new_null_array(values.data_type(), 1)])?)
}

fn kept(values: &BooleanArray) -> BooleanBuffer {
    match values.nulls() {
        Some(valid) => values.values() & valid.inner(),
        None => values.values().clone(),
    }
}
