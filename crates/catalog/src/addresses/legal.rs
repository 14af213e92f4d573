//! Between degrees and the metres of the projection that the law sets for a commune (décret 2000-1276).

use geocoder::Position;
use geocoder::projection::{Projection, projected};

/// Metres east and north, to the centimetre; none where no projection is known.
pub fn metres(commune: &str, lon: f64, lat: f64) -> Option<(f64, f64)> {
    projected(commune, Position::new(lon, lat)?)
}

/// Degrees east and north.
pub fn degrees(commune: &str, x: f64, y: f64) -> Option<(f64, f64)> {
    let position = Projection::of_city(commune)?.inverse(x, y)?;
    Some((position.lon, position.lat))
}
