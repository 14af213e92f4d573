//! Addresses looked for in the index, each that is written once, on all cores.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array as _, StringArray};
use geocoder::{Filters, Hit, Index, Kind, SearchQuery};
use rayon::prelude::*;

use super::address::{Address, AddressReader, communes};
use super::choice::{Candidate, Geocoding, PlaceKind};

/// Places looked for an address.
const CANDIDATES: usize = 4;
/// Below this chance a place only happens to share a word with what was asked.
const LEAST: f32 = 0.05;
/// Addresses whose places are remembered; then all are forgotten.
const REMEMBERED: usize = 100_000;

/// What an index knows of an address.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    /// Places that it may be, the best first.
    pub candidates: Vec<Candidate>,
    /// Its commune, when that may stand for it.
    pub town: Option<Candidate>,
    /// What comes nearest, however far it is: where a map of the address begins.
    pub nearest: Option<Candidate>,
}

impl Known {
    /// What is taken without a person's word.
    pub fn taken(&self, geocoding: &Geocoding) -> Option<&Candidate> {
        let best = self.candidates.first().filter(|best| best.kind != PlaceKind::Municipality);
        best.into_iter().chain(&self.town).find(|candidate| geocoding.takes(candidate))
    }
}

/// An address and what is known of it.
pub(crate) type Answer = (String, Arc<Known>);

/// Looks for the addresses of a table.
#[derive(Debug)]
pub(super) struct Finder {
    reader: AddressReader,
    index: Arc<Index>,
    within: Vec<String>,
    towns: bool,
    remembered: HashMap<String, Arc<Known>>,
}

impl Finder {
    /// For a table with this header; `None` when its addresses were taken out.
    pub fn new(geocoding: &Geocoding, header: &[String], index: Arc<Index>) -> Option<Self> {
        Some(Self {
            reader: AddressReader::new(&geocoding.columns, header)?,
            index,
            within: geocoding.columns.within.as_deref().map(communes).unwrap_or_default(),
            towns: geocoding.towns,
            remembered: HashMap::new(),
        })
    }

    /// What is known of the address of each row; `None` where a row writes none.
    pub fn find(&mut self, columns: &[StringArray]) -> Vec<Option<Answer>> {
        let rows = columns.first().map_or(0, |column| column.len());
        let addresses: Vec<Option<Address>> =
            (0..rows).into_par_iter().map(|row| self.reader.read(columns, row)).collect();
        if self.remembered.len() > REMEMBERED {
            self.remembered.clear();
        }
        let mut new: HashMap<&str, &Address> = HashMap::new();
        for address in addresses.iter().flatten() {
            if !self.remembered.contains_key(&address.text) {
                new.insert(&address.text, address);
            }
        }
        let new: Vec<&Address> = new.into_values().collect();
        let found: Vec<(String, Arc<Known>)> =
            new.into_par_iter().map(|address| (address.text.clone(), Arc::new(self.look(address)))).collect();
        self.remembered.extend(found);
        let known = |address: Address| {
            let known = Arc::clone(self.remembered.get(&address.text)?);
            Some((address.text, known))
        };
        addresses.into_iter().map(|address| address.and_then(known)).collect()
    }

    fn look(&self, address: &Address) -> Known {
        let mut candidates = self.candidates(address);
        let nearest = candidates.first().cloned();
        candidates.retain(|candidate| candidate.score >= LEAST);
        let town = if self.towns { self.town(address) } else { None };
        Known { candidates, town, nearest }
    }

    fn candidates(&self, address: &Address) -> Vec<Candidate> {
        let query = |city_codes: Vec<String>| SearchQuery {
            limit: CANDIDATES,
            autocomplete: false,
            filters: Filters { city_codes, ..Filters::default() },
            ..SearchQuery::new(address.asked.as_str())
        };
        let mut hits = self.index.search(&query(self.codes(address)));
        if hits.is_empty() && address.city_code.is_some() {
            // The code may be wrong, or of a commune that is no more.
            hits = self.index.search(&query(Vec::new()));
        }
        hits.into_iter().map(Candidate::from).collect()
    }

    /// The communes in which the address is.
    fn codes(&self, address: &Address) -> Vec<String> {
        match &address.city_code {
            Some(code) => vec![code.clone()],
            None if address.town.is_none() => self.within.clone(),
            None => Vec::new(),
        }
    }

    fn town(&self, address: &Address) -> Option<Candidate> {
        let codes = self.codes(address);
        let named = match codes.as_slice() {
            [code] => geography::Geography::shipped().commune(code).map(|commune| commune.name().to_owned()),
            _ => None,
        };
        // A code says which commune it is without a doubt.
        let sure = named.is_some();
        let text = named.or_else(|| address.town.clone()).unwrap_or_else(|| address.asked.clone());
        let filters = Filters { kinds: vec![Kind::Municipality], city_codes: codes, ..Filters::default() };
        let query = SearchQuery { limit: 1, autocomplete: false, filters, ..SearchQuery::new(text) };
        let town = self.index.search(&query).into_iter().next().map(Candidate::from)?;
        Some(if sure { Candidate { score: 1.0, ..town } } else { town })
    }
}

impl From<Hit> for Candidate {
    fn from(hit: Hit) -> Self {
        Self {
            kind: match hit.kind {
                Kind::HouseNumber if hit.interpolated => PlaceKind::Interpolated,
                Kind::HouseNumber => PlaceKind::Number,
                Kind::Street => PlaceKind::Street,
                Kind::Locality => PlaceKind::Locality,
                Kind::Municipality => PlaceKind::Municipality,
                Kind::Poi => PlaceKind::Poi,
            },
            label: hit.label,
            score: hit.score,
            latitude: hit.position.lat,
            longitude: hit.position.lon,
            id: hit.id,
            city_code: hit.city_code,
            city: hit.city,
        }
    }
}
