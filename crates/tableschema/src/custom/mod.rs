//! Checks beyond the specification: those that French schemas name in `custom_checks`.

use crate::{
    model::Schema,
    report::{Note, NoteCode},
    validate::{Batch, Findings, Layout, Rules},
};

/// The custom checks of a schema, ready for one table.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    notes: Vec<Note>,
}

impl Compiled {
    /// Prepares the checks of a schema for a table: each registers its rules and finds its columns
    /// ([`Layout::column`]). What cannot be checked becomes a note.
    pub(crate) fn new(schema: &Schema, _layout: &Layout, _rules: &mut Rules) -> Self {
        let notes = schema.checks.iter().map(|check| Note::new(NoteCode::UnknownCheck, check.name.clone(), ""));
        Self { notes: notes.collect() }
    }

    /// What cannot be checked.
    pub(crate) fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Checks a batch; several batches are checked at once, in any order.
    pub(crate) fn check(&self, _batch: &Batch, _layout: &Layout, _findings: &mut Findings) {}
}
