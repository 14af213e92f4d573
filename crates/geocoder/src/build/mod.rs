//! Building an index: places are set apart by département as they come, joined commune by commune on all cores, and
//! written one behind another.
//!
//! ```text
//! add ─► spill (by département) ─► segment: join, sort, count ─► assembly ─► file
//!                                  (as many at once as threads)   (in order)
//! ```

mod assembly;
mod city;
mod column;
mod import;
mod importance;
mod interner;
mod join;
mod parallel;
mod record;
pub(crate) mod segment;
pub(crate) mod sink;
mod spans;
mod spill;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
mod tree;
mod vocabulary;

use crate::{
    error::BuildError,
    index::Index,
    place::{Place, PlaceKind},
};
use assembly::Assembly;
use segment::Segment;
use spill::Spill;
use std::{
    borrow::Cow,
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// How an index is built.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// Départements that are worked on at once; 0 for as many as the machine has cores.
    pub threads: usize,
    /// Bytes of memory that the builder tries to stay within. What a single commune or the names of a whole country take
    /// isn't divided further: some 300 MB for 26 million house numbers.
    pub memory_bytes: usize,
}

impl Default for BuildOptions {
    fn default() -> BuildOptions {
        BuildOptions { threads: 0, memory_bytes: 512 << 20 }
    }
}

/// How far the builder is, after all places were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What it is at.
    pub stage: Stage,
    /// Steps of the stage that are done, of `total`.
    pub done: u64,
    /// Steps of the stage.
    pub total: u64,
}

/// What a builder does one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Pieces of streets are joined and sorted, département by département.
    Joining,
    /// Names, words and spatial trees are written.
    Writing,
}

/// What an index holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Streets.
    pub streets: u64,
    /// Localities.
    pub localities: u64,
    /// Communes, arrondissements and communes of before.
    pub municipalities: u64,
    /// Points of interest.
    pub pois: u64,
    /// House numbers.
    pub numbers: u64,
    /// Places without any position, house numbers above 262 143.
    pub left_out: u64,
    /// Length of the file.
    pub bytes: u64,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

/// Gathers places and writes the index.
#[derive(Debug)]
pub struct Builder {
    scratch: PathBuf,
    options: BuildOptions,
    spill: Spill,
    turn: u32,
    communes: BTreeSet<String>,
}

impl Builder {
    /// A builder that keeps what doesn't fit in memory in a folder that exists; nothing is left there afterwards.
    #[must_use]
    pub fn new(scratch: &Path, options: BuildOptions) -> Builder {
        let spill = Spill::new(scratch, options.memory_bytes / 8);
        Builder { scratch: scratch.to_owned(), options, spill, turn: 0, communes: BTreeSet::new() }
    }

    /// Adds a place or a piece of one. Where pieces disagree, the first one tells; of a house number that comes twice,
    /// the certified one or the last one counts.
    ///
    /// # Errors
    /// The scratch folder can't be written.
    pub fn add(&mut self, place: &Place) -> Result<(), BuildError> {
        self.turn = self.turn.saturating_add(1);
        if matches!(place.kind, PlaceKind::Street | PlaceKind::Locality) && !self.communes.contains(&place.city_code) {
            self.communes.insert(place.city_code.clone());
        }
        self.add_at(place, self.turn)
    }

    /// Adds what another index holds, less the streets, localities and points of interest of some communes (or communes
    /// of before): those that new files bring. Municipalities stay, and what new files say of them wins.
    ///
    /// # Errors
    /// The scratch folder can't be written.
    pub fn add_index(&mut self, index: &Index, without: &BTreeSet<String>) -> Result<(), BuildError> {
        for place in 0..index.places() {
            if let Some(place) = import::place(index, place, without) {
                self.add_at(&place, 0)?;
            }
        }
        Ok(())
    }

    /// INSEE codes of the communes of which streets or localities were added: those to leave out of the index of before.
    #[must_use]
    pub fn communes(&self) -> &BTreeSet<String> {
        &self.communes
    }

    /// Writes the index to a file: under another name until it is whole and on the disk.
    ///
    /// # Errors
    /// Scratch folder or file can't be written; there are more than four thousand million of something.
    pub fn finish(self, to: &Path, progress: &(dyn Fn(Progress) + Sync)) -> Result<Summary, BuildError> {
        let partitions = self.spill.into_partitions();
        let total = partitions.len() as u64;
        let mut assembly = Assembly::new(to, &self.scratch)?;
        let threads = match self.options.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let work = |rank| partitions.read(rank).and_then(|records| Segment::of(&records));
        progress(Progress { stage: Stage::Joining, done: 0, total });
        let mut done = 0;
        parallel::in_order(partitions.len(), threads, work, |segment| {
            assembly.take(segment?)?;
            done += 1;
            progress(Progress { stage: Stage::Joining, done, total });
            Ok(())
        })?;
        assembly.finish(progress)
    }

    fn add_at(&mut self, place: &Place, turn: u32) -> Result<(), BuildError> {
        let place = placed(place);
        let commune = match &place.kind {
            PlaceKind::Municipality { parent: Some(parent), .. }
                if city::of_arrondissement(&place.city_code).is_none() =>
            {
                parent.clone()
            }
            _ => place.city_code.clone(),
        };
        self.spill.add(&commune, |into| record::write(&place, &commune, turn, into))
    }
}

/// The place with what its codes tell: its arrondissement when only the city is known; a commune of before as one.
fn placed(place: &Place) -> Cow<'_, Place> {
    let postcode = place.postcodes.first().map(String::as_str).unwrap_or_default();
    match &place.kind {
        PlaceKind::Municipality { parent: Some(_), .. } if city::of_arrondissement(&place.city_code).is_none() => {
            let mut old = place.clone();
            old.old_city_code = Some(place.city_code.clone());
            old.old_city = Some(place.name.clone());
            Cow::Owned(old)
        }
        PlaceKind::Municipality { .. } => Cow::Borrowed(place),
        _ => match city::arrondissement_of(&place.city_code, postcode) {
            Some(code) => Cow::Owned(Place { city_code: code, ..place.clone() }),
            None => Cow::Borrowed(place),
        },
    }
}
