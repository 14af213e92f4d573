//! Where a house number that no file has probably is: between its neighbours on the same side of the street.

use crate::{
    index::{NumberView, Numbers},
    place::Position,
};

/// A position that was reckoned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reckoned {
    /// Where the number probably is.
    pub position: Position,
    /// Between two known numbers; else it is the position of the nearest known one, beyond which the number would lie.
    pub between: bool,
    /// How much the position can be trusted: 1 next to a known number, less the further the known ones are.
    pub confidence: f32,
}

/// The confidence in a number beyond the last known one.
const BEYOND: f32 = 0.4;
/// At so many numbers from the nearest known one, half of the confidence is left.
const HALF: f32 = 20.0;

/// Reckons the position of a number: between its neighbours of the same parity, in proportion to the numbers; at the
/// nearest one beyond the ends; from the other side of the street when this side has no number at all.
#[must_use]
pub fn reckon(numbers: Numbers<'_>, number: u32) -> Option<Reckoned> {
    match numbers.around(number) {
        (Some(below), Some(above)) => Some(between(below, above, number)),
        (Some(end), None) | (None, Some(end)) => Some(beyond(end, number, 1.0)),
        (None, None) => {
            // The opposite number is a street's width away.
            let across = numbers.iter().min_by_key(|known| known.number().abs_diff(number))?;
            Some(beyond(across, number, 0.8))
        }
    }
}

fn between(below: NumberView<'_>, above: NumberView<'_>, number: u32) -> Reckoned {
    let gap = above.number().abs_diff(below.number()).max(1);
    let from_below = number.abs_diff(below.number());
    // In a damaged file numbers may be in any order.
    let share = (f64::from(from_below) / f64::from(gap)).min(1.0);
    let (from, to) = (below.position(), above.position());
    let position =
        Position { lon: from.lon + (to.lon - from.lon) * share, lat: from.lat + (to.lat - from.lat) * share };
    Reckoned { position, between: true, confidence: trust(from_below.min(gap.saturating_sub(from_below))) }
}

fn beyond(end: NumberView<'_>, number: u32, factor: f32) -> Reckoned {
    Reckoned {
        position: end.position(),
        between: false,
        confidence: BEYOND * factor * trust(end.number().abs_diff(number)),
    }
}

fn trust(numbers_away: u32) -> f32 {
    HALF / (HALF + numbers_away as f32)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{
        build::{BuildOptions, Builder},
        index::Index,
        place::{HouseNumber, Place, PlaceKind},
    };

    fn street(numbers: &[(u32, f64)]) -> (tempfile::TempDir, Index) {
        let folder = tempfile::tempdir().unwrap();
        let here = |lon| Position { lon, lat: 43.0 };
        let mut place = Place::new(PlaceKind::Street, "11076_1", "Rue X", "11076", "C", here(2.0));
        place.numbers = numbers.iter().map(|(number, lon)| HouseNumber::new(*number, "", here(*lon))).collect();
        let mut builder = Builder::new(folder.path(), BuildOptions::default());
        builder.add(&place).unwrap();
        let file = folder.path().join("street.index");
        builder.finish(&file, &|_| ()).unwrap();
        let index = Index::open(&file).unwrap();
        (folder, index)
    }

    #[test]
    fn a_missing_number_lies_between_its_neighbours_in_proportion() {
        let (_folder, index) = street(&[(2, 2.0), (10, 2.8), (3, 5.0), (9, 6.0)]);
        let reckoned = reckon(index.numbers(0), 4).unwrap();
        assert!(reckoned.between);
        assert!((reckoned.position.lon - 2.2).abs() < 1e-9, "{reckoned:?}");
        let odd = reckon(index.numbers(0), 5).unwrap();
        assert!((odd.position.lon - (5.0 + 1.0 / 3.0)).abs() < 1e-9, "{odd:?}");
        assert!(odd.confidence > reckon(index.numbers(0), 6).unwrap().confidence);
    }

    #[test]
    fn beyond_the_ends_it_is_at_the_nearest_end_and_less_sure() {
        let (_folder, index) = street(&[(2, 2.0), (10, 2.8)]);
        let reckoned = reckon(index.numbers(0), 14).unwrap();
        assert_eq!((reckoned.position.lon, reckoned.between), (2.8, false));
        assert!(reckoned.confidence < reckon(index.numbers(0), 4).unwrap().confidence);
        assert!(reckoned.confidence > reckon(index.numbers(0), 400).unwrap().confidence);
    }

    #[test]
    fn a_side_without_numbers_is_reckoned_from_the_other() {
        let (_folder, index) = street(&[(2, 2.0), (10, 2.8)]);
        assert_eq!(reckon(index.numbers(0), 9).unwrap().position.lon, 2.8);
        let (_folder, empty) = street(&[]);
        assert_eq!(reckon(empty.numbers(0), 9), None);
    }
}
