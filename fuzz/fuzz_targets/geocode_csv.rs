//! Any bytes as a file of addresses: every row comes back in its place, and what it held is still there.
#![no_main]

use std::io::Cursor;
use std::ops::ControlFlow;

use geocoder::batch::{Csv, CsvOptions, Direction, Finder};
use geocoder::{Hit, ReverseQuery, SearchQuery};
use libfuzzer_sys::fuzz_target;

/// Rows are what is looked at here, not addresses.
struct Nowhere;

impl Finder for Nowhere {
    fn search(&self, _: &SearchQuery) -> Vec<Hit> {
        Vec::new()
    }

    fn reverse(&self, _: &ReverseQuery) -> Vec<Hit> {
        Vec::new()
    }
}

fuzz_target!(|bytes: &[u8]| {
    let options = CsvOptions { row_bytes: 1 << 10, ..CsvOptions::default() };
    let Ok(csv) = Csv::open(Cursor::new(bytes), Direction::Search, &options) else { return };
    let mut out = Vec::new();
    let Ok(tally) = csv.answer(&Nowhere, &mut out, &mut |_| ControlFlow::Continue(())) else { return };
    assert_eq!(tally.rows, tally.ok + tally.not_found + tally.error + tally.skipped);
});
