//! A query checked against its table: every name known, every literal read.

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::{
    common::ScalarValue,
    logical_expr::{Expr, lit},
};
use tabular::{
    snapshot::{BBOX, ROW_ID, data_type},
    typing::FieldType,
};

use super::{Table, filter, literal};
use crate::{
    Error, Result,
    model::{Aggregate, AggregateFunction, Cursor, Query},
};

/// Most sort keys, group keys and aggregates of each kind.
const MOST_KEYS: usize = 64;

/// What is to be run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Rows to keep.
    pub filter: Option<Expr>,
    /// Rows or groups.
    pub shape: Shape,
    /// The order, without the last key that makes it total.
    pub sort: Vec<Key>,
    /// Where the previous page ended.
    pub after: Option<After>,
    /// Rows passed over.
    pub offset: usize,
    /// Rows given at most.
    pub limit: Option<usize>,
    /// The schema of the answer.
    pub schema: SchemaRef,
    /// Whether exceptions are put back.
    pub raw: bool,
}

/// Rows or groups.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    /// These columns of the rows.
    Rows(Vec<String>),
    /// Groups.
    Groups {
        /// Their keys.
        keys: Vec<String>,
        /// What is computed for each.
        aggregates: Vec<Computed>,
    },
}

/// An aggregate that its field's type allows.
#[derive(Debug, Clone)]
pub(crate) struct Computed {
    /// What was asked.
    pub aggregate: Aggregate,
    /// Type of the field; integer when rows are counted.
    pub field_type: FieldType,
    /// Whether a sum of integers could exceed an integer, so that it's computed as a number.
    pub wide: bool,
}

/// One key of the order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Key {
    /// The field.
    pub field: String,
    /// Its type.
    pub data_type: DataType,
    /// Greatest first.
    pub descending: bool,
}

/// The place where the previous page ended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct After {
    /// Values of the sort keys; null ones are nulls of the type.
    pub keys: Vec<ScalarValue>,
    /// `__id` of the last row given.
    pub row: usize,
}

impl Plan {
    /// Checks a query.
    pub(crate) fn new(table: &Table, query: &Query) -> Result<Self> {
        let grouped = !query.group_by.is_empty() || !query.aggregates.is_empty();
        let (shape, fields) = if grouped { groups(table, query)? } else { rows(table, query)? };
        let schema = std::sync::Arc::new(Schema::new(fields));
        let sort = keys(table, query, grouped.then_some(&schema))?;
        let after = match &query.page.after {
            Some(_) if grouped => return Err(Error::bad_query("groups are paged by offset, not by cursor")),
            Some(cursor) => Some(after(cursor, &sort)?),
            None => None,
        };
        Ok(Self {
            filter: query.filter.as_ref().map(|filter| filter::compile(table, filter)).transpose()?,
            shape,
            sort,
            offset: if after.is_some() { 0 } else { clamp(query.page.offset) },
            after,
            limit: query.page.limit.map(clamp),
            schema,
            raw: query.raw && !grouped,
        })
    }
}

fn clamp(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn rows(table: &Table, query: &Query) -> Result<(Shape, Vec<Field>)> {
    let mut names = Vec::new();
    if query.with_row_id {
        names.push(ROW_ID.to_owned());
    }
    if query.select.is_empty() {
        names.extend(table.profile().columns.iter().map(|column| column.name.clone()));
    }
    for name in &query.select {
        filter::field_type(table, name)?;
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    if query.with_position && table.has_position() {
        names.extend(BBOX.map(str::to_owned));
    }
    let fields = names.iter().map(|name| field(table, name)).collect::<Result<_>>()?;
    Ok((Shape::Rows(names), fields))
}

/// A field of the answer, which carries the file's type.
fn field(table: &Table, name: &str) -> Result<Field> {
    let field = table.file_schema().field_with_name(name)?;
    Ok(Field::new(name, field.data_type().clone(), field.is_nullable()))
}

fn groups(table: &Table, query: &Query) -> Result<(Shape, Vec<Field>)> {
    if !query.select.is_empty() {
        return Err(Error::bad_query("groups have their keys and aggregates as fields: select nothing else"));
    }
    if query.group_by.len() > MOST_KEYS || query.aggregates.len() > MOST_KEYS {
        return Err(Error::bad_query(format!("a query has at most {MOST_KEYS} group keys and {MOST_KEYS} aggregates")));
    }
    let mut fields = Vec::new();
    for name in &query.group_by {
        let field_type = filter::field_type(table, name)?;
        refuse_geometry(name, field_type, "groups")?;
        fields.push(Field::new(name, data_type(field_type), true));
    }
    let mut aggregates = Vec::new();
    for aggregate in &query.aggregates {
        let computed = computed(table, aggregate)?;
        fields.push(Field::new(&aggregate.name, computed.data_type(), true));
        aggregates.push(computed);
    }
    for (index, field) in fields.iter().enumerate() {
        if fields[..index].iter().any(|other| other.name() == field.name()) {
            return Err(Error::bad_query(format!("the answer would have two fields named “{}”", field.name())));
        }
    }
    Ok((Shape::Groups { keys: query.group_by.clone(), aggregates }, fields))
}

fn refuse_geometry(name: &str, field_type: FieldType, operation: &'static str) -> Result<()> {
    if field_type == FieldType::Geometry {
        return Err(Error::NotAllowed { field: name.to_owned(), field_type, operation });
    }
    Ok(())
}

fn computed(table: &Table, aggregate: &Aggregate) -> Result<Computed> {
    use AggregateFunction::{Avg, Count, CountDistinct, Max, Median, Min, Sum};
    let Some(name) = &aggregate.field else {
        if aggregate.function != Count {
            return Err(Error::bad_query("only a count needs no field"));
        }
        return Ok(Computed { aggregate: aggregate.clone(), field_type: FieldType::Integer, wide: false });
    };
    let field_type = filter::field_type(table, name)?;
    let number = matches!(field_type, FieldType::Integer | FieldType::Number | FieldType::Year);
    let (allowed, operation) = match aggregate.function {
        Count => (true, "count"),
        CountDistinct => (field_type != FieldType::Geometry, "distinct count"),
        Sum => (number, "sum"),
        Avg => (number, "mean"),
        Median => (number, "median"),
        Min => (field_type != FieldType::Geometry, "minimum"),
        Max => (field_type != FieldType::Geometry, "maximum"),
    };
    if !allowed {
        return Err(Error::NotAllowed { field: name.clone(), field_type, operation });
    }
    Ok(Computed { aggregate: aggregate.clone(), field_type, wide: may_overflow(table, name) })
}

/// Whether a sum over the whole column could leave the integers.
fn may_overflow(table: &Table, name: &str) -> bool {
    let Some(column) = table.profile().columns.iter().find(|column| column.name == name) else { return false };
    let magnitude =
        |value: &Option<serde_json::Value>| value.as_ref().and_then(serde_json::Value::as_f64).map(f64::abs);
    let largest = magnitude(&column.min).unwrap_or(f64::INFINITY).max(magnitude(&column.max).unwrap_or(f64::INFINITY));
    column.field_type == FieldType::Integer && largest * table.rows() as f64 > 9e18 && table.rows() > 0
}

impl Computed {
    /// The type of the result.
    pub(crate) fn data_type(&self) -> DataType {
        use AggregateFunction::{Avg, Count, CountDistinct, Max, Median, Min, Sum};
        match self.aggregate.function {
            Count | CountDistinct => DataType::Int64,
            Avg | Median => DataType::Float64,
            Sum if self.field_type == FieldType::Number || self.wide => DataType::Float64,
            Sum => DataType::Int64,
            Min | Max => data_type(self.field_type),
        }
    }
}

fn keys(table: &Table, query: &Query, groups: Option<&SchemaRef>) -> Result<Vec<Key>> {
    if query.sort.len() > MOST_KEYS {
        return Err(Error::bad_query(format!("a query has at most {MOST_KEYS} sort keys")));
    }
    let mut keys: Vec<Key> = Vec::new();
    for sort in &query.sort {
        let data_type = match groups {
            Some(schema) => {
                let known = || schema.fields().iter().map(|field| field.name().as_str());
                let field = schema.field_with_name(&sort.field);
                field.map_err(|_| Error::unknown_field(&sort.field, known()))?.data_type().clone()
            }
            None => {
                let field_type = filter::field_type(table, &sort.field)?;
                refuse_geometry(&sort.field, field_type, "order")?;
                if sort.field == ROW_ID { DataType::Int64 } else { data_type(field_type) }
            }
        };
        // A key met again never decides.
        if keys.iter().all(|key| key.field != sort.field) {
            keys.push(Key { field: sort.field.clone(), data_type, descending: sort.descending });
        }
    }
    Ok(keys)
}

fn after(cursor: &Cursor, sort: &[Key]) -> Result<After> {
    if cursor.keys.len() != sort.len() {
        return Err(Error::BadCursor);
    }
    let value = |(text, key): (&Option<String>, &Key)| match text {
        Some(text) => literal::canonical(&key.data_type, text).ok_or(Error::BadCursor),
        None => ScalarValue::try_from(&key.data_type).map_err(|_| Error::BadCursor),
    };
    let keys = cursor.keys.iter().zip(sort).map(value).collect::<Result<_>>()?;
    Ok(After { keys, row: usize::try_from(cursor.row).map_err(|_| Error::BadCursor)? })
}

impl After {
    /// Whether a row comes after this place, as an expression.
    pub(crate) fn expr(&self, sort: &[Key]) -> Expr {
        let row = lit(i64::try_from(self.row).unwrap_or(i64::MAX));
        let mut rest = filter::column(ROW_ID).gt(row);
        for (key, value) in sort.iter().zip(&self.keys).rev() {
            let column = filter::column(&key.field);
            rest = if value.is_null() {
                // Nulls come last: only ties are left.
                column.is_null().and(rest)
            } else {
                let literal = lit(value.clone());
                let beyond = if key.descending {
                    column.clone().lt(literal.clone())
                } else {
                    column.clone().gt(literal.clone())
                };
                beyond.or(column.clone().is_null()).or(column.eq(literal).and(rest))
            };
        }
        // A null comparison must not swallow the row: every branch above that can be null is joined by `or`.
        rest
    }
}
