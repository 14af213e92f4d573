//! The table: a page of rows with what the reader can do to it, all as links.

use std::collections::HashMap;
use std::sync::Arc;

use query::Table;
use query::model::{Query, Sort};
use serde_json::{Map, Value, json};
use tabular::profile::ColumnProfile;
use tabular::snapshot::ROW_ID;

use super::cell::{Cell, cell, is_numeric};
use super::request::{Asked, ROWS};
use crate::State;
use crate::i18n::Text;
use crate::pages::address::Address;
use crate::pages::pager::Pager;
use crate::pages::rows::{Rows, ask};
use crate::pages::value;
use crate::problem::Problem;

/// A page of rows.
pub struct TableView {
    /// “1 250 lignes”.
    pub total: String,
    /// “sur 12 000”, when a filter leaves some out.
    pub of: Option<String>,
    pub caption: String,
    pub columns: Vec<Header>,
    pub rows: Vec<Row>,
    pub pager: Pager,
    pub has_exceptions: bool,
    /// For the grid's script: where rows are asked, the question, the columns.
    pub rows_url: String,
    pub query: String,
    pub columns_json: String,
}

/// The head of a column: a link that sorts by it.
pub struct Header {
    pub label: String,
    pub type_name: String,
    pub hint: String,
    pub href: String,
    pub arrow: &'static str,
    pub aria_sort: &'static str,
    pub numeric: bool,
}

/// A row.
pub struct Row {
    /// Its number in the source, or its place in the answer.
    pub number: String,
    pub cells: Vec<Cell>,
}

/// What the table is made from.
pub struct Source<'a> {
    pub state: &'a State,
    pub table: &'a Arc<Table>,
    pub asked: &'a Asked,
    pub rows_url: String,
    pub caption: String,
}

/// Asks for the rows and writes them.
///
/// # Errors
/// As the engine.
pub async fn view(source: &Source<'_>, query: &Query, t: &Text) -> Result<TableView, Problem> {
    let answer = ask(source.state, source.table, query).await?;
    let exceptions = exceptions(source, query, &answer).await?;
    let profile = source.table.profile();
    let columns: Vec<(String, Option<&ColumnProfile>)> = answer
        .columns
        .iter()
        .filter(|name| !name.starts_with("__"))
        .map(|name| (name.clone(), profile.columns.iter().find(|column| column.name == *name)))
        .collect();
    let rows: Vec<Row> = answer
        .rows
        .iter()
        .enumerate()
        .map(|(place, row)| row_view(row, query.page.offset + place as u64 + 1, &columns, &exceptions, t))
        .collect();
    let limit = query.page.limit.unwrap_or(ROWS);
    Ok(TableView {
        total: t.count(if query.with_row_id { "rows-count" } else { "groups-count" }, &answer.total),
        of: (query.with_row_id && answer.total < profile.rows).then(|| t.count("rows-of", &profile.rows)),
        caption: source.caption.clone(),
        has_exceptions: !exceptions.is_empty(),
        pager: Pager::new(&source.asked.address, query.page.offset / limit + 1, answer.total.div_ceil(limit), t),
        rows_url: source.rows_url.clone(),
        query: source.asked.question().query(),
        columns_json: columns_json(&columns),
        columns: columns.iter().map(|(name, column)| header(name, *column, source.asked, query, t)).collect(),
        rows,
    })
}

type Exceptions = HashMap<(u64, String), String>;

async fn exceptions(source: &Source<'_>, query: &Query, answer: &Rows) -> Result<Exceptions, Problem> {
    if !query.with_row_id || source.table.profile().exceptions == 0 {
        return Ok(Exceptions::new());
    }
    let rows: Vec<u64> = answer.rows.iter().filter_map(|row| row.get(ROW_ID)?.as_u64()).collect();
    let cells = source.state.engine.exceptions(source.table, &rows).await?;
    Ok(cells.into_iter().filter_map(|cell| Some(((cell.row, cell.column?), cell.raw))).collect())
}

fn row_view(
    row: &Map<String, Value>,
    place: u64,
    columns: &[(String, Option<&ColumnProfile>)],
    exceptions: &Exceptions,
    t: &Text,
) -> Row {
    let number = row.get(ROW_ID).and_then(Value::as_u64).unwrap_or(place);
    let cells = columns
        .iter()
        .map(|(name, column)| {
            let raw = if exceptions.is_empty() { None } else { exceptions.get(&(number, name.clone())) };
            cell(row.get(name).unwrap_or(&Value::Null), *column, raw.map(String::as_str), t)
        })
        .collect();
    Row { number: t.integer(&number), cells }
}

fn header(name: &str, column: Option<&ColumnProfile>, asked: &Asked, query: &Query, t: &Text) -> Header {
    let label = column.map_or(name, |column| column.label.as_str()).to_owned();
    let sorted = query.sort.first().filter(|sort| sort.field == name);
    let (arrow, aria_sort) = match sorted {
        None => ("", "none"),
        Some(Sort { descending: false, .. }) => ("↑", "ascending"),
        Some(Sort { descending: true, .. }) => ("↓", "descending"),
    };
    let plain = asked.at_start().only(|known, _| known != "sort" && !known.to_ascii_lowercase().ends_with("__sort"));
    let href = match aria_sort {
        "descending" => plain.href(),
        "none" => sorted_by(&plain, name, false),
        _ => sorted_by(&plain, name, true),
    };
    Header {
        hint: t.with(sort_hint(aria_sort), "column", &label),
        type_name: column.map(|column| describe(column, t)).unwrap_or_default(),
        href,
        arrow,
        aria_sort,
        numeric: is_numeric(column) || column.is_none(),
        label,
    }
}

/// `sort=` is a list: a name that would be read otherwise there goes by the other spelling of the grammar.
fn sorted_by(plain: &Address, name: &str, descending: bool) -> String {
    if name.starts_with('-') || name.contains([',', '"']) {
        plain.with(&format!("{name}__sort"), if descending { "desc" } else { "asc" }).href()
    } else {
        plain.with("sort", &if descending { format!("-{name}") } else { name.to_owned() }).href()
    }
}

fn sort_hint(state: &str) -> &'static str {
    match state {
        "ascending" => "sort-descending",
        "descending" => "sort-none",
        _ => "sort-ascending",
    }
}

/// The meaning of a column when it has one, else its type.
fn describe(column: &ColumnProfile, t: &Text) -> String {
    match column.meaning {
        Some(meaning) => value::meaning_name(meaning, t),
        None => value::type_name(column.field_type, t),
    }
}

fn columns_json(columns: &[(String, Option<&ColumnProfile>)]) -> String {
    let columns: Vec<Value> = columns
        .iter()
        .map(|(name, column)| {
            let label = column.map_or(name.as_str(), |column| column.label.as_str());
            let kind = column.map_or(json!("number"), |column| json!(column.field_type));
            json!({"name": name, "label": label, "type": kind})
        })
        .collect();
    Value::Array(columns).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_list_would_split_are_sorted_by_the_other_spelling() {
        let plain = Address::path("/r");
        assert_eq!(sorted_by(&plain, "montant", true), "/r?sort=-montant");
        assert_eq!(sorted_by(&plain, "a,b", false), "/r?a,b__sort=asc");
        assert_eq!(sorted_by(&plain, "-a", true), "/r?-a__sort=desc");
    }
}
