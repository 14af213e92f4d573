//! House numbers of a place.

use super::{
    Index, PlaceId,
    format::Section,
    places::{ban_id, degrees},
};
use crate::place::{BanId, Position, id_of_number};

/// Bits of a number's key that tell its suffix.
pub(crate) const SUFFIX_BITS: u32 = 14;
/// What these bits are when the suffix is told in a table of exceptions: there are more suffixes than they can tell.
pub(crate) const OTHER_SUFFIX: u32 = (1 << SUFFIX_BITS) - 1;

/// The house numbers of a place, in the order of number, then suffix.
#[derive(Debug, Clone, Copy)]
pub struct Numbers<'a> {
    index: &'a Index,
    place: PlaceId,
    /// Rank of the first one in the file.
    first: u32,
    rows: &'a [[u32; 3]],
}

impl<'a> Numbers<'a> {
    pub(super) fn of(index: &'a Index, place: PlaceId) -> Numbers<'a> {
        let (first, count) = index.place(place).number_range();
        let range = first as usize..first as usize + count as usize;
        Numbers { index, place, first, rows: index.section(Section::Numbers).get(range).unwrap_or_default() }
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.rows.len()
    }

    /// Rank of the first one in the file.
    pub(crate) fn first(self) -> u32 {
        self.first
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.rows.is_empty()
    }

    /// The number with that suffix (lower case, `""` for none).
    #[must_use]
    pub fn find(self, number: u32, suffix: &str) -> Option<NumberView<'a>> {
        self.with_number(number).find(|view| view.suffix() == suffix)
    }

    /// All that have this number, whatever their suffix.
    pub fn with_number(self, number: u32) -> impl Iterator<Item = NumberView<'a>> {
        let start = self.rows.partition_point(|row| row[0] >> SUFFIX_BITS < number);
        (start..self.rows.len()).map(move |rank| self.view(rank)).take_while(move |view| view.number() == number)
    }

    /// The numbers on the same side of the street (of the same parity) next below and next above this one.
    #[must_use]
    pub fn around(self, number: u32) -> (Option<NumberView<'a>>, Option<NumberView<'a>>) {
        let start = self.rows.partition_point(|row| row[0] >> SUFFIX_BITS < number);
        let past = self.rows.partition_point(|row| row[0] >> SUFFIX_BITS <= number);
        let same_side = |rank: &usize| (self.rows[*rank][0] >> SUFFIX_BITS) % 2 == number % 2;
        let below = (0..start).rev().find(same_side);
        let above = (past..self.rows.len()).find(same_side);
        (below.map(|rank| self.view(rank)), above.map(|rank| self.view(rank)))
    }

    /// All of them, ascending.
    pub fn iter(self) -> impl ExactSizeIterator<Item = NumberView<'a>> + DoubleEndedIterator {
        (0..self.rows.len()).map(move |rank| self.view(rank))
    }

    /// The one of that rank in the place.
    #[must_use]
    pub fn get(self, rank: usize) -> Option<NumberView<'a>> {
        (rank < self.rows.len()).then(|| self.view(rank))
    }

    fn view(self, rank: usize) -> NumberView<'a> {
        NumberView { index: self.index, place: self.place, rank: self.first + rank as u32, row: &self.rows[rank] }
    }
}

/// A house number, read where it lies in the file.
#[derive(Debug, Clone, Copy)]
pub struct NumberView<'a> {
    index: &'a Index,
    place: PlaceId,
    rank: u32,
    row: &'a [u32; 3],
}

impl<'a> NumberView<'a> {
    /// The place that it is a number of.
    #[must_use]
    pub fn place(self) -> PlaceId {
        self.place
    }

    /// The number alone.
    #[must_use]
    pub fn number(self) -> u32 {
        self.row[0] >> SUFFIX_BITS
    }

    /// What follows it: `""`, `bis`.
    #[must_use]
    pub fn suffix(self) -> &'a str {
        let suffixes = self.index.strings(Section::SuffixOffsets, Section::SuffixBytes);
        match self.row[0] & OTHER_SUFFIX {
            OTHER_SUFFIX => self.exception(Section::NumberSuffixes).map_or("", |suffix| suffixes.get(suffix)),
            suffix => suffixes.get(suffix),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn position(self) -> Position {
        Position { lon: degrees(self.row[1]), lat: degrees(self.row[2]) }
    }

    /// Its identifier: its source's, or the one that national files make of its place's.
    #[must_use]
    pub fn id(self) -> String {
        match self.own_id() {
            Some(id) => id.to_owned(),
            None => id_of_number(self.index.place(self.place).id(), self.number(), self.suffix()),
        }
    }

    /// Its identifier when it isn't made of its place's.
    pub(crate) fn own_id(self) -> Option<&'a str> {
        let rank = self.index.section::<u32>(Section::NumberIds).binary_search(&self.rank).ok()?;
        Some(self.index.strings(Section::NumberIdOffsets, Section::NumberIdBytes).get(rank as u32))
    }

    /// Its lasting identifier.
    #[must_use]
    pub fn ban_id(self) -> Option<BanId> {
        ban_id(self.index.section::<[u8; 16]>(Section::NumberBanIds).get(self.rank as usize))
    }

    /// Whether the town vouches for it.
    #[must_use]
    pub fn certified(self) -> bool {
        let byte = self.index.section::<u8>(Section::NumberCertified).get(self.rank as usize / 8).copied().unwrap_or(0);
        byte >> (self.rank % 8) & 1 == 1
    }

    /// Its postcode: its own, or its place's first one.
    #[must_use]
    pub fn postcode(self) -> Option<&'a str> {
        self.own_postcode().or_else(|| self.index.place(self.place).postcode())
    }

    pub(crate) fn own_postcode(self) -> Option<&'a str> {
        self.exception(Section::NumberPostcodes).map(|postcode| self.index.postcode_text(postcode))
    }

    /// What a table of (rank of a house number, value) has for this one.
    fn exception(self, section: Section) -> Option<u32> {
        let exceptions = self.index.section::<[u32; 2]>(section);
        let rank = exceptions.binary_search_by_key(&self.rank, |[number, _]| *number).ok()?;
        exceptions.get(rank).map(|[_, value]| *value)
    }
}
