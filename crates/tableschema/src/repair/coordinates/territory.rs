//! Where France is, in boxes of longitude and latitude.

/// West, south, east, north, with a small margin.
const BOXES: &[[f64; 4]] = &[
    // Metropolitan France with Corsica.
    [-5.3, 41.2, 9.7, 51.2],
    // Guadeloupe, Martinique, Guyane, La Réunion, Mayotte.
    [-61.9, 15.8, -60.9, 16.6],
    [-61.3, 14.3, -60.7, 15.0],
    [-54.7, 2.0, -51.5, 5.9],
    [55.1, -21.5, 55.9, -20.8],
    [44.9, -13.1, 45.4, -12.5],
    // Saint-Pierre-et-Miquelon, Saint-Martin and Saint-Barthélemy.
    [-56.6, 46.7, -56.0, 47.2],
    [-63.2, 17.8, -62.7, 18.2],
    // Nouvelle-Calédonie, Wallis-et-Futuna, Polynésie.
    [163.5, -22.8, 168.2, -19.4],
    [-178.3, -14.5, -176.0, -13.1],
    [-154.8, -27.8, -134.4, -7.8],
];

/// Whether a point is in France or close to it.
pub(crate) fn is_french(lon: f64, lat: f64) -> bool {
    BOXES.iter().any(|[west, south, east, north]| (*west..=*east).contains(&lon) && (*south..=*north).contains(&lat))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_of_all_parts_are_french_and_their_swapped_points_are_not() {
        for (lon, lat) in
            [(1.95, 43.32), (2.35, 48.85), (-61.53, 16.24), (55.45, -20.88), (45.23, -12.78), (-149.57, -17.54)]
        {
            assert!(is_french(lon, lat), "{lon} {lat}");
            assert!(!is_french(lat, lon), "{lat} {lon}");
        }
        assert!(!is_french(-0.12, 51.5), "London");
    }
}
