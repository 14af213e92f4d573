//! How long one search takes, one after the other on one core.

use crate::answers;
use geocoder::Index;
use serde_json::json;
use std::{collections::BTreeMap, error::Error, path::Path, time::Instant};

pub fn run(index: &Path) -> Result<(), Box<dyn Error>> {
    let index = Index::open(index)?;
    let cases = answers::cases()?;
    // A first pass reads the pages of the file: a server has them.
    let mut found = 0;
    for case in &cases {
        found += index.search(&answers::query(case)).len();
    }
    let mut sets: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for case in &cases {
        let query = answers::query(case);
        let start = Instant::now();
        found += index.search(&query).len();
        sets.entry(case["set"].as_str().unwrap_or("")).or_default().push(start.elapsed().as_secs_f64() * 1e6);
    }
    for (set, mut times) in sets {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or(0.0);
        let mean = times.iter().sum::<f64>() / times.len().max(1) as f64;
        let line = json!({
            "set": set, "searches": times.len(), "mean_us": mean, "median_us": at(0.5), "p95_us": at(0.95), "p99_us": at(0.99),
            "most_us": times.last(),
        });
        println!("{line}");
    }
    eprintln!("{} places, {} numbers, {found} answers", index.places(), index.house_numbers());
    Ok(())
}
