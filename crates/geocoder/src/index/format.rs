//! The file: a head, sections of fixed-width little-endian records, a table of the sections, a tail.
//!
//! ```text
//! head     magic (8), version (4), zeros (4)
//! sections each at a multiple of 16
//! table    one entry a section: number (4), width of a record (4), offset (8), length in bytes (8)
//! tail     offset of the table (8), entries (4), zeros (4), hash of the table (8), length of the file (8), magic (8)
//! ```
//! The table comes last so that the file can be written and hashed in one go.

use super::hash::hash;
use crate::error::IndexError;
use std::{ops::Range, path::Path};

#[cfg(target_endian = "big")]
compile_error!("index files are little-endian and read in place: a big-endian machine can't read them");

pub(crate) const MAGIC: [u8; 8] = *b"cocagne\n";
pub(crate) const VERSION: u32 = 2;
pub(crate) const HEAD: usize = 16;
pub(crate) const TAIL: usize = 40;
pub(crate) const ENTRY: usize = 24;
/// Where a section may start: a multiple of this.
pub(crate) const ALIGNMENT: usize = 16;

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident = $width:literal,)*) => {
        /// A section of the file; its number in the table is its rank here.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u32)]
        pub(crate) enum Section { $($(#[$doc])* $name,)* }

        impl Section {
            pub(crate) const ALL: &'static [Section] = &[$(Section::$name,)*];

            /// Bytes of a record.
            pub(crate) const fn width(self) -> u32 {
                match self { $(Section::$name => $width,)* }
            }
        }
    };
}

sections! {
    /// House numbers, by place, then number and suffix: `number << 14 | suffix`, longitude, latitude (1e-7 degree).
    Numbers = 12,
    /// One bit a house number: certified by the town.
    NumberCertified = 1,
    /// Lasting identifiers of house numbers, when some have one; zeros for none.
    NumberBanIds = 16,
    /// Ranks of the house numbers whose identifier isn't derived from their place's, ascending.
    NumberIds = 4,
    /// Where the text of each of these starts, and the end.
    NumberIdOffsets = 4,
    NumberIdBytes = 1,
    /// (rank of a house number, postcode) when it isn't its place's, ascending.
    NumberPostcodes = 8,
    /// (rank of a house number, suffix) when the suffix is one of more than its key can tell, ascending.
    NumberSuffixes = 8,
    SuffixOffsets = 4,
    SuffixBytes = 1,
    /// See `places::field`.
    Places = 48,
    PlaceIdBytes = 1,
    /// Lasting identifiers of places, when some have one; zeros for none.
    PlaceBanIds = 16,
    /// (place, name), ascending.
    Aliases = 8,
    /// (place, postcode) beyond a place's first one, ascending.
    OtherPostcodes = 8,
    /// (place, name of a category), ascending by place.
    Categories = 8,
    /// (start in `NameBytes`, start in `NameWords`), and the ends.
    Names = 8,
    NameBytes = 1,
    NameWords = 4,
    /// See `towns::field`.
    Towns = 36,
    TownCodeOffsets = 4,
    TownCodeBytes = 1,
    /// (first place, past the last place).
    TownRanges = 8,
    TownPostcodes = 4,
    /// Postcodes in the order of their text.
    PostcodeOffsets = 4,
    PostcodeBytes = 1,
    PostcodeRangeOffsets = 4,
    PostcodeRanges = 8,
    /// Terms in the order of their text.
    TermOffsets = 4,
    TermBytes = 1,
    /// The first term that doesn't come before each pair of first bytes: 65 537 of them.
    TermStarts = 4,
    TermPlaceOffsets = 4,
    TermPlaces = 4,
    TermTownOffsets = 4,
    TermTowns = 4,
    /// Buckets of terms by the hash of what is left when letters are taken out; see `nearness`.
    NearOffsets = 4,
    NearTerms = 4,
    /// Hashes of phonetic keys, ascending.
    SoundKeys = 8,
    SoundOffsets = 4,
    SoundTerms = 4,
    /// Hashes of the first one to three letters of terms, ascending.
    StrongKeys = 8,
    StrongOffsets = 4,
    StrongPlaces = 4,
    /// Spatial trees: boxes of nodes by level, entries of the lowest, where levels start.
    NumberTreeBoxes = 16,
    NumberTreeEntries = 8,
    StreetTreeBoxes = 16,
    StreetTreeEntries = 8,
    TownTreeBoxes = 16,
    TownTreeEntries = 8,
    PoiTreeBoxes = 16,
    PoiTreeEntries = 8,
}

/// Where each section lies in a checked file.
#[derive(Debug)]
pub(crate) struct Layout(Vec<Range<usize>>);

impl Layout {
    /// Checks head, tail and table against the length of the file.
    pub(crate) fn read(bytes: &[u8], path: &Path) -> Result<Layout, IndexError> {
        let damaged = |what| IndexError::Damaged { path: path.to_owned(), what };
        if bytes.get(..MAGIC.len()) != Some(&MAGIC) {
            return Err(IndexError::Foreign { path: path.to_owned() });
        }
        let version = u32_at(bytes, MAGIC.len()).ok_or_else(|| IndexError::Truncated { path: path.to_owned() })?;
        if version != VERSION {
            return Err(IndexError::Version { path: path.to_owned(), found: version, ours: VERSION });
        }
        let tail_at = bytes.len().checked_sub(TAIL).filter(|at| *at >= HEAD);
        let tail = tail_at.and_then(|at| bytes.get(at..)).filter(|tail| tail.ends_with(&MAGIC));
        let (Some(tail_at), Some(tail)) = (tail_at, tail) else {
            return Err(IndexError::Truncated { path: path.to_owned() });
        };
        let word = |at| u64_at(tail, at).unwrap_or(u64::MAX);
        if word(24) != bytes.len() as u64 {
            return Err(IndexError::Truncated { path: path.to_owned() });
        }
        let table_at = usize::try_from(word(0)).unwrap_or(usize::MAX);
        let table =
            bytes.get(table_at..tail_at).ok_or_else(|| damaged("the table of sections lies outside the file"))?;
        if u32_at(tail, 8).map(|entries| entries as usize * ENTRY) != Some(table.len()) || hash(table) != word(16) {
            return Err(damaged("the table of sections isn't the one that was written"));
        }
        let mut ranges = vec![0..0; Section::ALL.len()];
        for entry in table.as_chunks::<ENTRY>().0 {
            let (section, range) =
                entry_of(entry, table_at).ok_or_else(|| damaged("a section lies outside the file"))?;
            ranges[section as usize] = range;
        }
        Ok(Layout(ranges))
    }

    /// Where the section lies; an absent one is empty.
    pub(crate) fn of(&self, section: Section) -> Range<usize> {
        self.0.get(section as usize).cloned().unwrap_or(0..0)
    }
}

/// A section and where it lies, if it lies between head and table, aligned, in whole records.
fn entry_of(entry: &[u8; ENTRY], table_at: usize) -> Option<(Section, Range<usize>)> {
    let section = *Section::ALL.get(u32_at(entry, 0)? as usize)?;
    let start = usize::try_from(u64_at(entry, 8)?).ok()?;
    let length = usize::try_from(u64_at(entry, 16)?).ok()?;
    let end = start.checked_add(length)?;
    let sound = u32_at(entry, 4)? == section.width()
        && start >= HEAD
        && end <= table_at
        && start.is_multiple_of(ALIGNMENT)
        && length.is_multiple_of(section.width() as usize);
    sound.then_some((section, start..end))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes)
}
