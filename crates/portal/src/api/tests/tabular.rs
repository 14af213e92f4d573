//! The wire format of api-tabular.

use axum::http::StatusCode;
use serde_json::json;

use super::{Portal, stable};

#[tokio::test]
async fn a_resource_links_to_what_is_known_of_it() {
    let portal = Portal::with_trees().await;
    for path in [portal.tabular(""), portal.tabular("").trim_end_matches('/').to_owned()] {
        insta::assert_json_snapshot!("resource", stable(&portal.json(&path).await));
    }
}

#[tokio::test]
async fn data_comes_by_pages_with_absolute_links() {
    let portal = Portal::with_trees().await;
    let page = portal.json(&portal.tabular("data/?Essence__sort=asc&page_size=2&page=2&columns=Essence,Hauteur")).await;
    insta::assert_json_snapshot!("data", stable(&page));
    let last = portal.json(&portal.tabular("data/?page_size=60")).await;
    assert_eq!((&last["links"]["next"], &last["links"]["prev"]), (&json!(null), &json!(null)));
    assert_eq!(last["data"][0]["__id"], 1);
}

#[tokio::test]
async fn groups_are_rows_of_the_data() {
    let portal = Portal::with_trees().await;
    let page =
        portal.json(&portal.tabular("data/?Essence__groupby&Hauteur__avg&Hauteur__less=9.5&Essence__sort=asc")).await;
    assert_eq!(
        page["data"],
        json!([
            {"Essence": "Chêne vert", "Hauteur__avg": 6.25},
            {"Essence": "Micocoulier", "Hauteur__avg": 7.75},
            {"Essence": "Pin parasol", "Hauteur__avg": 5.0},
            {"Essence": "Tilleul", "Hauteur__avg": 8.75},
        ])
    );
    assert_eq!(page["meta"], json!({"page": 1, "page_size": 20, "total": 4}));
}

#[tokio::test]
async fn null_is_a_value_to_compare_with() {
    let portal = Portal::with_trees().await;
    assert_eq!(portal.json(&portal.tabular("data/?Plantation__exact=null")).await["meta"]["total"], 1);
    assert_eq!(portal.json(&portal.tabular("data/?Plantation__differs=null")).await["meta"]["total"], 59);
    assert_eq!(portal.json(&portal.tabular("data/?Plantation__isnull")).await["meta"]["total"], 1);
}

#[tokio::test]
async fn errors_have_the_form_of_the_service() {
    let portal = Portal::with_trees().await;
    let refused = |query: &str| {
        let path = portal.tabular(&format!("data/?{query}"));
        let portal = &portal;
        async move {
            let answer = portal.get(&path).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}: {}", answer.text());
            answer.json()
        }
    };
    assert_eq!(
        refused("limit=1").await,
        json!({"errors": [{
            "code": null, "title": "Invalid query string", "detail": "Malformed query: argument 'limit=1' could not be parsed",
        }]})
    );
    assert_eq!(
        refused("TESTCOLUM_NAME__EXACT=BIDULEpage=1").await["errors"][0]["detail"],
        "Malformed query: argument 'TESTCOLUM_NAME__EXACT=BIDULEpage=1' could not be parsed"
    );
    assert_eq!(refused("page=1&page_size=201").await["errors"][0]["detail"], "Page size exceeds allowed maximum: 200");
    assert_eq!(
        refused("columns=Essence&Essence__groupby").await["errors"][0]["detail"],
        "Malformed query: the argument `columns` cannot be set alongside aggregators"
    );
    for wrong in [
        "Hauteur__less=haut",
        "Nowhere__exact=1",
        "page=0",
        "page_size=-1",
        "or=((",
        "Hauteur__nonsense=1",
        "Essence__avg",
    ] {
        assert!(refused(wrong).await["errors"][0]["detail"].is_string(), "{wrong}");
    }
    let unknown = portal.get("/tabular/api/resources/00000000-0000-4000-8000-000000000000/data/").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(unknown.json()["errors"][0]["code"], "not-found");
}

#[tokio::test]
async fn the_profile_speaks_as_csv_detective() {
    let portal = Portal::with_trees().await;
    let profile = portal.json(&portal.tabular("profile/")).await;
    assert_eq!(profile["profile"]["header"], json!(["Essence", "Hauteur", "Plantation", "Remarquable", "lat", "lon"]));
    assert_eq!(profile["profile"]["columns"]["Hauteur"]["python_type"], "float");
    assert_eq!(profile["profile"]["total_lines"], 60);
    assert_eq!(profile["profile"]["separator"], ";");
    assert_eq!(profile["profile"]["profile"]["Essence"]["tops"][0], json!({"value": "Pin parasol", "count": 52}));
    assert_eq!(profile["profile"]["profile"]["Hauteur"]["max"], 21.0);
}

#[tokio::test]
async fn files_carry_the_row_number_and_follow_the_filters() {
    let portal = Portal::with_trees().await;
    let csv = portal.get(&portal.tabular("data/csv/?Essence__exact=Tilleul&page_size=1")).await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    let text = csv.text();
    assert_eq!(text.lines().count(), 4);
    assert!(text.trim_start_matches('\u{feff}').starts_with("__id"), "{text}");
    let rows = portal.json(&portal.tabular("data/json/")).await;
    assert_eq!(rows.as_array().unwrap().len(), 60);
    assert!(portal.get(&portal.tabular("data/parquet/")).await.body.starts_with(b"PAR1"));
    assert_eq!(portal.json(&portal.tabular("data/geojson")).await["type"], "FeatureCollection");
    assert_eq!(portal.get(&portal.tabular("data/doc/")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_swagger_describes_this_resource_in_yaml() {
    let portal = Portal::with_trees().await;
    let swagger = portal.get(&portal.tabular("swagger/")).await;
    let text = swagger.text();
    assert!(text.starts_with("openapi: \"3.0.3\""), "{text}");
    assert!(text.contains("- name: Hauteur__sum"));
    assert!(!text.contains("Essence__sum"));
    assert!(text.contains("url: \"https://data.example.fr/tabular\""));
}

#[tokio::test]
async fn every_table_may_be_aggregated_and_the_service_is_well() {
    let portal = Portal::with_trees().await;
    assert_eq!(portal.json("/tabular/api/aggregation-exceptions/").await, json!([portal.trees]));
    assert_eq!(portal.json("/tabular/health/").await["status"], "ok");
}
