//! Files of addresses into the index that serves: the communes that they bring are replaced, the others kept.
//!
//! One import at a time writes in a folder; whoever asks meanwhile is answered by the index of before, which stays when
//! an import fails or is killed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use tempfile::TempDir;

use crate::build::{BuildOptions, Builder, Progress as BuildProgress, Summary};
use crate::source::{self, Fault, SourceError};
use crate::{BuildError, Geocoder, Index, IndexError, Kind, Place, PlaceKind};

/// How files are imported.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// How they are read.
    pub source: source::Options,
    /// How the index is built.
    pub build: BuildOptions,
    /// Whether the index of before is left out altogether.
    pub replace: bool,
    /// Faults that are kept, at most; all are counted.
    pub faults: usize,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportProgress {
    /// Files are read: bytes of all of them.
    Reading {
        /// Bytes that were read.
        bytes: u64,
        /// Bytes of all files.
        total: u64,
    },
    /// The index is built.
    Building(BuildProgress),
}

/// A line that was left out.
#[derive(Debug)]
pub struct FileFault {
    /// Its file.
    pub file: PathBuf,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What an import did.
#[derive(Debug)]
pub struct Imported {
    /// What the index holds now.
    pub summary: Summary,
    /// Places or pieces of places that the files brought.
    pub places: u64,
    /// Communes that they replace.
    pub communes: u64,
    /// The first faults.
    pub faults: Vec<FileFault>,
    /// All faults.
    pub fault_count: u64,
    /// Bytes of the files.
    pub bytes: u64,
}

/// Why an import didn't happen. The index is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file can't be read as addresses.
    #[error("{file}: {source}")]
    Source {
        /// The file.
        file: PathBuf,
        /// Why.
        source: SourceError,
    },
    /// Nothing in the files is an address.
    #[error("the files bring no address")]
    Nothing {
        /// The first faults.
        faults: Vec<FileFault>,
        /// All faults.
        fault_count: u64,
    },
    /// The index that serves can't be read, so what it holds of other communes would be lost.
    #[error("the index of before can't be read, and would be lost: {0}")]
    Before(Arc<IndexError>),
    /// The index can't be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The folder can't be written.
    #[error("{path}: {source}")]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Folder of an import under way, within the geocoder's.
const SCRATCH: &str = "tmp-import";
/// Held by the import that is under way.
const LOCK: &str = "import.lock";

/// Imports files, and puts the index that they make in the place of the one that serves. `communes` are the
/// municipalities that are always there: what files say of them wins.
///
/// # Errors
/// When a file can't be read, nothing is found in any, the index of before can't be read (unless it is replaced), or the
/// folder can't be written.
pub fn import(
    geocoder: &Geocoder,
    files: &[PathBuf],
    communes: impl Iterator<Item = Place>,
    options: &ImportOptions,
    progress: &(dyn Fn(ImportProgress) + Sync),
) -> Result<Imported, ImportError> {
    let folder = Folder::lock(geocoder.folder())?;
    let before = if options.replace { None } else { serving(geocoder)? };
    let mut reading = Reading::of(files)?;
    let mut builder = Builder::new(folder.scratch.path(), options.build.clone());
    for file in files {
        reading.read(file, &mut builder, options, progress)?;
    }
    let Reading { places, faults, fault_count, total, pois_of, .. } = reading;
    if places == 0 {
        return Err(ImportError::Nothing { faults, fault_count });
    }
    let replaced = builder.communes().clone();
    if let Some(before) = before {
        builder.add_index(&before, &replaced)?;
        keep_pois(&before, &replaced, &pois_of, &mut builder)?;
    }
    for commune in communes {
        builder.add(&commune)?;
    }
    let summary = geocoder.finish(builder, &|at| progress(ImportProgress::Building(at)))?;
    Ok(Imported { summary, places, communes: replaced.len() as u64, faults, fault_count, bytes: total })
}

/// Makes an index of the communes alone, unless there is one.
///
/// # Errors
/// When the folder can't be written, or the index that is there can't be read.
pub fn communes_alone(geocoder: &Geocoder, communes: impl Iterator<Item = Place>) -> Result<(), ImportError> {
    let folder = Folder::lock(geocoder.folder())?;
    if serving(geocoder)?.is_some() {
        return Ok(());
    }
    let mut builder = Builder::new(folder.scratch.path(), BuildOptions::default());
    for commune in communes {
        builder.add(&commune)?;
    }
    geocoder.finish(builder, &|_| ())?;
    Ok(())
}

/// The index that serves right now: what the geocoder holds may be a second old, and another program may have imported.
///
/// # Errors
/// There is one, and it can't be read: whoever builds the next one would lose what it holds.
pub fn serving(geocoder: &Geocoder) -> Result<Option<Arc<Index>>, ImportError> {
    let now = Geocoder::open(geocoder.folder());
    let index = now.current();
    match now.fault() {
        Some(fault) => Err(ImportError::Before(fault)),
        None => Ok(index),
    }
}

/// The geocoder's folder while an import works in it.
#[derive(Debug)]
struct Folder {
    scratch: TempDir,
    _lock: File,
}

impl Folder {
    /// Waits for the import that is under way, then clears what killed ones left.
    fn lock(path: &Path) -> Result<Folder, ImportError> {
        fs::create_dir_all(path).at(path)?;
        let lock_path = path.join(LOCK);
        let lock = File::create(&lock_path).at(&lock_path)?;
        lock.lock().at(&lock_path)?;
        for entry in fs::read_dir(path).at(path)?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(SCRATCH) {
                fs::remove_dir_all(entry.path()).at(&entry.path())?;
            }
        }
        let scratch = tempfile::Builder::new().prefix(SCRATCH).tempdir_in(path).at(path)?;
        Ok(Folder { scratch, _lock: lock })
    }
}

/// Files that are being read, and what was found in them.
#[derive(Debug, Default)]
struct Reading {
    /// Bytes of the files that were read whole.
    before: u64,
    total: u64,
    places: u64,
    /// Communes of which points of interest were found.
    pois_of: BTreeSet<String>,
    faults: Vec<FileFault>,
    fault_count: u64,
}

impl Reading {
    fn of(files: &[PathBuf]) -> Result<Reading, ImportError> {
        let mut total = 0;
        for file in files {
            total += fs::metadata(file).at(file)?.len();
        }
        Ok(Reading { total, ..Reading::default() })
    }

    fn read(
        &mut self,
        file: &Path,
        builder: &mut Builder,
        options: &ImportOptions,
        progress: &(dyn Fn(ImportProgress) + Sync),
    ) -> Result<(), ImportError> {
        let refused = |source| ImportError::Source { file: file.to_owned(), source };
        let mut source = source::open(file, &options.source).map_err(refused)?;
        let (sender, receiver) = sync_channel(BATCHES);
        // Reading and setting apart cost about the same: each has a thread.
        thread::scope(|scope| {
            scope.spawn(move || {
                loop {
                    let batch: Vec<_> = source.by_ref().take(BATCH).collect();
                    if batch.is_empty() || sender.send((batch, source.progress().read)).is_err() {
                        return;
                    }
                }
            });
            for (batch, bytes) in receiver {
                for outcome in batch {
                    self.take(outcome, file, builder, options)?;
                }
                progress(ImportProgress::Reading { bytes: self.before + bytes, total: self.total });
            }
            Ok::<(), ImportError>(())
        })?;
        self.before += fs::metadata(file).at(file)?.len();
        Ok(())
    }

    fn take(
        &mut self,
        outcome: Result<Place, Fault>,
        file: &Path,
        builder: &mut Builder,
        options: &ImportOptions,
    ) -> Result<(), ImportError> {
        match outcome {
            Ok(place) => {
                self.places += 1;
                if matches!(place.kind, PlaceKind::Poi { .. }) && !self.pois_of.contains(&place.city_code) {
                    self.pois_of.insert(place.city_code.clone());
                }
                builder.add(&place)?;
            }
            Err(fault) => {
                self.fault_count += 1;
                if self.faults.len() < options.faults {
                    self.faults.push(FileFault { file: file.to_owned(), fault });
                }
            }
        }
        Ok(())
    }
}

/// Places that go from one thread to the other at once.
const BATCH: usize = 256;
/// Batches that wait.
const BATCHES: usize = 8;

/// Gives back the points of interest of communes that are replaced, where the files bring none: an address file says
/// nothing of them.
fn keep_pois(
    before: &Index,
    replaced: &BTreeSet<String>,
    brought: &BTreeSet<String>,
    builder: &mut Builder,
) -> Result<(), ImportError> {
    for place in (0..before.places()).map(|place| before.place(place)).filter(|place| place.kind() == Kind::Poi) {
        let code = place.town().code();
        if replaced.contains(code) && !brought.contains(code) {
            let kind = PlaceKind::Poi { categories: place.categories().map(str::to_owned).collect() };
            let mut poi = Place::new(kind, place.id(), place.name(), code, place.city(), place.position());
            poi.ban_id = place.ban_id();
            poi.aliases = place.aliases().map(|(name, _)| name.to_owned()).collect();
            poi.postcodes = place.postcodes().map(str::to_owned).collect();
            poi.old_city_code = place.old_town().map(|old| old.code().to_owned());
            poi.old_city = place.old_town().map(|old| old.name().to_owned());
            poi.importance = Some(place.importance());
            builder.add(&poi)?;
        }
    }
    Ok(())
}

/// Says where a failure of the system happened.
trait At<T> {
    fn at(self, path: &Path) -> Result<T, ImportError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, ImportError> {
        self.map_err(|source| ImportError::Io { path: path.to_owned(), source })
    }
}
