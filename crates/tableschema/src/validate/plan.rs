//! What is checked, made ready once for a table.

use std::sync::atomic::{AtomicUsize, Ordering};

use arrow::array::Array;

use super::{
    Batch, Findings, ForeignTables, Layout, RuleId, Rules, blank,
    column::{Builder, ColumnCheck},
    foreign::Reference,
    header,
    keys::{Hashes, Key},
};
use crate::{
    Finding, Options, Schema,
    custom::Compiled,
    report::{Code, Note, Sentence},
};

/// All checks of a schema on a table with a given header.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) schema: &'a Schema,
    pub(super) layout: Layout,
    pub(super) rules: Rules,
    pub(super) header_findings: Vec<Finding>,
    pub(super) notes: Vec<Note>,
    /// In the order of columns.
    pub(super) columns: Vec<ColumnCheck>,
    pub(super) keys: Vec<Key>,
    references: Vec<Reference<'a>>,
    rows: RowRules,
    custom: Compiled,
}

/// Rules on the shape of rows.
#[derive(Debug)]
struct RowRules {
    blank: RuleId,
    extra: RuleId,
    /// By column.
    missing: Vec<RuleId>,
}

/// A checked batch.
pub(super) struct Checked {
    pub(super) batch: Batch,
    pub(super) findings: Findings,
    /// By key.
    pub(super) hashes: Vec<Hashes>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(schema: &'a Schema, header: &[String], foreign: &'a ForeignTables, options: &'a Options) -> Self {
        let layout = Layout::new(schema, header, options.fields_match);
        let mut rules = Rules::default();
        let mut notes = Vec::new();
        let mut builder = Builder::new(schema, &layout, options, &mut rules, &mut notes);
        let columns: Vec<ColumnCheck> = (0..layout.width()).filter_map(|column| builder.column(column)).collect();
        let rows = RowRules::new(&layout, &mut rules);
        let keys = Key::all(schema, &layout, &mut rules);
        let references = Reference::all(schema, &layout, foreign, &mut rules, &mut notes);
        let custom = Compiled::new(schema, &layout, &mut rules);
        notes.extend_from_slice(custom.notes());
        let mut header_findings = header::check(schema, &layout);
        header_findings.extend_from_slice(custom.findings());
        Self { schema, layout, rules, header_findings, notes, columns, keys, references, rows, custom }
    }

    /// A thread's own means to check batches. `left` findings may still be kept.
    pub(super) fn worker<'b>(&'b self, left: &'b AtomicUsize) -> impl FnMut(Batch) -> Checked + use<'a, 'b> {
        // Copies, because compiled patterns have scratch space that threads would queue for.
        let columns = self.columns.clone();
        move |batch| {
            let mut findings = Findings::new(left.load(Ordering::Relaxed), self.rules.len());
            self.rows.check(&batch, &self.layout, &mut findings);
            for check in &columns {
                check.check_batch(&batch, &mut findings);
            }
            self.custom.check(&batch, &self.layout, &mut findings);
            for reference in &self.references {
                reference.check(&columns, &batch, &mut findings);
            }
            let hashes = self.keys.iter().map(|key| key.hash(&columns, &batch)).collect();
            Checked { batch, findings, hashes }
        }
    }
}

impl RowRules {
    fn new(layout: &Layout, rules: &mut Rules) -> Self {
        let missing = |column| {
            let sentence = Sentence::new("missing-cell");
            rules.add(Code::MissingCell, Some(column), "missing-cell", sentence)
        };
        let missing = (0..layout.width()).map(missing).collect();
        Self {
            blank: rules.add(Code::BlankRow, None, "blank-row", Sentence::new("blank-row")),
            extra: rules.add(Code::ExtraCell, None, "extra-cell", Sentence::new("extra-cell")),
            missing,
        }
    }

    fn check(&self, batch: &Batch, layout: &Layout, findings: &mut Findings) {
        let blank = blank::rows(batch, layout);
        for row in &blank {
            findings.row(*row as usize, self.blank);
        }
        findings.set_blank_rows(blank);
        for (row, cells) in &batch.extra {
            for index in 0..cells.len() {
                findings.cell(*row, layout.width() + index, self.extra);
            }
        }
        for (column, (cells, rule)) in batch.columns.iter().zip(&self.missing).enumerate() {
            if let Some(nulls) = cells.nulls().filter(|nulls| nulls.null_count() > 0) {
                for row in (0..cells.len()).filter(|row| nulls.is_null(*row)) {
                    findings.cell(row, column, *rule);
                }
            }
        }
    }
}
