#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::read::testing::{self, labels};

fn record(number: u32, content: &[u8]) -> Vec<u8> {
    let mut bytes = number.to_be_bytes().to_vec();
    bytes.extend_from_slice(&(content.len() as u32 / 2).to_be_bytes());
    bytes.extend_from_slice(content);
    bytes
}

fn point(x: f64, y: f64) -> Vec<u8> {
    [1u32.to_le_bytes().as_slice(), &x.to_le_bytes(), &y.to_le_bytes()].concat()
}

fn shp(records: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = 9994u32.to_be_bytes().to_vec();
    bytes.resize(100, 0);
    records.iter().enumerate().for_each(|(index, content)| bytes.extend(record(index as u32 + 1, content)));
    bytes
}

/// A table of a text column of ten bytes and a number of six.
fn dbf(rows: &[(&[u8], &str, bool)]) -> Vec<u8> {
    let mut bytes = vec![3, 114, 1, 1];
    bytes.extend_from_slice(&(rows.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&97u16.to_le_bytes());
    bytes.extend_from_slice(&17u16.to_le_bytes());
    bytes.resize(32, 0);
    for (name, kind, length) in [("NOM", b'C', 10), ("N", b'N', 6)] {
        let mut field = [0; 32];
        field[..name.len()].copy_from_slice(name.as_bytes());
        field[11] = kind;
        field[16] = length;
        bytes.extend_from_slice(&field);
    }
    bytes.push(0x0D);
    for (name, number, deleted) in rows {
        bytes.push(if *deleted { b'*' } else { b' ' });
        bytes.extend_from_slice(name);
        bytes.resize(bytes.len() + 10 - name.len(), b' ');
        bytes.extend_from_slice(format!("{number:>6}").as_bytes());
    }
    bytes
}

fn read(files: &[(&str, Vec<u8>)]) -> Result<testing::Whole> {
    let folder = tempfile::tempdir().unwrap();
    for (extension, bytes) in files {
        std::fs::write(folder.path().join(format!("a.{extension}")), bytes).unwrap();
    }
    Ok(testing::read_file(&folder.path().join("a.shp"), open)?.swap_remove(0))
}

const LAMBERT_93: &[u8] = br#"PROJCS["RGF93_Lambert_93",GEOGCS["GCS_RGF_1993"]]"#;

#[test]
fn shapes_and_attributes_are_read_together() {
    let table = read(&[
        ("shp", shp(&[point(770_224.198_739, 6_279_000.0), 0u32.to_le_bytes().to_vec(), point(1.0, 2.0)])),
        ("dbf", dbf(&[(b"Ch\xEAne", "12.0", false), (b"If", "", false), (b"efface", "3", true)])),
        ("prj", LAMBERT_93.to_vec()),
    ])
    .unwrap();
    assert_eq!(labels(&table), ["NOM", "N", "geometry"]);
    assert_eq!(table.rows.len(), 2);
    assert_eq!(table.rows[0][..2], ["Chêne", "12"]);
    assert!(table.rows[0][2].starts_with("POINT (3.8695607"));
    assert_eq!(table.rows[1], ["If", "", ""]);
    assert_eq!(table.source.crs.as_deref(), Some("EPSG:2154"));
    assert_eq!(table.source.encoding.as_deref(), Some("windows-1252"));
}

#[test]
fn the_declared_encoding_is_used() {
    let files = [
        ("shp", shp(&[point(1.0, 2.0)])),
        ("dbf", dbf(&[("Chêne".as_bytes(), "1", false)])),
        ("cpg", b"UTF-8".to_vec()),
    ];
    assert_eq!(read(&files).unwrap().rows[0][0], "Chêne");
}

#[test]
fn an_unknown_system_is_refused() {
    let files = [("shp", shp(&[point(1.0, 2.0)])), ("prj", b"LOCAL_CS[\"chantier\"]".to_vec())];
    assert_eq!(read(&files).unwrap_err().code, ErrorCode::UnknownCrs);
}

#[test]
fn files_cut_short_are_refused_with_their_row() {
    let whole = shp(&[point(1.0, 2.0), point(3.0, 4.0)]);
    let error = read(&[("shp", whole[..whole.len() - 5].to_vec())]).unwrap_err();
    assert_eq!((error.code, error.place.row), (ErrorCode::BrokenFile, Some(2)));
    let rows = dbf(&[(b"a", "1", false), (b"b", "2", false)]);
    let error = read(&[("shp", whole), ("dbf", rows[..rows.len() - 5].to_vec())]).unwrap_err();
    assert_eq!((error.code, error.place.row), (ErrorCode::BrokenFile, Some(2)));
}

#[test]
fn what_is_not_a_shapefile_is_refused() {
    assert_eq!(read(&[("shp", vec![0; 200])]).unwrap_err().code, ErrorCode::FormatMismatch);
    assert_eq!(read(&[("shp", shp(&[]))]).unwrap_err().code, ErrorCode::NoRows);
}
