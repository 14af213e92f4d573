#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use arrow::{
    array::{
        ArrayRef, BinaryArray, Date32Array, Float64Array, Int64Array, ListArray, StringArray, StructArray,
        TimestampMillisecondArray,
    },
    datatypes::{DataType, Field, Int64Type},
};
use parquet::{arrow::ArrowWriter, file::metadata::KeyValue};

use super::*;
use crate::{
    geometry::Geometry,
    read::testing::{self, cells, labels},
};

fn written(columns: Vec<(&str, ArrayRef)>, geo: Option<&str>) -> Vec<u8> {
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    if let Some(geo) = geo {
        writer.append_key_value_metadata(KeyValue::new("geo".to_owned(), geo.to_owned()));
    }
    writer.close().unwrap();
    bytes
}

fn read(bytes: &[u8]) -> Result<testing::Whole> {
    testing::read(bytes, "a.parquet", open)
}

#[test]
fn values_are_in_their_canonical_form() {
    let table = read(&written(
        vec![
            ("code", Arc::new(StringArray::from(vec![Some("01400"), None]))),
            ("n", Arc::new(Int64Array::from(vec![1, -2]))),
            ("x", Arc::new(Float64Array::from(vec![12.0, 0.5]))),
            ("jour", Arc::new(Date32Array::from(vec![0, 19753]))),
            ("instant", Arc::new(TimestampMillisecondArray::from(vec![0, 1500]))),
            ("octets", Arc::new(BinaryArray::from(vec![b"texte".as_slice(), b"\xFF\x00"]))),
        ],
        None,
    ))
    .unwrap();
    assert_eq!(labels(&table), ["code", "n", "x", "jour", "instant", "octets"]);
    assert_eq!(cells(&table)[0], ["01400", "1", "12", "1970-01-01", "1970-01-01T00:00:00", "texte"]);
    assert_eq!(cells(&table)[1], ["", "-2", "0.5", "2024-01-31", "1970-01-01T00:00:01.500", "ff00"]);
    assert_eq!(table.header[0].kind, RawKind::Opaque);
    assert_eq!(table.header[1].kind, RawKind::Text);
}

#[test]
fn records_are_flattened_and_lists_are_json() {
    let inner: ArrayRef = Arc::new(StringArray::from(vec!["a", "b"]));
    let record = StructArray::from(vec![(Arc::new(Field::new("nom", DataType::Utf8, true)), inner)]);
    let list = ListArray::from_iter_primitive::<Int64Type, _, _>(vec![Some(vec![Some(1), None]), None]);
    let table = read(&written(vec![("lieu", Arc::new(record)), ("liste", Arc::new(list))], None)).unwrap();
    assert_eq!(labels(&table), ["lieu.nom", "liste"]);
    assert_eq!(cells(&table), [["a", "[1,null]"], ["b", ""]]);
}

#[test]
fn geometries_of_geoparquet_are_re_projected() {
    let points = [wkb::write(&Geometry::Point([770_224.198_739, 6_279_000.0])), b"rubbish".to_vec()];
    let column: ArrayRef = Arc::new(BinaryArray::from_iter_values(points));
    let geo = r#"{"version": "1.1.0", "primary_column": "geom", "columns": {"geom": {"encoding": "WKB", "crs": {"id": {"authority": "EPSG", "code": 2154}}}}}"#;
    let table = read(&written(vec![("geom", column.clone())], Some(geo))).unwrap();
    assert_eq!(labels(&table), ["geometry"]);
    assert!(table.rows[0][0].starts_with("POINT (3.8695607"));
    assert_eq!(table.rows[1][0], "");
    assert_eq!(table.remarks.warnings[0].line, Some(2));
    let unknown = geo.replace("2154", "5");
    assert_eq!(read(&written(vec![("geom", column)], Some(&unknown))).unwrap_err().code, ErrorCode::UnknownCrs);
}

#[test]
fn a_file_cut_short_is_refused() {
    let bytes = written(vec![("n", Arc::new(Int64Array::from(vec![1; 1000])))], None);
    assert_eq!(read(&bytes[..bytes.len() / 2]).unwrap_err().code, ErrorCode::BrokenFile);
    let mut damaged = bytes.clone();
    damaged[4..40].fill(0xFF);
    assert_eq!(read(&damaged).unwrap_err().code, ErrorCode::BrokenFile);
}

#[test]
fn a_file_without_rows_is_refused() {
    let bytes = written(vec![("n", Arc::new(Int64Array::from(Vec::<i64>::new())))], None);
    assert_eq!(read(&bytes).unwrap_err().code, ErrorCode::NoRows);
}
