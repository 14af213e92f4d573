//! The house number that a query asks for, in a place.

use super::tokens::Token;
use crate::index::{NumberView, Numbers};
use crate::place::Position;
use crate::text::Kind;

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
        partly = partly.or_else(|| numbers.find(number, "").or_else(|| numbers.with_number(number).next()));
    }
    if let Some(number) = partly {
        return House::Found { number, whole: false };
    }
    let first = candidates().next();
    let between = first.and_then(|at| {
        let number = tokens[at].number?;
        let position = between(numbers, number)?;
        Some(House::Between { number, suffix: suffix_after(tokens, at).to_owned(), position })
    });
    between.unwrap_or(House::Missing)
}

/// What follows the number and may be its suffix: a word that is one, or one letter, which before a misspelt street isn't
/// known for one.
fn suffix_after(tokens: &[Token], at: usize) -> &str {
    let is_suffix = |next: &&Token| next.kind == Kind::Suffix || (next.text.len() == 1 && next.number.is_none());
    tokens.get(at + 1).filter(is_suffix).map_or("", |next| next.text.as_str())
}

/// Neighbours that are further apart than this tell nothing of what lies between them.
const FURTHEST_NEIGHBOURS: u32 = 80;

/// The position between the neighbours on the same side.
fn between(numbers: Numbers<'_>, number: u32) -> Option<Position> {
    let (Some(below), Some(above)) = numbers.around(number) else { return None };
    let gap = above.number().checked_sub(below.number()).filter(|gap| (1..=FURTHEST_NEIGHBOURS).contains(gap))?;
    let share = f64::from(number.checked_sub(below.number())?) / f64::from(gap);
    let (from, to) = (below.position(), above.position());
    Some(Position { lon: from.lon + (to.lon - from.lon) * share, lat: from.lat + (to.lat - from.lat) * share })
}
