//! What is chosen of the geocoding of a table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::records::check;

/// Corrections that a table keeps: more are no work by hand.
const MOST_CORRECTIONS: usize = 20_000;
/// Columns that an address is made of.
const MOST_COLUMNS: usize = 8;
/// Characters of an address as written.
pub(super) const LONGEST_ADDRESS: usize = 300;

/// Whether the addresses of a table are to be found on a map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum GeocodingChoice {
    /// Somebody said no: it isn't proposed again.
    Declined,
    /// The table gets positions.
    Accepted(Geocoding),
}

impl GeocodingChoice {
    /// The same when each value is acceptable.
    pub(crate) fn checked(self) -> Result<Self> {
        match self {
            Self::Declined => Ok(Self::Declined),
            Self::Accepted(geocoding) => Ok(Self::Accepted(geocoding.checked()?)),
        }
    }
}

/// How the addresses of a table are found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Geocoding {
    /// Where the addresses are.
    pub columns: AddressColumns,
    /// Hundredths of the least score of what is taken without a person's word: 1 to 100.
    #[serde(default = "default_threshold")]
    pub threshold: u8,
    /// Whether the centre of the commune stands for an address that isn't found in it.
    #[serde(default)]
    pub towns: bool,
    /// What a person said of an address as it is written, for all rows that have it.
    #[serde(default)]
    pub corrections: BTreeMap<String, Correction>,
}

fn default_threshold() -> u8 {
    Geocoding::THRESHOLD
}

/// The columns of addresses, by the labels of the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressColumns {
    /// The address, or its number, its kind of street and its name, in the order in which they are read.
    pub address: Vec<String>,
    /// The postcode, when it is apart.
    pub postcode: Option<String>,
    /// The name of the commune, when it is apart.
    pub city: Option<String>,
    /// The INSEE code of the commune.
    pub city_code: Option<String>,
    /// Where all addresses are when the rows don't say: `commune:11049`, `epci:200035855`, `departement:11`.
    pub within: Option<String>,
}

/// What a person says of an address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum Correction {
    /// It is this one of the places found.
    Candidate(Candidate),
    /// It is here.
    Point {
        /// Degrees north, WGS 84.
        latitude: f64,
        /// Degrees east, WGS 84.
        longitude: f64,
    },
    /// Its place is left empty.
    Nowhere,
}

/// A place that an address may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The address as the index writes it.
    pub label: String,
    /// What it is.
    pub kind: PlaceKind,
    /// The chance that it is what was meant: 0 to 1.
    pub score: f32,
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// Identifier in the form of the national address base: `11076_0123_00020_bis`.
    pub id: String,
    /// INSEE code of the commune.
    pub city_code: String,
    /// Name of the commune.
    pub city: String,
}

/// What a place is, from the most precise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// A number of a street.
    Number,
    /// A number of which the neighbours are known: its place is between theirs.
    Interpolated,
    /// A point of interest.
    Poi,
    /// A street.
    Street,
    /// A named place without streets.
    Locality,
    /// A commune.
    Municipality,
}

impl PlaceKind {
    /// As the column `type_geocodage` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "numero",
            Self::Interpolated => "numero-interpole",
            Self::Poi => "lieu",
            Self::Street => "voie",
            Self::Locality => "lieu-dit",
            Self::Municipality => "commune",
        }
    }
}

/// How sure it is that a place is what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sureness {
    /// It may be something else.
    Doubtful,
    /// It is more likely this than anything else.
    Likely,
    /// It needs nobody's look.
    Sure,
}

impl Sureness {
    /// Hundredths from which a score is called sure.
    pub const SURE: u8 = 80;
    /// Hundredths from which a score is called likely.
    pub const LIKELY: u8 = 50;

    /// Of a score, which is a chance of being right.
    pub fn of(score: f32) -> Self {
        let hundredths = score * 100.0;
        if hundredths >= f32::from(Self::SURE) {
            Self::Sure
        } else if hundredths >= f32::from(Self::LIKELY) {
            Self::Likely
        } else {
            Self::Doubtful
        }
    }
}

impl Geocoding {
    /// Least score of what is taken without a person's word, in hundredths: scores are chances of being right, so that
    /// what is left to a person is what a reader would doubt.
    pub const THRESHOLD: u8 = Sureness::SURE;

    /// With these columns, nothing corrected yet.
    pub fn of(columns: AddressColumns) -> Self {
        Self { columns, threshold: Self::THRESHOLD, towns: false, corrections: BTreeMap::new() }
    }

    /// Whether a place is taken without a person's word.
    pub fn takes(&self, candidate: &Candidate) -> bool {
        let allowed = self.towns || candidate.kind != PlaceKind::Municipality;
        allowed && candidate.score * 100.0 >= f32::from(self.threshold)
    }

    /// The same when each value is acceptable.
    pub(crate) fn checked(self) -> Result<Self> {
        if !(1..=100).contains(&self.threshold) {
            let detail = format!("{} is not a score in hundredths, 1 to 100", self.threshold);
            return Err(Error::invalid("threshold", detail));
        }
        if self.corrections.len() > MOST_CORRECTIONS {
            let detail = format!("{} corrections: at most {MOST_CORRECTIONS} are kept", self.corrections.len());
            return Err(Error::invalid("corrections", detail));
        }
        self.corrections.iter().try_for_each(|(address, correction)| correction.check(address))?;
        Ok(Self { columns: self.columns.checked()?, ..self })
    }
}

impl AddressColumns {
    /// Every column that is read.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.address.iter().chain(&self.postcode).chain(&self.city).chain(&self.city_code)
    }

    /// The same when a column has another label.
    pub(crate) fn renamed(self, before: &str, after: &str) -> Self {
        let rename = |label: String| if label == before { after.to_owned() } else { label };
        Self {
            address: self.address.into_iter().map(rename).collect(),
            postcode: self.postcode.map(rename),
            city: self.city.map(rename),
            city_code: self.city_code.map(rename),
            within: self.within,
        }
    }

    /// Whether rows say in which commune they are.
    pub fn says_commune(&self) -> bool {
        self.postcode.is_some() || self.city.is_some() || self.city_code.is_some()
    }

    fn checked(self) -> Result<Self> {
        if self.address.is_empty() || self.address.len() > MOST_COLUMNS {
            let detail = format!("{} columns of addresses: 1 to {MOST_COLUMNS} are taken", self.address.len());
            return Err(Error::invalid("columns", detail));
        }
        if self.all().any(|name| name.chars().count() > 1_000) {
            return Err(Error::invalid("columns", "the name of a column has at most 1000 characters"));
        }
        let within = check::territory(self.within.as_deref())?;
        if let Some(key) = within.as_deref().filter(|key| geography::territory::find(key).is_none()) {
            return Err(Error::invalid("within", format!("{key} is not a territory of France of today")));
        }
        Ok(Self { within, ..self })
    }
}

impl Correction {
    fn check(&self, address: &str) -> Result<()> {
        if address.chars().count() > LONGEST_ADDRESS {
            let detail = format!("an address has at most {LONGEST_ADDRESS} characters");
            return Err(Error::invalid("corrections", detail));
        }
        let (latitude, longitude) = match self {
            Self::Nowhere => return Ok(()),
            Self::Point { latitude, longitude } => (*latitude, *longitude),
            Self::Candidate(candidate) => (candidate.latitude, candidate.longitude),
        };
        match geocoder::Position::new(longitude, latitude) {
            Some(_) => Ok(()),
            None => Err(Error::invalid(
                "corrections",
                format!("{latitude}, {longitude} is no position: latitude is -90 to 90, longitude -180 to 180"),
            )),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn geocoding() -> Geocoding {
        Geocoding::of(AddressColumns { address: vec!["adresse".to_owned()], ..AddressColumns::default() })
    }

    #[test]
    fn what_is_chosen_is_read_back() {
        let mut chosen = geocoding();
        chosen.corrections.insert("1 rue".to_owned(), Correction::Point { latitude: 43.6, longitude: 3.88 });
        chosen.corrections.insert("2 rue".to_owned(), Correction::Nowhere);
        let chosen = GeocodingChoice::Accepted(chosen.checked().unwrap());
        let json = serde_json::to_string(&chosen).unwrap();
        assert_eq!(serde_json::from_str::<GeocodingChoice>(&json).unwrap(), chosen, "{json}");
        let short = r#"{"state":"accepted","columns":{"address":["adresse"]}}"#;
        assert_eq!(serde_json::from_str::<GeocodingChoice>(short).unwrap(), GeocodingChoice::Accepted(geocoding()));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let place = |latitude, longitude| Correction::Point { latitude, longitude };
        for (latitude, longitude) in [(91.0, 0.0), (0.0, 181.0), (f64::NAN, 0.0)] {
            let mut chosen = geocoding();
            chosen.corrections.insert("1 rue".to_owned(), place(latitude, longitude));
            assert!(chosen.checked().is_err(), "{latitude}, {longitude}");
        }
        assert!(Geocoding { threshold: 0, ..geocoding() }.checked().is_err());
        assert!(Geocoding::of(AddressColumns::default()).checked().is_err());
        let nowhere = AddressColumns { within: Some("commune:99999".to_owned()), ..geocoding().columns };
        assert!(Geocoding::of(nowhere).checked().is_err());
    }

    #[test]
    fn a_town_is_taken_for_an_address_only_when_somebody_says_so() {
        let town = Candidate {
            label: "Bram".to_owned(),
            kind: PlaceKind::Municipality,
            score: 0.99,
            latitude: 43.24,
            longitude: 2.11,
            id: "11049".to_owned(),
            city_code: "11049".to_owned(),
            city: "Bram".to_owned(),
        };
        assert!(!geocoding().takes(&town));
        assert!(Geocoding { towns: true, ..geocoding() }.takes(&town));
        assert!(geocoding().takes(&Candidate { kind: PlaceKind::Street, ..town }));
    }
}
