//! What was found in each batch becomes the report.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use super::{
    Batch, Findings,
    findings::{Raw, WHOLE_ROW},
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
        }
    }

    /// How many findings may still be kept, as batches are taken.
    pub(super) fn left(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.left)
    }

    /// Takes the next batch.
    pub(super) fn take(&mut self, checked: Checked) {
        let Checked { batch, mut findings } = checked;
        self.rows += batch.rows() as u64;
        findings.limit(self.most - self.errors.len());
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
        let value = match (rule.column, column) {
            (_, Some(column)) if column < self.plan.layout.width() => batch.cell(row, column),
            (_, Some(column)) => extra_cell(batch, row, column - self.plan.layout.width()),
            (_, None) => None,
        };
        Some(Finding {
            code: rule.code,
            row: Some(batch.first_row + u64::from(raw.row)),
            field: column.and_then(|column| self.name(column)),
            field_number: column.map(|column| column as u32 + 1),
            value: value.map(|value| shortened(value, self.value_bytes)),
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
            notes: self.plan.notes.clone(),
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

/// The text, cut at a character.
fn shortened(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    format!("{}…", &text[..end])
}
