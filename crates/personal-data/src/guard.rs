//! Scans columns of text, batch by batch, and tells what is personal.

use std::sync::Arc;

use arrow::array::StringArray;

use crate::{Context, Detector, Example, Finding, Remedy, Rules, detector::nir};

/// How to scan.
#[derive(Debug, Clone)]
pub struct Options {
    /// Least count of persons that may be published.
    pub k: u64,
    /// The same for data from taxation.
    pub fiscal_k: u64,
    /// Number of masked cells that a finding shows.
    pub examples: usize,
    /// Threads that share the columns of a batch.
    pub threads: usize,
    /// The rules of law.
    pub rules: Arc<Rules>,
}

impl Default for Options {
    fn default() -> Self {
        Self { k: 5, fiscal_k: 11, examples: 3, threads: 2, rules: Rules::shipped() }
    }
}

/// A scan under way.
#[derive(Debug)]
pub struct Guard {
    header: Vec<String>,
    options: Options,
    columns: Vec<Tally>,
}

#[derive(Debug, Default, Clone)]
struct Tally {
    rows: u64,
    examples: Vec<(u64, String)>,
}

impl Guard {
    /// Prepares a scan of a table with this header.
    pub fn new(header: &[String], _context: Context, options: &Options) -> Self {
        Self { header: header.to_vec(), options: options.clone(), columns: vec![Tally::default(); header.len()] }
    }

    /// Scans a batch. `first_row` is the number of its first row, as the caller counts. Columns beyond the header are
    /// passed over.
    pub fn scan(&mut self, columns: &[StringArray], first_row: u64) {
        for (tally, column) in self.columns.iter_mut().zip(columns) {
            for (row, cell) in (first_row..).zip(column.iter()) {
                let Some(cell) = cell.filter(|cell| nir::is_valid(cell.as_bytes())) else { continue };
                tally.rows += 1;
                if tally.examples.len() < self.options.examples {
                    tally.examples.push((row, crate::cleaner::masked(Detector::Nir, cell)));
                }
            }
        }
    }

    /// What was found, the gravest first.
    pub fn finish(self) -> Vec<Finding> {
        let Self { header, options, columns } = self;
        let found = header.into_iter().zip(columns).filter(|(_, tally)| tally.rows > 0);
        found.map(|(field, tally)| finding(field, tally, &options)).collect()
    }
}

fn finding(field: String, tally: Tally, options: &Options) -> Finding {
    let (level, ground) = options.rules.decide(Detector::Nir, &[]);
    let example = |(row, masked)| Example { row, field: field.clone(), masked };
    Finding {
        id: format!("{}:{field}", Detector::Nir.name()),
        detector: Detector::Nir,
        rows: tally.rows,
        level,
        ground,
        examples: tally.examples.into_iter().map(example).collect(),
        remedies: vec![Remedy::Remove, Remedy::Mask],
        fields: vec![field],
    }
}
