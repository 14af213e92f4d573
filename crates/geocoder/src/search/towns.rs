//! Which words of a query may name its town: a few readings, the likeliest first.

use super::lexicon::Lexicon;
use super::limits::Budget;
use super::matcher::Asked;
use super::tokens::{Scope, Token};
use crate::index::{Index, PlaceId, TownId};
use crate::text::Kind;
use std::collections::BTreeSet;
use std::ops::Range;

/// A town or a postcode that some words of the query may stand for.
#[derive(Debug, Clone)]
pub(super) struct TownReading {
    /// The town, when it is one.
    pub town: Option<TownId>,
    /// The words, by position.
    pub words: u32,
    /// How likely the reading is beside others.
    pub worth: f32,
    /// Where its places lie.
    pub places: Vec<Range<PlaceId>>,
}

/// A longer list of towns is looked at only where no other word of the query names a town.
const COMMON: usize = 700;
/// Terms of an unfinished word that are looked at.
const BEGUN: u32 = 160;
/// Towns of an unfinished name that are tried, and words that such a name may have.
const BEGUN_TOWNS: usize = 16;
const LONGEST_NAME: usize = 5;
/// Towns that the same words may name and that are tried.
const OF_ONE_NAME: usize = 14;
/// A reading that is this far behind the likeliest is not tried.
const UNLIKELY: f32 = 1.6;

/// Readings of the query's town, without those that lie wholly outside `allowed`.
pub(super) fn readings(asked: Asked<'_>, budget: &mut Budget) -> Vec<TownReading> {
    let Asked { index, lexicon, tokens, .. } = asked;
    let mut found: Vec<TownReading> = Vec::new();
    let postcodes = by_postcode(index, tokens);
    let mut towns = candidates(index, tokens, budget);
    towns.extend(begun(lexicon, tokens, budget));
    for town in towns {
        found.extend(reading_of(asked, town).map(|mut reading| {
            reading.worth += agreement_with(&postcodes, &reading);
            reading
        }));
    }
    found.extend(postcodes);
    found.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.town.cmp(&b.town)));
    let mut alike = [0usize; 32];
    found.retain(|reading| {
        // Many towns are called Saint-Martin: they leave room for what other words may mean.
        let first = &mut alike[reading.words.trailing_zeros().min(31) as usize];
        *first += 1;
        *first <= OF_ONE_NAME
    });
    found.truncate(budget.limits().readings);
    let best = found.first().map_or(0.0, |first| first.worth);
    found.retain(|reading| reading.worth >= best - UNLIKELY);
    found
}

/// Towns whose whole name begins with the last words of the query, when the last one may be unfinished: « Saint-F ».
fn begun(lexicon: &Lexicon, tokens: &[Token], budget: &mut Budget) -> Vec<TownId> {
    let mut towns = Vec::new();
    let mut beginning = String::new();
    if tokens.last().is_none_or(|last| last.begins.is_none() || !last.may_be(Scope::Town)) {
        return towns;
    }
    for token in tokens.iter().rev().take(LONGEST_NAME) {
        if token.kind == Kind::Postcode || token.number.is_some() && !beginning.is_empty() {
            break;
        }
        let rest = if beginning.is_empty() { String::new() } else { format!(" {beginning}") };
        beginning = format!("{}{rest}", token.text);
        towns.extend(lexicon.towns_beginning(&beginning, BEGUN_TOWNS));
        budget.walked(64);
        if token.after_break {
            break;
        }
    }
    towns
}

/// Towns with a word of the query in their name.
fn candidates(index: &Index, tokens: &[Token], budget: &mut Budget) -> BTreeSet<TownId> {
    let mut lists: Vec<&[TownId]> = Vec::new();
    for token in tokens.iter().filter(|token| token.may_be(Scope::Town) && token.is_telling() && token.number.is_none())
    {
        lists.extend(token.likenesses.iter().map(|like| index.towns_named(like.term)));
        if let Some(range) = token.begins.as_ref().filter(|range| range.end - range.start <= BEGUN) {
            lists.extend(range.clone().map(|term| index.towns_named(term)));
        }
    }
    lists.retain(|list| !list.is_empty());
    lists.sort_by_key(|list| list.len());
    let mut towns = BTreeSet::new();
    for list in lists {
        if list.len() > COMMON && !towns.is_empty() || towns.len() > 2 * COMMON {
            break;
        }
        let looked_at = list.len().min(COMMON).min(budget.steps());
        budget.walked(looked_at);
        towns.extend(list.iter().take(looked_at));
    }
    towns
}

/// Tours is a town as well as a kind of building.
fn may_name_a_town(token: &Token) -> bool {
    token.may_be(Scope::Town)
        && token.number.is_none()
        && !matches!(token.kind, Kind::Article | Kind::Suffix | Kind::Postcode)
}

/// How the query names a town, if it does.
fn reading_of(asked: Asked<'_>, id: TownId) -> Option<TownReading> {
    let Asked { index, lexicon, tokens, matcher } = asked;
    let town = index.town(id);
    let mut total = 0.0;
    let mut found = 0u32;
    let mut worths = [0.0f32; 32];
    let mut expected = None;
    for term in town.words() {
        let weight = lexicon.weight(*term);
        total += weight;
        let best = matcher
            .agreeing(*term)
            .filter(|agreeing| found & (1 << agreeing.token) == 0 && tokens[agreeing.token].may_be(Scope::Town))
            .map(|agreeing| {
                let away = expected.map_or(0, |expected: usize| agreeing.token.abs_diff(expected)).min(10);
                (agreeing.token, agreeing.similarity, agreeing.similarity - 0.02 * away as f32)
            })
            .max_by(|a, b| a.2.total_cmp(&b.2));
        if let Some((at, similarity, _)) = best {
            found |= 1 << at;
            // Of a word that is being typed, what is typed counts.
            worths[at] =
                weight.min(if tokens[at].unfinished { tokens[at].weight } else { weight }) * similarity * similarity;
            expected = Some(at + 1);
        }
    }
    let words = longest_run(tokens, found, &worths);
    let covered: f32 = (0..tokens.len()).filter(|at| words & (1 << at) != 0).map(|at| worths[at]).sum();
    let telling = (0..tokens.len()).any(|at| words & (1 << at) != 0 && may_name_a_town(&tokens[at]));
    let share = covered / total.max(f32::EPSILON);
    if !telling || share < 0.3 {
        return None;
    }
    let population = (town.population().unwrap_or(0) as f32 + 1.0).ln() / 15.0;
    let worth = covered * (0.5 + 0.5 * share) + 0.25 * population + standing(tokens, words);
    Some(TownReading { town: Some(id), words, worth, places: town.places().iter().collect() })
}

/// The words that stand together, articles between them apart: « Saint … Pierre » on both sides of a street is no town.
fn longest_run(tokens: &[Token], found: u32, worths: &[f32; 32]) -> u32 {
    let (mut best, mut run) = ((0u32, 0.0f32), (0u32, 0.0f32));
    for (at, token) in tokens.iter().enumerate() {
        if found & (1 << at) != 0 && !(token.after_break && run.0 != 0) {
            run = (run.0 | 1 << at, run.1 + worths[at]);
        } else if found & (1 << at) != 0 {
            run = (1 << at, worths[at]);
        } else if token.kind != Kind::Article {
            run = (0, 0.0);
        }
        // Of two that are worth the same, the later: towns come last.
        if run.1 >= best.1 && run.0 != 0 {
            best = run;
        }
    }
    best.0
}

/// A town stands at the end or at the beginning, or after a postcode; after « de » it rather is a street's name.
fn standing(tokens: &[Token], words: u32) -> f32 {
    let first = words.trailing_zeros() as usize;
    let last = 31 - words.leading_zeros() as usize;
    let before = first.checked_sub(1).and_then(|at| tokens.get(at));
    let mut standing: f32 = 0.0;
    if last + 1 >= tokens.len() || tokens[last + 1..].iter().all(|token| token.kind == Kind::Postcode) {
        standing += 0.15;
    } else if first == 0 {
        standing += 0.05;
    }
    match before {
        Some(before) if before.kind == Kind::Postcode => standing += 0.3,
        Some(before) if before.kind == Kind::Article || before.kind == Kind::StreetType => standing -= 0.15,
        _ => {}
    }
    if tokens.get(first).is_some_and(|token| token.after_break || token.scope == Scope::Town) {
        standing += 0.15;
    }
    standing
}

/// Postcodes of the query, whole or begun.
fn by_postcode(index: &Index, tokens: &[Token]) -> Vec<TownReading> {
    let mut readings = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.is_postcode()) {
        let mut places: Vec<Range<PlaceId>> = index.postcode(token.postcode()).iter().collect();
        if places.is_empty() && token.postcode().len() == 4 {
            places.extend(index.postcode(&format!("0{}", token.postcode())).iter());
        }
        if places.is_empty() && (2..5).contains(&token.postcode().len()) {
            for (_, ranges) in index.postcodes_beginning(token.postcode()).take(400) {
                places.extend(ranges.iter());
            }
            places = united(places);
        }
        if !places.is_empty() {
            readings.push(TownReading { town: None, words: 1 << at, worth: 0.9, places });
        }
    }
    readings
}

/// A town is likelier when the query's postcode is served there.
fn agreement_with(postcodes: &[TownReading], reading: &TownReading) -> f32 {
    let agrees = postcodes.iter().any(|postcode| overlap(&postcode.places, &reading.places));
    if agrees { 0.8 } else { 0.0 }
}

/// Whether two ascending lists of ranges have something in common.
pub(super) fn overlap(one: &[Range<PlaceId>], other: &[Range<PlaceId>]) -> bool {
    one.iter().any(|range| {
        let at = other.partition_point(|candidate| candidate.end <= range.start);
        other.get(at).is_some_and(|candidate| candidate.start < range.end)
    })
}

/// What two ascending lists of ranges have in common.
pub(super) fn common(one: &[Range<PlaceId>], other: &[Range<PlaceId>]) -> Vec<Range<PlaceId>> {
    let (mut left, mut right) = (0, 0);
    let mut both = Vec::new();
    while let (Some(a), Some(b)) = (one.get(left), other.get(right)) {
        let range = a.start.max(b.start)..a.end.min(b.end);
        if range.start < range.end {
            both.push(range);
        }
        if a.end < b.end { left += 1 } else { right += 1 }
    }
    both
}

/// The ranges in order, those that touch made one.
pub(super) fn united(mut ranges: Vec<Range<PlaceId>>) -> Vec<Range<PlaceId>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut united: Vec<Range<PlaceId>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match united.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => united.push(range),
        }
    }
    united
}
