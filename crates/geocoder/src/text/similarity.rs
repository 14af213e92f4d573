//! How much a word of a query is like a word of a name.

use super::phonetic::phonetic_into;

/// What longer words are compared by: their beginning.
const LONGEST: usize = 48;
/// Two words that sound alike are at least this near.
const SOUNDS_ALIKE: f32 = 0.82;
/// Words that are written so differently don't sound alike.
const HOPELESS: f32 = 0.3;
/// A wrong first letter costs this many edits: it is what people get right.
const FIRST_LETTER: f32 = 1.4;
/// A vowel for another, a letter doubled or not: what is heard alike.
const LIGHT: f32 = 0.7;

/// 1 for equal words, 0 for words with nothing in common. Both are normalised words.
///
/// An edit (a letter more, less, other, or two that are swapped) counts against the longer word's length, the first
/// letter's more than others, a vowel's less. Words that sound alike keep at least 0.82.
#[must_use]
pub fn similarity(query: &str, term: &str) -> f32 {
    if query == term {
        return 1.0;
    }
    if query.is_empty() || term.is_empty() {
        return 0.0;
    }
    let digits = |text: &str| text.as_bytes().iter().all(u8::is_ascii_digit);
    // A number is right or wrong.
    if digits(query) || digits(term) {
        return 0.0;
    }
    let written = if query.is_ascii() && term.is_ascii() {
        edited(query.as_bytes(), term.as_bytes())
    } else {
        let (query, term): (Vec<char>, Vec<char>) =
            (query.chars().take(LONGEST).collect(), term.chars().take(LONGEST).collect());
        edited(&query, &term)
    };
    if (HOPELESS..SOUNDS_ALIKE).contains(&written) { written.max(heard(query, term)) } else { written }
}

/// How much a word that is still being typed is like the beginning of a term: 1 when the term begins so and is as long,
/// less the longer the term is.
#[must_use]
pub fn similarity_of_prefix(typed: &str, term: &str) -> f32 {
    if typed == term {
        return 1.0;
    }
    if term.starts_with(typed) {
        let missing = (term.len() - typed.len()) as f32 / term.len() as f32;
        return 1.0 - 0.15 * missing;
    }
    let beginning = term.char_indices().nth(typed.chars().count()).map_or(term, |(end, _)| &term[..end]);
    (similarity(typed, beginning) * 0.9).max(similarity(typed, term))
}

/// By sound: a constant for words of one key.
fn heard(query: &str, term: &str) -> f32 {
    thread_local! {
        static KEYS: std::cell::RefCell<(String, String)> = const { std::cell::RefCell::new((String::new(), String::new())) };
    }
    KEYS.with_borrow_mut(|(one, other)| {
        phonetic_into(query, one);
        phonetic_into(term, other);
        if one == other { SOUNDS_ALIKE } else { 0.0 }
    })
}

trait Letter: Copy + PartialEq {
    fn is_vowel(self) -> bool;
}

impl Letter for u8 {
    fn is_vowel(self) -> bool {
        matches!(self, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
    }
}

impl Letter for char {
    fn is_vowel(self) -> bool {
        u8::try_from(self).is_ok_and(Letter::is_vowel)
    }
}

/// One less the weighted distance over the length.
fn edited<L: Letter>(query: &[L], term: &[L]) -> f32 {
    let (query, term) = (&query[..query.len().min(LONGEST)], &term[..term.len().min(LONGEST)]);
    let longest = query.len().max(term.len()) as f32;
    if query.len().abs_diff(term.len()) as f32 > longest * 0.6 {
        return 0.0;
    }
    (1.0 - distance(query, term) / longest).max(0.0)
}

/// Distance by letters less, more, other or swapped with the next (optimal string alignment), weighted.
fn distance<L: Letter>(query: &[L], term: &[L]) -> f32 {
    let mut before = [0f32; LONGEST + 1];
    let mut last = [0f32; LONGEST + 1];
    let mut row = [0f32; LONGEST + 1];
    for column in 1..=term.len() {
        last[column] = last[column - 1] + gap(term, column - 1);
    }
    for line in 1..=query.len() {
        let letter = query[line - 1];
        row[0] = last[0] + gap(query, line - 1);
        for column in 1..=term.len() {
            let other = term[column - 1];
            let mut best = last[column - 1] + change(letter, other, line == 1 && column == 1);
            best = best.min(last[column] + gap(query, line - 1)).min(row[column - 1] + gap(term, column - 1));
            if line > 1 && column > 1 && letter == term[column - 2] && query[line - 2] == other {
                best = best.min(before[column - 2] + 0.9);
            }
            row[column] = best;
        }
        (before, last, row) = (last, row, before);
    }
    last[term.len()]
}

/// What it costs that a letter is missing in the other word: little when it only doubles its neighbour.
fn gap<L: Letter>(word: &[L], at: usize) -> f32 {
    let doubled = at > 0 && word[at] == word[at - 1];
    match at {
        0 => FIRST_LETTER,
        _ if doubled => LIGHT,
        _ => 1.0,
    }
}

fn change<L: Letter>(letter: L, other: L, first: bool) -> f32 {
    match (letter == other, first) {
        (true, _) => 0.0,
        (false, true) => FIRST_LETTER,
        (false, false) if letter.is_vowel() && other.is_vowel() => LIGHT,
        (false, false) => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_words_are_one_and_strangers_near_nothing() {
        assert!((similarity("pompidou", "pompidou") - 1.0).abs() < f32::EPSILON);
        assert!(similarity("pompidou", "castelnaudary") < 0.3);
        assert!(similarity("12", "13") < f32::EPSILON);
    }

    #[test]
    fn a_slip_costs_little_and_the_first_letter_more() {
        assert!(similarity("ponpidou", "pompidou") > 0.85);
        assert!(similarity("pompiduo", "pompidou") > 0.85);
        assert!(similarity("bompidou", "pompidou") < similarity("ponpidou", "pompidou"));
    }

    #[test]
    fn what_sounds_alike_is_near() {
        for (query, term) in [("cracke", "craquet"), ("maure", "mort"), ("branli", "branly")] {
            assert!(similarity(query, term) >= SOUNDS_ALIKE, "{query} {term} {}", similarity(query, term));
        }
    }

    #[test]
    fn a_word_being_typed_is_near_what_it_begins() {
        assert!(similarity_of_prefix("castel", "castelnaudary") > 0.9);
        assert!(similarity_of_prefix("castle", "castelnaudary") > 0.7);
        assert!(similarity_of_prefix("castel", "castelnau") > similarity_of_prefix("castel", "castelnaudary"));
    }
}
