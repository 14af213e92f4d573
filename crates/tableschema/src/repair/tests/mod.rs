#![allow(clippy::unwrap_used)]

mod cells;
mod properties;
mod table;

use std::convert::Infallible;

use arrow::array::StringArray;

use super::*;
use crate::{Batch, Limits, Options, Schema};

/// A schema of these fields.
fn schema(fields: &str) -> Schema {
    Schema::parse(format!(r#"{{"fields": [{fields}]}}"#).as_bytes(), &Limits::default()).unwrap()
}

/// A schema with custom checks.
fn checked(fields: &str, checks: &str) -> Schema {
    let descriptor = format!(r#"{{"fields": [{fields}], "custom_checks": [{checks}]}}"#);
    Schema::parse(descriptor.as_bytes(), &Limits::default()).unwrap()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Rows as batches of at most two rows, so that nothing depends on where a batch ends.
fn batches<S: AsRef<str>>(width: usize, rows: &[Vec<S>]) -> Vec<Batch> {
    let chunks = rows.chunks(2).enumerate();
    let batch = |(number, rows): (usize, &[Vec<S>])| {
        let cells = |column: usize| rows.iter().map(move |row| row.get(column).map(AsRef::as_ref));
        let columns = (0..width).map(|column| cells(column).collect::<StringArray>()).collect();
        Batch { first_row: 2 + 2 * number as u64, columns, extra: Vec::new() }
    };
    chunks.map(batch).collect()
}

fn survey_of(schema: Option<&Schema>, header: &[String], batches: &[Batch]) -> Vec<Proposal> {
    let batches = batches.iter().cloned().map(Ok::<_, Infallible>);
    survey(schema, header, batches, &Options { threads: 2, ..Options::default() }).unwrap()
}

/// The repaired rows.
fn repaired(
    header: &[String],
    proposals: &[Proposal],
    batches: &[Batch],
) -> (Vec<String>, Vec<Vec<String>>, Vec<Done>) {
    let mut repairer = Repairer::new(header, proposals);
    let mut rows = Vec::new();
    for batch in batches {
        let batch = repairer.repair(batch.clone());
        let row = |row: usize| batch.columns.iter().map(|cells| rows::cell(cells, row).to_owned()).collect();
        rows.extend((0..batch.rows()).map(row));
    }
    (repairer.header(), rows, repairer.done())
}

/// Surveys one column of a schema of one field.
fn column(schema: &Schema, cells: &[&str]) -> Vec<Proposal> {
    let header = vec![schema.fields[0].name.clone(), "other".to_owned()];
    // Another column keeps empty rows and equal rows apart.
    let rows: Vec<Vec<String>> =
        cells.iter().enumerate().map(|(row, cell)| vec![(*cell).to_owned(), format!("r{row}")]).collect();
    survey_of(Some(schema), &header, &batches(2, &rows))
}

/// Identifier, count, and the first change of each proposal.
fn told(proposals: &[Proposal]) -> Vec<(&str, u64, &str, &str)> {
    let first =
        |proposal: &'_ Proposal| proposal.examples.first().map(|change| (change.before.clone(), change.after.clone()));
    let leak = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let told = proposals.iter().map(|proposal| {
        let (before, after) = first(proposal).unwrap_or_default();
        (proposal.id.as_str(), proposal.count, leak(before), leak(after))
    });
    told.collect()
}
