//! Answers as GeoJSON, written straight into the bytes that are sent.

use geocoder::query::Structured;
use geocoder::{Hit, Position};
use serde::Serialize;

use super::Settings;

/// What an answer tells of its question.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) query: Option<&'a str>,
    pub(super) structured: Option<&'a Structured>,
    pub(super) filters: &'a [(&'static str, Vec<String>)],
    pub(super) center: Option<Position>,
    pub(super) limit: usize,
}

/// Appends a `FeatureCollection`, its members in addok's order.
pub(super) fn write(hits: &[Hit], about: &About<'_>, settings: &Settings, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"type\":\"FeatureCollection\",\"version\":\"draft\",\"features\":[");
    members(hits, about, settings, out);
}

/// The same after a member of whoever asked: `{"id":…,"type":…`.
pub(super) fn write_with_id(
    id: &serde_json::Value,
    hits: &[Hit],
    about: &About<'_>,
    settings: &Settings,
    out: &mut Vec<u8>,
) {
    out.extend_from_slice(b"{\"id\":");
    json(id, out);
    out.extend_from_slice(b",\"type\":\"FeatureCollection\",\"version\":\"draft\",\"features\":[");
    members(hits, about, settings, out);
}

fn members(hits: &[Hit], about: &About<'_>, settings: &Settings, out: &mut Vec<u8>) {
    for (number, hit) in hits.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        feature(hit, out);
    }
    out.push(b']');
    text("attribution", &settings.attribution, out);
    text("licence", &settings.licence, out);
    match (about.query, about.structured) {
        (_, Some(parts)) => text("query", &in_one_line(parts), out),
        (Some(query), None) => text("query", query, out),
        (None, None) => {}
    }
    if !about.filters.is_empty() {
        name("filters", out);
        for (number, (filter, values)) in about.filters.iter().enumerate() {
            out.push(if number == 0 { b'{' } else { b',' });
            json(filter, out);
            out.push(b':');
            json(values, out);
        }
        out.push(b'}');
    }
    if let Some(center) = about.center {
        name("center", out);
        coordinates(center, out);
    }
    name("limit", out);
    integer(about.limit as u64, out);
    out.push(b'}');
}

fn in_one_line(parts: &Structured) -> String {
    let parts = [&parts.number, &parts.street, &parts.postcode, &parts.city];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn feature(hit: &Hit, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":");
    coordinates(hit.position, out);
    out.extend_from_slice(b"},\"properties\":{\"label\":");
    json(&hit.label, out);
    name("score", out);
    decimal(f64::from(hit.score), 1e5, out);
    text("id", &hit.id, out);
    if let Some(id) = hit.ban_id {
        text("banId", &id.to_string(), out);
    }
    text("type", hit.kind.name(), out);
    text("name", &hit.name, out);
    some("housenumber", hit.housenumber.as_deref(), out);
    some("street", hit.street.as_deref(), out);
    some("postcode", hit.postcode.as_deref(), out);
    text("citycode", &hit.city_code, out);
    if let Some((x, y)) = hit.projected {
        name("x", out);
        decimal(x, 100.0, out);
        name("y", out);
        decimal(y, 100.0, out);
    }
    text("city", &hit.city, out);
    some("district", hit.district.as_deref(), out);
    some("oldcity", hit.old_city.as_deref(), out);
    some("oldcitycode", hit.old_city_code.as_deref(), out);
    text("context", &hit.context, out);
    name("importance", out);
    decimal(f64::from(hit.importance), 1e5, out);
    if let Some(distance) = hit.distance {
        name("distance", out);
        integer(distance.round() as u64, out);
    }
    if let Some(population) = hit.population {
        name("population", out);
        integer(u64::from(population), out);
    }
    our_own(hit, out);
    out.extend_from_slice(b"}}");
}

/// What addok doesn't tell.
fn our_own(hit: &Hit, out: &mut Vec<u8>) {
    if !hit.categories.is_empty() {
        name("category", out);
        json(&hit.categories, out);
    }
    if hit.interpolated {
        out.extend_from_slice(b",\"interpolated\":true");
    }
    if let Some(certified) = hit.certified {
        name("certified", out);
        json(&certified, out);
    }
    if let Some(explanation) = &hit.explanation {
        name("explanation", out);
        json(explanation, out);
    }
}

fn name(name: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

fn text(member: &str, value: &str, out: &mut Vec<u8>) {
    name(member, out);
    json(value, out);
}

fn some(member: &str, value: Option<&str>, out: &mut Vec<u8>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        text(member, value, out);
    }
}

fn json<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    // Writing what has a JSON form into memory cannot fail.
    drop(serde_json::to_writer(out, value));
}

fn integer(value: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// A number to so many parts of one.
fn decimal(value: f64, parts: f64, out: &mut Vec<u8>) {
    let value = (value * parts).round() / parts;
    out.extend_from_slice(zmij::Buffer::new().format(if value.is_finite() { value } else { 0.0 }).as_bytes());
}

/// Longitude and latitude; six decimals are a tenth of a metre.
fn coordinates(position: Position, out: &mut Vec<u8>) {
    out.push(b'[');
    decimal(position.lon, 1e6, out);
    out.push(b',');
    decimal(position.lat, 1e6, out);
    out.push(b']');
}
