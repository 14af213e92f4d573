//! Coordinates as KML writes them: `3.87,43.61,0 3.88,43.62,0`.

use crate::geometry::wkb::Position;

/// The positions of a `coordinates` element; `None` when one is not a pair of numbers.
pub(super) fn positions(text: &str) -> Option<Vec<Position>> {
    // Some writers put blanks after commas.
    let joined;
    let text = if text.contains(", ") {
        joined = text.replace(", ", ",");
        joined.as_str()
    } else {
        text
    };
    text.split_whitespace().map(|tuple| pair(tuple.split(','))).collect()
}

/// The position of a track's `coord`: `3.87 43.61 0`.
pub(super) fn track_position(text: &str) -> Option<Position> {
    pair(text.split_whitespace())
}

fn pair<'a>(mut numbers: impl Iterator<Item = &'a str>) -> Option<Position> {
    Some([numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_and_blanks_do_not_matter() {
        let expected = Some(vec![[3.87, 43.61], [3.88, 43.62]]);
        assert_eq!(positions("\n 3.87,43.61,0\t3.88,43.62 "), expected);
        assert_eq!(positions("3.87, 43.61 3.88, 43.62"), expected);
        assert_eq!(positions("3.87"), None);
        assert_eq!(positions("a,b"), None);
        assert_eq!(track_position("3.87 43.61 27"), Some([3.87, 43.61]));
    }
}
