//! The repaired, cleaned table: a new file, written as the source is read, whatever its size.

use std::fs::File;
use std::path::Path;

use arrow::array::Array as _;
use personal_data::{Finding, Guard, Remedy};
use serde::{Deserialize, Serialize};
use tableschema::repair::Proposal;
use tabular::read::Table;

use super::cells;
use super::output::Output;
use super::treated::Treated;
use crate::error::{AtPath as _, Result};
use crate::geocode::{Plan, Stage, Survey, Surveyor};

/// What is done to a table. Personal data is taken out first, where it was found; then what is left is repaired.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Treatment {
    /// Repairs, in the order of their application.
    pub repairs: Vec<Proposal>,
    /// Findings of personal data and what is done about each.
    pub remedies: Vec<(Finding, Remedy)>,
    /// How the addresses that are left are found on a map.
    pub geocoding: Option<Plan>,
}

impl Treatment {
    /// Whether nothing is done.
    pub fn is_empty(&self) -> bool {
        self.repairs.is_empty() && self.remedies.is_empty() && self.geocoding.is_none()
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
    /// Addresses found on a map.
    Geocoding {
        /// The columns that hold them.
        columns: Vec<String>,
        /// Hash of the index that knows them.
        index: String,
        /// Hundredths of the least score of what was taken without a person's word.
        threshold: u8,
        /// Rows whose place was found.
        located: u64,
        /// Rows whose place a person chose or gave.
        by_hand: u64,
        /// Rows without a place.
        left: u64,
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
    let treated = Treated::new(&cells::header(table), treatment)?;
    let mut header = treated.header();
    let plan = treatment.geocoding.as_ref();
    let mut stage = plan.and_then(|plan| Stage::new(plan, &header, treated.renamed()));
    header.extend(stage.iter().flat_map(|stage| stage.names().to_vec()));
    let geometry = if extension(table, treatment) == "geojson" { cells::geometries(table) } else { Vec::new() };
    let mut output = Output::create(File::create(to).at(to)?, &header, &geometry).at(to)?;
    let mut done = treated.read(table, |mut batch| {
        if let Some(stage) = &mut stage {
            let added = stage.columns(&batch.columns);
            batch.columns.extend(added);
        }
        output.write(&batch).at(to)
    })?;
    done.extend(stage.as_ref().map(Stage::done));
    Ok(Transformed { rows: output.finish().at(to)?, header, done })
}

/// What would come of geocoding a table after its repairs and remedies; `None` when its addresses were taken out.
/// `progress` is told the rows read so far. Blocking.
///
/// # Errors
/// Those of the reader; `Invalid` for a remedy that doesn't fit the table.
pub(crate) fn survey(
    table: &dyn Table,
    treatment: &Treatment,
    guard: impl FnOnce(&[String]) -> Guard,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Option<Survey>> {
    let treated = Treated::new(&cells::header(table), treatment)?;
    let plan = treatment.geocoding.as_ref();
    let surveyor = plan.and_then(|plan| Surveyor::new(plan, &treated.header(), treated.renamed(), guard));
    let Some(mut surveyor) = surveyor else { return Ok(None) };
    let mut rows = 0;
    treated.read(table, |batch| {
        rows += batch.columns.first().map_or(0, |column| column.len() as u64);
        surveyor.take(&batch.columns);
        progress(rows);
        Ok(())
    })?;
    Ok(Some(surveyor.finish()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use tableschema::repair::RepairCode;

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
        let treatment = Treatment { repairs, remedies: vec![(email, Remedy::Mask)], geocoding: None };
        let to = folder.path().join("out.csv");
        let transformed = transform(tables[0].as_ref(), &treatment, &to).unwrap();
        assert_eq!(transformed.rows, 2);
        let text = std::fs::read_to_string(&to).unwrap();
        assert!(!text.contains("durand"), "{text}");
        assert_eq!(transformed.done.len(), 2);
    }
}
