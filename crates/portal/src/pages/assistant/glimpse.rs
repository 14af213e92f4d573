//! The first rows of a table, small enough to be taken in at a glance. Cells are bounded, whatever the file holds.

use std::collections::HashMap;

use catalog::model::SnapshotId;
use query::model::{Page, Query};
use serde_json::Value;
use tabular::profile::ColumnProfile;
use tabular::snapshot::ROW_ID;

use crate::State;
use crate::chart::shorten;
use crate::i18n::Text;
use crate::pages::explorer::{Content, cell, is_numeric};
use crate::pages::rows::ask;
use crate::pages::value;
use crate::problem::Problem;

/// Rows shown.
const ROWS: u64 = 6;
/// Columns shown: more are listed apart.
const COLUMNS: usize = 12;
/// Characters of a cell.
const LONGEST: usize = 80;

/// A small table.
pub struct Glimpse {
    pub caption: String,
    pub heads: Vec<Head>,
    pub rows: Vec<Vec<Cell>>,
    /// Says that there are more columns.
    pub more: Option<String>,
}

/// The head of a column.
pub struct Head {
    pub label: String,
    /// Its meaning or its type.
    pub kind: String,
    pub numeric: bool,
}

/// A cell.
pub struct Cell {
    pub text: String,
    pub class: &'static str,
    /// Whether it doesn't fit its column.
    pub odd: bool,
}

/// The first rows of a table of a snapshot.
///
/// # Errors
/// When the snapshot's files can't be read.
pub async fn of(
    state: &State,
    snapshot: &SnapshotId,
    table: u32,
    caption: String,
    t: &Text,
) -> Result<Glimpse, Problem> {
    let folder = state.platform.store.table_folder(snapshot, table).await?;
    let table = state.engine.open(&folder).await?;
    let columns: Vec<&ColumnProfile> = table.profile().columns.iter().take(COLUMNS).collect();
    let left = table.profile().columns.len().saturating_sub(columns.len());
    let query = Query {
        select: columns.iter().map(|column| column.name.clone()).collect(),
        with_row_id: true,
        page: Page { offset: 0, limit: Some(ROWS), after: None },
        ..Query::default()
    };
    let answer = ask(state, &table, &query).await?;
    let ids: Vec<u64> = answer.rows.iter().filter_map(|row| row.get(ROW_ID)?.as_u64()).collect();
    let odd = if table.profile().exceptions == 0 { Vec::new() } else { state.engine.exceptions(&table, &ids).await? };
    let odd: HashMap<(u64, String), String> =
        odd.into_iter().filter_map(|cell| Some(((cell.row, cell.column?), cell.raw))).collect();
    let rows = answer.rows.iter().map(|row| {
        let id = row.get(ROW_ID).and_then(Value::as_u64).unwrap_or_default();
        let raw = |column: &ColumnProfile| odd.get(&(id, column.name.clone())).map(String::as_str);
        let shown =
            |column: &&ColumnProfile| small(row.get(&column.name).unwrap_or(&Value::Null), column, raw(column), t);
        columns.iter().map(shown).collect()
    });
    Ok(Glimpse {
        caption,
        rows: rows.collect(),
        heads: columns.iter().map(|column| head(column, t)).collect(),
        more: (left > 0).then(|| t.count("file-more-columns", &(left as u64))),
    })
}

fn head(column: &ColumnProfile, t: &Text) -> Head {
    Head { label: label(column), kind: kind(column, t), numeric: is_numeric(Some(column)) }
}

/// What a column is called: as the file says, else as the table does.
pub fn label(column: &ColumnProfile) -> String {
    let own = if column.label.trim().is_empty() { &column.name } else { &column.label };
    shorten(own, LONGEST)
}

/// What a column holds: its meaning when it has one, else its type.
pub fn kind(column: &ColumnProfile, t: &Text) -> String {
    match column.meaning {
        Some(meaning) => value::meaning_name(meaning, t),
        None => value::type_name(column.field_type, t),
    }
}

fn small(value: &Value, column: &ColumnProfile, raw: Option<&str>, t: &Text) -> Cell {
    let made = cell(value, Some(column), raw, t);
    let (text, odd) = match made.content {
        Content::Empty => (String::new(), false),
        Content::Text(text) => (text, false),
        Content::Link(link) => (link.label, false),
        Content::Exception(raw) => (raw, true),
    };
    Cell { text: shorten(&text, LONGEST), class: made.class, odd }
}
