#![allow(clippy::unwrap_used)]

use arrow::array::StringArray;

use crate::{Batch, Code, FieldsMatch, ForeignTables, Limits, NoteCode, Options, Report, Schema, validate};

/// Validates rows against fields (all texts unless said) and custom checks.
fn report(fields: &str, checks: &str, header: &[&str], rows: &[&[&str]]) -> Report {
    let descriptor = format!(r#"{{"fields": [{fields}], "custom_checks": [{checks}]}}"#);
    let schema = Schema::parse(descriptor.as_bytes(), &Limits::default()).unwrap();
    let header: Vec<String> = header.iter().map(|label| (*label).to_owned()).collect();
    let columns = (0..header.len()).map(|column| StringArray::from_iter_values(rows.iter().map(|row| row[column])));
    let batch = Batch { first_row: 2, columns: columns.collect(), extra: Vec::new() };
    let options = Options { fields_match: Some(FieldsMatch::Partial), ..Options::default() };
    let batches = std::iter::once(Ok::<_, std::convert::Infallible>(batch));
    validate(&schema, &header, batches, &ForeignTables::default(), &options).unwrap()
}

/// Rows and codes of the errors.
fn errors(report: &Report) -> Vec<(u64, Code)> {
    report.errors.iter().map(|finding| (finding.row.unwrap_or(0), finding.code)).collect()
}

const A: &str = r#"{"name": "a"}"#;
const AB: &str = r#"{"name": "a"}, {"name": "b"}"#;

fn one(check: &str, values: &[&str]) -> Report {
    let rows: Vec<[&str; 2]> = values.iter().map(|value| [*value, "x"]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 2]>::as_slice).collect();
    report(AB, check, &["a", "b"], &rows)
}

#[test]
fn a_siret_is_checked_with_its_spaces() {
    let report = one(
        r#"{"name": "french-siret-value", "params": {"column": "a"}}"#,
        &["73282932000074", "732 829 320 00074", "", "73282932000075", "7328293200007", "abc"],
    );
    assert_eq!(errors(&report), [5, 6, 7].map(|row| (row, Code::FrenchSiretValue)));
    assert!(report.errors[0].message("fr").contains("clé"));
    assert!(report.errors[1].message("fr").contains("13"));
    assert!(report.errors[2].message("en").contains("figures only"));
    assert_eq!(report.errors[0].value.as_deref(), Some("73282932000075"));
    assert_eq!(report.errors[0].rule, "french-siret-value");
}

#[test]
fn each_check_of_a_value_has_its_code() {
    for (name, good, bad, code) in [
        ("french-siren-value", "211100763", "211100764", Code::FrenchSirenValue),
        ("nic-value", "00074", "74", Code::NicValue),
        ("finess-value", "750712184", "750712185", Code::FinessValue),
        ("phone-number-value", "04 68 94 00 00", "04 68", Code::PhoneNumberValue),
        ("opening-hours-value", "Mo-Fr 09:00-12:00", "lundi", Code::OpeningHoursValue),
        ("year-interval-value", "2019/2020", "2019", Code::YearIntervalValue),
        (
            "nomenclature-actes-value",
            "FINANCES LOCALES/Subventions",
            "Finances locales / Subventions",
            Code::NomenclatureActesValue,
        ),
    ] {
        let report = one(&format!(r#"{{"name": "{name}", "params": {{"column": "a"}}}}"#), &[good, bad, good]);
        assert_eq!(errors(&report), [(3, code)], "{name}");
        for language in ["fr", "en"] {
            let message = report.errors[0].message(language);
            assert!(message.contains(bad) && message.contains('3') && !message.contains('$'), "{message}");
        }
    }
}

#[test]
fn a_year_alone_is_allowed_when_the_schema_says_so() {
    let check = r#"{"name": "year-interval-value", "params": {"column": "a", "allow-year-only": "yes"}}"#;
    assert_eq!(errors(&one(check, &["2019", "2020/2019"])), [(3, Code::YearIntervalValue)]);
}

#[test]
fn columns_are_compared_by_their_types() {
    let fields = r#"{"name": "a", "type": "integer"}, {"name": "b", "type": "integer"}, {"name": "c", "type": "date"}, {"name": "d", "type": "date"}"#;
    let checks = r#"{"name": "compare-columns-value", "params": {"column": "a", "op": ">=", "column2": "b"}},
        {"name": "compare-columns-value", "params": {"column": "c", "op": ">=", "column2": "d"}}"#;
    let rows: &[&[&str]] = &[
        &["10", "9", "2020-01-02", "2020-01-01"],
        &["9", "10", "2020-01-01", "2020-01-02"],
        &["", "10", "", "2020-01-02"],
    ];
    let report = report(fields, checks, &["a", "b", "c", "d"], rows);
    assert_eq!(errors(&report), [(3, Code::CompareColumnsValue), (3, Code::CompareColumnsValue)]);
    let message = report.errors[0].message("fr");
    assert!(message.contains("supérieur ou égal à") && message.contains("10"), "{message}");
    assert_eq!(report.errors[0].rule, "a >= b");
}

#[test]
fn a_number_and_a_word_cannot_be_compared() {
    let check = r#"{"name": "compare-columns-value", "params": {"column": "a", "op": "<", "column2": "b"}}"#;
    let report = report(AB, check, &["a", "b"], &[&["12", "abc"], &["1", "2"], &["b", "abc"]]);
    assert_eq!(errors(&report), [(2, Code::CompareColumnsValue), (4, Code::CompareColumnsValue)]);
    assert!(report.errors[0].message("fr").contains("ne peut pas être comparé"));
}

#[test]
fn a_total_is_the_sum_of_its_terms() {
    let fields = r#"{"name": "t", "type": "number"}, {"name": "a", "type": "number"}, {"name": "b", "type": "number"}"#;
    let check = r#"{"name": "sum-columns-value", "params": {"column": "t", "columns": ["a", "b"]}}"#;
    let rows: &[&[&str]] = &[&["0.3", "0.1", "0.2"], &["4", "1", "2"], &["4", "", "2"]];
    let report = report(fields, check, &["t", "a", "b"], rows);
    assert_eq!(errors(&report), [(3, Code::SumColumnsValue)]);
    let message = report.errors[0].message("en");
    assert!(message.contains("a + b") && message.contains("make 3"), "{message}");
}

#[test]
fn columns_that_go_together_are_all_filled_or_all_empty() {
    let check = r#"{"name": "cohesive-columns-value", "params": {"column": "a", "othercolumns": ["b"]}}"#;
    let rows: &[&[&str]] = &[&["1", "2", "."], &["", "", "."], &["1", "", "."], &["", "2", "."]];
    let report = report(AB, check, &["a", "b", "c"], rows);
    assert_eq!(errors(&report), [(4, Code::CohesiveColumnsValue), (5, Code::CohesiveColumnsValue)]);
    assert!(report.errors[0].message("fr").contains("a, b"));
}

#[test]
fn one_of_two_columns_is_filled() {
    let check = r#"{"name": "one-of-required", "params": {"column1": "a", "column2": "b"}}"#;
    let rows: &[&[&str]] = &[&["1", "", "."], &["", "2", "."], &["", "", "."]];
    let report = report(AB, check, &["a", "b", "c"], rows);
    assert_eq!(errors(&report), [(4, Code::OneOfRequired)]);
    assert!(report.errors[0].message("en").contains("a, b"));
}

#[test]
fn a_missing_column_of_one_of_two_is_empty_and_two_missing_ones_are_one_error() {
    let check = r#"{"name": "one-of-required", "params": {"column1": "a", "column2": "b"}}"#;
    let one_missing = report(AB, check, &["a", "c"], &[&["1", "."], &["", "."]]);
    assert_eq!(errors(&one_missing), [(3, Code::OneOfRequired)]);
    let both_missing = report(AB, check, &["c"], &[&["."], &["."]]);
    let of_check = errors(&both_missing).into_iter().filter(|(_, code)| *code == Code::OneOfRequired);
    assert_eq!(of_check.count(), 1);
    assert!(!both_missing.valid);
}

#[test]
fn points_out_of_france_and_swapped_points_have_their_own_errors() {
    let fields = r#"{"name": "a", "type": "geopoint"}"#;
    let check = r#"{"name": "french-gps-coordinates", "params": {"column": "a"}}"#;
    let rows: &[&[&str]] = &[&["1.95,43.32", "."], &["43.32,1.95", "."], &["-0.12,51.5", "."], &["", "."]];
    let report = report(fields, check, &["a", "c"], rows);
    assert_eq!(errors(&report), [(3, Code::ReversedFrenchGpsCoordinates), (4, Code::FrenchGpsCoordinates)]);
}

#[test]
fn what_cannot_be_checked_is_one_note() {
    let notes = |check: &str, header: &[&str]| {
        let row: Vec<&str> = header.iter().map(|_| "1").collect();
        let report = report(AB, check, header, &[&row, &row]);
        report.notes.iter().map(|note| note.code).collect::<Vec<_>>()
    };
    let sum = r#"{"name": "cohesive-columns-value", "params": {"column": "a", "othercolumns": ["b"]}}"#;
    assert_eq!(notes(sum, &["a"]), [NoteCode::MissingCheckColumn]);
    assert_eq!(notes(sum, &["c"]), [], "a check that is about nothing in the file says nothing");
    assert_eq!(notes(r#"{"name": "french-siren-value", "params": {"column": "a"}}"#, &["b"]), []);
    assert_eq!(notes(r#"{"name": "french-siren-value", "params": {}}"#, &["a"]), [NoteCode::InvalidCheck]);
    let operator = r#"{"name": "compare-columns-value", "params": {"column": "a", "column2": "b", "op": "~"}}"#;
    assert_eq!(notes(operator, &["a", "b"]), [NoteCode::InvalidCheck]);
    assert_eq!(notes(r#"{"name": "no-such-check", "params": {"column": "a"}}"#, &["a"]), [NoteCode::UnknownCheck]);
}

#[test]
fn spellings_of_names_and_parameters_are_understood() {
    for check in [
        r#"{"name": "french_siren_value", "params": {"column": ["a"]}}"#,
        r#"{"name": "french-siren-value", "params": {"columns": ["a", "b"]}}"#,
    ] {
        let report = report(A, check, &["a", "b"], &[&["1", "211100763"]]);
        assert_eq!(errors(&report), [(2, Code::FrenchSirenValue)], "{check}");
    }
}
