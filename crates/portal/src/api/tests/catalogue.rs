//! Datasets, organisations, history, feeds.

use axum::http::StatusCode;
use serde_json::json;

use super::{Portal, stable};

#[tokio::test]
async fn datasets_are_found_with_facets() {
    let portal = Portal::with_trees().await;
    portal.publish("budget.csv", "chapitre,montant\n011,1200.5\n012,3400.25\n", "Budget 2024").await;
    let found = portal.json("/api/v1/datasets?q=budgets").await;
    assert_eq!((&found["total"], &found["datasets"][0]["slug"]), (&json!(1), &json!("budget-2024")));
    let all = portal.json("/api/v1/datasets?limit=1&sort=title").await;
    assert_eq!(all["total"], 2);
    assert_eq!(all["next"], "https://data.example.fr/api/v1/datasets?limit=1&sort=title&offset=1");
    assert_eq!(all["facets"]["format"], json!([{"value": "csv", "label": "csv", "count": 2}]));
    for wrong in ["colour=blue", "limit=0", "limit=101", "offset=-1", "year=soon", "sort=best", "q=a&q=b"] {
        assert_eq!(portal.get(&format!("/api/v1/datasets?{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn a_dataset_has_its_shape() {
    let portal = Portal::with_trees().await;
    insta::assert_json_snapshot!(stable(&portal.json("/api/v1/datasets/arbres").await));
    assert_eq!(portal.get("/api/v1/datasets/nowhere").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn organisations_count_their_datasets() {
    let portal = Portal::with_trees().await;
    let list = portal.json("/api/v1/organizations").await;
    assert_eq!((&list["total"], &list["organizations"][0]["datasets"]), (&json!(1), &json!(1)));
    assert_eq!(portal.json("/api/v1/organizations/castelnaudary").await["name"], "Castelnaudary");
    assert_eq!(portal.get("/api/v1/organizations/nowhere").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_history_tells_what_happened_and_not_of_accounts() {
    let portal = Portal::with_trees().await;
    portal.token().await;
    let events = portal.json("/api/v1/history").await;
    let actions: Vec<_> =
        events["events"].as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap()).collect();
    assert!(actions.contains(&"version-published") && actions.contains(&"dataset-created"), "{actions:?}");
    assert!(!actions.iter().any(|action| action.starts_with("token") || action.starts_with("user")), "{actions:?}");
    let of_dataset = portal.json("/api/v1/datasets/arbres/history?limit=1").await;
    assert_eq!(of_dataset["events"].as_array().unwrap().len(), 1);
    assert!(of_dataset["next"].as_str().unwrap().contains("before="));
}

#[tokio::test]
async fn machines_find_their_way() {
    let portal = Portal::with_trees().await;
    let feed = portal.get("/feed.atom").await;
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    assert!(feed.text().contains("<title>Arbres"), "{}", feed.text());
    assert!(portal.get("/datasets/arbres/feed.atom").await.text().contains("version-published"));
    assert_eq!(portal.get("/datasets/nowhere/feed.atom").await.status, StatusCode::NOT_FOUND);
    assert!(portal.get("/sitemap.xml").await.text().contains("<loc>https://data.example.fr/datasets/arbres</loc>"));
    assert!(portal.get("/opensearch.xml").await.text().contains("{searchTerms}"));
    assert!(portal.get("/robots.txt").await.text().contains("https://data.example.fr/sitemap.xml"));
    assert_eq!(portal.json("/health").await["status"], "ok");
    assert_eq!(portal.get("/.well-known/security.txt").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_finds_a_hole_is_told_where_to_say_it() {
    let mut portal = Portal::empty().await;
    let contact = Some("mailto:securite@example.fr".to_owned());
    portal.state.config = std::sync::Arc::new(crate::Config { security_contact: contact, ..crate::Config::default() });
    let told = portal.restarted().get("/.well-known/security.txt").await.text();
    assert!(told.contains("Contact: mailto:securite@example.fr\n") && told.contains("\nExpires: 2"), "{told}");
}
