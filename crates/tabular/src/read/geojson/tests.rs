#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::{
    geometry::{geojson, wkb::tests::any_geometry, wkt},
    read::testing::{self, cells, labels},
};

fn read(json: &[u8]) -> Result<testing::Whole> {
    testing::read(json, "a.geojson", open)
}

fn collection(features: &str) -> String {
    format!(r#"{{"type": "FeatureCollection", "features": [{features}]}}"#)
}

fn point(properties: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type": "Feature", "properties": {properties}, "geometry": {{"type": "Point", "coordinates": {coordinates}}}}}"#
    )
}

#[test]
fn features_are_rows_and_properties_are_columns() {
    let features = [point(r#"{"nom": "A", "x": {"y": 1}}"#, "[3.87, 43.61, 27]"), point(r#"{"nom": "B"}"#, "[4, 44]")];
    let table = read(collection(&features.join(",")).as_bytes()).unwrap();
    assert_eq!(labels(&table), ["nom", "x.y", "geometry"]);
    assert_eq!(cells(&table), [["A", "1", "POINT (3.87 43.61)"], ["B", "", "POINT (4 44)"]]);
    assert_eq!(table.source.crs, None);
}

#[test]
fn identifiers_are_a_column_unless_a_property_has_their_name() {
    let feature =
        |properties| format!(r#"{{"id": 7, "type": "Feature", "properties": {properties}, "geometry": null}}"#);
    let table = read(collection(&feature(r#"{"nom": "A"}"#)).as_bytes()).unwrap();
    assert_eq!(labels(&table), ["id", "nom", "geometry"]);
    assert_eq!(cells(&table), [["7", "A", ""]]);
    let table = read(collection(&feature(r#"{"id": "x"}"#)).as_bytes()).unwrap();
    assert_eq!(cells(&table), [["x", ""]]);
}

#[test]
fn a_declared_system_is_re_projected() {
    let crs = r#""crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}"#;
    let json =
        format!(r#"{{"type": "FeatureCollection", "features": [{}], {crs}}}"#, point("{}", "[770224.198739, 6279000]"));
    let table = read(json.as_bytes()).unwrap();
    assert_eq!(table.source.crs.as_deref(), Some("EPSG:2154"));
    assert!(table.rows[0][0].starts_with("POINT (3.8695607"), "{}", table.rows[0][0]);
    assert_eq!(read(json.replace("2154", "5").as_bytes()).unwrap_err().code, ErrorCode::UnknownCrs);
}

#[test]
fn metres_without_a_declared_system_are_guessed_and_told() {
    let table = read(collection(&point("{}", "[770224.198739, 6279000]")).as_bytes()).unwrap();
    assert!(table.rows[0][0].starts_with("POINT (3.8695607"));
    assert_eq!(table.remarks.warnings[0].code, "guessed-crs");
}

#[test]
fn invalid_geometries_are_null_and_told_with_their_row() {
    let features = [
        point("{}", "[3.87, 43.61]"),
        point("{}", "[500, 43.61]"),
        point("{}", r#"["a", 1]"#),
        point("{}", "[[1, 2]]"),
        r#"{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]}}"#
            .to_owned(),
        "3".to_owned(),
    ];
    let table = read(collection(&features.join(",")).as_bytes()).unwrap();
    let geometries: Vec<&str> = table.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(geometries, ["POINT (3.87 43.61)", "", "", "", "POLYGON ((0 0, 1 0, 1 1, 0 0))", ""]);
    let told: Vec<_> = table.remarks.warnings.iter().map(|warning| (warning.code.as_str(), warning.line)).collect();
    let invalid = |row| ("invalid-geometry", Some(row));
    assert_eq!(told, [invalid(2), invalid(3), invalid(4), invalid(6)]);
    assert!(table.remarks.warnings[0].detail.contains("POINT (500 43.61)"));
}

#[test]
fn bare_features_sequences_and_geometries_are_read() {
    let feature = point(r#"{"n": 1}"#, "[1, 2]");
    assert_eq!(cells(&read(feature.as_bytes()).unwrap()), [["1", "POINT (1 2)"]]);
    let sequence = format!("\u{1e}{feature}\n\u{1e}{feature}\n");
    assert_eq!(read(sequence.as_bytes()).unwrap().rows.len(), 2);
    let geometries = r#"{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]}"#;
    assert_eq!(cells(&read(geometries.as_bytes()).unwrap()), [["POINT (1 2)"]]);
}

#[test]
fn strings_in_another_encoding_are_read_and_told() {
    let mut json = collection(&point(r#"{"CRéATION": "Valéry"}"#, "[1, 2]")).into_bytes();
    while let Some(at) = json.windows(2).position(|pair| pair == b"\xC3\xA9") {
        json.splice(at..at + 2, [0xE9]);
    }
    let table = read(&json).unwrap();
    assert_eq!(labels(&table), ["CRéATION", "geometry"]);
    assert_eq!(table.rows[0][0], "Valéry");
    assert_eq!(table.remarks.warnings[0].code, "mixed-encoding");
}

#[test]
fn a_file_that_ends_too_early_tells_where() {
    let json = collection(&[point("{}", "[1, 2]"), point("{}", "[3, 4]")].join(","));
    let error = read(&json.as_bytes()[..json.len() - 20]).unwrap_err();
    assert_eq!((error.code, error.place.byte), (ErrorCode::BrokenFile, Some(json.len() as u64 - 20)));
}

#[test]
fn a_collection_without_feature_has_no_row() {
    assert_eq!(read(collection("").as_bytes()).unwrap_err().code, ErrorCode::NoRows);
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(geometry in any_geometry()) {
        let mut json = Vec::new();
        geojson::write_geometry(&geometry, &mut json);
        let mut tokens = Tokens::new(json.as_slice(), &Limits::default());
        let token = tokens.expect().unwrap();
        let feature = FeatureReader::new(1 << 20).read(&mut tokens, token).unwrap();
        prop_assert_eq!(wkt::write(&feature.geometry.unwrap().unwrap()), wkt::write(&geometry));
    }
}
