//! Files of addresses, row by row: CSV in the columns and statuses of addok-csv, and one JSON value a line.
//!
//! A file is looked at once (encoding, separator, quotes, ends of lines: [`Csv::open`], where everything that is wrong
//! with a request shows), then answered: rows are split in order, answered in parallel by small pieces, and written in
//! their order. Memory is bounded by the pieces under way, whatever the length of the file.
//!
//! What came in goes out byte for byte; the answer's columns are added in the file's own encoding and manner.

mod answered;
mod charset;
mod columns;
mod coordinates;
mod csv;
mod error;
mod layout;
mod ndjson;
mod pipeline;
mod rows;

pub use columns::ResultColumn;
pub use csv::{Csv, CsvOptions, MIN_SCORE};
pub use error::BatchError;
pub use ndjson::Lines;

use std::ops::ControlFlow;

use crate::{Hit, Index, ReverseQuery, SearchQuery};

/// Who answers a row: an index.
pub trait Finder: Sync {
    /// Answers to a text, the likeliest first.
    fn search(&self, query: &SearchQuery) -> Vec<Hit>;
    /// Answers to a position, the nearest first.
    fn reverse(&self, query: &ReverseQuery) -> Vec<Hit>;
}

impl Finder for Index {
    fn search(&self, query: &SearchQuery) -> Vec<Hit> {
        self.search(query)
    }

    fn reverse(&self, query: &ReverseQuery) -> Vec<Hit> {
        self.reverse(query)
    }
}

/// What is asked for each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From an address to its position.
    Search,
    /// From a position to the nearest address.
    Reverse,
}

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows written.
    pub rows: u64,
    /// Bytes read.
    pub bytes: u64,
}

/// Told after each piece; `Break` stops with [`BatchError::Cancelled`].
pub type OnProgress<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// What became of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// All rows, blank lines left aside.
    pub rows: u64,
    /// Rows that were found.
    pub ok: u64,
    /// Rows that were not.
    pub not_found: u64,
    /// Rows that couldn't be understood; they are written as they came.
    pub error: u64,
    /// Rows that ask nothing.
    pub skipped: u64,
}

impl Tally {
    fn count(&mut self, status: Status) {
        self.rows += 1;
        *match status {
            Status::Ok => &mut self.ok,
            Status::NotFound => &mut self.not_found,
            Status::Error => &mut self.error,
            Status::Skipped => &mut self.skipped,
        } += 1;
    }

    fn add(&mut self, other: Tally) {
        self.rows += other.rows;
        self.ok += other.ok;
        self.not_found += other.not_found;
        self.error += other.error;
        self.skipped += other.skipped;
    }
}

/// What became of a row: `result_status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Ok,
    NotFound,
    Error,
    Skipped,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::NotFound => "not-found",
            Status::Error => "error",
            Status::Skipped => "skipped",
        }
    }
}

/// Characters of a query at most, as for a single search.
pub const QUERY_CHARACTERS: usize = 200;
