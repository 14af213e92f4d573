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
        // Articles count only when there is nothing else: « Les » is a name too.
        let heavy: Vec<&String> = words.iter().filter(|word| !fold::is_light(word)).collect();
        let wanted = if heavy.is_empty() { words.iter().collect() } else { heavy };
        let found = self.matching(&wanted, false);
        let found = if found.is_empty() { self.matching(&wanted, true) } else { found };
        let whole = words.join(" ");
        found.into_iter().map(|common| self.scored(common, wanted.len(), &whole)).collect()
    }

    /// Rows that have all words; with mistakes, when none has them as they are.
    fn matching(&self, wanted: &[&String], mistaken: bool) -> Vec<Common> {
        let mut kept: Option<Vec<Common>> = None;
        for word in wanted {
            let rows = self.rows(&self.meant(word, mistaken));
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
    fn meant(&self, word: &str, mistaken: bool) -> Vec<Meant> {
        let from = self.words.first_from(word);
        let mut meant: Vec<Meant> = (from..self.words.len())
            .map(|row| (row, self.words.get(row)))
            .take_while(|(_, known)| known.starts_with(word))
            .map(|(row, known)| Meant { word: row, likeness: beginning(word.len(), known.len()) })
            .collect();
        if mistaken {
            meant.extend(self.near(word));
        }
        meant
    }

    /// Words that have most pairs of letters of a word, and differ from it by a letter or two.
    fn near(&self, word: &str) -> Vec<Meant> {
        let length = word.chars().count();
        let most = if length < 3 {
            0
        } else if length < 7 {
            1
        } else {
            2
        };
        if most == 0 {
            return Vec::new();
        }
        let pairs = bigrams(word);
        let mut candidates: Vec<u32> = pairs
            .iter()
            .filter_map(|pair| self.bigrams.find_u16(*pair))
            .flat_map(|row| self.bigram_words.get(row))
            .collect();
        candidates.sort_unstable();
        // A wrong letter spoils two pairs, two letters in the wrong order three.
        let least = pairs.len().saturating_sub(most * 3).max(1);
        let mut near = Vec::new();
        for same in candidates.chunk_by(|a, b| a == b).filter(|same| same.len() >= least) {
            let row = same[0] as usize;
            let known = self.words.get(row);
            if known.len().abs_diff(word.len()) > most || known.starts_with(word) {
                continue;
            }
            let distance = strsim::osa_distance(word, known);
            if distance <= most {
                near.push(Meant { word: row, likeness: 0.9 - distance as f64 / length as f64 });
            }
        }
        near
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
