//! Rows of a table as JSON values, for pages: a page shows few of them.

use std::sync::Arc;

use query::Table;
use query::encode::json::write_rows;
use query::model::Query;
use serde_json::{Map, Value};

use crate::State;
use crate::problem::{Kind, Problem};

/// What a query answered.
pub struct Rows {
    /// The rows of the page.
    pub rows: Vec<Map<String, Value>>,
    /// Names of the columns of the answer, in order.
    pub columns: Vec<String>,
    /// Rows of the whole answer.
    pub total: u64,
}

/// Asks a table.
///
/// # Errors
/// As the engine.
pub async fn ask(state: &State, table: &Arc<Table>, query: &Query) -> Result<Rows, Problem> {
    let answer = state.engine.answer(table, query).await?;
    let mut json = vec![b'['];
    for batch in answer.batches.iter().filter(|batch| batch.num_rows() > 0) {
        if json.len() > 1 {
            json.push(b',');
        }
        write_rows(batch, &mut json)?;
    }
    json.push(b']');
    let rows = serde_json::from_slice(&json)
        .map_err(|error| Problem::new(Kind::Internal, format!("rows were not written as JSON: {error}")))?;
    let columns = answer.schema.fields().iter().map(|field| field.name().clone()).collect();
    Ok(Rows { rows, columns, total: answer.total })
}
