#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::{
    error::ErrorCode,
    read::testing::{self, cells, labels},
};

fn read(placemarks: &str) -> Result<testing::Whole> {
    let kml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>x</name>{placemarks}</Document></kml>"
    );
    testing::read(kml.as_bytes(), "a.kml", open)
}

#[test]
fn placemarks_are_rows_and_their_data_are_columns() {
    let table = read(
        "<Folder><Placemark><name>A &amp; B</name><ExtendedData><SchemaData schemaUrl=\"#x\"><SimpleData name=\"AGE\">5</SimpleData>
         </SchemaData></ExtendedData><Point><coordinates>3.87,43.61,0</coordinates></Point></Placemark></Folder>
         <Placemark><ExtendedData><Data name=\"note\"><value>bon</value></Data></ExtendedData></Placemark>",
    )
    .unwrap();
    assert_eq!(labels(&table), ["name", "AGE", "note", "geometry"]);
    assert_eq!(cells(&table), [["A & B", "5", "", "POINT (3.87 43.61)"], ["", "", "bon", ""]]);
}

#[test]
fn geometries_of_all_kinds_are_read() {
    let ring = "<LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing>";
    let polygon = format!(
        "<Polygon><innerBoundaryIs>{ring}</innerBoundaryIs><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon>"
    );
    let line = "<LineString><coordinates>0,0 1,1</coordinates></LineString>";
    let point = "<Point><coordinates>1,2</coordinates></Point>";
    let track =
        "<gx:Track xmlns:gx=\"x\"><when>2024</when><gx:coord>0 0 5</gx:coord><gx:coord>1 1 5</gx:coord></gx:Track>";
    for (kml, wkt) in [
        (line.to_owned(), "LINESTRING (0 0, 1 1)"),
        (track.to_owned(), "LINESTRING (0 0, 1 1)"),
        (polygon.clone(), "POLYGON ((0 0, 1 0, 1 1, 0 0), (0 0, 1 0, 1 1, 0 0))"),
        (format!("<MultiGeometry>{point}{point}</MultiGeometry>"), "MULTIPOINT ((1 2), (1 2))"),
        (
            format!("<MultiGeometry>{point}<MultiGeometry>{line}</MultiGeometry></MultiGeometry>"),
            "GEOMETRYCOLLECTION (POINT (1 2), MULTILINESTRING ((0 0, 1 1)))",
        ),
    ] {
        let table = read(&format!("<Placemark>{kml}</Placemark>")).unwrap();
        assert_eq!(table.rows[0].last().unwrap(), wkt);
    }
}

#[test]
fn descriptions_that_are_tables_are_data() {
    let described = |a: &str| {
        format!(
            "<Placemark><description><![CDATA[<table><tr><td>ID</td><td>{a}</td></tr><tr><td>B</td><td>x</td></tr></table>]]></description></Placemark>"
        )
    };
    let table = read(&(described("1") + &described("2"))).unwrap();
    assert_eq!(labels(&table), ["ID", "B", "geometry"]);
    assert_eq!(cells(&table), [["1", "x", ""], ["2", "x", ""]]);
    let mixed = described("1") + "<Placemark><description>Ouvert &lt;b&gt;tard&lt;/b&gt;</description></Placemark>";
    let table = read(&mixed).unwrap();
    assert_eq!(labels(&table), ["description", "geometry"]);
    assert_eq!(table.rows[1][0], "Ouvert tard");
}

#[test]
fn entities_are_not_expanded() {
    let kml = "<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>
        <kml><Placemark><name>&b;</name></Placemark></kml>";
    let table = testing::read(kml.as_bytes(), "a.kml", open).unwrap();
    assert_eq!(table.rows[0][0], "&b;");
}

#[test]
fn an_invalid_geometry_is_null_and_told() {
    let table = read("<Placemark><name>A</name><Point><coordinates>x,y</coordinates></Point></Placemark>").unwrap();
    assert_eq!(cells(&table), [["A", ""]]);
    assert_eq!(
        (table.remarks.warnings[0].code.as_str(), table.remarks.warnings[0].line),
        ("invalid-geometry", Some(1))
    );
}

#[test]
fn a_file_that_ends_too_early_or_goes_too_deep_is_refused() {
    let cut = "<kml><Placemark><name>A</name></Placemark><Placemark><name>B";
    let error = testing::read(cut.as_bytes(), "a.kml", open).unwrap_err();
    assert_eq!((error.code, error.place.row), (ErrorCode::BrokenFile, Some(2)));
    let deep = "<a>".repeat(10_000);
    assert_eq!(testing::read(deep.as_bytes(), "a.kml", open).unwrap_err().code, ErrorCode::TooDeep);
    assert_eq!(read("").unwrap_err().code, ErrorCode::NoRows);
}

#[test]
fn an_old_encoding_that_is_declared_is_read() {
    let kml =
        b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><kml><Placemark><name>Val\xE9ry</name></Placemark></kml>";
    let table = testing::read(kml, "a.kml", open).unwrap();
    assert_eq!((table.rows[0][0].as_str(), table.source.encoding.as_deref()), ("Valéry", Some("windows-1252")));
}
