//! SQL text over some tables: read-only, bounded in time, memory and rows.

use std::sync::Arc;

use arrow::{array::RecordBatch, datatypes::SchemaRef};
use datafusion::{
    catalog::{Session, TableProvider},
    common::TableReference,
    datasource::TableType,
    error::{DataFusionError, Result as PlanResult},
    execution::SendableRecordBatchStream,
    logical_expr::{Expr, TableProviderFilterPushDown},
    physical_plan::{ExecutionPlan, stream::RecordBatchStreamAdapter},
    prelude::{SQLOptions, SessionContext},
    sql::{
        parser::{DFParserBuilder, Statement},
        sqlparser::ast::Statement as SqlStatement,
    },
};
use futures::{StreamExt, stream};

use super::{Engine, Table, session, statement};
use crate::{Error, Result};

/// Longest SQL text, in bytes.
const LONGEST: usize = 20_000;
/// Most tables of a query.
const MOST_TABLES: usize = 50;

/// The result of an SQL query.
#[derive(Debug, Clone)]
pub struct SqlAnswer {
    /// Its fields.
    pub schema: SchemaRef,
    /// Its rows.
    pub batches: Vec<RecordBatch>,
    /// Whether rows beyond the limit were left out.
    pub truncated: bool,
}

impl Engine {
    /// Runs one `SELECT` (or `WITH … SELECT`, `VALUES`) over tables under the names given. Identifiers keep their
    /// case; names with other characters than letters, figures and `_` are written between double quotes. The stream
    /// ends at the limit of rows, and fails with [`Error::Timeout`] at that of time.
    ///
    /// # Errors
    /// [`Error::Sql`] with the place when the text cannot be run.
    pub async fn sql(&self, tables: &[(String, Arc<Table>)], text: &str) -> Result<SendableRecordBatchStream> {
        let stream = self.sql_stream(tables, text).await?;
        let schema = stream.schema();
        let cut = stream::unfold((stream, self.inner.limits.sql_rows), |(mut stream, left)| async move {
            if left == 0 {
                return None;
            }
            let batch = stream.next().await?;
            let batch = batch.map(|batch| batch.slice(0, batch.num_rows().min(left)));
            let given = batch.as_ref().map_or(left, RecordBatch::num_rows);
            Some((batch, (stream, left - given)))
        });
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, cut)))
    }

    /// [`Engine::sql`] with its result at hand, and whether rows were left out.
    ///
    /// # Errors
    /// As for [`Engine::sql`], and [`Error::Timeout`], [`Error::Memory`].
    pub async fn sql_answer(&self, tables: &[(String, Arc<Table>)], text: &str) -> Result<SqlAnswer> {
        let turn = tokio::time::timeout(self.inner.limits.time, self.inner.statements.acquire());
        let _turn = turn.await.map_err(|_| self.late())?.map_err(|_| Error::Internal("the engine is closed".into()))?;
        let mut stream = self.sql_stream(tables, text).await?;
        let (mut batches, mut left, mut truncated) = (Vec::new(), self.inner.limits.sql_rows, false);
        while let Some(batch) = stream.next().await {
            let batch = batch?;
            truncated = batch.num_rows() > left;
            batches.push(batch.slice(0, batch.num_rows().min(left)));
            left -= batch.num_rows().min(left);
            if truncated {
                break;
            }
        }
        Ok(SqlAnswer { schema: stream.schema(), batches, truncated })
    }

    async fn sql_stream(&self, tables: &[(String, Arc<Table>)], text: &str) -> Result<SendableRecordBatchStream> {
        let statement = parse(text)?;
        if tables.len() > MOST_TABLES {
            return Err(refused(format!("a query is over at most {MOST_TABLES} tables")));
        }
        let context = session::for_sql(&self.inner.context);
        for (name, table) in tables {
            context.register_table(TableReference::bare(name.as_str()), Arc::new(Visible::new(table)))?;
        }
        let planned = tokio::time::timeout(self.inner.limits.time, plan(&context, statement));
        let stream = planned.await.map_err(|_| self.late())??;
        Ok(self.in_time(stream))
    }

    fn late(&self) -> Error {
        Error::Timeout { seconds: self.inner.limits.time.as_secs() }
    }

    /// The stream, ended by an error when the time is over.
    fn in_time(&self, stream: SendableRecordBatchStream) -> SendableRecordBatchStream {
        let schema = stream.schema();
        let end = tokio::time::Instant::now() + self.inner.limits.time;
        let seconds = self.inner.limits.time.as_secs();
        let timed = stream::unfold(Some(stream), move |stream| async move {
            let mut stream = stream?;
            match tokio::time::timeout_at(end, stream.next()).await {
                Ok(batch) => batch.map(|batch| (batch, Some(stream))),
                // Dropping the stream stops the query.
                Err(_) => Some((Err(Error::Timeout { seconds }.into()), None)),
            }
        });
        Box::pin(RecordBatchStreamAdapter::new(schema, timed))
    }
}

async fn plan(context: &SessionContext, statement: Statement) -> Result<SendableRecordBatchStream> {
    let plan = context.state().statement_to_plan(statement).await.map_err(sql_error)?;
    let read_only = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    read_only.verify_plan(&plan).map_err(sql_error)?;
    let frame = context.execute_logical_plan(plan).await.map_err(sql_error)?;
    frame.execute_stream().await.map_err(sql_error)
}

fn refused(message: impl Into<String>) -> Error {
    Error::Sql { message: message.into(), line: None, column: None }
}

fn parse(text: &str) -> Result<Statement> {
    if text.len() > LONGEST {
        return Err(refused(format!("the text is longer than {LONGEST} bytes")));
    }
    statement::check_text(text)?;
    let mut statements =
        DFParserBuilder::new(text).build().and_then(|mut parser| parser.parse_statements()).map_err(sql_error)?;
    match (statements.pop_front(), statements.is_empty()) {
        (Some(Statement::Statement(statement)), true) if matches!(*statement, SqlStatement::Query(_)) => {
            statement::check(&statement)?;
            Ok(Statement::Statement(statement))
        }
        (None, _) => Err(refused("there is no statement")),
        (_, false) => Err(refused("one statement at a time")),
        _ => Err(refused("only SELECT is allowed: the tables are read-only")),
    }
}

/// An error of the text, with the place that the parser or the planner gives.
fn sql_error(error: DataFusionError) -> Error {
    let span =
        error.diagnostic().and_then(|diagnostic| diagnostic.span).map(|span| (span.start.line, span.start.column));
    // The catalogue and schema that DataFusion puts before names are nobody's business.
    let message = error.find_root().message().replace("datafusion.public.", "");
    let quoted = message.strip_prefix("ParserError(\"").or_else(|| message.strip_prefix("TokenizerError(\""));
    let message = quoted.and_then(|quoted| quoted.strip_suffix("\")")).unwrap_or(&message).to_owned();
    match Error::from(error) {
        Error::Internal(_) => {
            let number = |label: &str| {
                let rest = message.split(label).nth(1)?.trim_start();
                rest.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
            };
            let line = span.map(|(line, _)| line).or_else(|| number("Line:"));
            let column = span.map(|(_, column)| column).or_else(|| number("Column:"));
            Error::Sql { message, line, column }
        }
        other => other,
    }
}

/// A table without its hidden columns.
#[derive(Debug)]
struct Visible {
    inner: Arc<dyn TableProvider>,
    schema: SchemaRef,
}

impl Visible {
    fn new(table: &Table) -> Self {
        Self { inner: table.relation(), schema: table.schema() }
    }
}

#[async_trait::async_trait]
impl TableProvider for Visible {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> PlanResult<Arc<dyn ExecutionPlan>> {
        // The row number comes first in the file.
        let visible: Vec<usize> = match projection {
            Some(columns) => columns.iter().map(|column| column + 1).collect(),
            None => (1..=self.schema.fields().len()).collect(),
        };
        self.inner.scan(state, Some(&visible), filters, limit).await
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> PlanResult<Vec<TableProviderFilterPushDown>> {
        self.inner.supports_filters_pushdown(filters)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::engine::EngineLimits;

    async fn answer(text: &str) -> Result<SqlAnswer> {
        Engine::new(EngineLimits::default()).sql_answer(&[], text).await
    }

    fn joined(count: usize, separator: &str, part: impl Fn(usize) -> String) -> String {
        (0..count).map(part).collect::<Vec<_>>().join(separator)
    }

    #[tokio::test]
    async fn a_statement_that_would_overflow_the_stack_is_refused() {
        let chains = [
            format!("SELECT {}", joined(9_000, "+", |_| "1".into())),
            format!("SELECT 1 FROM (VALUES (1)) t(a) WHERE {}", joined(1_600, " OR ", |n| format!("a={n}"))),
            format!("SELECT {}", joined(3_000, "||", |_| "'a'".into())),
            format!("SELECT 1{}", "::int".repeat(3_000)),
            format!("SELECT 1{}", " is null".repeat(2_000)),
            format!("SELECT 1 FROM {}", joined(500, " JOIN ", |n| format!("(VALUES (1)) t{n}(a) ON true"))),
            format!("SELECT 1 FROM {}", joined(600, ", ", |n| format!("(VALUES (1)) t{n}(a)"))),
        ];
        for text in chains {
            let refusal = answer(&text).await.unwrap_err();
            assert!(matches!(refusal, Error::Sql { .. }), "{}…: {refusal:?}", &text[..40]);
        }
    }

    #[tokio::test]
    async fn a_statement_whose_plan_would_double_with_each_name_is_refused() {
        let doubling = |names: usize| {
            let next = joined(names, "", |n| format!(", t{} AS (SELECT x.a FROM t{n} x, t{n} y)", n + 1));
            format!("WITH t0 AS (SELECT 1 a){next} SELECT * FROM t{names}")
        };
        assert_eq!(answer(&doubling(3)).await.unwrap().batches[0].num_rows(), 1);
        assert!(matches!(answer(&doubling(40)).await.unwrap_err(), Error::Sql { .. }));
        let nested = format!("SELECT * FROM ({}) s", doubling(40));
        assert!(matches!(answer(&nested).await.unwrap_err(), Error::Sql { .. }));
    }

    #[tokio::test]
    async fn a_statement_that_would_build_endless_texts_is_refused() {
        let long = "b".repeat(9_000);
        let doubled = joined(15, "", |n| format!(", t{} AS (SELECT a||a||a||a AS a FROM t{n})", n + 1));
        for text in [
            format!("SELECT replace('{long}', 'b', '{long}')"),
            "SELECT replace(replace(replace('aaaa', 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa')".to_owned(),
            format!("WITH t0 AS (SELECT 'a' AS a){doubled} SELECT a FROM t15"),
        ] {
            assert!(matches!(answer(&text).await.unwrap_err(), Error::Sql { .. }), "{}…", &text[..40]);
        }
        let usual = "SELECT replace('1,5', ',', '.') || ' €' AS a";
        assert_eq!(answer(usual).await.unwrap().batches[0].num_rows(), 1);
    }

    #[tokio::test]
    async fn ordinary_statements_of_some_length_run() {
        let listed = format!("SELECT 1 IN ({}) AS a", joined(3_000, ",", |n| n.to_string()));
        let summed = format!("SELECT {} AS a FROM (VALUES (1)) t(b)", joined(300, "+", |_| "b".into()));
        let chained = format!(
            "WITH t0 AS (SELECT 1 a), {} SELECT * FROM t50",
            joined(50, ", ", |n| format!("t{} AS (SELECT a FROM t{n})", n + 1))
        );
        let named = format!("SELECT {}", joined(500, ", ", |n| format!("{n} AS c{n}")));
        for text in [listed, summed, chained, named] {
            assert_eq!(answer(&text).await.unwrap().batches[0].num_rows(), 1, "{}…", &text[..40]);
        }
    }

    #[tokio::test]
    async fn statements_wait_for_their_turn_within_their_time() {
        let limits = EngineLimits { threads: 1, time: Duration::from_millis(50), ..EngineLimits::default() };
        let engine = Engine::new(limits);
        let turn = engine.inner.statements.acquire().await.unwrap();
        assert!(matches!(engine.sql_answer(&[], "SELECT 1").await, Err(Error::Timeout { .. })));
        drop(turn);
        assert!(engine.inner.statements.try_acquire().is_ok(), "a statement that gave up keeps no turn");
    }
}
