//! Geometries: WKB, GeoJSON, validity, bounding boxes, re-projection to WGS 84.
//!
//! Everything is in two dimensions: heights and measures are dropped on reading (the source keeps them).

mod crs;
pub mod geojson;
mod prj;
mod projection;
mod validity;
pub mod wkb;
pub mod wkt;

pub use projection::Projection;
pub use validity::{Invalid, Wgs84};
pub use wkb::Geometry;

/// `[west, south, east, north]` of a WKB geometry; `None` when it is empty or not WKB.
#[must_use]
pub fn bbox(bytes: &[u8]) -> Option<[f64; 4]> {
    wkb::read(bytes).ok()?.bbox()
}

/// Name of the kind of a WKB geometry (`Point`, `MultiPolygon`…) as GeoJSON spells it; `None` when it is not WKB.
#[must_use]
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    wkb::kind(bytes)
}
