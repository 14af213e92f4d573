//! The wire, asked as addok's clients ask.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use axum::http::StatusCode;
use geocoder::{HouseNumber, Place, PlaceKind, Position};
use serde_json::{Value, json};

use crate::api::tests::{Answer, Portal};

/// A portal that knows one street.
async fn portal() -> Portal {
    let portal = Portal::empty().await;
    let at = |lon| Position::new(lon, 43.317).unwrap();
    let town = PlaceKind::Municipality { population: Some(11_000), parent: None };
    let town = Place::new(town, "11076", "Castelnaudary", "11076", "Castelnaudary", at(1.954));
    let mut street =
        Place::new(PlaceKind::Street, "11076_0123", "Boulevard du Port", "11076", "Castelnaudary", at(1.956));
    street.numbers = vec![HouseNumber::new(8, "bis", at(1.957))];
    let places = [town, street].map(|place| Place { postcodes: vec!["11400".to_owned()], ..place });
    geocoder::import::communes_alone(&portal.state.platform.geocoder, places.into_iter()).unwrap();
    portal
}

async fn ask(path: &str) -> Answer {
    portal().await.get(path).await
}

#[tokio::test]
async fn an_answer_has_addok_s_members_in_addok_s_order() {
    let answer =
        ask("/adresse/search/?q=8+bis+bd+du+port+castelnaudary&limit=1&type=housenumber&lat=43.3&lon=1.9").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    let document = answer.json();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let top = ["type", "version", "features", "attribution", "licence", "query", "filters", "center", "limit"];
    assert_eq!(keys(&document), top);
    let properties = &document["features"][0]["properties"];
    assert_eq!(
        keys(properties)[..13],
        [
            "label",
            "score",
            "id",
            "type",
            "name",
            "housenumber",
            "street",
            "postcode",
            "citycode",
            "x",
            "y",
            "city",
            "context"
        ]
    );
    assert_eq!(properties["label"], "8bis Boulevard du Port 11400 Castelnaudary");
    assert_eq!(properties["id"], "11076_0123_00008_bis");
    assert_eq!(document["features"][0]["geometry"], json!({"type": "Point", "coordinates": [1.957, 43.317]}));
    assert_eq!(document["filters"], json!({"type": ["housenumber"]}));
    assert_eq!(document["center"], json!([1.9, 43.3]));
}

#[tokio::test]
async fn a_refusal_has_the_members_of_both_services() {
    let answer = ask("/adresse/reverse/?lat=43").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let description = "The \"lon\" parameter is required.";
    assert_eq!(
        answer.json(),
        json!({
            "title": "Missing parameter",
            "description": description,
            "code": 400,
            "message": "Missing parameter",
            "detail": [description],
        })
    );
}

#[tokio::test]
async fn the_same_question_has_the_same_tag_until_the_index_changes() {
    let portal = portal().await;
    let path = "/adresse/search?q=port";
    let tag = portal.get(path).await.header("etag").to_owned();
    assert_eq!(portal.get(path).await.header("etag"), tag);
    assert_ne!(portal.get("/adresse/search?q=ports").await.header("etag"), tag);
    let folder = tempfile::tempdir().unwrap();
    let mut builder = geocoder::Builder::new(folder.path(), geocoder::BuildOptions::default());
    let town = PlaceKind::Municipality { population: None, parent: None };
    builder.add(&Place::new(town, "11049", "Bram", "11049", "Bram", Position::new(2.1, 43.2).unwrap())).unwrap();
    portal.state.platform.geocoder.finish(builder, &|_| ()).unwrap();
    assert_ne!(portal.get(path).await.header("etag"), tag);
}
