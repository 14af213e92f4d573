//! Points and geometries.

use serde_json::{Map, Value as Json};

use super::decimal::Decimal;
use crate::model::GeopointFormat;

/// Longitude and latitude.
pub(crate) fn point(text: &str, format: GeopointFormat) -> Option<(Decimal, Decimal)> {
    let (longitude, latitude) = match format {
        GeopointFormat::Default => {
            let (longitude, latitude) = text.split_once(',')?;
            (Decimal::parse(longitude.trim())?, Decimal::parse(latitude.trim())?)
        }
        GeopointFormat::Array => match serde_json::from_str(text).ok()? {
            Json::Array(items) => match items.as_slice() {
                [longitude, latitude] => (coordinate(longitude)?, coordinate(latitude)?),
                _ => return None,
            },
            _ => return None,
        },
        GeopointFormat::Object => match serde_json::from_str(text).ok()? {
            Json::Object(object) if object.len() == 2 => {
                (coordinate(object.get("lon")?)?, coordinate(object.get("lat")?)?)
            }
            _ => return None,
        },
    };
    (is_within(&longitude, "180") && is_within(&latitude, "90")).then_some((longitude, latitude))
}

fn coordinate(value: &Json) -> Option<Decimal> {
    match value {
        Json::Number(number) => Decimal::parse(&number.to_string()),
        Json::String(text) => Decimal::parse(text.trim()),
        _ => None,
    }
}

fn is_within(value: &Decimal, most: &str) -> bool {
    let (Some(most), Some(least)) = (Decimal::parse(most), Decimal::parse(&format!("-{most}"))) else { return false };
    value.compare(&most).is_some_and(std::cmp::Ordering::is_le)
        && value.compare(&least).is_some_and(std::cmp::Ordering::is_ge)
}

/// Whether an object is a geometry, a feature or a collection of GeoJSON (RFC 7946).
pub(crate) fn is_geojson(object: &Map<String, Json>) -> bool {
    if object.get("bbox").is_some_and(|bbox| !is_bbox(bbox)) {
        return false;
    }
    match kind(object) {
        Some("Feature") => is_feature(object),
        Some("FeatureCollection") => list(object, "features").is_some_and(|items| {
            items
                .iter()
                .all(|item| item.as_object().is_some_and(|item| kind(item) == Some("Feature") && is_feature(item)))
        }),
        _ => is_geometry(object),
    }
}

fn kind(object: &Map<String, Json>) -> Option<&str> {
    object.get("type").and_then(Json::as_str)
}

fn list<'a>(object: &'a Map<String, Json>, name: &str) -> Option<&'a Vec<Json>> {
    object.get(name).and_then(Json::as_array)
}

fn is_bbox(value: &Json) -> bool {
    value.as_array().is_some_and(|numbers| numbers.len() >= 4 && numbers.iter().all(Json::is_number))
}

fn is_feature(object: &Map<String, Json>) -> bool {
    let geometry =
        object.get("geometry").is_some_and(|value| value.is_null() || value.as_object().is_some_and(is_geometry));
    geometry && object.get("properties").is_some_and(|value| value.is_null() || value.is_object())
}

/// The JSON parser bounds the depth of nested collections.
fn is_geometry(object: &Map<String, Json>) -> bool {
    if kind(object) == Some("GeometryCollection") {
        let is_member = |item: &Json| item.as_object().is_some_and(is_geometry);
        return list(object, "geometries").is_some_and(|items| items.iter().all(is_member));
    }
    let Some(coordinates) = object.get("coordinates") else { return false };
    match kind(object) {
        Some("Point") => is_position(coordinates),
        Some("MultiPoint") => all(coordinates, 0, is_position),
        Some("LineString") => is_line(coordinates),
        Some("MultiLineString") => all(coordinates, 0, is_line),
        Some("Polygon") => all(coordinates, 0, is_ring),
        Some("MultiPolygon") => all(coordinates, 0, |polygon| all(polygon, 0, is_ring)),
        _ => false,
    }
}

fn all(value: &Json, least: usize, is_item: impl Fn(&Json) -> bool) -> bool {
    value.as_array().is_some_and(|items| items.len() >= least && items.iter().all(is_item))
}

fn is_position(value: &Json) -> bool {
    all(value, 2, Json::is_number)
}

fn is_line(value: &Json) -> bool {
    all(value, 2, is_position)
}

fn is_ring(value: &Json) -> bool {
    all(value, 4, is_position)
}

/// Whether an object is a topology, or a geometry of one.
pub(crate) fn is_topojson(object: &Map<String, Json>) -> bool {
    if kind(object) != Some("Topology") {
        return is_topojson_geometry(object);
    }
    let is_object = |value: &Json| value.as_object().is_some_and(is_topojson_geometry);
    let objects = object.get("objects").and_then(Json::as_object);
    let arcs = object
        .get("arcs")
        .is_some_and(|arcs| all(arcs, 0, |arc| all(arc, 2, |position| all(position, 2, Json::is_number))));
    arcs && objects.is_some_and(|objects| objects.values().all(is_object))
}

fn is_topojson_geometry(object: &Map<String, Json>) -> bool {
    let arcs = |is_item: &dyn Fn(&Json) -> bool| object.get("arcs").is_some_and(|arcs| all(arcs, 0, is_item));
    let indexes = |value: &Json| all(value, 0, Json::is_i64);
    match kind(object) {
        Some("Point") => object.get("coordinates").is_some_and(is_position),
        Some("MultiPoint") => object.get("coordinates").is_some_and(|value| all(value, 0, is_position)),
        Some("LineString") => arcs(&Json::is_i64),
        Some("MultiLineString" | "Polygon") => arcs(&indexes),
        Some("MultiPolygon") => arcs(&|value: &Json| all(value, 0, indexes)),
        Some("GeometryCollection") => {
            let is_member = |item: &Json| item.as_object().is_some_and(is_topojson_geometry);
            list(object, "geometries").is_some_and(|items| items.iter().all(is_member))
        }
        _ => false,
    }
}

/// Deepest nesting of WKT.
const DEPTH: usize = 32;
const WKT_KINDS: [&str; 9] = [
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
    "LINEARRING",
    "TRIANGLE",
];

/// Whether a text is a geometry in well-known text.
pub(crate) fn is_wkt(text: &str) -> bool {
    let text = text.trim();
    let text = match text.split_once(';') {
        Some((srid, rest)) if srid.to_ascii_uppercase().starts_with("SRID=") => rest.trim_start(),
        _ => text,
    };
    wkt_geometry(text, 0).is_some_and(|rest| rest.trim().is_empty())
}

/// Reads a geometry; gives what follows it.
fn wkt_geometry(text: &str, depth: usize) -> Option<&str> {
    if depth > DEPTH {
        return None;
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let name = text[..end].to_ascii_uppercase();
    let kind = WKT_KINDS
        .into_iter()
        .find(|kind| name.strip_prefix(kind).is_some_and(|dimensions| matches!(dimensions, "" | "Z" | "M" | "ZM")))?;
    let mut rest = text[end..].trim_start();
    for dimensions in ["ZM", "Z", "M"] {
        let found = rest.get(..dimensions.len()).is_some_and(|start| start.eq_ignore_ascii_case(dimensions));
        if found {
            rest = rest[dimensions.len()..].trim_start();
            break;
        }
    }
    if rest.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("EMPTY")) {
        return Some(&rest[5..]);
    }
    if kind == "GEOMETRYCOLLECTION" {
        return wkt_list(rest, |rest| wkt_geometry(rest, depth + 1));
    }
    let levels = match kind {
        "POINT" | "LINESTRING" | "LINEARRING" | "MULTIPOINT" => 1,
        "MULTIPOLYGON" => 3,
        _ => 2,
    };
    wkt_coordinates(rest, levels, kind == "MULTIPOINT")
}

/// `( item , item )`
fn wkt_list(text: &str, item: impl Fn(&str) -> Option<&str>) -> Option<&str> {
    let mut rest = text.strip_prefix('(')?;
    loop {
        rest = item(rest.trim_start())?.trim_start();
        match rest.strip_prefix(',') {
            Some(more) => rest = more,
            None => return rest.strip_prefix(')'),
        }
    }
}

fn wkt_coordinates(text: &str, levels: usize, bracketed: bool) -> Option<&str> {
    wkt_list(text, |rest| match levels {
        1 if bracketed && rest.starts_with('(') => wkt_list(rest, wkt_position),
        1 => wkt_position(rest),
        _ => wkt_coordinates(rest, levels - 1, bracketed),
    })
}

/// Two to four numbers.
fn wkt_position(text: &str) -> Option<&str> {
    let end = text.find([',', '(', ')']).unwrap_or(text.len());
    let numbers: Vec<&str> = text[..end].split_ascii_whitespace().collect();
    let is_number = |number: &&str| number.parse::<f64>().is_ok_and(f64::is_finite);
    ((2..=4).contains(&numbers.len()) && numbers.iter().all(is_number)).then_some(&text[end..])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn points_are_on_the_earth() {
        for (text, format) in [
            ("2.35,48.85", GeopointFormat::Default),
            ("-61.5 , 16", GeopointFormat::Default),
            ("[2.35, 48.85]", GeopointFormat::Array),
            ("{\"lon\": 2.35, \"lat\": 48.85}", GeopointFormat::Object),
        ] {
            assert!(point(text, format).is_some(), "{text}");
        }
        for (text, format) in [
            ("2.35", GeopointFormat::Default),
            ("1,2,3", GeopointFormat::Default),
            ("48,200", GeopointFormat::Default),
            ("[2.35]", GeopointFormat::Array),
            ("2.35,48.85", GeopointFormat::Array),
            ("{\"lon\": 2.35, \"lat\": 91}", GeopointFormat::Object),
            ("{\"lon\": 2.35}", GeopointFormat::Object),
        ] {
            assert_eq!(point(text, format), None, "{text}");
        }
    }

    fn object(text: &str) -> Map<String, Json> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn geojson_has_the_coordinates_of_its_type() {
        for text in [
            r#"{"type": "Point", "coordinates": [1, 2]}"#,
            r#"{"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,0]]]}"#,
            r#"{"type": "Feature", "geometry": null, "properties": {}}"#,
            r#"{"type": "FeatureCollection", "features": []}"#,
        ] {
            assert!(is_geojson(&object(text)), "{text}");
        }
        for text in [
            r#"{"type": "Point"}"#,
            r#"{"type": "Point", "coordinates": [1]}"#,
            r#"{"type": "Polygon", "coordinates": [[[0,0],[1,0],[0,0]]]}"#,
            r#"{"type": "Feature", "geometry": null}"#,
            r#"{"type": "Topology", "objects": {}, "arcs": []}"#,
            "{}",
        ] {
            assert!(!is_geojson(&object(text)), "{text}");
        }
    }

    #[test]
    fn topojson_has_arcs() {
        assert!(is_topojson(&object(
            r#"{"type": "Topology", "objects": {"a": {"type": "LineString", "arcs": [0]}}, "arcs": [[[0,0],[1,1]]]}"#
        )));
        assert!(!is_topojson(&object(r#"{"type": "Topology", "objects": {}}"#)));
    }

    #[test]
    fn well_known_text_is_told() {
        for text in [
            "POINT(1 2)",
            "Point Z (1 2 3)",
            "POLYGON ((0 0, 1 0, 1 1, 0 0), (0 0, 1 0, 1 1, 0 0))",
            "MULTIPOINT ((0 0), (1 1))",
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))",
            "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))",
            "POINT EMPTY",
        ] {
            assert!(is_wkt(text), "{text}");
        }
        for text in ["", "POINT", "POINT(1)", "POINT(1 2", "CIRCLE(1 2)", "POLYGON (0 0, 1 1)", "POINT(a b)"] {
            assert!(!is_wkt(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stop(text in "(GEOMETRYCOLLECTION|POINT|POLYGON| |\\(|\\)|,|[0-9é]){0,80}") {
            let _answer = is_wkt(&text);
        }
    }
}
