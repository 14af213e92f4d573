//! Validates files against a schema, and says how fast it was and how much memory it took.
//!
//! ```text
//! validate schema.json file.csv…           checks
//! validate --read schema.json file.csv…    reads only, for comparison
//! ```

#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use std::{collections::BTreeMap, path::PathBuf, time::Instant};

use tableschema::{Batch, ForeignTables, Limits, Options, Schema};
use tabular::{
    detect,
    read::{RawBatch, RawColumn, SourceFile, Table},
};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let read_only = arguments.first().is_some_and(|first| first == "--read");
    if read_only {
        arguments.remove(0);
    }
    let [schema, files @ ..] = arguments.as_slice() else { return Err("a schema and files, please".into()) };
    let schema = Schema::parse(&std::fs::read(schema)?, &Limits::default())?;
    for note in &schema.notes {
        println!("note: {}", note.message("en"));
    }
    let scratch = tempfile::tempdir()?;
    for file in files {
        let source = SourceFile { path: PathBuf::from(file), name: file.clone() };
        for table in detect::open(&source, &tabular::Limits::default(), scratch.path())? {
            println!("{file}");
            if read_only { read(table.as_ref())? } else { validate(&schema, table.as_ref())? }
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

fn validate(schema: &Schema, table: &dyn Table) -> Outcome<()> {
    let start = Instant::now();
    let header: Vec<String> = table.header().into_iter().map(|header| header.label).collect();
    let mut row = 2;
    let batches = table.batches()?.map(|batch| {
        batch.map(|batch| {
            let first = row;
            row += batch.rows as u64;
            to_batch(batch, first)
        })
    });
    let report = tableschema::validate(schema, &header, batches, &ForeignTables::default(), &Options::default())?;
    figures(report.rows, start);
    println!("  {} errors", report.error_count);
    let mut by_code: BTreeMap<&str, u64> = BTreeMap::new();
    for count in &report.counts {
        *by_code.entry(count.code.name()).or_default() += count.count;
        println!("  {:>8} {} {} ({})", count.count, count.code, count.field.as_deref().unwrap_or("-"), count.rule);
    }
    println!("  {by_code:?}");
    for finding in report.errors.iter().take(5) {
        println!("  {}", finding.message("fr"));
    }
    for note in &report.notes {
        println!("  note: {}", note.message("en"));
    }
    Ok(())
}

fn to_batch(batch: RawBatch, first_row: u64) -> Batch {
    let columns = batch.columns.into_iter().map(|column| match column {
        RawColumn::Text(cells) => cells,
        RawColumn::Geometry(cells) => (0..batch.rows).map(|_| None::<&str>).take(arrow::array::Array::len(&cells)).collect(),
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
