//! SQL over resources.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::json;

use super::{Answer, Portal, request};

async fn post(portal: &Portal, body: serde_json::Value) -> Answer {
    let headers = [("content-type", "application/json")];
    portal.send(request(Method::POST, "/api/v1/sql", &headers, Body::from(body.to_string()))).await
}

#[tokio::test]
async fn a_resource_is_named_by_its_identifier_by_slugs_or_by_an_alias() {
    let portal = Portal::with_trees().await;
    let id = portal.trees.clone();
    for name in [id.as_str(), "arbres", "arbres/arbres"] {
        let sql = format!("SELECT count(*) AS n FROM \"{name}\" WHERE \"Essence\" = 'Tilleul'");
        let answer = post(&portal, json!({"sql": sql})).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.text());
        assert_eq!(
            answer.json(),
            json!({"columns": [{"name": "n", "type": "integer"}], "rows": [{"n": 3}], "truncated": false, "licence": "etalab-2.0"})
        );
    }
    let aliased = post(&portal, json!({"sql": "SELECT max(\"Hauteur\") AS h FROM t", "tables": {"t": id}})).await;
    assert_eq!(aliased.json()["rows"], json!([{"h": 21.0}]));
}

#[tokio::test]
async fn a_statement_in_the_address_is_cached() {
    let portal = Portal::with_trees().await;
    let answer = portal.get("/api/v1/sql?query=SELECT \"Essence\" FROM \"arbres\" ORDER BY 1 LIMIT 1").await;
    assert_eq!(answer.json()["rows"], json!([{"Essence": "Chêne vert"}]));
    assert!(!answer.header("etag").is_empty());
    assert_eq!(portal.get("/api/v1/sql?query=SELECT now() AS t").await.header("etag"), "");
}

#[tokio::test]
async fn what_cannot_be_run_is_refused() {
    let portal = Portal::with_trees().await;
    let refused = [
        "DROP TABLE \"arbres\"",
        "INSERT INTO \"arbres\" VALUES (1)",
        "SELECT * FROM \"nowhere/nothing\"",
        "SELECT * FROM nowhere",
        "SELECT * FROM '/etc/passwd'",
        "SELECT 1; SELECT 2",
        "SELEKT 1",
        "",
        "SELECT 1/0 AS a FROM \"arbres\"",
        "SELECT CAST('x' AS INT) AS a FROM \"arbres\"",
        "SELECT \"nothing\" FROM \"arbres\"",
    ];
    for sql in refused {
        let answer = post(&portal, json!({"sql": sql})).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{sql}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    assert_eq!(portal.get("/api/v1/sql").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(post(&portal, json!({"query": "SELECT 1"})).await.status, StatusCode::BAD_REQUEST);
    let text = request(Method::POST, "/api/v1/sql", &[("content-type", "text/plain")], Body::from("SELECT 1"));
    assert_eq!(portal.send(text).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
