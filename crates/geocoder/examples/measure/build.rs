//! An index from files.

use geocoder::{BuildOptions, Builder, HouseNumber, Place, PlaceKind, Position};
use serde_json::Value;
use std::{error::Error, io::BufRead, path::Path};

fn texts(v: &Value) -> Vec<String> {
    match v {
        Value::String(s) => vec![s.clone()],
        Value::Array(a) => a.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => vec![],
    }
}

fn place(v: &Value) -> Place {
    let t = |k: &str| v[k].as_str().map(str::to_owned);
    let at = |v: &Value| Position { lon: v["lon"].as_f64().unwrap_or(0.0), lat: v["lat"].as_f64().unwrap_or(0.0) };
    let kind = match v["type"].as_str() {
        Some("municipality") => {
            PlaceKind::Municipality { population: v["population"].as_u64().map(|p| p as u32), parent: None }
        }
        Some("locality") => PlaceKind::Locality,
        _ => PlaceKind::Street,
    };
    let mut p = Place::new(
        kind,
        &t("id").unwrap_or_default(),
        &t("name").unwrap_or_default(),
        &t("citycode").unwrap_or_default(),
        &t("city").unwrap_or_default(),
        at(v),
    );
    p.postcodes = texts(&v["postcode"]);
    p.district = t("district");
    p.old_city = t("oldcity");
    p.old_city_code = t("oldcitycode");
    p.importance = v["importance"].as_f64().map(|x| x as f32);
    for (k, n) in v["housenumbers"].as_object().into_iter().flatten() {
        let mut w = k.split(' ');
        let number = w.next().and_then(|x| x.parse().ok()).unwrap_or(0);
        p.numbers.push(HouseNumber::new(number, w.next().unwrap_or(""), at(n)));
    }
    p
}

pub fn run(index: &Path, files: &[&str]) -> Result<(), Box<dyn Error>> {
    let scratch = tempfile::tempdir_in(index.parent().unwrap_or(Path::new(".")))?;
    let mut builder = Builder::new(scratch.path(), BuildOptions::default());
    let start = std::time::Instant::now();
    for file in files {
        for line in std::io::BufReader::new(std::fs::File::open(file)?).lines() {
            builder.add(&place(&serde_json::from_str(&line?)?))?;
        }
    }
    eprintln!("added {:?}", start.elapsed());
    let summary = builder.finish(index, &|_| ())?;
    eprintln!("{summary:?} {:?}", start.elapsed());
    Ok(())
}
