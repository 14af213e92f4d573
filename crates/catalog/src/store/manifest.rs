//! The list of a snapshot's files. A snapshot exists when its manifest does.

use std::io::Read as _;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{MANIFEST_FILE, SOURCE_FILE};
use crate::error::{AtPath as _, Error, Result};
use crate::model::SnapshotId;
use crate::records::hexadecimal;

/// Version of the layout that this program writes.
const LAYOUT: u32 = 1;

/// What a snapshot is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the layout.
    pub layout: u32,
    /// Hash of the source.
    pub snapshot: SnapshotId,
    /// Number of tables, from `tables/0`; 0 for a document.
    pub tables: u32,
    /// Every file but the manifest, by path.
    pub files: Vec<ManifestFile>,
}

/// A file of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestFile {
    /// From the snapshot's folder, with `/`.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// In hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Hashes the files of a prepared folder.
    pub(crate) fn of_folder(folder: &Path, id: &SnapshotId) -> Result<Self> {
        let mut files = Vec::new();
        for path in paths_below(folder)? {
            if path == MANIFEST_FILE {
                continue;
            }
            let (sha256, size) = hash_file(&folder.join(&path))?;
            files.push(ManifestFile { path, size, sha256 });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let manifest = Self { layout: LAYOUT, snapshot: id.clone(), tables: count_tables(&files), files };
        match manifest.file(SOURCE_FILE) {
            Some(source) if source.sha256 == id.as_str() => Ok(manifest),
            _ => Err(Error::Damaged {
                snapshot: id.to_string(),
                detail: "the source is missing or has another hash".to_owned(),
            }),
        }
    }

    pub(crate) fn parse(bytes: &[u8], id: &SnapshotId) -> Result<Self> {
        let damaged = |detail: String| Error::Damaged { snapshot: id.to_string(), detail };
        let manifest: Self =
            serde_json::from_slice(bytes).map_err(|error| damaged(format!("{MANIFEST_FILE}: {error}")))?;
        if manifest.layout != LAYOUT {
            return Err(damaged(format!("layout {} was written by another version of this program", manifest.layout)));
        }
        if manifest.snapshot != *id {
            return Err(damaged(format!("{MANIFEST_FILE} is that of {}", manifest.snapshot)));
        }
        if let Some(file) = manifest.files.iter().find(|file| !is_inside(&file.path)) {
            return Err(damaged(format!("{MANIFEST_FILE} names {:?}, outside of the snapshot", file.path)));
        }
        Ok(manifest)
    }

    pub(super) fn to_bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec_pretty(self).map_err(|error| Error::Record(error.to_string()))
    }

    /// The entry of a path.
    pub fn file(&self, path: &str) -> Option<&ManifestFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Bytes of all files.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }
}

fn count_tables(files: &[ManifestFile]) -> u32 {
    let profile = tabular::snapshot::PROFILE_FILE;
    (0..u32::MAX).find(|n| !files.iter().any(|file| file.path == format!("tables/{n}/{profile}"))).unwrap_or(0)
}

/// Whether a path stays below the folder that it starts from.
pub(crate) fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && path
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0', ':']))
}

/// Paths of the files below a folder, with `/`. Links are not followed.
pub(crate) fn paths_below(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in std::fs::read_dir(&folder).at(&folder)? {
            let entry = entry.at(&folder)?;
            let name = entry
                .file_name()
                .into_string()
                .map_err(|name| Error::Record(format!("{}: not a UTF-8 name", name.display())))?;
            let kind = entry.file_type().at(&entry.path())?;
            if kind.is_dir() {
                open.push((entry.path(), format!("{prefix}{name}/")));
            } else if kind.is_file() {
                found.push(format!("{prefix}{name}"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// SHA-256 in hexadecimal and size of a file.
pub(crate) fn hash_file(path: &Path) -> Result<(String, u64)> {
    let mut file = std::fs::File::open(path).at(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    let mut size = 0;
    loop {
        let read = file.read(&mut buffer).at(path)?;
        if read == 0 {
            return Ok((hexadecimal(&hasher.finalize()), size));
        }
        hasher.update(&buffer[..read]);
        size += read as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::is_inside;

    #[test]
    fn paths_stay_inside() {
        assert!(is_inside("tables/0/table.parquet"));
        for outside in ["", "/etc/passwd", "../x", "tables/../../x", "a//b", "c:\\x", "a\0b"] {
            assert!(!is_inside(outside), "{outside:?}");
        }
    }
}
