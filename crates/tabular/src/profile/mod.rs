//! The profile: what a person and a program want to know of a table before reading it.
//!
//! It is written once beside the typed table as `profile.json` and never computed at request time.

pub(crate) mod cardinality;
pub(crate) mod frequency;
pub(crate) mod measure;
mod moments;
mod quantile;
pub(crate) mod summary;
pub(crate) mod words;

use serde::{Deserialize, Serialize};

use crate::typing::{FieldType, Meaning};

/// Everything that was understood of one table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Name of the sheet, layer or inner file; `None` when the file is one table.
    pub name: Option<String>,
    /// How the source was read.
    pub source: SourceDescription,
    /// Data rows in the typed table.
    pub rows: u64,
    /// One entry a column, in the order of the source.
    pub columns: Vec<ColumnProfile>,
    /// Where the rows are on earth; `None` when the table has no geometry and no coordinates.
    pub geometry: Option<GeometryProfile>,
    /// Cells that don't fit their column's type (kept in `exceptions.parquet`).
    pub exceptions: u64,
    /// Lines that are not data (titles above the header, blank lines, totals), at most 100 of each kind.
    pub set_aside: Vec<SetAside>,
    /// What a person should know, in the order it was met.
    pub warnings: Vec<Warning>,
}

/// How the bytes of the source were understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceDescription {
    /// Format of the table itself.
    pub format: Format,
    /// Containers around it, outermost first: `gzip`, `zip`.
    pub containers: Vec<String>,
    /// WHATWG name of the encoding, for text formats: `UTF-8`, `windows-1252`.
    pub encoding: Option<String>,
    /// Field delimiter, for delimited text.
    pub delimiter: Option<char>,
    /// Quote character, for delimited text.
    pub quote: Option<char>,
    /// 1-based line (CSV) or row (sheet) of the header; `None` when the format has no header line.
    pub header_line: Option<u64>,
    /// Coordinate reference system of the source's geometries when it is not WGS 84: `EPSG:2154`.
    pub crs: Option<String>,
}

/// The formats that a table can be read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "each is the format of its name")]
pub enum Format {
    Csv,
    Xlsx,
    Xls,
    Ods,
    Json,
    Ndjson,
    Geojson,
    Shapefile,
    Gpkg,
    Kml,
    Parquet,
}

/// What one column holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnProfile {
    /// Unique name in the typed table (duplicate headers get `_2`, empty ones `colonne_3`).
    pub name: String,
    /// The header as it came.
    pub label: String,
    /// Type of the column.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// What the values identify or measure.
    pub meaning: Option<Meaning>,
    /// Share of non-empty cells that pass the check of the meaning, 0..=1; a SIRET of 13 figures is text as any other,
    /// and only lowers this.
    #[serde(default)]
    pub meaning_score: Option<f64>,
    /// Whether the non-null values come in ascending order, so that a range of values is a range of rows.
    #[serde(default)]
    pub sorted: bool,
    /// Share of non-empty cells that fit the type, 0..=1.
    pub score: f64,
    /// Empty cells (exceptions not counted).
    pub nulls: u64,
    /// Cells that don't fit.
    pub exceptions: u64,
    /// Distinct values.
    pub distinct: u64,
    /// Whether `distinct` is exact or an estimate (HyperLogLog) for a column of very many values.
    pub distinct_exact: bool,
    /// Least value; text is compared by code point.
    pub min: Option<Value>,
    /// Greatest value.
    pub max: Option<Value>,
    /// Mean, for numbers.
    pub mean: Option<f64>,
    /// Standard deviation of the population, for numbers.
    pub std: Option<f64>,
    /// Sum, for numbers.
    pub sum: Option<f64>,
    /// Values at 5, 25, 50, 75 and 95 %, for numbers.
    pub quantiles: Option<[f64; 5]>,
    /// Most frequent values, most frequent first, at most 10.
    pub top: Vec<Frequency>,
    /// Equal-width bins from min to max, for numbers, dates and years; empty otherwise.
    pub histogram: Vec<Bin>,
    /// Up to 20 exceptions, as examples.
    pub exception_examples: Vec<ExceptionExample>,
}

/// A value of a typed table as JSON gives it.
pub type Value = serde_json::Value;

/// A value and how often it comes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frequency {
    /// The value.
    pub value: Value,
    /// Rows that hold it.
    pub count: u64,
}

/// One bar of a histogram: `from <= value < to` (the last bin includes its end).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Lower bound.
    pub from: Value,
    /// Upper bound.
    pub to: Value,
    /// Rows inside.
    pub count: u64,
}

/// A cell that doesn't fit its column's type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionExample {
    /// 1-based data row, the `__id` of the typed table.
    pub row: u64,
    /// The cell as it came.
    pub raw: String,
}

/// Where the rows of a table are on earth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GeometryProfile {
    /// Where positions come from.
    pub source: GeometrySource,
    /// `[west, south, east, north]` in degrees; `None` when every position is empty.
    pub bbox: Option<[f64; 4]>,
    /// `Point`, `LineString`, `Polygon`… as met, without duplicates.
    pub kinds: Vec<String>,
    /// Rows with a position.
    pub located: u64,
}

/// The columns that positions come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum GeometrySource {
    /// A geometry column.
    Column {
        /// Its name.
        name: String,
    },
    /// A pair of coordinate columns.
    Coordinates {
        /// Name of the column of latitudes (or northings).
        latitude: String,
        /// Name of the column of longitudes (or eastings).
        longitude: String,
    },
    /// A `lat,lon` column.
    Geopoint {
        /// Its name.
        name: String,
    },
}

/// A line of the source that is not data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// 1-based line or row of the source.
    pub line: u64,
    /// Why it is not data.
    pub reason: SetAsideReason,
    /// Its text, cells separated by ` | `, at most 500 characters.
    pub text: String,
}

/// Why a line is not data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SetAsideReason {
    /// Above the header.
    Title,
    /// Without any value.
    Blank,
    /// A sum of the lines above it.
    Total,
    /// The header again.
    Header,
}

/// Something a person should know; its sentence is made from `code` by the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Stable code: `duplicate-header`, `empty-header`, `ragged-row`, `mixed-encoding`, `invalid-geometry`…
    pub code: String,
    /// 1-based line of the source, when there is one.
    pub line: Option<u64>,
    /// Column concerned, when there is one.
    pub column: Option<String>,
    /// What was met: a header, a count, a value.
    pub detail: String,
}
