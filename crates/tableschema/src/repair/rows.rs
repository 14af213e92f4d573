//! Whole rows: those without a value, and those that are there already.

use std::hash::{BuildHasher, Hasher};

use arrow::array::{Array, StringArray};
use foldhash::quality::FixedState;
use hashbrown::{HashTable, hash_table::Entry};

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
        let full = self.hashes.len() >= MOST;
        match self.hashes.entry(low(&hash), |other| *other == hash, low) {
            Entry::Occupied(_) => true,
            Entry::Vacant(vacant) => {
                if !full {
                    vacant.insert(hash);
                }
                false
            }
        }
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
        let mut row_bytes = Vec::with_capacity(1_024);
        let mut extra = batch.extra.iter().peekable();
        let hash = |row: usize| {
            row_bytes.clear();
            for cells in &batch.columns {
                append(bytes(cells, row), &mut row_bytes);
            }
            while let Some((_, cells)) = extra.next_if(|(at, _)| *at <= row) {
                cells.iter().for_each(|cell| append(cell.as_bytes(), &mut row_bytes));
            }
            let [one, two] = self.0.each_ref().map(|state| {
                let mut hasher = state.build_hasher();
                hasher.write(&row_bytes);
                hasher.finish()
            });
            u128::from(one) << 64 | u128::from(two)
        };
        (0..batch.rows()).map(hash).collect()
    }
}

/// The length first: `ab`, `c` is not `a`, `bc`.
fn append(cell: &[u8], bytes: &mut Vec<u8>) {
    match u8::try_from(cell.len()) {
        Ok(short) if short < u8::MAX => bytes.push(short),
        _ => {
            bytes.push(u8::MAX);
            bytes.extend_from_slice(&cell.len().to_le_bytes());
        }
    }
    bytes.extend_from_slice(cell);
}

/// The bytes of a cell; a row that ended before it has none.
fn bytes(cells: &StringArray, row: usize) -> &[u8] {
    match cells.value_offsets().get(row..row + 2) {
        Some([start, end]) if cells.is_valid(row) => {
            cells.value_data().get(*start as usize..*end as usize).unwrap_or_default()
        }
        _ => &[],
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
