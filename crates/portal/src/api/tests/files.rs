//! Source files.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};

use super::{Portal, TREES, request};

async fn address(portal: &Portal) -> String {
    let described = portal.json(&format!("/api/v1/resources/{}", portal.trees)).await;
    described["version"]["file"].as_str().unwrap().trim_start_matches("https://data.example.fr").to_owned()
}

#[tokio::test]
async fn source_bytes_come_whole_and_by_ranges() {
    let portal = Portal::with_trees().await;
    let path = address(&portal).await;
    let whole = portal.get(&path).await;
    assert_eq!((whole.status, whole.body.as_slice()), (StatusCode::OK, TREES.as_bytes()));
    assert!(whole.header("cache-control").contains("immutable"));
    assert_eq!(whole.header("content-length"), TREES.len().to_string());
    let part = portal.get_with(&path, &[("range", "bytes=10-19")]).await;
    assert_eq!((part.status, part.body.as_slice()), (StatusCode::PARTIAL_CONTENT, &TREES.as_bytes()[10..20]));
    assert_eq!(part.header("content-range"), format!("bytes 10-19/{}", TREES.len()));
    let beyond = portal.get_with(&path, &[("range", "bytes=100000-")]).await;
    assert_eq!(
        (beyond.status, beyond.header("content-range")),
        (StatusCode::RANGE_NOT_SATISFIABLE, &*format!("bytes */{}", TREES.len()))
    );
    let known = portal.get_with(&path, &[("if-none-match", whole.header("etag"))]).await;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn a_file_is_not_compressed_and_does_not_run_here() {
    let portal = Portal::with_trees().await;
    let answer = portal.get_with(&address(&portal).await, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(answer.header("content-encoding"), "");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(answer.header("content-security-policy").contains("sandbox"));
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"arbres.csv\"");
}

#[tokio::test]
async fn head_gives_the_headers_alone() {
    let portal = Portal::with_trees().await;
    let answer = portal.send(request(Method::HEAD, &address(&portal).await, &[], Body::empty())).await;
    assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, 0));
    assert_eq!(answer.header("content-length"), TREES.len().to_string());
}

#[tokio::test]
async fn what_was_never_published_is_not_given() {
    let portal = Portal::with_trees().await;
    for hash in ["0".repeat(64), "x".into(), "../../catalog.db".replace('/', "%2F")] {
        assert_eq!(portal.get(&format!("/files/{hash}/a.csv")).await.status, StatusCode::NOT_FOUND, "{hash}");
    }
}
