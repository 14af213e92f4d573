//! Builds an index from another one, or puts several together: `build TO FROM…`. The first one that has a commune gives
//! it. Prints what was built, how long it took and the most memory that it took.
#![allow(clippy::print_stdout)]

use geocoder::{BuildOptions, Builder, Index};
use std::{collections::BTreeSet, error::Error, fs, path::Path, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let to = arguments.next().ok_or("usage: build TO FROM…")?;
    let to = Path::new(&to);
    let began = Instant::now();
    let scratch = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new(scratch, BuildOptions::default());
    let mut brought = BTreeSet::new();
    for from in arguments {
        let index = Index::open(Path::new(&from))?;
        builder.add_index(&index, &brought)?;
        brought.extend((0..index.towns()).map(|town| index.town(town).code().to_owned()));
    }
    println!("read in {:?}", began.elapsed());
    let summary = builder.finish(to, &|_| ())?;
    let seconds = began.elapsed().as_secs_f64();
    println!("{summary:?}");
    println!(
        "{seconds:.1} s, {:.0} numbers/s, {:.1} bytes/number",
        summary.numbers as f64 / seconds,
        summary.bytes as f64 / summary.numbers as f64
    );
    if let Some(line) =
        fs::read_to_string("/proc/self/status").unwrap_or_default().lines().find(|line| line.starts_with("VmHWM"))
    {
        println!("{line}");
    }
    Ok(())
}
