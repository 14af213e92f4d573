//! The house number that a query asks for, in a place.

use super::tokens::Token;
use crate::index::{NumberView, Numbers};
use crate::interpolate::reckon;
use crate::place::Position;
use crate::text::{self, Kind};

/// A position between neighbours that are further apart is no better than the street's.
const LEAST_CONFIDENCE: f32 = 0.3;
/// A misspelt « quater » is one from this similarity on.
const LIKE_A_SUFFIX: f32 = 0.65;

/// What a place has of the number that was asked for.
#[derive(Debug, Clone)]
pub(super) enum House<'a> {
    /// No number was asked for.
    NotAsked,
    /// It is there, with the suffix that was asked for (`whole`) or another or none.
    Found { number: NumberView<'a>, whole: bool },
    /// Its neighbours are: the position between them.
    Between { number: u32, suffix: String, position: Position },
    /// It isn't there.
    Missing,
}

impl House<'_> {
    /// Loss of an answer's quality.
    pub(super) fn loss(&self) -> f32 {
        match self {
            House::NotAsked | House::Found { whole: true, .. } => 0.0,
            House::Found { whole: false, .. } => 0.012,
            House::Between { .. } => 0.03,
            House::Missing => 0.06,
        }
    }

    /// What the calibration is told: 0 for found, 1 for missing.
    pub(super) fn feature(&self) -> f32 {
        match self {
            House::NotAsked | House::Found { whole: true, .. } => 0.0,
            House::Found { whole: false, .. } => 0.25,
            House::Between { .. } => 0.5,
            House::Missing => 1.0,
        }
    }
}

/// Looks for the number; `asked` are the positions of the words that may be it.
pub(super) fn find<'a>(numbers: Numbers<'a>, tokens: &[Token], asked: u32) -> House<'a> {
    let candidates = || (0..tokens.len()).filter(move |at| asked & (1 << at) != 0);
    if asked == 0 {
        return House::NotAsked;
    }
    let mut partly = None;
    for at in candidates() {
        let Some(number) = tokens[at].number else { continue };
        let suffix = suffix_after(tokens, at);
        if let Some(found) = numbers.find(number, suffix) {
            return House::Found { number: found, whole: true };
        }
        let next = tokens.get(at + 1).map_or("", |next| next.text.as_str());
        let alike = |view: &NumberView<'_>| text::similarity(next, view.suffix()) >= LIKE_A_SUFFIX;
        if let Some(found) = numbers.with_number(number).find(alike) {
            return House::Found { number: found, whole: true };
        }
        partly = partly.or_else(|| numbers.find(number, "").or_else(|| numbers.with_number(number).next()));
    }
    if let Some(number) = partly {
        return House::Found { number, whole: false };
    }
    let first = candidates().next();
    let between = first.and_then(|at| {
        let number = tokens[at].number?;
        let reckoned =
            reckon(numbers, number).filter(|reckoned| reckoned.between && reckoned.confidence >= LEAST_CONFIDENCE)?;
        Some(House::Between { number, suffix: suffix_after(tokens, at).to_owned(), position: reckoned.position })
    });
    between.unwrap_or(House::Missing)
}

/// What follows the number and may be its suffix: a word that is one, or one letter, which before a misspelt street isn't
/// known for one.
fn suffix_after(tokens: &[Token], at: usize) -> &str {
    let is_suffix = |next: &&Token| next.kind == Kind::Suffix || (next.text.len() == 1 && next.number.is_none());
    tokens.get(at + 1).filter(is_suffix).map_or("", |next| next.text.as_str())
}
