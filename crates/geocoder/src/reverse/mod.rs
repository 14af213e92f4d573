//! From a position to the nearest house number, street, locality, town or point of interest.
//!
//! Boxes of the spatial trees are opened in the order of their distance, so that the first things that come out are the
//! nearest. A street comes once: with its nearest house number, or by itself where that one is far.

mod filter;
mod nearest;

use crate::{
    answer::{Hit, Kind},
    index::{Index, PlaceId},
    query::ReverseQuery,
};
use filter::Filter;
use nearest::{Found, Search, Wanted};
use std::collections::HashSet;

/// How far an address is looked for when the query doesn't say, in metres.
const FAR: f64 = 2_000.0;
/// How far a town's centre is looked for when there is no address near, in metres.
const TOWN_FAR: f64 = 20_000.0;
/// The most answers.
const MOST: usize = 100;

impl Index {
    /// The nearest answers, the nearest first: house numbers, streets and localities, each street once; where there is
    /// none, the town. Municipalities and points of interest come when their kind is asked for (the latter also with
    /// their categories). The distance of a street is to the nearest point of it that the index knows.
    ///
    /// Work is bounded wherever the position is and whatever the filters are.
    #[must_use]
    pub fn reverse(&self, query: &ReverseQuery) -> Vec<Hit> {
        let filter = Filter::of(self, &query.filters);
        let limit = query.limit.min(MOST);
        let finite = query.position.lon.is_finite() && query.position.lat.is_finite();
        if limit == 0 || !finite || filter.is_impossible() {
            return Vec::new();
        }
        let mut found = Vec::new();
        if filter.wants_town() {
            found = self.towns_at(query, &filter, limit);
        }
        let wanted = filter.wanted();
        if wanted.any() {
            let far = query.max_distance.unwrap_or(if wanted.only_pois() { TOWN_FAR } else { FAR });
            found.extend(Search::new(self, query.position, &filter, wanted).nearest(limit, far));
        }
        found.sort_by(|one, other| one.metres.total_cmp(&other.metres));
        if found.is_empty() && query.filters.kinds.is_empty() && !wanted.only_pois() {
            found = self.towns_at(query, &filter, 1);
        }
        found.truncate(limit);
        found.iter().map(|found| self.hit(found)).collect()
    }

    /// Towns: that of the nearest address first, whose town it surely is; then the nearest centres.
    fn towns_at(&self, query: &ReverseQuery, filter: &Filter<'_>, limit: usize) -> Vec<Found> {
        let far = query.max_distance.unwrap_or(TOWN_FAR);
        let mut seen: HashSet<PlaceId> = HashSet::new();
        let addresses = Search::new(self, query.position, filter, Wanted::ADDRESSES).nearest(1, FAR);
        let own = addresses.first().and_then(|address| self.place(address.place).town().municipality());
        let own = own.filter(|place| filter.admits(*place)).map(|place| {
            let metres = self.place(place).position().distance(query.position);
            Found { place, number: None, metres }
        });
        let own = own.filter(|own| query.max_distance.is_none_or(|most| own.metres <= most));
        let mut towns: Vec<Found> = own.into_iter().collect();
        seen.extend(towns.iter().map(|town| town.place));
        if towns.len() < limit {
            let centres = Search::new(self, query.position, filter, Wanted::TOWNS).nearest(limit, far);
            towns.extend(centres.into_iter().filter(|town| seen.insert(town.place)));
        }
        towns.truncate(limit);
        towns
    }

    fn hit(&self, found: &Found) -> Hit {
        let number = found.number.and_then(|rank| self.numbers(found.place).get(rank as usize));
        let mut hit = match number {
            Some(number) => Hit::of_number(self, number),
            None => Hit::of_place(self.place(found.place)),
        };
        hit.distance = Some(found.metres);
        hit.score = score(found.metres);
        hit
    }
}

/// How near an answer is, 1 to 0, on the scale of the API Adresse: half at some forty kilometres, nothing at a hundred.
fn score(metres: f64) -> f32 {
    let kilometres = metres / 1000.0;
    if kilometres > 100.0 { 0.0 } else { (-(kilometres / 50.0).powi(2)).exp() as f32 }
}

impl Filter<'_> {
    /// Whether municipalities are asked for.
    fn wants_town(&self) -> bool {
        self.kinds().contains(&Kind::Municipality)
    }

    /// What else is asked for.
    fn wanted(&self) -> Wanted {
        let kinds = self.kinds();
        if kinds.is_empty() {
            return if self.has_categories() { Wanted::POIS } else { Wanted::ADDRESSES };
        }
        Wanted {
            numbers: kinds.contains(&Kind::HouseNumber),
            streets: kinds.contains(&Kind::Street),
            localities: kinds.contains(&Kind::Locality),
            towns: false,
            pois: kinds.contains(&Kind::Poi),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
