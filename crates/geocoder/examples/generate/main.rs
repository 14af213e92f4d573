//! A synthetic country of any size, in the national address base's JSON lines: `generate NUMBERS --names FILE`.
//!
//! The communes, their outlines, inhabitants and postcodes are real, and so are most street names; which street lies in
//! which commune, and every number and position, is made up from a seed. Nothing that it writes is a real address but those
//! of `--known`.
#![allow(clippy::print_stderr)]

mod known;
mod names;
mod random;
mod streets;
mod territory;
mod write;

use rayon::prelude::*;
use std::{
    collections::BTreeMap,
    error::Error,
    fs::File,
    io::{self, BufWriter, Write},
    path::PathBuf,
};
use territory::Town;

/// House numbers for one inhabitant in France: 26 million for 68.
const NUMBERS_PER_INHABITANT: f64 = 26.0 / 68.0;
/// Towns made at once before they are written.
const CHUNK: usize = 256;

struct Options {
    numbers: usize,
    names: PathBuf,
    known: Option<PathBuf>,
    seed: u64,
    output: Option<PathBuf>,
}

fn options() -> Result<Options, Box<dyn Error>> {
    const USAGE: &str = "generate NUMBERS --names FILE [--known FILE] [--seed N] [--output FILE]";
    let mut words = std::env::args().skip(1);
    let (mut numbers, mut paths, mut seed) = (None, BTreeMap::new(), 2016);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seed" => seed = words.next().ok_or(USAGE)?.parse()?,
            "--names" | "--known" | "--output" => {
                paths.insert(word, PathBuf::from(words.next().ok_or(USAGE)?));
            }
            _ => numbers = Some(word.replace('_', "").parse().map_err(|_| USAGE)?),
        }
    }
    Ok(Options {
        numbers: numbers.ok_or(USAGE)?,
        names: paths.remove("--names").ok_or(USAGE)?,
        known: paths.remove("--known"),
        seed,
        output: paths.remove("--output"),
    })
}

/// House numbers of each town: the communes with known addresses, then others drawn by the seed, at the density of
/// the country as long as the number asked for allows.
fn shares(towns: &[Town], known: &BTreeMap<usize, known::Streets>, options: &Options) -> Vec<usize> {
    let wanted = options.numbers as f64;
    let mut order: Vec<usize> = (0..towns.len()).collect();
    order.sort_by_key(|&index| (!known.contains_key(&index), random::Random::new(options.seed, index as u64).next()));
    let mut chosen = Vec::new();
    let mut population = 0.0;
    for index in order {
        if population * NUMBERS_PER_INHABITANT >= wanted && !known.contains_key(&index) {
            break;
        }
        population += f64::from(towns[index].population.max(20));
        chosen.push(index);
    }
    let mut shares = vec![0; towns.len()];
    for index in chosen {
        let share = wanted * f64::from(towns[index].population.max(20)) / population;
        shares[index] = (share.round() as usize).max(1);
    }
    shares
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let towns = territory::towns();
    let names = names::Names::read(&options.names, &towns)?;
    let known = options.known.as_ref().map_or_else(|| Ok(BTreeMap::new()), |path| known::read(path, &towns))?;
    let shares = shares(&towns, &known, &options);
    let sink: Box<dyn Write> = match &options.output {
        Some(path) => Box::new(File::create(path)?),
        None => Box::new(io::stdout().lock()),
    };
    let mut sink = BufWriter::with_capacity(1 << 20, sink);
    let (mut streets, mut numbers) = (0, 0);
    let order: Vec<usize> = (0..towns.len()).collect();
    for chunk in order.chunks(CHUNK) {
        let made: Vec<write::Made> = chunk
            .par_iter()
            .map(|&index| {
                let departement = &towns[index].departement;
                let from = towns.partition_point(|town| town.departement < *departement);
                let to = towns.partition_point(|town| town.departement <= *departement);
                let making = write::Making {
                    names: &names,
                    neighbours: towns.get(from..to).unwrap_or_default(),
                    known: known.get(&index),
                    numbers: shares[index],
                    seed: options.seed,
                };
                write::town(&towns[index], index as u64, &making)
            })
            .collect();
        for town in made {
            sink.write_all(town.text.as_bytes())?;
            streets += town.streets;
            numbers += town.numbers;
        }
    }
    sink.flush()?;
    eprintln!(
        "synthetic country, seed {}: {} communes, {streets} streets and localities, {numbers} numbers",
        options.seed,
        towns.len()
    );
    Ok(())
}
