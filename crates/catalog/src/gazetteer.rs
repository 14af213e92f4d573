//! The communes of France as places of the geocoder: the least that an installation can find, before any address file is
//! imported and where none describes a commune.

use std::sync::Arc;

use geocoder::{Place, PlaceKind, Position};
use geography::{Commune, CommuneKind, Geography};

use crate::error::Result;
use crate::platform::Platform;

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

impl Platform {
    /// Makes an index of the communes alone when there is none yet.
    ///
    /// # Errors
    /// When the folder of addresses can't be written.
    pub async fn prepare_addresses(&self) -> Result<()> {
        if self.geocoder.current().is_some() {
            return Ok(());
        }
        let geocoder = Arc::clone(&self.geocoder);
        let built = tokio::task::spawn_blocking(move || geocoder::import::communes_alone(&geocoder, communes()));
        Ok(built.await??)
    }
}
