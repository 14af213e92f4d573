//! An index from files of addresses.

use geocoder::{BuildOptions, Builder, source};
use std::{error::Error, fs, path::Path, time::Instant};

pub fn run(index: &Path, files: &[&str]) -> Result<(), Box<dyn Error>> {
    let began = Instant::now();
    let scratch = tempfile::tempdir_in(index.parent().unwrap_or(Path::new(".")))?;
    let mut builder = Builder::new(scratch.path(), BuildOptions::default());
    let mut faults = 0u64;
    for file in files {
        for place in source::open(file.as_ref(), &source::Options::default())? {
            match place {
                Ok(place) => builder.add(&place)?,
                Err(_) => faults += 1,
            }
        }
    }
    let read = began.elapsed().as_secs_f64();
    let summary = builder.finish(index, &|_| ())?;
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    eprintln!(
        "{summary:?}; {faults} faults; {read:.1} s to read, {:.1} s in all; {peak}",
        began.elapsed().as_secs_f64()
    );
    Ok(())
}
