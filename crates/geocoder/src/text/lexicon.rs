//! What is known of single words, from the tables of `data/`: one look-up a word.

use std::sync::LazyLock;

use hashbrown::{HashMap, HashSet};

type Hasher = foldhash::fast::FixedState;

/// Where an abbreviation is read as its full form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Always,
    /// Where a kind of way may stand.
    Way,
    /// After a house number.
    House,
    /// Before a word.
    Name,
    /// Before a word that is no article.
    Bare,
    /// Before a number.
    Number,
    /// Before a word, but not after an article.
    Between,
    /// Nowhere: only the other reading.
    Other,
}

/// How a word is noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noise {
    /// Wherever it stands.
    Alone,
    /// With the number or letter that follows, before one.
    Value,
    /// With the number that follows, if there is one.
    Number,
    /// With the number before, or after.
    Floor,
    /// At the beginning, with a person's name.
    Person,
    /// At the beginning, before other words.
    Start,
    /// After other noise.
    Side,
}

/// What is known of a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// Full form, words parted by spaces, and where it is read.
    pub(super) full: Option<(&'static str, Where)>,
    pub(super) way: bool,
    pub(super) title: bool,
    pub(super) article: bool,
    pub(super) regnal: bool,
    pub(super) noise: Option<Noise>,
}

static LEXICON: LazyLock<HashMap<&'static str, Entry, Hasher>> = LazyLock::new(|| {
    let mut lexicon: HashMap<&'static str, Entry, Hasher> = HashMap::default();
    let mut note = |word: &'static str, set: &dyn Fn(&mut Entry)| set(lexicon.entry(word).or_default());
    for line in lines(include_str!("../../data/abbreviations.tsv")) {
        let mut cells = line.split('\t');
        if let (Some(form), Some(full), Some(place)) = (cells.next(), cells.next(), cells.next().and_then(place)) {
            note(form, &|entry| entry.full = Some((full, place)));
        }
    }
    for line in lines(include_str!("../../data/noise.tsv")) {
        if let Some((word, how)) = line.split_once('\t') {
            note(word, &|entry| entry.noise = noise(how));
        }
    }
    lines(include_str!("../../data/ways.txt"))
        .filter(|way| !way.contains(' '))
        .for_each(|way| note(way, &|entry| entry.way = true));
    lines(include_str!("../../data/titles.txt")).for_each(|title| note(title, &|entry| entry.title = true));
    lines(include_str!("../../data/articles.txt")).for_each(|article| note(article, &|entry| entry.article = true));
    lines(include_str!("../../data/regnal.txt")).for_each(|name| note(name, &|entry| entry.regnal = true));
    lexicon
});

/// Kinds of ways that are two words.
static PAIRS: LazyLock<HashSet<(&'static str, &'static str), Hasher>> =
    LazyLock::new(|| lines(include_str!("../../data/ways.txt")).filter_map(|way| way.split_once(' ')).collect());

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn place(text: &str) -> Option<Where> {
    Some(match text {
        "always" => Where::Always,
        "way" => Where::Way,
        "house" => Where::House,
        "name" => Where::Name,
        "bare" => Where::Bare,
        "number" => Where::Number,
        "between" => Where::Between,
        "other" => Where::Other,
        _ => return None,
    })
}

fn noise(text: &str) -> Option<Noise> {
    Some(match text {
        "alone" => Noise::Alone,
        "value" => Noise::Value,
        "number" => Noise::Number,
        "floor" => Noise::Floor,
        "person" => Noise::Person,
        "start" => Noise::Start,
        "side" => Noise::Side,
        _ => return None,
    })
}

/// What is known of a folded word.
pub(super) fn entry(word: &str) -> Option<&'static Entry> {
    LEXICON.get(word)
}

/// The two words are a kind of way.
pub(super) fn is_pair(first: &str, second: &str) -> bool {
    PAIRS.contains(&(first, second))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line of a table with as many cells as it must have.
    fn cells(table: &'static str, count: usize) {
        for line in lines(table) {
            assert_eq!(line.split('\t').count(), count, "{line}");
        }
    }

    #[test]
    fn every_line_of_the_tables_is_understood() {
        cells(include_str!("../../data/abbreviations.tsv"), 3);
        cells(include_str!("../../data/noise.tsv"), 2);
        for line in lines(include_str!("../../data/abbreviations.tsv")) {
            let form = line.split('\t').next().unwrap_or_default();
            assert!(entry(form).is_some_and(|entry| entry.full.is_some()), "{line}");
            assert!(form.bytes().all(|byte| byte.is_ascii_lowercase()), "{line}");
        }
        for line in lines(include_str!("../../data/noise.tsv")) {
            assert!(
                entry(line.split('\t').next().unwrap_or_default()).is_some_and(|entry| entry.noise.is_some()),
                "{line}"
            );
        }
    }

    #[test]
    fn a_full_form_is_no_abbreviation_itself() {
        for line in lines(include_str!("../../data/abbreviations.tsv")) {
            let full = line.split('\t').nth(1).unwrap_or_default();
            for word in full.split(' ') {
                let again = entry(word).and_then(|entry| entry.full).filter(|(_, place)| *place != Where::Other);
                assert!(again.is_none(), "{line}: {word} is {again:?}");
            }
        }
    }
}
