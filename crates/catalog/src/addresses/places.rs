//! Between the streets of a base and the places of the address index.

use std::collections::HashMap;

use geocoder::index::PlaceView;
use geocoder::{BanId, HouseNumber, Index, Kind, Place, PlaceKind};
use jiff::civil::Date;
use uuid::Uuid;

use super::{Base, Fault, Ground, MOST_NUMBERS, MOST_STREETS, Number, Part, Position, Street, StreetKind, code, name};

/// Streets made of what an index or a file of another format knows of a commune: names, numbers, one position each.
pub struct Gathering<'a> {
    ground: &'a Ground,
    on: Date,
    streets: Vec<Street>,
    by_id: HashMap<String, usize>,
    numbers: usize,
}

impl<'a> Gathering<'a> {
    /// Nothing yet.
    pub fn new(ground: &'a Ground, on: Date) -> Self {
        Self { ground, on, streets: Vec::new(), by_id: HashMap::new(), numbers: 0 }
    }

    /// Whether a commune's code is this commune's, of today or of before.
    pub fn is_here(&self, city_code: &str) -> bool {
        city_code == self.ground.code || self.ground.parts.iter().any(|part| part.code == city_code)
    }

    /// Takes a place of a file, when it is a street or a lieu-dit of the commune; pieces of one street become one. Says
    /// whether it was.
    ///
    /// # Errors
    /// [`Fault::TooMany`].
    pub fn add(&mut self, place: &Place) -> Result<bool, Fault> {
        let kind = match place.kind {
            PlaceKind::Street => StreetKind::Street,
            PlaceKind::Locality => StreetKind::Locality,
            PlaceKind::Municipality { .. } | PlaceKind::Poi { .. } => return Ok(false),
        };
        if !self.is_here(&place.city_code) {
            return Ok(false);
        }
        let part = part(place.old_city_code.as_deref(), place.old_city.as_deref());
        let at = self.street(&place.id, kind, &place.name, place.ban_id, part)?;
        if kind == StreetKind::Locality {
            self.locate(at, place.position);
        }
        for number in &place.numbers {
            self.number(at, number.number, &number.suffix, number.ban_id, number.position, number.certified)?;
        }
        Ok(true)
    }

    /// Takes a place of an index.
    ///
    /// # Errors
    /// [`Fault::TooMany`].
    pub fn add_view(&mut self, place: PlaceView<'_>) -> Result<(), Fault> {
        let kind = match place.kind() {
            Kind::Street => StreetKind::Street,
            Kind::Locality => StreetKind::Locality,
            Kind::HouseNumber | Kind::Municipality | Kind::Poi => return Ok(()),
        };
        let old = place.old_town();
        let part = old.and_then(|town| part(Some(town.code()), Some(town.name())));
        let at = self.street(place.id(), kind, place.name(), place.ban_id(), part)?;
        if kind == StreetKind::Locality {
            self.locate(at, place.position());
        }
        for number in place.numbers().iter() {
            self.number(at, number.number(), number.suffix(), number.ban_id(), number.position(), number.certified())?;
        }
        Ok(())
    }

    fn street(
        &mut self,
        id: &str,
        kind: StreetKind,
        name: &str,
        ban_id: Option<BanId>,
        part: Option<Part>,
    ) -> Result<usize, Fault> {
        if let Some(at) = self.by_id.get(id) {
            return Ok(*at);
        }
        if self.streets.len() >= MOST_STREETS {
            return Err(Fault::TooMany { what: "streets", most: MOST_STREETS });
        }
        let code = id.split('_').nth(1).map(str::to_lowercase).filter(|code| code::is_known(code));
        self.streets.push(Street {
            id: uuid(ban_id),
            revision: 1,
            kind,
            name: name::tidied(name),
            other_names: std::collections::BTreeMap::new(),
            code: code.unwrap_or_default(),
            part: part.filter(|part| part.code != self.ground.code),
            positions: Vec::new(),
            parcels: Vec::new(),
            certified: false,
            source: None,
            updated_on: self.on,
            comment: None,
            numbers: Vec::new(),
        });
        self.by_id.insert(id.to_owned(), self.streets.len() - 1);
        Ok(self.streets.len() - 1)
    }

    fn locate(&mut self, at: usize, position: geocoder::Position) {
        if let (Some(street), Ok(position)) =
            (self.streets.get_mut(at), Position::new(None, position.lon, position.lat))
            && street.positions.is_empty()
        {
            street.positions.push(position);
        }
    }

    fn number(
        &mut self,
        at: usize,
        number: u32,
        suffix: &str,
        ban_id: Option<BanId>,
        position: geocoder::Position,
        certified: bool,
    ) -> Result<(), Fault> {
        if !(1..=Number::LARGEST).contains(&number) {
            return Ok(());
        }
        self.numbers += 1;
        if self.numbers > MOST_NUMBERS {
            return Err(Fault::TooMany { what: "numbers", most: MOST_NUMBERS });
        }
        let suffix: String = crate::slug::fold(suffix).chars().filter(char::is_ascii_alphanumeric).take(10).collect();
        let positions = Position::new(None, position.lon, position.lat).into_iter().collect();
        if let Some(street) = self.streets.get_mut(at) {
            let new = Number::new(number, suffix, self.on);
            street.numbers.push(Number { id: uuid(ban_id), positions, certified, ..new });
        }
        Ok(())
    }

    /// The streets, each with its code and its numbers in order.
    ///
    /// # Errors
    /// [`Fault::NoAddress`] when there is none.
    pub fn finish(mut self) -> Result<Vec<Street>, Fault> {
        if self.streets.is_empty() {
            return Err(Fault::NoAddress { commune: self.ground.code.clone() });
        }
        let mut seen = std::collections::HashSet::new();
        for street in &mut self.streets {
            if !seen.insert(street.id) {
                street.id = Uuid::new_v4();
            }
            // A code that two streets have says nothing of either.
            street.sort();
            street.numbers.dedup_by(|a, b| (a.number, &a.suffix, &a.positions) == (b.number, &b.suffix, &b.positions));
        }
        code::assign(&mut self.streets);
        Ok(self.streets)
    }
}

fn part(code: Option<&str>, name: Option<&str>) -> Option<Part> {
    let code = code.filter(|code| !code.is_empty())?;
    Some(Part { code: code.to_owned(), name: name.unwrap_or_default().to_owned() })
}

fn uuid(ban_id: Option<BanId>) -> Uuid {
    ban_id.map_or_else(Uuid::new_v4, |id| Uuid::from_u128(id.0))
}

/// What an index knows of a commune.
///
/// # Errors
/// [`Fault::Unknown`] when it knows no street of it.
pub fn of_index(index: &Index, ground: &Ground, on: Date) -> Result<Vec<Street>, Fault> {
    let unknown = || Fault::Unknown { commune: ground.code.clone() };
    let town = index.town_of_code(&ground.code).ok_or_else(unknown)?;
    let mut gathering = Gathering::new(ground, on);
    for place in index.town(town).places().iter().flatten() {
        gathering.add_view(index.place(place))?;
    }
    gathering.finish().map_err(|fault| if matches!(fault, Fault::NoAddress { .. }) { unknown() } else { fault })
}

/// How many streets and numbers an index knows of a commune: what beginning from it would give.
pub fn count(index: &Index, code: &str) -> (u64, u64) {
    let Some(town) = index.town_of_code(code) else { return (0, 0) };
    let places = index.town(town).places();
    let streets = places.iter().flatten().map(|place| index.place(place));
    let streets = streets.filter(|place| matches!(place.kind(), Kind::Street | Kind::Locality));
    streets.fold((0, 0), |(streets, numbers), place| (streets + 1, numbers + place.numbers().len() as u64))
}

/// The places of a base, as the index takes them. What nobody can be sent to is left out.
pub fn of_base(base: &Base, streets: &[Street], postcodes: &Postcodes) -> Vec<Place> {
    streets.iter().filter_map(|street| of_street(base, street, postcodes)).collect()
}

fn of_street(base: &Base, street: &Street, postcodes: &Postcodes) -> Option<Place> {
    let kind = match street.kind {
        StreetKind::Street => PlaceKind::Street,
        StreetKind::Locality => PlaceKind::Locality,
    };
    let id = format!("{}_{}", base.commune, street.code);
    let mut place = Place::new(kind, &id, &street.name, &base.commune, &base.commune_name, street.point()?);
    // Identifiers that are in no published file are nobody's business.
    let identified = base.settings.ban_commune.is_some();
    place.ban_id = identified.then(|| BanId(street.id.as_u128()));
    place.aliases = street.other_names.values().cloned().collect();
    place.old_city_code = street.part.as_ref().map(|part| part.code.clone());
    place.old_city = street.part.as_ref().map(|part| part.name.clone());
    place.postcodes = postcodes.of(street);
    place.numbers = street.numbers.iter().filter_map(|number| house_number(number, identified)).collect();
    Some(place)
}

fn house_number(number: &Number, identified: bool) -> Option<HouseNumber> {
    let position = number.positions.first()?.point();
    Some(HouseNumber {
        ban_id: identified.then(|| BanId(number.id.as_u128())),
        certified: number.certified,
        ..HouseNumber::new(number.number, &number.suffix, position)
    })
}

/// Postcodes of streets: the exchange format has none, the index of before may.
#[derive(Debug, Clone, Default)]
pub struct Postcodes {
    of_commune: Vec<String>,
    by_id: HashMap<Uuid, Vec<String>>,
    by_name: HashMap<String, Vec<String>>,
}

impl Postcodes {
    /// Those of a commune, and of its streets when an index knows them.
    pub fn new(ground: &Ground, index: Option<&Index>) -> Self {
        let commune = ground.commune();
        let mut postcodes = Self {
            of_commune: commune.postcodes().map(str::to_owned).collect(),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
        };
        if let Some(index) = index
            && postcodes.of_commune.len() != 1
            && let Some(town) = index.town_of_code(&ground.code)
        {
            for place in index.town(town).places().iter().flatten().map(|place| index.place(place)) {
                let own: Vec<String> = place.postcodes().map(str::to_owned).collect();
                if own.is_empty() || !matches!(place.kind(), Kind::Street | Kind::Locality) {
                    continue;
                }
                if let Some(id) = place.ban_id() {
                    postcodes.by_id.insert(Uuid::from_u128(id.0), own.clone());
                }
                postcodes.by_name.insert(name::alike(place.name()), own);
            }
        }
        postcodes
    }

    fn of(&self, street: &Street) -> Vec<String> {
        let own = self.by_id.get(&street.id).or_else(|| self.by_name.get(&name::alike(&street.name)));
        own.unwrap_or(&self.of_commune).clone()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const HERE: geocoder::Position = geocoder::Position { lon: 1.954, lat: 43.318 };

    fn place(id: &str, name: &str, numbers: &[(u32, &str)]) -> Place {
        let mut place = Place::new(PlaceKind::Street, id, name, "11076", "Castelnaudary", HERE);
        place.numbers = numbers.iter().map(|(number, suffix)| HouseNumber::new(*number, suffix, HERE)).collect();
        place
    }

    fn gathered(places: &[Place]) -> Result<Vec<Street>, Fault> {
        let ground = Ground::of("11076").unwrap();
        let mut gathering = Gathering::new(&ground, date(2026, 1, 1));
        for place in places {
            gathering.add(place)?;
        }
        gathering.finish()
    }

    #[test]
    fn pieces_of_a_street_become_one_with_its_code() {
        let streets = gathered(&[
            place("11076_0123", "Rue du Four", &[(3, ""), (1, "")]),
            place("11076_0123", "Rue du Four", &[(2, "bis")]),
            place("11076_u1gwfw", "Rue Neuve", &[]),
        ]);
        let streets = streets.unwrap();
        let labels: Vec<String> = streets[0].numbers.iter().map(Number::label).collect();
        assert_eq!(
            (streets[0].code.as_str(), labels.as_slice()),
            ("0123", ["1", "2 bis", "3"].map(str::to_owned).as_slice())
        );
        assert_eq!(streets[1].code, "y000");
    }

    #[test]
    fn what_is_elsewhere_is_not_taken() {
        let mut elsewhere = place("11069_0123", "Rue du Four", &[]);
        elsewhere.city_code = "11069".to_owned();
        assert!(matches!(gathered(&[elsewhere]), Err(Fault::NoAddress { .. })));
    }

    #[test]
    fn a_base_is_given_to_the_index_without_what_has_no_place() {
        let mut streets = gathered(&[place("11076_0123", "Rue du Four", &[(1, ""), (2, "bis")])]).unwrap();
        streets[0].numbers[0].positions.clear();
        let base = Base {
            id: Uuid::nil(),
            organization: Uuid::nil(),
            commune: "11076".to_owned(),
            commune_name: "Castelnaudary".to_owned(),
            settings: super::super::Settings { ban_commune: Some(Uuid::from_u128(7)), ..Default::default() },
            revision: 1,
            published: None,
            created_at: jiff::Timestamp::UNIX_EPOCH,
            modified_at: jiff::Timestamp::UNIX_EPOCH,
        };
        let places = of_base(&base, &streets, &Postcodes::new(&Ground::of("11076").unwrap(), None));
        assert_eq!(places[0].postcodes, ["11400"]);
        let [number] = places[0].numbers.as_slice() else { panic!("one number") };
        assert_eq!(
            (number.id_in(&places[0].id), number.ban_id.map(|id| id.0)),
            ("11076_0123_00002_bis".to_owned(), Some(streets[0].numbers[1].id.as_u128()))
        );
    }
}
