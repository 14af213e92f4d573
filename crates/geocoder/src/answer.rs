//! What an index answers.

mod view;

use crate::place::{BanId, Position};
use serde::Serialize;

/// What an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A number in a street or a locality.
    HouseNumber,
    /// A street.
    Street,
    /// A locality (*lieu-dit*).
    Locality,
    /// A commune or an arrondissement of Paris, Lyon or Marseille.
    Municipality,
    /// A point of interest.
    Poi,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [Kind::HouseNumber, Kind::Street, Kind::Locality, Kind::Municipality, Kind::Poi];

    /// The name that API Adresse gives it: `housenumber`, `street`, `locality`, `municipality`, `poi`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::HouseNumber => "housenumber",
            Kind::Street => "street",
            Kind::Locality => "locality",
            Kind::Municipality => "municipality",
            Kind::Poi => "poi",
        }
    }

    /// The kind of that name, as `name` gives it.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An answer. Texts are as the files that were imported write them.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// For a search by text, the chance that this is what was asked for (0 to 1, calibrated); for a search by position,
    /// how near it is.
    pub score: f32,
    /// Identifier in BAN's form: `11076_0123`, `11076_0123_00020_bis`, a commune's code.
    pub id: String,
    /// BAN's stable identifier, when the file gave it.
    pub ban_id: Option<BanId>,
    /// The whole address on one line: "25 Rue du Presbytère 67130 Barembach".
    pub label: String,
    /// The answer without its postcode and town: "25 Rue du Presbytère".
    pub name: String,
    /// Number and suffix as national files write them, "12bis", when it is a house number.
    pub housenumber: Option<String>,
    /// The street or locality of a house number; a street's own name.
    pub street: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// INSEE code of the commune.
    pub city_code: String,
    /// Name of the commune.
    pub city: String,
    /// Arrondissement of Paris, Lyon or Marseille, or another district.
    pub district: Option<String>,
    /// INSEE code of the commune that the place belonged to before a merger.
    pub old_city_code: Option<String>,
    /// Its name.
    pub old_city: Option<String>,
    /// Département and region: "11, Aude, Occitanie".
    pub context: String,
    /// Where it is, WGS 84.
    pub position: Position,
    /// Where it is in its territory's legal projection, in metres, when it has one.
    pub projected: Option<(f64, f64)>,
    /// How much the place counts among others of its name, 0 to 1.
    pub importance: f32,
    /// Metres from the position that was asked, or from the centre that answers near it were preferred to.
    pub distance: Option<f64>,
    /// Inhabitants, for a municipality.
    pub population: Option<u32>,
    /// Categories, for a point of interest.
    pub categories: Vec<String>,
    /// Whether the position was reckoned between the numbers on both sides, the number itself being unknown.
    pub interpolated: bool,
    /// Whether the town certified the number; nothing for what is not a house number.
    pub certified: Option<bool>,
    /// Why it was found, when that was asked for.
    pub explanation: Option<Explanation>,
}

/// Why an answer was found and what it was worth.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Explanation {
    /// How the query was read: which words were taken for the town, the postcode, the number.
    pub reading: Reading,
    /// Words of the query that the answer has.
    pub matched: Vec<MatchedWord>,
    /// Words of the query that the answer hasn't.
    pub missing: Vec<String>,
    /// Words of the answer's name that the query hasn't.
    pub unasked: Vec<String>,
    /// What the score was reckoned from, by name.
    pub features: Vec<(&'static str, f32)>,
    /// Places that were looked at for the whole query.
    pub examined: u32,
}

/// One way of reading a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Reading {
    /// The name of the town that some words were taken for.
    pub town: Option<String>,
    /// The postcode that a word was taken for.
    pub postcode: Option<String>,
    /// The house number, with its suffix.
    pub number: Option<String>,
}

/// A word of the query beside the word of the answer that it was matched with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatchedWord {
    /// The word as the query has it, after normalisation.
    pub query: String,
    /// The word of the answer.
    pub term: String,
    /// Where the answer has it.
    pub part: Part,
    /// How they agree.
    pub how: Agreement,
    /// How much the word counts: rare words count more.
    pub weight: f32,
}

/// A part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The name of the street, the locality, the place.
    Name,
    /// The commune, the commune of before, the arrondissement.
    Town,
    /// The postcode.
    Postcode,
    /// The house number.
    Number,
}

/// How two words agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    /// The same word.
    Exact,
    /// The query's word is the beginning of the answer's.
    Prefix,
    /// One or two letters differ.
    Near,
    /// They sound alike.
    Sounding,
}
