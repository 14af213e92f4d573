//! Sets of places that are made of few ranges: those of a town, of a postcode.

use super::PlaceId;
use std::ops::Range;

/// Ranges of places, ascending and apart from one another.
#[derive(Debug, Clone, Copy)]
pub struct Ranges<'a>(&'a [[u32; 2]]);

impl<'a> Ranges<'a> {
    /// No place.
    pub const EMPTY: Ranges<'static> = Ranges(&[]);

    pub(crate) fn new(pairs: &'a [[u32; 2]]) -> Ranges<'a> {
        Ranges(pairs)
    }

    /// The ranges, ascending.
    pub fn iter(self) -> impl ExactSizeIterator<Item = Range<PlaceId>> + DoubleEndedIterator + Clone + 'a {
        self.0.iter().map(|[start, end]| *start..*end)
    }

    /// How many ranges there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there is no place.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// How many places there are.
    #[must_use]
    pub fn places(self) -> usize {
        self.iter().map(|range| range.len()).sum()
    }

    /// Whether a place is among them.
    #[must_use]
    pub fn contains(self, place: PlaceId) -> bool {
        let rank = self.0.partition_point(|[_, end]| *end <= place);
        self.0.get(rank).is_some_and(|[start, _]| *start <= place)
    }
}
