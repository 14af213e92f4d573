//! The one query model. Every dialect parses into it; the engine runs it; every export writes its result.

use serde::{Deserialize, Serialize};

/// A question to one table. The default is "every row, every column, in the order of the source".
///
/// Order of evaluation: `filter`, then `group_by` with `aggregates` when either is present, then `sort`, then
/// `page`, then `select`. Sorting is stable: rows that compare equal stay in the order of the source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Query {
    /// Rows to keep.
    pub filter: Option<Filter>,
    /// Fields of the answer, in order; empty means all. With grouping it must be empty.
    pub select: Vec<String>,
    /// Keys of the groups.
    pub group_by: Vec<String>,
    /// What is computed for each group (or for all rows, when `group_by` is empty).
    pub aggregates: Vec<Aggregate>,
    /// Order of the answer; names of fields, or of aggregates' results.
    pub sort: Vec<Sort>,
    /// Part of the answer.
    pub page: Page,
    /// Whether the answer carries `__id`, as its first field.
    pub with_row_id: bool,
    /// Whether the answer carries `__xmin __ymin __xmax __ymax`, as its last fields, when the table has positions.
    #[serde(default)]
    pub with_position: bool,
    /// Whether cells that don't fit their column's type come back as they were in the source: the columns that have
    /// such cells become text. Filters, sort and groups still see the typed values. Without effect on groups.
    #[serde(default)]
    pub raw: bool,
}

/// Which rows are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// All of them hold.
    And(Vec<Filter>),
    /// One of them holds.
    Or(Vec<Filter>),
    /// It doesn't hold. Null stays null.
    Not(Box<Filter>),
    /// A comparison with a literal. The literal is read in the field's type; text that cannot be is an error.
    Compare {
        /// The field, or `__id`.
        field: String,
        /// The comparison.
        op: Comparison,
        /// The literal as text: `2024-01-31`, `12.5`, `true`.
        value: String,
    },
    /// The value is one of the literals.
    In {
        /// The field.
        field: String,
        /// The literals.
        values: Vec<String>,
    },
    /// The value as text contains the literal, whatever the case.
    Contains {
        /// The field.
        field: String,
        /// What is looked for.
        value: String,
    },
    /// The value as text starts with the literal, whatever the case.
    StartsWith {
        /// The field.
        field: String,
        /// What is looked for.
        value: String,
    },
    /// Any text field contains the literal, whatever the case.
    Search {
        /// What is looked for.
        value: String,
    },
    /// The value is null.
    IsNull {
        /// The field.
        field: String,
    },
    /// The row's position touches the box.
    InBbox {
        /// `[west, south, east, north]` in degrees; west > east crosses the antimeridian.
        bbox: [f64; 4],
    },
    /// The row's position (the centre of its box) is at most so far from the point.
    Near {
        /// Degrees east.
        lon: f64,
        /// Degrees north.
        lat: f64,
        /// Metres on the sphere.
        metres: f64,
    },
}

/// Comparison with a literal. A null value never holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the comparison of its name")]
pub enum Comparison {
    Equal,
    /// Also holds for null, as in api-tabular's `differs`.
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A value computed from a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aggregate {
    /// How.
    pub function: AggregateFunction,
    /// The field; `None` counts rows.
    pub field: Option<String>,
    /// Name in the answer: `montant__sum`.
    pub name: String,
}

/// How a value is computed from a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the function of its name")]
pub enum AggregateFunction {
    Count,
    CountDistinct,
    Sum,
    Avg,
    Min,
    Max,
    Median,
}

/// One key of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// The field.
    pub field: String,
    /// Greatest first. Nulls come last in both directions.
    pub descending: bool,
}

/// Part of an answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Rows passed over.
    pub offset: u64,
    /// Rows given; `None` gives all.
    pub limit: Option<u64>,
    /// Where the previous page ended; excludes `offset`.
    pub after: Option<Cursor>,
}

/// The place of a row in a sorted answer: the values of the sort keys, then the row number.
/// Its text form is opaque to clients, and names the snapshot so that it cannot be used on another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    /// Values of the sort keys as text; `None` is null.
    pub keys: Vec<Option<String>>,
    /// `__id` of the last row given.
    pub row: u64,
}
