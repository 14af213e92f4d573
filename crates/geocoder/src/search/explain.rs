//! Why an answer was found, in words.

use super::house::House;
use super::lexicon::Lexicon;
use super::matcher::{Asked, Matcher};
use super::pursuit::fit;
use super::rank::Ranked;
use super::score::Features;
use super::tokens::Token;
use crate::answer::{Agreement, Explanation, MatchedWord, Part, Reading};
use crate::index::Index;
use crate::text::Kind;

/// Lays the query beside the answer once more, and writes everything down.
pub(super) fn explain(
    index: &Index,
    lexicon: &Lexicon,
    tokens: &[Token],
    ranked: &Ranked<'_>,
    features: &Features,
    examined: u32,
) -> Explanation {
    let matcher = Matcher::of(tokens);
    let fit = fit(Asked { index, lexicon, tokens, matcher: &matcher }, ranked.place, true);
    let terms = index.terms();
    let mut matched: Vec<MatchedWord> = fit
        .matches
        .iter()
        .map(|found| {
            let token = &tokens[usize::from(found.token)];
            let term = found.term.map_or_else(|| ranked.place.postcode().unwrap_or_default(), |term| terms.text(term));
            MatchedWord {
                query: token.text.clone(),
                term: term.to_owned(),
                part: found.part,
                how: found.how,
                weight: token.weight,
            }
        })
        .collect();
    let number = number_of(&ranked.house);
    let mut missing = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(at, _)| fit.matched & (1 << at) == 0) {
        match &number {
            Some(number) if fit.numbers & (1 << at) != 0 && number.starts_with(&token.text) => {
                matched.push(MatchedWord {
                    query: token.text.clone(),
                    term: number.clone(),
                    part: Part::Number,
                    how: Agreement::Exact,
                    weight: token.weight,
                })
            }
            Some(_) if token.kind == Kind::Suffix => {}
            _ => missing.push(token.text.clone()),
        }
    }
    let words = ranked.place.words().iter();
    let unasked = words
        .filter(|word| !fit.matches.iter().any(|found| found.part == Part::Name && found.term == Some(**word)))
        .map(|word| terms.text(*word).to_owned())
        .collect();
    let postcode = matched.iter().find(|word| word.part == Part::Postcode).map(|word| word.query.clone());
    let in_town = matched.iter().any(|word| word.part == Part::Town);
    Explanation {
        reading: Reading { town: in_town.then(|| ranked.place.town().name().to_owned()), postcode, number },
        matched,
        missing,
        unasked,
        features: Features::NAMES.into_iter().zip(features.values()).collect(),
        examined,
    }
}

fn number_of(house: &House<'_>) -> Option<String> {
    match house {
        House::Found { number, .. } => Some(format!("{}{}", number.number(), number.suffix())),
        House::Between { number, suffix, .. } => Some(format!("{number}{suffix}")),
        House::NotAsked | House::Missing => None,
    }
}
