//! Places read back from an index: an import keeps what the new files don't bring.

use crate::{
    answer::Kind,
    index::{Index, NumberView, PlaceId, PlaceView, TownKind},
    place::{HouseNumber, Place, PlaceKind},
};
use std::collections::BTreeSet;

/// A place of an index as a source would give it, unless it lies in one of the communes to leave out.
pub(super) fn place(index: &Index, id: PlaceId, without: &BTreeSet<String>) -> Option<Place> {
    let view = index.place(id);
    let town = view.town();
    let old = view.old_town();
    let codes = [Some(town.code()), town.parent().map(|city| city.code()), old.map(|old| old.code())];
    if view.kind() != Kind::Municipality && codes.into_iter().flatten().any(|code| without.contains(code)) {
        return None;
    }
    let is_old = old.is_some_and(|old| old.municipality() == Some(id));
    let city_code = if is_old { old.unwrap_or(town).code() } else { town.code() };
    Some(Place {
        kind: kind(view, is_old),
        id: view.id().to_owned(),
        ban_id: view.ban_id(),
        name: view.name().to_owned(),
        aliases: view.aliases().map(|(name, _)| name.to_owned()).collect(),
        postcodes: view.postcodes().map(str::to_owned).collect(),
        city_code: city_code.to_owned(),
        city: view.city().to_owned(),
        district: view.district().map(|district| district.name().to_owned()),
        old_city_code: old.map(|old| old.code().to_owned()),
        old_city: old.map(|old| old.name().to_owned()),
        position: view.position(),
        importance: Some(view.importance()),
        numbers: view.numbers().iter().map(number).collect(),
    })
}

fn kind(view: PlaceView<'_>, is_old: bool) -> PlaceKind {
    match view.kind() {
        Kind::Locality => PlaceKind::Locality,
        Kind::Poi => PlaceKind::Poi { categories: view.categories().map(str::to_owned).collect() },
        Kind::Municipality => {
            let town = view.town();
            let parent =
                if is_old { Some(town) } else { town.parent().filter(|_| town.kind() == TownKind::Arrondissement) };
            PlaceKind::Municipality {
                population: view.population(),
                parent: parent.map(|parent| parent.code().to_owned()),
            }
        }
        Kind::Street | Kind::HouseNumber => PlaceKind::Street,
    }
}

fn number(view: NumberView<'_>) -> HouseNumber {
    HouseNumber {
        number: view.number(),
        suffix: view.suffix().into(),
        id: view.own_id().map(Into::into),
        ban_id: view.ban_id(),
        position: view.position(),
        certified: view.certified(),
        postcode: view.own_postcode().map(Into::into),
    }
}
