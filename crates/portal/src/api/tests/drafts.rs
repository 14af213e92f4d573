//! Drafts over the wire, and what holds a publication.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::json;

use super::{Answer, Portal, request};

const PERSONS: &str = "numero,num_secu\n1,1 85 05 78 006 084 91\n2,2 69 05 49 588 157 80\n3,\n";

fn form(fields: &[(&str, &str)]) -> String {
    let field = |(name, value): &(&str, &str)| {
        format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields: String = fields.iter().map(field).collect();
    format!(
        "{fields}--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"usagers.csv\"\r\n\r\n{PERSONS}\r\n--limit--\r\n"
    )
}

async fn post(portal: &Portal, bearer: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let headers = [("authorization", bearer), ("content-type", "multipart/form-data; boundary=limit")];
    portal.send(request(Method::POST, path, &headers, Body::from(form(fields)))).await
}

async fn ask(portal: &Portal, bearer: &str, method: Method, path: &str, body: &serde_json::Value) -> Answer {
    let headers = [("authorization", bearer), ("content-type", "application/json")];
    portal.send(request(method, path, &headers, Body::from(body.to_string()))).await
}

#[tokio::test]
async fn personal_data_holds_a_publication_and_says_what_can_be_done() {
    let portal = Portal::empty().await;
    let bearer = format!("Bearer {}", portal.token().await);
    let refused = post(&portal, &bearer, "/api/v1/publish", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    let problem = refused.json();
    assert_eq!((&problem["code"], &problem["findings"][0]["id"]), (&json!("personal-data"), &json!("nir:num_secu")));
    assert!(!refused.text().contains("006 084"), "a number is told: {}", refused.text());
    for language in ["fr", "en"] {
        assert!(!problem["findings"][0]["text"][language]["ground"].as_str().unwrap().is_empty());
    }
    let nobody = post(&portal, &bearer, "/api/v1/publish", &[("justify", "nir:num_secu=Numéros inventés")]).await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
    let fields = [("justify", "nir:num_secu=Numéros inventés pour un exercice"), ("by", "Marie Curie")];
    let published = post(&portal, &bearer, "/api/v1/publish", &fields).await;
    assert_eq!(published.status, StatusCode::CREATED, "{}", published.text());
    let id = published.json()["resources"][0]["id"].as_str().unwrap().to_owned();
    let version = portal.json(&format!("/api/v1/resources/{id}")).await["version"].clone();
    assert_eq!(version["justifications"][0]["finding"], "nir:num_secu");
    // Who answers is known to the organisation, not told to everybody.
    for path in
        [format!("/api/v1/resources/{id}"), "/api/v1/history".to_owned(), format!("/api/v1/resources/{id}/versions")]
    {
        assert!(!portal.get(&path).await.text().contains("Curie"), "{path}");
    }
}

#[tokio::test]
async fn a_remedy_is_told_with_the_version_and_the_file_that_came_is_not_served() {
    let portal = Portal::empty().await;
    let bearer = format!("Bearer {}", portal.token().await);
    let published = post(&portal, &bearer, "/api/v1/publish", &[("remedy", "nir:num_secu=remove")]).await;
    assert_eq!(published.status, StatusCode::CREATED, "{}", published.text());
    let id = published.json()["resources"][0]["id"].as_str().unwrap().to_owned();
    let version = portal.json(&format!("/api/v1/resources/{id}")).await["version"].clone();
    let treatments = json!([{"kind": "remedy", "id": "nir:num_secu", "remedy": "remove", "count": version["treatments"][0]["count"]}]);
    assert_eq!(version["treatments"], treatments);
    let came = version["derived_from"].as_str().unwrap();
    assert_eq!(portal.get(&format!("/files/{came}/usagers.csv")).await.status, StatusCode::NOT_FOUND);
    let served = version["file"].as_str().unwrap().strip_prefix("https://data.example.fr").unwrap();
    assert_eq!(portal.get(served).await.text(), "numero\n1\n2\n3\n");
}

#[tokio::test]
async fn a_draft_goes_its_way_over_the_wire() {
    let portal = Portal::empty().await;
    let bearer = format!("Bearer {}", portal.token().await);
    let draft = post(&portal, &bearer, "/api/v1/drafts", &[("organization", "castelnaudary")]).await;
    assert_eq!(draft.status, StatusCode::CREATED, "{}", draft.text());
    let draft = draft.json();
    let path = format!("/api/v1/drafts/{}", draft["id"].as_str().unwrap());
    let held = ask(&portal, &bearer, Method::POST, &format!("{path}/publish"), &json!({})).await;
    assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", held.text());
    let table = json!({"source": 0, "table": 0});
    let change = json!({
        "revision": draft["revision"],
        "edits": [
            {"edit": "remedy", "table": table, "finding": "nir:num_secu", "remedy": "mask"},
            {"edit": "describe", "description": {"title": "Usagers"}},
        ],
    });
    let changed = ask(&portal, &bearer, Method::PATCH, &path, &change).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    assert_eq!(ask(&portal, &bearer, Method::PATCH, &path, &change).await.status, StatusCode::CONFLICT);
    let proposed = ask(&portal, &bearer, Method::GET, &format!("{path}/description"), &json!({})).await.json();
    assert_eq!(proposed["licence"]["reason"]["code"], "default");
    let published = ask(&portal, &bearer, Method::POST, &format!("{path}/publish"), &json!({})).await;
    assert_eq!(published.status, StatusCode::CREATED, "{}", published.text());
    assert_eq!(published.json()["dataset"]["slug"], "usagers");
    let discarded = ask(&portal, &bearer, Method::DELETE, &path, &json!({})).await;
    assert_eq!(discarded.status, StatusCode::NO_CONTENT);
    assert_eq!(ask(&portal, &bearer, Method::GET, &path, &json!({})).await.status, StatusCode::NOT_FOUND);
}
