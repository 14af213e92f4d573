//! A corpus of tables with and without personal data, made from a seed: the persons are invented, the same seed gives
//! the same tables. Shared by `examples/corpus.rs`, which prints the figures, and `tests/corpus.rs`, which holds them.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, missing_docs)]

pub mod innocent;
pub mod measure;
pub mod people;
pub mod personal;
pub mod random;

use std::collections::BTreeSet;

use arrow::array::StringArray;
use personal_data::{Context, Detector};

use random::Random;

/// The seed of the figures in the README.
pub const SEED: u64 = 211_100_763;
/// Tables of each kind.
const VARIANTS: usize = 12;

/// What is truly in a column.
pub struct Truth {
    pub detector: Detector,
    /// Columns concerned.
    pub columns: Vec<usize>,
    /// Rows that hold it, where a detector works by cell.
    pub rows: Option<BTreeSet<usize>>,
    /// Whether publication has to be held.
    pub grave: bool,
}

/// A table and what is truly in it.
pub struct Sample {
    pub name: String,
    pub context: Context,
    pub header: Vec<String>,
    pub columns: Vec<Vec<String>>,
    pub truths: Vec<Truth>,
}

impl Sample {
    pub fn new(name: &str, file_name: &str) -> Self {
        let context = Context { file_name: Some(file_name.to_owned()), ..Context::default() };
        Self { name: name.to_owned(), context, header: Vec::new(), columns: Vec::new(), truths: Vec::new() }
    }

    /// Adds a column; gives its place.
    pub fn add(&mut self, label: &str, cells: Vec<String>) -> usize {
        self.header.push(label.to_owned());
        self.columns.push(cells);
        self.columns.len() - 1
    }

    /// Says that whole columns hold something.
    pub fn is(&mut self, detector: Detector, columns: &[usize], grave: bool) {
        self.truths.push(Truth { detector, columns: columns.to_vec(), rows: None, grave });
    }

    /// Says that these rows of a column do.
    pub fn holds(&mut self, detector: Detector, column: usize, rows: BTreeSet<usize>, grave: bool) {
        if !rows.is_empty() {
            self.truths.push(Truth { detector, columns: vec![column], rows: Some(rows), grave });
        }
    }

    /// Every filled cell of a column does.
    pub fn fills(&mut self, detector: Detector, column: usize, grave: bool) {
        let rows = (0..self.columns[column].len()).filter(|row| !self.columns[column][*row].is_empty()).collect();
        self.holds(detector, column, rows, grave);
    }

    pub fn batch(&self) -> Vec<StringArray> {
        self.columns.iter().map(|cells| cells.iter().map(|cell| Some(cell.as_str())).collect()).collect()
    }

    pub fn must_be_held(&self) -> bool {
        self.truths.iter().any(|truth| truth.grave)
    }
}

/// Every table of the corpus.
pub fn generate(seed: u64) -> Vec<Sample> {
    let mut random = Random::new(seed);
    let mut samples = Vec::new();
    for variant in 0..VARIANTS {
        personal::add(&mut samples, &mut random, variant);
        innocent::add(&mut samples, &mut random, variant);
    }
    samples
}
