//! A base as files: the exchange format, and where its addresses are for a map.

use axum::body::Body;
use axum::extract::{Path, State as Extract};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use catalog::addresses::{Ground, Street, bal};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Asked;
use crate::State;
use crate::pages::address::Address;
use crate::pages::reader::Reader;
use crate::problem::Problem;

/// The working base in the exchange format, published or not.
pub async fn exchange(reader: Reader, Extract(state): Extract<State>, Path(commune): Path<String>) -> Response {
    match exchange_file(&reader, &state, &commune).await {
        Ok(response) => response,
        Err(problem) => reader.fail(&problem),
    }
}

async fn exchange_file(reader: &Reader, state: &State, commune: &str) -> Result<Response, Problem> {
    let asked = Asked::of(reader, state, commune).await?;
    let streets = state.platform.whole_addresses(&asked.base).await?;
    let name = format!("bal-{}.csv", asked.base.commune);
    let written = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        bal::write(&asked.base, &streets, &mut bytes).map(|()| bytes)
    });
    let bytes = written.await.map_err(std::io::Error::other)??;
    Ok(file(bytes, "text/csv; charset=utf-8", Some(&name)))
}

fn file(bytes: Vec<u8>, media_type: &'static str, name: Option<&str>) -> Response {
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = name.and_then(|name| HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).ok());
    if let Some(disposition) = disposition {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// Positions of the base, or of one of its streets (`?street=`), as GeoJSON.
pub async fn map(reader: Reader, Extract(state): Extract<State>, Path(commune): Path<String>) -> Response {
    match map_of(&reader, &state, &commune).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn map_of(reader: &Reader, state: &State, commune: &str) -> Result<Response, Problem> {
    let asked = Asked::of(reader, state, commune).await?;
    let street = Address::of(&reader.uri).get("street").and_then(|id| Uuid::try_parse(id).ok());
    let streets = match street {
        Some(id) => vec![state.platform.address_street(&asked.base, id).await?],
        None => state.platform.whole_addresses(&asked.base).await?,
    };
    let (href, code) = (asked.href(), asked.base.commune.clone());
    let written = tokio::task::spawn_blocking(move || {
        let outline = Ground::of(&code).ok().map(|ground| outline(&ground));
        let features: Vec<Value> =
            outline.into_iter().chain(streets.iter().flat_map(|street| features(street, &href))).collect();
        json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
    });
    let bytes = written.await.map_err(std::io::Error::other)?;
    Ok(file(bytes, "application/geo+json", None))
}

/// Where the commune ends.
fn outline(ground: &Ground) -> Value {
    let degrees = |units: i32| f64::from(units) / geography::outline::UNITS;
    let rings = ground.outline().0.iter().flatten();
    let lines: Vec<Vec<[f64; 2]>> =
        rings.map(|ring| ring.iter().map(|[lon, lat]| [degrees(*lon), degrees(*lat)]).collect()).collect();
    json!({
        "type": "Feature",
        "geometry": { "type": "MultiLineString", "coordinates": lines },
        "properties": { "kind": "commune" },
    })
}

fn features(street: &Street, base: &str) -> Vec<Value> {
    let href = format!("{base}/streets/{}", street.id);
    let feature = |lon: f64, lat: f64, short: String, href: String, certified: bool| {
        json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [lon, lat] },
            "properties": { "short": short, "href": href, "certified": certified },
        })
    };
    let own = street
        .positions
        .iter()
        .map(|position| feature(position.lon, position.lat, street.name.clone(), href.clone(), street.certified));
    let numbers = street.numbers.iter().filter_map(|number| {
        let position = number.positions.first()?;
        let href = format!("{href}/numbers/{}", number.id);
        Some(feature(position.lon, position.lat, number.label(), href, number.certified))
    });
    own.chain(numbers).collect()
}
