//! Behaviours of the engine, on tables written here.
#![allow(clippy::unwrap_used, clippy::panic)]

mod agreement;
mod behaviours;
mod reference;
mod tiles;

use std::{path::Path, sync::Arc};

use arrow::{
    array::{
        ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray,
        TimestampMillisecondArray,
    },
    datatypes::Schema,
};
use parquet::{arrow::ArrowWriter, file::properties::WriterProperties};
use tabular::{
    Profile,
    profile::{ColumnProfile, Format, GeometryProfile, GeometrySource, SourceDescription},
    snapshot::{BBOX, EXCEPTIONS_FILE, PROFILE_FILE, ROW_ID, TABLE_FILE},
    typing::FieldType,
};

/// A row of the tables that tests are about. The names of the columns have what names may have.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Row {
    pub nom: Option<String>,
    pub entier: Option<i64>,
    pub montant: Option<f64>,
    pub jour: Option<i32>,
    pub moment: Option<i64>,
    pub oui: Option<bool>,
    pub an: Option<i32>,
    pub place: Option<[f64; 2]>,
}

/// Names and types of the columns.
pub(crate) const COLUMNS: [(&str, FieldType); 7] = [
    ("nom", FieldType::Text),
    ("entier", FieldType::Integer),
    ("Montant versé (€)", FieldType::Number),
    ("jour", FieldType::Date),
    ("moment", FieldType::Datetime),
    ("oui", FieldType::Boolean),
    ("an\"née", FieldType::Year),
];
pub(crate) const MONTANT: &str = COLUMNS[2].0;

fn column(name: &str, field_type: FieldType, exceptions: u64) -> ColumnProfile {
    ColumnProfile {
        name: name.to_owned(),
        label: name.to_owned(),
        field_type,
        meaning: None,
        meaning_score: None,
        sorted: false,
        score: 1.0,
        nulls: 0,
        exceptions,
        distinct: 0,
        distinct_exact: true,
        min: Some((-1_000).into()),
        max: Some(1_000.into()),
        mean: None,
        std: None,
        sum: None,
        quantiles: None,
        top: Vec::new(),
        histogram: Vec::new(),
        exception_examples: Vec::new(),
    }
}

/// A cell that doesn't fit: row, column, raw text.
pub(crate) type Odd = (i64, &'static str, &'static str);

fn profile(rows: &[Row], odd: &[Odd]) -> Profile {
    let of = |name: &str| odd.iter().filter(|cell| cell.1 == name).count() as u64;
    Profile {
        name: None,
        source: SourceDescription {
            format: Format::Csv,
            containers: Vec::new(),
            encoding: None,
            delimiter: Some(','),
            quote: None,
            header_line: Some(1),
            crs: None,
        },
        rows: rows.len() as u64,
        columns: COLUMNS.iter().map(|(name, field_type)| column(name, *field_type, of(name))).collect(),
        geometry: Some(GeometryProfile {
            source: GeometrySource::Coordinates { latitude: "lat".into(), longitude: "lon".into() },
            bbox: None,
            kinds: vec!["Point".into()],
            located: rows.iter().filter(|row| row.place.is_some()).count() as u64,
        }),
        exceptions: odd.len() as u64,
        set_aside: Vec::new(),
        warnings: Vec::new(),
    }
}

fn batch(rows: &[Row]) -> RecordBatch {
    let all = |get: fn(&Row) -> Option<f64>| Arc::new(rows.iter().map(get).collect::<Float64Array>()) as ArrayRef;
    let ids = Int64Array::from_iter_values(1..=i64::try_from(rows.len()).unwrap());
    let columns: Vec<(&str, ArrayRef)> = vec![
        (ROW_ID, Arc::new(ids)),
        (COLUMNS[0].0, Arc::new(rows.iter().map(|row| row.nom.clone()).collect::<StringArray>())),
        (COLUMNS[1].0, Arc::new(rows.iter().map(|row| row.entier).collect::<Int64Array>())),
        (COLUMNS[2].0, all(|row| row.montant)),
        (COLUMNS[3].0, Arc::new(rows.iter().map(|row| row.jour).collect::<Date32Array>())),
        (COLUMNS[4].0, Arc::new(rows.iter().map(|row| row.moment).collect::<TimestampMillisecondArray>())),
        (COLUMNS[5].0, Arc::new(rows.iter().map(|row| row.oui).collect::<BooleanArray>())),
        (COLUMNS[6].0, Arc::new(rows.iter().map(|row| row.an).collect::<Int32Array>())),
        (BBOX[0], all(|row| row.place.map(|place| place[0]))),
        (BBOX[1], all(|row| row.place.map(|place| place[1]))),
        (BBOX[2], all(|row| row.place.map(|place| place[0]))),
        (BBOX[3], all(|row| row.place.map(|place| place[1]))),
    ];
    let nullable = columns.into_iter().map(|(name, values)| (name, values, name != ROW_ID));
    RecordBatch::try_from_iter_with_nullable(nullable).unwrap()
}

fn write_parquet(path: &Path, batch: &RecordBatch, properties: WriterProperties) {
    let file = std::fs::File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

/// Writes a snapshot's table: several small row groups of several pages, with Bloom filters.
pub(crate) fn write(folder: &Path, rows: &[Row], group: usize, odd: &[Odd]) {
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(group.max(1)))
        .set_data_page_row_count_limit(3)
        .set_write_batch_size(3)
        .set_bloom_filter_enabled(true)
        .build();
    write_parquet(&folder.join(TABLE_FILE), &batch(rows), properties);
    let cells = RecordBatch::try_from_iter(vec![
        ("row", Arc::new(Int64Array::from_iter_values(odd.iter().map(|cell| cell.0))) as ArrayRef),
        ("column", Arc::new(StringArray::from_iter_values(odd.iter().map(|cell| cell.1)))),
        ("position", Arc::new(Int32Array::from_iter_values(odd.iter().map(|_| 0)))),
        ("raw", Arc::new(StringArray::from_iter_values(odd.iter().map(|cell| cell.2)))),
    ]);
    write_parquet(&folder.join(EXCEPTIONS_FILE), &cells.unwrap(), WriterProperties::default());
    let profile = serde_json::to_vec(&profile(rows, odd)).unwrap();
    std::fs::write(folder.join(PROFILE_FILE), profile).unwrap();
}

/// A batch as JSON values, row by row.
pub(crate) fn json(batches: &[RecordBatch]) -> Vec<serde_json::Value> {
    let mut rows = Vec::new();
    for batch in batches {
        let mut out = vec![b'['];
        crate::encode::json::write_rows(batch, &mut out).unwrap();
        out.push(b']');
        let values: Vec<serde_json::Value> = serde_json::from_slice(&out).unwrap();
        rows.extend(values);
    }
    rows
}

/// Names of a schema.
pub(crate) fn names(schema: &Schema) -> Vec<&str> {
    schema.fields().iter().map(|field| field.name().as_str()).collect()
}
