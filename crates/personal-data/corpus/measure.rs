//! Recall and precision of each detector on the corpus.

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::Array;
use personal_data::{Cleaner, Detector, Finding, Guard, Level, Options, Remedy};

use super::{Sample, Truth};

/// Right answers, wrong ones, and those that are missing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Score {
    pub right: u64,
    pub wrong: u64,
    pub missed: u64,
}

impl Score {
    /// Share of what is there that is found; 1 when nothing is.
    pub fn recall(&self) -> f64 {
        share(self.right, self.missed)
    }

    /// Share of what is found that is there.
    pub fn precision(&self) -> f64 {
        share(self.right, self.wrong)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn share(right: u64, other: u64) -> f64 {
    if right + other == 0 { 1.0 } else { right as f64 / (right + other) as f64 }
}

/// The figures of a corpus.
#[derive(Debug, Default)]
pub struct Figures {
    pub columns: BTreeMap<Detector, Score>,
    pub cells: BTreeMap<Detector, Score>,
    /// Tables that must be held and are, that are and mustn't, that must and aren't.
    pub held: Score,
    /// What was wrong, for whoever improves a detector.
    pub faults: Vec<String>,
}

pub fn measure(samples: &[Sample]) -> Figures {
    let mut figures = Figures::default();
    for sample in samples {
        let findings = scan(sample);
        measure_columns(sample, &findings, &mut figures);
        measure_cells(sample, &findings, &mut figures);
        let held = findings.iter().any(|finding| finding.level == Level::High);
        let score = Score {
            right: u64::from(held && sample.must_be_held()),
            wrong: u64::from(held && !sample.must_be_held()),
            missed: u64::from(!held && sample.must_be_held()),
        };
        if score.right == 0 && (score.wrong > 0 || score.missed > 0) {
            let ids: Vec<&str> = findings
                .iter()
                .filter(|finding| finding.level == Level::High)
                .map(|finding| finding.id.as_str())
                .collect();
            figures.faults.push(format!("{} {:?}: held {held} {ids:?}", sample.name, sample.context.file_name));
        }
        figures.held.add(score);
    }
    figures
}

pub fn scan(sample: &Sample) -> Vec<Finding> {
    let options = Options { year: 2026, ..Options::default() };
    let mut guard = Guard::new(&sample.header, sample.context.clone(), &options);
    guard.scan(&sample.batch(), 2);
    guard.finish()
}

fn columns_of(sample: &Sample, finding: &Finding) -> Vec<usize> {
    finding.fields.iter().filter_map(|field| sample.header.iter().position(|label| label == field)).collect()
}

fn measure_columns(sample: &Sample, findings: &[Finding], figures: &mut Figures) {
    for detector in Detector::ALL {
        let truths: Vec<Vec<usize>> = of(&sample.truths, detector).map(|truth| truth.columns.clone()).collect();
        let found: Vec<Vec<usize>> = findings
            .iter()
            .filter(|finding| finding.detector == detector)
            .map(|finding| columns_of(sample, finding))
            .collect();
        let right = truths.iter().filter(|columns| found.contains(columns)).count() as u64;
        let score = Score { right, wrong: found.len() as u64 - right, missed: truths.len() as u64 - right };
        figures.columns.entry(detector).or_default().add(score);
        if score.wrong + score.missed > 0 {
            let labels = |places: &[Vec<usize>]| -> Vec<String> {
                places.iter().flatten().map(|place| sample.header[*place].clone()).collect()
            };
            figures.faults.push(format!(
                "{} {:?} {detector:?}: found {:?}, true {:?}",
                sample.name,
                sample.context.file_name,
                labels(&found),
                labels(&truths)
            ));
        }
    }
}

fn of(truths: &[Truth], detector: Detector) -> impl Iterator<Item = &Truth> {
    truths.iter().filter(move |truth| truth.detector == detector)
}

/// Cells that masking changes are those that the detector found: they are compared with those that are truly there.
fn measure_cells(sample: &Sample, findings: &[Finding], figures: &mut Figures) {
    for finding in findings {
        let columns = columns_of(sample, finding);
        let truth = of(&sample.truths, finding.detector).find(|truth| truth.columns == columns);
        let Some(rows) = truth.and_then(|truth| truth.rows.as_ref()) else { continue };
        let Some(changed) = changed(sample, finding, columns[0]) else { continue };
        let right = rows.intersection(&changed).count() as u64;
        let score = Score { right, wrong: changed.len() as u64 - right, missed: rows.len() as u64 - right };
        for row in rows.symmetric_difference(&changed).take(2) {
            figures.faults.push(format!(
                "{} {:?} cell {:?} (changed: {})",
                sample.name,
                finding.detector,
                sample.columns[columns[0]][*row],
                changed.contains(row)
            ));
        }
        figures.cells.entry(finding.detector).or_default().add(score);
    }
    for truth in &sample.truths {
        let Some(rows) = &truth.rows else { continue };
        let found = findings
            .iter()
            .any(|finding| finding.detector == truth.detector && columns_of(sample, finding) == truth.columns);
        if !found {
            figures.cells.entry(truth.detector).or_default().missed += rows.len() as u64;
        }
    }
}

fn changed(sample: &Sample, finding: &Finding, column: usize) -> Option<BTreeSet<usize>> {
    let mut cleaner = Cleaner::new(&sample.header, &[(finding.clone(), Remedy::Mask)]).ok()?;
    let cleaned = cleaner.clean(sample.batch());
    let cells = &sample.columns[column];
    Some((0..cleaned[column].len()).filter(|row| cleaned[column].value(*row) != cells[*row]).collect())
}

/// The table that the README holds.
pub fn table(figures: &Figures) -> String {
    let mut table = String::from(
        "| detector | columns: recall | precision | cells: recall | precision |\n| --- | ---: | ---: | ---: | ---: |\n",
    );
    let percent = |value: f64| format!("{:.1} %", (value * 1000.0).floor() / 10.0);
    for detector in Detector::ALL {
        let columns = figures.columns.get(&detector).copied().unwrap_or_default();
        let cells = figures.cells.get(&detector).map_or_else(
            || "— | —".to_owned(),
            |score| format!("{} | {}", percent(score.recall()), percent(score.precision())),
        );
        table.push_str(&format!(
            "| `{}` | {} | {} | {cells} |\n",
            detector.name(),
            percent(columns.recall()),
            percent(columns.precision())
        ));
    }
    table.push_str(&format!(
        "| a table is held | {} | {} | — | — |\n",
        percent(figures.held.recall()),
        percent(figures.held.precision())
    ));
    table
}
