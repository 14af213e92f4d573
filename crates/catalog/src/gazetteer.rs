//! The communes of France as places of the geocoder: the least that an installation can find, before any address file is
//! imported and where none describes a commune.

use std::path::PathBuf;
use std::sync::Arc;

use geocoder::import::{ImportOptions, ImportProgress, Imported};
use geocoder::source::{self, Locate, Unlocated};
use geocoder::{Index, Place, PlaceKind, Position};
use geography::{Commune, CommuneKind, Geography};

use crate::error::Result;
use crate::platform::Platform;
use crate::slug::fold;

/// Every commune, arrondissement, and commune of before that is part of another.
pub fn communes() -> impl Iterator<Item = Place> {
    Geography::shipped().communes().filter_map(place)
}

fn place(commune: Commune) -> Option<Place> {
    let point = commune.town_hall().or_else(|| commune.centre())?;
    let position = Position::new(point.lon, point.lat)?;
    let parent = commune.parent();
    let city = parent.unwrap_or(commune).name();
    let kind = PlaceKind::Municipality {
        population: commune.population(),
        parent: parent.map(|parent| parent.code().to_owned()),
    };
    let mut place = Place::new(kind, commune.code(), commune.name(), commune.code(), city, position);
    // A commune of before has the code of the one that it is part of when it was its seat: they are two places.
    if commune.kind() != CommuneKind::Current && parent.is_some_and(|parent| parent.code() == commune.code()) {
        return None;
    }
    if commune.kind() == CommuneKind::Arrondissement {
        place.district = Some(commune.name().to_owned());
    }
    place.postcodes = commune.postcodes().map(str::to_owned).collect();
    Some(place)
}

/// Code and name of a commune.
pub fn named(code: &str) -> Option<(String, String)> {
    Geography::shipped().commune(code).map(of)
}

/// Finds the commune of what names none by its code: the one around its position, or where none is, the one that its
/// postcode serves and that has its name.
pub fn locate() -> Locate {
    Arc::new(|place: Unlocated<'_>| {
        let geography = Geography::shipped();
        let around = geography.at(place.position.lon, place.position.lat);
        let served = || {
            let mut communes = geography.of_postcode(place.postcode);
            let first = communes.next()?;
            let alike = |commune: &Commune| fold(commune.name()) == fold(place.city);
            [first].into_iter().chain(communes).find(alike)
        };
        around.or_else(served).map(of)
    })
}

fn of(commune: Commune) -> (String, String) {
    (commune.code().to_owned(), commune.name().to_owned())
}

impl Platform {
    /// Imports files of addresses: they replace the communes that they describe.
    ///
    /// # Errors
    /// When a file can't be read, brings nothing, or the folder of addresses can't be written.
    pub async fn import_addresses(
        &self,
        files: Vec<PathBuf>,
        options: ImportOptions,
        progress: impl Fn(ImportProgress) + Send + Sync + 'static,
    ) -> Result<Imported> {
        let geocoder = Arc::clone(&self.geocoder);
        let source =
            source::Options { locate: options.source.locate.clone().or(Some(locate())), ..options.source.clone() };
        let options = ImportOptions { source, ..options };
        let import = move || geocoder::import::import(&geocoder, &files, communes(), &options, &progress);
        Ok(tokio::task::spawn_blocking(import).await??)
    }

    /// Makes an index of the communes alone when there is none yet. Whoever asks for addresses waits for it from the
    /// moment of this call, not from the moment that its future is polled.
    ///
    /// # Errors
    /// When the folder of addresses can't be written, or holds an index that can't be read.
    pub fn prepare_addresses(&self) -> impl Future<Output = Result<()>> + use<> {
        let turn = Arc::clone(&self.preparing).try_write_owned();
        let geocoder = Arc::clone(&self.geocoder);
        async move {
            let _turn = turn;
            if geocoder.current().is_some() {
                return Ok(());
            }
            let built = tokio::task::spawn_blocking(move || geocoder::import::communes_alone(&geocoder, communes()));
            Ok(built.await??)
        }
    }

    /// The index of addresses of this moment; once it is made, when the first one is being made. `None`: there is none.
    pub async fn addresses(&self) -> Option<Arc<Index>> {
        if let Some(index) = self.geocoder.current() {
            return Some(index);
        }
        drop(self.preparing.read().await);
        self.geocoder.current()
    }
}
