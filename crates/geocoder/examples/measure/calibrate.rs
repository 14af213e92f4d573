//! The calibration of scores, fitted on answers of which it is known whether they are right.

use geocoder::search::score::{Features, Judged, fit};
use serde_json::Value;
use std::{error::Error, io};

pub fn run() -> Result<(), Box<dyn Error>> {
    let mut judged = Vec::new();
    for line in io::stdin().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let mut values = [0.0f32; Features::COUNT];
        for (value, given) in values.iter_mut().zip(row["signals"].as_array().into_iter().flatten()) {
            *value = given.as_f64().unwrap_or(0.0) as f32;
        }
        judged.push(Judged { features: Features::of(values), right: row["right"].as_bool().unwrap_or(false) });
    }
    let calibration = fit(&judged);
    println!("{}", serde_json::to_string_pretty(&calibration)?);
    eprintln!("fitted on {} answers", judged.len());
    Ok(())
}
