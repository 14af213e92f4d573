//! Answers to cases, in the shape of API Adresse as far as judging them goes.

use geocoder::{Hit, Index, Kind, Position, SearchQuery};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::{
    error::Error,
    io::{self, BufWriter, Write},
    path::Path,
};

/// The query of a case.
pub fn query(case: &Value) -> SearchQuery {
    let near = &case["near"];
    SearchQuery {
        autocomplete: case["autocomplete"].as_bool().unwrap_or(false),
        near: near[0].as_f64().zip(near[1].as_f64()).and_then(|(lon, lat)| Position::new(lon, lat)),
        ..SearchQuery::new(case["query"].as_str().unwrap_or_default())
    }
}

/// The cases of standard input.
pub fn cases() -> Result<Vec<Value>, Box<dyn Error>> {
    io::stdin().lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

fn properties(hit: &Hit) -> Value {
    let name = if hit.kind == Kind::Municipality { &hit.city } else { &hit.name };
    json!({
        "label": hit.label, "score": hit.score, "type": hit.kind.name(), "name": name, "housenumber": hit.housenumber,
        "street": hit.street, "postcode": hit.postcode, "citycode": hit.city_code, "city": hit.city, "oldcity": hit.old_city,
    })
}

fn answer(index: &Index, case: &Value) -> String {
    let hits = index.search(&SearchQuery { explain: true, ..query(case) });
    let features: Vec<Value> = hits.iter().map(|hit| json!({ "properties": properties(hit) })).collect();
    let explanation = hits.first().and_then(|hit| hit.explanation.as_ref());
    let signals: Vec<f32> = explanation.iter().flat_map(|each| each.features.iter().map(|feature| feature.1)).collect();
    json!({ "features": features, "signals": signals }).to_string()
}

pub fn run(index: &Path) -> Result<(), Box<dyn Error>> {
    let index = Index::open(index)?;
    let lines: Vec<String> = cases()?.par_iter().map(|case| answer(&index, case)).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
