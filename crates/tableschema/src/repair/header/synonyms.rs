//! Words that say the same in labels, as data: `synonyms.txt`.

use std::{collections::HashMap, sync::OnceLock};

use crate::repair::fold;

/// A line for each meaning: its words, folded, between bars. Lines with `#` are remarks.
const LINES: &str = include_str!("synonyms.txt");

/// Words that say nothing.
const EMPTY: [&str; 16] =
    ["de", "du", "des", "d", "la", "le", "les", "l", "en", "a", "au", "aux", "un", "une", "et", "s"];

/// The meanings of a folded label, in alphabetical order: labels of the same meanings are synonyms.
pub(super) fn canonical(label: &str) -> Vec<String> {
    let known = known();
    let singular = fold::singular(label);
    let words: Vec<&str> = singular.split(' ').filter(|word| !word.is_empty() && !EMPTY.contains(word)).collect();
    let mut meanings = Vec::with_capacity(words.len());
    let mut place = 0;
    while place < words.len() {
        // The longest known phrase first.
        let phrase = (1..=4.min(words.len() - place)).rev().find_map(|width| {
            known.get(words[place..place + width].join(" ").as_str()).map(|meaning| (*meaning, width))
        });
        let (meaning, width) = phrase.unwrap_or((words[place], 1));
        meanings.push(meaning.to_owned());
        place += width;
    }
    meanings.sort_unstable();
    meanings.dedup();
    meanings
}

fn known() -> &'static HashMap<String, &'static str> {
    static KNOWN: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = HashMap::new();
        for line in LINES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut phrases = line.split('|').map(str::trim);
            let Some(meaning) = phrases.next() else { continue };
            for phrase in std::iter::once(meaning).chain(phrases) {
                known.insert(fold::singular(phrase), meaning);
            }
        }
        known
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_one_meaning_are_synonyms() {
        for (one, other) in [
            ("n siret", "numero siret"),
            ("siret", "n de siret"),
            ("code postal", "cp"),
            ("lat", "latitude"),
            ("nom de la commune", "commune"),
            ("date de convention", "date convention"),
            ("tel", "numero de telephone"),
            ("code insee de la commune", "code insee"),
        ] {
            assert_eq!(canonical(one), canonical(other), "{one}");
        }
    }

    #[test]
    fn labels_of_other_meanings_are_not() {
        for (one, other) in
            [("latitude", "longitude"), ("code postal", "code insee"), ("nom", "prenom"), ("date debut", "date fin")]
        {
            assert_ne!(canonical(one), canonical(other), "{one}");
        }
    }

    #[test]
    fn no_phrase_has_two_meanings() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for line in LINES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            for phrase in line.split('|').map(str::trim) {
                assert_eq!(phrase, fold::words(phrase), "phrases are folded");
                assert_eq!(seen.insert(fold::singular(phrase), line), None, "{phrase}");
            }
        }
    }
}
