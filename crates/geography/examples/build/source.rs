//! Reading the files that territories are made from.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use geography::CommuneKind;
use geography::outline::{MultiPolygon, Polygon, Ring, ring_area};
use serde_json::Value;

/// A commune as it was read.
pub struct Commune {
    pub code: String,
    pub name: String,
    pub kind: CommuneKind,
    pub zone: u8,
    pub departement: String,
    pub parent: Option<String>,
    pub siren: String,
    pub postcodes: Vec<String>,
    pub population: Option<u32>,
}

/// An EPCI as it was read.
pub struct Epci {
    pub code: String,
    pub name: String,
    pub kind: String,
    pub population: Option<u32>,
    pub members: Vec<String>,
}

/// A département or a région as it was read.
pub struct Division {
    pub code: String,
    pub name: String,
    pub zone: u8,
    pub region: String,
    pub seat: String,
}

pub fn json(folder: &Path, name: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    Ok(serde_json::from_reader(std::io::BufReader::new(gzip(folder, name)?))?)
}

pub fn gzip(folder: &Path, name: &str) -> Result<impl Read, Box<dyn Error>> {
    let path = folder.join(name);
    Ok(GzDecoder::new(File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?))
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value, field: &str) -> Option<u32> {
    value[field].as_u64().and_then(|number| number.try_into().ok())
}

fn zone(value: &Value) -> u8 {
    match value["zone"].as_str() {
        Some("drom") => 1,
        Some("com") => 2,
        _ => 0,
    }
}

pub fn communes(folder: &Path) -> Result<Vec<Commune>, Box<dyn Error>> {
    let mut communes: Vec<Commune> = json(folder, "communes.json.gz")?.iter().filter_map(commune).collect();
    communes.sort_by(|a, b| rank(a).cmp(&rank(b)));
    Ok(communes)
}

/// The order of the file.
fn rank(commune: &Commune) -> (u8, &str, CommuneKind) {
    let group = (commune.kind as u8).min(CommuneKind::Associated as u8);
    (group, commune.code.as_str(), commune.kind)
}

fn commune(value: &Value) -> Option<Commune> {
    let parent = ["commune", "chefLieu"].map(|field| text(value, field));
    let postcodes = value["codesPostaux"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut postcodes: Vec<String> = postcodes.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    postcodes.sort();
    Some(Commune {
        code: text(value, "code"),
        name: text(value, "nom"),
        kind: CommuneKind::parse(value["type"].as_str()?)?,
        zone: zone(value),
        departement: text(value, "departement"),
        parent: parent.into_iter().find(|code| !code.is_empty()),
        siren: text(value, "siren"),
        postcodes,
        population: number(value, "population"),
    })
}

pub fn epcis(folder: &Path) -> Result<Vec<Epci>, Box<dyn Error>> {
    let members = |value: &Value| {
        let members = value["membres"].as_array().map(Vec::as_slice).unwrap_or_default();
        members.iter().map(|member| text(member, "code")).collect()
    };
    let epci = |value: &Value| Epci {
        code: text(value, "code"),
        name: text(value, "nom"),
        kind: text(value, "type"),
        population: number(value, "populationMunicipale"),
        members: members(value),
    };
    let mut epcis: Vec<Epci> = json(folder, "epci.json.gz")?.iter().map(epci).collect();
    epcis.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(epcis)
}

pub fn divisions(folder: &Path, name: &str) -> Result<Vec<Division>, Box<dyn Error>> {
    let division = |value: &Value| Division {
        code: text(value, "code"),
        name: text(value, "nom"),
        zone: zone(value),
        region: text(value, "region"),
        seat: text(value, "chefLieu"),
    };
    let mut divisions: Vec<Division> = json(folder, name)?.iter().map(division).collect();
    divisions.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(divisions)
}

/// Outlines by code, outer rings anticlockwise.
pub fn outlines(input: impl Read) -> Result<BTreeMap<String, MultiPolygon>, Box<dyn Error>> {
    let collection: Value = serde_json::from_reader(std::io::BufReader::new(input))?;
    let features = collection["features"].as_array().map(Vec::as_slice).unwrap_or_default();
    let outline = |feature: &Value| (text(&feature["properties"], "code"), multi_polygon(&feature["geometry"]));
    Ok(features.iter().map(outline).collect())
}

fn multi_polygon(geometry: &Value) -> MultiPolygon {
    let coordinates = &geometry["coordinates"];
    let polygons = match geometry["type"].as_str() {
        Some("Polygon") => vec![polygon(coordinates)],
        _ => coordinates.as_array().map(|all| all.iter().map(polygon).collect()).unwrap_or_default(),
    };
    MultiPolygon(polygons.into_iter().filter(|polygon| !polygon.is_empty()).collect())
}

fn polygon(rings: &Value) -> Polygon {
    let rings = rings.as_array().map(Vec::as_slice).unwrap_or_default();
    let turned = rings.iter().enumerate().map(|(n, vertices)| {
        let mut ring = ring(vertices);
        if (ring_area(&ring) > 0.0) != (n == 0) {
            ring.reverse();
        }
        ring
    });
    turned.filter(|ring| ring.len() >= 4).collect()
}

fn ring(vertices: &Value) -> Ring {
    let units = |vertex: &Value, axis: usize| (vertex[axis].as_f64().unwrap_or_default() * 1e5).round() as i32;
    let vertices = vertices.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut ring: Ring = vertices.iter().map(|vertex| [units(vertex, 0), units(vertex, 1)]).collect();
    ring.dedup();
    ring
}

/// Town halls by code and kind of commune (`COM`, `COMD`, `COMA`, `ARM`), in millionths of a degree.
type TownHalls = HashMap<(String, String), [i32; 2]>;

/// Reads where town halls are.
pub fn town_halls(path: &Path) -> Result<TownHalls, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let header = reader.headers()?.clone();
    let column = |name: &str| header.iter().position(|one| one == name).ok_or(format!("no column {name}"));
    let (code, kind, lon, lat) = (column("code_insee")?, column("type")?, column("lon")?, column("lat")?);
    let mut halls = HashMap::new();
    for row in reader.records() {
        let row = row?;
        let degrees = |n: usize| row.get(n).and_then(|cell| cell.parse::<f64>().ok());
        if let (Some(lon), Some(lat)) = (degrees(lon), degrees(lat)) {
            let key = [code, kind].map(|n| row.get(n).unwrap_or_default().to_owned());
            halls.insert(key.into(), [(lon * 1e6).round() as i32, (lat * 1e6).round() as i32]);
        }
    }
    Ok(halls)
}
