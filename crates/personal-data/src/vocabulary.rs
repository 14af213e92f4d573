//! The words that count as evidence, read from `data/vocabulary.json` and the lists of names beside it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use hashbrown::HashSet;
use serde::Deserialize;

use crate::{context::Subject, header::Meaning, text};

/// A set of folded words.
pub(crate) type Words = HashSet<Box<str>, FixedState>;

const SHIPPED: &str = include_str!("../data/vocabulary.json");
const FIRST_NAMES: &str = include_str!("../data/first-names.txt");
const LAST_NAMES: &str = include_str!("../data/last-names.txt");

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let written = serde_json::from_str::<Written>(SHIPPED).unwrap_or_default();
    Vocabulary::new(written)
});

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    meanings: BTreeMap<Meaning, Vec<String>>,
    subjects: BTreeMap<Subject, Vec<String>>,
    organisation_words: Vec<String>,
    place_words: Vec<String>,
    street_types: Vec<String>,
    titles: Vec<String>,
    functions: Vec<String>,
    particles: Vec<String>,
    functional_mailboxes: Vec<String>,
    webmail_domains: Vec<String>,
    famous_names: Vec<String>,
}

/// Words and phrases, ready to be compared.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pub(crate) meanings: Vec<(Meaning, Vec<Phrase>)>,
    pub(crate) subjects: Vec<(Subject, Vec<Phrase>)>,
    /// Folded, as all the sets below.
    pub(crate) organisations: Words,
    pub(crate) places: Words,
    pub(crate) street_types: Words,
    pub(crate) titles: Words,
    pub(crate) functions: Words,
    pub(crate) particles: Words,
    /// In lower case, as the next.
    pub(crate) mailboxes: Words,
    pub(crate) webmails: Words,
    pub(crate) famous: Words,
    pub(crate) first_names: Words,
    pub(crate) last_names: Words,
}

impl Vocabulary {
    pub(crate) fn get() -> &'static Self {
        &VOCABULARY
    }

    fn new(written: Written) -> Self {
        let folded = |words: &[String]| words.iter().map(|word| text::fold(word).into_boxed_str()).collect();
        let plain = |words: &[String]| words.iter().map(|word| word.clone().into_boxed_str()).collect();
        let lines = |text: &str| text.lines().map(Box::from).collect();
        Self {
            meanings: written.meanings.into_iter().map(|(key, phrases)| (key, Phrase::all(&phrases))).collect(),
            subjects: written.subjects.into_iter().map(|(key, phrases)| (key, Phrase::all(&phrases))).collect(),
            organisations: folded(&written.organisation_words),
            places: folded(&written.place_words),
            street_types: folded(&written.street_types),
            titles: folded(&written.titles),
            functions: folded(&written.functions),
            particles: folded(&written.particles),
            mailboxes: plain(&written.functional_mailboxes),
            webmails: plain(&written.webmail_domains),
            famous: folded(&written.famous_names),
            first_names: lines(FIRST_NAMES),
            last_names: lines(LAST_NAMES),
        }
    }
}

/// Words that follow one another in a header or a title. `*` ends a word that is only a beginning; `=` means that there
/// must be no other word.
#[derive(Debug)]
pub(crate) struct Phrase {
    words: String,
    whole: bool,
}

impl Phrase {
    fn all(written: &[String]) -> Vec<Self> {
        written.iter().map(|phrase| Self::new(phrase)).collect()
    }

    fn new(written: &str) -> Self {
        let (whole, phrase) = written.strip_prefix('=').map_or((false, written), |rest| (true, rest));
        let mut words = format!(" {phrase} ");
        if whole && !phrase.ends_with('*') {
            return Self { words, whole };
        }
        if let Some(open) = words.strip_suffix("* ") {
            words.truncate(open.len());
        }
        Self { words, whole }
    }

    /// Whether it is among the words, which [`text::words`] gave.
    pub(crate) fn is_in(&self, words: &str) -> bool {
        if self.whole {
            return words == self.words;
        }
        // A star within a phrase: each word in turn may go on.
        let mut parts = self.words.split("* ");
        let Some(first) = parts.next() else { return false };
        let mut start = 0;
        while let Some(at) = words[start..].find(first) {
            if rest_follows(&words[start + at + first.len()..], parts.clone()) {
                return true;
            }
            start += at + 1;
        }
        false
    }
}

fn rest_follows<'a>(mut words: &str, parts: impl Iterator<Item = &'a str>) -> bool {
    for part in parts {
        let Some(end) = words.find(' ') else { return false };
        let Some(rest) = words[end + 1..].strip_prefix(part) else { return false };
        words = rest;
    }
    true
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_vocabulary_is_read() {
        let written: Written = serde_json::from_str(SHIPPED).unwrap();
        assert_eq!(written.meanings.len(), Meaning::ALL.len());
        let vocabulary = Vocabulary::get();
        assert!(vocabulary.first_names.contains("PHILIPPE") && vocabulary.last_names.contains("MARTIN"));
        assert!(vocabulary.first_names.len() > 2_000);
    }

    #[test]
    fn phrases_match_words_and_beginnings() {
        assert!(Phrase::new("date naiss*").is_in(" date naissance "));
        assert!(Phrase::new("marche* public*").is_in(" les marches publics 2024 "));
        assert!(!Phrase::new("marche* public*").is_in(" marches de plein vent "));
        assert!(!Phrase::new("nom").is_in(" nombre "));
        assert!(Phrase::new("=nom").is_in(" nom ") && !Phrase::new("=nom").is_in(" nom commune "));
        assert!(Phrase::new("logement* socia*").is_in(" nb logements sociaux "));
    }
}
