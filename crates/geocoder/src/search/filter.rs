//! Filters, applied while candidates are looked for.

use super::lexicon::Lexicon;
use super::towns::{common, united};
use crate::answer::Kind;
use crate::index::{Index, PlaceId, PlaceView, TownKind};
use crate::place::Position;
use crate::query::Filters;
use std::ops::Range;

/// What answers must be.
pub(super) struct Filter<'a> {
    filters: &'a Filters,
    /// Ranges that every answer lies in; nothing: anywhere.
    ranges: Option<Vec<Range<PlaceId>>>,
}

/// A box that is smaller than this many degrees is looked through town by town.
const SMALL_BOX: f64 = 1.0;
/// Towns that are looked at for a box.
const TOWNS_OF_A_BOX: usize = 4096;

impl<'a> Filter<'a> {
    /// Nothing when no answer can pass: an unknown code, an unknown postcode.
    pub(super) fn of(index: &Index, lexicon: &Lexicon, filters: &'a Filters) -> Option<Filter<'a>> {
        let mut ranges: Option<Vec<Range<PlaceId>>> = None;
        let mut narrow = |found: Vec<Range<PlaceId>>| {
            let found = united(found);
            ranges = Some(ranges.as_ref().map_or_else(|| found.clone(), |before| common(before, &found)));
        };
        if !filters.postcodes.is_empty() {
            narrow(filters.postcodes.iter().flat_map(|postcode| index.postcode(postcode).iter()).collect());
        }
        if !filters.city_codes.is_empty() {
            narrow(filters.city_codes.iter().flat_map(|code| ranges_of_code(index, code)).collect());
        }
        if let Some(bbox) =
            filters.bbox.filter(|bbox| bbox.east - bbox.west < SMALL_BOX && bbox.north - bbox.south < SMALL_BOX)
        {
            let towns = lexicon.towns_within(&bbox, TOWNS_OF_A_BOX);
            narrow(towns.into_iter().flat_map(|town| index.town(town).places().iter()).collect());
        }
        if ranges.as_ref().is_some_and(Vec::is_empty) {
            return None;
        }
        Some(Filter { filters, ranges })
    }

    /// The ranges that every answer lies in.
    pub(super) fn ranges(&self) -> Option<&[Range<PlaceId>]> {
        self.ranges.as_deref()
    }

    /// The part of some ranges that may be looked at.
    pub(super) fn narrowed(&self, ranges: &[Range<PlaceId>]) -> Vec<Range<PlaceId>> {
        self.ranges.as_ref().map_or_else(|| ranges.to_vec(), |allowed| common(allowed, ranges))
    }

    /// Whether a place, or one of its numbers, may be an answer.
    pub(super) fn admits(&self, place: PlaceView<'_>) -> bool {
        let id = place.place();
        let in_ranges = self.ranges.as_ref().is_none_or(|ranges| {
            let at = ranges.partition_point(|range| range.end <= id);
            ranges.get(at).is_some_and(|range| range.start <= id)
        });
        in_ranges && self.admits_kind(place) && self.admits_category(place) && self.admits_position(place)
    }

    fn admits_kind(&self, place: PlaceView<'_>) -> bool {
        self.filters.wants(place.kind()) || (self.filters.wants(Kind::HouseNumber) && !place.numbers().is_empty())
    }

    fn admits_category(&self, place: PlaceView<'_>) -> bool {
        let wanted = &self.filters.categories;
        wanted.is_empty() || place.categories().any(|category| wanted.iter().any(|wanted| wanted == category))
    }

    fn admits_position(&self, place: PlaceView<'_>) -> bool {
        // A street may begin outside and have the number that is asked for inside.
        self.holds(place.position()) || !place.numbers().is_empty()
    }

    /// Whether an answer of that kind may be shown.
    pub(super) fn wants(&self, kind: Kind) -> bool {
        self.filters.wants(kind)
    }

    /// Whether an answer at that position may be shown.
    pub(super) fn holds(&self, position: Position) -> bool {
        self.filters.bbox.is_none_or(|bbox| bbox.contains(position))
    }
}

/// Places of the commune of that code, of the old commune of that code, or of a city's arrondissements.
fn ranges_of_code(index: &Index, code: &str) -> Vec<Range<PlaceId>> {
    let Some(first) = index.town_of_code(code) else { return Vec::new() };
    (first..index.towns())
        .map(|id| index.town(id))
        .take_while(|town| town.code() == code)
        .filter(|town| town.kind() != TownKind::District)
        .flat_map(|town| town.places().iter())
        .collect()
}
