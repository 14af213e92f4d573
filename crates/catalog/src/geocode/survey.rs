//! What comes of geocoding before anybody says yes: how many addresses are surely found, which are doubtful, and what the
//! places of persons among them need.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow::array::StringArray;
use geocoder::{Index, Kind};
use personal_data::{Finding, Guard};
use serde::Serialize;

use super::choice::{Candidate, Correction, Geocoding, PlaceKind};
use super::find::{Finder, Known};
use super::stage::{self, Stage};

/// Addresses left to a person that are kept: more are no work by hand.
const MOST_DOUBTS: usize = 20_000;
/// Rows named of an address.
const ROWS: usize = 3;
/// Places shown of an address.
const SHOWN: usize = 3;
/// Communes without addresses that are named.
const TOWNS: usize = 20;

/// What comes of geocoding a table. Counts are of rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Survey {
    /// Rows of the table, as it would be published.
    pub rows: u64,
    /// Rows whose address is taken as it is found.
    pub sure: u64,
    /// Rows of which something was found that nobody should take unseen.
    pub doubtful: u64,
    /// Rows whose address is not found.
    pub missing: u64,
    /// Rows without an address.
    pub empty: u64,
    /// The addresses that are left to a person: the likeliest first, then those that are not found.
    pub doubts: Vec<Doubt>,
    /// Whether there are more than are kept.
    pub more: bool,
    /// Communes of which the index knows no address, by name.
    pub towns_without_addresses: Vec<String>,
    /// What the guard finds of the columns that are added: they are of persons when the addresses are.
    pub personal: Vec<Finding>,
    /// Hash of the index.
    pub index: String,
}

/// An address that is left to a person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Doubt {
    /// As it is written.
    pub address: String,
    /// Rows that write it.
    pub rows: u64,
    /// The first of them; the header is row 1.
    pub first_rows: Vec<u64>,
    /// Places that it may be, the best first, at most three.
    pub candidates: Vec<Candidate>,
    /// Longitude and latitude of what comes nearest to it, however far that is.
    pub near: Option<[f64; 2]>,
}

impl Doubt {
    /// Score of the best place; below all others when there is none.
    fn rank(&self) -> f32 {
        self.candidates.first().map_or(-1.0, |best| best.score)
    }
}

/// How many of the rows that were left to a person have been seen to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Handled {
    /// Rows whose place a person chose or gave.
    pub placed: u64,
    /// Rows whose place a person leaves empty.
    pub left: u64,
    /// Rows nobody spoke of, of which something was found.
    pub doubtful: u64,
    /// Rows nobody spoke of, of which nothing was found.
    pub missing: u64,
}

impl Survey {
    /// What corrections make of it.
    pub fn handled(&self, corrections: &BTreeMap<String, Correction>) -> Handled {
        let mut handled = Handled { doubtful: self.doubtful, missing: self.missing, ..Handled::default() };
        for doubt in &self.doubts {
            let Some(correction) = corrections.get(&doubt.address) else { continue };
            let of = if doubt.candidates.is_empty() { &mut handled.missing } else { &mut handled.doubtful };
            *of = of.saturating_sub(doubt.rows);
            match correction {
                Correction::Nowhere => handled.left += doubt.rows,
                _ => handled.placed += doubt.rows,
            }
        }
        handled
    }
}

/// Gathers what comes of the rows of a table.
pub(crate) struct Surveyor {
    geocoding: Geocoding,
    finder: Finder,
    stage: Stage,
    guard: Guard,
    index: Arc<Index>,
    survey: Survey,
    doubts: HashMap<String, Doubt>,
    /// Communes of which only themselves were found, by code.
    bare: BTreeMap<String, String>,
    added: Vec<String>,
}

impl Surveyor {
    /// For a table with this header; `None` when its addresses were taken out.
    pub fn new(
        plan: &stage::Plan,
        header: &[String],
        renamed: &[(String, String)],
        guard: impl FnOnce(&[String]) -> Guard,
    ) -> Option<Self> {
        let stage = Stage::new(plan, header, renamed)?;
        let geocoding = stage.geocoding().clone();
        let added = stage.names().to_vec();
        let whole: Vec<String> = header.iter().chain(&added).cloned().collect();
        Some(Self {
            finder: Finder::new(&geocoding, header, Arc::clone(&plan.index))?,
            geocoding,
            stage,
            guard: guard(&whole),
            index: Arc::clone(&plan.index),
            survey: Survey {
                rows: 0,
                sure: 0,
                doubtful: 0,
                missing: 0,
                empty: 0,
                doubts: Vec::new(),
                more: false,
                towns_without_addresses: Vec::new(),
                personal: Vec::new(),
                index: stage::stamp(&plan.index),
            },
            doubts: HashMap::new(),
            bare: BTreeMap::new(),
            added,
        })
    }

    /// Takes rows.
    pub fn take(&mut self, columns: &[StringArray]) {
        let answers = self.finder.find(columns);
        let first = self.survey.rows + 2;
        for (row, answer) in (first..).zip(&answers) {
            match answer {
                None => self.survey.empty += 1,
                Some((text, known)) => self.count(row, text, known),
            }
        }
        self.survey.rows += answers.len() as u64;
        let mut whole = columns.to_vec();
        whole.extend(self.stage.written(&answers));
        self.guard.scan(&whole, first);
    }

    fn count(&mut self, row: u64, text: &str, known: &Known) {
        if known.taken(&self.geocoding).is_some() {
            self.survey.sure += 1;
            return;
        }
        if known.candidates.is_empty() {
            self.survey.missing += 1;
        } else {
            self.survey.doubtful += 1;
        }
        let bare = known.nearest.as_ref().filter(|nearest| nearest.kind == PlaceKind::Municipality);
        if let Some(town) = bare.filter(|_| self.bare.len() < TOWNS) {
            self.bare.insert(town.city_code.clone(), town.city.clone());
        }
        if let Some(doubt) = self.doubts.get_mut(text) {
            doubt.rows += 1;
            if doubt.first_rows.len() < ROWS {
                doubt.first_rows.push(row);
            }
        } else if self.doubts.len() < MOST_DOUBTS {
            let candidates = known.candidates.iter().take(SHOWN).cloned().collect();
            let near = known.nearest.as_ref().map(|nearest| [nearest.longitude, nearest.latitude]);
            let doubt = Doubt { address: text.to_owned(), rows: 1, first_rows: vec![row], candidates, near };
            self.doubts.insert(text.to_owned(), doubt);
        } else {
            self.survey.more = true;
        }
    }

    /// What came of all rows.
    pub fn finish(self) -> Survey {
        let mut doubts: Vec<Doubt> = self.doubts.into_values().collect();
        doubts.sort_by(|a, b| b.rank().total_cmp(&a.rank()).then_with(|| a.first_rows.cmp(&b.first_rows)));
        let bare = self.bare.into_iter().filter(|(code, _)| !knows_streets(&self.index, code));
        let of_positions = |finding: &Finding| finding.fields.iter().any(|field| self.added.contains(field));
        Survey {
            doubts,
            towns_without_addresses: bare.map(|(_, name)| name).collect(),
            personal: self.guard.finish().into_iter().filter(of_positions).collect(),
            ..self.survey
        }
    }
}

/// Whether the index knows more of a commune than itself.
fn knows_streets(index: &Index, code: &str) -> bool {
    let Some(town) = index.town_of_code(code) else { return false };
    index.town(town).places().iter().flatten().any(|place| index.place(place).kind() != Kind::Municipality)
}
