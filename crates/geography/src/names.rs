//! Finding rows by their names: whole words, beginnings of words, and words with a mistake.

use crate::file::{Column, File, Lists, Numbers, Table, Texts};
use crate::fold;

/// A longer text isn't read to its end.
const LONGEST_TEXT: usize = 200;

/// Words after these are not looked at.
const MOST_WORDS: usize = 12;

/// A row whose name is like what is looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Named {
    /// The row.
    pub row: usize,
    /// From 0 to 1; 1 when the name is what was asked.
    pub score: f64,
}

/// The index of the names of a table.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    words: Texts,
    word_rows: Lists,
    row_words: Lists,
    bigrams: Numbers,
    bigram_words: Lists,
}

/// A word of the index that a word of the question may stand for.
struct Meant {
    word: usize,
    likeness: f64,
}

/// How the words of a question are taken.
#[derive(Clone, Copy)]
enum Reading {
    /// As they are, or as beginnings.
    AsTyped,
    /// Those that no name has may be mistaken.
    UnknownMistaken,
    /// Any may be mistaken for another.
    AnyMistaken,
}

/// What a row has in common with the question.
#[derive(Clone, Copy)]
struct Common {
    row: u32,
    /// Sum of how like each word of the question is to one of the name.
    likeness: f64,
}

impl Names {
    /// That of a table.
    pub fn new(file: File, table: Table) -> Self {
        Self {
            words: file.texts(table, Column::Words),
            word_rows: file.lists(table, Column::WordRows),
            row_words: file.short_lists(table, Column::RowWords),
            bigrams: file.numbers(table, Column::Bigrams),
            bigram_words: file.short_lists(table, Column::BigramWords),
        }
    }

    /// Rows whose name has every word of a text, or something near it; in no order.
    pub fn find(&self, text: &str) -> Vec<Named> {
        let end = text.char_indices().nth(LONGEST_TEXT).map_or(text.len(), |(end, _)| end);
        let mut words = fold::words(text.get(..end).unwrap_or_default());
        words.truncate(MOST_WORDS);
        // Articles say little, but for the last word, which may be the beginning of another: « saint-de ».
        let last = words.len().saturating_sub(1);
        let counts = |place: usize, word: &str| place == last || !fold::is_light(word);
        let wanted: Vec<&String> =
            words.iter().enumerate().filter(|(place, word)| counts(*place, word)).map(|(_, word)| word).collect();
        let readings = [Reading::AsTyped, Reading::UnknownMistaken, Reading::AnyMistaken];
        let found = readings.into_iter().map(|reading| self.matching(&wanted, reading)).find(|found| !found.is_empty());
        let found = found.unwrap_or_default();
        let whole = words.join(" ");
        found.into_iter().map(|common| self.scored(common, wanted.len(), &whole)).collect()
    }

    /// Rows that have all words.
    fn matching(&self, wanted: &[&String], reading: Reading) -> Vec<Common> {
        let mut kept: Option<Vec<Common>> = None;
        for word in wanted {
            let rows = self.rows(&self.meant(word, reading));
            let both = match kept {
                None => rows,
                Some(before) => intersection(&before, &rows),
            };
            if both.is_empty() {
                return Vec::new();
            }
            kept = Some(both);
        }
        kept.unwrap_or_default()
    }

    fn scored(&self, common: Common, wanted: usize, whole: &str) -> Named {
        let row = common.row as usize;
        let name: Vec<&str> = self.row_words.get(row).map(|word| self.words.get(word as usize)).collect();
        let weight = |light: usize| name.len().saturating_sub(light) as f64 + light as f64 * 0.2;
        let light = name.iter().filter(|word| fold::is_light(word)).count();
        let length = if light == name.len() { light as f64 } else { weight(light) };
        let matched = common.likeness / wanted.max(1) as f64;
        let covered = (common.likeness / length.max(1.0)).min(1.0);
        let mut score = 0.98 * matched * (0.4 + 0.6 * covered);
        if name.iter().copied().eq(whole.split(' ')) {
            score = 1.0;
        }
        Named { row, score }
    }

    /// Words that a word may stand for.
    fn meant(&self, word: &str, reading: Reading) -> Vec<Meant> {
        let from = self.words.first_from(word);
        let mut meant: Vec<Meant> = (from..self.words.len())
            .map(|row| (row, self.words.get(row)))
            .take_while(|(_, known)| known.starts_with(word))
            .map(|(row, known)| Meant { word: row, likeness: beginning(word.len(), known.len()) })
            .collect();
        let mistaken = match reading {
            Reading::AsTyped => false,
            Reading::UnknownMistaken => meant.is_empty(),
            Reading::AnyMistaken => true,
        };
        if mistaken {
            let letters = word.chars().count();
            // Two mistakes are looked for only where one explains nothing.
            let near = (1..=2).filter(|mistakes| letters >= mistakes * 4 - 1).map(|mistakes| self.near(word, mistakes));
            meant.extend(near.into_iter().find(|near| !near.is_empty()).unwrap_or_default());
        }
        meant
    }

    /// Words that have most pairs of letters of a word, and differ from it by so many mistakes.
    fn near(&self, word: &str, mistakes: usize) -> Vec<Meant> {
        let pairs = bigrams(word);
        let mut shared = vec![0_u8; self.words.len()];
        for row in pairs.iter().filter_map(|pair| self.bigrams.find_u16(*pair)) {
            for known in self.bigram_words.get(row) {
                if let Some(count) = shared.get_mut(known as usize) {
                    *count = count.saturating_add(1);
                }
            }
        }
        // A wrong letter spoils two pairs, two letters in the wrong order three.
        let least = pairs.len().saturating_sub(mistakes * 3).max(1);
        let length = word.chars().count();
        let near =
            shared.iter().enumerate().filter(|(_, count)| usize::from(**count) >= least).filter_map(|(row, _)| {
                let known = self.words.get(row);
                let other = known.len().abs_diff(word.len()) > mistakes || known.starts_with(word);
                let distance = if other { usize::MAX } else { strsim::osa_distance(word, known) };
                (distance <= mistakes).then(|| Meant { word: row, likeness: 0.9 - distance as f64 / length as f64 })
            });
        near.collect()
    }

    /// Rows that have one of the words, the best one counting, in order.
    fn rows(&self, meant: &[Meant]) -> Vec<Common> {
        let mut rows: Vec<Common> = meant
            .iter()
            .flat_map(|one| self.word_rows.get(one.word).map(|row| Common { row, likeness: one.likeness }))
            .collect();
        rows.sort_unstable_by(|a, b| a.row.cmp(&b.row).then(b.likeness.total_cmp(&a.likeness)));
        rows.dedup_by_key(|common| common.row);
        rows
    }
}

/// How much a beginning says of a word.
fn beginning(typed: usize, whole: usize) -> f64 {
    if typed == whole { 1.0 } else { 0.5 + 0.4 * typed as f64 / whole as f64 }
}

fn intersection(left: &[Common], right: &[Common]) -> Vec<Common> {
    let mut both = Vec::new();
    let (mut l, mut r) = (left.iter().peekable(), right.iter().peekable());
    while let (Some(a), Some(b)) = (l.peek(), r.peek()) {
        match a.row.cmp(&b.row) {
            std::cmp::Ordering::Less => _ = l.next(),
            std::cmp::Ordering::Greater => _ = r.next(),
            std::cmp::Ordering::Equal => {
                both.push(Common { row: a.row, likeness: a.likeness + b.likeness });
                l.next();
                r.next();
            }
        }
    }
    both
}

/// Pairs of letters of a word, its ends included, each once.
pub fn bigrams(word: &str) -> Vec<u16> {
    let letters = std::iter::once(0).chain(word.bytes()).chain(std::iter::once(0));
    let following = word.bytes().chain(std::iter::once(0));
    let mut pairs: Vec<u16> = letters.zip(following).map(|(a, b)| u16::from_be_bytes([a, b])).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
