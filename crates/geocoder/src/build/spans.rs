//! Which ranges of places towns and postcodes have.

use super::segment::Town;
use crate::index::places::{self, field};
use std::collections::BTreeSet;

/// Ranges of places by town and by postcode, and postcodes by town; towns and postcodes are ranked as they came.
#[derive(Debug)]
pub(super) struct Spans {
    pub(super) towns: Vec<Vec<[u32; 2]>>,
    pub(super) postcodes: Vec<Vec<[u32; 2]>>,
    pub(super) postcodes_of_towns: Vec<BTreeSet<u32>>,
}

impl Spans {
    pub(super) fn new(towns: usize, postcodes: usize) -> Spans {
        Spans {
            towns: vec![Vec::new(); towns],
            postcodes: vec![Vec::new(); postcodes],
            postcodes_of_towns: vec![BTreeSet::new(); towns],
        }
    }

    /// Adds the next place, whose towns are still ranked as they came.
    pub(super) fn add(&mut self, place: u32, row: &[u32; places::WIDTH], towns: &[Town], postcodes: &[u32]) {
        for postcode in postcodes {
            extend(&mut self.postcodes[*postcode as usize], place);
        }
        let town = row[field::TOWN];
        let city = towns.get(town as usize).and_then(|town| town.parent);
        let district = Some(row[field::DISTRICT]).filter(|district| *district != town);
        for town in [Some(town), city, Some(row[field::OLD_TOWN]), district].into_iter().flatten() {
            let Some(ranges) = self.towns.get_mut(town as usize) else { continue };
            extend(ranges, place);
            self.postcodes_of_towns[town as usize].extend(postcodes);
        }
    }
}

/// Adds a place to ascending ranges.
fn extend(ranges: &mut Vec<[u32; 2]>, place: u32) {
    match ranges.last_mut() {
        Some([_, end]) if *end == place => *end += 1,
        Some([_, end]) if *end > place => {}
        _ => ranges.push([place, place + 1]),
    }
}
