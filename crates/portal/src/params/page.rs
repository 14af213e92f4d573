//! Numbers: parts of an answer, places on earth.

use query::model::Filter;
use tabular::Profile;

use super::error::Reason;

/// The furthest row that a request may ask for.
pub const FURTHEST: u64 = 1_000_000_000_000;
/// Metres beyond which `near` has no meaning: half the equator.
const FARTHEST: f64 = 20_037_508.0;

/// Reads a whole number within bounds.
pub fn whole(text: &str, least: u64, greatest: u64) -> Result<u64, Reason> {
    let figures = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let value = text.parse().ok().filter(|value| figures && (least..=greatest).contains(value));
    value.ok_or(Reason::OutOfRange { least, greatest })
}

/// Reads `1`, `0`, `true`, `false`; a bare parameter means yes.
pub fn flag(text: Option<&str>) -> Result<bool, Reason> {
    match text {
        None | Some("1" | "true") => Ok(true),
        Some("0" | "false") => Ok(false),
        Some(_) => Err(Reason::Malformed("`1` or `0`")),
    }
}

/// Reads `west,south,east,north`.
pub fn bbox(text: &str, profile: &Profile) -> Result<Filter, Reason> {
    const FORM: Reason = Reason::Malformed(
        "`bbox=west,south,east,north` in degrees: longitudes from -180 to 180, latitudes from -90 to 90, south below north",
    );
    let [west, south, east, north] = numbers(text).ok_or(FORM)?;
    let valid = longitude(west) && longitude(east) && latitude(south) && latitude(north) && south <= north;
    if !valid {
        return Err(FORM);
    }
    located(profile, Filter::InBbox { bbox: [west, south, east, north] })
}

/// Reads `lon,lat,metres`.
pub fn near(text: &str, profile: &Profile) -> Result<Filter, Reason> {
    const FORM: Reason = Reason::Malformed("`near=longitude,latitude,metres`, for example `near=1.95,43.32,500`");
    let [lon, lat, metres] = numbers(text).ok_or(FORM)?;
    if !(longitude(lon) && latitude(lat) && (0.0..=FARTHEST).contains(&metres)) {
        return Err(FORM);
    }
    located(profile, Filter::Near { lon, lat, metres })
}

fn located(profile: &Profile, filter: Filter) -> Result<Filter, Reason> {
    match profile.geometry {
        Some(_) => Ok(filter),
        None => Err(Reason::NotForColumn("the rows of this table have no position")),
    }
}

fn numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
    let mut out = [0.0; N];
    let mut parts = text.split(',');
    for slot in &mut out {
        *slot = parts.next()?.trim().parse().ok().filter(|number: &f64| number.is_finite())?;
    }
    parts.next().is_none().then_some(out)
}

fn longitude(degrees: f64) -> bool {
    (-180.0..=180.0).contains(&degrees)
}

fn latitude(degrees: f64) -> bool {
    (-90.0..=90.0).contains(&degrees)
}
