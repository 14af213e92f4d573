//! Takes personal data out of a table, batch by batch.

use arrow::array::StringArray;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Finding, Remedy,
    mask::{Masking, masked},
};

/// What a remedy did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Identifier of the finding.
    pub id: String,
    /// The remedy.
    pub remedy: Remedy,
    /// Number of cells changed, or rows for an aggregation.
    pub count: u64,
}

/// Applies remedies to the batches of a table.
#[derive(Debug)]
pub struct Cleaner {
    columns: Vec<Treatment>,
    done: Vec<Done>,
}

#[derive(Debug)]
struct Treatment {
    name: String,
    steps: Vec<(usize, Masking)>,
    removed: Option<usize>,
}

impl Cleaner {
    /// Prepares the cleaning of a table with this header.
    ///
    /// # Errors
    /// When a finding points to a column that isn't there, or a remedy doesn't fit what was found.
    pub fn new(header: &[String], remedies: &[(Finding, Remedy)]) -> Result<Self, Error> {
        let treatment = |name: &String| Treatment { name: name.clone(), steps: Vec::new(), removed: None };
        let mut columns: Vec<Treatment> = header.iter().map(treatment).collect();
        let mut done = Vec::new();
        for (index, (finding, remedy)) in remedies.iter().enumerate() {
            if !remedy.fits(finding.detector) || matches!(remedy, Remedy::Aggregate { .. } | Remedy::Generalise(_)) {
                return Err(Error::UnfitRemedy { finding: finding.id.clone(), remedy: remedy.name() });
            }
            for field in &finding.fields {
                let missing = || Error::UnknownField { field: field.clone() };
                let column = columns.iter_mut().find(|column| column.name == *field).ok_or_else(missing)?;
                match remedy {
                    Remedy::Remove => column.removed = Some(index),
                    _ => {
                        column.steps.push((index, Masking { detector: finding.detector, extent: finding.extent, k: 5 }))
                    }
                }
            }
            done.push(Done { id: finding.id.clone(), remedy: remedy.clone(), count: 0 });
        }
        Ok(Self { columns, done })
    }

    /// The header of the cleaned table.
    pub fn header(&self) -> Vec<String> {
        self.columns.iter().filter(|column| column.removed.is_none()).map(|column| column.name.clone()).collect()
    }

    /// Cleans a batch, whose columns are those of the header.
    pub fn clean(&mut self, batch: Vec<StringArray>) -> Vec<StringArray> {
        let mut cleaned = Vec::with_capacity(batch.len());
        for (treatment, column) in self.columns.iter().zip(batch) {
            if treatment.removed.is_some() {
                continue;
            }
            cleaned.push(treatment.apply(column, &mut self.done));
        }
        cleaned
    }

    /// The last rows, which only an aggregation has.
    ///
    /// # Errors
    /// When an aggregation gives more groups than may be held.
    pub fn finish(&mut self) -> Result<Option<Vec<StringArray>>, Error> {
        Ok(None)
    }

    /// What was done so far.
    pub fn done(&self) -> &[Done] {
        &self.done
    }
}

impl Treatment {
    fn apply(&self, column: StringArray, done: &mut [Done]) -> StringArray {
        if self.steps.is_empty() {
            return column;
        }
        let clean = |cell: Option<&str>| {
            let mut cell = cell?.to_owned();
            for (index, masking) in &self.steps {
                let masked = masked(*masking, &cell);
                if masked != cell {
                    done[*index].count += 1;
                    cell = masked;
                }
            }
            Some(cell)
        };
        column.iter().map(clean).collect()
    }
}
