#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::{
    geometry::{Geometry, wkb},
    read::testing::{self, labels},
};

const SCHEMA: &str = "
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
    INSERT INTO gpkg_spatial_ref_sys VALUES (2154, 'EPSG', 2154, ''), (99, 'NONE', 99, 'undefined');
    CREATE TABLE arbres (fid INTEGER PRIMARY KEY, nom TEXT, remarquable BOOLEAN, hauteur REAL, geom BLOB);
    INSERT INTO gpkg_contents VALUES ('arbres', 'features');
    INSERT INTO gpkg_geometry_columns VALUES ('arbres', 'geom', 2154);
";

fn blob(position: [f64; 2]) -> Vec<u8> {
    let mut blob = b"GP\0\x01\x6a\x08\0\0".to_vec();
    blob.extend_from_slice(&wkb::write(&Geometry::Point(position)));
    blob
}

fn read(fill: impl Fn(&Connection)) -> Result<Vec<testing::Whole>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a #1 100%.gpkg");
    let database = Connection::open(&path).unwrap();
    database.execute_batch(SCHEMA).unwrap();
    fill(&database);
    drop(database);
    testing::read_file(&path, open)
}

#[test]
fn features_are_rows_and_their_geometries_are_re_projected() {
    let tables = read(|database| {
        let insert = "INSERT INTO arbres VALUES (?1, ?2, 1, 12.0, ?3)";
        database.execute(insert, (-5, "Chêne", blob([770_224.198_739, 6_279_000.0]))).unwrap();
        database.execute(insert, (7, "Orme", None::<Vec<u8>>)).unwrap();
        database.execute(insert, (9, "If", b"rubbish".to_vec())).unwrap();
    })
    .unwrap();
    let table = &tables[0];
    assert_eq!(labels(table), ["fid", "nom", "remarquable", "hauteur", "geometry"]);
    assert_eq!(table.rows[0][..4], ["-5", "Chêne", "true", "12"]);
    assert!(table.rows[0][4].starts_with("POINT (3.8695607"));
    assert_eq!((table.rows[1][4].as_str(), table.rows[2][4].as_str()), ("", ""));
    assert_eq!(table.source.crs.as_deref(), Some("EPSG:2154"));
    assert_eq!(table.remarks.warnings[0].code, "invalid-geometry");
    assert_eq!(table.name, None);
}

#[test]
fn rows_of_several_batches_are_all_read() {
    let tables = read(|database| {
        let fill = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO arbres (fid, nom) SELECT i, 'arbre ' || i FROM n";
        database.execute_batch(fill).unwrap();
    })
    .unwrap();
    assert_eq!(tables[0].rows.len(), 20_000);
    assert_eq!(tables[0].rows[19_999][1], "arbre 20000");
}

#[test]
fn views_and_virtual_tables_are_not_run() {
    let error = read(|database| {
        let view = "
            CREATE VIEW sans_fin AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
            DELETE FROM gpkg_contents;
            INSERT INTO gpkg_contents VALUES ('sans_fin', 'attributes')";
        database.execute_batch(view).unwrap();
    })
    .unwrap_err();
    assert_eq!(error.code, ErrorCode::NoTable);
}

#[test]
fn an_unknown_system_is_refused() {
    let error = read(|database| {
        database.execute("INSERT INTO arbres (nom, geom) VALUES ('x', ?1)", [blob([1.0, 2.0])]).unwrap();
        database.execute_batch("UPDATE gpkg_geometry_columns SET srs_id = 99").unwrap();
    })
    .unwrap_err();
    assert_eq!((error.code, error.place.table.as_deref()), (ErrorCode::UnknownCrs, Some("arbres")));
}

#[test]
fn another_database_or_a_broken_one_is_refused() {
    let bytes = b"SQLite format 3\0and nothing more";
    assert_eq!(testing::read(bytes, "a.gpkg", open).unwrap_err().code, ErrorCode::BrokenFile);
    let error = read(|database| database.execute_batch("DROP TABLE gpkg_contents").unwrap()).unwrap_err();
    assert_eq!(error.code, ErrorCode::UnknownFormat);
}
