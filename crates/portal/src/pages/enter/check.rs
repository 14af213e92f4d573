//! Checks what was typed with the same engine as files: what is wrong, at which cell of the form.

use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tableschema::{Batch, ForeignTables, Options, Schema};

use super::sheet::Sheet;
use super::{MOST_ROWS, fields};
use crate::State;
use crate::i18n::Text;
use crate::pages::reader::Reader;
use crate::pages::schemas::{find, table_of};
use crate::problem::Problem;

/// Findings that a form shows.
const MOST_FINDINGS: usize = 200;

/// What is wrong with what was typed.
#[derive(Debug, Serialize)]
pub struct Verdict {
    /// Rows with something in them.
    pub rows: usize,
    /// All findings, shown or not.
    pub count: u64,
    /// The first ones, by row, then by column.
    pub findings: Vec<CellFinding>,
}

/// A finding at its place in the form.
#[derive(Debug, Serialize)]
pub struct CellFinding {
    /// From 0; `None` when it is of the whole table.
    pub row: Option<usize>,
    /// From 0; `None` when it is of a row.
    pub column: Option<usize>,
    /// The column's name.
    pub field: String,
    /// One sentence.
    pub message: String,
}

/// Answers scripts while a person types.
pub async fn live(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((owner, name)): Path<(String, String)>,
    body: String,
) -> Response {
    let verdict = (|| {
        let (_, found) = find(&state, &owner, &name)?;
        let schema = table_of(&found).ok_or_else(|| Problem::not_found("schema of a table", &name))?;
        let sheet = Sheet::of_form(&fields(&body)?, schema.fields.len(), MOST_ROWS)?;
        verdict(schema, &sheet, &reader.t)
    })();
    match verdict {
        Ok(verdict) => axum::Json(verdict).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// Checks the rows that have something in them.
///
/// # Errors
/// When the engine fails, which would be a fault of ours.
pub fn verdict(schema: &Schema, sheet: &Sheet, t: &Text) -> Result<Verdict, Problem> {
    let header: Vec<String> = schema.fields.iter().map(|field| field.name.clone()).collect();
    let filled: Vec<(usize, &Vec<String>)> = sheet.filled().collect();
    if filled.is_empty() {
        return Ok(Verdict { rows: 0, count: 0, findings: Vec::new() });
    }
    let column = |n: usize| filled.iter().map(|(_, cells)| cells.get(n).map(String::as_str)).collect();
    let columns = (0..header.len()).map(column).collect();
    let batch = Batch { first_row: 2, columns, extra: Vec::new() };
    let options = Options { errors: MOST_FINDINGS, ..Options::default() };
    let batches = std::iter::once(Ok::<_, std::convert::Infallible>(batch));
    let Ok(report) = tableschema::validate(schema, &header, batches, &ForeignTables::default(), &options);
    let findings = report.errors.iter().map(|finding| {
        // Row 1 is the header; rows of the form that are empty were passed over.
        let row = finding.row.and_then(|row| usize::try_from(row).ok()?.checked_sub(2)).and_then(|n| filled.get(n));
        let in_form = tableschema::Finding { row: row.map(|(row, _)| *row as u64 + 1), ..finding.clone() };
        CellFinding {
            row: row.map(|(row, _)| *row),
            column: finding.field_number.and_then(|n| usize::try_from(n).ok()?.checked_sub(1)),
            field: finding.field.clone().unwrap_or_default(),
            message: in_form.message(t.tag()),
        }
    });
    Ok(Verdict { rows: filled.len(), count: report.error_count, findings: findings.collect() })
}
