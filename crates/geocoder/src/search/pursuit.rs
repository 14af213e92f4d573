//! The order in which a query is pursued: what is likeliest and cheapest first, mistakes last, until enough fits.

use super::align::{self, Fit, Subject};
use super::candidates::Search;
use super::filter::Filter;
use super::lexicon::Lexicon;
use super::limits::Budget;
use super::matcher::{Asked, Matcher};
use super::tokens::{self, Scope, Token};
use super::towns::{self, TownReading};
use crate::answer::Kind as PlaceKind;
use crate::index::{Index, PlaceId, PlaceView, TermId, TownKind};
use crate::place::Position;
use crate::query::SearchQuery;
use crate::text::Kind;
use hashbrown::HashSet;
use std::ops::Range;

/// A place that was laid beside the query.
#[derive(Debug, Clone)]
pub(super) struct Compared {
    pub place: PlaceId,
    pub fit: Fit,
}

/// What was found, and how the query was read.
pub(super) struct Pursuit {
    pub tokens: Vec<Token>,
    pub found: Vec<Compared>,
    /// Positions that answers are preferred near to.
    pub near: Option<Position>,
}

/// What needs no further look: the query and the name agree in nearly everything, and the town does.
const WHOLE: f32 = 0.95;
/// What needs no look for mistakes.
const GOOD: f32 = 0.92;
/// What needs no further look when every word is there.
const SETTLED: f32 = 0.7;
/// What needs no last resort.
const FAIR: f32 = 0.8;
/// Readings of a town that are worth the same but for inhabitants.
const AS_LIKELY: f32 = 0.3;
/// Ways of leaving words out that are tried.
const MOST_TRIED: usize = 8;
/// Loss of a municipality where a street or a number is asked for.
const STREET_ASKED: f32 = 0.12;
/// Towns around a position that are looked through.
const TOWNS_AROUND: usize = 24;

/// Pursues a query.
pub(super) fn pursue(
    index: &Index,
    lexicon: &Lexicon,
    tokens: Vec<Token>,
    query: &SearchQuery,
    filter: &Filter<'_>,
    budget: &mut Budget,
) -> Pursuit {
    let mut hunt = Hunt {
        index,
        lexicon,
        filter,
        near: query.near,
        matcher: Matcher::of(&tokens),
        tokens,
        seen: HashSet::default(),
        found: Vec::new(),
        best: 0,
        readings: Vec::new(),
    };
    hunt.strongest(budget);
    if query.near.is_some() && hunt.only_begun() {
        hunt.around(budget);
    }
    hunt.in_towns(budget);
    let few = query.autocomplete && hunt.tokens.len() <= 2 && hunt.found.len() < query.limit;
    if !few && hunt.best().is_some_and(|best| best.quality >= WHOLE && best.in_town) {
        return hunt.finish();
    }
    if !few && hunt.has_unknown_word() && hunt.loosen_unmatched(budget) {
        hunt.in_towns(budget);
        if hunt.is_settled() {
            return hunt.finish();
        }
    }
    hunt.around(budget);
    // What fits wholly near the position that was given is nearer than anything elsewhere.
    let near = query.near.is_some() && hunt.best().is_some_and(|best| best.quality >= WHOLE && !best.street_asked);
    if !near {
        hunt.everywhere(budget);
    }
    if !hunt.is_settled() && hunt.loosen_unmatched(budget) {
        hunt.again(budget);
    }
    if !hunt.is_settled() && hunt.loosen_all(budget) {
        hunt.again(budget);
    }
    if hunt.quality() < FAIR {
        hunt.respell(budget);
    }
    if hunt.quality() < FAIR {
        hunt.likened(budget);
    }
    if hunt.quality() < FAIR {
        hunt.neighbours(budget);
    }
    hunt.finish()
}

struct Hunt<'a> {
    index: &'a Index,
    lexicon: &'a Lexicon,
    filter: &'a Filter<'a>,
    near: Option<Position>,
    tokens: Vec<Token>,
    matcher: Matcher,
    seen: HashSet<PlaceId, foldhash::fast::FixedState>,
    found: Vec<Compared>,
    /// Which of `found` fits best.
    best: usize,
    readings: Vec<TownReading>,
}

impl<'a> Hunt<'a> {
    fn search(&self) -> Search<'_> {
        Search {
            index: self.index,
            tokens: &self.tokens,
            matcher: &self.matcher,
            lexicon: self.lexicon,
            allowed: self.filter.ranges(),
            near: self.near,
        }
    }

    fn asked(&self) -> Asked<'_> {
        Asked { index: self.index, lexicon: self.lexicon, tokens: &self.tokens, matcher: &self.matcher }
    }

    /// Whether nothing but an unfinished word tells a name from others: « Route de la Ch ».
    fn only_begun(&self) -> bool {
        let mut telling = self.tokens.iter().filter(|token| token.is_telling() && token.number.is_none());
        telling.all(|token| token.unfinished)
    }

    /// Whether the town seems to be known, and a word that it hasn't is in no name at all: a mistake.
    fn has_unknown_word(&self) -> bool {
        self.best().is_some_and(|best| {
            let unknown = |at: usize| {
                self.tokens[at].is_telling() && !self.tokens[at].is_known() && best.matched & (1 << at) == 0
            };
            best.in_town && (0..self.tokens.len()).any(unknown)
        })
    }

    /// Whether looking further is of no use: the best fits well, or has every word in the town that was named, were it with
    /// mistakes.
    fn is_settled(&self) -> bool {
        self.best().is_some_and(|best| {
            let entire = best.in_town && !best.street_asked && best.missing <= 0.03 && best.unasked <= 0.25;
            best.quality >= GOOD || (entire && best.quality >= SETTLED)
        })
    }

    fn best(&self) -> Option<&Fit> {
        self.found.get(self.best).map(|compared| &compared.fit)
    }

    fn quality(&self) -> f32 {
        self.best().map_or(0.0, |best| best.quality)
    }

    fn finish(self) -> Pursuit {
        Pursuit { tokens: self.tokens, found: self.found, near: self.near }
    }

    /// One to three letters: what the index keeps for them.
    fn strongest(&mut self, budget: &mut Budget) {
        let index = self.index;
        if let Some(last) = self.tokens.last().filter(|last| last.unfinished && self.tokens.len() <= 2) {
            let beginning: String = last.text.chars().take(3).collect();
            self.compare_all(index.strongest(&beginning), budget);
        }
    }

    /// Every reading of the town, with the rest of the query in it.
    fn in_towns(&mut self, budget: &mut Budget) {
        self.readings = towns::readings(self.asked(), budget);
        let readings = std::mem::take(&mut self.readings);
        let mut least = f32::NEG_INFINITY;
        for reading in &readings {
            // Towns of one name are all looked at, less likely readings no more once everything fits.
            if reading.worth < least || budget.spent() {
                break;
            }
            let places = self.filter.narrowed(&reading.places);
            let municipality = reading.town.and_then(|town| self.index.town(town).municipality());
            self.compare_all(municipality.as_slice(), budget);
            let found = self.search().within(&places, reading.words, budget);
            self.compare_all(&found, budget);
            if self.best().is_some_and(|best| best.quality >= WHOLE && best.in_town) {
                least = least.max(reading.worth - AS_LIKELY);
            }
        }
        self.readings = readings;
    }

    /// Near the position that answers are preferred to, or where filters allow.
    fn around(&mut self, budget: &mut Budget) {
        let mut ranges: Vec<Range<PlaceId>> = Vec::new();
        if let Some(near) = self.near {
            for town in self.lexicon.towns_around(near, TOWNS_AROUND) {
                ranges.extend(self.index.town(town).places().iter());
            }
            ranges = self.filter.narrowed(&towns::united(ranges));
        } else if let Some(allowed) = self.filter.ranges() {
            ranges = allowed.to_vec();
        }
        if !ranges.is_empty() {
            let found = self.search().within(&ranges, 0, budget);
            self.compare_all(&found, budget);
        }
    }

    /// In the whole index, by all the words of the name, or by all but those of the town, or all but one.
    fn everywhere(&mut self, budget: &mut Budget) {
        let words = self.words_of_name();
        if words.is_empty() {
            return;
        }
        let found = self.search().everywhere(&words, budget);
        self.compare_all(&found, budget);
        if words.len() < 2 || self.quality() >= GOOD {
            return;
        }
        let mut tried: Vec<u32> = Vec::new();
        let of_towns = self.readings.iter().map(|reading| reading.words);
        let without: Vec<u32> = of_towns.chain(words.iter().rev().map(|at| 1 << at)).collect();
        for left_out in without {
            if tried.contains(&left_out) || tried.len() >= MOST_TRIED || budget.spent() {
                continue;
            }
            tried.push(left_out);
            let fewer: Vec<usize> = words.iter().copied().filter(|at| left_out & (1 << at) == 0).collect();
            if !fewer.is_empty() && fewer.len() < words.len() {
                let found = self.search().everywhere(&fewer, budget);
                self.compare_all(&found, budget);
            }
        }
    }

    /// The words that a name must have: those that tell it from others.
    fn words_of_name(&self) -> Vec<usize> {
        let of = |wanted: &dyn Fn(&Token) -> bool| -> Vec<usize> {
            let named =
                |token: &Token| token.may_be(Scope::Name) && (!token.likenesses.is_empty() || token.begins.is_some());
            (0..self.tokens.len()).filter(|at| named(&self.tokens[*at]) && wanted(&self.tokens[*at])).collect()
        };
        let plain = of(&|token| token.kind == Kind::Plain);
        if !plain.is_empty() {
            return plain;
        }
        let telling = of(&|token| token.is_telling() && token.number.is_none());
        if telling.is_empty() { of(&|token| token.kind != Kind::Article) } else { telling }
    }

    fn again(&mut self, budget: &mut Budget) {
        self.in_towns(budget);
        if !self.is_settled() {
            self.around(budget);
            self.everywhere(budget);
        }
    }

    /// Words mean more than they did: what was found is laid beside them anew.
    fn reread(&mut self) {
        self.matcher = Matcher::of(&self.tokens);
        let mut found = std::mem::take(&mut self.found);
        for compared in &mut found {
            compared.fit = fit(self.asked(), self.index.place(compared.place), false);
        }
        self.found = found;
        self.find_best();
    }

    /// Allows for mistakes in words that the best answer so far hasn't. Whether there is something new to look for.
    fn loosen_unmatched(&mut self, budget: &mut Budget) -> bool {
        let matched = self.best().map_or(0, |best| best.matched);
        self.loosen(budget, |at, token| matched & (1 << at) == 0 || token.likenesses.is_empty())
    }

    fn loosen_all(&mut self, budget: &mut Budget) -> bool {
        self.loosen(budget, |_, _| true)
    }

    fn loosen(&mut self, budget: &mut Budget, wanted: impl Fn(usize, &Token) -> bool) -> bool {
        let mut more = false;
        for at in 0..self.tokens.len() {
            if wanted(at, &self.tokens[at]) {
                let before = self.tokens[at].likenesses.len();
                let steps = tokens::loosen(self.index, &mut self.tokens[at], budget.limits());
                budget.walked(steps);
                more |= self.tokens[at].likenesses.len() > before;
            }
        }
        if more {
            self.reread();
        }
        more
    }

    fn find_best(&mut self) {
        let best = |a: &(usize, &Compared), b: &(usize, &Compared)| a.1.fit.quality.total_cmp(&b.1.fit.quality);
        self.best = self.found.iter().enumerate().max_by(best).map_or(0, |(at, _)| at);
    }

    /// Words written as one, or one written as two, when that fits better.
    fn respell(&mut self, budget: &mut Budget) {
        let mut tokens = self.tokens.clone();
        if !tokens::respell(self.index, self.lexicon, &mut tokens) {
            return;
        }
        let quality = self.quality();
        let (words, found) = (std::mem::replace(&mut self.tokens, tokens), std::mem::take(&mut self.found));
        self.seen.clear();
        self.reread();
        self.again(budget);
        if self.quality() <= quality {
            (self.tokens, self.found) = (words, found);
            self.reread();
        }
    }

    /// In the likeliest town, words that are only somewhat like those of its names.
    fn likened(&mut self, budget: &mut Budget) {
        let Some(reading) = self.readings.first().cloned() else { return };
        let ranges = self.filter.narrowed(&reading.places);
        let vocabulary = self.search().vocabulary(&ranges, budget);
        let matched = self.best().map_or(0, |best| best.matched);
        let mut more = false;
        for at in (0..self.tokens.len()).filter(|at| (reading.words | matched) & (1 << at) == 0) {
            more |= tokens::liken(self.index, &mut self.tokens[at], &vocabulary, budget.limits());
        }
        if more {
            self.reread();
            let found = self.search().within(&ranges, reading.words, budget);
            self.compare_all(&found, budget);
        }
    }

    /// The street in a neighbouring town, when the town that was named hasn't it.
    fn neighbours(&mut self, budget: &mut Budget) {
        let town = self.readings.iter().find_map(|reading| Some((reading.town?, reading.words)));
        let Some((town, words)) = town else { return };
        let Some(municipality) = self.index.town(town).municipality() else { return };
        let position = self.index.place(municipality).position();
        let mut ranges: Vec<Range<PlaceId>> = Vec::new();
        for around in self.lexicon.towns_around(position, TOWNS_AROUND) {
            ranges.extend(self.index.town(around).places().iter());
        }
        let found = self.search().within(&self.filter.narrowed(&towns::united(ranges)), words, budget);
        self.near = self.near.or(Some(position));
        self.compare_all(&found, budget);
    }

    fn compare_all(&mut self, places: &[PlaceId], budget: &mut Budget) {
        for id in places {
            if !self.seen.insert(*id) {
                continue;
            }
            let place = self.index.place(*id);
            if !self.filter.admits(place) {
                continue;
            }
            if !budget.compare() {
                return;
            }
            let fit = fit(self.asked(), place, false);
            if fit.matched == 0 {
                continue;
            }
            let better = self.best().is_none_or(|best| fit.quality > best.quality);
            self.found.push(Compared { place: *id, fit });
            if better {
                self.best = self.found.len() - 1;
            }
        }
    }
}

/// Lays the query beside a place, by the name of it that fits best.
pub(super) fn fit(asked: Asked<'_>, place: PlaceView<'_>, record: bool) -> Fit {
    let tokens = asked.tokens;
    let mut postcodes = [""; 8];
    let count = postcodes.iter_mut().zip(place.postcodes()).map(|(slot, postcode)| *slot = postcode).count();
    let none: &[TermId] = &[];
    let town = place.town();
    // What is a municipality has its own name as its town's: it is said once.
    let commune = if place.kind() == PlaceKind::Municipality { none } else { town.words() };
    let subject = Subject {
        name: place.words(),
        is_town: place.kind() == PlaceKind::Municipality,
        towns: [
            commune,
            place.old_town().map_or(none, |old| old.words()),
            place.district().map_or(none, |district| district.words()),
            // Paris 12e Arrondissement is wholly named by « Paris ».
            if town.kind() == TownKind::Arrondissement {
                town.parent().map_or(none, |city| city.words())
            } else {
                none
            },
        ],
        postcodes: &postcodes[..count],
        city_code: town.code(),
    };
    let mut best = align::align(asked, &subject, record);
    for (_, words) in place.aliases() {
        let other = align::align(asked, &Subject { name: words, ..subject }, record);
        if other.quality > best.quality {
            best = other;
        }
    }
    if place.kind() == PlaceKind::Municipality {
        best.in_town |= best.unasked < 0.5;
        let street = (0..tokens.len()).any(|at| best.matched & (1 << at) == 0 && tokens[at].kind == Kind::StreetType);
        if street || best.numbers != 0 {
            best.street_asked = true;
            best.quality = (best.quality - STREET_ASKED).max(0.0);
        }
    }
    best
}
