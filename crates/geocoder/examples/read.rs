//! Reads files of addresses and tells what they hold: `cargo run --example read -- FILE…`.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::Path,
    sync::Arc,
};

use geocoder::{
    PlaceKind,
    source::{self, Locate, Options},
};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    // Tables without codes of communes are read all the same here.
    let locate: Locate = Arc::new(|row| Some(("00000".to_owned(), row.city.to_owned())));
    let options = Options { locate: Some(locate), ..Options::default() };
    for path in std::env::args().skip(1) {
        match source::open(Path::new(&path), &options) {
            Ok(source) => tell(&path, source, &mut out)?,
            Err(error) => writeln!(out, "{path}: {}", error.message("en"))?,
        }
    }
    Ok(())
}

fn tell(path: &str, source: source::Source, out: &mut impl Write) -> io::Result<()> {
    let format = source.format();
    let (mut kinds, mut numbers, mut faults) = (BTreeMap::new(), 0, BTreeMap::new());
    for read in source {
        match read {
            Ok(place) => {
                let kind = match place.kind {
                    PlaceKind::Street => "streets",
                    PlaceKind::Locality => "localities",
                    PlaceKind::Municipality { .. } => "municipalities",
                    PlaceKind::Poi { .. } => "points of interest",
                };
                *kinds.entry(kind).or_insert(0) += 1;
                numbers += place.numbers.len();
            }
            Err(fault) => {
                let seen = faults.entry(fault.code).or_insert(0);
                *seen += 1;
                if *seen <= 3 {
                    writeln!(out, "  {}", fault.message("en"))?;
                }
            }
        }
    }
    writeln!(out, "{path}: {format:?}, {kinds:?}, {numbers} numbers, faults {faults:?}")
}
