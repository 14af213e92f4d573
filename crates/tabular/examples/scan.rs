//! Reads files and says how many rows they have, and how fast they were read.

#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use std::{path::PathBuf, time::Instant};

use tabular::{Limits, Result, detect, read::SourceFile};

fn main() -> Result<()> {
    let scratch = tempfile::tempdir()?;
    for path in std::env::args().skip(1) {
        if let Err(error) = scan(&path, scratch.path()) {
            println!("{path}: {error} {:?}", error.place);
        }
    }
    Ok(())
}

fn scan(path: &str, scratch: &std::path::Path) -> Result<()> {
    let start = Instant::now();
    let source = SourceFile { path: PathBuf::from(path), name: path.to_owned() };
    for table in detect::open(&source, &Limits::default(), scratch)? {
        let mut batches = table.batches()?;
        let mut rows = 0;
        for batch in batches.by_ref() {
            rows += batch?.rows;
        }
        let seconds = start.elapsed().as_secs_f64();
        let megabytes = batches.bytes_read() as f64 / 1e6;
        let description = table.source();
        println!(
            "{path}\t{}\t{rows} rows\t{} columns\t{:?}\t{:?}\t{:?}\tline {:?}\t{:.0} MB/s",
            table.name().unwrap_or_default(),
            table.header().len(),
            description.encoding.unwrap_or_default(),
            description.delimiter,
            description.quote,
            description.header_line,
            megabytes / seconds,
        );
        for warning in batches.remarks().warnings {
            println!("  {} at line {:?}: {}", warning.code, warning.line, warning.detail);
        }
        for line in batches.remarks().set_aside.iter().take(8) {
            println!("  {:?} {}: {:.100}", line.reason, line.line, line.text);
        }
    }
    Ok(())
}
