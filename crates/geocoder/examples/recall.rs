//! Asks an index queries of which the answer is known and counts how often it is the first, or among the first five.
//!
//! `cargo run --release --example recall -- INDEX QUERIES.csv… [--failures N] [--autocomplete]`
//!
//! Columns: `query`, `lon`, `lat`, and any of `expected_name`, `expected_housenumber`, `expected_street`, `expected_city`,
//! `expected_postcode`. Names are compared after normalisation; a postcode may lack its leading zero.

#![allow(clippy::print_stdout)]

use geocoder::{Hit, Index, Position, SearchQuery, text};
use std::path::Path;
use std::time::{Duration, Instant};

type Failure = Box<dyn std::error::Error>;

/// A query and what its answer must have.
struct Question {
    query: SearchQuery,
    expected: Vec<(Column, String)>,
}

#[derive(Clone, Copy)]
enum Column {
    Name,
    Number,
    Street,
    City,
    Postcode,
}

const COLUMNS: [(&str, Column); 5] = [
    ("expected_name", Column::Name),
    ("expected_housenumber", Column::Number),
    ("expected_street", Column::Street),
    ("expected_city", Column::City),
    ("expected_postcode", Column::Postcode),
];

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let index = Index::open(Path::new(&arguments.next().ok_or("an index is wanted")?))?;
    let (mut files, mut failures, mut autocomplete) = (Vec::new(), 0usize, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--failures" => failures = arguments.next().ok_or("a number is wanted")?.parse()?,
            "--autocomplete" => autocomplete = true,
            _ => files.push(argument),
        }
    }
    let _ = index.search(&SearchQuery::new("rue"));
    println!("{:60} {:>6} {:>7} {:>7} {:>9} {:>9}", "file", "asked", "top-1", "top-5", "median", "99 %");
    for file in files {
        measure(&index, &file, autocomplete, &mut failures)?;
    }
    Ok(())
}

fn measure(index: &Index, file: &str, autocomplete: bool, failures: &mut usize) -> Result<(), Failure> {
    let questions = read(file, autocomplete)?;
    let (mut first, mut five, mut times) = (0, 0, Vec::new());
    for question in &questions {
        let start = Instant::now();
        let hits = index.search(&question.query);
        times.push(start.elapsed());
        let rank = hits.iter().position(|hit| question.is_answered_by(hit));
        first += usize::from(rank == Some(0));
        five += usize::from(rank.is_some());
        if rank != Some(0) && *failures > 0 {
            *failures -= 1;
            tell(question, &hits, rank);
        }
    }
    times.sort();
    let count = questions.len().max(1);
    let share = |n: usize| 100.0 * n as f64 / count as f64;
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or(Duration::ZERO);
    println!(
        "{:60} {:>6} {:>6.2}% {:>6.2}% {:>9.1?} {:>9.1?}",
        file.chars().rev().take(60).collect::<String>().chars().rev().collect::<String>(),
        questions.len(),
        share(first),
        share(five),
        at(0.5),
        at(0.99)
    );
    Ok(())
}

fn read(file: &str, autocomplete: bool) -> Result<Vec<Question>, Failure> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(file)?;
    let header = reader.headers()?.clone();
    let mut questions = Vec::new();
    for record in reader.records() {
        let record = record?;
        let cell =
            |name: &str| header.iter().position(|column| column == name).and_then(|at| record.get(at)).unwrap_or("");
        let near = || Position::new(cell("lon").parse().ok()?, cell("lat").parse().ok()?);
        let expected: Vec<(Column, String)> = COLUMNS
            .iter()
            .map(|(name, column)| (*column, cell(name).to_owned()))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        questions.push(Question {
            query: SearchQuery { near: near(), autocomplete, ..SearchQuery::new(cell("query")) },
            expected,
        });
    }
    Ok(questions)
}

impl Question {
    fn is_answered_by(&self, hit: &Hit) -> bool {
        self.expected.iter().all(|(column, value)| {
            let found = match column {
                Column::Name => &hit.name,
                Column::Number => hit.housenumber.as_deref().unwrap_or(""),
                Column::Street => hit.street.as_deref().unwrap_or(&hit.name),
                Column::City => &hit.city,
                Column::Postcode => hit.postcode.as_deref().unwrap_or("").trim_start_matches('0'),
            };
            match column {
                Column::Postcode => found == value.trim_start_matches('0'),
                Column::Number => found.eq_ignore_ascii_case(value),
                _ => text::words(found).joined() == text::words(value).joined(),
            }
        })
    }
}

fn tell(question: &Question, hits: &[Hit], rank: Option<usize>) {
    let wanted: Vec<&str> = question.expected.iter().map(|(_, value)| value.as_str()).collect();
    println!("✗ {:?} wants {}, rank {:?}", question.query.text, wanted.join(" | "), rank.map(|rank| rank + 1));
    for hit in hits.iter().take(3) {
        println!("    {:.3} {}", hit.score, hit.label);
    }
}
