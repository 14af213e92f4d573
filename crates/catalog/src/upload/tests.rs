#![allow(clippy::unwrap_used, clippy::panic)]

use std::convert::Infallible;
use std::time::SystemTime;

use futures::stream;
use proptest::prelude::*;

use super::*;

fn uploads(folder: &Path) -> Uploads {
    Uploads::open(&folder.join("uploads"), UploadLimits { bytes: 1_000_000, open: 3, ..UploadLimits::default() })
        .unwrap()
}

fn named(name: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("filename".to_owned(), name.to_owned())])
}

/// A body that breaks after these bytes.
fn broken_after(bytes: &[u8]) -> impl futures::Stream<Item = std::result::Result<bytes::Bytes, &'static str>> {
    stream::iter([Ok(bytes::Bytes::copy_from_slice(bytes)), Err("the line broke")])
}

fn whole(bytes: &[u8]) -> impl futures::Stream<Item = std::result::Result<bytes::Bytes, Infallible>> {
    stream::iter([Ok(bytes::Bytes::copy_from_slice(bytes))])
}

async fn interrupted_at_each(cuts: &[usize], content: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let id = uploads(folder.path()).create("user:a", content.len() as u64, named("a.csv")).await.unwrap().id;
    let mut at = 0;
    for cut in cuts.iter().copied().chain([content.len()]) {
        // Each piece is taken by a program that knows nothing of the last one.
        let uploads = uploads(folder.path());
        let offset = uploads.find(id, "user:a").await.unwrap().offset;
        assert_eq!(offset, at as u64);
        let appended = uploads.append(id, "user:a", offset, broken_after(&content[at..cut])).await.unwrap();
        assert!(appended.interrupted.is_some());
        assert_eq!(appended.offset, cut as u64);
        at = cut;
    }
    let (path, name) = uploads(folder.path()).complete(id, "user:a").await.unwrap();
    assert_eq!(std::fs::read(path).unwrap(), content);
    assert_eq!(name, "a.csv");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn an_upload_cut_anywhere_goes_on_where_it_stopped(
        content in prop::collection::vec(any::<u8>(), 1..5_000),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(content.len())).collect();
        cuts.sort_unstable();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(interrupted_at_each(&cuts, &content));
    }
}

#[tokio::test]
async fn bytes_that_were_never_acknowledged_are_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let uploads = uploads(folder.path());
    let id = uploads.create("user:a", 6, named("a.csv")).await.unwrap().id;
    uploads.append(id, "user:a", 0, whole(b"abc")).await.unwrap();
    // A program that died wrote more than it told.
    std::fs::write(uploads.home(id).join(DATA_FILE), b"abcXYZXYZ").unwrap();
    assert_eq!(uploads.find(id, "user:a").await.unwrap().offset, 3);
    uploads.append(id, "user:a", 3, whole(b"def")).await.unwrap();
    let (path, _) = uploads.complete(id, "user:a").await.unwrap();
    assert_eq!(std::fs::read(path).unwrap(), b"abcdef");
}

#[tokio::test]
async fn a_piece_at_another_place_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let uploads = uploads(folder.path());
    let id = uploads.create("user:a", 6, named("a.csv")).await.unwrap().id;
    let refused = uploads.append(id, "user:a", 2, whole(b"abc")).await;
    assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
    let refused = uploads.append(id, "user:a", 0, whole(b"abcdefg")).await;
    assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
    assert!(matches!(uploads.complete(id, "user:a").await, Err(Error::Conflict { .. })));
}

#[tokio::test]
async fn an_upload_is_its_owners() {
    let folder = tempfile::tempdir().unwrap();
    let uploads = uploads(folder.path());
    let id = uploads.create("user:a", 6, named("a.csv")).await.unwrap().id;
    assert!(matches!(uploads.find(id, "user:b").await, Err(Error::NotFound { .. })));
    assert!(matches!(uploads.cancel(id, "user:b").await, Err(Error::NotFound { .. })));
    assert!(matches!(uploads.append(id, "user:b", 0, whole(b"a")).await, Err(Error::NotFound { .. })));
    uploads.cancel(id, "user:a").await.unwrap();
    assert!(matches!(uploads.find(id, "user:a").await, Err(Error::NotFound { .. })));
    assert_eq!(std::fs::read_dir(folder.path().join("uploads")).unwrap().count(), 0);
}

#[tokio::test]
async fn size_and_number_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let uploads = uploads(folder.path());
    assert!(uploads.create("user:a", 1_000_001, named("a.csv")).await.is_err());
    for _ in 0..3 {
        uploads.create("user:a", 1, named("a.csv")).await.unwrap();
    }
    assert!(matches!(uploads.create("user:a", 1, named("a.csv")).await, Err(Error::Conflict { .. })));
    assert!(uploads.create("user:b", 1, named("a.csv")).await.is_ok());
}

#[tokio::test]
async fn what_never_came_to_its_end_is_swept() {
    let folder = tempfile::tempdir().unwrap();
    let uploads = uploads(folder.path());
    let id = uploads.create("user:a", 6, named("a.csv")).await.unwrap().id;
    std::fs::create_dir(folder.path().join("uploads/new-interrupted")).unwrap();
    assert_eq!(uploads.sweep().await.unwrap(), 0);
    let tomorrow = SystemTime::now() + Duration::from_secs(25 * 3_600);
    let writing = uploads.lock(id).unwrap();
    assert_eq!(uploads.remove_expired(tomorrow).unwrap(), 1);
    drop(writing);
    assert_eq!(uploads.remove_expired(tomorrow).unwrap(), 1);
    assert_eq!(std::fs::read_dir(folder.path().join("uploads")).unwrap().count(), 0);
}
