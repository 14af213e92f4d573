//! Validates files against a schema, and says how fast it was and how much memory it took.
//!
//! ```text
//! validate schema.json file.csv…           checks
//! validate --read schema.json file.csv…    reads only, for comparison
//! validate --json schema.json file.csv…    checks, and prints the report as JSON
//! ```

#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use std::{path::PathBuf, time::Instant};

use tableschema::{Batch, ForeignTables, Limits, Options, Report, Schema};
use tabular::{
    detect,
    read::{RawBatch, RawColumn, SourceFile, Table},
};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = arguments.first().filter(|first| first.starts_with("--")).cloned();
    if option.is_some() {
        arguments.remove(0);
    }
    let [schema, files @ ..] = arguments.as_slice() else { return Err("a schema and files, please".into()) };
    let schema = Schema::parse(&std::fs::read(schema)?, &Limits::default())?;
    let scratch = tempfile::tempdir()?;
    for file in files {
        let source = SourceFile { path: PathBuf::from(file), name: file.clone() };
        for table in detect::open(&source, &tabular::Limits::default(), scratch.path())? {
            match option.as_deref() {
                Some("--read") => read(table.as_ref())?,
                Some("--json") => println!("{}", serde_json::to_string(&validate(&schema, table.as_ref())?)?),
                _ => {
                    let start = Instant::now();
                    let report = validate(&schema, table.as_ref())?;
                    println!("{file}");
                    figures(report.rows, start);
                    print(&report);
                }
            }
        }
    }
    Ok(())
}

fn read(table: &dyn Table) -> Outcome<()> {
    let start = Instant::now();
    let mut rows = 0;
    for batch in table.batches()? {
        rows += batch?.rows as u64;
    }
    figures(rows, start);
    Ok(())
}

fn validate(schema: &Schema, table: &dyn Table) -> Outcome<Report> {
    let header: Vec<String> = table.header().into_iter().map(|header| header.label).collect();
    let mut row = 2;
    let batches = table.batches()?.map(|batch| {
        batch.map(|batch| {
            let first = row;
            row += batch.rows as u64;
            to_batch(batch, first)
        })
    });
    Ok(tableschema::validate(schema, &header, batches, &ForeignTables::default(), &Options::default())?)
}

fn print(report: &Report) {
    println!("  {} errors", report.error_count);
    for count in &report.counts {
        println!("  {:>8} {} {} ({})", count.count, count.code, count.field.as_deref().unwrap_or("-"), count.rule);
    }
    for finding in report.errors.iter().take(5) {
        println!("  {}", finding.message("fr"));
    }
    for note in &report.notes {
        println!("  note: {}", note.message("en"));
    }
}

fn to_batch(batch: RawBatch, first_row: u64) -> Batch {
    let columns = batch.columns.into_iter().map(|column| match column {
        RawColumn::Text(cells) => cells,
        RawColumn::Geometry(cells) => {
            (0..batch.rows).map(|_| None::<&str>).take(arrow::array::Array::len(&cells)).collect()
        }
    });
    Batch { first_row, columns: columns.collect(), extra: batch.overflow }
}

fn figures(rows: u64, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    println!("  {rows} rows in {seconds:.3} s: {:.0} rows/s; peak memory {}", rows as f64 / seconds, peak_memory());
}

/// Linux's own figure; elsewhere there is none.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("unknown");
    line.trim_start_matches("VmHWM:").trim().to_owned()
}
