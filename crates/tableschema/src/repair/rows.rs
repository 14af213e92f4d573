//! Whole rows: those without a value, and those that are there already.

use std::hash::{BuildHasher, Hasher};

use arrow::array::{Array, StringArray};
use foldhash::quality::FixedState;
use hashbrown::HashTable;

use crate::Batch;

/// Most rows that are remembered: about a hundred megabytes. Later ones are only compared with these.
pub(super) const MOST: usize = 7 << 19;

/// The rows seen so far, by 128 bits of hash: two different rows have the same about once in 10^25 tables.
#[derive(Debug)]
pub(super) struct Seen {
    hashes: HashTable<u128>,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self { hashes: HashTable::new() }
    }

    /// Whether a row was there before.
    pub(super) fn has_or_take(&mut self, hash: u128) -> bool {
        let low = |hash: &u128| (*hash & u128::from(u64::MAX)) as u64;
        if self.hashes.find(low(&hash), |other| *other == hash).is_some() {
            return true;
        }
        if self.hashes.len() < MOST {
            self.hashes.insert_unique(low(&hash), hash, low);
        }
        false
    }
}

/// How rows are hashed. The seeds are drawn for each table: nobody can prepare rows that collide.
#[derive(Debug, Clone)]
pub(super) struct RowHasher([FixedState; 2]);

impl RowHasher {
    pub(super) fn new() -> Self {
        let drawn = || FixedState::with_seed(foldhash::quality::RandomState::default().hash_one(0u8));
        Self([drawn(), drawn()])
    }

    /// The hash of each row of a batch.
    pub(super) fn hashes(&self, batch: &Batch) -> Vec<u128> {
        let mut hashers: Vec<_> = (0..batch.rows()).map(|_| self.0.each_ref().map(BuildHasher::build_hasher)).collect();
        for cells in &batch.columns {
            for (row, pair) in hashers.iter_mut().enumerate() {
                let cell = cell(cells, row).as_bytes();
                for hasher in pair {
                    // The length first: `ab`, `c` is not `a`, `bc`.
                    hasher.write_usize(cell.len());
                    hasher.write(cell);
                }
            }
        }
        for (row, cells) in &batch.extra {
            if let Some(pair) = hashers.get_mut(*row) {
                for hasher in pair {
                    cells.iter().for_each(|cell| hasher.write(cell.as_bytes()));
                }
            }
        }
        hashers.iter().map(|[one, two]| u128::from(one.finish()) << 64 | u128::from(two.finish())).collect()
    }
}

/// By row, whether it has no value: nothing but spaces in every cell.
pub(super) fn blank(batch: &Batch) -> Vec<bool> {
    let mut blank = vec![true; batch.rows()];
    for cells in &batch.columns {
        let mut any = false;
        for (row, blank) in blank.iter_mut().enumerate() {
            *blank = *blank && is_blank(cell(cells, row));
            any |= *blank;
        }
        if !any {
            break;
        }
    }
    for (row, cells) in &batch.extra {
        if let Some(blank) = blank.get_mut(*row) {
            *blank = *blank && cells.iter().all(|cell| is_blank(cell));
        }
    }
    blank
}

/// Whether a cell has nothing to be seen.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.chars().all(|character| character.is_whitespace() || super::is_invisible(character))
}

/// The text of a cell; a row that ended before it has none.
pub(super) fn cell(cells: &StringArray, row: usize) -> &str {
    if cells.is_valid(row) { cells.value(row) } else { "" }
}
