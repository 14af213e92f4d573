//! Validators of answers.

use axum::http::StatusCode;

use super::Portal;

#[tokio::test]
async fn everything_can_be_asked_again_for_nothing() {
    let portal = Portal::with_trees().await;
    let id = &portal.trees;
    let paths = [
        "/api/v1".to_owned(),
        "/api/v1/openapi.json".into(),
        "/api/v1/datasets".into(),
        "/api/v1/datasets/arbres".into(),
        "/api/v1/organizations".into(),
        "/api/v1/history".into(),
        format!("/api/v1/resources/{id}"),
        format!("/api/v1/resources/{id}/versions/1"),
        format!("/api/v1/resources/{id}/rows?Essence__exact=Tilleul"),
        format!("/api/v1/resources/{id}/profile"),
        format!("/api/v1/resources/{id}/exceptions"),
        format!("/api/v1/resources/{id}/export.csv"),
        "/api/v1/sql?query=SELECT%201%20AS%20a".into(),
        portal.tabular("data/"),
        portal.tabular("profile/"),
        portal.tabular("data/csv/"),
        "/feed.atom".into(),
        "/sitemap.xml".into(),
    ];
    for path in paths {
        let first = portal.get(&path).await;
        assert_eq!(first.status, StatusCode::OK, "{path}: {}", first.text());
        let again = portal.get_with(&path, &[("if-none-match", first.header("etag"))]).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        assert_eq!(again.header("etag"), first.header("etag"));
    }
}

#[tokio::test]
async fn publishing_changes_the_tags_of_what_changed_and_of_nothing_else() {
    let portal = Portal::empty().await;
    let a = portal.publish("a.csv", "x,y\n1,2\n3,4\n", "A").await;
    let b = portal.publish("b.csv", "x,y\n1,2\n5,6\n", "B").await;
    let tag = |id: &str| {
        let path = format!("/api/v1/resources/{id}/rows");
        let portal = &portal;
        async move { portal.get(&path).await.header("etag").to_owned() }
    };
    let before = (tag(&a).await, tag(&b).await);
    portal.publish("a.csv", "x,y\n1,2\n3,4\n7,8\n", "A").await;
    let after = (tag(&a).await, tag(&b).await);
    assert_ne!(before.0, after.0);
    assert_eq!(before.1, after.1);
}

#[tokio::test]
async fn an_old_version_may_be_kept_without_asking() {
    let portal = Portal::with_trees().await;
    let old = portal.get(&format!("/api/v1/resources/{}/versions/1/rows", portal.trees)).await;
    assert!(old.header("cache-control").contains("max-age="));
    let current = portal.get(&portal.rows("")).await;
    assert!(current.header("cache-control").contains("no-cache"));
}
