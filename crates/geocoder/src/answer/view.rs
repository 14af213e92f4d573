//! Answers made of what lies in an index.

use super::{Hit, Kind};
use crate::index::{Index, NumberView, PlaceId, PlaceView, TownKind};
use crate::place::{Position, id_of_number};
use crate::projection::projected;
use crate::territory::territory;

impl Hit {
    /// A place as an answer. Score and distance are the asker's to set.
    #[must_use]
    pub fn of_place(place: PlaceView<'_>) -> Hit {
        let town = place.town();
        let kind = place.kind();
        let name = place.name().to_owned();
        let city = place.city().to_owned();
        let postcode = place.postcode().map(str::to_owned);
        let arrondissement = || (town.kind() == TownKind::Arrondissement).then(|| town.name().to_owned());
        Hit {
            kind,
            score: 0.0,
            id: place.id().to_owned(),
            ban_id: place.ban_id(),
            label: label(kind, &name, postcode.as_deref(), &city),
            housenumber: None,
            street: (kind == Kind::Street).then(|| name.clone()),
            name,
            postcode,
            city_code: town.code().to_owned(),
            city,
            district: place.district().map(|district| district.name().to_owned()).or_else(arrondissement),
            old_city_code: place.old_town().map(|old| old.code().to_owned()),
            old_city: place.old_town().map(|old| old.name().to_owned()),
            context: territory(town.code()).map_or_else(String::new, |territory| territory.context.clone()),
            position: place.position(),
            projected: projected(town.code(), place.position()),
            importance: place.importance(),
            distance: None,
            population: place.population(),
            categories: place.categories().map(str::to_owned).collect(),
            interpolated: false,
            certified: None,
            explanation: None,
        }
    }

    /// A house number as an answer.
    #[must_use]
    pub fn of_number(index: &Index, number: NumberView<'_>) -> Hit {
        let mut hit = Hit::of_place(index.place(number.place()));
        hit.id = number.id();
        hit.ban_id = number.ban_id();
        hit.certified = Some(number.certified());
        if let Some(postcode) = number.postcode().filter(|postcode| hit.postcode.as_deref() != Some(*postcode)) {
            hit.postcode = Some(postcode.to_owned());
        }
        hit.become_number(number.number(), number.suffix(), number.position());
        hit
    }

    /// A house number that the index hasn't, at a position reckoned from its neighbours.
    #[must_use]
    pub fn of_reckoned_number(index: &Index, place: PlaceId, number: u32, suffix: &str, position: Position) -> Hit {
        let mut hit = Hit::of_place(index.place(place));
        hit.id = id_of_number(&hit.id, number, suffix);
        hit.ban_id = None;
        hit.interpolated = true;
        hit.certified = Some(false);
        hit.become_number(number, suffix, position);
        hit
    }

    fn become_number(&mut self, number: u32, suffix: &str, position: Position) {
        let housenumber = format!("{number}{suffix}");
        let street = std::mem::take(&mut self.name);
        self.kind = Kind::HouseNumber;
        self.name = format!("{housenumber} {street}");
        self.label = label(Kind::HouseNumber, &self.name, self.postcode.as_deref(), &self.city);
        self.housenumber = Some(housenumber);
        self.street = Some(street);
        self.position = position;
        self.projected = projected(&self.city_code, position);
        self.population = None;
    }
}

/// The answer on one line. A municipality's is its name, and its postcode is told apart.
fn label(kind: Kind, name: &str, postcode: Option<&str>, city: &str) -> String {
    if kind == Kind::Municipality {
        return name.to_owned();
    }
    let mut label = String::with_capacity(name.len() + city.len() + 8);
    label.push_str(name);
    for part in [postcode.unwrap_or_default(), city] {
        if !part.is_empty() {
            label.push(' ');
            label.push_str(part);
        }
    }
    label
}
