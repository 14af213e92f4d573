//! What was found in each batch becomes the report.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use super::{
    Batch, Findings,
    findings::{Raw, WHOLE_ROW},
    keys::Seen,
    plan::{Checked, Plan},
    rules::Rule,
};
use crate::{Finding, Options, Report, report::Count};

/// Takes the outcomes of batches in order.
pub(super) struct Collector<'a> {
    plan: &'a Plan<'a>,
    value_bytes: usize,
    most: usize,
    left: Arc<AtomicUsize>,
    rows: u64,
    errors: Vec<Finding>,
    /// By rule.
    counts: Vec<u64>,
    seen: Seen,
}

impl<'a> Collector<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, options: &Options) -> Self {
        let errors: Vec<Finding> = plan.header_findings.iter().take(options.errors).cloned().collect();
        Self {
            plan,
            value_bytes: options.value_bytes,
            most: options.errors,
            left: Arc::new(AtomicUsize::new(options.errors - errors.len())),
            rows: 0,
            errors,
            counts: vec![0; plan.rules.len()],
            seen: Seen::new(&plan.keys, options.key_bytes),
        }
    }

    /// How many findings may still be kept, as batches are taken.
    pub(super) fn left(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.left)
    }

    /// Takes the next batch.
    pub(super) fn take(&mut self, checked: Checked) {
        let Checked { batch, mut findings, hashes } = checked;
        self.rows += batch.rows() as u64;
        findings.limit(self.most - self.errors.len());
        self.seen.take(&self.plan.keys, &hashes, batch.first_row, &mut findings);
        for (sum, count) in self.counts.iter_mut().zip(findings.counts()) {
            *sum += count;
        }
        if !findings.is_empty() {
            let first = findings.first().to_vec();
            let kept: Vec<_> = first.iter().filter_map(|raw| self.finding(raw, &findings, &batch)).collect();
            self.errors.extend(kept);
            self.left.store(self.most - self.errors.len(), Ordering::Relaxed);
        }
    }

    fn finding(&self, raw: &Raw, findings: &Findings, batch: &Batch) -> Option<Finding> {
        let rule = self.plan.rules.get(raw.rule)?;
        let row = raw.row as usize;
        let column = rule.column.or((raw.column != WHOLE_ROW).then_some(raw.column as usize));
        let mut sentence = rule.sentence.clone();
        for (name, value) in findings.detail(raw) {
            sentence = sentence.with(name, value.clone());
        }
        let width = self.plan.layout.width();
        let value = match column {
            Some(column) if column < width => batch.cell(row, column).map(str::to_owned),
            Some(column) => extra_cell(batch, row, column - width).map(str::to_owned),
            None => key_cells(rule, batch, row),
        };
        Some(Finding {
            code: rule.code,
            row: Some(batch.first_row + u64::from(raw.row)),
            field: column.and_then(|column| self.name(column)),
            field_number: column.map(|column| column as u32 + 1),
            value: value.map(|value| shortened(&value, self.value_bytes)),
            rule: rule.text.clone(),
            sentence,
        })
    }

    fn name(&self, column: usize) -> Option<String> {
        let name = self.plan.layout.name_of(self.plan.schema, column);
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// The report of all that was taken.
    pub(super) fn finish(self) -> Report {
        let mut counts = of_header(&self.plan.header_findings);
        let rules = self.plan.rules.iter().zip(&self.counts).filter(|(_, count)| **count > 0);
        let mut of_rows: Vec<(&Rule, u64)> = rules.map(|(rule, count)| (rule, *count)).collect();
        of_rows.sort_by_key(|(rule, _)| rule.column.unwrap_or(usize::MAX));
        counts.extend(of_rows.into_iter().map(|(rule, count)| Count {
            code: rule.code,
            field: rule.column.and_then(|column| self.name(column)),
            rule: rule.text.clone(),
            count,
        }));
        let error_count = counts.iter().map(|count| count.count).sum();
        Report {
            valid: error_count == 0,
            rows: self.rows,
            errors: self.errors,
            error_count,
            counts,
            notes: [self.plan.notes.clone(), self.seen.into_notes()].concat(),
        }
    }
}

fn of_header(findings: &[Finding]) -> Vec<Count> {
    let count = |finding: &Finding| Count {
        code: finding.code,
        field: finding.field.clone(),
        rule: finding.rule.clone(),
        count: 1,
    };
    findings.iter().map(count).collect()
}

fn extra_cell(batch: &Batch, row: usize, index: usize) -> Option<&str> {
    let (_, cells) = batch.extra.iter().find(|(at, _)| *at == row)?;
    cells.get(index).map(String::as_str)
}

fn key_cells(rule: &Rule, batch: &Batch, row: usize) -> Option<String> {
    let cells: Vec<&str> = rule.key.iter().map(|column| batch.cell(row, *column).unwrap_or_default()).collect();
    (!cells.is_empty()).then(|| cells.join(", "))
}

/// The text, cut at a character.
fn shortened(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    format!("{}…", &text[..end])
}
