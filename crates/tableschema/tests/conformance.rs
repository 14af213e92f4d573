//! The specification's cases, as data: `conformance/cells.json` has cells of fields, `conformance/tables.json` whole
//! tables. Where Frictionless differs, the data says how and why; the end-to-end tests run it on the same files.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::convert::Infallible;

use arrow::array::StringArray;
use serde::Deserialize;
use serde_json::{Value, json};
use tableschema::{Batch, ForeignTables, Limits, Options, Report, Schema, validate};

#[derive(Deserialize)]
struct CellCase {
    about: String,
    field: Value,
    valid: Vec<String>,
    /// Cell → code.
    invalid: serde_json::Map<String, Value>,
    /// Cell → `{ here, frictionless, why }`.
    #[serde(default)]
    differs: serde_json::Map<String, Value>,
}

#[derive(Deserialize)]
struct TableCase {
    about: String,
    schema: Value,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Code, row, number of the column.
    errors: Vec<(String, Option<u64>, Option<u32>)>,
}

fn batch(header: &[String], rows: &[Vec<String>], first_row: u64) -> Batch {
    let column = |index: usize| rows.iter().map(|row| row.get(index).map(String::as_str)).collect::<StringArray>();
    let beyond = |row: &Vec<String>| row.get(header.len()..).unwrap_or_default().to_vec();
    let extra = rows.iter().map(beyond).enumerate().filter(|(_, cells)| !cells.is_empty()).collect();
    Batch { first_row, columns: (0..header.len()).map(column).collect(), extra }
}

/// Batches of `size` rows.
fn batches(header: &[String], rows: &[Vec<String>], size: usize) -> Vec<Result<Batch, Infallible>> {
    let chunks = rows.chunks(size).enumerate();
    chunks.map(|(index, rows)| Ok(batch(header, rows, 2 + (index * size) as u64))).collect()
}

fn check(schema: &Value, header: &[String], rows: &[Vec<String>], size: usize, options: &Options) -> Report {
    let schema = Schema::from_value(schema, &Limits::default()).unwrap();
    let mut foreign = ForeignTables::default();
    let own: Vec<_> = schema.foreign_keys.iter().map(|key| key.reference_fields.clone()).collect();
    foreign.add("", &schema, header, batches(header, rows, size).into_iter(), &own, options).unwrap();
    validate(&schema, header, batches(header, rows, size).into_iter(), &foreign, options).unwrap()
}

fn code_of_cell(field: &Value, cell: &str) -> String {
    // A second column, so that a missing value doesn't make a blank row.
    let schema = json!({ "fields": [field, { "name": "other", "type": "string" }] });
    let header = ["v".to_owned(), "other".to_owned()];
    let rows = [vec![cell.to_owned(), "x".to_owned()]];
    let report = check(&schema, &header, &rows, 1, &Options::default());
    report.errors.first().map_or("valid", |finding| finding.code.name()).to_owned()
}

#[test]
fn cells_are_what_the_specification_says() {
    let cases: Vec<CellCase> = serde_json::from_str(include_str!("conformance/cells.json")).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let valid = case.valid.iter().map(|cell| (cell.as_str(), "valid"));
        let invalid = case.invalid.iter().map(|(cell, code)| (cell.as_str(), code.as_str().unwrap()));
        let differs = case.differs.iter().map(|(cell, outcome)| (cell.as_str(), outcome["here"].as_str().unwrap()));
        for (cell, expected) in valid.chain(invalid).chain(differs) {
            let found = code_of_cell(&case.field, cell);
            if found != expected {
                wrong.push(format!("{}: {cell:?}: {expected} expected, {found} found", case.about));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_are_what_the_specification_says_whatever_the_batches_and_threads() {
    let cases: Vec<TableCase> = serde_json::from_str(include_str!("conformance/tables.json")).unwrap();
    for case in &cases {
        let mut expected = case.errors.clone();
        expected.sort();
        for (size, threads) in [(1, 1), (2, 3), (1_000, 1)] {
            let options = Options { threads, ..Options::default() };
            let report = check(&case.schema, &case.header, &case.rows, size, &options);
            let name =
                |finding: &tableschema::Finding| (finding.code.name().to_owned(), finding.row, finding.field_number);
            let rows: Vec<_> =
                report.errors.iter().map(|finding| (finding.row, finding.field_number.unwrap_or(u32::MAX))).collect();
            assert!(rows.is_sorted(), "{}: {rows:?}", case.about);
            let mut found: Vec<_> = report.errors.iter().map(name).collect();
            found.sort();
            assert_eq!(found, expected, "{}, batches of {size}", case.about);
            assert_eq!(report.error_count, expected.len() as u64, "{}", case.about);
            assert_eq!(report.valid, expected.is_empty(), "{}", case.about);
            for finding in &report.errors {
                for language in ["fr", "en"] {
                    let message = finding.message(language);
                    let untold = message.contains('$') || message.contains("{") || !message.contains(' ');
                    assert!(!untold, "{}: {message}", case.about);
                }
            }
        }
    }
}
