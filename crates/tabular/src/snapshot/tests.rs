//! Tables of every shape, written and read back.

#![allow(clippy::unwrap_used, clippy::panic)]

use arrow::{
    array::{Array, AsArray, BinaryArray, RecordBatch, StringArray},
    datatypes::{DataType, Date32Type, Float64Type, Int32Type, Int64Type},
};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use tempfile::TempDir;

use super::*;
use crate::{
    profile::{ColumnProfile, Format, GeometrySource, SourceDescription},
    read::{Batches, Header, RawBatch, RawColumn, RawKind, Remarks},
    typing::{FieldType, Meaning},
};

/// A table in memory.
struct Rows {
    headers: Vec<Header>,
    batches: Vec<RawBatch>,
    /// An error after the batches.
    broken: bool,
}

impl Rows {
    fn new(columns: &[(&str, Vec<String>)]) -> Self {
        Self::in_batches(columns, 1_000)
    }

    fn in_batches(columns: &[(&str, Vec<String>)], size: usize) -> Self {
        let headers =
            columns.iter().map(|(label, _)| Header { label: (*label).to_owned(), kind: RawKind::Text }).collect();
        let rows = columns[0].1.len();
        let batches = (0..rows)
            .step_by(size)
            .map(|from| {
                let to = (from + size).min(rows);
                let column = |cells: &Vec<String>| RawColumn::Text(StringArray::from_iter_values(&cells[from..to]));
                let columns = columns.iter().map(|(_, cells)| column(cells)).collect();
                RawBatch { columns, rows: to - from, overflow: Vec::new(), short: Vec::new() }
            })
            .collect();
        Self { headers, batches, broken: false }
    }
}

impl Table for Rows {
    fn name(&self) -> Option<&str> {
        None
    }

    fn source(&self) -> SourceDescription {
        SourceDescription {
            format: Format::Csv,
            containers: Vec::new(),
            encoding: None,
            delimiter: Some(','),
            quote: None,
            header_line: Some(1),
            crs: None,
        }
    }

    fn header(&self) -> Vec<Header> {
        self.headers.clone()
    }

    fn batches(&self) -> Result<Box<dyn Batches + '_>> {
        Ok(Box::new(Stream { rows: self, next: 0 }))
    }
}

struct Stream<'a> {
    rows: &'a Rows,
    next: usize,
}

impl Iterator for Stream<'_> {
    type Item = Result<RawBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next += 1;
        match self.rows.batches.get(self.next - 1) {
            Some(batch) => Some(Ok(batch.clone())),
            None if self.rows.broken => Some(Err(Error::new(ErrorCode::BrokenFile, "cut short"))),
            None => None,
        }
    }
}

impl Batches for Stream<'_> {
    fn remarks(&self) -> Remarks {
        Remarks::default()
    }

    fn bytes_read(&self) -> u64 {
        self.next as u64
    }
}

fn texts(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn written(rows: &Rows) -> (TempDir, Profile) {
    let folder = tempfile::tempdir().unwrap();
    let profile = write(rows, folder.path(), &WriteOptions::default(), &|_| {}).unwrap();
    (folder, profile)
}

fn read(folder: &TempDir, file: &str) -> RecordBatch {
    let file = std::fs::File::open(folder.path().join(file)).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().with_batch_size(1 << 24).build().unwrap();
    reader.map(|batch| batch.unwrap()).next().unwrap()
}

fn column<'a>(profile: &'a Profile, name: &str) -> &'a ColumnProfile {
    profile.columns.iter().find(|column| column.name == name).unwrap()
}

#[test]
fn each_type_is_written_as_its_arrow_type() {
    let rows = Rows::new(&[
        ("ok", texts(&["oui", "non", ""])),
        ("n", texts(&["1", "-2", " "])),
        ("montant", texts(&["1 063 850,00 €", "12.5", ""])),
        ("date", texts(&["31/01/2024", "2024-02-01", ""])),
        ("moment", texts(&["2024-01-31T10:00:00+01:00", "31/01/2024 10:00", ""])),
        ("heure", texts(&["8h30", "12:00", ""])),
        ("annee", texts(&["2024", "2023", ""])),
        ("nom", texts(&["a", "b", ""])),
    ]);
    let (folder, profile) = written(&rows);
    let table = read(&folder, TABLE_FILE);
    let types: Vec<DataType> = table.schema().fields().iter().map(|field| field.data_type().clone()).collect();
    let expected: Vec<DataType> = [
        FieldType::Boolean,
        FieldType::Integer,
        FieldType::Number,
        FieldType::Date,
        FieldType::Datetime,
        FieldType::Time,
        FieldType::Year,
        FieldType::Text,
    ]
    .map(column::data_type)
    .to_vec();
    assert_eq!(types[0], DataType::Int64);
    assert_eq!(types[1..], expected);
    assert!(table.columns()[1..].iter().all(|column| column.null_count() == 1));
    assert_eq!(table["__id"].as_primitive::<Int64Type>().values(), &[1, 2, 3]);
    assert_eq!(table["montant"].as_primitive::<Float64Type>().value(0), 1_063_850.0);
    assert_eq!(table["date"].as_primitive::<Date32Type>().value(1), 19_754);
    assert_eq!(table["annee"].as_primitive::<Int32Type>().value(0), 2024);
    assert_eq!(column(&profile, "montant").sum, Some(1_063_862.5));
    assert!(profile.columns.iter().all(|column| column.nulls == 1 && column.exceptions == 0));
    let saved: Profile = serde_json::from_slice(&std::fs::read(folder.path().join(PROFILE_FILE)).unwrap()).unwrap();
    assert_eq!(saved, profile);
}

#[test]
fn one_stray_cell_is_kept_and_changes_nothing() {
    let mut amounts: Vec<String> = (0..1_000).map(|n| format!("{n},50")).collect();
    amounts[700] = " voir  annexe ".to_owned();
    let (folder, profile) = written(&Rows::new(&[("montant", amounts)]));
    let montant = column(&profile, "montant");
    assert_eq!((montant.field_type, montant.exceptions, montant.nulls), (FieldType::Number, 1, 0));
    assert_eq!(montant.meaning, Some(Meaning::Money));
    assert!((montant.score - 0.999).abs() < 1e-9);
    let exceptions = read(&folder, EXCEPTIONS_FILE);
    assert_eq!(exceptions["row"].as_primitive::<Int64Type>().values(), &[701]);
    assert_eq!(exceptions["column"].as_string::<i32>().value(0), "montant");
    assert_eq!(exceptions["position"].as_primitive::<Int32Type>().value(0), 1);
    assert_eq!(exceptions["raw"].as_string::<i32>().value(0), " voir  annexe ");
    assert!(read(&folder, TABLE_FILE)["montant"].is_null(700));
}

#[test]
fn leading_zeros_are_never_lost_even_when_they_come_last() {
    let mut codes: Vec<String> = (10_000..90_000).map(|n| n.to_string()).collect();
    codes.push("01234".to_owned());
    let passes = std::sync::Mutex::new(Vec::new());
    let folder = tempfile::tempdir().unwrap();
    let rows = Rows::new(&[("reference", codes)]);
    let profile = write(&rows, folder.path(), &WriteOptions::default(), &|progress| {
        passes.lock().unwrap().push(progress.pass);
    })
    .unwrap();
    assert_eq!(column(&profile, "reference").field_type, FieldType::Text);
    assert_eq!(profile.exceptions, 0);
    assert_eq!(passes.into_inner().unwrap().last(), Some(&2), "the first rows looked like numbers");
    let table = read(&folder, TABLE_FILE);
    assert_eq!(table["reference"].as_string::<i32>().value(80_000), "01234");
}

#[test]
fn a_table_gives_the_same_whichever_rows_come_first() {
    let mut cells: Vec<String> = (0..70_000).map(|n| (n * 10).to_string()).collect();
    cells.extend((0..10_000).map(|n| format!("{n}.5")));
    let (_, forwards) = written(&Rows::new(&[("valeur", cells.clone())]));
    cells.reverse();
    let (_, backwards) = written(&Rows::in_batches(&[("valeur", cells)], 7_777));
    let (a, b) = (column(&forwards, "valeur"), column(&backwards, "valeur"));
    assert_eq!(a.field_type, FieldType::Number);
    assert_eq!(
        (a.field_type, a.nulls, a.distinct, &a.min, &a.max),
        (b.field_type, b.nulls, b.distinct, &b.min, &b.max)
    );
    assert_eq!(a.exceptions, 0);
}

#[test]
fn text_whose_later_cells_are_numbers_is_decided_by_the_whole() {
    let mut cells: Vec<String> = vec!["à voir".to_owned(); 1_000];
    cells.extend((0..200_000).map(|n| format!("{n}.25")));
    let (folder, profile) = written(&Rows::in_batches(&[("montant", cells)], 10_000));
    let montant = column(&profile, "montant");
    assert_eq!((montant.field_type, montant.exceptions), (FieldType::Number, 1_000));
    assert_eq!(read(&folder, EXCEPTIONS_FILE).num_rows(), 1_000);
    assert_eq!(montant.exception_examples.len(), 20);
}

#[test]
fn cells_beyond_the_header_are_exceptions_without_a_column() {
    let mut rows = Rows::new(&[("a", texts(&["1", "2"])), ("b", texts(&["3", "4"]))]);
    rows.batches[0].overflow.push((1, texts(&["x", "y"])));
    let (folder, profile) = written(&rows);
    assert_eq!(profile.exceptions, 2);
    let exceptions = read(&folder, EXCEPTIONS_FILE);
    assert!(exceptions["column"].is_null(0));
    assert_eq!(exceptions["position"].as_primitive::<Int32Type>().values(), &[3, 4]);
    assert_eq!(exceptions["row"].as_primitive::<Int64Type>().values(), &[2, 2]);
}

#[test]
fn coordinates_give_bounding_boxes() {
    let rows =
        Rows::new(&[("lon", texts(&["1.95", "2,05", "", "0"])), ("lat", texts(&["43.31", "43,35", "43.3", "0"]))]);
    let (folder, profile) = written(&rows);
    let geometry = profile.geometry.unwrap();
    assert_eq!(geometry.source, GeometrySource::Coordinates { latitude: "lat".into(), longitude: "lon".into() });
    assert_eq!((geometry.bbox, geometry.located), (Some([1.95, 43.31, 2.05, 43.35]), 2));
    assert_eq!(geometry.kinds, ["Point"]);
    let table = read(&folder, TABLE_FILE);
    let west = table["__xmin"].as_primitive::<Float64Type>();
    assert_eq!((west.value(0), west.is_null(2), west.is_null(3)), (1.95, true, true));
}

#[test]
fn lambert_coordinates_are_projected() {
    let rows = Rows::new(&[("X", texts(&["617262.5", "617300"])), ("Y", texts(&["6246632.2", "6246700"]))]);
    let (_, profile) = written(&rows);
    let bbox = profile.geometry.unwrap().bbox.unwrap();
    assert!((1.9..2.1).contains(&bbox[0]) && (43.2..43.4).contains(&bbox[1]), "{bbox:?}");
}

#[test]
fn geopoints_give_bounding_boxes() {
    let (_, profile) = written(&Rows::new(&[("geo_point_2d", texts(&["43.31, 1.95", "43.35,2.05"]))]));
    assert_eq!(profile.geometry.unwrap().bbox, Some([1.95, 43.31, 2.05, 43.35]));
    assert_eq!(profile.columns[0].meaning, Some(Meaning::Geopoint));
}

#[test]
fn geometries_are_described_for_geoparquet() {
    let point = |x: f64, y: f64| {
        let mut bytes = vec![1, 1, 0, 0, 0];
        bytes.extend(x.to_le_bytes());
        bytes.extend(y.to_le_bytes());
        bytes
    };
    let cells = BinaryArray::from_iter([Some(point(1.95, 43.31)), None, Some(point(2.0, 43.3))]);
    let header = Header { label: "geometry".to_owned(), kind: RawKind::Geometry };
    let batch =
        RawBatch { columns: vec![RawColumn::Geometry(cells)], rows: 3, overflow: Vec::new(), short: Vec::new() };
    let (folder, profile) = written(&Rows { headers: vec![header], batches: vec![batch], broken: false });
    let geometry = profile.geometry.unwrap();
    assert_eq!((geometry.located, geometry.bbox), (2, Some([1.95, 43.3, 2.0, 43.31])));
    let file = std::fs::File::open(folder.path().join(TABLE_FILE)).unwrap();
    let metadata = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().metadata().clone();
    let entries = metadata.file_metadata().key_value_metadata().unwrap();
    let geo = entries.iter().find(|entry| entry.key == "geo").unwrap().value.clone().unwrap();
    let geo: serde_json::Value = serde_json::from_str(&geo).unwrap();
    assert_eq!(geo["primary_column"], "geometry");
    assert_eq!(geo["columns"]["geometry"]["geometry_types"][0], "Point");
}

#[test]
fn a_broken_source_leaves_no_file() {
    let mut rows = Rows::new(&[("a", texts(&["1"]))]);
    rows.broken = true;
    let folder = tempfile::tempdir().unwrap();
    let error = write(&rows, folder.path(), &WriteOptions::default(), &|_| {}).unwrap_err();
    assert_eq!(error.code, ErrorCode::BrokenFile);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_table_without_rows_is_refused() {
    let error =
        write(&Rows::new(&[("a", Vec::new())]), tempfile::tempdir().unwrap().path(), &WriteOptions::default(), &|_| {});
    assert_eq!(error.unwrap_err().code, ErrorCode::NoRows);
}

#[test]
fn pages_are_small_and_indexed() {
    let cells: Vec<String> = (0..70_000).map(|n| (n * 7_919 % 1_000_003).to_string()).collect();
    let (folder, _) = written(&Rows::new(&[("n", cells)]));
    let file = std::fs::File::open(folder.path().join(TABLE_FILE)).unwrap();
    let options = parquet::arrow::arrow_reader::ArrowReaderOptions::new()
        .with_page_index_policy(parquet::file::metadata::PageIndexPolicy::Required);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).unwrap();
    let metadata = builder.metadata();
    assert_eq!(metadata.num_row_groups(), 2);
    for column in &metadata.offset_index().unwrap()[0] {
        let firsts: Vec<i64> = column.page_locations().iter().map(|page| page.first_row_index).collect();
        assert_eq!(firsts, (0..32).map(|page| page * 2_048).collect::<Vec<i64>>());
    }
    assert!(metadata.row_group(0).column(1).bloom_filter_offset().is_some());
}
