//! A doubtful address: as it is written, where it may be, what was said of it.

use catalog::geocode::{Candidate, Correction, Doubt, PlaceKind, Sureness};
use serde::Serialize;

use super::form::{LATER, NOWHERE, POINT};
use crate::i18n::Text;
use crate::pages::assistant::fields::Fields;

/// The fieldset of an address.
pub struct DoubtView {
    /// Its place on the page, from 0.
    pub place: usize,
    pub address: String,
    /// Which rows write it.
    pub rows: String,
    pub candidates: Vec<CandidateView>,
    /// What is chosen: a candidate's identifier, or one of the words of the form.
    pub chosen: String,
    pub latitude: String,
    pub longitude: String,
    pub wrong: bool,
}

pub struct CandidateView {
    pub id: String,
    pub label: String,
    /// What it is: a street, a number.
    pub kind: String,
    pub class: &'static str,
    /// How sure it is, in a word and a figure.
    pub sureness: String,
    pub latitude: String,
    pub longitude: String,
    pub chosen: bool,
}

/// An address on the map.
#[derive(Debug, Serialize)]
pub struct Spot {
    place: usize,
    address: String,
    candidates: Vec<SpotCandidate>,
    near: Option<[f64; 2]>,
}

#[derive(Debug, Serialize)]
struct SpotCandidate {
    id: String,
    at: [f64; 2],
}

/// As the page shows it.
pub fn view(place: usize, doubt: &Doubt, correction: Option<&Correction>, t: &Text) -> DoubtView {
    let (chosen, latitude, longitude) = match correction {
        None => (LATER.to_owned(), String::new(), String::new()),
        Some(Correction::Nowhere) => (NOWHERE.to_owned(), String::new(), String::new()),
        Some(Correction::Point { latitude, longitude }) => (POINT.to_owned(), degrees(*latitude), degrees(*longitude)),
        Some(Correction::Candidate(candidate)) => (candidate.id.clone(), String::new(), String::new()),
    };
    let mut candidates: Vec<CandidateView> = doubt.candidates.iter().map(|one| candidate(one, &chosen, t)).collect();
    // One that the index doesn't propose any more is still what was chosen.
    if let Some(Correction::Candidate(kept)) = correction
        && !candidates.iter().any(|candidate| candidate.chosen)
    {
        candidates.push(candidate(kept, &chosen, t));
    }
    DoubtView {
        place,
        address: doubt.address.clone(),
        rows: rows(doubt, t),
        candidates,
        chosen,
        latitude,
        longitude,
        wrong: false,
    }
}

impl DoubtView {
    /// With what a form said in place of what is kept.
    pub fn typed(mut self, fields: &Fields, wrong: Option<&str>) -> Self {
        let field = |name: &str| fields.get(&format!("{name}.{}", self.place)).to_owned();
        if fields.find(&format!("address.{}", self.place)) != Some(&self.address) {
            return self;
        }
        (self.chosen, self.latitude, self.longitude) = (field("choice"), field("lat"), field("lon"));
        self.candidates.iter_mut().for_each(|candidate| candidate.chosen = candidate.id == self.chosen);
        self.wrong = wrong == Some(self.address.as_str());
        self
    }

    pub fn is_later(&self) -> bool {
        self.chosen == LATER || self.chosen.is_empty()
    }

    pub fn is_point(&self) -> bool {
        self.chosen == POINT
    }

    pub fn is_nowhere(&self) -> bool {
        self.chosen == NOWHERE
    }
}

/// As the map shows it.
pub fn spot(place: usize, doubt: &Doubt) -> Spot {
    let candidates =
        doubt.candidates.iter().map(|one| SpotCandidate { id: one.id.clone(), at: [one.longitude, one.latitude] });
    Spot { place, address: doubt.address.clone(), candidates: candidates.collect(), near: doubt.near }
}

fn candidate(candidate: &Candidate, chosen: &str, t: &Text) -> CandidateView {
    let sureness = Sureness::of(candidate.score);
    let (class, key) = match sureness {
        Sureness::Sure => ("tag-sure", "locate-sure"),
        Sureness::Likely => ("tag-likely", "locate-likely"),
        Sureness::Doubtful => ("tag-warn", "locate-doubtful"),
    };
    let percent = t.percent(f64::from((candidate.score.clamp(0.0, 1.0) * 100.0).round() / 100.0));
    CandidateView {
        chosen: candidate.id == chosen,
        id: candidate.id.clone(),
        label: candidate.label.clone(),
        kind: t.get(kind_key(candidate.kind)),
        class,
        sureness: t.with(key, "percent", &percent),
        latitude: degrees(candidate.latitude),
        longitude: degrees(candidate.longitude),
    }
}

fn kind_key(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Number => "locate-kind-number",
        PlaceKind::Interpolated => "locate-kind-interpolated",
        PlaceKind::Poi => "locate-kind-poi",
        PlaceKind::Street => "locate-kind-street",
        PlaceKind::Locality => "locate-kind-locality",
        PlaceKind::Municipality => "locate-kind-municipality",
    }
}

fn rows(doubt: &Doubt, t: &Text) -> String {
    let named: Vec<String> = doubt.first_rows.iter().map(|row| t.integer(row)).collect();
    let more = doubt.rows > doubt.first_rows.len() as u64;
    let key = match (named.len(), more) {
        (0 | 1, false) => "locate-row",
        (_, false) => "locate-rows",
        (_, true) => "locate-rows-more",
    };
    t.with2(key, "rows", &named.join(", "), "count", &t.integer(&doubt.rows))
}

/// To a metre or so: what a person reads.
fn degrees(value: f64) -> String {
    format!("{value:.6}")
}
