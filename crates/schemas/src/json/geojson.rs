//! The schemas of GeoJSON's objects (RFC 7946), to which French schemas refer by the addresses of geojson.org: known
//! here, so that nothing has to be fetched.

use std::error::Error;

use jsonschema::{Retrieve, Uri};
use serde_json::{Value, json};

/// Answers for GeoJSON's addresses, and for no other.
#[derive(Debug)]
pub(super) struct Known;

impl Retrieve for Known {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let address = uri.as_str();
        let path = address.split_once("://").map_or(address, |(_, path)| path);
        let name = path.strip_prefix("geojson.org/schema/").and_then(|file| file.strip_suffix(".json"));
        name.and_then(schema).ok_or_else(|| format!("{address}: schemas elsewhere are not fetched").into())
    }
}

/// The schema of an object by its name, such as `Point`.
fn schema(name: &str) -> Option<Value> {
    let schema = match name {
        "Geometry" => geometry(),
        "GeometryCollection" => collection(),
        "Feature" => feature(&geometry()),
        "FeatureCollection" => feature_collection(),
        "GeoJSON" => json!({ "anyOf": [geometry(), feature(&geometry()), feature_collection()] }),
        simple => shape(simple)?,
    };
    Some(schema)
}

fn position() -> Value {
    json!({ "type": "array", "minItems": 2, "items": { "type": "number" } })
}

fn list(items: &Value, fewest: u64) -> Value {
    json!({ "type": "array", "minItems": fewest, "items": items })
}

/// A geometry that has coordinates.
fn shape(name: &str) -> Option<Value> {
    let line = list(&position(), 2);
    // A ring is closed: four positions at least.
    let rings = list(&list(&position(), 4), 0);
    let coordinates = match name {
        "Point" => position(),
        "MultiPoint" => list(&position(), 0),
        "LineString" => line,
        "MultiLineString" => list(&line, 0),
        "Polygon" => rings,
        "MultiPolygon" => list(&rings, 0),
        _ => return None,
    };
    Some(object(name, &json!({ "coordinates": coordinates }), &["coordinates"]))
}

fn object(name: &str, members: &Value, required: &[&str]) -> Value {
    let bbox = json!({ "type": "array", "minItems": 4, "items": { "type": "number" } });
    let mut properties = json!({ "type": { "enum": [name] }, "bbox": bbox });
    if let (Some(all), Some(own)) = (properties.as_object_mut(), members.as_object()) {
        all.extend(own.iter().map(|(name, schema)| (name.clone(), schema.clone())));
    }
    let required: Vec<&str> = std::iter::once("type").chain(required.iter().copied()).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn shapes() -> Vec<Value> {
    let names = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"];
    names.into_iter().filter_map(shape).collect()
}

fn collection() -> Value {
    object(
        "GeometryCollection",
        &json!({ "geometries": { "type": "array", "items": { "oneOf": shapes() } } }),
        &["geometries"],
    )
}

fn geometry() -> Value {
    let mut forms = shapes();
    forms.push(collection());
    json!({ "oneOf": forms })
}

fn feature(geometry: &Value) -> Value {
    let members = json!({
        "id": { "type": ["number", "string"] },
        "properties": { "type": ["object", "null"] },
        "geometry": { "oneOf": [{ "type": "null" }, geometry] },
    });
    object("Feature", &members, &["properties", "geometry"])
}

fn feature_collection() -> Value {
    let features = json!({ "features": { "type": "array", "items": feature(&geometry()) } });
    object("FeatureCollection", &features, &["features"])
}
