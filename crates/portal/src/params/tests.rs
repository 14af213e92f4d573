#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use query::model::{Aggregate, AggregateFunction, Comparison, Filter, Page, Query, Sort};
use tabular::Profile;

use super::*;

/// A table with a column of each type, some with names that need care.
pub(crate) fn profile() -> Profile {
    let column = |name: &str, field_type: &str| {
        serde_json::json!({
            "name": name, "label": name, "type": field_type, "meaning": null, "score": 1.0, "nulls": 0, "exceptions": 0,
            "distinct": 1, "distinct_exact": true, "min": null, "max": null, "mean": null, "std": null, "sum": null,
            "quantiles": null, "top": [], "histogram": [], "exception_examples": []
        })
    };
    serde_json::from_value(serde_json::json!({
        "name": null,
        "source": {"format": "csv", "containers": [], "encoding": "UTF-8", "delimiter": ",", "quote": "\"", "header_line": 1, "crs": null},
        "rows": 10,
        "columns": [
            column("nom", "text"), column("montant", "number"), column("date", "date"), column("a__b", "integer"),
            column("prix (€), \"ht\"", "number"), column("-x.y", "text"), column("lieu", "geometry")
        ],
        "geometry": {"source": {"kind": "column", "name": "lieu"}, "bbox": null, "kinds": ["Point"], "located": 10},
        "exceptions": 0, "set_aside": [], "warnings": []
    }))
    .unwrap()
}

fn read(query_string: &str) -> Result<Query, ParamError> {
    parse(query_string, &profile())
}

fn filter(query_string: &str) -> Filter {
    read(query_string).unwrap().filter.unwrap()
}

fn reason(query_string: &str) -> Reason {
    read(query_string).unwrap_err().reason
}

fn compare(field: &str, op: Comparison, value: &str) -> Filter {
    Filter::Compare { field: field.into(), op, value: value.into() }
}

#[test]
fn nothing_asks_for_every_row_with_its_number() {
    assert_eq!(read("").unwrap(), Query { with_row_id: true, ..Query::default() });
}

#[test]
fn less_and_greater_include_the_bound() {
    assert_eq!(filter("montant__less=5"), compare("montant", Comparison::LessOrEqual, "5"));
    assert_eq!(filter("montant__strictly_greater=5"), compare("montant", Comparison::Greater, "5"));
}

#[test]
fn operators_are_read_whatever_their_case_and_columns_may_hold_the_separator() {
    assert_eq!(filter("a__b__EXACT=1"), compare("a__b", Comparison::Equal, "1"));
}

#[test]
fn lists_take_quotes_around_a_comma() {
    let values = vec!["a".to_owned(), "b,c".to_owned(), "d\"e".to_owned()];
    assert_eq!(filter(r#"nom__in=a,"b,c","d\"e""#), Filter::In { field: "nom".into(), values });
}

#[test]
fn text_is_decoded_once() {
    assert_eq!(filter("nom__exact=caf%C3%A9+noir%2B%25"), compare("nom", Comparison::Equal, "café noir+%"));
    assert_eq!(reason("nom__exact=%FF"), Reason::Encoding);
}

#[test]
fn nested_conditions_are_those_of_api_tabular() {
    let expected = Filter::Or(vec![
        compare("nom", Comparison::Equal, "true"),
        compare("a__b", Comparison::GreaterOrEqual, "1980"),
        Filter::And(vec![
            compare("montant", Comparison::Less, "0.5"),
            Filter::Not(Box::new(Filter::IsNull { field: "date".into() })),
        ]),
    ]);
    assert_eq!(
        filter(r#"or=(nom__exact.true,a__b__greater.1980,and(montant__strictly_less."0.5",date__isnotnull))"#),
        expected
    );
}

#[test]
fn nested_names_and_values_take_quotes() {
    let expected = Filter::Or(vec![
        compare("-x.y", Comparison::Equal, "a,b)"),
        compare("prix (€), \"ht\"", Comparison::LessOrEqual, "1.5"),
    ]);
    assert_eq!(filter(r#"or=("-x.y"__exact."a,b)","prix (€), \"ht\""__less.1.5)"#), expected);
}

#[test]
fn a_nested_value_may_hold_balanced_parentheses() {
    assert_eq!(
        filter("or=(nom__exact.f(x),nom__isnull)"),
        Filter::Or(vec![compare("nom", Comparison::Equal, "f(x)"), Filter::IsNull { field: "nom".into() },])
    );
}

#[test]
fn null_is_a_value_of_api_tabular_only() {
    let tabular = parse_with("nom__exact=null", &profile(), Dialect::Tabular, &[]).unwrap();
    assert_eq!(tabular.query.filter, Some(Filter::IsNull { field: "nom".into() }));
    assert_eq!(filter("nom__exact=null"), compare("nom", Comparison::Equal, "null"));
}

#[test]
fn api_tabular_refuses_what_it_does_not_know() {
    for argument in ["limit=1", "select=nom", "q=a", "nom__exact=a=b"] {
        let error = parse_with(argument, &profile(), Dialect::Tabular, &[]).unwrap_err();
        assert_eq!((error.argument.as_str(), error.reason), (argument, Reason::UnknownParameter));
    }
}

#[test]
fn groups_are_written_both_ways() {
    let bare = read("nom__groupby&montant__avg&nom__sort=desc").unwrap();
    let lists = read("group_by=nom&aggregate=avg(montant)&sort=-nom").unwrap();
    assert_eq!(bare, lists);
    assert_eq!(bare.aggregates[0].name, "montant__avg");
    assert!(!bare.with_row_id);
}

#[test]
fn fields_are_given_in_the_order_asked_and_the_row_number_when_asked() {
    let query = read("columns=montant,nom").unwrap();
    assert_eq!((query.select, query.with_row_id), (vec!["montant".to_owned(), "nom".to_owned()], false));
    assert!(read("select=__id,nom").unwrap().with_row_id);
    assert_eq!(read("select=__id").unwrap().select, ["__id"]);
}

#[test]
fn pages_are_turned_by_number_or_by_offset_never_both() {
    let parsed = parse_with("page=3&page_size=50", &profile(), Dialect::Native, &[]).unwrap().paged(20, 200).unwrap();
    assert_eq!(parsed.query.page, Page { offset: 100, limit: Some(50), after: None });
    assert!(matches!(reason("page=2&offset=3"), Reason::Conflict(_)));
    assert_eq!(read("page=1000000000&page_size=1000000000000").unwrap().page.offset, u64::MAX);
    let too_large = parse_with("page_size=201", &profile(), Dialect::Native, &[]).unwrap().paged(20, 200);
    assert_eq!(too_large.unwrap_err().reason, Reason::PageTooLarge(200));
    for wrong in ["page=0", "page=-1", "page=a", "page=99999999999999999999", "limit=0", "page_size=1.5"] {
        assert!(matches!(reason(wrong), Reason::OutOfRange { .. }), "{wrong}");
    }
}

#[test]
fn a_cursor_belongs_to_its_snapshot() {
    let text = query::model::Cursor { keys: vec![], row: 9 }.to_text("one");
    let asked = || parse_with(&format!("cursor={text}"), &profile(), Dialect::Native, &[]).unwrap();
    assert_eq!(asked().on("one").unwrap().query.page.after.unwrap().row, 9);
    assert_eq!(asked().on("two").unwrap_err().reason, Reason::StaleCursor);
}

#[test]
fn a_mistaken_column_gets_a_suggestion() {
    assert_eq!(reason("Montant__less=5"), Reason::UnknownColumn("Montant".into(), Some("montant".into())));
    assert_eq!(reason("zzz__less=5"), Reason::UnknownColumn("zzz".into(), None));
}

#[test]
fn what_has_no_meaning_for_a_column_is_refused() {
    for wrong in [
        "lieu__exact=1",
        "lieu__sort=asc",
        "nom__sum",
        "group_by=lieu",
        "aggregate=median(nom)",
        "group_by=nom&sort=date",
    ] {
        assert!(matches!(reason(wrong), Reason::NotForColumn(_)), "{wrong}");
    }
    assert_eq!(filter("lieu__isnull"), Filter::IsNull { field: "lieu".into() });
}

#[test]
fn places_are_bounded() {
    assert_eq!(filter("bbox=1,43,2,44"), Filter::InBbox { bbox: [1.0, 43.0, 2.0, 44.0] });
    assert_eq!(filter("near=1.95,43.32,500"), Filter::Near { lon: 1.95, lat: 43.32, metres: 500.0 });
    for wrong in [
        "bbox=1,2,3",
        "bbox=1,44,2,43",
        "bbox=181,0,0,1",
        "bbox=a,b,c,d",
        "bbox=NaN,0,1,1",
        "near=1,2,-1",
        "near=1,91,5",
    ] {
        assert!(matches!(reason(wrong), Reason::Malformed(_)), "{wrong}");
    }
}

#[test]
fn hostile_queries_are_bounded() {
    let deep = format!("or={}nom__isnull{}", "(or".repeat(50), ")".repeat(50));
    assert!(read(&deep).is_err());
    let deep = format!("or=({}nom__isnull{})", "or(".repeat(50), ")".repeat(50));
    assert!(matches!(reason(&deep), Reason::TooMany("levels of nesting", _)));
    let many = vec!["nom__isnull"; 101];
    assert!(matches!(reason(&many.join("&")), Reason::TooMany("conditions", _)));
    assert!(matches!(reason(&format!("or=({})", many.join(","))), Reason::TooMany("conditions", _)));
    let long = format!("nom__in={}", vec!["a"; 1001].join(","));
    assert!(matches!(reason(&long), Reason::TooMany("values in a list", _)));
}

#[test]
fn parameters_of_something_else_are_passed_over() {
    let parsed = parse_with("view=chart&nom__exact=a", &profile(), Dialect::Native, &["view"]).unwrap();
    assert_eq!(parsed.query.filter, Some(compare("nom", Comparison::Equal, "a")));
    assert_eq!(reason("view=chart"), Reason::UnknownParameter);
}

fn field() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["nom", "montant", "date", "a__b", "prix (€), \"ht\"", "-x.y"]).prop_map(str::to_owned)
}

fn leaf() -> impl Strategy<Value = Filter> {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let op = prop::sample::select(vec![Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual]);
    prop_oneof![
        (field(), op, ".{0,8}").prop_map(|(field, op, value)| Filter::Compare { field, op, value }),
        (field(), prop::collection::vec(".{0,6}", 1..4)).prop_map(|(field, values)| Filter::In { field, values }),
        (field(), ".{0,8}").prop_map(|(field, value)| Filter::Contains { field, value }),
        (field(), ".{0,8}").prop_map(|(field, value)| Filter::StartsWith { field, value }),
        field().prop_map(|field| Filter::IsNull { field }),
        ".{1,8}".prop_map(|value| Filter::Search { value }),
        (-180.0..180.0, -90.0..0.0, -180.0..180.0, 0.0..90.0)
            .prop_map(|(w, s, e, n)| Filter::InBbox { bbox: [w, s, e, n] }),
        (-180.0..180.0, -90.0..90.0, 0.0..1e6).prop_map(|(lon, lat, metres)| Filter::Near { lon, lat, metres }),
    ]
}

fn tree() -> impl Strategy<Value = Filter> {
    leaf().prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Filter::Or),
            inner.prop_map(|filter| Filter::Not(Box::new(filter))),
        ]
    })
}

fn sort(names: Vec<String>) -> impl Strategy<Value = Vec<Sort>> {
    let keys = prop::sample::subsequence(names, 0..3);
    (keys, any::<bool>())
        .prop_map(|(keys, descending)| keys.into_iter().map(|field| Sort { field, descending }).collect())
}

fn names() -> Vec<String> {
    ["nom", "montant", "a__b", "prix (€), \"ht\"", "-x.y"].map(str::to_owned).to_vec()
}

fn rows() -> impl Strategy<Value = Query> {
    let select = prop::sample::subsequence(names(), 0..4);
    (
        prop::option::of(tree()),
        select,
        sort(names()),
        0..99_u64,
        prop::option::of(1..500_u64),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(filter, select, sort, offset, limit, row_id, raw)| Query {
            filter,
            with_row_id: row_id || select.is_empty(),
            select,
            sort,
            page: Page { offset, limit, after: None },
            raw,
            ..Query::default()
        })
}

fn groups() -> impl Strategy<Value = Query> {
    let group_by = prop::sample::subsequence(names(), 0..3);
    (group_by, prop::option::of(tree()), prop::bool::ANY).prop_map(|(group_by, filter, descending)| {
        let sum =
            Aggregate { function: AggregateFunction::Sum, field: Some("montant".into()), name: "montant__sum".into() };
        let count = Aggregate { function: AggregateFunction::Count, field: None, name: "count".into() };
        let sort = vec![Sort { field: sum.name.clone(), descending }];
        Query { filter, group_by, aggregates: vec![sum, count], sort, ..Query::default() }
    })
}

proptest! {
    #[test]
    fn a_query_written_is_read_back(query in prop_oneof![rows(), groups()]) {
        let written = write(&query);
        let again = read(&written);
        prop_assert_eq!(again.map(flat), Ok(flat(query)), "{}", written);
    }

    #[test]
    fn any_text_is_answered_without_harm(text in ".{0,200}") {
        let _ = read(&text);
        let _ = read(&format!("or={text}"));
        let _ = read(&format!("nom__in={text}&sort={text}&aggregate={text}&cursor={text}"));
    }
}

/// `And` of one condition says the same as the condition.
fn flat(mut query: Query) -> Query {
    query.filter = query.filter.map(flat_filter);
    query
}

fn flat_filter(filter: Filter) -> Filter {
    match filter {
        Filter::And(mut filters) if filters.len() == 1 => flat_filter(filters.remove(0)),
        Filter::And(filters) => Filter::And(filters.into_iter().map(flat_filter).collect()),
        Filter::Or(filters) => Filter::Or(filters.into_iter().map(flat_filter).collect()),
        Filter::Not(inner) => Filter::Not(Box::new(flat_filter(*inner))),
        other => other,
    }
}
