//! Prints recall and precision of every detector on the seeded corpus. With `--faults`, what was wrong too; with a
//! folder, writes the tables there as CSV.
//!
//! `cargo run -p personal-data --example corpus [-- --faults | FOLDER]`
#![allow(clippy::print_stdout)]

#[path = "../corpus/mod.rs"]
mod corpus;

use corpus::{SEED, generate, measure};

fn main() -> std::io::Result<()> {
    let samples = generate(SEED);
    let argument = std::env::args().nth(1);
    if let Some(folder) = argument.as_deref().filter(|argument| !argument.starts_with("--")) {
        return write(&samples, std::path::Path::new(folder));
    }
    let figures = measure::measure(&samples);
    println!("{} tables\n\n{}", samples.len(), measure::table(&figures));
    if argument.is_some() {
        figures.faults.iter().for_each(|fault| println!("{fault}"));
    }
    Ok(())
}

fn write(samples: &[corpus::Sample], folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    for (number, sample) in samples.iter().enumerate() {
        let mut text = sample.header.iter().map(|label| quoted(label)).collect::<Vec<_>>().join(",") + "\n";
        for row in 0..sample.columns.first().map_or(0, Vec::len) {
            let cells: Vec<String> = sample.columns.iter().map(|column| quoted(&column[row])).collect();
            text.push_str(&(cells.join(",") + "\n"));
        }
        let name = sample.name.replace(' ', "-");
        std::fs::write(folder.join(format!("{number:03}-{name}.csv")), text)?;
    }
    Ok(())
}
