//! A whole installation over a real S3 server, when `COCAGNE_TEST_S3` names a bucket (`s3://bucket`) and the
//! `AWS_…` variables say how to reach it; without it nothing is tested, unless `COCAGNE_TEST_REQUIRE_S3=1`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod support;

use catalog::records::OrganizationDraft;
use catalog::{Actor, Platform, PlatformConfig, Publication};
use futures::TryStreamExt as _;

fn bucket() -> Option<String> {
    match std::env::var("COCAGNE_TEST_S3") {
        Ok(url) if !url.is_empty() => Some(format!("{}/{}", url.trim_end_matches('/'), uuid::Uuid::now_v7())),
        _ if std::env::var("COCAGNE_TEST_REQUIRE_S3").is_ok_and(|value| value == "1") => {
            panic!("COCAGNE_TEST_REQUIRE_S3=1 but COCAGNE_TEST_S3 names no bucket")
        }
        _ => {
            eprintln!("not tested on S3: COCAGNE_TEST_S3 names no bucket");
            None
        }
    }
}

#[tokio::test]
async fn an_installation_keeps_its_snapshots_in_a_bucket() {
    let Some(url) = bucket() else { return };
    let folder = tempfile::tempdir().unwrap();
    let config = PlatformConfig { store_url: Some(url), ..PlatformConfig::in_folder(folder.path().join("data")) };
    let platform = Platform::open(config).await.unwrap();
    let actor = Actor::command_line();
    let draft = OrganizationDraft { name: "Ville".into(), ..OrganizationDraft::default() };
    platform.records.create_organization(draft, &actor).await.unwrap();

    // More than one part of an upload.
    let mut rows = String::from("numero,texte\n");
    for number in 0..400_000 {
        rows.push_str(&format!("{number},ligne numéro {number} de la table\n"));
    }
    let path = folder.path().join("table.csv");
    std::fs::write(&path, &rows).unwrap();
    let publication = Publication::file(&path, "table.csv");
    let published = platform.publish(publication.clone(), &actor, |_| {}).await.unwrap();
    let snapshot = published.resources[0].snapshot.clone();
    assert_eq!(published.resources[0].rows, Some(400_000));
    let again = platform.publish(publication, &actor, |_| {}).await.unwrap();
    assert_eq!(again.warnings[0].code, "unchanged");

    let table = platform.store.table_folder(&snapshot, 0).await.unwrap();
    assert!(table.starts_with(folder.path()) && table.join("table.parquet").is_file());
    let source = platform.store.source(&snapshot).await.unwrap();
    let pieces: Vec<bytes::Bytes> = source.stream(13..21).try_collect().await.unwrap();
    assert_eq!(pieces.concat(), &rows.as_bytes()[13..21]);
    assert!(platform.verify(&|_| {}).await.unwrap().is_clean());

    let backup = folder.path().join("backup");
    platform.backup(&backup).await.unwrap();
    let elsewhere = Platform::open(PlatformConfig::in_folder(folder.path().join("elsewhere"))).await.unwrap();
    elsewhere.restore(&backup).await.unwrap();
    assert!(elsewhere.verify(&|_| {}).await.unwrap().is_clean());

    platform.records.remove_dataset(&published.dataset.slug, &actor).await.unwrap();
    let swept = platform.store.sweep(&std::collections::HashSet::new(), std::time::Duration::ZERO).await.unwrap();
    assert_eq!(swept.snapshots, std::slice::from_ref(&snapshot));
    assert!(platform.store.manifest(&snapshot).await.unwrap().is_none());
}
