//! Parquet, with the GeoParquet description of the geometry column.

use bytes::Bytes;
use datafusion::execution::SendableRecordBatchStream;
use futures::stream::BoxStream;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    file::{metadata::KeyValue, properties::WriterProperties},
};
use serde_json::json;
use tabular::{Profile, profile::GeometrySource};

use super::{failed, pipe};
use crate::Result;

/// Rows of a row group: what a writer holds in memory.
const GROUP_ROWS: usize = 65_536;

/// Writes the rows as a Parquet file.
pub(super) fn encode(rows: SendableRecordBatchStream, profile: &Profile) -> BoxStream<'static, Result<Bytes>> {
    let names: Vec<String> = rows.schema().fields().iter().map(|field| field.name().clone()).collect();
    let geo = geo(profile, &names);
    pipe::writer(rows, move |batches, output| {
        let error = |error| failed("parquet", &error);
        let mut writer = ArrowWriter::try_new(output, batches.schema(), Some(properties(geo))).map_err(error)?;
        for batch in batches {
            writer.write(&batch?).map_err(error)?;
        }
        writer.close().map_err(error)?;
        Ok(())
    })
}

fn properties(geo: Option<String>) -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_key_value_metadata(geo.map(|geo| vec![KeyValue::new("geo".to_owned(), geo)]))
        .build()
}

/// The `geo` entry of the file, when the geometry column is among those written. WGS 84, longitude first, is what
/// GeoParquet takes for granted.
fn geo(profile: &Profile, names: &[String]) -> Option<String> {
    let geometry = profile.geometry.as_ref()?;
    let GeometrySource::Column { name } = &geometry.source else { return None };
    let described = json!({
        "version": "1.1.0",
        "primary_column": name,
        "columns": {name: {"encoding": "WKB", "geometry_types": geometry.kinds}},
    });
    names.contains(name).then(|| described.to_string())
}
