//! Between degrees and the metres of a territory's legal projection.

/// Metres east and north.
pub fn metres(_commune: &str, _lon: f64, _lat: f64) -> Option<(f64, f64)> {
    None
}

/// Degrees east and north.
pub fn degrees(_commune: &str, _x: f64, _y: f64) -> Option<(f64, f64)> {
    None
}
