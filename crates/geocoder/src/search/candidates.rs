//! Places that may be meant: words of the query within the ranges of a town, or in the whole index.

use super::lexicon::Lexicon;
use super::limits::Budget;
use super::matcher::Matcher;
use super::postings;
use super::tokens::{Scope, Token};
use crate::index::{Index, PlaceId, TermId};
use crate::place::Position;
use std::ops::Range;

/// Candidates of one look that are compared word by word.
const KEPT: usize = 48;
/// Places of one town that have one word and are looked at.
const OF_A_TOWN: usize = 1500;
/// What articles and kinds of ways weigh at most.
const LIGHT: f32 = 0.25;
/// Terms of an unfinished word that are looked up one by one.
const BEGUN: u32 = 200;

/// Where candidates are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search<'a> {
    pub index: &'a Index,
    pub tokens: &'a [Token],
    pub matcher: &'a Matcher,
    pub lexicon: &'a Lexicon,
    /// Places that filters allow; nothing: all.
    pub allowed: Option<&'a [Range<PlaceId>]>,
    pub near: Option<Position>,
}

impl<'a> Search<'a> {
    /// Places of some ranges, those first that have most of the words. `without` are the words that stand for the town.
    pub(super) fn within(&self, ranges: &[Range<PlaceId>], without: u32, budget: &mut Budget) -> Vec<PlaceId> {
        let mut found: Vec<(PlaceId, u32, f32)> = Vec::new();
        let telling = self.words(without, Token::is_telling);
        let named = |at: &usize| self.tokens[*at].number.is_none();
        let words = if telling.iter().any(named) { telling } else { self.words(without, |token| token.weight > 0.1) };
        for at in &words {
            self.places_with(*at, ranges, budget, &mut found);
        }
        if found.is_empty() || words.iter().copied().filter(|at| named(at)).all(|at| self.tokens[at].begins.is_some()) {
            words.iter().for_each(|at| self.places_beginning(*at, ranges, budget, &mut found));
        }
        found.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        self.best_covered(&found)
    }

    /// Words that may be of a name.
    fn words(&self, without: u32, wanted: impl Fn(&Token) -> bool) -> Vec<usize> {
        (0..self.tokens.len())
            .filter(|at| without & (1 << at) == 0)
            .filter(|at| self.tokens[*at].may_be(Scope::Name) && wanted(&self.tokens[*at]))
            .collect()
    }

    fn places_with(
        &self,
        at: usize,
        ranges: &[Range<PlaceId>],
        budget: &mut Budget,
        found: &mut Vec<(PlaceId, u32, f32)>,
    ) {
        let token = &self.tokens[at];
        let mut push = |term: TermId, similarity: f32, budget: &mut Budget| {
            let list = self.index.places_named(term);
            for range in ranges {
                let part = postings::within(list, range);
                let part = &part[..part.len().min(OF_A_TOWN).min(budget.steps())];
                budget.walked(part.len() + 1);
                found.extend(part.iter().map(|place| (*place, at as u32, token.weight * similarity)));
            }
        };
        for like in &token.likenesses {
            // « Rue Ernest Du » is hardly about an article, nor « Route de la Ch » about a chemin.
            if !token.unfinished || self.lexicon.weight(like.term) > LIGHT {
                push(like.term, like.similarity, budget);
            }
        }
        match &token.begins {
            Some(begun) if begun.end - begun.start <= BEGUN => begun.clone().for_each(|term| push(term, 0.9, budget)),
            _ => {}
        }
    }

    /// A short beginning has too many terms to look each up: where there is nothing else to go by, the words of the town's
    /// places are looked at instead.
    fn places_beginning(
        &self,
        at: usize,
        ranges: &[Range<PlaceId>],
        budget: &mut Budget,
        found: &mut Vec<(PlaceId, u32, f32)>,
    ) {
        let Some(begun) = self.tokens[at].begins.as_ref().filter(|begun| begun.end - begun.start > BEGUN) else {
            return;
        };
        for place in ranges.iter().cloned().flatten().take(budget.steps().min(4 * OF_A_TOWN)) {
            budget.walked(1);
            if self.index.place(place).words().iter().any(|term| begun.contains(term)) {
                found.push((place, at as u32, self.tokens[at].weight * 0.9));
            }
        }
    }

    /// Places of the whole index that have all these words in their name, the likeliest of them.
    pub(super) fn everywhere(&self, words: &[usize], budget: &mut Budget) -> Vec<PlaceId> {
        let mut lists: Vec<&[PlaceId]> = Vec::with_capacity(words.len());
        let mut checked: Vec<usize> = Vec::new();
        for at in words {
            match self.only_term(*at) {
                Some(term) => lists.push(self.index.places_named(term)),
                None => checked.push(*at),
            }
        }
        lists.sort_by_key(|list| list.len());
        lists.truncate(8);
        let mut best = Strongest::new(self, words.len());
        let joined;
        if lists.is_empty() {
            joined = self.joined(&checked, budget);
            lists.push(&joined);
        }
        let steps = postings::in_common(&lists, budget.steps() / 2, |place| {
            best.offer(place, &checked);
            true
        });
        budget.walked(steps);
        best.finish()
    }

    /// The only term that a word stands for, if there is only one.
    fn only_term(&self, at: usize) -> Option<TermId> {
        let token = &self.tokens[at];
        match token.likenesses.as_slice() {
            [only] if token.begins.is_none() => Some(only.term),
            _ => None,
        }
    }

    /// The places of the rarest of some words with several terms.
    fn joined(&self, words: &[usize], budget: &mut Budget) -> Vec<PlaceId> {
        let count = |at: &usize| self.terms_of(*at).map(|term| self.index.places_named(term).len()).sum::<usize>();
        let Some(rarest) = words.iter().copied().min_by_key(count) else { return Vec::new() };
        let mut joined: Vec<PlaceId> = Vec::new();
        for term in self.terms_of(rarest) {
            let list = self.index.places_named(term);
            let part = list.len().min(budget.steps() / 4);
            budget.walked(part + 1);
            joined.extend_from_slice(&list[..part]);
        }
        joined.sort_unstable();
        joined.dedup();
        joined
    }

    fn terms_of(&self, at: usize) -> impl Iterator<Item = TermId> {
        let token = &self.tokens[at];
        let begun = token.begins.clone().filter(|range| range.end - range.start <= BEGUN).unwrap_or(0..0);
        token.likenesses.iter().map(|like| like.term).chain(begun)
    }

    /// Of (place, word, weight), sorted: the places whose words weigh most; of those that weigh the same, those
    /// that have the kind of way and the articles too, the near, the short.
    fn best_covered(&self, found: &[(PlaceId, u32, f32)]) -> Vec<PlaceId> {
        let mut covered: Vec<(f32, PlaceId)> = Vec::new();
        let mut last = (PlaceId::MAX, u32::MAX);
        for (place, word, weight) in found {
            match covered.last_mut() {
                Some(top) if top.1 == *place => {
                    if last != (*place, *word) {
                        top.0 += weight;
                    }
                }
                _ => covered.push((*weight, *place)),
            }
            last = (*place, *word);
        }
        let order = |a: &(f32, PlaceId), b: &(f32, PlaceId)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if covered.len() > KEPT {
            let light = |at: &usize| !self.tokens[*at].is_telling();
            let light: Vec<usize> = (0..self.tokens.len()).filter(light).collect();
            for (weight, place) in &mut covered {
                let view = self.index.place(*place);
                let words = view.words();
                let agreeing = self.matcher.agreeing_with(words);
                let has = |at: &&usize| agreeing & (1 << **at) != 0;
                *weight += light.iter().filter(has).map(|at| self.tokens[*at].weight).sum::<f32>();
                let words = words.len().min(12) as f32;
                let near = self.near.map_or(0.0, |near| closeness(near, view.position()));
                *weight += 0.02 * near + 0.005 * view.importance() - 0.002 * words;
            }
            covered.select_nth_unstable_by(KEPT, order);
            covered.truncate(KEPT);
        }
        covered.sort_unstable_by(order);
        covered.into_iter().map(|(_, place)| place).collect()
    }

    /// Distinct words of the names in some ranges: what a word that is misspelt beyond recognition is compared with.
    pub(super) fn vocabulary(&self, ranges: &[Range<PlaceId>], budget: &mut Budget) -> Vec<TermId> {
        let mut terms: Vec<TermId> = Vec::new();
        for place in ranges.iter().cloned().flatten().take(budget.steps().min(2 * OF_A_TOWN)) {
            budget.walked(1);
            terms.extend_from_slice(self.index.place(place).words());
        }
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    fn is_allowed(&self, place: PlaceId) -> bool {
        self.allowed.is_none_or(|ranges| {
            let at = ranges.partition_point(|range| range.end <= place);
            ranges.get(at).is_some_and(|range| range.start <= place)
        })
    }
}

/// Of many places that have the words, those that are likeliest: with few words more, important, near.
struct Strongest<'s, 'a> {
    search: &'s Search<'a>,
    words: usize,
    places: Vec<(f32, PlaceId)>,
}

impl<'s, 'a> Strongest<'s, 'a> {
    fn new(search: &'s Search<'a>, words: usize) -> Strongest<'s, 'a> {
        Strongest { search, words, places: Vec::new() }
    }

    fn offer(&mut self, place: PlaceId, checked: &[usize]) {
        if !self.search.is_allowed(place) {
            return;
        }
        let view = self.search.index.place(place);
        let words = view.words();
        let agreement = if checked.is_empty() { Some(0.0) } else { self.search.matcher.agreement(checked, words) };
        let Some(agreement) = agreement else { return };
        let more = words.len().saturating_sub(self.words).min(8) as f32;
        let near = self.search.near.map_or(0.0, |near| closeness(near, view.position()));
        self.places.push((2.0 * agreement + near + 0.3 * view.importance() - 0.08 * more, place));
        if self.places.len() >= 16 * KEPT {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        let order = |a: &(f32, PlaceId), b: &(f32, PlaceId)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if self.places.len() > 2 * KEPT {
            self.places.select_nth_unstable_by(2 * KEPT, order);
            self.places.truncate(2 * KEPT);
        }
    }

    fn finish(mut self) -> Vec<PlaceId> {
        self.shrink();
        self.places.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.places.into_iter().map(|(_, place)| place).collect()
    }
}

/// How near two positions are: 1 for the same, a half at two kilometres, a tenth at twenty.
pub(super) fn closeness(one: Position, other: Position) -> f32 {
    let shrink = one.lat.to_radians().cos();
    let (across, along) = ((one.lon - other.lon) * shrink, one.lat - other.lat);
    let kilometres = (across * across + along * along).sqrt() * 111.2;
    (1.0 / (1.0 + kilometres / 2.0)) as f32
}
