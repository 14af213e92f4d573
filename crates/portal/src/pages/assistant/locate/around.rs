//! What an index knows around the places of a map: streets and numbers, so that somebody who places an address sees where.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use geocoder::{BoundingBox, Index, Kind, Position};
use geography::{Commune, Geography};
use serde_json::{Value, json};

use crate::chart::Feature;
use crate::pages::assistant::posted::Asked;
use crate::params;
use crate::problem::{Kind as ProblemKind, Problem};

/// Degrees of the widest map of which streets are told.
const WIDEST: f64 = 0.12;
/// Streets that are named.
const STREETS: usize = 150;
/// Numbers shown.
const NUMBERS: usize = 4_000;
/// Units of the finest detail of an outline that is shown: some ten metres.
const DETAIL: f64 = 10.0;

/// Streets and numbers in `bbox`, as GeoJSON; the communes there, with their outlines.
pub async fn around(asked: Asked) -> Response {
    let Some(bbox) = bbox(asked.reader.uri.query()) else {
        let detail = "`bbox` is west,south,east,north in degrees, each smaller than the next but one";
        return Problem::new(ProblemKind::BadRequest, detail.to_owned()).into_response();
    };
    if let Err(error) = asked.state.platform.draft(asked.id, &asked.person.actor).await {
        return Problem::from(error).into_response();
    }
    let index = asked.state.platform.geocoder.current();
    let made = tokio::task::spawn_blocking(move || {
        let mut features = communes(&bbox);
        let narrow = bbox.east - bbox.west <= WIDEST && bbox.north - bbox.south <= WIDEST;
        features.extend(index.filter(|_| narrow).map(|index| streets(&index, &bbox)).unwrap_or_default());
        json!({ "type": "FeatureCollection", "features": features })
    });
    match made.await {
        Ok(features) => {
            let headers =
                [(header::CACHE_CONTROL, "private, max-age=300"), (header::CONTENT_TYPE, "application/geo+json")];
            (StatusCode::OK, headers, Json(features)).into_response()
        }
        Err(error) => Problem::from(catalog::Error::from(error)).into_response(),
    }
}

fn bbox(query: Option<&str>) -> Option<BoundingBox> {
    let pair = params::pairs(query?).filter_map(Result::ok).find(|pair| pair.name == "bbox")?;
    let figures: Vec<f64> = pair.value?.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
    let [west, south, east, north] = figures.as_slice() else { return None };
    let (a, b) = (Position::new(*west, *south)?, Position::new(*east, *north)?);
    let bbox = BoundingBox { west: a.lon, south: a.lat, east: b.lon, north: b.lat };
    (bbox.west < bbox.east && bbox.south < bbox.north).then_some(bbox)
}

/// The communes at the middle and the corners.
fn around_communes(bbox: &BoundingBox) -> Vec<Commune> {
    let middle = ((bbox.west + bbox.east) / 2.0, (bbox.south + bbox.north) / 2.0);
    let corners = [(bbox.west, bbox.south), (bbox.west, bbox.north), (bbox.east, bbox.south), (bbox.east, bbox.north)];
    let mut found: Vec<Commune> = Vec::new();
    for (lon, lat) in std::iter::once(middle).chain(corners) {
        if let Some(commune) = Geography::shipped().at(lon, lat).filter(|commune| !found.contains(commune)) {
            found.push(commune);
        }
    }
    found
}

fn communes(bbox: &BoundingBox) -> Vec<Value> {
    let feature = |commune: Commune| {
        let degrees = |units: i32| f64::from(units) / geography::outline::UNITS;
        let outline = commune.outline().simplified(DETAIL);
        let rings: Vec<Vec<Vec<[f64; 2]>>> = outline
            .0
            .iter()
            .map(|polygon| polygon.iter().map(|ring| ring.iter().map(|at| at.map(degrees)).collect()).collect())
            .collect();
        json!({
            "type": "Feature",
            "properties": { "kind": "commune", "name": commune.name() },
            "geometry": { "type": "MultiPolygon", "coordinates": rings },
        })
    };
    around_communes(bbox).into_iter().map(feature).collect()
}

/// The numbers of the streets there, and each street's name at one of them.
fn streets(index: &Index, bbox: &BoundingBox) -> Vec<Value> {
    let mut numbers = Vec::new();
    let mut names = Vec::new();
    for commune in around_communes(bbox) {
        let Some(town) = index.town_of_code(commune.code()) else { continue };
        for id in index.town(town).places().iter().flatten() {
            let place = index.place(id);
            if !matches!(place.kind(), Kind::Street | Kind::Locality) {
                continue;
            }
            let within: Vec<_> = place.numbers().iter().filter(|number| bbox.contains(number.position())).collect();
            let at = within.get(within.len() / 2).map(|number| number.position());
            let at = at.or_else(|| Some(place.position()).filter(|at| bbox.contains(*at)));
            if let Some(at) = at.filter(|_| names.len() < STREETS) {
                names.push(point(at, json!({ "kind": "street", "name": place.name() })));
            }
            for number in within.into_iter().take(NUMBERS.saturating_sub(numbers.len())) {
                let label = format!("{}{}", number.number(), number.suffix());
                numbers.push(point(number.position(), json!({ "kind": "number", "name": label })));
            }
        }
    }
    numbers.extend(names);
    numbers
}

fn point(at: Position, properties: Value) -> Value {
    json!({
        "type": "Feature",
        "properties": properties,
        "geometry": { "type": "Point", "coordinates": [at.lon, at.lat] },
    })
}

/// The outline of a commune, for a picture.
pub fn outline(key: &str) -> Vec<Feature> {
    let commune = key.strip_prefix("commune:").and_then(|code| Geography::shipped().commune(code));
    let degrees = |units: i32| f64::from(units) / geography::outline::UNITS;
    let polygons = commune.map(|commune| commune.outline().simplified(DETAIL * 5.0)).unwrap_or_default();
    let surface = |polygon: Vec<Vec<[i32; 2]>>| {
        Feature::Surface(polygon.into_iter().map(|ring| ring.into_iter().map(|at| at.map(degrees)).collect()).collect())
    };
    polygons.0.into_iter().map(surface).collect()
}
