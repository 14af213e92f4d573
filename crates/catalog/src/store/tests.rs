#![allow(clippy::unwrap_used, clippy::panic)]
//! The same behaviours in a folder and in a bucket.

use std::collections::HashSet;
use std::time::Duration;

use futures::TryStreamExt as _;
use object_store::memory::InMemory;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::records::hexadecimal;

struct Given {
    store: Store,
    folder: tempfile::TempDir,
}

impl Given {
    async fn folder() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("file://{}", folder.path().join("data").display());
        Self { store: Store::open(&url, &folder.path().join("cache")).await.unwrap(), folder }
    }

    fn bucket() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bucket = bucket::Bucket::over(Arc::new(InMemory::new()), "prefix", folder.path()).unwrap();
        let store = Store::at(Place::Bucket(bucket), folder.path().join("staging")).unwrap();
        Self { store, folder }
    }

    /// A prepared snapshot with one table.
    fn prepare(&self, source: &str) -> (Staging, SnapshotId) {
        let staging = self.store.stage().unwrap();
        let folder = staging.folder();
        let table = folder.join("tables/0");
        std::fs::create_dir_all(&table).unwrap();
        std::fs::write(folder.join(SOURCE_FILE), source).unwrap();
        for file in ["table.parquet", "exceptions.parquet", "profile.json"] {
            std::fs::write(table.join(file), format!("{file} of {source}")).unwrap();
        }
        (staging, id_of(source))
    }

    async fn put(&self, source: &str) -> SnapshotId {
        let (staging, id) = self.prepare(source);
        self.store.put(&staging.folder(), &id).await.unwrap();
        id
    }

    async fn verify(&self, needed: &[&SnapshotId]) -> VerifyReport {
        let needed = needed.iter().map(|id| (*id).clone()).collect();
        self.store.verify(&needed, &|_| {}).await.unwrap()
    }
}

fn id_of(source: &str) -> SnapshotId {
    SnapshotId::parse(&hexadecimal(&Sha256::digest(source))).unwrap()
}

async fn read(source: &Source, range: std::ops::Range<u64>) -> String {
    let pieces: Vec<bytes::Bytes> = source.stream(range).try_collect().await.unwrap();
    String::from_utf8(pieces.concat()).unwrap()
}

async fn what_is_put_can_be_read(given: &Given) {
    let id = given.put("a,b\n1,2\n").await;
    let table = given.store.table_folder(&id, 0).await.unwrap();
    assert_eq!(std::fs::read_to_string(table.join("table.parquet")).unwrap(), "table.parquet of a,b\n1,2\n");
    assert_eq!(given.store.table_folder(&id, 0).await.unwrap(), table);
    let source = given.store.source(&id).await.unwrap();
    assert_eq!(source.size(), 8);
    assert_eq!(read(&source, 0..8).await, "a,b\n1,2\n");
    assert_eq!(read(&source, 4..7).await, "1,2");
    assert_eq!(read(&source, 4..u64::MAX).await, "1,2\n");
    assert_eq!(read(&source, 9..12).await, "");
    let manifest = given.store.manifest(&id).await.unwrap().unwrap();
    assert_eq!((manifest.tables, manifest.files.len()), (1, 4));
    assert!(matches!(given.store.table_folder(&id, 1).await, Err(Error::NotFound { .. })));
    let unknown = id_of("unknown");
    assert!(given.store.manifest(&unknown).await.unwrap().is_none());
    assert!(matches!(given.store.source(&unknown).await, Err(Error::NotFound { .. })));
    assert!(matches!(given.store.table_folder(&unknown, 0).await, Err(Error::NotFound { .. })));
}

async fn putting_again_changes_nothing(given: &Given) {
    let id = given.put("same").await;
    let before = given.store.manifest(&id).await.unwrap().unwrap();
    let (staging, _) = given.prepare("same");
    std::fs::write(staging.folder().join("tables/0/table.parquet"), "of a later program").unwrap();
    assert_eq!(given.store.put(&staging.folder(), &id).await.unwrap(), before);
    assert!(given.verify(&[&id]).await.is_clean());
}

async fn a_source_of_another_hash_is_refused(given: &Given) {
    let (staging, _) = given.prepare("one");
    let outcome = given.store.put(&staging.folder(), &id_of("two")).await;
    assert!(matches!(outcome, Err(Error::Damaged { .. })), "{outcome:?}");
    assert_eq!(given.verify(&[]).await.snapshots, 0);
}

async fn verification_tells_orphans_from_what_is_missing(given: &Given) {
    let (kept, orphan, missing) = (given.put("kept").await, given.put("orphan").await, id_of("missing"));
    let report = given.verify(&[&kept, &missing]).await;
    assert_eq!(report.orphans, std::slice::from_ref(&orphan));
    let fault = Fault { snapshot: missing, file: MANIFEST_FILE.to_owned(), kind: FaultKind::Missing };
    assert_eq!(report.faults, [fault]);
    assert_eq!((report.files, report.snapshots), (8, 3));
    assert!(given.verify(&[&kept, &orphan]).await.is_clean());
}

async fn a_sweep_takes_what_nobody_needs(given: &Given) {
    let (kept, orphan) = (given.put("kept").await, given.put("orphan").await);
    let needed = HashSet::from([kept.clone()]);
    let young = given.store.sweep(&needed, Duration::from_secs(3_600)).await.unwrap();
    assert_eq!(young, Swept::default());
    let swept = given.store.sweep(&needed, Duration::ZERO).await.unwrap();
    assert_eq!(swept.snapshots, std::slice::from_ref(&orphan));
    assert!(given.store.manifest(&orphan).await.unwrap().is_none());
    assert!(given.verify(&[&kept]).await.is_clean());
}

macro_rules! in_both_places {
    ($($behaviour:ident),+ $(,)?) => {
        mod in_a_folder {
            $(#[tokio::test] async fn $behaviour() { super::$behaviour(&super::Given::folder().await).await; })+
        }
        mod in_a_bucket {
            $(#[tokio::test] async fn $behaviour() { super::$behaviour(&super::Given::bucket()).await; })+
        }
    };
}

in_both_places!(
    what_is_put_can_be_read,
    putting_again_changes_nothing,
    a_source_of_another_hash_is_refused,
    verification_tells_orphans_from_what_is_missing,
    a_sweep_takes_what_nobody_needs,
);

#[tokio::test]
async fn altered_missing_and_unlisted_files_are_told() {
    let given = Given::folder().await;
    let id = given.put("x").await;
    let home = given.folder.path().join("data/snapshots").join(id.as_str());
    std::fs::write(home.join(SOURCE_FILE), "y").unwrap();
    std::fs::remove_file(home.join("tables/0/profile.json")).unwrap();
    std::fs::write(home.join("tables/0/extra"), "z").unwrap();
    let report = given.verify(&[&id]).await;
    let faults: Vec<(&str, FaultKind)> = report.faults.iter().map(|fault| (fault.file.as_str(), fault.kind)).collect();
    let expected = [
        (SOURCE_FILE, FaultKind::Altered),
        ("tables/0/profile.json", FaultKind::Missing),
        ("tables/0/extra", FaultKind::Unlisted),
    ];
    assert_eq!(faults, expected);
    std::fs::write(home.join(MANIFEST_FILE), "{").unwrap();
    let report = given.verify(&[&id]).await;
    assert_eq!((report.faults[0].file.as_str(), report.faults[0].kind), (MANIFEST_FILE, FaultKind::Altered));
}

/// What a program killed at each moment of a publication leaves, made by hand: nothing of it is a snapshot, and the
/// next sweep takes it.
#[tokio::test]
async fn a_killed_program_leaves_nothing_that_counts() {
    let given = Given::folder().await;
    let kept = given.put("kept").await;
    let data = given.folder.path().join("data");
    let dead = data.join("staging/dead");
    std::fs::create_dir_all(dead.join("snapshot/tables/0")).unwrap();
    std::fs::write(dead.join("lock"), "").unwrap();
    std::fs::write(dead.join("snapshot").join(SOURCE_FILE), "half").unwrap();
    std::fs::write(dead.join("snapshot").join(MANIFEST_FILE), "{\"layout\":").unwrap();
    let unlocked = data.join("staging/before-its-lock");
    std::fs::create_dir_all(&unlocked).unwrap();
    let (alive, _) = given.prepare("alive");

    let url = format!("file://{}", data.display());
    let reopened = Store::open(&url, &given.folder.path().join("cache")).await.unwrap();
    let needed = HashSet::from([kept.clone()]);
    let report = reopened.verify(&needed, &|_| {}).await.unwrap();
    assert!(report.is_clean() && report.snapshots == 1);
    let swept = reopened.sweep(&needed, Duration::ZERO).await.unwrap();
    assert_eq!((swept.stagings, swept.snapshots.len()), (2, 0));
    assert!(!dead.exists() && !unlocked.exists());
    assert!(alive.folder().join(SOURCE_FILE).exists(), "what a living program prepares stays");
}

#[tokio::test]
async fn an_upload_cut_short_is_no_snapshot_and_can_be_done_again() {
    let given = Given::bucket();
    let (staging, id) = given.prepare("cut");
    let Place::Bucket(bucket) = given.store.place.as_ref() else { panic!("a bucket") };
    bucket.upload_file(&id, SOURCE_FILE, &staging.folder().join(SOURCE_FILE)).await.unwrap();
    assert!(given.store.manifest(&id).await.unwrap().is_none());
    let report = given.verify(&[]).await;
    assert_eq!((report.is_clean(), report.unfinished.as_slice()), (true, std::slice::from_ref(&id)));
    given.store.put(&staging.folder(), &id).await.unwrap();
    assert!(given.verify(&[&id]).await.is_clean());
}

#[tokio::test]
async fn a_staging_folder_goes_with_its_value() {
    let given = Given::folder().await;
    let staging = given.store.stage().unwrap();
    let folder = staging.folder();
    assert!(folder.is_dir() && staging.scratch().is_dir());
    drop(staging);
    assert!(!folder.exists());
    assert_eq!(std::fs::read_dir(given.folder.path().join("data/staging")).unwrap().count(), 0);
}

#[tokio::test]
async fn other_urls_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for url in ["", "ftp://x", "/data", "s4://bucket"] {
        let outcome = Store::open(url, folder.path()).await;
        assert!(matches!(outcome, Err(Error::Configuration { .. })), "{url}");
    }
}

mod cached {
    use super::*;
    use crate::store::cache::Cache;

    async fn fill(cache: &Cache, key: &str, bytes: usize) -> PathBuf {
        cache
            .folder(key, async |folder: &Path| std::fs::write(folder.join("file"), vec![0; bytes]).at(folder))
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn the_least_recently_used_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::with_capacity(folder.path(), 250, Duration::ZERO).unwrap();
        let (a, b) = (fill(&cache, "a", 100).await, fill(&cache, "b", 100).await);
        fill(&cache, "a", 100).await;
        let c = fill(&cache, "c", 100).await;
        assert!(a.exists() && !b.exists() && c.exists());
    }

    #[tokio::test]
    async fn what_may_be_in_use_stays() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::with_capacity(folder.path(), 50, Duration::from_secs(3_600)).unwrap();
        let (a, b) = (fill(&cache, "a", 100).await, fill(&cache, "b", 100).await);
        assert!(a.exists() && b.exists());
    }

    #[tokio::test]
    async fn a_failure_leaves_nothing_and_can_be_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::with_capacity(folder.path(), 1_000, Duration::ZERO).unwrap();
        let outcome = cache.folder("a", async |_: &Path| Err(Error::not_found("snapshot", "a"))).await;
        assert!(outcome.is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(fill(&cache, "a", 1).await.exists());
    }

    #[tokio::test]
    async fn what_was_fetched_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let first = Cache::with_capacity(folder.path(), 1_000, Duration::ZERO).unwrap();
        let path = fill(&first, "a", 1).await;
        let second = Cache::with_capacity(folder.path(), 1_000, Duration::ZERO).unwrap();
        let again = second.folder("a", async |_: &Path| Err(Error::not_found("snapshot", "a"))).await.unwrap();
        assert_eq!(again, path);
    }
}
