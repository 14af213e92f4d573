//! What a town's address base is made of.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Fault;

/// The addresses of one commune, kept by one organisation: the town, or the body that it entrusted with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// Its own identifier.
    pub id: Uuid,
    /// Who keeps it.
    pub organization: Uuid,
    /// INSEE code of the commune, or of a municipal arrondissement; an installation has one base for each.
    pub commune: String,
    /// Name of the commune.
    pub commune_name: String,
    /// What its keeper decided.
    pub settings: Settings,
    /// Grows by one at each change of the base or of anything in it.
    pub revision: i64,
    /// Its last publication.
    pub published: Option<Publication>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When anything in it last changed.
    pub modified_at: Timestamp,
}

/// What the keeper of a base decided for all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Who answers for the addresses, in the column `source`; the organisation's name when a row has no other.
    pub source: String,
    /// Identifier that the national address base gave the commune. With it rows carry lasting identifiers: the format
    /// wants all of them or none.
    pub ban_commune: Option<Uuid>,
}

/// When, where and in which state a base was last published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// When.
    pub at: Timestamp,
    /// The revision that was published.
    pub revision: i64,
    /// The dataset.
    pub dataset: Uuid,
    /// Its resource.
    pub resource: Uuid,
}

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StreetKind {
    /// A way: street, road, square.
    Street,
    /// A *lieu-dit*: a hamlet, a farm, a quarter. It has an address row of its own.
    Locality,
}

impl StreetKind {
    /// The name that records keep.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::Locality => "locality",
        }
    }

    /// The kind of a name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Street, Self::Locality].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A delegated or associated commune: the commune of before a merger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Part {
    /// Its INSEE code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A street or a lieu-dit with its numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Street {
    /// Its lasting identifier (*id_ban_toponyme*).
    pub id: Uuid,
    /// Grows by one at each change.
    pub revision: i64,
    /// What it is.
    pub kind: StreetKind,
    /// Its full name, as the council gave it.
    pub name: String,
    /// Names in regional languages, by code of the language: `bre`, `oci`.
    #[serde(default)]
    pub other_names: BTreeMap<String, String>,
    /// The four characters that stand for it in the national interoperability key, in lower case.
    pub code: String,
    /// The commune of before where it lies.
    #[serde(default)]
    pub part: Option<Part>,
    /// Where a lieu-dit is.
    #[serde(default)]
    pub positions: Vec<Position>,
    /// Cadastral parcels of a lieu-dit.
    #[serde(default)]
    pub parcels: Vec<String>,
    /// Whether the town vouches for the row of the lieu-dit itself.
    #[serde(default)]
    pub certified: bool,
    /// Who answers for the row of the lieu-dit, when it isn't the base's keeper.
    #[serde(default)]
    pub source: Option<String>,
    /// The day of its last change.
    pub updated_on: Date,
    /// A note among those who edit; never published.
    #[serde(default)]
    pub comment: Option<String>,
    /// Its numbers, in order.
    pub numbers: Vec<Number>,
}

/// What a list shows of a street.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StreetLine {
    /// Its identifier.
    pub id: Uuid,
    /// What it is.
    pub kind: StreetKind,
    /// Its name.
    pub name: String,
    /// Its code in the interoperability key.
    pub code: String,
    /// How many numbers it has.
    pub numbers: u32,
    /// For how many of them the town vouches.
    pub certified: u32,
    /// What is to be mended, and how often.
    pub problems: super::problem::Tally,
    /// Its revision.
    pub revision: i64,
}

/// A house number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// Its lasting identifier (*id_ban_adresse*).
    pub id: Uuid,
    /// 1 to [`Number::LARGEST`].
    pub number: u32,
    /// What follows the number, in lower case: `bis`, `b`; empty without.
    #[serde(default)]
    pub suffix: String,
    /// A historical or complementary place name.
    #[serde(default)]
    pub complement: Option<String>,
    /// Where it is, the main position first.
    #[serde(default)]
    pub positions: Vec<Position>,
    /// Cadastral parcels that it serves.
    #[serde(default)]
    pub parcels: Vec<String>,
    /// Whether the town vouches for it.
    #[serde(default)]
    pub certified: bool,
    /// Who answers for it, when it isn't the base's keeper.
    #[serde(default)]
    pub source: Option<String>,
    /// The day of its last change.
    pub updated_on: Date,
    /// A note among those who edit; never published.
    #[serde(default)]
    pub comment: Option<String>,
}

impl Number {
    /// The largest number; the format keeps those beyond for its own use.
    pub const LARGEST: u32 = 9_998;

    /// A number of which nothing else is known.
    pub fn new(number: u32, suffix: impl Into<String>, on: Date) -> Self {
        Self {
            id: Uuid::new_v4(),
            number,
            suffix: suffix.into(),
            complement: None,
            positions: Vec::new(),
            parcels: Vec::new(),
            certified: false,
            source: None,
            updated_on: on,
            comment: None,
        }
    }

    /// `12 bis`.
    pub fn label(&self) -> String {
        if self.suffix.is_empty() { self.number.to_string() } else { format!("{} {}", self.number, self.suffix) }
    }
}

/// Where an address is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// What of the address is there; unknown without.
    #[serde(default)]
    pub kind: Option<PositionKind>,
    /// Degrees east of Greenwich, to the seventh decimal (a centimetre).
    pub lon: f64,
    /// Degrees north of the equator, to the seventh decimal.
    pub lat: f64,
}

impl Position {
    /// A position on the globe.
    ///
    /// # Errors
    /// [`Fault::Position`] when it is outside.
    pub fn new(kind: Option<PositionKind>, lon: f64, lat: f64) -> Result<Self, Fault> {
        let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
        if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) {
            return Ok(Self { kind, lon: round(lon), lat: round(lat) });
        }
        Err(Fault::Position { lon, lat })
    }

    /// Metres to another position.
    pub fn metres_to(&self, other: &Self) -> f64 {
        self.point().distance(other.point())
    }

    /// The place alone.
    pub fn point(&self) -> geocoder::Position {
        geocoder::Position { lon: self.lon, lat: self.lat }
    }
}

/// What of an address a position is of; the list of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PositionKind {
    /// The door to the street, or the gate of a plot.
    Entrance,
    /// The letter box.
    PostalDelivery,
    /// A building.
    Building,
    /// A staircase of a building.
    Stairwell,
    /// A dwelling.
    Dwelling,
    /// The plot.
    Parcel,
    /// A point of the street's axis.
    Segment,
    /// Where a public service is reached.
    Utility,
}

impl PositionKind {
    /// The most usual first.
    pub const ALL: [Self; 8] = [
        Self::Entrance,
        Self::PostalDelivery,
        Self::Building,
        Self::Stairwell,
        Self::Dwelling,
        Self::Parcel,
        Self::Segment,
        Self::Utility,
    ];

    /// As the format writes it.
    pub fn written(self) -> &'static str {
        match self {
            Self::Entrance => "entrée",
            Self::PostalDelivery => "délivrance postale",
            Self::Building => "bâtiment",
            Self::Stairwell => "cage d’escalier",
            Self::Dwelling => "logement",
            Self::Parcel => "parcelle",
            Self::Segment => "segment",
            Self::Utility => "service technique",
        }
    }

    /// A stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Entrance => "entrance",
            Self::PostalDelivery => "postal-delivery",
            Self::Building => "building",
            Self::Stairwell => "stairwell",
            Self::Dwelling => "dwelling",
            Self::Parcel => "parcel",
            Self::Segment => "segment",
            Self::Utility => "utility",
        }
    }

    /// The kind of a stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The kind that a file means, however accents, apostrophes and case are written.
    pub fn read(text: &str) -> Option<Self> {
        let plain =
            |text: &str| crate::slug::fold(&text.replace('’', "'")).split_whitespace().collect::<Vec<_>>().join(" ");
        let text = plain(text);
        Self::ALL.into_iter().find(|kind| plain(kind.written()) == text)
    }
}

impl fmt::Display for PositionKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.written())
    }
}

impl Street {
    /// Puts the numbers in their order.
    pub(crate) fn sort(&mut self) {
        self.numbers.sort_by(|a, b| (a.number, &a.suffix, a.id).cmp(&(b.number, &b.suffix, b.id)));
    }

    /// Numbers for which the town vouches.
    pub fn certified_numbers(&self) -> usize {
        self.numbers.iter().filter(|number| number.certified).count()
    }

    /// Where it is shown: a lieu-dit at its position, a street in the middle of its numbers.
    pub fn point(&self) -> Option<geocoder::Position> {
        let own = self.positions.first().map(Position::point);
        own.or_else(|| {
            let located: Vec<&Position> = self.numbers.iter().filter_map(|number| number.positions.first()).collect();
            located.get(located.len() / 2).map(|position| position.point())
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_position_is_read_however_it_is_written() {
        for kind in PositionKind::ALL {
            assert_eq!(PositionKind::read(kind.written()), Some(kind));
            assert_eq!(PositionKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(PositionKind::read("Cage d'escalier "), Some(PositionKind::Stairwell));
        assert_eq!(PositionKind::read("ENTREE"), Some(PositionKind::Entrance));
        assert_eq!(PositionKind::read("toit"), None);
    }

    #[test]
    fn a_position_is_kept_to_the_centimetre() {
        let position = Position::new(None, 1.954_321_098_7, 43.316_5).unwrap();
        assert_eq!((position.lon, position.lat), (1.954_321_1, 43.316_5));
        assert!(Position::new(None, f64::NAN, 0.0).is_err());
        assert!(Position::new(None, 0.0, 91.0).is_err());
    }
}
