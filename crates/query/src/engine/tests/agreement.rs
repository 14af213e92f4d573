//! Random questions to random tables: the direct way, DataFusion and the reference agree.

use proptest::prelude::*;

use super::{COLUMNS, Row, json, reference, write};
use crate::{
    engine::{Engine, EngineLimits, answer::Route},
    model::{Aggregate, AggregateFunction, Comparison, Filter, Page, Query, Sort},
};

const WORDS: [&str; 7] = ["", "été", "ÉTÉ", "Castelnaudary", "castel", "Bram", "12"];
const DAYS: [&str; 3] = ["2024-01-31", "31/01/2024", "1969-12-31"];
const NUMBERS: [f64; 6] = [-1.5, 0.0, 1.0, 12.0, 12.5, 1e300];

fn row() -> impl Strategy<Value = Row> {
    use prop::{option::of, sample::select};
    let place = of((-5..5_i32, 40..45_i32)).prop_map(|place| place.map(|(lon, lat)| [f64::from(lon), f64::from(lat)]));
    let start = (
        of(select(WORDS.to_vec()).prop_map(str::to_owned)),
        of(-3_i64..15),
        of(select(NUMBERS.to_vec())),
        of(select(vec![19_753, -1, 0])),
    );
    (start, of(select(vec![0_i64, 250, -1])), of(any::<bool>()), of(2_020_i32..2_024), place).prop_map(
        |((nom, entier, montant, jour), moment, oui, an, place)| Row {
            nom,
            entier,
            montant,
            jour,
            moment,
            oui,
            an,
            place,
        },
    )
}

fn literal(field: usize) -> BoxedStrategy<String> {
    use prop::sample::select;
    match field {
        0 => select(WORDS.to_vec()).prop_map(str::to_owned).boxed(),
        1 => (-3_i64..15).prop_map(|value| value.to_string()).boxed(),
        2 => select(vec!["-1.5", "0", "1", "12,5", "12"]).prop_map(str::to_owned).boxed(),
        3 => select(DAYS.to_vec()).prop_map(str::to_owned).boxed(),
        4 => select(vec!["1970-01-01T00:00:00", "1970-01-01 00:00"]).prop_map(str::to_owned).boxed(),
        5 => select(vec!["true", "false"]).prop_map(str::to_owned).boxed(),
        _ => (2_020_i32..2_024).prop_map(|value| value.to_string()).boxed(),
    }
}

fn comparison() -> impl Strategy<Value = Filter> {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let op = prop::sample::select(vec![Equal, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual]);
    (0..COLUMNS.len(), op).prop_flat_map(|(field, op)| {
        literal(field).prop_map(move |value| Filter::Compare { field: COLUMNS[field].0.to_owned(), op, value })
    })
}

fn leaf() -> impl Strategy<Value = Filter> {
    let field = || (0..COLUMNS.len()).prop_map(|field| COLUMNS[field].0.to_owned());
    let needle =
        || prop::sample::select(vec!["", "a", "É", "été", "1", "12", "2024-", "tr", "zz"]).prop_map(str::to_owned);
    prop_oneof![
        4 => comparison(),
        2 => (0..COLUMNS.len()).prop_flat_map(|field| prop::collection::vec(literal(field), 0..4)
            .prop_map(move |values| Filter::In { field: COLUMNS[field].0.to_owned(), values })),
        2 => (field(), needle()).prop_map(|(field, value)| Filter::Contains { field, value }),
        1 => (field(), needle()).prop_map(|(field, value)| Filter::StartsWith { field, value }),
        1 => needle().prop_map(|value| Filter::Search { value }),
        1 => field().prop_map(|field| Filter::IsNull { field }),
        1 => (-6..6_i32, -6..6_i32).prop_map(|(west, east)| Filter::InBbox { bbox: [west.into(), 41.0, east.into(), 43.5] }),
        1 => (0.0..800_000.0_f64).prop_map(|metres| Filter::Near { lon: 0.0, lat: 43.0, metres }),
        1 => (0_i64..40).prop_map(|id| Filter::Compare { field: "__id".into(), op: Comparison::GreaterOrEqual, value: id.to_string() }),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    leaf().prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Filter::Or),
            inner.prop_map(|inner| Filter::Not(Box::new(inner))),
        ]
    })
}

fn query() -> impl Strategy<Value = Query> {
    let sort = ((0..COLUMNS.len()), any::<bool>())
        .prop_map(|(field, descending)| Sort { field: COLUMNS[field].0.to_owned(), descending });
    let page = (0_u64..8, prop::option::of(0_u64..10));
    (prop::option::weighted(0.8, filter()), prop::collection::vec(sort, 0..3), page).prop_map(
        |(filter, sort, (offset, limit))| Query {
            filter,
            sort,
            page: Page { offset, limit, after: None },
            with_row_id: true,
            ..Query::default()
        },
    )
}

async fn ids(
    engine: &Engine,
    table: &std::sync::Arc<crate::Table>,
    query: &Query,
    route: Route,
) -> (Vec<usize>, crate::Answer) {
    let answer = engine.answer_by(table, query, route).await.unwrap();
    let id = |row: &serde_json::Value| usize::try_from(row["__id"].as_u64().unwrap()).unwrap();
    (json(&answer.batches).iter().map(id).collect(), answer)
}

async fn check(rows: &[Row], group: usize, query: Query) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), rows, group, &[]);
    let engine = Engine::new(EngineLimits { threads: 2, ..EngineLimits::default() });
    let table = engine.open(folder.path()).await.unwrap();
    let whole = reference::answer(rows, &query);
    let offset = usize::try_from(query.page.offset).unwrap();
    let limit = query.page.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap());
    let expected: Vec<usize> = whole.iter().copied().skip(offset).take(limit).collect();
    for route in [Route::Planned, Route::Fastest, Route::Fastest] {
        let (found, answer) = ids(&engine, &table, &query, route).await;
        assert_eq!(found, expected, "{route:?} {query:?}");
        assert_eq!(answer.total, whole.len() as u64, "{route:?} {query:?}");
        let more = !expected.is_empty() && offset + expected.len() < whole.len();
        assert_eq!(answer.next.is_some(), more, "{route:?} {query:?}");
        follow(&engine, &table, &query, route, answer, &whole[(offset + expected.len()).min(whole.len())..]).await;
    }
    streamed(&engine, &table, &query, &expected).await;
}

/// Cursors lead through the rest of the answer, in order and without a gap.
async fn follow(
    engine: &Engine,
    table: &std::sync::Arc<crate::Table>,
    query: &Query,
    route: Route,
    first: crate::Answer,
    rest: &[usize],
) {
    let (mut next, mut found) = (first.next, Vec::new());
    while let Some(cursor) = next {
        let page = Page { offset: 0, after: Some(cursor), ..query.page };
        let (ids, answer) = ids(engine, table, &Query { page, ..query.clone() }, route).await;
        assert_eq!(answer.total, first.total, "{query:?}");
        found.extend(ids);
        next = answer.next;
    }
    if first.batches.is_empty() {
        return;
    }
    assert_eq!(found, rest, "{route:?} {query:?}");
}

async fn streamed(engine: &Engine, table: &std::sync::Arc<crate::Table>, query: &Query, expected: &[usize]) {
    use futures::TryStreamExt;
    let stream = engine.stream(table, query).await.unwrap();
    let batches: Vec<_> = stream.try_collect().await.unwrap();
    let found: Vec<u64> = json(&batches).iter().map(|row| row["__id"].as_u64().unwrap()).collect();
    let expected: Vec<u64> = expected.iter().map(|id| *id as u64).collect();
    assert_eq!(found, expected, "stream {query:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_way_of_running_a_query_gives_the_same_answer(
        rows in prop::collection::vec(row(), 0..60),
        group in 1_usize..30,
        query in query(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check(&rows, group, query));
    }
}

fn grouped() -> impl Strategy<Value = Query> {
    use AggregateFunction::{Avg, Count, Max, Min, Sum};
    let keys = prop::sample::subsequence(vec!["nom", "an\"née", "oui", "entier", "jour"], 0..4).prop_shuffle();
    let aggregates = prop::sample::subsequence(
        vec![
            (Count, None),
            (Count, Some("nom")),
            (Sum, Some("entier")),
            (Avg, Some("entier")),
            (Min, Some(COLUMNS[2].0)),
            (Max, Some(COLUMNS[2].0)),
            (Min, Some("jour")),
            (Max, Some("moment")),
            (Sum, Some("an\"née")),
        ],
        1..5,
    );
    let filter = prop::option::weighted(0.7, filter());
    (filter, keys, aggregates, any::<bool>(), 0_u64..4, prop::option::of(0_u64..6)).prop_map(
        |(filter, keys, aggregates, descending, offset, limit)| Query {
            filter,
            group_by: keys.into_iter().map(str::to_owned).collect(),
            aggregates: aggregates
                .into_iter()
                .enumerate()
                .map(|(index, (function, field))| Aggregate {
                    function,
                    field: field.map(str::to_owned),
                    name: format!("a{index}"),
                })
                .collect(),
            sort: vec![Sort { field: "a0".into(), descending }],
            page: Page { offset, limit, after: None },
            ..Query::default()
        },
    )
}

async fn check_groups(rows: &[Row], group: usize, query: Query) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), rows, group, &[]);
    let engine = Engine::new(EngineLimits { threads: 2, ..EngineLimits::default() });
    let table = engine.open(folder.path()).await.unwrap();
    let planned = engine.answer_by(&table, &query, Route::Planned).await.unwrap();
    let direct = engine.answer_by(&table, &query, Route::Fastest).await.unwrap();
    assert_eq!(json(&direct.batches), json(&planned.batches), "{query:?}");
    assert_eq!(direct.total, planned.total, "{query:?}");
    assert_eq!(direct.schema, planned.schema, "{query:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn groups_are_the_same_either_way(
        rows in prop::collection::vec(row(), 0..60),
        group in 1_usize..30,
        query in grouped(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check_groups(&rows, group, query));
    }
}
