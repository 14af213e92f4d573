//! What searches need of an index that its file doesn't hold: how much each word counts, where towns lie.
//!
//! Reckoned once for an index, at its first search, in some milliseconds for a whole country.

use crate::index::{Index, TermId, TownId, TownKind};
use crate::place::Position;
use crate::query::BoundingBox;
use crate::text::{self, Kind};

/// Weights of words and positions of towns.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// One a term, in hundredths.
    weights: Box<[u8]>,
    /// (longitude, latitude, town), by longitude.
    towns: Box<[(f32, f32, TownId)]>,
    names: TownNames,
}

/// The normalised names of all towns, in the order of the alphabet: what a town's name begins with is a range of them.
#[derive(Debug)]
struct TownNames {
    texts: String,
    /// (end of the text, inhabitants, town).
    rows: Box<[(u32, u32, TownId)]>,
}

impl TownNames {
    fn of(index: &Index) -> TownNames {
        let terms = index.terms();
        let joined = |id: TownId| {
            let mut name = String::new();
            for term in index.town(id).words() {
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(terms.text(*term));
            }
            name
        };
        let mut names: Vec<(String, TownId)> = (0..index.towns()).map(|id| (joined(id), id)).collect();
        names.sort_unstable();
        let mut texts = String::with_capacity(names.iter().map(|(name, _)| name.len()).sum());
        let rows = names
            .iter()
            .map(|(name, id)| {
                texts.push_str(name);
                (texts.len() as u32, index.town(*id).population().unwrap_or(0), *id)
            })
            .collect();
        TownNames { texts, rows }
    }

    fn text(&self, at: usize) -> &str {
        let end = |at: usize| self.rows.get(at).map_or(0, |row| row.0 as usize);
        self.texts.get(at.checked_sub(1).map_or(0, end)..end(at)).unwrap_or_default()
    }

    /// The first name that doesn't come before a text, of those from `low` to `high`.
    fn search(&self, low: usize, high: usize, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (low, high);
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.text(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn beginning(&self, beginning: &str) -> &[(u32, u32, TownId)] {
        let first = self.search(0, self.rows.len(), |name| name < beginning);
        let past = self.search(first, self.rows.len(), |name| name.starts_with(beginning));
        &self.rows[first..past]
    }
}

const ARTICLE: f32 = 0.06;
const STREET_TYPE: f32 = 0.22;
const TITLE: f32 = 0.3;
const NUMBER: f32 = 0.5;
const POSTCODE: f32 = 0.8;
/// A word that no name has: a mistake, or something that is no part of an address.
const UNKNOWN: f32 = 0.85;
/// Towns of one beginning that are looked at: more begin with « s » alone.
const LOOKED_AT: usize = 8_000;
const COMMONEST: f32 = 0.45;
const RAREST: f32 = 1.2;

impl Lexicon {
    /// Reckons it.
    pub(crate) fn of(index: &Index) -> Lexicon {
        let terms = index.terms();
        let places = f64::from(index.places().max(2));
        // Articles and kinds of ways are common; to ask that of rare words would only cost time.
        let common = if terms.len() < 20_000 { 0 } else { (index.places() / 20_000).max(4) as usize };
        let weights = (0..terms.len())
            .map(|term| {
                let named = index.places_named(term).len();
                let kind = if named >= common { kind_of_term(terms.text(term)) } else { Kind::Plain };
                let rarity = ((places / named.max(1) as f64).ln() / places.ln()).clamp(0.0, 1.0) as f32;
                (weight(kind, COMMONEST + (RAREST - COMMONEST) * rarity) * 100.0) as u8
            })
            .collect();
        Lexicon { weights, towns: towns_by_longitude(index), names: TownNames::of(index) }
    }

    /// How much a word counts among others, 0.06 to 1.2.
    pub(super) fn weight(&self, term: TermId) -> f32 {
        self.weights.get(term as usize).map_or(UNKNOWN, |weight| f32::from(*weight) / 100.0)
    }

    /// How much a word of a query counts.
    pub(super) fn weight_of_word(&self, kind: Kind, term: Option<TermId>) -> f32 {
        let plain = term.map_or(UNKNOWN, |term| self.weight(term));
        // What may be the beginning of the query's noise counts less.
        weight(kind, if kind == Kind::Complement { plain.min(TITLE) } else { plain })
    }

    pub(super) fn heaviest(&self) -> f32 {
        RAREST
    }

    pub(super) fn lightest(&self) -> f32 {
        ARTICLE
    }

    /// The greatest towns of which the normalised name begins so.
    pub(super) fn towns_beginning(&self, beginning: &str, most: usize) -> Vec<TownId> {
        let found = self.names.beginning(beginning);
        let mut greatest: Vec<(u32, TownId)> =
            found.iter().take(LOOKED_AT).map(|row| (u32::MAX - row.1, row.2)).collect();
        if greatest.len() > most {
            greatest.select_nth_unstable(most);
            greatest.truncate(most);
        }
        greatest.sort_unstable();
        greatest.into_iter().map(|(_, town)| town).collect()
    }

    /// Towns nearest to a position, the nearest first.
    pub(super) fn towns_around(&self, position: Position, most: usize) -> Vec<TownId> {
        let (lon, lat) = (position.lon as f32, position.lat as f32);
        let shrink = lat.to_radians().cos().max(0.05);
        let reach = 0.25f32;
        let from = self.towns.partition_point(|town| town.0 < lon - reach / shrink);
        let mut near: Vec<(f32, TownId)> = self.towns[from..]
            .iter()
            .take_while(|town| town.0 <= lon + reach / shrink)
            .filter(|town| (town.1 - lat).abs() <= reach)
            .map(|town| (((town.0 - lon) * shrink).powi(2) + (town.1 - lat).powi(2), town.2))
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.truncate(most);
        near.into_iter().map(|(_, town)| town).collect()
    }

    /// Towns of which some place may lie within a box: their own position lies within it or near it.
    pub(super) fn towns_within(&self, bbox: &BoundingBox, most: usize) -> Vec<TownId> {
        const AROUND: f32 = 0.25;
        let (west, east) = (bbox.west as f32 - AROUND, bbox.east as f32 + AROUND);
        let (south, north) = (bbox.south as f32 - AROUND, bbox.north as f32 + AROUND);
        let from = self.towns.partition_point(|town| town.0 < west);
        let within = self.towns[from..].iter().take_while(|town| town.0 <= east);
        within.filter(|town| (south..=north).contains(&town.1)).map(|town| town.2).take(most).collect()
    }
}

fn weight(kind: Kind, plain: f32) -> f32 {
    match kind {
        Kind::Article => ARTICLE,
        Kind::StreetType => STREET_TYPE,
        Kind::Title => TITLE,
        Kind::Number | Kind::Suffix => NUMBER,
        Kind::Postcode => POSTCODE,
        Kind::Plain | Kind::Noise | Kind::Complement => plain,
    }
}

fn kind_of_term(term: &str) -> Kind {
    if term == "arrondissement" {
        return Kind::Article;
    }
    text::words(term).get(0).map_or(Kind::Plain, |word| word.kind)
}

fn towns_by_longitude(index: &Index) -> Box<[(f32, f32, TownId)]> {
    let mut towns: Vec<(f32, f32, TownId)> = (0..index.towns())
        .filter_map(|id| {
            let town = index.town(id);
            if !matches!(town.kind(), TownKind::Commune | TownKind::Arrondissement) {
                return None;
            }
            // A commune without a place of its own is where the middle one of its places is.
            let middle =
                || town.places().iter().next().map(|range| range.start + range.end.saturating_sub(range.start) / 2);
            let place = index.place(town.municipality().or_else(middle)?);
            Some((place.position().lon as f32, place.position().lat as f32, id))
        })
        .collect();
    towns.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
    towns.into()
}
