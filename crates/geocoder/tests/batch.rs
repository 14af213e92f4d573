//! Files of addresses answered by a real index.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use geocoder::batch::{BatchError, Csv, CsvOptions, Direction, Tally};
use geocoder::{BuildOptions, Builder, HouseNumber, Index, Place, PlaceKind, Position};
use proptest::prelude::*;

/// Two streets of Castelnaudary, and the town.
static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = Builder::new(folder.path(), BuildOptions::default());
    let at = |lon, lat| Position::new(lon, lat).unwrap();
    let town = PlaceKind::Municipality { population: Some(11_000), parent: None };
    let mut places = vec![Place::new(town, "11076", "Castelnaudary", "11076", "Castelnaudary", at(1.954, 43.318))];
    for (id, name, numbers) in [
        ("11076_0123", "Boulevard du Port", &[(8, ""), (10, "")][..]),
        ("11076_0200", "Rue de Dunkerque", &[(12, ""), (12, "bis")][..]),
    ] {
        let mut street = Place::new(PlaceKind::Street, id, name, "11076", "Castelnaudary", at(1.955, 43.317));
        let number = |(rank, (number, suffix)): (usize, &(u32, &str))| {
            HouseNumber::new(*number, suffix, at(1.955 + rank as f64 / 1000.0, 43.317))
        };
        street.numbers = numbers.iter().enumerate().map(number).collect();
        places.push(street);
    }
    for mut place in places {
        place.postcodes = vec!["11400".to_owned()];
        builder.add(&place).unwrap();
    }
    let path = folder.path().join("test.index");
    builder.finish(&path, &|_| ()).unwrap();
    Index::open(&path).unwrap()
});

fn answer(text: &[u8], direction: Direction, options: CsvOptions) -> Result<(Vec<u8>, Tally), BatchError> {
    let csv = Csv::open(Cursor::new(text), direction, &options)?;
    let mut out = Vec::new();
    let tally = csv.answer(&*INDEX, &mut out, &mut |_| ControlFlow::Continue(()))?;
    Ok((out, tally))
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The rows of an answer, by the names of their columns.
fn rows(out: &[u8], delimiter: u8) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(out);
    let header = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn rows_come_back_with_their_answers() {
    let text =
        "id;adresse;cp\n1;\"8 bd du port; Castelnaudary\";11400\n2;12 bis rue de Dunkerque Castelnaudary;\n3;;\n";
    let options = CsvOptions { columns: columns(&["adresse"]), ..CsvOptions::default() };
    let (out, tally) = answer(text.as_bytes(), Direction::Search, options).unwrap();
    assert_eq!((tally.rows, tally.ok, tally.skipped), (3, 2, 1));
    let rows = rows(&out, b';');
    assert_eq!(rows[0]["result_id"], "11076_0123_00008");
    assert_eq!(rows[0]["result_label"], "8 Boulevard du Port 11400 Castelnaudary");
    assert_eq!(rows[1]["result_housenumber"], "12bis");
    assert_eq!(rows[2]["result_status"], "skipped");
    assert!(String::from_utf8(out).unwrap().contains("\n1;\"8 bd du port; Castelnaudary\";11400;43.317;1.955;"));
}

#[test]
fn positions_find_what_is_nearest() {
    let text = "lat,lon\n43.317,1.955\n\"43,317\",\"1,956\"\n,\n91,0\n";
    let (out, tally) = answer(text.as_bytes(), Direction::Reverse, CsvOptions::default()).unwrap();
    assert_eq!((tally.ok, tally.skipped, tally.error), (2, 1, 1));
    let rows = rows(&out, b',');
    assert!(["8", "12"].contains(&rows[0]["result_housenumber"].as_str()));
    assert_eq!(rows[0]["result_distance"], "0");
}

#[test]
fn filters_are_taken_from_the_row_and_lost_zeros_are_given_back() {
    let text = "a,cp,quoi\ncastelnaudary,11400,municipality\ncastelnaudary,34000,\ncastelnaudary,1000,\nport,,boat\n";
    let options = CsvOptions {
        columns: columns(&["a"]),
        postcode: Some("cp".into()),
        kind: Some("quoi".into()),
        ..CsvOptions::default()
    };
    let (out, _) = answer(text.as_bytes(), Direction::Search, options).unwrap();
    let status: Vec<String> = rows(&out, b',').iter().map(|row| row["result_status"].clone()).collect();
    assert_eq!(status, ["ok", "not-found", "not-found", "error"]);
}

#[test]
fn the_file_keeps_its_manner() {
    let old = b"\"num\xe9ro\";\"rue\"\r\n\"1\";\"rue de dunkerque castelnaudary\"\r\n";
    let options = CsvOptions { columns: columns(&["rue"]), ..CsvOptions::default() };
    let (out, _) = answer(old, Direction::Search, options.clone()).unwrap();
    assert!(out.starts_with(b"\"num\xe9ro\";\"rue\";\"latitude\";"));
    assert!(out.ends_with(b";\"ok\"\r\n"));
    let marked = "\u{feff}rue\nx\n";
    let (out, _) = answer(marked.as_bytes(), Direction::Search, options.clone()).unwrap();
    assert!(String::from_utf8(out).unwrap().starts_with("\u{feff}rue"));
    let wide: Vec<u8> =
        "\u{feff}rue\tb\r\nport castelnaudary\té\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (out, tally) = answer(&wide, Direction::Search, options).unwrap();
    assert_eq!(tally.rows, 1);
    let units: Vec<u16> = out.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    assert!(String::from_utf16(&units).unwrap().starts_with("\u{feff}rue\tb\tlatitude"));
}

#[test]
fn rows_that_do_not_fit_are_kept_and_told() {
    let text = "a,b\nshort\nlong,1,2,3\n\"open,1\nrue de dunkerque castelnaudary,z\n";
    let options = CsvOptions { columns: columns(&["a"]), ..CsvOptions::default() };
    let (out, tally) = answer(text.as_bytes(), Direction::Search, options).unwrap();
    assert_eq!((tally.rows, tally.error, tally.ok), (4, 3, 1));
    let out = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[1].starts_with("short,,") && lines[1].ends_with(",error"));
    assert!(lines[2].starts_with("long,1,") && lines[2].ends_with(",error,2,3"));
    // The mark that opens is doubled: else it would swallow the rows after it.
    assert!(lines[3].starts_with("\"\"\"open\",1,") && lines[3].ends_with(",error"));
    assert!(lines[4].ends_with(",ok"));
}

#[test]
fn an_answer_is_answered_again_in_its_own_columns() {
    let options = CsvOptions { columns: columns(&["a"]), ..CsvOptions::default() };
    let text = "a,latitude\n8 boulevard du port castelnaudary,1.0\nqzxwvk jfhg,2.0\n";
    let (once, _) = answer(text.as_bytes(), Direction::Search, options.clone()).unwrap();
    let found = rows(&once, b',');
    assert_eq!((found[0]["latitude"].as_str(), found[1]["latitude"].as_str()), ("43.317", "2.0"));
    let (twice, _) = answer(&once, Direction::Search, options).unwrap();
    assert_eq!(twice, once);
}

#[test]
fn names_that_are_not_there_are_refused() {
    let options = |named: &str| CsvOptions { columns: columns(&[named]), ..CsvOptions::default() };
    let refused = answer(b"a,b\n1,2\n", Direction::Search, options("zz")).unwrap_err();
    assert_eq!(refused.to_string(), "no column is called `zz`; the columns are: a, b");
    assert!(matches!(
        answer(b"a\n1\n", Direction::Reverse, CsvOptions::default()),
        Err(BatchError::NoCoordinates { .. })
    ));
}

#[test]
fn whoever_waits_may_stop() {
    let text = format!("a\n{}", "rue de dunkerque\n".repeat(20_000));
    let csv = Csv::open(Cursor::new(text.as_bytes()), Direction::Search, &CsvOptions::default()).unwrap();
    let mut out = Vec::new();
    let outcome = csv.answer(&*INDEX, &mut out, &mut |at| {
        if at.rows > 1_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(outcome, Err(BatchError::Cancelled)));
    assert!(out.iter().filter(|byte| **byte == b'\n').count() < 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_the_cells_hold_they_come_back(table in proptest::collection::vec(proptest::collection::vec("[ab;,\"\r\n é]{0,8}", 3..=3), 1..30)) {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        writer.write_record(["one", "two", "three"]).unwrap();
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let text = writer.into_inner().unwrap();
        let (out, tally) = answer(&text, Direction::Search, CsvOptions::default()).unwrap();
        prop_assert_eq!(tally.rows, table.len() as u64);
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(out.as_slice());
        let read: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().take(3).map(str::to_owned).collect()).collect();
        prop_assert_eq!(read, table);
    }
}
