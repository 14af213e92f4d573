//! Coordinates as cells hold them.

use crate::Position;

/// What two cells say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Coordinates {
    /// Nothing.
    None,
    /// A position.
    At(Position),
    /// Something that is no position on the globe.
    Wrong,
}

impl Coordinates {
    /// Reads degrees with a point or, as in France, a comma.
    pub(super) fn of(lat: &str, lon: &str) -> Coordinates {
        let (lat, lon) = (lat.trim(), lon.trim());
        if lat.is_empty() && lon.is_empty() {
            return Coordinates::None;
        }
        match (degrees(lat), degrees(lon)) {
            (Some(lat), Some(lon)) => Position::new(lon, lat).map_or(Coordinates::Wrong, Coordinates::At),
            _ => Coordinates::Wrong,
        }
    }
}

fn degrees(text: &str) -> Option<f64> {
    text.parse().ok().or_else(|| if text.contains('.') { None } else { text.replacen(',', ".", 1).parse().ok() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_is_as_good_as_a_point() {
        assert_eq!(Coordinates::of(" 43.5 ", "3,25"), Coordinates::At(Position { lon: 3.25, lat: 43.5 }));
    }

    #[test]
    fn what_is_not_on_the_globe_is_wrong_and_nothing_is_nothing() {
        for (lat, lon) in
            [("x", "3"), ("43", ""), ("91", "0"), ("0", "180.1"), ("NaN", "0"), ("inf", "0"), ("4.3,1", "0")]
        {
            assert_eq!(Coordinates::of(lat, lon), Coordinates::Wrong, "{lat} {lon}");
        }
        assert_eq!(Coordinates::of("", " "), Coordinates::None);
    }
}
