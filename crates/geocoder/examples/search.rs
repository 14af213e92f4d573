//! Searches an index and tells why each answer was found.
//!
//! `cargo run --example search -- INDEX "12 rue des Écoles Castelnaudary" [--near LON,LAT] [--autocomplete] [--limit N] [--explain]`

#![allow(clippy::print_stdout)]

use geocoder::{Hit, Index, Position, SearchQuery};
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let index = Index::open(Path::new(&arguments.next().ok_or("an index is wanted")?))?;
    let mut query = SearchQuery { autocomplete: false, ..SearchQuery::default() };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--autocomplete" => query.autocomplete = true,
            "--explain" => query.explain = true,
            "--limit" => query.limit = arguments.next().ok_or("a number is wanted")?.parse()?,
            "--near" => query.near = Some(position(&arguments.next().ok_or("a position is wanted")?)?),
            _ => query.text = argument,
        }
    }
    // The first search reckons what the file doesn't hold.
    let _ = index.search(&SearchQuery::new("rue"));
    let start = Instant::now();
    let hits = index.search(&query);
    let elapsed = start.elapsed();
    hits.iter().for_each(show);
    println!("{elapsed:?}");
    Ok(())
}

fn position(text: &str) -> Result<Position, Box<dyn std::error::Error>> {
    let (lon, lat) = text.split_once(',').ok_or("longitude,latitude")?;
    Ok(Position::new(lon.parse()?, lat.parse()?).ok_or("out of range")?)
}

fn show(hit: &Hit) {
    println!("{:.3}  {:12} {}  [{} {}] {}", hit.score, hit.kind.name(), hit.label, hit.id, hit.city_code, hit.context);
    let Some(explanation) = &hit.explanation else { return };
    println!("       read as {:?}", explanation.reading);
    for word in &explanation.matched {
        println!("       {:?} {} ← {} ({:?}, {:.2})", word.part, word.term, word.query, word.how, word.weight);
    }
    println!("       missing {:?}, unasked {:?}", explanation.missing, explanation.unasked);
    println!("       {:?}, {} places compared", explanation.features, explanation.examined);
}
