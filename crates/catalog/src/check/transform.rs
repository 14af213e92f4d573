//! The repaired, cleaned table: a new file, written as the source is read, whatever its size.

use std::fs::File;
use std::path::Path;

use arrow::array::{Array as _, StringArray};
use personal_data::{Cleaner, Finding, Remedy};
use serde::{Deserialize, Serialize};
use tableschema::Batch;
use tableschema::repair::{Proposal, RepairCode, Repairer};
use tabular::read::Table;

use super::cells::{self, FIRST_ROW};
use super::output::Output;
use crate::error::{AtPath as _, Error, Result};

/// What is done to a table. Personal data is taken out first, where it was found; then what is left is repaired.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Treatment {
    /// Repairs, in the order of their application.
    pub repairs: Vec<Proposal>,
    /// Findings of personal data and what is done about each.
    pub remedies: Vec<(Finding, Remedy)>,
}

impl Treatment {
    /// Whether nothing is done.
    pub fn is_empty(&self) -> bool {
        self.repairs.is_empty() && self.remedies.is_empty()
    }
}

/// What came of a treatment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transformed {
    /// Rows written, without the header.
    pub rows: u64,
    /// Names of the columns written.
    pub header: Vec<String>,
    /// What was done, in the order in which it was done.
    pub done: Vec<Done>,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Done {
    /// A repair.
    Repair {
        /// Its identifier: `trim:nom`.
        id: String,
        /// Cells or rows changed.
        count: u64,
    },
    /// A remedy.
    Remedy {
        /// Identifier of the finding: `email:contact`.
        id: String,
        /// What was done about it.
        remedy: Remedy,
        /// Cells or rows changed.
        count: u64,
    },
}

/// Extension of the file that [`transform`] writes: rows with a geometry become a GeoJSON collection, so that they
/// stay on the map; everything else becomes CSV.
pub fn extension(table: &dyn Table, treatment: &Treatment) -> &'static str {
    let kept = |name: &String| treatment.remedies.iter().all(|(finding, _)| !finding.fields.contains(name));
    let aggregated = treatment.remedies.iter().any(|(_, remedy)| matches!(remedy, Remedy::Aggregate { .. }));
    if !aggregated && cells::geometries(table).iter().any(kept) { "geojson" } else { "csv" }
}

/// Writes the treated table in UTF-8, in the form of [`extension`], to a new file. Blocking; holds some batches in
/// memory, and what an aggregation groups.
///
/// # Errors
/// Those of the reader and of the disk; `Invalid` for a remedy that doesn't fit the table.
pub fn transform(table: &dyn Table, treatment: &Treatment, to: &Path) -> Result<Transformed> {
    let header = cells::header(table);
    // Rows that only become equal once they are masked are no duplicates: those that came are looked at.
    let (duplicates, repairs): (Vec<Proposal>, Vec<Proposal>) =
        treatment.repairs.iter().cloned().partition(|repair| repair.code == RepairCode::DuplicateRows);
    let mut deduplicator = Repairer::new(&header, &duplicates);
    let mut cleaner = Cleaner::new(&header, &treatment.remedies).map_err(unfit)?;
    let mut repairer = Repairer::new(&cleaner.header(), &repairs);
    let treated_header = repairer.header();
    let geometry = if extension(table, treatment) == "geojson" { cells::geometries(table) } else { Vec::new() };
    let mut output = Output::create(File::create(to).at(to)?, &treated_header, &geometry).at(to)?;
    let mut row = FIRST_ROW;
    for raw in table.batches()? {
        let batch = cells::batch(raw?, row);
        row += batch.columns.first().map_or(0, |column| column.len() as u64);
        let Batch { first_row, columns, extra } = deduplicator.repair(batch);
        let columns = cleaner.clean(columns);
        // What stands beyond the header was not cleaned.
        let extra = if treatment.remedies.is_empty() { extra } else { Vec::new() };
        put(Batch { first_row, columns, extra }, &mut repairer, &mut output, to)?;
    }
    if let Some(columns) = cleaner.finish().map_err(unfit)? {
        put(Batch { first_row: FIRST_ROW, columns, extra: Vec::new() }, &mut repairer, &mut output, to)?;
    }
    let rows = output.finish().at(to)?;
    let cleaned = cleaner.done().iter().map(|done| Done::Remedy {
        id: done.id.clone(),
        remedy: done.remedy.clone(),
        count: done.count,
    });
    let repaired = |done: tableschema::repair::Done| Done::Repair { id: done.id, count: done.count };
    let first = deduplicator.done().into_iter().map(repaired);
    let last = repairer.done().into_iter().map(repaired);
    Ok(Transformed { rows, header: treated_header, done: first.chain(cleaned).chain(last).collect() })
}

fn put(batch: Batch, repairer: &mut Repairer, output: &mut Output, to: &Path) -> Result<()> {
    if batch.columns.first().is_none_or(|column: &StringArray| column.is_empty()) {
        return Ok(());
    }
    output.write(&repairer.repair(batch)).at(to)
}

fn unfit(error: personal_data::Error) -> Error {
    Error::Invalid { field: "remedies", detail: error.to_string() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::check::{CheckRequest, of_table};

    #[test]
    fn rows_that_only_look_alike_once_masked_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inscrits.csv");
        let rows = "Atelier,claire.martin@gmail.com\nAtelier,jean.durand@gmail.com\nAtelier,jean.durand@gmail.com\n";
        std::fs::write(&path, format!("activite,courriel\n{rows}")).unwrap();
        let source = tabular::read::SourceFile { path, name: "inscrits.csv".to_owned() };
        let tables = tabular::detect::open(&source, &tabular::Limits::default(), folder.path()).unwrap();
        let check = of_table(tables[0].as_ref(), &CheckRequest::default(), &|_| ()).unwrap();
        let repairs: Vec<Proposal> =
            check.repairs.into_iter().filter(|repair| repair.code == RepairCode::DuplicateRows).collect();
        let email = check.personal.into_iter().find(|finding| finding.id.starts_with("email:")).unwrap();
        let treatment = Treatment { repairs, remedies: vec![(email, Remedy::Mask)] };
        let to = folder.path().join("out.csv");
        let transformed = transform(tables[0].as_ref(), &treatment, &to).unwrap();
        assert_eq!(transformed.rows, 2);
        let text = std::fs::read_to_string(&to).unwrap();
        assert!(!text.contains("durand"), "{text}");
        assert_eq!(transformed.done.len(), 2);
    }
}
