#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::read::testing::{self, cells, labels};

fn read(json: &[u8]) -> Result<testing::Whole> {
    testing::read(json, "a.json", open)
}

#[test]
fn an_array_of_records_is_a_table() {
    let table = read(br#"[{"nom": "A", "n": 1}, {"nom": "B", "v": 2.0}]"#).unwrap();
    assert_eq!(labels(&table), ["nom", "n", "v"]);
    assert_eq!(cells(&table), [["A", "1", ""], ["B", "", "2"]]);
}

#[test]
fn an_array_of_arrays_takes_its_first_row_as_header() {
    let table = read(br#"[["nom", "n"], ["A", 1], ["B", 2]]"#).unwrap();
    assert_eq!(labels(&table), ["nom", "n"]);
    assert_eq!(cells(&table), [["A", "1"], ["B", "2"]]);
    let table = read(b"[[1, 2], [3, 4]]").unwrap();
    assert_eq!(labels(&table), ["", ""]);
    assert_eq!(cells(&table), [["1", "2"], ["3", "4"]]);
}

#[test]
fn lines_of_records_are_a_table() {
    let table = read(b"{\"a\": 1}\n{\"a\": 2, \"b\": {\"c\": \"x\"}}\n").unwrap();
    assert_eq!(table.source.format, Format::Ndjson);
    assert_eq!(labels(&table), ["a", "b.c"]);
    assert_eq!(cells(&table), [["1", ""], ["2", "x"]]);
}

#[test]
fn an_object_of_objects_is_a_table_of_its_members() {
    let table = read(br#"{"01": {"nom": "Ain"}, "02": {"nom": "Aisne"}, "03": {"nom": "Allier"}}"#).unwrap();
    assert_eq!(labels(&table), ["key", "nom"]);
    assert_eq!(cells(&table)[2], ["03", "Allier"]);
}

#[test]
fn a_file_that_ends_too_early_tells_where() {
    let error = read(br#"[{"a": 1}, {"a": 2}, {"a"#).unwrap_err();
    assert_eq!((error.code, error.place.byte), (ErrorCode::BrokenFile, Some(24)));
}

#[test]
fn a_document_without_records_is_refused() {
    assert_eq!(read(b"[]").unwrap_err().code, ErrorCode::NoRows);
    assert_eq!(read(b"[{}, {}]").unwrap_err().code, ErrorCode::NoTable);
    assert_eq!(read(b"  ").unwrap_err().code, ErrorCode::EmptyFile);
}

#[test]
fn a_record_of_too_many_names_is_refused() {
    let members: Vec<String> = (0..100_000).map(|index| format!("\"c{index}\": 1")).collect();
    let error = read(format!("[{{{}}}]", members.join(",")).as_bytes()).unwrap_err();
    assert_eq!((error.code, error.place.row), (ErrorCode::TooManyColumns, Some(1)));
}

#[test]
fn a_mixed_encoding_is_told() {
    let table = read(b"[{\"a\": \"Val\xE9ry\"}, {\"a\": \"\xC3\xA9\"}]").unwrap();
    assert_eq!(cells(&table), [["Valéry"], ["é"]]);
    assert_eq!(table.remarks.warnings[0].code, "mixed-encoding");
}

proptest! {
    #[test]
    fn every_scalar_of_flat_records_is_kept(rows in prop::collection::vec(
        prop::collection::btree_map("[a-e]", "[a-zé0-9 ]{1,8}", 1..5), 1..30)) {
        let json = serde_json::to_string(&rows).unwrap();
        let table = read(json.as_bytes()).unwrap();
        let labels = labels(&table);
        for (row, cells) in rows.iter().zip(cells(&table)) {
            for (label, cell) in labels.iter().zip(cells) {
                prop_assert_eq!(row.get(*label).cloned().unwrap_or_default(), cell);
            }
        }
    }
}
