//! Hostile and huge tables: everything is counted, little is kept, nothing is lost without a word.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::convert::Infallible;

use arrow::array::StringArray;
use serde_json::{Value, json};
use tableschema::{Batch, Code, ForeignTables, Limits, NoteCode, Options, Schema, validate};

fn schema(descriptor: &Value) -> Schema {
    Schema::from_value(descriptor, &Limits::default()).unwrap()
}

/// Batches of one column.
fn batches(cells: Vec<String>, size: usize) -> impl Iterator<Item = Result<Batch, Infallible>> + Send {
    let chunks: Vec<Vec<String>> = cells.chunks(size).map(<[String]>::to_vec).collect();
    chunks.into_iter().enumerate().map(move |(index, cells)| {
        let cells: StringArray = cells.iter().map(Some).collect();
        Ok(Batch { first_row: 2 + (index * size) as u64, columns: vec![cells], extra: Vec::new() })
    })
}

fn numbers(range: std::ops::Range<u32>) -> Vec<String> {
    range.map(|number| number.to_string()).collect()
}

#[test]
fn a_million_errors_are_counted_and_the_first_ones_are_kept() {
    let schema = schema(&json!({"fields": [{"name": "a", "type": "date", "constraints": {"unique": true}}]}));
    let options = Options { errors: 10, ..Options::default() };
    let cells = numbers(0..1_000_000);
    let report = validate(&schema, &["a".to_owned()], batches(cells, 10_000), &ForeignTables::default(), &options);
    let report = report.unwrap();
    assert_eq!((report.rows, report.error_count, report.valid), (1_000_000, 1_000_000, false));
    let rows: Vec<_> = report.errors.iter().map(|finding| finding.row.unwrap()).collect();
    assert_eq!(rows, (2..12).collect::<Vec<_>>());
    assert_eq!(report.counts.len(), 1);
}

#[test]
fn without_a_budget_errors_are_only_counted() {
    let schema = schema(&json!({"fields": [{"name": "a", "type": "date"}]}));
    let options = Options { errors: 0, ..Options::default() };
    let report = validate(&schema, &["b".to_owned()], batches(numbers(0..5), 2), &ForeignTables::default(), &options);
    let report = report.unwrap();
    assert_eq!((report.errors.len(), report.error_count), (0, 6));
}

#[test]
fn keys_beyond_their_memory_are_compared_with_those_held_and_it_is_said() {
    let schema = schema(&json!({"fields": [{"name": "a", "constraints": {"unique": true}}]}));
    let options = Options { key_bytes: 40_000, threads: 1, ..Options::default() };
    let mut cells = numbers(0..50_000);
    cells.push("0".to_owned());
    let header = ["a".to_owned()];
    let report = validate(&schema, &header, batches(cells, 1_000), &ForeignTables::default(), &options).unwrap();
    assert_eq!((report.error_count, report.errors[0].row), (1, Some(50_002)));
    assert_eq!(report.notes.iter().filter(|note| note.code == NoteCode::KeyLimit).count(), 1);
    let whole =
        validate(&schema, &header, batches(numbers(0..50_000), 1_000), &ForeignTables::default(), &Options::default());
    assert!(whole.unwrap().notes.is_empty());
}

#[test]
fn references_to_another_table_are_checked_when_it_is_given() {
    let rues = schema(&json!({"fields": [{"name": "code", "type": "integer"}]}));
    let adresses = schema(&json!({
        "fields": [{"name": "rue", "type": "integer"}],
        "foreignKeys": [{"fields": "rue", "reference": {"resource": "rues", "fields": "code"}}]
    }));
    let header = ["rue".to_owned()];
    let cells = || batches(vec!["1".to_owned(), "002".to_owned(), "9".to_owned(), String::new()], 2);
    let without = validate(&adresses, &header, cells(), &ForeignTables::default(), &Options::default()).unwrap();
    assert_eq!((without.valid, without.notes[0].code), (false, NoteCode::MissingForeignTable));
    let mut foreign = ForeignTables::default();
    let keys = [vec!["code".to_owned()]];
    foreign.add("rues", &rues, &["code".to_owned()], batches(numbers(1..3), 1), &keys, &Options::default()).unwrap();
    let report = validate(&adresses, &header, cells(), &foreign, &Options::default()).unwrap();
    let errors: Vec<_> =
        report.errors.iter().map(|finding| (finding.code, finding.row, finding.value.as_deref())).collect();
    assert_eq!(errors, [(Code::ForeignKey, Some(4), Some("9")), (Code::BlankRow, Some(5), None)]);
    assert!(report.errors[0].message("fr").contains("rues"));
}

#[test]
fn a_long_value_is_cut_at_a_character() {
    let schema = schema(&json!({"fields": [{"name": "a", "type": "integer"}]}));
    let options = Options { value_bytes: 5, ..Options::default() };
    let cells = vec!["é".repeat(100_000)];
    let report = validate(&schema, &["a".to_owned()], batches(cells, 1), &ForeignTables::default(), &options).unwrap();
    assert_eq!(report.errors[0].value.as_deref(), Some("éé…"));
}

#[test]
fn the_error_of_a_reader_is_given_back() {
    let schema = schema(&json!({"fields": [{"name": "a"}]}));
    for threads in [1, 4] {
        let options = Options { threads, ..Options::default() };
        let source = (0..100).map(|n| if n == 50 { Err("unreadable") } else { Ok(Batch::default()) });
        let outcome = validate(&schema, &["a".to_owned()], source, &ForeignTables::default(), &options);
        assert_eq!(outcome, Err("unreadable"));
    }
}

#[test]
fn what_cannot_be_checked_is_said_and_the_rest_is_checked() {
    let schema = schema(&json!({"fields": [
        {"name": "a", "type": "string", "constraints": {"pattern": "(?=x)y", "maxLength": 2}},
        {"name": "b", "type": "integer", "constraints": {"minimum": "petit"}},
        {"name": "c", "type": "date", "format": "%Q"},
        {"name": "d", "type": "object", "constraints": {"jsonSchema": {"$ref": "https://exemple.fr/s.json"}}}
    ]}));
    let column = |cell: &str| StringArray::from(vec![cell]);
    let batch =
        Batch { first_row: 2, columns: vec![column("abc"), column("1"), column("x"), column("{}")], extra: vec![] };
    let header = ["a", "b", "c", "d"].map(str::to_owned);
    let source = [Ok::<_, Infallible>(batch)].into_iter();
    let report = validate(&schema, &header, source, &ForeignTables::default(), &Options::default()).unwrap();
    let codes: Vec<_> = report.notes.iter().map(|note| note.code).collect();
    let expected = [
        NoteCode::UnsupportedPattern,
        NoteCode::InvalidConstraint,
        NoteCode::UnknownFormat,
        NoteCode::UnsupportedJsonSchema,
    ];
    assert_eq!(codes, expected);
    assert_eq!((report.error_count, report.errors[0].rule.as_str()), (1, "maxLength 2"));
}

#[test]
fn a_report_is_kept_as_json_and_speaks_again() {
    let schema = schema(&json!({"fields": [{"name": "a", "type": "integer", "constraints": {"unique": true}}]}));
    let cells = ["1", "x", "1"].map(str::to_owned).to_vec();
    let header = ["a".to_owned()];
    let report = validate(&schema, &header, batches(cells, 2), &ForeignTables::default(), &Options::default()).unwrap();
    let text = serde_json::to_string(&report).unwrap();
    assert!(text.contains(r#""fieldNumber":1"#) && text.contains(r#""code":"type-error""#), "{text}");
    let again: tableschema::Report = serde_json::from_str(&text).unwrap();
    assert_eq!(again, report);
    assert_eq!(again.errors[1].message("fr"), report.errors[1].message("fr"));
}
