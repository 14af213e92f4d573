//! What a town published goes into the index that answers searches, in place of what it held of the commune.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use geocoder::build::{BuildOptions, Builder, Progress, Stage};
use geocoder::import::ImportError;
use geocoder::{BuildError, Geocoder, Place};

use super::places::{self, Postcodes};
use super::{Base, Ground};
use crate::error::{AtPath as _, Error, Result};
use crate::gazetteer;
use crate::platform::Platform;

/// Held by whatever writes an index in the folder, imports too.
const LOCK: &str = "import.lock";
/// Folders of work begin so: those that a killed program left are cleared by the next import.
const SCRATCH: &str = "tmp-import";

impl Platform {
    /// Gives the addresses of a base to the index that answers searches; what it held of the commune is replaced, the
    /// rest kept. Whoever searches meanwhile is answered by the index of before. `progress` is told a share of a hundred.
    ///
    /// # Errors
    /// When the index can't be built or installed: then it is as it was.
    pub async fn index_addresses(&self, base: &Base, progress: impl Fn(u8) + Send + Sync + 'static) -> Result<()> {
        let streets = self.whole_addresses(base).await?;
        let (base, geocoder) = (base.clone(), Arc::clone(&self.geocoder));
        tokio::task::spawn_blocking(move || {
            let ground = Ground::of(&base.commune)?;
            let folder = geocoder.folder().to_owned();
            fs::create_dir_all(&folder).at(&folder)?;
            let _lock = locked(&folder)?;
            let before = Geocoder::open(&folder).current();
            let postcodes = Postcodes::new(&ground, before.as_deref());
            let places = places::of_base(&base, &streets, &postcodes);
            drop(streets);
            build(&geocoder, &places, &base.commune, &progress)
        })
        .await?
    }

    /// The places of every base that was published here, commune by commune: what an import of other files must not
    /// replace.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub async fn published_places(&self) -> Result<Vec<(String, Vec<Place>)>> {
        let mut all = Vec::new();
        for base in self.records.published_address_bases().await? {
            let streets = self.whole_addresses(&base).await?;
            let ground = Ground::of(&base.commune)?;
            let index = self.geocoder.current();
            let postcodes = Postcodes::new(&ground, index.as_deref());
            all.push((base.commune.clone(), places::of_base(&base, &streets, &postcodes)));
        }
        Ok(all)
    }
}

fn locked(folder: &Path) -> Result<File> {
    let path = folder.join(LOCK);
    let lock = File::create(&path).at(&path)?;
    lock.lock().at(&path)?;
    Ok(lock)
}

fn build(geocoder: &Geocoder, places: &[Place], commune: &str, progress: &(dyn Fn(u8) + Send + Sync)) -> Result<()> {
    let folder = geocoder.folder();
    let scratch = tempfile::Builder::new().prefix(SCRATCH).tempdir_in(folder).at(folder)?;
    let mut builder = Builder::new(scratch.path(), BuildOptions::default());
    for place in places {
        builder.add(place).map_err(failed)?;
    }
    // The index that serves right now: another program may have imported while this one waited for its turn.
    match Geocoder::open(folder).current() {
        Some(index) => builder.add_index(&index, &BTreeSet::from([commune.to_owned()])).map_err(failed)?,
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
