//! One file a format that answers are written in.

pub mod csv;
mod geojson;
pub mod json;
mod parquet;
mod pipe;
#[cfg(test)]
mod tests;
pub(crate) mod value;
mod xlsx;

use arrow::{array::RecordBatch, datatypes::SchemaRef};
use bytes::Bytes;
use datafusion::execution::SendableRecordBatchStream;
use futures::stream::BoxStream;
use serde::{Deserialize, Serialize};
use tabular::Profile;

use crate::{Error, Result, model::Query};

/// The formats of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "each is the format of its name")]
pub enum Format {
    Csv,
    Xlsx,
    Json,
    Ndjson,
    Geojson,
    Parquet,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Csv, Self::Xlsx, Self::Json, Self::Ndjson, Self::Geojson, Self::Parquet];

    /// The media type of its answers.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Geojson => "application/geo+json",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// The extension of its files, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Geojson => "geojson",
            Self::Parquet => "parquet",
        }
    }

    /// The format of an extension, in any case; `jsonl` is NDJSON too.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        let lower = extension.to_ascii_lowercase();
        let found = Self::ALL.into_iter().find(|format| format.extension() == lower);
        found.or_else(|| (lower == "jsonl").then_some(Self::Ndjson))
    }

    /// Adds to a query what the format needs beside the fields asked for: GeoJSON needs the rows' positions.
    pub fn prepare(self, query: &mut Query, profile: &Profile) {
        if self == Self::Geojson {
            geojson::prepare(query, profile);
        }
    }
}

/// How answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// For CSV.
    pub csv: csv::Options,
}

/// Writes a stream of rows as the bytes of a file. At most a few batches are held at once: a reader that is slow
/// slows the query down.
#[must_use]
pub fn encode(rows: SendableRecordBatchStream, format: Format, profile: &Profile) -> BoxStream<'static, Result<Bytes>> {
    encode_with(rows, format, profile, Options::default())
}

/// [`encode`] with options.
#[must_use]
pub fn encode_with(
    rows: SendableRecordBatchStream,
    format: Format,
    profile: &Profile,
    options: Options,
) -> BoxStream<'static, Result<Bytes>> {
    match format {
        Format::Csv => pipe::chunks(rows, CsvChunks(options.csv)),
        Format::Json => pipe::chunks(rows, JsonChunks),
        Format::Ndjson => pipe::chunks(rows, NdjsonChunks),
        Format::Geojson => pipe::chunks(rows, geojson::Chunks::new(profile)),
        Format::Xlsx => xlsx::encode(rows, profile),
        Format::Parquet => parquet::encode(rows, profile),
    }
}

/// A format whose batches are written apart from one another.
trait Chunks: Send + Sync + 'static {
    /// Before the first row.
    fn head(&self, schema: &SchemaRef, out: &mut Vec<u8>);
    /// The rows of a batch.
    fn rows(&self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()>;
    /// Between the rows of two batches.
    fn between(&self) -> &'static [u8] {
        b""
    }
    /// After the last row.
    fn tail(&self, out: &mut Vec<u8>);
}

struct CsvChunks(csv::Options);

impl Chunks for CsvChunks {
    fn head(&self, schema: &SchemaRef, out: &mut Vec<u8>) {
        csv::write_header(schema, self.0, out);
    }

    fn rows(&self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        csv::write_rows(batch, self.0, out)
    }

    fn tail(&self, _: &mut Vec<u8>) {}
}

struct JsonChunks;

impl Chunks for JsonChunks {
    fn head(&self, _: &SchemaRef, out: &mut Vec<u8>) {
        out.push(b'[');
    }

    fn rows(&self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        json::write_rows(batch, out)
    }

    fn between(&self) -> &'static [u8] {
        b","
    }

    fn tail(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"]\n");
    }
}

struct NdjsonChunks;

impl Chunks for NdjsonChunks {
    fn head(&self, _: &SchemaRef, _: &mut Vec<u8>) {}

    fn rows(&self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        json::write_separated(batch, b'\n', out)?;
        out.push(b'\n');
        Ok(())
    }

    fn tail(&self, _: &mut Vec<u8>) {}
}

fn failed(format: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Encoding { reason: format!("{format}: {error}") }
}
