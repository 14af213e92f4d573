//! Scans files and prints what is found, with the time that reading and scanning took.
//!
//! `cargo run --release -p personal-data --example find -- FILE…`
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::path::Path;
use std::time::{Duration, Instant};

use arrow::array::StringArray;
use personal_data::{Context, Finding, Guard, Level, Options};
use tabular::read::{RawColumn, SourceFile, Table};

type Failure = Box<dyn std::error::Error>;

fn main() {
    for path in std::env::args().skip(1) {
        if let Err(failure) = scan_file(Path::new(&path)) {
            eprintln!("{path}: {failure}");
        }
    }
}

fn scan_file(path: &Path) -> Result<(), Failure> {
    let scratch = tempfile::tempdir()?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let source = SourceFile { path: path.to_owned(), name: name.clone() };
    for table in tabular::detect::open(&source, &tabular::limits::Limits::default(), scratch.path())? {
        let context = Context { file_name: Some(name.clone()), title: table.name().map(str::to_owned), schema: None };
        let scanned = scan_table(table.as_ref(), context)?;
        report(&name, table.name(), &scanned);
    }
    Ok(())
}

struct Scanned {
    findings: Vec<Finding>,
    rows: usize,
    reading: Duration,
    scanning: Duration,
}

fn scan_table(table: &dyn Table, context: Context) -> Result<Scanned, Failure> {
    let header: Vec<String> = table.header().into_iter().map(|header| header.label).collect();
    let mut guard = Guard::new(&header, context, &Options::default());
    let (mut rows, mut scanning) = (0, Duration::ZERO);
    let start = Instant::now();
    for batch in table.batches()? {
        let batch = batch?;
        let columns: Vec<StringArray> = batch.columns.into_iter().map(|column| text(column, batch.rows)).collect();
        let before = Instant::now();
        guard.scan(&columns, rows as u64 + 2);
        scanning += before.elapsed();
        rows += batch.rows;
    }
    let reading = start.elapsed() - scanning;
    Ok(Scanned { findings: guard.finish(), rows, reading, scanning })
}

/// Geometry isn't text: it is passed over.
fn text(column: RawColumn, rows: usize) -> StringArray {
    match column {
        RawColumn::Text(cells) => cells,
        RawColumn::Geometry(_) => StringArray::new_null(rows),
    }
}

fn report(name: &str, table: Option<&str>, scanned: &Scanned) {
    let Scanned { findings, rows, reading, scanning } = scanned;
    let high = findings.iter().filter(|finding| finding.level == Level::High).count();
    println!(
        "{name} {} {rows} rows, read in {reading:.0?}, scanned in {scanning:.0?}, {high} high",
        table.unwrap_or("")
    );
    for finding in findings {
        println!("  {:?} {} {:?} {}", finding.level, finding.id, finding.extent, finding.message("fr"));
        println!("      {}", finding.ground.text("fr"));
        let shown: Vec<&str> = finding.examples.iter().map(|example| example.masked.as_str()).collect();
        println!("      {shown:?} {:?}", finding.remedies);
    }
}
