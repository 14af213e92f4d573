//! Shows how lines of text are normalised, and how long a word takes:
//! `cargo run --release --example normalise < queries.txt`, `… -- --time < queries.txt`.

use std::{
    io::{self, Read, Write},
    time::Instant,
};

use geocoder::text;

fn main() -> io::Result<()> {
    let mut given = String::new();
    io::stdin().read_to_string(&mut given)?;
    let mut out = io::stdout().lock();
    if std::env::args().any(|argument| argument == "--time") {
        return time(&given, &mut out);
    }
    for line in given.lines() {
        let words = text::words(line);
        let shown: Vec<String> = words
            .iter()
            .map(|word| match word.other {
                Some(other) => format!("{}({other}):{:?}", word.text, word.kind),
                None => format!("{}:{:?}", word.text, word.kind),
            })
            .collect();
        writeln!(out, "{line}\t{}", shown.join(" "))?;
    }
    Ok(())
}

fn time(given: &str, out: &mut impl Write) -> io::Result<()> {
    let lines: Vec<&str> = given.lines().collect();
    let rounds = 200_000 / lines.len().max(1) + 1;
    let start = Instant::now();
    let words: usize = (0..rounds).flat_map(|_| &lines).map(|line| text::words(line).len()).sum();
    let each = start.elapsed().as_nanos() as f64 / words as f64;
    writeln!(out, "words: {each:.0} ns a word")?;
    let terms: Vec<String> = lines
        .iter()
        .flat_map(|line| text::words(line).iter().map(|word| word.text.to_owned()).collect::<Vec<_>>())
        .collect();
    let start = Instant::now();
    let mut key = String::new();
    let length: usize = terms
        .iter()
        .cycle()
        .take(1_000_000)
        .map(|term| {
            text::phonetic_into(term, &mut key);
            key.len()
        })
        .sum();
    writeln!(out, "phonetic: {} ns a word ({length})", start.elapsed().as_nanos() / 1_000_000)?;
    let start = Instant::now();
    let near: f32 = terms
        .iter()
        .zip(terms.iter().skip(7))
        .cycle()
        .take(1_000_000)
        .map(|(one, other)| text::similarity(one, other))
        .sum();
    writeln!(out, "similarity: {} ns a pair ({near:.0})", start.elapsed().as_nanos() / 1_000_000)
}
