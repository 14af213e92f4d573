//! Latitude and longitude in two columns that took each other's place.

use super::{Place, territory};

/// Labels that go together, folded: longitude, latitude.
const PAIRS: &[(&str, &str)] = &[
    ("longitude", "latitude"),
    ("lon", "lat"),
    ("long", "lat"),
    ("lng", "lat"),
    ("xlong", "ylat"),
    ("coord long", "coord lat"),
    ("coordonnees longitude", "coordonnees latitude"),
    ("lieu long", "lieu lat"),
    ("geo lon", "geo lat"),
    ("gps lon", "gps lat"),
    ("x", "y"),
];

/// The columns of a header, folded, that are a longitude and a latitude.
pub(in crate::repair) fn columns(labels: &[String]) -> Option<(usize, usize)> {
    let place = |label: &str| {
        let mut found = labels.iter().enumerate().filter(|(_, other)| *other == label).map(|(index, _)| index);
        found.next().filter(|_| found.next().is_none())
    };
    PAIRS.iter().find_map(|(lon, lat)| Some((place(lon)?, place(lat)?)))
}

/// Where the point of two cells is; `None` when they are no numbers.
pub(in crate::repair) fn place(lon: &str, lat: &str) -> Option<Place> {
    let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok();
    let (lon, lat) = (number(lon)?, number(lat)?);
    Some(match (territory::is_french(lon, lat), territory::is_french(lat, lon)) {
        (true, _) => Place::France,
        (false, true) => Place::Swapped,
        (false, false) => Place::Elsewhere,
    })
}
