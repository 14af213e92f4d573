//! What GeoParquet says of its geometries, in the file's metadata.

use parquet::file::metadata::KeyValue;
use serde_json::Value;

use crate::{
    error::{Error, ErrorCode, Result},
    geometry::Projection,
};

/// The column of geometries.
pub(super) struct Primary {
    pub column: String,
    /// `None` when the file says nothing of it.
    pub crs: Option<Projection>,
}

/// The primary geometry of a GeoParquet file; `None` when the file isn't one or encodes geometries otherwise than in
/// WKB.
pub(super) fn primary(metadata: &[KeyValue]) -> Result<Option<Primary>> {
    let Some(text) = metadata.iter().find(|entry| entry.key == "geo").and_then(|entry| entry.value.as_deref()) else {
        return Ok(None);
    };
    let Ok(geo) = serde_json::from_str::<Value>(text) else { return Ok(None) };
    let Some(column) = geo.get("primary_column").and_then(Value::as_str) else { return Ok(None) };
    let Some(described) = geo.pointer("/columns").and_then(|columns| columns.get(column)) else { return Ok(None) };
    if !described.get("encoding").and_then(Value::as_str).is_some_and(|encoding| encoding.eq_ignore_ascii_case("WKB")) {
        return Ok(None);
    }
    let crs = match described.get("crs") {
        None | Some(Value::Null) => None,
        Some(crs) => Some(projection(crs)?),
    };
    Ok(Some(Primary { column: column.to_owned(), crs }))
}

/// A system in PROJJSON, told by its code in a register, or in well-known text as the first versions had it.
fn projection(crs: &Value) -> Result<Projection> {
    if let Some(text) = crs.as_str() {
        return Projection::from_wkt(text).ok_or_else(|| unknown(text));
    }
    let authority = crs.pointer("/id/authority").and_then(Value::as_str).unwrap_or_default();
    let code = match crs.pointer("/id/code") {
        Some(Value::String(code)) => code.clone(),
        Some(code) => code.to_string(),
        None => String::new(),
    };
    let name = format!("{authority}:{code}");
    let known =
        (authority.eq_ignore_ascii_case("EPSG") || code.contains("CRS84")).then(|| Projection::from_name(&name));
    known.flatten().ok_or_else(|| unknown(crs.get("name").and_then(Value::as_str).unwrap_or(&name)))
}

fn unknown(name: &str) -> Error {
    Error::new(ErrorCode::UnknownCrs, name.chars().take(100).collect::<String>())
}
