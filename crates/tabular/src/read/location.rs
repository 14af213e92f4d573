//! From a source's geometry to the WKB of a row.

use super::{record::GEOMETRY, warnings::Warnings};
use crate::geometry::{Geometry, Projection, Wgs84, wkb, wkt};

/// The WKB of a geometry on WGS 84. An empty geometry is none; an invalid one is none and is told.
pub(crate) fn locate(
    geometry: Geometry,
    projection: &Projection,
    row: u64,
    warnings: &mut Warnings,
) -> Option<Vec<u8>> {
    // Only an invalid geometry is told as it came, and few are: re-projection consumes the others.
    match Wgs84::new(geometry.clone(), projection) {
        Ok(valid) => valid.map(|valid| wkb::write(valid.geometry())),
        Err(why) => {
            refuse(row, warnings, || format!("{why}: {}", wkt::write(&geometry)));
            None
        }
    }
}

/// Tells a geometry that could not be read.
pub(crate) fn refuse(row: u64, warnings: &mut Warnings, detail: impl FnOnce() -> String) {
    warnings.at("invalid-geometry", row, Some(GEOMETRY), detail);
}

/// The projection of coordinates that a source declares, or doesn't, given the first position.
///
/// Coordinates that cannot be what is declared (metres declared as degrees, or nothing declared) are taken for what
/// they look like, and this is told.
pub(crate) fn projection_of(
    declared: Option<Projection>,
    first: Option<[f64; 2]>,
    warnings: &mut Warnings,
) -> Projection {
    let plausible = declared.unwrap_or_else(Projection::wgs84);
    let Some([x, y]) = first.filter(|[x, y]| plausible.to_wgs84(*x, *y).is_none()) else { return plausible };
    match Projection::guess(x, y) {
        Some(guess) => {
            warnings.say("guessed-crs", guess.label());
            guess
        }
        None => plausible,
    }
}

/// The label of a projection, when it is not WGS 84.
pub(crate) fn crs_label(projection: &Projection) -> Option<String> {
    (!projection.is_identity()).then(|| projection.label().to_owned())
}
