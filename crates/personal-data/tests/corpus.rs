//! The figures of the README hold on the seeded corpus.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../corpus/mod.rs"]
mod corpus;

use std::collections::BTreeMap;

use corpus::{SEED, generate, measure};

/// The rows of the table of figures, by their first cell: the numbers of the others, in percent.
fn rows(table: &str) -> BTreeMap<String, Vec<Option<f64>>> {
    let row = |line: &str| {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let name = cells.next()?.trim_matches('`').to_owned();
        let figures: Vec<Option<f64>> = cells.map(|cell| cell.strip_suffix(" %")?.parse().ok()).collect();
        (figures.len() == 4 && figures[0].is_some()).then_some((name, figures))
    };
    table.lines().filter(|line| line.starts_with('|')).filter_map(row).collect()
}

#[test]
fn no_figure_falls_below_what_is_written() {
    let readme = include_str!("../README.md");
    let (_, figures) = readme.split_once("## How well").unwrap();
    let written = rows(figures.split_once("\n## ").map_or(figures, |(section, _)| section));
    let measured = measure::measure(&generate(SEED));
    let found = rows(&measure::table(&measured));
    assert_eq!(written.len(), found.len(), "every detector is written");
    for (detector, least) in written {
        for (index, least) in least.iter().enumerate() {
            let now = found[&detector][index];
            assert!(now >= *least, "{detector}, figure {}: {now:?} < {least:?}\n{:#?}", index + 1, measured.faults);
        }
    }
}

#[test]
fn other_seeds_give_much_the_same_gate() {
    for seed in [1, 2, 3] {
        let figures = measure::measure(&generate(seed));
        assert!(figures.held.recall() >= 0.95, "seed {seed}: {:#?}", figures.faults);
        assert!(figures.held.precision() >= 0.97, "seed {seed}: {:#?}", figures.faults);
    }
}

#[test]
fn the_same_seed_gives_the_same_tables() {
    let texts = |seed| generate(seed).into_iter().map(|sample| (sample.header, sample.columns)).collect::<Vec<_>>();
    assert!(texts(7) == texts(7));
    assert!(texts(7) != texts(8));
}
