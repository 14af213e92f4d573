//! Which schema a file most resembles, told from its header alone.
//!
//! Columns are paired with fields by name, title, a known synonym, or a name one letter away. A field weighs as much
//! as it is rare among the schemas: `latitude` says little, `nomBeneficiaire` says nearly all. The score joins three
//! shares, by weight: of the header that is explained, of the required fields that are there, of all fields that are
//! there; and it is lowered when little evidence was found at all.

mod candidate;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub(crate) use candidate::Candidate;

use crate::entry::Entry;
use crate::index::Index;
use crate::limits::MOST_COLUMNS;
use crate::load::{Found, Loaded};
use crate::words::normalize;

/// Score from which a resemblance is good enough to check a file against the schema unasked.
pub const CONVINCING: f64 = 0.6;
/// Score below which nothing is proposed.
const WORTH_SAYING: f64 = 0.3;
/// Columns that must be paired before anything is proposed.
const FEWEST_PAIRED: usize = 3;
/// Proposals at most.
const MOST_PROPOSALS: usize = 5;
/// How much each share counts (they are multiplied as powers).
const HEADER_EXPLAINED: f64 = 0.4;
const REQUIRED_THERE: f64 = 0.4;
const FIELDS_THERE: f64 = 0.2;
/// Weight of paired fields with which some two thirds of the evidence are there.
const EVIDENCE: f64 = 4.0;

/// A schema that a header resembles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resemblance {
    /// `scdl/subventions`
    pub name: String,
    /// Its latest version.
    pub version: String,
    /// What people call it.
    pub title: String,
    /// From 0 to 1.
    pub score: f64,
    /// Fields that the header has, in the schema's order.
    pub matched: Vec<String>,
    /// Required fields that the header lacks.
    pub missing: Vec<String>,
    /// Columns that are no field of the schema.
    pub unknown: Vec<String>,
}

impl Resemblance {
    /// Whether it is good enough to check against the schema unasked.
    pub fn is_convincing(&self) -> bool {
        self.score >= CONVINCING
    }
}

/// The schemas that a header resembles, best first.
pub(crate) fn propose(entries: &[Entry], index: &Index, header: &[String]) -> Vec<Resemblance> {
    let header = Header::new(header);
    let weights = Weights::of(index.candidates().map(|(_, candidate)| candidate));
    let compared = index.candidates().filter_map(|(number, candidate)| {
        let entry = entries.get(number)?;
        let comparison = Comparison::of(candidate, &header, &weights);
        comparison.is_worth_saying().then(|| comparison.of_entry(entry, &header))
    });
    let mut proposals: Vec<Resemblance> = compared.collect();
    proposals.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.missing.len().cmp(&b.missing.len())));
    proposals.truncate(MOST_PROPOSALS);
    proposals
}

/// Of a package's schemas, the one that a header follows.
pub(crate) fn best_of(found: &[Found], header: &[String]) -> Option<Found> {
    let header = Header::new(header);
    let candidates: Vec<(Candidate, &Found)> =
        found.iter().filter_map(|found| Some((candidate(found)?, found))).collect();
    let weights = Weights::of(candidates.iter().map(|(candidate, _)| candidate));
    let scored =
        candidates.iter().map(|(candidate, found)| (Comparison::of(candidate, &header, &weights).score(), found));
    let best = scored.filter(|(score, _)| *score > 0.0).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, found)| (*found).clone())
}

fn candidate(found: &Found) -> Option<Candidate> {
    match &found.schema {
        Loaded::Table(schema) => Some(Candidate::of_schema(schema)),
        Loaded::Json(_) => None,
    }
}

/// A header's columns as they are compared.
struct Header<'a> {
    labels: &'a [String],
    forms: Vec<String>,
    by_form: HashMap<String, usize>,
}

impl<'a> Header<'a> {
    fn new(labels: &'a [String]) -> Self {
        let labels = labels.get(..MOST_COLUMNS).unwrap_or(labels);
        let forms: Vec<String> = labels.iter().map(|label| normalize(label)).collect();
        let mut by_form = HashMap::new();
        for (column, form) in forms.iter().enumerate().filter(|(_, form)| !form.is_empty()) {
            by_form.entry(form.clone()).or_insert(column);
        }
        Self { labels, forms, by_form }
    }
}

/// How much each field says, by the normalised name.
struct Weights {
    by_name: HashMap<String, f64>,
    /// Weight of a name that one schema alone has.
    unique: f64,
}

impl Weights {
    fn of<'a>(candidates: impl Iterator<Item = &'a Candidate>) -> Self {
        let mut holders: HashMap<String, f64> = HashMap::new();
        let mut all = 0.0_f64;
        for candidate in candidates {
            all += 1.0;
            for field in &candidate.fields {
                *holders.entry(field.form.clone()).or_default() += 1.0;
            }
        }
        let weight = |held: f64| 0.2 + ((1.0 + all) / (1.0 + held)).ln();
        let unique = weight(1.0);
        Self { by_name: holders.into_iter().map(|(name, held)| (name, weight(held))).collect(), unique }
    }

    fn of_name(&self, form: &str) -> f64 {
        self.by_name.get(form).copied().unwrap_or(self.unique)
    }
}

/// A candidate beside a header.
struct Comparison<'a> {
    candidate: &'a Candidate,
    /// Column and likeness (of 1) for each field.
    pairs: Vec<Option<(usize, f64)>>,
    header_weight: f64,
    paired_weight: f64,
    required_share: f64,
    fields_share: f64,
}

impl<'a> Comparison<'a> {
    fn of(candidate: &'a Candidate, header: &Header<'_>, weights: &Weights) -> Self {
        let pairs = candidate.pair(&header.forms, &header.by_form);
        let weight = |number: usize| candidate.fields.get(number).map_or(0.0, |field| weights.of_name(&field.form));
        let paired_weight: f64 =
            pairs.iter().enumerate().filter_map(|(number, pair)| Some(weight(number) * pair.as_ref()?.1)).sum();
        let all: f64 = (0..pairs.len()).map(weight).sum();
        let mean = all / (pairs.len().max(1) as f64);
        let paired = pairs.iter().flatten().count();
        let columns = header.forms.iter().filter(|form| !form.is_empty()).count();
        let unknown = columns.saturating_sub(paired) as f64;
        let (mut required, mut there) = (0.0, 0.0);
        for (number, (field, pair)) in candidate.fields.iter().zip(&pairs).enumerate() {
            if field.required {
                required += weight(number);
                there += pair.map_or(0.0, |(_, likeness)| weight(number) * likeness);
            }
        }
        let fields_share = if all > 0.0 { paired_weight / all } else { 0.0 };
        let required_share = if required > 0.0 { there / required } else { fields_share };
        Self {
            candidate,
            pairs,
            header_weight: paired_weight + unknown * mean,
            paired_weight,
            required_share,
            fields_share,
        }
    }

    fn score(&self) -> f64 {
        if self.paired_weight <= 0.0 {
            return 0.0;
        }
        let explained = self.paired_weight / self.header_weight;
        let evidence = 1.0 - (-self.paired_weight / EVIDENCE).exp();
        let shares = explained.powf(HEADER_EXPLAINED)
            * self.required_share.powf(REQUIRED_THERE)
            * self.fields_share.powf(FIELDS_THERE);
        shares * evidence
    }

    fn is_worth_saying(&self) -> bool {
        self.pairs.iter().flatten().count() >= FEWEST_PAIRED && self.score() >= WORTH_SAYING
    }

    fn of_entry(&self, entry: &Entry, header: &Header<'_>) -> Resemblance {
        let fields = || self.candidate.fields.iter().zip(&self.pairs);
        let paired: Vec<usize> = self.pairs.iter().flatten().map(|(column, _)| *column).collect();
        let unknown = header.labels.iter().enumerate().filter(|(column, _)| !paired.contains(column));
        Resemblance {
            name: entry.name.clone(),
            version: entry.latest.clone(),
            title: entry.title.clone(),
            score: (self.score() * 1_000.0).round() / 1_000.0,
            matched: fields().filter(|(_, pair)| pair.is_some()).map(|(field, _)| field.name.clone()).collect(),
            missing: fields()
                .filter(|(field, pair)| pair.is_none() && field.required)
                .map(|(field, _)| field.name.clone())
                .collect(),
            unknown: unknown.map(|(_, label)| label.clone()).collect(),
        }
    }
}
