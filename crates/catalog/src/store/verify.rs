//! Hashing every file again.

use std::collections::HashSet;

use futures::TryStreamExt as _;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::manifest::{Manifest, ManifestFile};
use super::{MANIFEST_FILE, Store};
use crate::error::{Error, Result};
use crate::model::SnapshotId;
use crate::records::hexadecimal;

/// How far a verification is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifyProgress {
    /// Snapshots looked at.
    pub done: u64,
    /// Snapshots in all.
    pub total: u64,
    /// Bytes hashed.
    pub bytes: u64,
}

/// What a verification found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Snapshots looked at.
    pub snapshots: u64,
    /// Files hashed.
    pub files: u64,
    /// Bytes hashed.
    pub bytes: u64,
    /// What is not as it should be.
    pub faults: Vec<Fault>,
    /// Whole snapshots that no version needs: a publication that didn't end, or a removed dataset. The next sweep
    /// takes them.
    pub orphans: Vec<SnapshotId>,
    /// Snapshots without a manifest that no version needs: uploads that didn't end. The next sweep takes them.
    pub unfinished: Vec<SnapshotId>,
}

impl VerifyReport {
    /// Whether everything that the catalogue needs is there and unchanged.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }
}

/// A file that is not as its manifest says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// Path in the snapshot.
    pub file: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// It isn't there.
    Missing,
    /// Its bytes have another hash.
    Altered,
    /// It is there, though the manifest doesn't name it.
    Unlisted,
}

impl Store {
    /// Hashes every file of every snapshot and compares with the manifests; `needed` are those that versions need.
    ///
    /// # Errors
    /// When the place fails; what is wrong with files is in the report.
    pub async fn verify(
        &self,
        needed: &HashSet<SnapshotId>,
        progress: &(dyn Fn(VerifyProgress) + Send + Sync),
    ) -> Result<VerifyReport> {
        let mut report = VerifyReport::default();
        let present: HashSet<SnapshotId> = self.place.ids().await?.into_iter().collect();
        let mut all: Vec<&SnapshotId> = present.union(needed).collect();
        all.sort();
        for id in &all {
            self.verify_snapshot(id, needed.contains(id), &mut report).await?;
            report.snapshots += 1;
            progress(VerifyProgress { done: report.snapshots, total: all.len() as u64, bytes: report.bytes });
        }
        Ok(report)
    }

    async fn verify_snapshot(&self, id: &SnapshotId, needed: bool, report: &mut VerifyReport) -> Result<()> {
        let mut fault =
            |file: &str, kind| report.faults.push(Fault { snapshot: id.clone(), file: file.to_owned(), kind });
        let manifest = match self.manifest(id).await {
            Ok(Some(manifest)) => manifest,
            Ok(None) if needed => {
                fault(MANIFEST_FILE, FaultKind::Missing);
                return Ok(());
            }
            Ok(None) => {
                report.unfinished.push(id.clone());
                return Ok(());
            }
            Err(Error::Damaged { .. }) => {
                fault(MANIFEST_FILE, FaultKind::Altered);
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        if !needed {
            report.orphans.push(id.clone());
        }
        for file in &manifest.files {
            if let Some(kind) = self.verify_file(id, file, report).await? {
                report.faults.push(Fault { snapshot: id.clone(), file: file.path.clone(), kind });
            }
        }
        self.find_unlisted(&manifest, report).await
    }

    async fn verify_file(
        &self,
        id: &SnapshotId,
        file: &ManifestFile,
        report: &mut VerifyReport,
    ) -> Result<Option<FaultKind>> {
        let Some(source) = self.place.open(id, &file.path).await? else { return Ok(Some(FaultKind::Missing)) };
        let mut hasher = Sha256::new();
        let mut pieces = source.stream(0..source.size());
        while let Some(piece) =
            pieces.try_next().await.map_err(|source| Error::Io { path: format!("{id}/{}", file.path), source })?
        {
            hasher.update(&piece);
            report.bytes += piece.len() as u64;
        }
        report.files += 1;
        let same = source.size() == file.size && hexadecimal(&hasher.finalize()) == file.sha256;
        Ok((!same).then_some(FaultKind::Altered))
    }

    async fn find_unlisted(&self, manifest: &Manifest, report: &mut VerifyReport) -> Result<()> {
        let id = &manifest.snapshot;
        let paths = self.place.files(id).await?;
        let unlisted = paths.into_iter().filter(|path| path != MANIFEST_FILE && manifest.file(path).is_none());
        report.faults.extend(unlisted.map(|file| Fault { snapshot: id.clone(), file, kind: FaultKind::Unlisted }));
        Ok(())
    }
}
