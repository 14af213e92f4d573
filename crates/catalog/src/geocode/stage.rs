//! The columns that a table gets when its addresses are found.

use std::sync::Arc;

use arrow::array::StringArray;
use geocoder::Index;

use super::choice::{Candidate, Correction, Geocoding};
use super::find::{Answer, Finder};
use crate::check::Done;

/// Names of the columns, in their order: degrees north and east (WGS 84), the address found, its score (the chance that
/// it is what was meant, 0 to 1), what was found (`numero`, `numero-interpole`, `lieu`, `voie`, `lieu-dit`, `commune`;
/// `manuel`: placed by hand), its identifier in the national address base, the INSEE code of its commune.
pub const COLUMNS: [&str; 7] = [
    "latitude",
    "longitude",
    "adresse_trouvee",
    "score_geocodage",
    "type_geocodage",
    "cle_interop",
    "code_insee_trouve",
];
/// What `type_geocodage` says of a point that a person placed.
const BY_HAND: &str = "manuel";

/// What is done to the addresses of a table, and with which index.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What was chosen.
    pub geocoding: Geocoding,
    /// Where addresses are looked for.
    pub index: Arc<Index>,
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.geocoding == other.geocoding && self.index.path() == other.index.path()
    }
}

/// Adds columns to the batches of a table.
pub(crate) struct Stage {
    geocoding: Geocoding,
    finder: Finder,
    index: String,
    names: Vec<String>,
    located: u64,
    by_hand: u64,
    left: u64,
}

/// What a row gets.
enum Outcome<'a> {
    Found(&'a Candidate),
    Placed(f64, f64),
    /// Nothing but a score, when something was found at all.
    Left(Option<f32>),
}

impl Stage {
    /// For a table with this header; `None` when its addresses were taken out. `renamed`: labels of the source that
    /// repairs have changed.
    pub fn new(plan: &Plan, header: &[String], renamed: &[(String, String)]) -> Option<Self> {
        let geocoding = renamed.iter().fold(plan.geocoding.clone(), |geocoding, (before, after)| Geocoding {
            columns: geocoding.columns.renamed(before, after),
            ..geocoding
        });
        Some(Self {
            finder: Finder::new(&geocoding, header, Arc::clone(&plan.index))?,
            geocoding,
            index: stamp(&plan.index),
            names: names(header),
            located: 0,
            by_hand: 0,
            left: 0,
        })
    }

    /// The names of the columns added.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What was chosen, by the labels of this header.
    pub fn geocoding(&self) -> &Geocoding {
        &self.geocoding
    }

    /// The columns added to rows.
    pub fn columns(&mut self, columns: &[StringArray]) -> Vec<StringArray> {
        let answers = self.finder.find(columns);
        self.written(&answers)
    }

    /// The columns of rows whose addresses were looked for.
    pub fn written(&mut self, answers: &[Option<Answer>]) -> Vec<StringArray> {
        let mut cells: [Vec<String>; COLUMNS.len()] = Default::default();
        for answer in answers {
            let outcome = outcome(&self.geocoding, answer.as_ref());
            match &outcome {
                Outcome::Left(_) => self.left += 1,
                _ if answer.as_ref().is_some_and(|(text, _)| self.geocoding.corrections.contains_key(text)) => {
                    self.by_hand += 1;
                }
                _ => self.located += 1,
            }
            for (column, cell) in cells.iter_mut().zip(written(&outcome)) {
                column.push(cell);
            }
        }
        cells.into_iter().map(StringArray::from_iter_values).collect()
    }

    /// What was done.
    pub fn done(&self) -> Done {
        Done::Geocoding {
            columns: self.geocoding.columns.all().cloned().collect(),
            index: self.index.clone(),
            threshold: self.geocoding.threshold,
            located: self.located,
            by_hand: self.by_hand,
            left: self.left,
        }
    }
}

/// What the file of an index is called by: its hash.
pub(super) fn stamp(index: &Index) -> String {
    index.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Names that the table doesn't have yet.
fn names(header: &[String]) -> Vec<String> {
    let taken = |name: &str| header.iter().any(|known| known.eq_ignore_ascii_case(name));
    let free = |name: &str| {
        let others = (2..).map(|copy| format!("{name}_{copy}"));
        std::iter::once(name.to_owned()).chain(others).find(|name| !taken(name)).unwrap_or_default()
    };
    COLUMNS.iter().map(|name| free(name)).collect()
}

fn outcome<'a>(geocoding: &'a Geocoding, answer: Option<&'a Answer>) -> Outcome<'a> {
    let Some((text, known)) = answer else { return Outcome::Left(None) };
    let score = known.candidates.first().map(|best| best.score);
    match geocoding.corrections.get(text) {
        Some(Correction::Candidate(candidate)) => Outcome::Found(candidate),
        Some(Correction::Point { latitude, longitude }) => Outcome::Placed(*latitude, *longitude),
        Some(Correction::Nowhere) => Outcome::Left(score),
        None => known.taken(geocoding).map_or(Outcome::Left(score), Outcome::Found),
    }
}

fn written(outcome: &Outcome<'_>) -> [String; COLUMNS.len()] {
    let mut cells: [String; COLUMNS.len()] = Default::default();
    let score = match outcome {
        Outcome::Found(candidate) => Some(candidate.score),
        Outcome::Left(score) => *score,
        Outcome::Placed(..) => None,
    };
    cells[3] = score.map(|score| format!("{:.2}", score.clamp(0.0, 1.0))).unwrap_or_default();
    match outcome {
        Outcome::Left(_) => {}
        Outcome::Placed(latitude, longitude) => {
            cells[0] = degrees(*latitude);
            cells[1] = degrees(*longitude);
            cells[4] = BY_HAND.to_owned();
        }
        Outcome::Found(candidate) => {
            cells[0] = degrees(candidate.latitude);
            cells[1] = degrees(candidate.longitude);
            cells[2] = candidate.label.clone();
            cells[4] = candidate.kind.name().to_owned();
            cells[5] = candidate.id.clone();
            cells[6] = candidate.city_code.clone();
        }
    }
    cells
}

/// To ten centimetres.
fn degrees(value: f64) -> String {
    format!("{value:.6}")
}
