//! Which words of the query a term agrees with: asked for every word of every place that is compared, hence made for it.

use super::lexicon::Lexicon;
use super::tokens::{BEGUN, INITIAL, Token};
use crate::answer::Agreement;
use crate::index::{Index, TermId};
use std::ops::Range;

/// A query as it is read, and what it is read with.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub index: &'a Index,
    pub lexicon: &'a Lexicon,
    pub tokens: &'a [Token],
    pub matcher: &'a Matcher,
}

/// A word of the query and how it agrees with a term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Agreeing {
    pub token: usize,
    pub similarity: f32,
    pub how: Agreement,
}

/// The terms that the words of a query may stand for, sorted.
#[derive(Debug, Default)]
pub(super) struct Matcher {
    entries: Vec<(TermId, Agreeing)>,
    ranges: Vec<(Range<TermId>, Agreeing)>,
    /// A bit for each term modulo its length: most terms agree with nothing, and are told at once.
    filter: [u64; 16],
}

impl Matcher {
    pub(super) fn of(tokens: &[Token]) -> Matcher {
        let mut matcher = Matcher::default();
        for (at, token) in tokens.iter().enumerate() {
            for like in &token.likenesses {
                let agreeing = Agreeing { token: at, similarity: like.similarity, how: like.how };
                matcher.entries.push((like.term, agreeing));
                matcher.filter[slot(like.term)] |= bit(like.term);
            }
            for (range, similarity) in [(&token.begins, BEGUN), (&token.initial, INITIAL)] {
                if let Some(range) = range {
                    matcher.ranges.push((range.clone(), Agreeing { token: at, similarity, how: Agreement::Prefix }));
                }
            }
        }
        matcher.entries.sort_by_key(|entry| (entry.0, entry.1.token));
        matcher
    }

    /// The words that agree with a term; a word may come twice, as the same and as begun.
    pub(super) fn agreeing(&self, term: TermId) -> impl Iterator<Item = Agreeing> {
        let entries: &[(TermId, Agreeing)] = if self.filter[slot(term)] & bit(term) == 0 { &[] } else { &self.entries };
        let first = entries.partition_point(|entry| entry.0 < term);
        let same = entries[first..].iter().take_while(move |entry| entry.0 == term).map(|entry| entry.1);
        let begun = self.ranges.iter().filter(move |entry| entry.0.contains(&term)).map(|entry| entry.1);
        same.chain(begun)
    }

    /// How much some words of the query agree with some terms, each at its best; nothing when one of them doesn't.
    pub(super) fn agreement(&self, words: &[usize], terms: &[TermId]) -> Option<f32> {
        let mut best = [0.0f32; 32];
        for agreeing in terms.iter().flat_map(|term| self.agreeing(*term)) {
            let slot = &mut best[agreeing.token & 31];
            *slot = slot.max(agreeing.similarity);
        }
        let mut sum = 0.0;
        for word in words {
            match best[word & 31] {
                0.0 => return None,
                similarity => sum += similarity,
            }
        }
        Some(sum)
    }

    /// The words, by position, that some terms agree with.
    pub(super) fn agreeing_with(&self, terms: &[TermId]) -> u32 {
        terms.iter().flat_map(|term| self.agreeing(*term)).fold(0, |words, agreeing| words | 1 << agreeing.token)
    }
}

fn slot(term: TermId) -> usize {
    (term >> 6) as usize & 15
}

fn bit(term: TermId) -> u64 {
    1 << (term & 63)
}
