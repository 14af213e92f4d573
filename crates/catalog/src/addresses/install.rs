//! What a town published goes into the index that answers searches, in place of what it held of the commune.
//!
//! The index is derived: an import of other files may have replaced the town's addresses, a restored installation has no
//! index at all. So what was published is looked for in it, and put back where it is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::StreamExt as _;
use geocoder::build::{BuildOptions, Builder, Progress, Stage};
use geocoder::import::ImportError;
use geocoder::{BuildError, Geocoder, Index, Kind, Place};
use tokio::io::AsyncWriteExt as _;

use super::places::{self, Postcodes};
use super::{Base, Ground, Street, bal};
use crate::error::{AtPath as _, Error, Result};
use crate::gazetteer;
use crate::platform::Platform;

/// Held by whatever writes an index in the folder, imports too.
const LOCK: &str = "import.lock";
/// Folders of work begin so: those that a killed program left are cleared by the next import.
const SCRATCH: &str = "tmp-import";

/// A base as it was published.
struct Published {
    base: Base,
    streets: Vec<Street>,
}

impl Platform {
    /// Gives the published addresses of a base to the index that answers searches; what it held of the commune is
    /// replaced, the rest kept. Whoever searches meanwhile is answered by the index of before. `progress` is told a
    /// share of a hundred.
    ///
    /// # Errors
    /// When the index can't be built or installed: then it is as it was.
    pub async fn index_addresses(&self, base: &Base, progress: impl Fn(u8) + Send + Sync + 'static) -> Result<()> {
        let published = self.published(base.clone()).await?;
        self.install(published.into_iter().collect(), progress).await
    }

    /// Puts the addresses that towns published here back into the index, where something else took their place. Gives
    /// how many towns that were.
    ///
    /// # Errors
    /// As [`Platform::index_addresses`].
    pub async fn refresh_published_addresses(&self) -> Result<usize> {
        let mut missing = Vec::new();
        let bases = self.records.published_address_bases().await?;
        for base in bases {
            let Some(published) = self.published(base).await? else { continue };
            let index = self.geocoder.current();
            let is_known = tokio::task::spawn_blocking(move || {
                let known = index.is_some_and(|index| holds(&index, &published));
                (known, published)
            });
            let (is_known, published) = is_known.await?;
            if !is_known {
                missing.push(published);
            }
        }
        let count = missing.len();
        if count > 0 {
            self.install(missing, |_| ()).await?;
        }
        Ok(count)
    }

    /// The streets of a base as they are in the dataset; nothing when somebody removed it.
    async fn published(&self, base: Base) -> Result<Option<Published>> {
        let Some(published) = base.published else { return Ok(None) };
        let Some(detail) = self.records.resource_detail(published.resource).await? else { return Ok(None) };
        let source = self.store.source(&detail.version.snapshot).await?;
        let staging = self.store.stage()?;
        let path: PathBuf = match source.local_path() {
            Some(path) => path.to_owned(),
            None => {
                let path = staging.scratch().join(bal::FILE_NAME);
                let mut file = tokio::fs::File::create(&path).await.at(&path)?;
                let mut bytes = source.stream(0..source.size());
                while let Some(piece) = bytes.next().await {
                    file.write_all(&piece.at(&path)?).await.at(&path)?;
                }
                file.flush().await.at(&path)?;
                path
            }
        };
        tokio::task::spawn_blocking(move || {
            let ground = Ground::of(&base.commune)?;
            let on = super::day_of(base.modified_at);
            let reading = bal::of_file(&path, &base.commune, &ground.parts, on)?;
            drop(staging);
            Ok(reading.map(|reading| Published { base, streets: reading.streets }))
        })
        .await?
    }

    async fn install(&self, all: Vec<Published>, progress: impl Fn(u8) + Send + Sync + 'static) -> Result<()> {
        let geocoder = Arc::clone(&self.geocoder);
        tokio::task::spawn_blocking(move || {
            let folder = geocoder.folder().to_owned();
            fs::create_dir_all(&folder).at(&folder)?;
            let _lock = locked(&folder)?;
            build(&geocoder, &all, &progress)
        })
        .await?
    }
}

fn locked(folder: &Path) -> Result<File> {
    let path = folder.join(LOCK);
    let lock = File::create(&path).at(&path)?;
    lock.lock().at(&path)?;
    Ok(lock)
}

fn build(geocoder: &Geocoder, all: &[Published], progress: &(dyn Fn(u8) + Send + Sync)) -> Result<()> {
    let folder = geocoder.folder();
    let before = geocoder::import::serving(geocoder)?;
    let scratch = tempfile::Builder::new().prefix(SCRATCH).tempdir_in(folder).at(folder)?;
    let mut builder = Builder::new(scratch.path(), BuildOptions::default());
    let mut communes = BTreeSet::new();
    for Published { base, streets } in all {
        let postcodes = Postcodes::new(&Ground::of(&base.commune)?, before.as_deref());
        for place in places::of_base(base, streets, &postcodes) {
            builder.add(&place).map_err(failed)?;
        }
        communes.insert(base.commune.clone());
    }
    match before {
        Some(index) => builder.add_index(&index, &communes).map_err(failed)?,
        None => {
            for place in gazetteer::communes() {
                builder.add(&place).map_err(failed)?;
            }
        }
    }
    geocoder.finish(builder, &|how_far: Progress| progress(share(how_far))).map_err(failed)?;
    Ok(())
}

fn failed(error: BuildError) -> Error {
    ImportError::from(error).into()
}

/// The joining of streets is the first half.
fn share(progress: Progress) -> u8 {
    let half = |done: u64, total: u64| u8::try_from(done * 50 / total.max(1)).unwrap_or(50).min(50);
    match progress.stage {
        Stage::Joining => half(progress.done, progress.total),
        Stage::Writing => 50 + half(progress.done, progress.total).min(49),
    }
}

/// What tells whether an index holds a base: the name of each street, its numbers and how many are certified.
type Outline = BTreeMap<String, (String, usize, usize)>;

fn holds(index: &Index, published: &Published) -> bool {
    let Some(town) = index.town_of_code(&published.base.commune) else { return false };
    let there: Outline = index
        .town(town)
        .places()
        .iter()
        .flatten()
        .map(|place| index.place(place))
        .filter(|place| matches!(place.kind(), Kind::Street | Kind::Locality))
        .map(|place| {
            let certified = place.numbers().iter().filter(|number| number.certified()).count();
            (place.id().to_owned(), (place.name().to_owned(), place.numbers().len(), certified))
        })
        .collect();
    there == outline(&places::of_base(&published.base, &published.streets, &Postcodes::default()))
}

fn outline(places: &[Place]) -> Outline {
    let line = |place: &Place| {
        // Of a number that is there twice an index keeps one.
        let mut numbers: BTreeMap<(u32, &str), bool> = BTreeMap::new();
        for number in &place.numbers {
            *numbers.entry((number.number, &number.suffix)).or_default() |= number.certified;
        }
        let certified = numbers.values().filter(|certified| **certified).count();
        (place.id.clone(), (place.name.clone(), numbers.len(), certified))
    };
    places.iter().map(line).collect()
}
