//! What the engine does, by example.

use std::sync::Arc;

use serde_json::{Value, json as value};
use tempfile::TempDir;

use super::{MONTANT, Odd, Row, json, names, write};
use crate::{
    Engine, EngineLimits, Error, Table,
    model::{Aggregate, AggregateFunction, Comparison, Cursor, Filter, Page, Query, Sort},
};

struct Opened {
    engine: Engine,
    table: Arc<Table>,
    _folder: TempDir,
}

async fn open(rows: &[Row], odd: &[Odd]) -> Opened {
    open_with(rows, odd, EngineLimits::default()).await
}

async fn open_with(rows: &[Row], odd: &[Odd], limits: EngineLimits) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), rows, 4, odd);
    let engine = Engine::new(limits);
    let table = engine.open(folder.path()).await.unwrap();
    Opened { engine, table, _folder: folder }
}

impl Opened {
    async fn rows(&self, query: &Query) -> Vec<Value> {
        json(&self.engine.answer(&self.table, query).await.unwrap().batches)
    }

    async fn error(&self, query: &Query) -> Error {
        self.engine.answer(&self.table, query).await.unwrap_err()
    }
}

fn towns() -> Vec<Row> {
    let row = |nom: &str, entier, montant: Option<f64>| Row {
        nom: Some(nom.into()),
        entier: Some(entier),
        montant,
        ..Row::default()
    };
    vec![
        row("Bram", 1, Some(10.0)),
        row("Revel", 2, Some(20.5)),
        row("Bram", 3, None),
        row("Limoux", 4, Some(1.0)),
        row("Bram", 5, Some(2.0)),
        Row { entier: Some(6), ..Row::default() },
    ]
}

fn compare(field: &str, op: Comparison, value: &str) -> Query {
    Query { filter: Some(Filter::Compare { field: field.into(), op, value: value.into() }), ..Query::default() }
}

fn aggregate(function: AggregateFunction, field: Option<&str>, name: &str) -> Aggregate {
    Aggregate { function, field: field.map(str::to_owned), name: name.into() }
}

#[tokio::test]
async fn a_page_has_the_fields_asked_for_in_the_order_asked_for() {
    let opened = open(&towns(), &[]).await;
    let query = Query {
        select: vec![MONTANT.into(), "nom".into()],
        page: Page { offset: 1, limit: Some(2), after: None },
        ..Query::default()
    };
    let answer = opened.engine.answer(&opened.table, &query).await.unwrap();
    assert_eq!(names(&answer.schema), [MONTANT, "nom"]);
    assert_eq!(
        json(&answer.batches),
        [value!({MONTANT: 20.5, "nom": "Revel"}), value!({MONTANT: null, "nom": "Bram"})]
    );
    assert_eq!((answer.total, answer.next), (6, Some(Cursor { keys: vec![], row: 3 })));
}

#[tokio::test]
async fn groups_are_counted_summed_and_ordered() {
    use AggregateFunction::{Avg, Count, CountDistinct, Max, Median, Min, Sum};
    let opened = open(&towns(), &[]).await;
    let query = Query {
        group_by: vec!["nom".into()],
        aggregates: vec![
            aggregate(Count, None, "rows"),
            aggregate(Count, Some(MONTANT), "count"),
            aggregate(CountDistinct, Some("entier"), "distinct"),
            aggregate(Sum, Some(MONTANT), "sum"),
            aggregate(Sum, Some("entier"), "sum_entier"),
            aggregate(Avg, Some("entier"), "avg"),
            aggregate(Min, Some("entier"), "min"),
            aggregate(Max, Some("entier"), "max"),
            aggregate(Median, Some("entier"), "median"),
        ],
        sort: vec![Sort { field: "rows".into(), descending: true }],
        page: Page { offset: 0, limit: Some(2), after: None },
        ..Query::default()
    };
    let answer = opened.engine.answer(&opened.table, &query).await.unwrap();
    assert_eq!((answer.total, &answer.next), (4, &None));
    let bram = value!({"nom": "Bram", "rows": 3, "count": 2, "distinct": 3, "sum": 12.0, "sum_entier": 9, "avg": 3.0,
        "min": 1, "max": 5, "median": 3.0});
    let limoux = value!({"nom": "Limoux", "rows": 1, "count": 1, "distinct": 1, "sum": 1.0, "sum_entier": 4, "avg": 4.0,
        "min": 4, "max": 4, "median": 4.0});
    assert_eq!(json(&answer.batches), [bram, limoux]);
}

#[tokio::test]
async fn aggregates_without_keys_are_of_all_rows() {
    let opened = open(&towns(), &[]).await;
    let aggregates = vec![aggregate(AggregateFunction::Max, Some("nom"), "last")];
    let query = Query { aggregates, ..compare("entier", Comparison::Less, "5") };
    assert_eq!(opened.rows(&query).await, [value!({"last": "Revel"})]);
}

#[tokio::test]
async fn keys_without_aggregates_are_the_distinct_values() {
    let opened = open(&towns(), &[]).await;
    let query = Query { group_by: vec!["nom".into()], ..Query::default() };
    let expected = ["Bram", "Limoux", "Revel"].map(|nom| value!({"nom": nom}));
    assert_eq!(opened.rows(&query).await, [&expected[..], &[value!({"nom": null})]].concat());
}

#[tokio::test]
async fn an_integer_is_compared_with_a_decimal() {
    let opened = open(&towns(), &[]).await;
    let query = Query { select: vec!["entier".into()], ..compare("entier", Comparison::Greater, "4,5") };
    assert_eq!(opened.rows(&query).await, [value!({"entier": 5}), value!({"entier": 6})]);
}

#[tokio::test]
async fn a_raw_answer_has_the_cells_as_they_came() {
    let odd: [Odd; 2] = [(3, MONTANT, "dix euros"), (6, MONTANT, "=1+1")];
    let opened = open(&towns(), &odd).await;
    let query = Query {
        select: vec![MONTANT.into()],
        sort: vec![Sort { field: "entier".into(), descending: true }],
        page: Page { offset: 0, limit: Some(4), after: None },
        raw: true,
        ..Query::default()
    };
    let expected = ["=1+1", "2", "1", "dix euros"].map(|cell| value!({MONTANT: cell}));
    assert_eq!(opened.rows(&query).await, expected);
    let cells = opened.engine.exceptions(&opened.table, &[1, 6]).await.unwrap();
    assert_eq!(cells.iter().map(|cell| (cell.row, cell.raw.as_str())).collect::<Vec<_>>(), [(6, "=1+1")]);
}

#[tokio::test]
async fn what_doesnt_fit_the_table_is_said() {
    let opened = open(&towns(), &[]).await;
    let unknown = opened.error(&compare("Nim", Comparison::Equal, "x")).await;
    assert!(matches!(&unknown, Error::UnknownField { nearest, .. } if nearest == &["nom"]), "{unknown}");
    let bad = opened.error(&compare("jour", Comparison::Equal, "hier")).await;
    assert!(matches!(&bad, Error::BadLiteral { field, .. } if field == "jour"), "{bad}");
    let sum = Query { aggregates: vec![aggregate(AggregateFunction::Sum, Some("nom"), "sum")], ..Query::default() };
    assert!(matches!(opened.error(&sum).await, Error::NotAllowed { operation: "sum", .. }));
    let cursor = Cursor { keys: vec![Some("x".into())], row: 1 };
    let after = Query { page: Page { after: Some(cursor), ..Page::default() }, ..Query::default() };
    assert!(matches!(opened.error(&after).await, Error::BadCursor));
}

#[tokio::test]
async fn an_answer_larger_than_allowed_is_refused() {
    let opened = open_with(&towns(), &[], EngineLimits { answer_rows: 5, ..EngineLimits::default() }).await;
    assert!(matches!(opened.error(&Query::default()).await, Error::TooLarge { limit: 5, .. }));
    let groups = Query { group_by: vec!["entier".into()], ..Query::default() };
    assert!(matches!(opened.error(&groups).await, Error::TooLarge { limit: 5, .. }));
}

#[tokio::test]
async fn sql_reads_the_tables_under_their_names() {
    let opened = open(&towns(), &[]).await;
    let tables = [("les communes".to_owned(), Arc::clone(&opened.table)), ("b".to_owned(), Arc::clone(&opened.table))];
    let text = format!(
        "SELECT a.nom, sum(a.\"{MONTANT}\") AS total FROM \"les communes\" a JOIN b ON a.entier = b.entier GROUP BY 1 ORDER BY 2 DESC NULLS LAST LIMIT 1"
    );
    let answer = opened.engine.sql_answer(&tables, &text).await.unwrap();
    assert_eq!(json(&answer.batches), [value!({"nom": "Revel", "total": 20.5})]);
    let all = opened.engine.sql_answer(&tables, "SELECT * FROM b").await.unwrap();
    assert_eq!(names(&all.schema), super::COLUMNS.map(|column| column.0));
    assert!(!all.truncated);
}

#[tokio::test]
async fn sql_only_reads() {
    let opened = open(&towns(), &[]).await;
    let tables = [("t".to_owned(), Arc::clone(&opened.table))];
    for text in [
        "CREATE TABLE x AS SELECT 1",
        "DROP TABLE t",
        "INSERT INTO t VALUES (1)",
        "DELETE FROM t",
        "COPY t TO '/tmp/out.csv'",
        "CREATE EXTERNAL TABLE x STORED AS CSV LOCATION '/etc/passwd'",
        "SET datafusion.execution.batch_size = 1",
        "EXPLAIN SELECT 1",
        "SHOW TABLES",
        "SELECT * INTO x FROM t",
        "SELECT 1; SELECT 2",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM information_schema.tables",
        "SELECT repeat('x', 1000000000)",
        "SELECT * FROM generate_series(1, 1000000000)",
        "",
    ] {
        let error = opened.engine.sql_answer(&tables, text).await.unwrap_err();
        assert!(matches!(error, Error::Sql { .. }), "{text}: {error:?}");
    }
}

#[tokio::test]
async fn an_error_of_sql_has_its_place() {
    let opened = open(&towns(), &[]).await;
    let tables = [("t".to_owned(), Arc::clone(&opened.table))];
    for text in ["SELECT 1\n  FROM t WHERE )", "SELECT\n  nim FROM t"] {
        let error = opened.engine.sql_answer(&tables, text).await.unwrap_err();
        assert!(matches!(error, Error::Sql { line: Some(2), column: Some(_), .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_long_result_of_sql_is_cut() {
    let opened = open_with(&towns(), &[], EngineLimits { sql_rows: 4, ..EngineLimits::default() }).await;
    let tables = [("t".to_owned(), Arc::clone(&opened.table))];
    let answer = opened.engine.sql_answer(&tables, "SELECT entier FROM t").await.unwrap();
    assert_eq!((json(&answer.batches).len(), answer.truncated), (4, true));
}

#[tokio::test]
async fn a_damaged_snapshot_is_said() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &towns(), 4, &[]);
    std::fs::write(folder.path().join(tabular::snapshot::TABLE_FILE), b"rubbish").unwrap();
    let error = Engine::new(EngineLimits::default()).open(folder.path()).await.unwrap_err();
    assert!(matches!(error, Error::Broken { .. }), "{error}");
}
