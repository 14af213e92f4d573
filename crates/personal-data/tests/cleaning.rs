//! What cleaning promises: nothing grave is left of what was treated, and nothing else has changed.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../corpus/mod.rs"]
mod corpus;

use arrow::array::StringArray;
use corpus::{Sample, generate, measure::scan};
use personal_data::{Cleaner, Context, Finding, Guard, Level, Options, Remedy};
use proptest::prelude::*;

fn rescan(header: &[String], context: Context, batch: &[StringArray]) -> Vec<Finding> {
    let mut guard = Guard::new(header, context, &Options { year: 2026, ..Options::default() });
    guard.scan(batch, 2);
    guard.finish()
}

/// One remedy for each finding that has any: the `choice`-th of those it offers.
fn choose(findings: &[Finding], choice: usize) -> Vec<(Finding, Remedy)> {
    let mut aggregated = false;
    let mut chosen = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        let remedy = finding.remedies[(choice + index) % finding.remedies.len()].clone();
        let is_aggregate = matches!(remedy, Remedy::Aggregate { .. });
        chosen.push((finding.clone(), if is_aggregate && aggregated { Remedy::Remove } else { remedy }));
        aggregated |= is_aggregate;
    }
    chosen
}

fn check(sample: &Sample, choice: usize) {
    let findings = scan(sample);
    let chosen = choose(&findings, choice);
    let mut cleaner = Cleaner::new(&sample.header, &chosen).unwrap();
    let mut cleaned = cleaner.clean(sample.batch());
    let aggregated = cleaner.finish().unwrap();
    let header = cleaner.header();
    if let Some(rows) = aggregated {
        cleaned = rows;
    } else {
        untouched_columns_are_the_same(sample, &chosen, &header, &cleaned);
    }
    assert_eq!(header.len(), cleaned.len());
    let left = rescan(&header, sample.context.clone(), &cleaned);
    for (finding, remedy) in &chosen {
        let same = |other: &&Finding| other.detector == finding.detector && other.fields == finding.fields;
        let grave = left.iter().find(same).filter(|other| other.level == Level::High);
        assert!(grave.is_none(), "{} after {remedy:?}: {grave:?}", finding.id);
    }
}

fn untouched_columns_are_the_same(
    sample: &Sample,
    chosen: &[(Finding, Remedy)],
    header: &[String],
    cleaned: &[StringArray],
) {
    let treated: Vec<&String> = chosen.iter().flat_map(|(finding, _)| &finding.fields).collect();
    for (label, before) in sample.header.iter().zip(sample.batch()).filter(|(label, _)| !treated.contains(label)) {
        let place = header.iter().position(|other| other == label).unwrap();
        assert_eq!(cleaned[place], before, "{label}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_grave_is_left_and_the_rest_is_untouched(seed in any::<u64>(), choice in 0_usize..4) {
        for sample in generate(seed).into_iter().take(28) {
            check(&sample, choice);
        }
    }

    #[test]
    fn the_size_of_batches_changes_nothing(seed in any::<u64>(), size in 1_usize..120) {
        for sample in generate(seed).into_iter().take(28) {
            let mut guard = Guard::new(&sample.header, sample.context.clone(), &Options { year: 2026, ..Options::default() });
            let whole = sample.batch();
            let rows = sample.columns[0].len();
            for start in (0..rows).step_by(size) {
                let length = size.min(rows - start);
                let batch: Vec<StringArray> = whole.iter().map(|column| column.slice(start, length)).collect();
                guard.scan(&batch, start as u64 + 2);
            }
            let by_batch: Vec<(String, Level)> = guard.finish().into_iter().map(|finding| (finding.id, finding.level)).collect();
            let at_once: Vec<(String, Level)> = scan(&sample).into_iter().map(|finding| (finding.id, finding.level)).collect();
            prop_assert_eq!(by_batch, at_once);
        }
    }

    #[test]
    fn any_text_is_scanned_and_cleaned_without_a_fault(cells in prop::collection::vec(".{0,60}", 1..40), label in ".{0,20}") {
        let header = vec![label, "Nom".to_owned(), "prenom".to_owned()];
        let column = StringArray::from(cells.clone());
        let batch = vec![column.clone(), column.clone(), column];
        let findings = rescan(&header, Context::default(), &batch);
        for finding in &findings {
            for remedy in &finding.remedies {
                let mut cleaner = Cleaner::new(&header, &[(finding.clone(), remedy.clone())]).unwrap();
                let cleaned = cleaner.clean(batch.clone());
                prop_assert_eq!(cleaned.len(), cleaner.header().len());
            }
        }
    }
}

#[test]
fn examples_never_hold_what_was_found() {
    for sample in generate(11).into_iter().take(28) {
        for finding in scan(&sample) {
            for example in &finding.examples {
                let column = sample.header.iter().position(|label| *label == example.field).unwrap();
                let raw = &sample.columns[column][example.row as usize - 2];
                let counts = finding.detector == personal_data::Detector::SmallCells;
                assert!(counts || example.masked != *raw, "{}: {raw}", finding.id);
            }
        }
    }
}
