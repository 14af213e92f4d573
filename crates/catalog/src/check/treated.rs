//! The rows of a table as remedies and repairs leave them.

use arrow::array::{Array as _, StringArray};
use personal_data::Cleaner;
use tableschema::Batch;
use tableschema::repair::{Proposal, RepairCode, Repairer};
use tabular::read::Table;

use super::cells::{self, FIRST_ROW};
use super::transform::{Done, Treatment};
use crate::error::{Error, Result};

/// What rows go through: personal data is taken out first, where it was found; then what is left is repaired.
pub(super) struct Treated {
    deduplicator: Repairer,
    cleaner: Cleaner,
    repairer: Repairer,
    /// What stands beyond the header is not cleaned: it goes where something is.
    keeps_extra: bool,
    renamed: Vec<(String, String)>,
}

impl Treated {
    /// Of a table with this header.
    ///
    /// # Errors
    /// `Invalid` for a remedy that doesn't fit the table.
    pub fn new(header: &[String], treatment: &Treatment) -> Result<Self> {
        // Rows that only become equal once they are masked are no duplicates: those that came are looked at.
        let (duplicates, repairs): (Vec<Proposal>, Vec<Proposal>) =
            treatment.repairs.iter().cloned().partition(|repair| repair.code == RepairCode::DuplicateRows);
        let cleaner = Cleaner::new(header, &treatment.remedies).map_err(unfit)?;
        let labels = repairs.iter().filter(|repair| repair.code == RepairCode::Header);
        let renamed = labels.flat_map(|repair| &repair.examples);
        Ok(Self {
            deduplicator: Repairer::new(header, &duplicates),
            repairer: Repairer::new(&cleaner.header(), &repairs),
            cleaner,
            keeps_extra: treatment.remedies.is_empty(),
            renamed: renamed.map(|change| (change.before.clone(), change.after.clone())).collect(),
        })
    }

    /// The labels that columns have then.
    pub fn header(&self) -> Vec<String> {
        self.repairer.header()
    }

    /// Labels that came, and those that they have then.
    pub fn renamed(&self) -> &[(String, String)] {
        &self.renamed
    }

    /// Reads the table and gives its rows; says what was done to them.
    ///
    /// # Errors
    /// Those of the reader and of who takes the rows.
    pub fn read(mut self, table: &dyn Table, mut take: impl FnMut(Batch) -> Result<()>) -> Result<Vec<Done>> {
        let mut row = FIRST_ROW;
        for raw in table.batches()? {
            let batch = cells::batch(raw?, row);
            row += batch.columns.first().map_or(0, |column| column.len() as u64);
            let Batch { first_row, columns, extra } = self.deduplicator.repair(batch);
            let columns = self.cleaner.clean(columns);
            let extra = if self.keeps_extra { extra } else { Vec::new() };
            give(&mut self.repairer, Batch { first_row, columns, extra }, &mut take)?;
        }
        if let Some(columns) = self.cleaner.finish().map_err(unfit)? {
            let last = Batch { first_row: FIRST_ROW, columns, extra: Vec::new() };
            give(&mut self.repairer, last, &mut take)?;
        }
        let cleaned = self.cleaner.done().iter().map(|done| Done::Remedy {
            id: done.id.clone(),
            remedy: done.remedy.clone(),
            count: done.count,
        });
        let repaired = |done: tableschema::repair::Done| Done::Repair { id: done.id, count: done.count };
        let first = self.deduplicator.done().into_iter().map(repaired);
        let last = self.repairer.done().into_iter().map(repaired);
        Ok(first.chain(cleaned).chain(last).collect())
    }
}

fn give(repairer: &mut Repairer, batch: Batch, take: &mut impl FnMut(Batch) -> Result<()>) -> Result<()> {
    if batch.columns.first().is_none_or(|column: &StringArray| column.is_empty()) {
        return Ok(());
    }
    take(repairer.repair(batch))
}

fn unfit(error: personal_data::Error) -> Error {
    Error::Invalid { field: "remedies", detail: error.to_string() }
}
