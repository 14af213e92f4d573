//! The real communes that the synthetic country stands on: names, codes, postcodes, inhabitants, outlines.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::{collections::HashMap, error::Error, fs::File, io::BufReader, path::Path};

pub type Point = [f64; 2];

/// A commune.
pub struct Town {
    pub code: String,
    pub name: String,
    pub postcodes: Vec<String>,
    pub population: u32,
    pub departement: String,
    pub departement_name: String,
    pub region: String,
    /// Outer rings of its outline, the largest first.
    pub outline: Vec<Vec<Point>>,
    /// Communes that were merged into it, or its municipal arrondissements.
    pub parts: Vec<Part>,
}

/// A part of a commune that addresses name.
pub struct Part {
    pub code: String,
    pub name: String,
    /// An arrondissement stands for the commune in its addresses, an old commune comes beside it.
    pub arrondissement: bool,
    pub postcodes: Vec<String>,
    pub population: u32,
}

impl Town {
    pub fn context(&self) -> String {
        format!("{}, {}, {}", self.departement, self.departement_name, self.region)
    }

    /// Whether the point is in one of the outer rings.
    pub fn contains(&self, [x, y]: Point) -> bool {
        self.outline.iter().any(|ring| {
            let mut inside = false;
            let mut previous = ring[ring.len() - 1];
            for &point in ring {
                if (point[1] > y) != (previous[1] > y)
                    && x < (previous[0] - point[0]) * (y - point[1]) / (previous[1] - point[1]) + point[0]
                {
                    inside = !inside;
                }
                previous = point;
            }
            inside
        })
    }

    /// West, south, east and north of the largest ring.
    pub fn bounds(&self) -> [f64; 4] {
        self.outline[0].iter().fold([180.0, 90.0, -180.0, -90.0], |b, p| {
            [f64::min(b[0], p[0]), f64::min(b[1], p[1]), f64::max(b[2], p[0]), f64::max(b[3], p[1])]
        })
    }
}

fn json(path: &Path) -> Result<Value, Box<dyn Error>> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(serde_json::from_reader(BufReader::new(GzDecoder::new(file)))?)
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    value[key].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn names(path: &Path) -> Result<HashMap<String, String>, Box<dyn Error>> {
    let list = json(path)?;
    Ok(list.as_array().into_iter().flatten().map(|each| (text(each, "code"), text(each, "nom"))).collect())
}

fn rings(geometry: &Value) -> Vec<Vec<Point>> {
    let polygons = geometry["coordinates"].as_array().into_iter().flatten();
    let mut rings: Vec<Vec<Point>> = polygons
        .filter_map(|polygon| polygon.get(0).and_then(Value::as_array))
        .map(|ring| ring.iter().filter_map(|point| Some([point[0].as_f64()?, point[1].as_f64()?])).collect())
        .collect();
    rings.retain(|ring: &Vec<Point>| ring.len() > 3);
    rings.sort_by_key(|ring| std::cmp::Reverse(ring.len()));
    rings
}

/// The communes of today with an outline, in the order of their codes.
pub fn read(folder: &Path) -> Result<Vec<Town>, Box<dyn Error>> {
    let divisions = json(&folder.join("communes.json.gz"))?;
    let departements = names(&folder.join("departements.json.gz"))?;
    let regions = names(&folder.join("regions.json.gz"))?;
    let shapes = json(&folder.join("communes-2026.geojson.gz"))?;
    let outlines: HashMap<String, Vec<Vec<Point>>> = shapes["features"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|feature| (text(&feature["properties"], "code"), rings(&feature["geometry"])))
        .collect();
    let mut parts: HashMap<String, Vec<Part>> = HashMap::new();
    let mut towns = Vec::new();
    for each in divisions.as_array().into_iter().flatten() {
        let (code, kind) = (text(each, "code"), text(each, "type"));
        let population = each["population"].as_u64().unwrap_or(0) as u32;
        if kind == "commune-actuelle" {
            let Some(outline) = outlines.get(&code).filter(|rings| !rings.is_empty()) else { continue };
            let postcodes = texts(each, "codesPostaux");
            if postcodes.is_empty() {
                continue;
            }
            let departement = text(each, "departement");
            towns.push(Town {
                name: text(each, "nom"),
                postcodes,
                population,
                departement_name: departements.get(&departement).cloned().unwrap_or_default(),
                departement,
                region: regions.get(&text(each, "region")).cloned().unwrap_or_default(),
                outline: outline.clone(),
                parts: Vec::new(),
                code,
            });
        } else {
            let arrondissement = kind == "arrondissement-municipal";
            let whole = text(each, if arrondissement { "commune" } else { "chefLieu" });
            let part = Part { code, name: text(each, "nom"), arrondissement, postcodes: texts(each, "codesPostaux"), population };
            parts.entry(whole).or_default().push(part);
        }
    }
    for town in &mut towns {
        town.parts = parts.remove(&town.code).unwrap_or_default();
    }
    towns.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(towns)
}
