//! What the index answers and how fast, in this process: without HTTP, and with what the score was reckoned from.
//!
//! `measure build INDEX FILE…` makes an index; `measure answers INDEX` reads cases (JSON lines with `query`, `autocomplete`,
//! `near`) and writes the answers of each with the features of its first; `measure latency INDEX` times them one by one;
//! `measure calibrate` reads judged features and writes `data/calibration.json`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod answers;
mod build;
mod calibrate;
mod latency;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["build", index, files @ ..] if !files.is_empty() => build::run(index.as_ref(), files),
        ["answers", index] => answers::run(index.as_ref()),
        ["latency", index] => latency::run(index.as_ref()),
        ["calibrate"] => calibrate::run(),
        _ => Err("measure build INDEX FILE… | answers INDEX | latency INDEX | calibrate".into()),
    }
}
