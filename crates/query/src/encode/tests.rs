//! Behaviours of the formats.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use arrow::array::{
    ArrayRef, AsArray, BinaryArray, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMillisecondArray,
};
use bytes::Bytes;
use datafusion::{execution::SendableRecordBatchStream, physical_plan::stream::RecordBatchStreamAdapter};
use futures::{StreamExt, TryStreamExt, stream};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use tabular::{
    Profile,
    geometry::wkb::{self, Geometry},
    profile::{Format as SourceFormat, GeometryProfile, GeometrySource, SourceDescription},
};

use super::{Format, Options, csv, encode, encode_with};
use crate::{Error, Result, model::Query};

fn profile(geometry: Option<GeometrySource>) -> Profile {
    Profile {
        name: Some("a/b".into()),
        source: SourceDescription {
            format: SourceFormat::Csv,
            containers: Vec::new(),
            encoding: None,
            delimiter: None,
            quote: None,
            header_line: None,
            crs: None,
        },
        rows: 0,
        columns: Vec::new(),
        geometry: geometry.map(|source| GeometryProfile {
            source,
            bbox: None,
            kinds: vec!["Point".into()],
            located: 0,
        }),
        exceptions: 0,
        set_aside: Vec::new(),
        warnings: Vec::new(),
    }
}

fn batch() -> RecordBatch {
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("code", Arc::new(StringArray::from(vec![Some("00123"), Some("a,\"b\"\n"), None]))),
        ("n", Arc::new(Float64Array::from(vec![Some(12.0), Some(-0.5), Some(f64::NAN)]))),
        ("jour", Arc::new(Date32Array::from(vec![Some(0), None, Some(-30_000)]))),
        ("ok", Arc::new(BooleanArray::from(vec![Some(true), Some(false), None]))),
    ];
    RecordBatch::try_from_iter(columns).unwrap()
}

fn rows(batches: Vec<RecordBatch>) -> SendableRecordBatchStream {
    let schema = batches[0].schema();
    Box::pin(RecordBatchStreamAdapter::new(schema, stream::iter(batches.into_iter().map(Ok))))
}

async fn bytes(batches: Vec<RecordBatch>, format: Format, profile: &Profile) -> Vec<u8> {
    let chunks: Vec<Bytes> = encode(rows(batches), format, profile).try_collect().await.unwrap();
    chunks.concat()
}

async fn text(batches: Vec<RecordBatch>, format: Format) -> String {
    String::from_utf8(bytes(batches, format, &profile(None)).await).unwrap()
}

#[tokio::test]
async fn csv_quotes_only_what_needs_it() {
    let expected =
        "code,n,jour,ok\r\n00123,12,1970-01-01,true\r\n\"a,\"\"b\"\"\n\",-0.5,,false\r\n,NaN,1887-11-12,\r\n";
    assert_eq!(text(vec![batch()], Format::Csv).await, expected);
}

#[tokio::test]
async fn csv_takes_another_delimiter_and_a_byte_order_mark() {
    let options = Options { csv: csv::Options { delimiter: b';', bom: true } };
    let batch = batch().slice(0, 1);
    let chunks: Vec<Bytes> =
        encode_with(rows(vec![batch]), Format::Csv, &profile(None), options).try_collect().await.unwrap();
    assert_eq!(String::from_utf8(chunks.concat()).unwrap(), "\u{feff}code;n;jour;ok\r\n00123;12;1970-01-01;true\r\n");
}

#[tokio::test]
async fn csv_does_not_alter_what_looks_like_a_formula() {
    let cells: ArrayRef = Arc::new(StringArray::from(vec![Some("=1+1"), None, Some("")]));
    let batch = RecordBatch::try_from_iter(vec![("a", cells)]).unwrap();
    assert_eq!(text(vec![batch], Format::Csv).await, "a\r\n=1+1\r\n\"\"\r\n\"\"\r\n");
}

#[tokio::test]
async fn json_is_one_array_over_all_batches() {
    let json = text(vec![batch().slice(0, 1), batch().slice(0, 0), batch().slice(2, 1)], Format::Json).await;
    let expected = r#"[{"code":"00123","n":12.0,"jour":"1970-01-01","ok":true},{"code":null,"n":null,"jour":"1887-11-12","ok":null}]"#;
    assert_eq!(json.trim_end(), expected);
    assert_eq!(text(vec![batch().slice(0, 0)], Format::Json).await.trim_end(), "[]");
}

#[tokio::test]
async fn ndjson_is_one_object_a_line() {
    let ndjson = text(vec![batch(), batch().slice(0, 1)], Format::Ndjson).await;
    let objects: Vec<serde_json::Value> = ndjson.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 4);
    assert_eq!(objects[3], objects[0]);
    assert!(ndjson.ends_with("}\n"));
}

fn located() -> RecordBatch {
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("__id", Arc::new(Int64Array::from(vec![7, 8]))),
        ("nom", Arc::new(StringArray::from(vec!["a", "b"]))),
        ("__xmin", Arc::new(Float64Array::from(vec![Some(1.5), None]))),
        ("__ymin", Arc::new(Float64Array::from(vec![Some(43.0), None]))),
        ("__xmax", Arc::new(Float64Array::from(vec![Some(1.5), None]))),
        ("__ymax", Arc::new(Float64Array::from(vec![Some(43.0), None]))),
    ];
    RecordBatch::try_from_iter(columns).unwrap()
}

#[tokio::test]
async fn geojson_makes_points_of_coordinates() {
    let coordinates = GeometrySource::Coordinates { latitude: "lat".into(), longitude: "lon".into() };
    let written = bytes(vec![located()], Format::Geojson, &profile(Some(coordinates))).await;
    let found: serde_json::Value = serde_json::from_slice(&written).unwrap();
    let expected = serde_json::json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [1.5, 43.0]}, "properties": {"nom": "a"}},
        {"type": "Feature", "id": 8, "geometry": null, "properties": {"nom": "b"}},
    ]});
    assert_eq!(found, expected);
}

fn shapes() -> (RecordBatch, Profile) {
    let point = wkb::write(&Geometry::Point([2.0, 44.0]));
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("nom", Arc::new(StringArray::from(vec!["a", "b"]))),
        ("forme", Arc::new(BinaryArray::from_opt_vec(vec![Some(&point), None]))),
    ];
    let source = GeometrySource::Column { name: "forme".into() };
    (RecordBatch::try_from_iter(columns).unwrap(), profile(Some(source)))
}

#[tokio::test]
async fn geojson_takes_the_geometry_column_out_of_the_properties() {
    let (batch, profile) = shapes();
    let found: serde_json::Value =
        serde_json::from_slice(&bytes(vec![batch], Format::Geojson, &profile).await).unwrap();
    assert_eq!(found["features"][0]["geometry"], serde_json::json!({"type": "Point", "coordinates": [2, 44]}));
    assert_eq!(found["features"][0]["properties"], serde_json::json!({"nom": "a"}));
    assert_eq!(found["features"][1]["geometry"], serde_json::Value::Null);
}

#[test]
fn geojson_asks_for_the_positions_that_it_needs() {
    let (_, profile) = shapes();
    let mut query = Query { select: vec!["nom".into()], ..Query::default() };
    Format::Geojson.prepare(&mut query, &profile);
    assert_eq!(query.select, ["nom", "forme"]);
    let mut query = Query::default();
    Format::Csv.prepare(&mut query, &profile);
    assert_eq!(query, Query::default());
}

#[tokio::test]
async fn parquet_reads_back_and_describes_its_geometry() {
    let (batch, profile) = shapes();
    let written = Bytes::from(bytes(vec![batch.clone(), batch.clone()], Format::Parquet, &profile).await);
    let builder = ParquetRecordBatchReaderBuilder::try_new(written).unwrap();
    let entries = builder.metadata().file_metadata().key_value_metadata().unwrap().clone();
    let geo = entries.iter().find(|entry| entry.key == "geo").and_then(|entry| entry.value.as_deref()).unwrap();
    let geo: serde_json::Value = serde_json::from_str(geo).unwrap();
    assert_eq!(geo["columns"]["forme"]["encoding"], "WKB");
    let read: Vec<RecordBatch> = builder.build().unwrap().collect::<std::result::Result<_, _>>().unwrap();
    assert_eq!(read.iter().map(RecordBatch::num_rows).sum::<usize>(), 4);
    let names: Vec<_> = read.iter().flat_map(|batch| batch.column(0).as_string::<i32>().iter().flatten()).collect();
    assert_eq!(names, ["a", "b", "a", "b"]);
}

#[tokio::test]
async fn xlsx_keeps_leading_zeros_and_makes_no_formula() {
    let moments: ArrayRef = Arc::new(TimestampMillisecondArray::from(vec![Some(43_200_000), None]));
    let codes: ArrayRef = Arc::new(StringArray::from(vec!["00123", "=HYPERLINK(\"x\")"]));
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![i64::MAX, 5]));
    let batch = RecordBatch::try_from_iter(vec![("code", codes), ("moment", moments), ("n", numbers)]).unwrap();
    let written = bytes(vec![batch], Format::Xlsx, &profile(None)).await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(written)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    assert!(sheet.contains("00123") && sheet.contains("=HYPERLINK"), "{sheet}");
    assert!(!sheet.contains("<f>") && sheet.contains("9223372036854775807") && sheet.contains("25569.5"), "{sheet}");
}

#[tokio::test]
async fn nothing_follows_an_error() {
    let schema = batch().schema();
    let broken = stream::iter(vec![Ok(batch()), Err(Error::Memory.into()), Ok(batch())]);
    let rows: SendableRecordBatchStream = Box::pin(RecordBatchStreamAdapter::new(schema, broken));
    let chunks: Vec<Result<Bytes>> = encode(rows, Format::Json, &profile(None)).collect().await;
    assert!(matches!(chunks.last(), Some(Err(Error::Memory))), "{chunks:?}");
}

#[test]
fn numbers_of_any_width_have_a_text_form() {
    let wide: ArrayRef = Arc::new(arrow::array::UInt64Array::from(vec![u64::MAX]));
    let cells = super::value::Cells::new(&wide).unwrap();
    let mut out = Vec::new();
    cells.write_json(0, &mut out);
    assert_eq!(out, b"18446744073709551615");
}
