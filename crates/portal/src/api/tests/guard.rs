//! What is true of every exchange.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};

use super::{Portal, request};

#[tokio::test]
async fn an_unknown_address_is_a_problem_for_programs() {
    let portal = Portal::empty().await;
    for path in ["/api/v1/nowhere", "/nowhere", "/tabular/nowhere"] {
        let answer = portal.get_with(path, &[("accept", "*/*")]).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (StatusCode::NOT_FOUND, "application/problem+json"),
            "{path}"
        );
    }
    let page = portal.get_with("/nowhere", &[("accept", "text/html,*/*")]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn another_method_is_refused_with_those_that_are_taken() {
    let portal = Portal::empty().await;
    let answer = portal.send(request(Method::DELETE, "/api/v1/datasets", &[], Body::empty())).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.header("allow").contains("GET"));
    assert_eq!(answer.json()["code"], "method-not-allowed");
}

#[tokio::test]
async fn an_endless_address_is_refused() {
    let portal = Portal::empty().await;
    let answer = portal.get(&format!("/api/v1/datasets?q={}", "a".repeat(20_000))).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (StatusCode::URI_TOO_LONG, Some("url-too-long")));
}

#[tokio::test]
async fn any_site_may_read_and_scripts_of_others_never_run() {
    let portal = Portal::empty().await;
    let answer = portal.get_with("/api/v1/datasets", &[("origin", "https://example.org")]).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    let policy = answer.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'self'")
            && policy.ends_with("frame-ancestors 'self'")
            && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(portal.get("/embed/x").await.header("content-security-policy").ends_with("frame-ancestors *"));
}

#[tokio::test]
async fn text_is_compressed_when_asked() {
    let portal = Portal::with_trees().await;
    for encoding in ["gzip", "br"] {
        let answer = portal.get_with(&portal.rows(""), &[("accept-encoding", encoding)]).await;
        assert_eq!(answer.header("content-encoding"), encoding);
    }
    let parquet = format!("/api/v1/resources/{}/export.parquet", portal.trees);
    assert_eq!(portal.get_with(&parquet, &[("accept-encoding", "gzip")]).await.header("content-encoding"), "");
}

#[tokio::test]
async fn a_host_that_is_none_is_not_repeated() {
    let mut portal = Portal::empty().await;
    let config = crate::Config { public_url: None, ..crate::Config::default() };
    portal.state.config = std::sync::Arc::new(config);
    let portal = portal.restarted();
    let told = portal.get_with("/api/v1", &[("host", "data.bram.fr")]).await.json();
    assert!(told["datasets"].as_str().unwrap().ends_with("/api/v1/datasets"));
    assert!(!portal.get_with("/api/v1", &[("host", "a.fr/\"<script>")]).await.text().contains("script"));
}

#[tokio::test]
async fn a_panic_is_a_problem_and_nothing_else_stops() {
    let portal = Portal::empty().await;
    async fn fails() -> &'static str {
        panic!("on purpose")
    }
    let routes = axum::Router::new()
        .route("/fails", axum::routing::get(fails))
        .route("/works", axum::routing::get(|| async { "well" }));
    let portal =
        Portal { router: crate::guard::around(routes, &portal.state).with_state(portal.state.clone()), ..portal };
    let answer = portal.get("/fails").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (StatusCode::INTERNAL_SERVER_ERROR, "application/problem+json")
    );
    assert!(!answer.text().contains("on purpose"));
    assert_eq!(portal.get("/works").await.text(), "well");
}

#[tokio::test]
async fn a_page_for_a_browser_becomes_a_problem_for_a_program() {
    let portal = Portal::empty().await;
    let page = || async { (StatusCode::NOT_FOUND, [("content-type", "text/html")], "<h1>Rien ici</h1>") };
    let routes = axum::Router::new().fallback(page);
    let portal =
        Portal { router: crate::guard::around(routes, &portal.state).with_state(portal.state.clone()), ..portal };
    assert_eq!(portal.get_with("/x", &[("accept", "text/html")]).await.text(), "<h1>Rien ici</h1>");
    assert_eq!(portal.get("/x").await.json()["code"], "not-found");
    assert_eq!(portal.get_with("/api/v1/x", &[("accept", "text/html")]).await.json()["code"], "not-found");
}
