//! The index: one immutable file, mapped in memory and read in place.
//!
//! Everything here gives views into the file. The table of sections is checked when the file is opened; numbers that
//! the sections hold (places, offsets, terms) are checked when they are followed, so that a damaged file gives empty
//! or odd answers and never reads out of bounds.

pub(crate) mod format;
pub(crate) mod hash;
mod map;
pub(crate) mod nearness;
pub(crate) mod numbers;
pub(crate) mod places;
mod ranges;
mod strings;
mod terms;
pub(crate) mod towns;
pub(crate) mod tree;

pub use numbers::{NumberView, Numbers};
pub use places::PlaceView;
pub use ranges::Ranges;
pub use terms::{TermId, Terms};
pub use towns::{TownId, TownKind, TownView};

use crate::{error::IndexError, search::Lexicon};
use format::{Layout, Section};
use map::Map;
use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};
use strings::Strings;

/// The rank of a place in the file. Places lie in the order of commune, old commune, postcode and name.
pub type PlaceId = u32;

/// An address index, open.
#[derive(Debug)]
pub struct Index {
    map: Map,
    layout: Layout,
    path: PathBuf,
    /// What searches reckon of the index at the first of them.
    lexicon: OnceLock<Lexicon>,
}

impl Index {
    /// Opens a file in constant time: nothing is parsed but the table of its sections.
    ///
    /// # Errors
    /// The file can't be read, isn't an index, is of another format, is cut short or damaged.
    pub fn open(path: &Path) -> Result<Index, IndexError> {
        let io = |source| IndexError::Io { path: path.to_owned(), source };
        let length = std::fs::metadata(path).map_err(io)?.len();
        if length == 0 {
            return Err(IndexError::Truncated { path: path.to_owned() });
        }
        let map = Map::of(path).map_err(io)?;
        let layout = Layout::read(map.bytes(), path)?;
        Ok(Index { map, layout, path: path.to_owned(), lexicon: OnceLock::new() })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| Lexicon::of(self))
    }

    /// How many bytes the file has.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.map.bytes().len() as u64
    }

    /// The words of all names, in the order of the alphabet.
    #[must_use]
    pub fn terms(&self) -> Terms<'_> {
        Terms::of(self)
    }

    /// How many places there are; their identifiers are `0..places()`.
    #[must_use]
    pub fn places(&self) -> u32 {
        self.section::<[u32; places::WIDTH]>(Section::Places).len() as u32
    }

    /// How many house numbers there are.
    #[must_use]
    pub fn house_numbers(&self) -> u32 {
        self.section::<[u32; 3]>(Section::Numbers).len() as u32
    }

    /// How many towns there are; their identifiers are `0..towns()`, in the order of their codes.
    #[must_use]
    pub fn towns(&self) -> u32 {
        self.section::<[u32; towns::WIDTH]>(Section::Towns).len() as u32
    }

    /// Places with that word in their name or in one of their aliases, ascending.
    #[must_use]
    pub fn places_named(&self, term: TermId) -> &[PlaceId] {
        self.list(Section::TermPlaceOffsets, Section::TermPlaces, term)
    }

    /// Towns with that word in their name, ascending.
    #[must_use]
    pub fn towns_named(&self, term: TermId) -> &[TownId] {
        self.list(Section::TermTownOffsets, Section::TermTowns, term)
    }

    /// Places of a postcode, be it their first one or another.
    #[must_use]
    pub fn postcode(&self, postcode: &str) -> Ranges<'_> {
        let postcodes = self.postcode_texts();
        match postcodes.search(postcode.as_bytes()) {
            Ok(rank) => self.postcode_ranges(rank),
            Err(_) => Ranges::EMPTY,
        }
    }

    /// The postcodes that begin so, in order, with their places: `114` for what is served from Castelnaudary.
    pub fn postcodes_beginning<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = (&'a str, Ranges<'a>)> {
        let postcodes = self.postcode_texts();
        let first = postcodes.search(beginning.as_bytes()).unwrap_or_else(|rank| rank);
        (first..postcodes.len() as u32)
            .map(move |rank| (postcodes.get(rank), self.postcode_ranges(rank)))
            .take_while(move |(text, _)| text.starts_with(beginning))
    }

    /// A place. One that doesn't exist is empty.
    #[must_use]
    pub fn place(&self, id: PlaceId) -> PlaceView<'_> {
        PlaceView::of(self, id)
    }

    /// A town. One that doesn't exist is empty.
    #[must_use]
    pub fn town(&self, id: TownId) -> TownView<'_> {
        TownView::of(self, id)
    }

    /// The commune, or arrondissement, of that INSEE code; else the old commune.
    #[must_use]
    pub fn town_of_code(&self, code: &str) -> Option<TownId> {
        towns::of_code(self, code)
    }

    /// The house numbers of a place.
    #[must_use]
    pub fn numbers(&self, place: PlaceId) -> Numbers<'_> {
        Numbers::of(self, place)
    }

    /// The most important places with a word that begins so (one to three letters), the most important first.
    #[must_use]
    pub fn strongest(&self, prefix: &str) -> &[PlaceId] {
        let keys = self.section::<u64>(Section::StrongKeys);
        match keys.binary_search(&hash::hash(prefix.as_bytes())) {
            Ok(rank) => self.list(Section::StrongOffsets, Section::StrongPlaces, rank as u32),
            Err(_) => &[],
        }
    }

    fn postcode_texts(&self) -> Strings<'_> {
        self.strings(Section::PostcodeOffsets, Section::PostcodeBytes)
    }

    fn postcode_ranges(&self, rank: u32) -> Ranges<'_> {
        Ranges::new(self.list(Section::PostcodeRangeOffsets, Section::PostcodeRanges, rank))
    }

    /// The records of a section.
    pub(crate) fn section<T: bytemuck::Pod>(&self, section: Section) -> &[T] {
        // Width and alignment were checked with the table, so this never is empty for another reason than being so.
        let bytes = self.map.bytes().get(self.layout.of(section)).unwrap_or_default();
        bytemuck::try_cast_slice(bytes).unwrap_or_default()
    }

    /// The records of `section` between the `rank`th offset and the next.
    pub(crate) fn list<T: bytemuck::Pod>(&self, offsets: Section, section: Section, rank: u32) -> &[T] {
        let offsets = self.section::<u32>(offsets);
        let (Some(start), Some(end)) = (offsets.get(rank as usize), offsets.get(rank as usize + 1)) else { return &[] };
        self.section(section).get(*start as usize..*end as usize).unwrap_or_default()
    }

    pub(crate) fn strings(&self, offsets: Section, bytes: Section) -> Strings<'_> {
        Strings { offsets: self.section(offsets), bytes: self.section(bytes) }
    }
}
