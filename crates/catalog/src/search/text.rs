//! From words to a query of the index.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::analysis::Word;
use super::index::Fields;

/// Words of a query that are looked at.
pub(super) const MOST_WORDS: usize = 16;
/// Fewest letters of a word that may be a beginning.
const SHORTEST_BEGINNING: usize = 2;

const YEAR_WEIGHT: f32 = 2.0;
const BEGINNING_WEIGHT: f32 = 0.7;
const TYPO_WEIGHT: f32 = 0.4;

/// How much of a query may be missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leniency {
    /// Every word, in some form; the last may be a beginning.
    Strict,
    /// Every word, give or take some letters.
    Typos,
    /// Most of the words, give or take some letters.
    Most,
}

impl Leniency {
    pub(super) const ALL: [Self; 3] = [Self::Strict, Self::Typos, Self::Most];
}

pub(super) fn query(fields: &Fields, words: &[Word], leniency: Leniency) -> Box<dyn Query> {
    let last = words.len().saturating_sub(1);
    let clauses: Vec<(Occur, Box<dyn Query>)> = words
        .iter()
        .enumerate()
        .map(|(place, word)| {
            let occur = if leniency == Leniency::Most { Occur::Should } else { Occur::Must };
            (occur, any_form(fields, word, place == last, leniency))
        })
        .collect();
    match leniency {
        Leniency::Most => Box::new(BooleanQuery::with_minimum_required_clauses(clauses, words.len().div_ceil(2))),
        _ => Box::new(BooleanQuery::new(clauses)),
    }
}

/// A word in any field: its stem, the year that it is, what it begins, what it's nearly.
fn any_form(fields: &Fields, word: &Word, last: bool, leniency: Leniency) -> Box<dyn Query> {
    let mut forms: Vec<Box<dyn Query>> = Vec::new();
    for (field, weight) in fields.stems {
        // Words that say nothing are not among the stems.
        let term = Term::from_field_text(field, &word.stem);
        forms.push(boosted(TermQuery::new(term, IndexRecordOption::WithFreqs), weight));
    }
    let whole = Term::from_field_text(fields.words, &word.word);
    if word.year().is_some() {
        let term = Term::from_field_text(fields.years, &word.word);
        forms.push(boosted(TermQuery::new(term, IndexRecordOption::Basic), YEAR_WEIGHT));
    }
    if word.stop {
        forms.push(boosted(TermQuery::new(whole.clone(), IndexRecordOption::Basic), TYPO_WEIGHT));
    }
    if last && word.word.len() >= SHORTEST_BEGINNING {
        forms.push(boosted(FuzzyTermQuery::new_prefix(whole.clone(), 0, true), BEGINNING_WEIGHT));
    }
    if leniency != Leniency::Strict && word.typos() > 0 {
        forms.push(boosted(FuzzyTermQuery::new(whole.clone(), word.typos(), true), TYPO_WEIGHT));
        if last {
            forms.push(boosted(FuzzyTermQuery::new_prefix(whole, 1, true), TYPO_WEIGHT / 2.0));
        }
    }
    Box::new(BooleanQuery::union(forms))
}

fn boosted(query: impl Query, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(Box::new(query), weight))
}
