//! Communes as places.

use crate::place::{Place, PlaceKind, Position};

/// A commune, or a municipal arrondissement, from wherever its facts are known.
#[derive(Debug, Clone, Copy)]
pub struct Commune<'a> {
    /// INSEE code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its other names: of old, of a regional language, usual.
    pub aliases: &'a [&'a str],
    /// Its postcodes, the main one first.
    pub postcodes: &'a [&'a str],
    /// Inhabitants.
    pub population: Option<u32>,
    /// The town hall, or the middle.
    pub position: Position,
    /// Code of the city that an arrondissement is a part of, of the commune that a former one went into.
    pub parent: Option<&'a str>,
}

/// The place of a commune.
#[must_use]
pub fn municipality(commune: &Commune<'_>) -> Place {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let kind = PlaceKind::Municipality { population: commune.population, parent: commune.parent.map(str::to_owned) };
    let place = Place::new(kind, commune.code, commune.name, commune.code, commune.name, commune.position);
    Place { aliases: owned(commune.aliases), postcodes: owned(commune.postcodes), ..place }
}
