//! Publishing with a token.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};

use super::{Answer, Portal, request, stable};

const FORM: &str = "multipart/form-data; boundary=limit";

fn form(fields: &[(&str, &str)], file: Option<(&str, &str)>) -> String {
    let mut out = String::new();
    for (name, value) in fields {
        out.push_str(&format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    if let Some((name, content)) = file {
        out.push_str(&format!(
            "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n"
        ));
    }
    out + "--limit--\r\n"
}

async fn send(portal: &Portal, authorization: &str, body: String) -> Answer {
    let headers = [("authorization", authorization), ("content-type", FORM)];
    portal.send(request(Method::POST, "/api/v1/publish", &headers, Body::from(body))).await
}

#[tokio::test]
async fn a_program_publishes_with_a_token() {
    let portal = Portal::empty().await;
    let bearer = format!("Bearer {}", portal.token().await);
    let fields = [
        ("title", "Équipements"),
        ("years", "2023,2024"),
        ("keywords", "sport, culture"),
        ("licence", "lov2"),
        ("description", ""),
    ];
    let answer =
        send(&portal, &bearer, form(&fields, Some(("equipements.csv", "nom,places\nSalle,120\nStade,900\n")))).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let published = answer.json();
    insta::assert_json_snapshot!(stable(&published));
    let id = published["resources"][0]["id"].as_str().unwrap();
    assert_eq!(portal.json(&format!("/api/v1/resources/{id}/rows")).await["total"], 2);
    let dataset = portal.json("/api/v1/datasets/equipements").await;
    assert_eq!(
        (&dataset["years"], &dataset["keywords"]),
        (&serde_json::json!([2023, 2024]), &serde_json::json!(["sport", "culture"]))
    );
}

#[tokio::test]
async fn nobody_publishes_without_a_token() {
    let portal = Portal::empty().await;
    for authorization in ["", "Bearer wrong", "Basic dGVzdDp0ZXN0", "Bearer"] {
        let answer = send(&portal, authorization, form(&[], Some(("a.csv", "a,b\n1,2\n")))).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{authorization}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    assert_eq!(portal.state.platform.records.datasets(catalog::model::Page::WHOLE).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_form_that_says_nothing_or_too_much_is_refused_and_leaves_nothing() {
    let portal = Portal::empty().await;
    let bearer = format!("Bearer {}", portal.token().await);
    let csv = Some(("a.csv", "a,b\n1,2\n"));
    let cases = [
        (form(&[], None), StatusCode::BAD_REQUEST),
        (form(&[("colour", "blue")], csv), StatusCode::BAD_REQUEST),
        (form(&[("years", "soon")], csv), StatusCode::BAD_REQUEST),
        (form(&[("resource", "x")], csv), StatusCode::BAD_REQUEST),
        (form(&[("url", "https://example.org/a.csv")], csv), StatusCode::BAD_REQUEST),
        (form(&[("title", "A"), ("licence", "mine")], csv), StatusCode::BAD_REQUEST),
        (form(&[("title", &"a".repeat(70_000))], csv), StatusCode::PAYLOAD_TOO_LARGE),
        (form(&[("title", "A")], Some(("a.csv", ""))), StatusCode::UNPROCESSABLE_ENTITY),
        ("--limit\r\nnothing".to_owned(), StatusCode::BAD_REQUEST),
    ];
    for (body, status) in cases {
        let shown: String = body.chars().take(200).collect();
        let answer = send(&portal, &bearer, body).await;
        assert_eq!(answer.status, status, "{shown}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    assert_eq!(portal.state.platform.records.datasets(catalog::model::Page::WHOLE).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_file_larger_than_other_bodies_is_taken_up_to_its_own_limit() {
    let mut portal = Portal::empty().await;
    let mut config = crate::Config::default();
    config.limits.upload_bytes = 4 << 20;
    portal.state.config = std::sync::Arc::new(config);
    let portal = portal.restarted();
    let bearer = format!("Bearer {}", portal.token().await);
    let line = "commune,habitants\n";
    let rows = |bytes: usize| line.to_owned() + &"Castelnaudary,12345\n".repeat(bytes / 20);
    let large = send(&portal, &bearer, form(&[("title", "A")], Some(("a.csv", &rows(3 << 20))))).await;
    assert_eq!(large.status, StatusCode::CREATED, "{}", large.text());
    let too_large = send(&portal, &bearer, form(&[("title", "B")], Some(("b.csv", &rows(5 << 20))))).await;
    assert_eq!(too_large.status, StatusCode::PAYLOAD_TOO_LARGE);
}
