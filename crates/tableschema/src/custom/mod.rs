//! Checks beyond the specification: those that French schemas name in `custom_checks`.
//!
//! Names, parameters and behaviour are those of the ecosystem (`validata`): empty cells are not checked, nor are cells
//! that are not of their field's type, which is told elsewhere. A check whose columns are not in the table is left
//! out, with one note.

mod cohesive_columns;
mod compare_columns;
mod decimal;
mod finess;
mod gps_coordinates;
mod nic;
mod nomenclature_actes;
mod one_of_required;
mod opening_hours;
mod params;
mod phone_number;
mod siren;
mod siret;
mod sum_columns;
mod typed;
mod value;
mod year_interval;

pub(crate) use self::{params::Params, value::ValueRule};
use crate::{
    model::Schema,
    report::{Finding, Note, NoteCode},
    validate::{Batch, Findings, Layout, Rules},
};

/// The custom checks of a schema, ready for one table.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    checks: Vec<Box<dyn Check>>,
    findings: Vec<Finding>,
    notes: Vec<Note>,
}

/// A check, ready for one table.
trait Check: std::fmt::Debug + Send + Sync {
    /// Checks the rows of a batch.
    fn check(&self, batch: &Batch, layout: &Layout, findings: &mut Findings);
}

/// What preparing checks needs and what comes of it.
struct Preparation<'a> {
    schema: &'a Schema,
    layout: &'a Layout,
    rules: &'a mut Rules,
    compiled: Compiled,
}

/// Why a check cannot run.
enum Obstacle {
    /// A parameter is missing or makes no sense.
    Parameter(&'static str),
    /// None of its columns is in the table: what is missing is told by the header's own errors.
    NoColumn,
    /// Some of its columns are not in the table.
    MissingColumns(Vec<String>),
}

impl Compiled {
    /// Prepares the checks of a schema for a table: each registers its rules and finds its columns
    /// ([`Layout::column`]). What cannot be checked becomes a note.
    pub(crate) fn new(schema: &Schema, layout: &Layout, rules: &mut Rules) -> Self {
        let mut preparation = Preparation { schema, layout, rules, compiled: Self::default() };
        for (index, check) in schema.checks.iter().enumerate() {
            let place = format!("custom_checks[{index}] {}", check.name);
            match preparation.add(&check.name, &Params::new(&check.params)) {
                Some(Ok(()) | Err(Obstacle::NoColumn)) => {}
                Some(Err(obstacle)) => preparation.compiled.notes.push(obstacle.note(place)),
                None => preparation.compiled.notes.push(Note::new(NoteCode::UnknownCheck, check.name.clone(), "")),
            }
        }
        preparation.compiled
    }

    /// What cannot be checked.
    pub(crate) fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// What is wrong with the table as a whole.
    pub(crate) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Checks a batch; several batches are checked at once, in any order.
    pub(crate) fn check(&self, batch: &Batch, layout: &Layout, findings: &mut Findings) {
        for check in &self.checks {
            check.check(batch, layout, findings);
        }
    }
}

impl Preparation<'_> {
    /// Adds a check; `None` when nobody knows its name.
    fn add(&mut self, name: &str, params: &Params) -> Option<Result<(), Obstacle>> {
        if let Some(rule) = ValueRule::named(name, params) {
            return Some(value::prepare(rule, params, self));
        }
        Some(match canonical(name).as_str() {
            "french-gps-coordinates" => gps_coordinates::prepare(params, self),
            "cohesive-columns-value" => cohesive_columns::prepare(params, self),
            "compare-columns-value" => compare_columns::prepare(params, self),
            "sum-columns-value" => sum_columns::prepare(params, self),
            "one-of-required" => one_of_required::prepare(params, self),
            _ => return None,
        })
    }

    fn push(&mut self, check: impl Check + 'static) {
        self.compiled.checks.push(Box::new(check));
    }

    /// The columns of names.
    fn columns(&self, names: &[String]) -> Result<Vec<usize>, Obstacle> {
        let found: Vec<Option<usize>> = names.iter().map(|name| self.layout.column(name)).collect();
        if found.iter().all(Option::is_none) {
            return Err(Obstacle::NoColumn);
        }
        let missing: Vec<String> =
            names.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(name, _)| name.clone()).collect();
        if missing.is_empty() {
            Ok(found.into_iter().flatten().collect())
        } else {
            Err(Obstacle::MissingColumns(missing))
        }
    }
}

impl Obstacle {
    fn note(self, place: String) -> Note {
        match self {
            Self::Parameter(name) => Note::new(NoteCode::InvalidCheck, place, name),
            Self::MissingColumns(names) => Note::new(NoteCode::MissingCheckColumn, place, names.join(", ")),
            Self::NoColumn => Note::new(NoteCode::MissingCheckColumn, place, ""),
        }
    }
}

/// A check's name as the ecosystem writes it.
fn canonical(name: &str) -> String {
    name.trim().to_ascii_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests;
