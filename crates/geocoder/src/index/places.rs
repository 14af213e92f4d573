//! A place of the index: a street, a locality, a town, a point of interest.

use super::{Index, Numbers, PlaceId, TermId, TownId, TownView, format::Section};
use crate::{
    answer::Kind,
    place::{BanId, Position},
};

/// Words of a place's record.
pub(crate) const WIDTH: usize = 12;

/// What each word of a place's record is.
pub(crate) mod field {
    pub(crate) const NAME: usize = 0;
    /// The commune, or the arrondissement.
    pub(crate) const TOWN: usize = 1;
    /// The old commune and the district; `NONE` for none.
    pub(crate) const OLD_TOWN: usize = 2;
    pub(crate) const DISTRICT: usize = 3;
    /// Rank of the first postcode; `NONE` for none.
    pub(crate) const POSTCODE: usize = 4;
    /// 1e-7 degree.
    pub(crate) const LON: usize = 5;
    pub(crate) const LAT: usize = 6;
    /// `importance * 65535` in the lower half, kind in the next byte, flags in the last.
    pub(crate) const KIND: usize = 7;
    /// House numbers: the first and how many.
    pub(crate) const FIRST_NUMBER: usize = 8;
    pub(crate) const NUMBERS: usize = 9;
    /// Identifier: where it starts in `PlaceIdBytes` and its length.
    pub(crate) const ID: usize = 10;
    pub(crate) const ID_LENGTH: usize = 11;
}

/// What sparse tables have a row for a place.
pub(crate) mod flag {
    pub(crate) const ALIASES: u32 = 1 << 24;
    pub(crate) const POSTCODES: u32 = 1 << 25;
    pub(crate) const CATEGORIES: u32 = 1 << 26;
}

/// No rank.
pub(crate) const NONE: u32 = u32::MAX;

static NOTHING: [u32; WIDTH] = [NONE, NONE, NONE, NONE, NONE, 0, 0, 1 << 16, 0, 0, 0, 0];

pub(crate) fn kind_code(kind: Kind) -> u32 {
    match kind {
        Kind::HouseNumber => 0,
        Kind::Street => 1,
        Kind::Locality => 2,
        Kind::Municipality => 3,
        Kind::Poi => 4,
    }
}

/// Degrees of a coordinate that is written as 1e-7 degree.
pub(crate) fn degrees(word: u32) -> f64 {
    // Divided, not multiplied: 1e-7 has no exact form, and decimals read in a file come back as they were.
    f64::from(word.cast_signed()) / 1e7
}

/// 1e-7 degrees of a coordinate.
pub(crate) fn units(degrees: f64) -> i32 {
    // `as` saturates and makes zero of what isn't a number.
    (degrees * 1e7).round() as i32
}

/// A place, read where it lies in the file.
#[derive(Debug, Clone, Copy)]
pub struct PlaceView<'a> {
    index: &'a Index,
    id: PlaceId,
    row: &'a [u32; WIDTH],
}

impl<'a> PlaceView<'a> {
    pub(super) fn of(index: &'a Index, id: PlaceId) -> PlaceView<'a> {
        PlaceView { index, id, row: index.section(Section::Places).get(id as usize).unwrap_or(&NOTHING) }
    }

    /// Its rank in the file.
    #[must_use]
    pub fn place(self) -> PlaceId {
        self.id
    }

    /// What it is; never `HouseNumber`.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self.row[field::KIND] >> 16 & 0xff {
            2 => Kind::Locality,
            3 => Kind::Municipality,
            4 => Kind::Poi,
            _ => Kind::Street,
        }
    }

    /// Its name as the source writes it.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.index.name(self.row[field::NAME])
    }

    /// The words of its name, in its order; a word may come twice.
    #[must_use]
    pub fn words(self) -> &'a [TermId] {
        self.index.name_words(self.row[field::NAME])
    }

    /// Its other names and their words.
    pub fn aliases(self) -> impl Iterator<Item = (&'a str, &'a [TermId])> {
        self.sparse(flag::ALIASES, Section::Aliases)
            .map(move |name| (self.index.name(name), self.index.name_words(name)))
    }

    /// Its commune, or its arrondissement.
    #[must_use]
    pub fn town(self) -> TownView<'a> {
        self.index.town(self.row[field::TOWN])
    }

    /// The commune or arrondissement by its rank, for sets of towns.
    #[must_use]
    pub fn town_id(self) -> TownId {
        self.row[field::TOWN]
    }

    /// The name of its commune: that of the city for an arrondissement.
    #[must_use]
    pub fn city(self) -> &'a str {
        self.town().city()
    }

    /// The commune that it belonged to before a merger.
    #[must_use]
    pub fn old_town(self) -> Option<TownView<'a>> {
        some(self.row[field::OLD_TOWN]).map(|town| self.index.town(town))
    }

    /// Its district: an arrondissement of Paris, Lyon or Marseille, or a quarter that the source names.
    #[must_use]
    pub fn district(self) -> Option<TownView<'a>> {
        some(self.row[field::DISTRICT]).map(|town| self.index.town(town))
    }

    /// Its first postcode.
    #[must_use]
    pub fn postcode(self) -> Option<&'a str> {
        some(self.row[field::POSTCODE]).map(|rank| self.index.postcode_text(rank))
    }

    /// All its postcodes, the first one first.
    pub fn postcodes(self) -> impl Iterator<Item = &'a str> {
        let others = self.sparse(flag::POSTCODES, Section::OtherPostcodes);
        some(self.row[field::POSTCODE]).into_iter().chain(others).map(move |rank| self.index.postcode_text(rank))
    }

    /// Where it is.
    #[must_use]
    pub fn position(self) -> Position {
        Position { lon: degrees(self.row[field::LON]), lat: degrees(self.row[field::LAT]) }
    }

    /// How much it counts among others, 0 to 1.
    #[must_use]
    pub fn importance(self) -> f32 {
        (self.row[field::KIND] & 0xffff) as f32 / 65_535.0
    }

    /// Its identifier in its source.
    #[must_use]
    pub fn id(self) -> &'a str {
        let start = self.row[field::ID] as usize;
        let bytes = self.index.section::<u8>(Section::PlaceIdBytes);
        let id = bytes.get(start..start.saturating_add(self.row[field::ID_LENGTH] as usize)).unwrap_or_default();
        std::str::from_utf8(id).unwrap_or_default()
    }

    /// Its lasting identifier.
    #[must_use]
    pub fn ban_id(self) -> Option<BanId> {
        ban_id(self.index.section::<[u8; 16]>(Section::PlaceBanIds).get(self.id as usize))
    }

    /// Inhabitants, for a municipality.
    #[must_use]
    pub fn population(self) -> Option<u32> {
        if self.kind() != Kind::Municipality {
            return None;
        }
        self.old_town().filter(|old| old.municipality() == Some(self.id)).unwrap_or(self.town()).population()
    }

    /// Categories of a point of interest, the most precise first.
    pub fn categories(self) -> impl Iterator<Item = &'a str> {
        self.sparse(flag::CATEGORIES, Section::Categories).map(move |name| self.index.name(name))
    }

    /// Its house numbers.
    #[must_use]
    pub fn numbers(self) -> Numbers<'a> {
        self.index.numbers(self.id)
    }

    pub(super) fn number_range(self) -> (u32, u32) {
        (self.row[field::FIRST_NUMBER], self.row[field::NUMBERS])
    }

    /// What a table of (place, value) has for this place.
    fn sparse(self, flag: u32, section: Section) -> impl Iterator<Item = u32> {
        let rows: &[[u32; 2]] = if self.row[field::KIND] & flag == 0 { &[] } else { self.index.section(section) };
        let start = rows.partition_point(|[place, _]| *place < self.id);
        rows.get(start..)
            .unwrap_or_default()
            .iter()
            .take_while(move |[place, _]| *place == self.id)
            .map(|[_, value]| *value)
    }
}

impl Index {
    pub(crate) fn name(&self, name: u32) -> &str {
        let bytes = self.name_part(name, 0).and_then(|range| self.section::<u8>(Section::NameBytes).get(range));
        std::str::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
    }

    pub(crate) fn name_words(&self, name: u32) -> &[TermId] {
        self.name_part(name, 1).and_then(|range| self.section(Section::NameWords).get(range)).unwrap_or_default()
    }

    fn name_part(&self, name: u32, part: usize) -> Option<std::ops::Range<usize>> {
        let names = self.section::<[u32; 2]>(Section::Names);
        let next = names.get((name as usize).checked_add(1)?)?;
        Some(names.get(name as usize)?[part] as usize..next[part] as usize)
    }

    pub(crate) fn postcode_text(&self, rank: u32) -> &str {
        self.strings(Section::PostcodeOffsets, Section::PostcodeBytes).get(rank)
    }
}

pub(super) fn ban_id(bytes: Option<&[u8; 16]>) -> Option<BanId> {
    bytes.map(|bytes| u128::from_le_bytes(*bytes)).filter(|id| *id != 0).map(BanId)
}

pub(super) fn some(word: u32) -> Option<u32> {
    (word != NONE).then_some(word)
}
