//! Rows of one street that follow one another become one place.

use crate::place::{HouseNumber, Place, PlaceKind, Position};

/// Numbers of a piece; a street with more comes in several.
const NUMBERS: usize = 8192;

/// The street that is being read.
#[derive(Debug, Default)]
pub(super) struct Joining {
    /// What rows of this street have in common.
    key: String,
    place: Option<Place>,
    /// How good the last number's position is, 0 the best.
    last_rank: u8,
}

impl Joining {
    /// The row is of the street that is being read.
    pub(super) fn goes_on(&self, key: &str) -> bool {
        self.place.as_ref().is_some_and(|place| self.key == key && place.numbers.len() < NUMBERS)
    }

    /// Begins another place; gives the one before.
    pub(super) fn begin(&mut self, key: &str, place: Place) -> Option<Place> {
        let before = self.finish();
        self.key.clear();
        self.key.push_str(key);
        self.place = Some(place);
        before
    }

    /// Adds a number; of several positions of one number, the best is kept.
    pub(super) fn number(&mut self, mut number: HouseNumber, postcode: &str, rank: u8) {
        let Some(place) = &mut self.place else { return };
        if !postcode.is_empty() && place.postcodes.first().is_none_or(|first| first != postcode) {
            if place.postcodes.is_empty() {
                place.postcodes.push(postcode.to_owned());
            } else {
                number.postcode = Some(postcode.into());
            }
        }
        match place.numbers.last_mut().filter(|last| last.number == number.number && last.suffix == number.suffix) {
            Some(last) if rank < self.last_rank => {
                *last = number;
                self.last_rank = rank;
            }
            Some(_) => {}
            None => {
                place.numbers.push(number);
                self.last_rank = rank;
            }
        }
    }

    /// Gives the place that is being read.
    pub(super) fn finish(&mut self) -> Option<Place> {
        let mut place = self.place.take()?;
        if let Some(position) = middle(&place) {
            place.position = position;
        }
        Some(place)
    }
}

/// The number that is nearest to the middle of the numbers: a street's own position lies on the street.
fn middle(place: &Place) -> Option<Position> {
    let count = place.numbers.len() as f64;
    if count < 1.0 || matches!(place.kind, PlaceKind::Municipality { .. } | PlaceKind::Poi { .. }) {
        return None;
    }
    let positions = || place.numbers.iter().map(|number| number.position);
    let (lon, lat) = positions().fold((0.0, 0.0), |(lon, lat), position| (lon + position.lon, lat + position.lat));
    let (lon, lat) = (lon / count, lat / count);
    let narrowing = lat.to_radians().cos();
    let away = |position: &Position| ((position.lon - lon) * narrowing).powi(2) + (position.lat - lat).powi(2);
    positions().min_by(|one, other| away(one).total_cmp(&away(other)))
}
