//! The real communes that the synthetic country stands on: names, codes, postcodes, inhabitants, outlines.

use geography::{Commune, CommuneKind, Geography};
use std::collections::HashMap;

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

/// The outer rings of its outline, the largest first.
fn outline(commune: Commune) -> Vec<Vec<Point>> {
    let degrees = |vertex: [i32; 2]| vertex.map(|value| f64::from(value) / geography::outline::UNITS);
    let polygons = commune.outline().0.into_iter();
    let mut rings: Vec<Vec<Point>> =
        polygons.filter_map(|polygon| Some(polygon.into_iter().next()?.into_iter().map(degrees).collect())).collect();
    rings.retain(|ring: &Vec<Point>| ring.len() > 3);
    rings.sort_by_key(|ring| std::cmp::Reverse(ring.len()));
    rings
}

fn owned<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    texts.map(str::to_owned).collect()
}

/// The communes of today that have an outline and a postcode, in the order of their codes.
pub fn towns() -> Vec<Town> {
    let mut towns = Vec::new();
    let mut parts: HashMap<&str, Vec<Part>> = HashMap::new();
    for commune in Geography::shipped().communes() {
        let (code, name, population) =
            (commune.code().to_owned(), commune.name().to_owned(), commune.population().unwrap_or(0));
        let postcodes = owned(commune.postcodes());
        match commune.parent() {
            Some(whole) => {
                let arrondissement = commune.kind() == CommuneKind::Arrondissement;
                parts.entry(whole.code()).or_default().push(Part { code, name, arrondissement, postcodes, population });
            }
            None => {
                let outline = outline(commune);
                if !outline.is_empty() && !postcodes.is_empty() {
                    let (departement, region) = (commune.departement(), commune.region());
                    towns.push(Town {
                        code,
                        name,
                        postcodes,
                        population,
                        departement: departement.code().to_owned(),
                        departement_name: departement.name().to_owned(),
                        region: region.name().to_owned(),
                        outline,
                        parts: Vec::new(),
                    });
                }
            }
        }
    }
    for town in &mut towns {
        town.parts = parts.remove(town.code.as_str()).unwrap_or_default();
    }
    towns.sort_by(|a, b| a.code.cmp(&b.code));
    towns
}
