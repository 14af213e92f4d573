//! Snapshots in an S3 bucket. The manifest goes last, so that what a broken upload leaves is not a snapshot.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures::TryStreamExt as _;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _, WriteMultipart};
use tokio::io::AsyncReadExt as _;

use super::MANIFEST_FILE;
use super::cache::Cache;
use super::manifest::{Manifest, ManifestFile};
use super::source::Source;
use crate::error::{AtPath as _, Error, Result};
use crate::model::SnapshotId;

/// Bytes of a part of an upload.
const PART: usize = 8 << 20;
/// Parts under way at once.
const PARTS_AT_ONCE: usize = 4;

#[derive(Debug)]
pub(super) struct Bucket {
    store: Arc<dyn ObjectStore>,
    root: Key,
    cache: Cache,
}

impl Bucket {
    /// `bucket/prefix`
    pub(super) fn open(place: &str, cache_folder: &Path) -> Result<Self> {
        crate::fetch::install_cryptography();
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        let store = object_store::aws::AmazonS3Builder::from_env().with_bucket_name(name).build()?;
        Self::over(Arc::new(store), prefix, cache_folder)
    }

    pub(super) fn over(store: Arc<dyn ObjectStore>, prefix: &str, cache_folder: &Path) -> Result<Self> {
        let root = Key::parse(prefix).map_err(object_store::Error::from)?.join("snapshots");
        Ok(Self { store, root, cache: Cache::open(&cache_folder.join("tables"))? })
    }

    fn key(&self, id: &SnapshotId, path: &str) -> Key {
        path.split('/').fold(self.root.clone().join(id.as_str()), |key, part| key.join(part))
    }

    pub(super) async fn put(&self, prepared: &Path, manifest: &Manifest) -> Result<()> {
        for file in &manifest.files {
            self.upload_file(&manifest.snapshot, &file.path, &prepared.join(&file.path)).await?;
        }
        let bytes = manifest.to_bytes()?;
        self.store.put(&self.key(&manifest.snapshot, MANIFEST_FILE), bytes.into()).await?;
        Ok(())
    }

    pub(super) async fn upload_file(&self, id: &SnapshotId, name: &str, path: &Path) -> Result<()> {
        let key = self.key(id, name);
        let mut file = tokio::fs::File::open(path).await.at(path)?;
        let mut upload = WriteMultipart::new_with_chunk_size(self.store.put_multipart(&key).await?, PART);
        let mut buffer = vec![0; 1 << 18];
        loop {
            let read = match file.read(&mut buffer).await {
                Ok(read) => read,
                Err(error) => {
                    upload.abort().await?;
                    return Err(error).at(path);
                }
            };
            if read == 0 {
                break;
            }
            upload.wait_for_capacity(PARTS_AT_ONCE).await?;
            upload.write(&buffer[..read]);
        }
        upload.finish().await?;
        Ok(())
    }

    /// Writes the manifest again, which makes it young.
    pub(super) async fn touch(&self, id: &SnapshotId) -> Result<()> {
        if let Some(bytes) = self.read_small(id, MANIFEST_FILE).await? {
            self.store.put(&self.key(id, MANIFEST_FILE), bytes.into()).await?;
        }
        Ok(())
    }

    /// The manifest goes first: from then on there is no snapshot.
    pub(super) async fn remove(&self, id: &SnapshotId) -> Result<()> {
        let mut paths = self.files(id).await?;
        paths.sort_by_key(|path| path != MANIFEST_FILE);
        for path in paths {
            self.store.delete(&self.key(id, &path)).await?;
        }
        Ok(())
    }

    pub(super) async fn ids(&self) -> Result<Vec<SnapshotId>> {
        let listing = self.store.list_with_delimiter(Some(&self.root)).await?;
        let mut ids: Vec<SnapshotId> =
            listing.common_prefixes.iter().filter_map(|p| SnapshotId::parse(p.filename()?)).collect();
        ids.sort();
        Ok(ids)
    }

    pub(super) async fn files(&self, id: &SnapshotId) -> Result<Vec<String>> {
        let home = self.root.clone().join(id.as_str());
        let objects: Vec<_> = self.store.list(Some(&home)).try_collect().await?;
        let below = |key: &Key| {
            key.prefix_match(&home).map(|parts| parts.map(|p| p.as_ref().to_owned()).collect::<Vec<_>>().join("/"))
        };
        Ok(objects.iter().filter_map(|object| below(&object.location)).collect())
    }

    pub(super) async fn age(&self, id: &SnapshotId) -> Result<Option<Duration>> {
        let home = self.root.clone().join(id.as_str());
        let objects: Vec<_> = self.store.list(Some(&home)).try_collect().await?;
        let youngest = objects.iter().map(|object| object.last_modified.timestamp()).max();
        let now = jiff::Timestamp::now().as_second();
        Ok(youngest.map(|then| Duration::from_secs(u64::try_from(now - then).unwrap_or(0))))
    }

    pub(super) async fn read_small(&self, id: &SnapshotId, path: &str) -> Result<Option<Vec<u8>>> {
        match self.store.get(&self.key(id, path)).await {
            Ok(answer) => Ok(Some(answer.bytes().await?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn open_file(&self, id: &SnapshotId, path: &str) -> Result<Option<Source>> {
        let key = self.key(id, path);
        match self.store.head(&key).await {
            Ok(object) => Ok(Some(Source::remote(Arc::clone(&self.store), key, object.size))),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn table_folder(&self, id: &SnapshotId, table: u32) -> Result<PathBuf> {
        let prefix = format!("tables/{table}/");
        self.cache
            .folder(&format!("{id}-{table}"), async |folder: &Path| {
                let bytes = self.read_small(id, MANIFEST_FILE).await?;
                let bytes = bytes.ok_or_else(|| Error::not_found("snapshot", id))?;
                let manifest = Manifest::parse(&bytes, id)?;
                let files: Vec<&ManifestFile> =
                    manifest.files.iter().filter(|file| file.path.starts_with(&prefix)).collect();
                if files.is_empty() {
                    return Err(Error::not_found("snapshot", format!("{id}/{prefix}")));
                }
                for file in files {
                    self.download(id, file, &folder.join(&file.path[prefix.len()..])).await?;
                }
                Ok(())
            })
            .await
    }

    async fn download(&self, id: &SnapshotId, file: &ManifestFile, to: &Path) -> Result<()> {
        let mut pieces = self.store.get(&self.key(id, &file.path)).await?.into_stream();
        let mut out = tokio::fs::File::create(to).await.at(to)?;
        while let Some(piece) = pieces.try_next().await? {
            tokio::io::AsyncWriteExt::write_all(&mut out, &piece).await.at(to)?;
        }
        out.sync_all().await.at(to)?;
        drop(out);
        let path = to.to_owned();
        let (sha256, _) = tokio::task::spawn_blocking(move || super::manifest::hash_file(&path)).await??;
        if sha256 == file.sha256 {
            return Ok(());
        }
        Err(Error::Damaged {
            snapshot: id.to_string(),
            detail: format!("{} has another hash than its manifest says", file.path),
        })
    }
}
