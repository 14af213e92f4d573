//! Towns of the index: communes, arrondissements, communes of before, districts.

use super::{
    Index, PlaceId, Ranges, TermId,
    format::Section,
    places::{NONE, some},
};
use std::cmp::Ordering;

/// The rank of a town in the order of codes.
pub type TownId = u32;

/// Words of a town's record.
pub(crate) const WIDTH: usize = 9;

/// What each word of a town's record is.
pub(crate) mod field {
    pub(crate) const NAME: usize = 0;
    pub(crate) const KIND: usize = 1;
    pub(crate) const PARENT: usize = 2;
    /// Inhabitants; `NONE` when unknown.
    pub(crate) const POPULATION: usize = 3;
    /// Its own place; `NONE` when no source gave it.
    pub(crate) const MUNICIPALITY: usize = 4;
    pub(crate) const FIRST_RANGE: usize = 5;
    pub(crate) const PAST_RANGE: usize = 6;
    pub(crate) const FIRST_POSTCODE: usize = 7;
    pub(crate) const PAST_POSTCODE: usize = 8;
}

static NOTHING: [u32; WIDTH] = [NONE, 0, NONE, NONE, NONE, 0, 0, 0, 0];

/// What a town is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TownKind {
    /// A commune of today.
    Commune,
    /// A municipal arrondissement of Paris, Lyon or Marseille: it has a code, its parent is the city.
    Arrondissement,
    /// A commune of before a merger: its parent is the commune of today. It may have the same code as its parent.
    Old,
    /// A quarter without a code: its parent is its commune.
    District,
}

impl TownKind {
    pub(crate) fn code(self) -> u32 {
        self as u32
    }

    fn of_code(code: u32) -> TownKind {
        match code {
            1 => TownKind::Arrondissement,
            2 => TownKind::Old,
            3 => TownKind::District,
            _ => TownKind::Commune,
        }
    }
}

/// A town, read where it lies in the file.
#[derive(Debug, Clone, Copy)]
pub struct TownView<'a> {
    index: &'a Index,
    id: TownId,
    row: &'a [u32; WIDTH],
}

impl<'a> TownView<'a> {
    pub(super) fn of(index: &'a Index, id: TownId) -> TownView<'a> {
        TownView { index, id, row: index.section(Section::Towns).get(id as usize).unwrap_or(&NOTHING) }
    }

    /// Its rank in the file.
    #[must_use]
    pub fn id(self) -> TownId {
        self.id
    }

    /// INSEE code; for a district, its commune's.
    #[must_use]
    pub fn code(self) -> &'a str {
        self.index.strings(Section::TownCodeOffsets, Section::TownCodeBytes).get(self.id)
    }

    /// Its name: "Castelnaudary", "Paris 10e Arrondissement".
    #[must_use]
    pub fn name(self) -> &'a str {
        self.index.name(self.row[field::NAME])
    }

    /// The words of its name.
    #[must_use]
    pub fn words(self) -> &'a [TermId] {
        self.index.name_words(self.row[field::NAME])
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> TownKind {
        TownKind::of_code(self.row[field::KIND])
    }

    /// The commune that it is a part of.
    #[must_use]
    pub fn parent(self) -> Option<TownView<'a>> {
        some(self.row[field::PARENT]).map(|parent| self.index.town(parent))
    }

    /// The name of the commune: its own, or that of the city for an arrondissement, of the commune of today for others.
    #[must_use]
    pub fn city(self) -> &'a str {
        self.parent().unwrap_or(self).name()
    }

    /// Inhabitants, when a source told.
    #[must_use]
    pub fn population(self) -> Option<u32> {
        some(self.row[field::POPULATION])
    }

    /// Its own place, which an answer "municipality" shows, when a source gave it.
    #[must_use]
    pub fn municipality(self) -> Option<PlaceId> {
        some(self.row[field::MUNICIPALITY])
    }

    /// Its postcodes, in their order.
    pub fn postcodes(self) -> impl Iterator<Item = &'a str> {
        let range = self.row[field::FIRST_POSTCODE] as usize..self.row[field::PAST_POSTCODE] as usize;
        let ranks = self.index.section::<u32>(Section::TownPostcodes).get(range).unwrap_or_default();
        ranks.iter().map(move |rank| self.index.postcode_text(*rank))
    }

    /// Its places; a city has those of its arrondissements.
    #[must_use]
    pub fn places(self) -> Ranges<'a> {
        let range = self.row[field::FIRST_RANGE] as usize..self.row[field::PAST_RANGE] as usize;
        Ranges::new(self.index.section::<[u32; 2]>(Section::TownRanges).get(range).unwrap_or_default())
    }
}

/// The first town of that code: they are in the order of codes, then kinds.
pub(super) fn of_code(index: &Index, code: &str) -> Option<TownId> {
    let codes = index.strings(Section::TownCodeOffsets, Section::TownCodeBytes);
    let id = codes.search(code.as_bytes()).ok()?;
    (index.town(id).kind().cmp(&TownKind::District) == Ordering::Less).then_some(id)
}
