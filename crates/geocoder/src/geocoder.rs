//! The folder of indexes and the one that serves: swapped without stopping.
//!
//! ```text
//! {folder}/{sha256}.index   indexes, never changed
//! {folder}/current          the name of the one that serves; renamed over when another one does
//! ```

use crate::{
    build::{Builder, Progress, Summary, sink::sync_folder},
    error::{BuildError, IndexError},
    index::Index,
};
use arc_swap::ArcSwapOption;
use sha2::{Digest as _, Sha256};
use std::{
    ffi::OsStr,
    fmt::Write as _,
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

/// How long `current` isn't looked at again.
const PAUSE: Duration = Duration::from_secs(1);
/// After that long, a file that was never finished is what a crash left.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);
const CURRENT: &str = "current";
const EXTENSION: &str = "index";
const PARTIAL: &str = "partial";

/// The indexes of a folder. Cheap to ask, from any thread; several programs may share a folder.
#[derive(Debug)]
pub struct Geocoder {
    folder: PathBuf,
    serving: ArcSwapOption<Index>,
    opened: Instant,
    /// When `current` was last looked at, in milliseconds after `opened`, plus one; 0 for never.
    looked: AtomicU64,
    /// Held while another index is opened; what went wrong the last time.
    swapping: Mutex<Option<Arc<IndexError>>>,
}

impl Geocoder {
    /// The indexes of a folder, which may be empty or not exist yet.
    #[must_use]
    pub fn open(folder: &Path) -> Geocoder {
        Geocoder {
            folder: folder.to_owned(),
            serving: ArcSwapOption::empty(),
            opened: Instant::now(),
            looked: AtomicU64::new(0),
            swapping: Mutex::new(None),
        }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The index of this moment, if addresses were imported. Whoever holds it keeps it, whatever is installed meanwhile.
    #[must_use]
    pub fn current(&self) -> Option<Arc<Index>> {
        let now = u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX) + 1;
        let looked = self.looked.load(Ordering::Relaxed);
        let due = looked == 0 || now.saturating_sub(looked) >= PAUSE.as_millis() as u64;
        if due && self.looked.compare_exchange(looked, now, Ordering::AcqRel, Ordering::Relaxed).is_ok() {
            self.refresh();
        }
        match self.serving.load_full() {
            // Somebody else is opening the first one: wait for it rather than say that there is none.
            None if now <= PAUSE.as_millis() as u64 => {
                drop(self.swapping.lock().unwrap_or_else(PoisonError::into_inner));
                self.serving.load_full()
            }
            serving => serving,
        }
    }

    /// Why the index that `current` names isn't the one that serves, when it can't be opened.
    #[must_use]
    pub fn fault(&self) -> Option<Arc<IndexError>> {
        self.swapping.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Builds an index into the folder and lets it serve.
    ///
    /// # Errors
    /// The index can't be built, or not be installed: the one of before serves on.
    pub fn finish(&self, builder: Builder, progress: &(dyn Fn(Progress) + Sync)) -> Result<Summary, BuildError> {
        let io = |source| BuildError::Io { path: self.folder.clone(), source };
        fs::create_dir_all(&self.folder).map_err(io)?;
        let built = tempfile::Builder::new()
            .prefix(".built-")
            .suffix(".partial")
            .tempfile_in(&self.folder)
            .map_err(io)?
            .into_temp_path();
        let summary = builder.finish(&built, progress)?;
        let name = format!("{}.{EXTENSION}", summary.sha256);
        built.persist(self.folder.join(&name)).map_err(|error| io(error.error))?;
        self.serve(&name).map_err(io)?;
        Ok(summary)
    }

    /// Moves an index file into the folder (copies it, from another file system) and lets it serve.
    ///
    /// # Errors
    /// The file is no index, or the folder can't be written: the index of before serves on.
    pub fn install(&self, file: &Path) -> Result<Arc<Index>, IndexError> {
        Index::open(file)?;
        let io = |source| IndexError::Io { path: file.to_owned(), source };
        fs::create_dir_all(&self.folder).map_err(io)?;
        let name = format!("{}.{EXTENSION}", sha256(file).map_err(io)?);
        let to = self.folder.join(&name);
        if file != to {
            fs::rename(file, &to).or_else(|_| self.copy(file, &to)).map_err(io)?;
        }
        let index = Arc::new(Index::open(&to)?);
        self.serve(&name).map_err(io)?;
        Ok(self.current().unwrap_or(index))
    }

    fn copy(&self, file: &Path, to: &Path) -> io::Result<()> {
        let mut copy = tempfile::Builder::new().prefix(".copy-").suffix(".partial").tempfile_in(&self.folder)?;
        io::copy(&mut File::open(file)?, &mut copy)?;
        copy.as_file().sync_all()?;
        copy.persist(to).map_err(|error| error.error)?;
        fs::remove_file(file)
    }

    /// Names the index that serves from now on, then removes the others.
    fn serve(&self, name: &str) -> io::Result<()> {
        let current = self.folder.join(CURRENT);
        // The index has to be in its place, for good, before anything says its name.
        sync_folder(&current)?;
        let mut file = tempfile::Builder::new().prefix(".current-").suffix(".partial").tempfile_in(&self.folder)?;
        #[cfg(unix)]
        file.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
        file.write_all(name.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&current).map_err(|error| error.error)?;
        sync_folder(&current)?;
        self.refresh();
        self.sweep(name);
        Ok(())
    }

    /// Opens what `current` names, unless it is the one that serves. One that can't be opened changes nothing.
    fn refresh(&self) {
        let mut fault = self.swapping.lock().unwrap_or_else(PoisonError::into_inner);
        // An index may be removed between its name being read and its being opened: then `current` names another.
        for _ in 0..3 {
            let Ok(name) = fs::read_to_string(self.folder.join(CURRENT)) else { return };
            let Some(name) = sound_name(&name) else { return };
            let path = self.folder.join(name);
            if self.serving.load().as_ref().is_some_and(|serving| serving.path() == path) {
                *fault = None;
                return;
            }
            match Index::open(&path) {
                Ok(index) => {
                    self.serving.store(Some(Arc::new(index)));
                    *fault = None;
                    return;
                }
                Err(error) => *fault = Some(Arc::new(error)),
            }
        }
    }

    /// Removes indexes that don't serve any more, and what crashes left. Mapped ones live until nobody reads them; what
    /// can't be removed now is the next time.
    fn sweep(&self, serving: &str) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            let old = match path.extension().and_then(OsStr::to_str) {
                Some(EXTENSION) => entry.file_name() != serving,
                Some(PARTIAL) => entry.metadata().and_then(|metadata| metadata.modified()).is_ok_and(abandoned),
                _ => false,
            };
            if old {
                let _ = fs::remove_file(&path);
            }
        }
    }
}

fn abandoned(written: SystemTime) -> bool {
    written.elapsed().is_ok_and(|age| age > ABANDONED)
}

/// The name of an index of this folder, and of nothing else.
fn sound_name(name: &str) -> Option<&str> {
    let name = name.trim();
    let hash = name.strip_suffix(".index")?;
    (hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(name)
}

fn sha256(file: &Path) -> io::Result<String> {
    let mut file = File::open(file)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    let mut text = String::with_capacity(64);
    for byte in hasher.finalize() {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::{
        build::BuildOptions,
        place::{Place, PlaceKind, Position},
    };
    use std::{sync::atomic::AtomicBool, thread};

    /// A builder with as many streets, all of one name.
    fn streets(scratch: &Path, name: &str, count: u32) -> Builder {
        let mut builder = Builder::new(scratch, BuildOptions { threads: 1, ..BuildOptions::default() });
        for rank in 0..count {
            let position = Position { lon: f64::from(rank) / 10.0, lat: 43.0 };
            builder
                .add(&Place::new(PlaceKind::Street, &format!("11076_{rank}"), name, "11076", "C", position))
                .unwrap();
        }
        builder
    }

    fn files(folder: &Path) -> Vec<String> {
        let mut files: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        files
    }

    #[test]
    fn a_folder_without_index_serves_none_until_one_is_installed() {
        let folder = tempfile::tempdir().unwrap();
        let geocoder = Geocoder::open(&folder.path().join("addresses"));
        assert!(geocoder.current().is_none());
        let summary = geocoder.finish(streets(folder.path(), "Rue X", 3), &|_| ()).unwrap();
        assert_eq!(geocoder.current().unwrap().places(), 3);
        assert_eq!(files(geocoder.folder()), [format!("{}.index", summary.sha256), "current".to_owned()]);
        let other = Geocoder::open(geocoder.folder());
        assert_eq!(other.current().unwrap().places(), 3);
    }

    #[test]
    fn another_index_takes_over_and_whoever_reads_the_former_one_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let geocoder = Geocoder::open(&folder.path().join("addresses"));
        geocoder.finish(streets(folder.path(), "Rue X", 3), &|_| ()).unwrap();
        let before = geocoder.current().unwrap();
        let file = folder.path().join("other");
        streets(folder.path(), "Rue Y", 5).finish(&file, &|_| ()).unwrap();
        assert_eq!(geocoder.install(&file).unwrap().places(), 5);
        assert_eq!((geocoder.current().unwrap().places(), before.places()), (5, 3));
        assert_eq!(before.place(2).name(), "Rue X");
        assert_eq!(files(geocoder.folder()).len(), 2, "the former file is removed");
    }

    #[test]
    fn what_is_no_index_is_not_installed() {
        let folder = tempfile::tempdir().unwrap();
        let geocoder = Geocoder::open(&folder.path().join("addresses"));
        geocoder.finish(streets(folder.path(), "Rue X", 3), &|_| ()).unwrap();
        let file = folder.path().join("other");
        for bytes in [&b""[..], b"numero;voie", b"cocagne\n"] {
            fs::write(&file, bytes).unwrap();
            assert!(geocoder.install(&file).is_err());
            assert_eq!(geocoder.current().unwrap().places(), 3);
        }
        fs::write(geocoder.folder().join(CURRENT), format!("{}.index", "0".repeat(64))).unwrap();
        geocoder.refresh();
        assert_eq!(geocoder.current().unwrap().places(), 3, "an index that isn't there doesn't take over");
        assert!(geocoder.fault().is_some());
        assert_eq!(sound_name("../../etc/passwd.index"), None);
    }

    #[test]
    fn threads_that_search_never_see_half_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let geocoder = Geocoder::open(&folder.path().join("addresses"));
        let names = ["Rue Un", "Rue Deux"];
        geocoder.finish(streets(folder.path(), names[0], 1), &|_| ()).unwrap();
        let ended = AtomicBool::new(false);
        thread::scope(|scope| {
            let readers: Vec<_> = (0..2)
                .map(|_| {
                    scope.spawn(|| {
                        let mut read = 0u64;
                        while !ended.load(Ordering::Relaxed) || read == 0 {
                            let index = geocoder.current().unwrap();
                            // An index of an odd number of streets has the first name, the others the second.
                            let name = names[(index.places() as usize + 1) % 2];
                            assert!((0..index.places()).all(|place| index.place(place).name() == name));
                            read += 1;
                        }
                        read
                    })
                })
                .collect();
            for count in 2..12 {
                let name = names[(count as usize + 1) % 2];
                geocoder.finish(streets(folder.path(), name, count), &|_| ()).unwrap();
            }
            ended.store(true, Ordering::Relaxed);
            assert!(readers.into_iter().all(|reader| reader.join().unwrap() > 0));
        });
        assert_eq!(geocoder.current().unwrap().places(), 11);
    }
}
