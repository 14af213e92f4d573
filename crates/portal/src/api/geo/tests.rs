//! The documented questions of the API Géo, and what it answers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};

use crate::api::tests::{Portal, request};

async fn asked(path: &str) -> Value {
    let answer = Portal::empty().await.get(&format!("/geo{path}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

async fn keys(path: &str) -> Vec<String> {
    let answer = asked(path).await;
    let one = if answer.is_array() { answer[0].clone() } else { answer };
    one.as_object().unwrap().keys().cloned().collect()
}

fn codes(answer: &Value) -> Vec<&str> {
    answer.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn communes_of_a_postcode_have_the_default_fields_in_their_order() {
    let expected = json!([{
        "nom": "Versailles", "code": "78646", "codeDepartement": "78", "siren": "217806462", "codeEpci": "247800584",
        "codeRegion": "11", "codesPostaux": ["78000"], "population": 85374,
    }]);
    let mut answer = asked("/communes?codePostal=78000").await;
    assert!(answer[0]["population"].as_u64().unwrap() > 80_000);
    answer[0]["population"] = 85374.into();
    assert_eq!(answer, expected);
    let order = ["nom", "code", "codeDepartement", "siren", "codeEpci", "codeRegion", "codesPostaux", "population"];
    assert_eq!(keys("/communes/78646").await, order);
}

#[tokio::test]
async fn a_name_finds_the_best_first_with_a_score() {
    let answer = asked("/communes?nom=Nantes&fields=departement&boost=population&limit=5").await;
    assert_eq!((answer[0]["nom"].as_str(), answer.as_array().unwrap().len() <= 5), (Some("Nantes"), true));
    assert!(answer[0]["_score"].as_f64().unwrap() > 1.0);
    assert_eq!(answer[0]["departement"], json!({"code": "44", "nom": "Loire-Atlantique"}));
    let order = ["nom", "code", "_score", "departement"];
    assert_eq!(answer[0].as_object().unwrap().keys().collect::<Vec<_>>(), order);
    assert_eq!(asked("/communes?nom=issy%20les%20moulineau").await[0]["code"], "92040");
    assert_eq!(asked("/communes?nom=zzzzzz").await, json!([]));
}

#[tokio::test]
async fn a_position_finds_the_commune_that_is_there() {
    let answer = asked("/communes?lat=48.864&lon=2.443&fields=code,nom,codesPostaux").await;
    assert_eq!(answer, json!([{"code": "93048", "nom": "Montreuil", "codesPostaux": ["93100"]}]));
    assert_eq!(asked("/communes?lat=47&lon=-6").await, json!([]));
}

#[tokio::test]
async fn a_feature_has_one_geometry_and_no_other() {
    let answer = asked("/communes/44109?fields=nom,centre,contour,surface&format=geojson&geometry=centre").await;
    assert_eq!((answer["type"].as_str(), answer["geometry"]["type"].as_str()), (Some("Feature"), Some("Point")));
    assert_eq!(answer["properties"].as_object().unwrap().keys().collect::<Vec<_>>(), ["nom", "surface", "code"]);
    let geometry = async |name: &str| {
        let all = asked(&format!("/communes?code=44109&format=geojson&geometry={name}")).await;
        assert_eq!(all["type"], "FeatureCollection");
        all["features"][0]["geometry"]["type"].as_str().map(str::to_owned)
    };
    assert_eq!(geometry("contour").await.as_deref(), Some("Polygon"));
    assert_eq!(geometry("bbox").await.as_deref(), Some("Polygon"));
    assert_eq!(geometry("mairie").await.as_deref(), Some("Point"));
    assert_eq!(geometry("autre").await.as_deref(), Some("Point"));
    // No outline is known of an arrondissement.
    let none = asked("/communes/75101?format=geojson&geometry=contour").await;
    assert_eq!(none["geometry"], Value::Null);
}

#[tokio::test]
async fn epcis_departements_and_regions_answer_as_documented() {
    let epci = ["nom", "code", "codesDepartements", "codesRegions", "population", "_score"];
    assert_eq!(keys("/epcis?nom=Nantes").await, epci);
    let answer =
        asked("/epcis?nom=Nantes&fields=nom,code,codesDepartements,codesRegions,population,centre,contour").await;
    assert_eq!(
        (answer[0]["code"].as_str(), answer[0]["contour"]["type"].as_str()),
        (Some("244400404"), Some("Polygon"))
    );
    assert_eq!(asked("/epcis/244400404/communes").await.as_array().unwrap().len(), 24);
    assert_eq!(codes(&asked("/epcis?codeDepartement=90&fields=code").await).len(), 3);

    assert_eq!(asked("/departements?nom=loire-atl").await[0]["code"], "44");
    assert_eq!(asked("/departements/44").await, json!({"nom": "Loire-Atlantique", "code": "44", "codeRegion": "52"}));
    assert_eq!(asked("/departements").await.as_array().unwrap().len(), 101);
    assert_eq!(asked("/departements/44/communes?fields=nom").await.as_array().unwrap().len(), 207);

    assert_eq!(asked("/regions").await.as_array().unwrap().len(), 18);
    assert_eq!(asked("/regions?nom=bretagne").await[0]["nom"], "Bretagne");
    let of_region = asked("/regions/11/departements").await;
    assert_eq!(codes(&of_region), ["75", "77", "78", "91", "92", "93", "94", "95"]);
}

#[tokio::test]
async fn kinds_zones_and_lists_of_codes_narrow() {
    let arrondissements = asked("/communes?codeParent=75056&type=arrondissement-municipal").await;
    assert_eq!(arrondissements.as_array().unwrap().len(), 20);
    assert_eq!(codes(&asked("/communes?code=11076,01001").await), ["01001", "11076"]);
    assert_eq!(codes(&asked("/communes?code=11076&code=01001").await), ["01001", "11076"]);
    assert_eq!(asked("/communes?zone=com&fields=zone").await[0]["zone"], "com");
    assert_eq!(asked("/communes?siren=211100763").await[0]["code"], "11076");
    let parts = asked("/communes_associees_deleguees?codeDepartement=01&limit=1").await;
    let order = ["nom", "code", "type", "chefLieu", "codeDepartement", "codeEpci", "codeRegion"];
    assert_eq!(parts[0].as_object().unwrap().keys().collect::<Vec<_>>(), order);
    assert_eq!(asked("/communes_associees_deleguees/01120").await["chefLieu"], "01262");
}

#[tokio::test]
async fn codes_that_communes_had_lead_to_what_they_are_today() {
    assert_eq!(codes(&asked("/communes?ancienCode=01144").await), ["01025"]);
    assert_eq!(asked("/communes/01144").await["code"], "01025");
    assert_eq!(codes(&asked("/communes?code=01144,11076").await), ["01025", "11076"]);
}

#[tokio::test]
async fn what_is_unknown_is_a_404_without_a_body() {
    let portal = Portal::empty().await;
    for path in [
        "communes/99999",
        "epcis/1",
        "epcis/1/communes",
        "departements/xx",
        "regions/%F0%9F%92%A5",
        "communes_associees_deleguees/11076",
    ] {
        let answer = portal.get(&format!("/geo/{path}")).await;
        assert_eq!((answer.status, answer.text().as_str()), (StatusCode::NOT_FOUND, ""), "{path}");
    }
}

#[tokio::test]
async fn what_cannot_be_taken_is_a_400_that_says_why() {
    let portal = Portal::empty().await;
    for query in [
        "lat=91&lon=2",
        "lat=x&lon=2",
        "lat=48.8",
        "limit=-1&code=11076",
        "limit=x",
        "zone=lune",
        "type=ville",
        "fields=contour",
        "format=geojson",
        "zone=metro&fields=contour",
        "nom=%FF",
    ] {
        let answer = portal.get(&format!("/geo/communes?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(
            (answer.json()["code"].as_u64(), answer.json()["message"].as_str()),
            (Some(400), Some("Bad Request"))
        );
    }
    assert_eq!(portal.get("/geo/communes?limit=0&codePostal=78000").await.text(), "[]");
}

#[tokio::test]
async fn odd_names_are_answered_soon_and_without_harm() {
    let portal = Portal::empty().await;
    let long = "a".repeat(4_000);
    for name in
        ["%00", "'%20OR%201=1--", "(%3F:a%2B)%2B$", "%CE%91%CE%B8%CE%AE%CE%BD%CE%B1", long.as_str(), "%20", "%22%5C"]
    {
        let answer = portal.get(&format!("/geo/communes?nom={name}&limit=3")).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert!(answer.json().as_array().unwrap().len() <= 3);
    }
}

#[tokio::test]
async fn any_site_may_read_and_a_copy_stays_good() {
    let portal = Portal::empty().await;
    let first = portal.get("/geo/communes/11076").await;
    assert_eq!(first.header("access-control-allow-origin"), "*");
    assert_eq!(first.header("content-type"), "application/json; charset=utf-8");
    let again = portal.get_with("/geo/communes/11076", &[("if-none-match", first.header("etag"))]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let head = portal.send(request(Method::HEAD, "/geo/communes/11076", &[], Body::empty())).await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    let definition = portal.get("/geo/definition.yml").await;
    assert!(definition.text().contains("/geo\""), "{}", definition.text());
}
