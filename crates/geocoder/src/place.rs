//! What an import brings: streets, named places, towns and points of interest, with the house numbers of each.

use std::{fmt, str::FromStr};

/// A point of the WGS 84 ellipsoid, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Longitude, −180 to 180, east of Greenwich.
    pub lon: f64,
    /// Latitude, −90 to 90, north of the equator.
    pub lat: f64,
}

/// Mean radius of the Earth, in metres.
const EARTH: f64 = 6_371_008.8;

impl Position {
    /// The point of this longitude and latitude, unless one of them is no number or lies outside the globe.
    #[must_use]
    pub fn new(lon: f64, lat: f64) -> Option<Position> {
        ((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)).then_some(Position { lon, lat })
    }

    /// Metres between two points along the great circle.
    #[must_use]
    pub fn distance(self, other: Position) -> f64 {
        let (lat, other_lat) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = ((other_lat - lat) / 2.0).sin();
        let half_lon = ((other.lon - self.lon).to_radians() / 2.0).sin();
        let chord = half_lat * half_lat + lat.cos() * other_lat.cos() * half_lon * half_lon;
        2.0 * EARTH * chord.sqrt().min(1.0).asin()
    }
}

/// What a place is, and what only that kind has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceKind {
    /// A named way.
    Street,
    /// A hamlet, a farm, a quarter: a named place without ways.
    Locality,
    /// A commune, or a municipal arrondissement of Paris, Lyon or Marseille.
    Municipality {
        /// Inhabitants.
        population: Option<u32>,
        /// Code of the commune that this one is a part of: an arrondissement's city, a delegated commune's commune.
        parent: Option<String>,
    },
    /// A point of interest: a town hall, a school, a station.
    Poi {
        /// The names of its categories, the most precise first.
        categories: Vec<String>,
    },
}

/// The lasting identifier that the national address base gives to a way or to an address: a UUID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BanId(pub u128);

impl FromStr for BanId {
    type Err = NotBanId;

    fn from_str(text: &str) -> Result<BanId, NotBanId> {
        let mut value = 0u128;
        let mut digits = 0;
        for character in text.chars() {
            match character.to_digit(16) {
                Some(digit) if digits < 32 => value = (value << 4) | u128::from(digit),
                None if character == '-' && matches!(digits, 8 | 12 | 16 | 20) => continue,
                _ => return Err(NotBanId),
            }
            digits += 1;
        }
        if digits == 32 { Ok(BanId(value)) } else { Err(NotBanId) }
    }
}

impl fmt::Display for BanId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0;
        write!(
            formatter,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            value >> 96,
            (value >> 80) & 0xffff,
            (value >> 64) & 0xffff,
            (value >> 48) & 0xffff,
            value & 0xffff_ffff_ffff
        )
    }
}

impl fmt::Debug for BanId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// A text that isn't a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of the national address base: a UUID is expected")]
pub struct NotBanId;

/// A number of a way or a place, as `12 bis`.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseNumber {
    /// The number alone.
    pub number: u32,
    /// What follows it, in lower case without spaces: `""`, `bis`, `b`.
    pub suffix: Box<str>,
    /// Its identifier in the source, unless it is the one that [`HouseNumber::id_in`] makes of the place's.
    pub id: Option<Box<str>>,
    /// Its lasting identifier.
    pub ban_id: Option<BanId>,
    /// Where it is.
    pub position: Position,
    /// The town vouches for it.
    pub certified: bool,
    /// Its postcode when it isn't the first of its place's.
    pub postcode: Option<Box<str>>,
}

impl HouseNumber {
    /// A number with nothing but a position.
    #[must_use]
    pub fn new(number: u32, suffix: &str, position: Position) -> HouseNumber {
        HouseNumber {
            number,
            suffix: suffix.into(),
            id: None,
            ban_id: None,
            position,
            certified: false,
            postcode: None,
        }
    }

    /// Its identifier: the source's, or as national files write it, `11076_0123_00020_bis` for number 20 bis of
    /// `11076_0123`.
    #[must_use]
    pub fn id_in(&self, place: &str) -> String {
        match &self.id {
            Some(id) => id.to_string(),
            None => id_of_number(place, self.number, &self.suffix),
        }
    }
}

/// The identifier that national files give to a number of a place.
#[must_use]
pub fn id_of_number(place: &str, number: u32, suffix: &str) -> String {
    let separator = if suffix.is_empty() { "" } else { "_" };
    format!("{place}_{number:05}{separator}{suffix}")
}

/// A place and its house numbers, or a piece of one: files give some streets in several pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Its identifier in the source: `11076_0123` for a way, the commune's code for a commune. Pieces of one place have
    /// the same.
    pub id: String,
    /// Its lasting identifier.
    pub ban_id: Option<BanId>,
    /// Its name as signs write it.
    pub name: String,
    /// Its other names: in a regional language, of old, or usual.
    pub aliases: Vec<String>,
    /// Its postcodes, the main one first.
    pub postcodes: Vec<String>,
    /// INSEE code of its commune (of its municipal arrondissement where there are some), never empty.
    pub city_code: String,
    /// Name of its commune.
    pub city: String,
    /// Municipal arrondissement or quarter.
    pub district: Option<String>,
    /// Code of the former commune where it lies.
    pub old_city_code: Option<String>,
    /// Name of the former commune where it lies.
    pub old_city: Option<String>,
    /// Where it is: for a street, a point on it.
    pub position: Position,
    /// How much it is looked for, 0 to 1, when the source says so.
    pub importance: Option<f32>,
    /// Its numbers, in no order.
    pub numbers: Vec<HouseNumber>,
}

impl Place {
    /// A place of which only the essentials are known.
    #[must_use]
    pub fn new(kind: PlaceKind, id: &str, name: &str, city_code: &str, city: &str, position: Position) -> Place {
        Place {
            kind,
            id: id.to_owned(),
            ban_id: None,
            name: name.to_owned(),
            aliases: Vec::new(),
            postcodes: Vec::new(),
            city_code: city_code.to_owned(),
            city: city.to_owned(),
            district: None,
            old_city_code: None,
            old_city: None,
            position,
            importance: None,
            numbers: Vec::new(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn a_lasting_identifier_is_read_and_written_alike() {
        let text = "26c3b0a2-9a3d-4f0e-8f5c-0d1e2f3a4b5c";
        assert_eq!(text.parse::<BanId>().unwrap().to_string(), text);
        assert!("26c3b0a2".parse::<BanId>().is_err());
        assert!("26c3b0a29-a3d-4f0e-8f5c-0d1e2f3a4b5c".parse::<BanId>().is_err());
    }

    #[test]
    fn a_number_has_the_identifier_of_national_files_unless_the_source_gives_another() {
        let here = Position { lon: 2.0, lat: 43.0 };
        assert_eq!(HouseNumber::new(20, "bis", here).id_in("11076_0123"), "11076_0123_00020_bis");
        assert_eq!(HouseNumber::new(7, "", here).id_in("11076_0123"), "11076_0123_00007");
        let other = HouseNumber { id: Some("x-7".into()), ..HouseNumber::new(7, "", here) };
        assert_eq!(other.id_in("11076_0123"), "x-7");
    }

    #[test]
    fn positions_outside_the_globe_are_none() {
        assert!(Position::new(181.0, 0.0).is_none());
        assert!(Position::new(0.0, f64::NAN).is_none());
        assert!(Position::new(1.95, 43.31).is_some());
    }

    #[test]
    fn paris_is_392_km_from_lyon() {
        let paris = Position { lon: 2.3522, lat: 48.8566 };
        let lyon = Position { lon: 4.8357, lat: 45.7640 };
        assert!((paris.distance(lyon) / 1000.0 - 391.5).abs() < 1.0);
    }
}
