//! The words of all names.

use super::{Index, format::Section, hash::hash, nearness, strings::Strings};
use std::ops::Range;

/// The rank of a word in the order of the alphabet (of its UTF-8 bytes).
pub type TermId = u32;

/// The words of all names, sorted: a prefix is a range.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    index: &'a Index,
    texts: Strings<'a>,
    /// The first term whose two first bytes aren't before a pair of bytes.
    starts: &'a [u32],
}

impl<'a> Terms<'a> {
    pub(super) fn of(index: &'a Index) -> Terms<'a> {
        let texts = index.strings(Section::TermOffsets, Section::TermBytes);
        Terms { index, texts, starts: index.section(Section::TermStarts) }
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.texts.len() as u32
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A word.
    #[must_use]
    pub fn text(&self, term: TermId) -> &'a str {
        self.texts.get(term)
    }

    /// The term that is this word.
    #[must_use]
    pub fn exact(&self, word: &str) -> Option<TermId> {
        let word = word.as_bytes();
        let Range { start, end } = self.beginning(word);
        let term = self.texts.first(start, end, |text| text >= word);
        (term < end && self.texts.raw(term) == word).then_some(term)
    }

    /// The terms that begin so.
    #[must_use]
    pub fn prefix(&self, beginning: &str) -> Range<TermId> {
        let beginning = beginning.as_bytes();
        let Range { start, end } = self.beginning(beginning);
        let first = self.texts.first(start, end, |text| text >= beginning);
        let past = self.texts.first(first, end, |text| !text.starts_with(beginning));
        first..past
    }

    /// The terms whose two first bytes are those of `word`, as far as it has them: a search within them is half as long.
    fn beginning(&self, word: &[u8]) -> Range<TermId> {
        let of = |pair: usize| self.starts.get(pair).copied().unwrap_or(0).min(self.len());
        match *word {
            [] => 0..self.len(),
            [first] => of(usize::from(first) << 8)..of((usize::from(first) + 1) << 8),
            [first, second, ..] => {
                let pair = usize::from(first) << 8 | usize::from(second);
                of(pair)..of(pair + 1)
            }
        }
    }

    /// Other terms that differ from the word by one or two letters missing, added, changed or swapped with their
    /// neighbour, the nearest first. At a distance of two, terms of less than five letters are left out.
    #[must_use]
    pub fn near(&self, word: &str, distance: u8) -> Vec<(TermId, u8)> {
        let offsets = self.index.section::<u32>(Section::NearOffsets);
        let mut candidates = Vec::with_capacity(64);
        nearness::variants(word.as_bytes(), usize::from(distance.min(2)), |variant| {
            if let Some(bucket) = nearness::bucket(hash(variant), offsets.len()) {
                candidates.extend_from_slice(self.index.list(Section::NearOffsets, Section::NearTerms, bucket));
            }
        });
        candidates.sort_unstable();
        candidates.dedup();
        let mut near: Vec<(TermId, u8)> = candidates
            .into_iter()
            .filter_map(|term| {
                let apart = nearness::distance(word.as_bytes(), self.texts.raw(term), distance.min(2))?;
                (apart > 0).then_some((term, apart))
            })
            .collect();
        near.sort_unstable_by_key(|(term, apart)| (*apart, *term));
        near
    }

    /// The terms that sound like this phonetic key (of `text::phonetic`), ascending.
    #[must_use]
    pub fn sounding(&self, key: &str) -> &'a [TermId] {
        match self.index.section::<u64>(Section::SoundKeys).binary_search(&hash(key.as_bytes())) {
            Ok(rank) => self.index.list(Section::SoundOffsets, Section::SoundTerms, rank as u32),
            Err(_) => &[],
        }
    }
}
