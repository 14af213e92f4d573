//! The index of names that `geography::names` searches.

use std::collections::{BTreeMap, BTreeSet};

use geography::file::{Column, Table};
use geography::{fold, names};

use crate::columns::Writer;

/// Writes the index of the names of a table.
pub fn write<'a>(writer: &mut Writer, table: Table, all: impl IntoIterator<Item = &'a str>) {
    let split: Vec<Vec<String>> = all.into_iter().map(fold::words).collect();
    let words: BTreeSet<&str> = split.iter().flatten().map(String::as_str).collect();
    let number: BTreeMap<&str, u32> = words.iter().copied().zip(0..).collect();
    let row_words: Vec<Vec<u32>> =
        split.iter().map(|name| name.iter().map(|word| number[word.as_str()]).collect()).collect();
    let mut word_rows = vec![Vec::new(); words.len()];
    for (row, name) in (0..).zip(&row_words) {
        for word in name.iter().collect::<BTreeSet<_>>() {
            word_rows[*word as usize].push(row);
        }
    }
    let mut bigrams: BTreeMap<u16, Vec<u32>> = BTreeMap::new();
    for (word, number) in &number {
        for pair in names::bigrams(word) {
            bigrams.entry(pair).or_default().push(*number);
        }
    }
    writer.texts(table, Column::Words, words);
    writer.lists(table, Column::WordRows, word_rows);
    writer.short_lists(table, Column::RowWords, row_words);
    writer.u16s(table, Column::Bigrams, bigrams.keys().copied());
    writer.short_lists(table, Column::BigramWords, bigrams.into_values());
}
