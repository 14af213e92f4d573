//! A query laid beside a place: which word of the one is which of the other, and what is left on both sides.

use super::lexicon::Lexicon;
use super::matcher::{Asked, Matcher};
use super::tokens::{Scope, Token};
use crate::answer::{Agreement, Part};
use crate::index::{TermId, Terms};
use crate::text::{self, Kind};

/// What a query is compared with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'a> {
    /// Words of its name.
    pub name: &'a [TermId],
    /// It is a town: its name is what the query's town may be.
    pub is_town: bool,
    /// Words of the towns that it is in: the commune, the one of before, the district, the city of an arrondissement.
    pub towns: [&'a [TermId]; 4],
    /// Its postcodes.
    pub postcodes: &'a [&'a str],
    /// INSEE code of its commune.
    pub city_code: &'a str,
}

/// A word of the query and what it was matched with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Match {
    pub token: u8,
    pub part: Part,
    pub term: Option<TermId>,
    pub how: Agreement,
}

/// How a place fits a query.
#[derive(Debug, Clone, Default)]
pub(super) struct Fit {
    /// What answers are ordered by, before the number, importance and nearness: 0 to 1.
    pub quality: f32,
    /// Share of the query's weight that is not matched.
    pub missing: f32,
    /// Share of the name's weight that is not matched.
    pub unasked: f32,
    /// Share of the matched weight that is lost by words being only alike.
    pub distortion: f32,
    /// A word of the query names the town, or its postcode is the place's.
    pub in_town: bool,
    /// It is a town, and the query asks for a street or a number too.
    pub street_asked: bool,
    /// The query has a postcode and the place another.
    pub other_postcode: bool,
    /// Words of the query that are matched, by position.
    pub matched: u32,
    /// Numbers of the query that are left for the house, by position.
    pub numbers: u32,
    /// Every match, when they are asked for.
    pub matches: Vec<Match>,
}

/// Loss of quality for a query that has nothing of the name, or a name that has nothing of the query.
const UNASKED: f32 = 0.36;
const MISSING: f32 = 0.58;
/// A word that is being typed is no beginning of a word that it is less like.
const LEAST_LIKE_A_BEGINNING: f32 = 0.68;
/// Share of what the rest of a name weighs that is forgiven while the name is being typed.
const TO_BE_TYPED: f32 = 0.9;
/// Loss for taking a number at the end, which may be the beginning of a postcode, for the house's.
const NUMBER_AT_END: f32 = 0.03;
/// Loss for a town that is hardly named: « Blanc » is rather a word of the street than Le Blanc-Mesnil.
const PARTLY: f32 = 0.12;
/// Loss for words in another order.
const DISORDER: f32 = 0.06;
/// What a postcode of the same département is worth beside the right one.
const SAME_DEPARTEMENT: f32 = 0.45;

/// Lays a query beside a place.
pub(super) fn align(asked: Asked<'_>, subject: &Subject<'_>, record: bool) -> Fit {
    let Asked { tokens, lexicon, matcher, .. } = asked;
    let terms = asked.index.terms();
    let mut sides = Sides {
        tokens,
        terms,
        lexicon,
        matcher,
        fit: Fit::default(),
        gained: 0.0,
        lost: 0.0,
        spared: 0.0,
        partly: 0.0,
        record,
    };
    let name = sides.name(subject);
    sides.set_numbers_apart(&name);
    sides.postcode(subject);
    sides.towns(subject, name.first);
    sides.numbers_as_departement(subject);
    sides.unfinished(subject);
    sides.conclude(&name)
}

/// What the name had of the query.
struct NameSide {
    covered: f32,
    total: f32,
    disorder: f32,
    first: usize,
}

struct Sides<'a> {
    tokens: &'a [Token],
    terms: Terms<'a>,
    lexicon: &'a Lexicon,
    matcher: &'a Matcher,
    fit: Fit,
    gained: f32,
    lost: f32,
    /// Weight that words have less than they seemed to.
    spared: f32,
    /// Share of the town's name that the query leaves out.
    partly: f32,
    record: bool,
}

impl Sides<'_> {
    fn take(&mut self, at: usize, part: Part, term: Option<TermId>, (similarity, how): (f32, Agreement)) {
        let token = &self.tokens[at];
        // A misspelt word counts as much as the word that it stands for: « dess » is an article.
        let weight = match term {
            Some(term) if token.unfinished || matches!(how, Agreement::Near | Agreement::Sounding) => {
                self.lexicon.weight(term).min(token.weight)
            }
            _ => token.weight,
        };
        self.spared += token.weight - weight;
        let worth = similarity;
        self.fit.matched |= 1 << at;
        self.gained += weight * worth;
        self.lost += weight * (1.0 - worth);
        if self.record {
            self.fit.matches.push(Match { token: at as u8, part, term, how });
        }
    }

    fn is_free(&self, at: usize) -> bool {
        self.fit.matched & (1 << at) == 0
    }

    /// Words of the name, each with the free word of the query that is most like it and stands nearest after the last.
    fn name(&mut self, subject: &Subject<'_>) -> NameSide {
        let mut side = NameSide { covered: 0.0, total: 0.0, disorder: 0.0, first: usize::MAX };
        let (mut expected, mut telling) = (usize::MAX, 0);
        for term in subject.name {
            let weight = self.lexicon.weight(*term);
            side.total += weight;
            let Some((at, agreement)) = self.best_for(*term, expected, subject.is_town) else {
                // What would still be typed: the query ends within the name.
                if expected == self.tokens.len() && self.tokens.last().is_some_and(|last| last.last_typed) {
                    side.total -= weight * TO_BE_TYPED;
                }
                continue;
            };
            side.covered += weight * agreement.0;
            self.take(at, Part::Name, Some(*term), agreement);
            side.first = side.first.min(at);
            if expected != usize::MAX && at != expected {
                side.disorder += self.leap(expected, at);
            }
            telling += 1;
            expected = at + 1;
        }
        side.disorder = (side.disorder / (telling as f32).max(1.0)).min(1.0);
        side
    }

    fn best_for(&self, term: TermId, expected: usize, is_town: bool) -> Option<(usize, (f32, Agreement))> {
        let mut best: Option<(f32, usize, (f32, Agreement))> = None;
        for agreeing in self.matcher.agreeing(term) {
            let (at, agreement) = (agreeing.token, (agreeing.similarity, agreeing.how));
            let token = &self.tokens[at];
            if !self.is_free(at) || !(token.may_be(Scope::Name) || is_town && token.may_be(Scope::Town)) {
                continue;
            }
            // « 7 rue des … Carreaux » asks for number 7, be the name « rue des 7 Carreaux ».
            if token.number.is_some() && expected != usize::MAX && at + 1 < expected {
                continue;
            }
            let away = if expected == usize::MAX { at } else { at.abs_diff(expected) };
            let worth = agreement.0 - 0.01 * away.min(10) as f32;
            if best.is_none_or(|best| worth > best.0) {
                best = Some((worth, at, agreement));
            }
        }
        best.map(|(_, at, agreement)| (at, agreement))
    }

    /// How much it disturbs that the next word of the name stands elsewhere in the query: articles between are nothing,
    /// going back is more than words between.
    fn leap(&self, expected: usize, at: usize) -> f32 {
        if at < expected {
            return 1.0;
        }
        let between = self.tokens[expected..at].iter().filter(|token| token.kind != Kind::Article).count();
        if between == 0 { 0.0 } else { 0.6 }
    }

    /// Figures that are no part of the name may be the house's number: those before the name, then those after it.
    fn set_numbers_apart(&mut self, name: &NameSide) {
        for (at, token) in self.tokens.iter().enumerate() {
            if self.is_free(at) && token.is_number() {
                self.fit.numbers |= 1 << at;
            }
        }
        // « 12 rue du Bac Paris 7 »: what follows is told from the number by standing after it.
        let before = self.fit.numbers & ((1u32 << name.first.min(31)) - 1);
        if before != 0 && name.first != usize::MAX {
            self.fit.numbers = before;
        }
    }

    fn postcode(&mut self, subject: &Subject<'_>) {
        for (at, token) in self.tokens.iter().enumerate() {
            if !self.is_free(at) || !token.is_postcode() {
                continue;
            }
            let asked = token.postcode();
            if subject.postcodes.iter().any(|postcode| same_postcode(postcode, asked)) {
                self.fit.in_town = true;
                self.fit.numbers &= !(1 << at);
                self.take(at, Part::Postcode, None, (1.0, Agreement::Exact));
            } else if token.half_postcode && asked.len() < 5 {
                if subject.postcodes.iter().any(|postcode| postcode.starts_with(asked)) {
                    self.fit.in_town |= asked.len() > 2;
                    self.fit.numbers &= !(1 << at);
                    self.take(at, Part::Postcode, None, (0.99, Agreement::Prefix));
                }
            } else if subject.postcodes.iter().any(|postcode| asked.len() < 5 && postcode.starts_with(asked)) {
                self.fit.in_town |= asked.len() > 2;
                self.take(at, Part::Postcode, None, (0.97, Agreement::Prefix));
            } else {
                self.fit.other_postcode = true;
                if subject.postcodes.iter().any(|postcode| postcode.get(..2) == asked.get(..2)) {
                    self.take(at, Part::Postcode, None, (SAME_DEPARTEMENT.sqrt(), Agreement::Near));
                }
            }
        }
    }

    fn towns(&mut self, subject: &Subject<'_>, name: usize) {
        let mut best: [Option<(TermId, (f32, Agreement))>; 32] = [None; 32];
        for term in subject.towns.iter().copied().flatten() {
            for agreeing in self.matcher.agreeing(*term) {
                let slot = &mut best[agreeing.token];
                if slot.is_none_or(|best| agreeing.similarity > best.1.0) {
                    *slot = Some((*term, (agreeing.similarity, agreeing.how)));
                }
            }
        }
        let (mut after_town, mut named) = (false, 0u32);
        for (at, token) in self.tokens.iter().enumerate() {
            if !self.is_free(at) || !token.may_be(Scope::Town) {
                after_town = false;
                continue;
            }
            // A number is an arrondissement's only right after its city: « Lyon 3 », never « 3 … Lyon ».
            let numeral = matches!(token.kind, Kind::Number | Kind::Suffix);
            if numeral && (!after_town || at + 1 == name) {
                after_town = false;
                continue;
            }
            after_town = best[at].is_some();
            if let Some((term, agreement)) = best[at] {
                self.fit.in_town |= token.is_telling();
                self.fit.numbers &= !(1 << at);
                self.take(at, Part::Town, Some(term), agreement);
                named |= 1 << at;
            }
        }
        self.partly = if named == 0 { 0.0 } else { self.share_unnamed(subject, named) };
    }

    /// The share of the town's name that the query hasn't, of the town that it names best. While a name is being typed, its
    /// rest isn't counted.
    fn share_unnamed(&self, subject: &Subject<'_>, named: u32) -> f32 {
        let last = self.tokens.len() - 1;
        if named & (1 << last) != 0 && self.tokens[last].last_typed {
            return 0.0;
        }
        let share = |words: &&[TermId]| {
            let (mut has, mut all) = (0.0, f32::EPSILON);
            for term in *words {
                let weight = self.lexicon.weight(*term);
                all += weight;
                has += if self.matcher.agreeing_with(&[*term]) & named != 0 { weight } else { 0.0 };
            }
            1.0 - has / all
        };
        subject.towns.iter().filter(|words| !words.is_empty()).map(share).fold(1.0, f32::min)
    }

    /// « Béziers 34 »: a number after everything else that is the département's.
    fn numbers_as_departement(&mut self, subject: &Subject<'_>) {
        for (at, token) in self.tokens.iter().enumerate().skip(1) {
            let says = token.text.len() >= 2 && token.text.len() <= 3 && subject.city_code.starts_with(&token.text);
            if says && self.is_free(at) && token.kind == Kind::Number && token.may_be(Scope::Town) {
                let others = self.fit.numbers & !(1 << at);
                if others != 0 || at + 1 == self.tokens.len() {
                    self.fit.numbers = others;
                    self.take(at, Part::Postcode, None, (0.97, Agreement::Prefix));
                }
            }
        }
    }

    /// The beginning of a word, with a mistake in it: no list of words is found by that, but a word beside it is.
    fn unfinished(&mut self, subject: &Subject<'_>) {
        let Some(at) = self.tokens.len().checked_sub(1).filter(|at| self.is_free(*at)) else { return };
        let token = &self.tokens[at];
        if !(token.unfinished && token.loose) || token.text.len() < 3 {
            return;
        }
        let towns = subject.towns.iter().copied().flatten().map(|term| (Part::Town, *term));
        let name = subject.name.iter().map(|term| (Part::Name, *term));
        let likeness =
            |(part, term): (Part, TermId)| (text::similarity_of_prefix(&token.text, self.terms.text(term)), part, term);
        let best = towns.chain(name).map(likeness).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((similarity, part, term)) = best.filter(|best| best.0 >= LEAST_LIKE_A_BEGINNING) {
            self.fit.in_town |= part == Part::Town;
            self.take(at, part, Some(term), (similarity * 0.95, Agreement::Prefix));
        }
    }

    fn conclude(mut self, name: &NameSide) -> Fit {
        let mut asked = 0.0;
        for (at, token) in self.tokens.iter().enumerate() {
            let of_number = token.kind == Kind::Suffix || token.is_number();
            if !(self.is_free(at) && of_number) {
                asked += token.weight;
            }
        }
        let asked = (asked - self.spared).max(f32::EPSILON);
        self.fit.missing = ((asked - self.gained - self.lost) / asked).clamp(0.0, 1.0);
        self.fit.distortion = (self.lost / asked).clamp(0.0, 1.0);
        self.fit.unasked = 1.0 - (name.covered / name.total.max(f32::EPSILON)).min(1.0);
        let loss =
            MISSING * (self.fit.missing + self.fit.distortion) + UNASKED * self.fit.unasked + DISORDER * name.disorder;
        let at_end =
            (0..self.tokens.len()).any(|at| self.fit.numbers & (1 << at) != 0 && self.tokens[at].half_postcode);
        let loss = loss + PARTLY * self.partly + if at_end { NUMBER_AT_END } else { 0.0 };
        self.fit.quality = (1.0 - loss).max(0.0);
        self.fit
    }
}

/// The same postcode, a leading zero apart, which spreadsheets lose.
fn same_postcode(postcode: &str, asked: &str) -> bool {
    postcode == asked || (asked.len() == 4 && postcode.strip_prefix('0') == Some(asked))
}
