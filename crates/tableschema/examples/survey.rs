//! Says what could be repaired in files, and how long that took; or repairs them all the way.
//!
//! ```text
//! survey [--schema schema.json] file.csv…           proposals
//! survey --apply [--schema schema.json] file.csv…   the rows after every certain repair
//! ```

#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use std::{path::PathBuf, time::Instant};

use arrow::array::Array;
use tableschema::{
    Batch, Limits, Options, Schema,
    repair::{Proposal, Repairer, survey},
};
use tabular::{
    detect,
    read::{RawBatch, RawColumn, SourceFile, Table},
};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        Some((arguments.remove(place), place))
    };
    let apply = flag("--apply").is_some();
    let schema = match flag("--schema") {
        Some((_, place)) => Some(Schema::parse(&std::fs::read(arguments.remove(place))?, &Limits::default())?),
        None => None,
    };
    let scratch = tempfile::tempdir()?;
    for file in &arguments {
        let source = SourceFile { path: PathBuf::from(file), name: file.clone() };
        for table in detect::open(&source, &tabular::Limits::default(), scratch.path())? {
            let start = Instant::now();
            let header: Vec<String> = table.header().into_iter().map(|header| header.label).collect();
            let proposals = survey(schema.as_ref(), &header, batches(table.as_ref())?, &Options::default())?;
            let seconds = start.elapsed().as_secs_f64();
            if apply {
                repair(table.as_ref(), &header, &proposals)?;
            } else {
                println!("{file}\n  surveyed in {seconds:.3} s");
                proposals.iter().for_each(print);
            }
        }
    }
    Ok(())
}

fn print(proposal: &Proposal) {
    let sureness = if proposal.certain { "certain" } else { "to be confirmed" };
    println!("  {:>8} {} ({sureness}) {}", proposal.count, proposal.id, proposal.description("fr"));
    for change in proposal.examples.iter().take(2) {
        println!("           row {}: {:?} -> {:?}", change.row, change.before, change.after);
    }
}

fn repair(table: &dyn Table, header: &[String], proposals: &[Proposal]) -> Outcome<()> {
    let certain: Vec<Proposal> = proposals.iter().filter(|proposal| proposal.certain).cloned().collect();
    let mut repairer = Repairer::new(header, &certain);
    println!("{}", repairer.header().join(","));
    for batch in batches(table)? {
        let batch = repairer.repair(batch?);
        for row in 0..batch.rows() {
            let cells = batch.columns.iter().map(|cells| if cells.is_valid(row) { cells.value(row) } else { "" });
            println!("{}", cells.map(|cell| format!("{cell:?}")).collect::<Vec<_>>().join(","));
        }
    }
    for done in repairer.done() {
        println!("# {} {}", done.count, done.id);
    }
    Ok(())
}

fn batches(table: &dyn Table) -> Outcome<impl Iterator<Item = Result<Batch, tabular::Error>> + Send + '_> {
    let mut row = 2;
    Ok(table.batches()?.map(move |batch| {
        batch.map(|batch| {
            let first = row;
            row += batch.rows as u64;
            to_batch(batch, first)
        })
    }))
}

fn to_batch(batch: RawBatch, first_row: u64) -> Batch {
    let columns = batch.columns.into_iter().filter_map(|column| match column {
        RawColumn::Text(cells) => Some(cells),
        RawColumn::Geometry(_) => None,
    });
    Batch { first_row, columns: columns.collect(), extra: batch.overflow }
}
