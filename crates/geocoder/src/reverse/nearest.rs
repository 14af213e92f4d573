//! The nearest things, by opening boxes in the order of their distance.

use super::filter::Filter;
use crate::{
    answer::Kind,
    build::segment::RUN,
    index::{
        Index, PlaceId, PlaceView,
        format::Section,
        places::{degrees, units},
        tree::{Box, Node, Tree},
    },
    place::Position,
};
use std::{
    cmp::Ordering,
    collections::{BinaryHeap, HashSet},
};

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) numbers: bool,
    pub(super) streets: bool,
    pub(super) localities: bool,
    pub(super) towns: bool,
    pub(super) pois: bool,
}

impl Wanted {
    const NOTHING: Wanted = Wanted { numbers: false, streets: false, localities: false, towns: false, pois: false };
    pub(super) const ADDRESSES: Wanted = Wanted { numbers: true, streets: true, localities: true, ..Wanted::NOTHING };
    pub(super) const TOWNS: Wanted = Wanted { towns: true, ..Wanted::NOTHING };
    pub(super) const POIS: Wanted = Wanted { pois: true, ..Wanted::NOTHING };

    pub(super) fn any(self) -> bool {
        self.numbers || self.streets || self.localities || self.towns || self.pois
    }

    pub(super) fn only_pois(self) -> bool {
        self.pois && !(self.numbers || self.streets || self.localities || self.towns)
    }

    /// Whether a place may be an answer by itself.
    fn place(self, kind: Kind) -> bool {
        match kind {
            Kind::HouseNumber => self.numbers,
            Kind::Street => self.streets,
            Kind::Locality => self.localities,
            Kind::Municipality => self.towns,
            Kind::Poi => self.pois,
        }
    }
}

/// An answer: a place, with the rank of one of its numbers or by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) place: PlaceId,
    pub(super) number: Option<u32>,
    pub(super) metres: f64,
}

/// Boxes and things that a search opens at most, so that filters that nothing near passes don't take for ever.
const MOST_STEPS: usize = 20_000;
/// The same when filters name towns or postcodes: these can be gone through one by one.
const MOST_STEPS_BEFORE_LISTS: usize = 800;
/// Towns and postcodes of no more places than this are gone through at once.
const FEW_PLACES: usize = 400;
/// House numbers that are gone through one by one, of the towns or postcodes that filters name.
const MOST_NUMBERS: usize = 400_000;
/// No number of a street is further from the street's own position, in metres.
const LONGEST_STREET: f64 = 30_000.0;
/// A street whose nearest number is further than this is answered by itself where its own position is nearer, in metres.
const NUMBER_FAR: f64 = 200.0;

/// A search around a position.
#[derive(Debug)]
pub(super) struct Search<'a> {
    index: &'a Index,
    filter: &'a Filter<'a>,
    wanted: Wanted,
    position: Position,
    lon: i64,
    lat: i64,
    /// What a degree of longitude is of a degree of latitude here.
    narrowing: f64,
    trees: Vec<Tree<'a>>,
    queue: BinaryHeap<Step>,
    seen: HashSet<PlaceId>,
}

/// What may be opened next.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    /// Square of the distance, in 1e-7 degree of latitude.
    distance: f64,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    Box { tree: u8, node: Node },
    Number { place: PlaceId, rank: u32 },
    Place { place: PlaceId },
}

impl Eq for Step {}

impl Ord for Step {
    fn cmp(&self, other: &Step) -> Ordering {
        other.distance.total_cmp(&self.distance)
    }
}

impl PartialOrd for Step {
    fn partial_cmp(&self, other: &Step) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Metres of 1e-7 degree of latitude.
const METRES: f64 = 0.011_119_5;

impl<'a> Search<'a> {
    pub(super) fn new(index: &'a Index, position: Position, filter: &'a Filter<'a>, wanted: Wanted) -> Search<'a> {
        let mut search = Search {
            index,
            filter,
            wanted,
            position,
            lon: i64::from(units(position.lon)),
            lat: i64::from(units(position.lat)),
            narrowing: position.lat.to_radians().cos().max(0.01),
            trees: Vec::with_capacity(2),
            queue: BinaryHeap::with_capacity(256),
            seen: HashSet::new(),
        };
        let addresses = wanted.streets || wanted.localities;
        for (needed, boxes, entries) in [
            (wanted.numbers || addresses, Section::NumberTreeBoxes, Section::NumberTreeEntries),
            (addresses, Section::StreetTreeBoxes, Section::StreetTreeEntries),
            (wanted.towns, Section::TownTreeBoxes, Section::TownTreeEntries),
            (wanted.pois, Section::PoiTreeBoxes, Section::PoiTreeEntries),
        ] {
            if needed {
                search.plant(Tree::of(index, boxes, entries));
            }
        }
        search
    }

    fn plant(&mut self, tree: Tree<'a>) {
        if let Some(node) = tree.root() {
            let what = What::Box { tree: self.trees.len() as u8, node };
            self.queue.push(Step { distance: 0.0, what });
            self.trees.push(tree);
        }
    }

    /// The nearest answers within a distance.
    pub(super) fn nearest(mut self, limit: usize, metres: f64) -> Vec<Found> {
        // A little more than asked: the plane on which distances are compared isn't the globe on which they are told.
        let most = (metres * 1.02 / METRES).powi(2);
        let mut found: Vec<Found> = Vec::with_capacity(limit.min(16));
        let steps = match self.filter.count() {
            Some(0..=FEW_PLACES) => 0,
            Some(_) => MOST_STEPS_BEFORE_LISTS,
            None => MOST_STEPS,
        };
        for _ in 0..steps {
            let Some(step) = self.queue.pop().filter(|step| step.distance <= most) else {
                return self.within(found, metres);
            };
            match step.what {
                What::Box { tree, node } => self.open(tree, node),
                What::Number { place, rank } => found.extend(self.number(place, rank)),
                What::Place { place } => found.extend(self.place(place)),
            }
            if found.len() >= limit {
                return self.within(found, metres);
            }
        }
        match self.filter.places() {
            Some(places) => self.one_by_one(places, limit, metres),
            None => self.within(found, metres),
        }
    }

    fn within(&self, mut found: Vec<Found>, metres: f64) -> Vec<Found> {
        found.retain(|found| found.metres <= metres);
        found.sort_by(|one, other| one.metres.total_cmp(&other.metres));
        found
    }

    /// Puts what lies in a box into the queue.
    fn open(&mut self, tree: u8, node: Node) {
        let Some(opened) = self.trees.get(usize::from(tree)) else { return };
        if node.level > 0 {
            for (node, bounds) in opened.children(node) {
                if self.may_hold(bounds) {
                    self.queue.push(Step { distance: self.to_box(bounds), what: What::Box { tree, node } });
                }
            }
            return;
        }
        let Some([place, first]) = opened.entry(node) else { return };
        if self.seen.contains(&place) || !self.filter.admits(place) {
            return;
        }
        let view = self.index.place(place);
        if first == u32::MAX {
            if self.wanted.place(view.kind()) && self.holds(view.position()) {
                self.queue.push(Step { distance: self.to(view.position()), what: What::Place { place } });
            }
        } else if self.wanted.numbers || self.wanted.place(view.kind()) {
            self.open_run(place, first);
        }
    }

    /// Puts the nearest number of a run into the queue.
    fn open_run(&mut self, place: PlaceId, first: u32) {
        let numbers = self.index.numbers(place);
        let start = (first.saturating_sub(numbers.first())) as usize;
        if let Some((rank, distance)) = self.nearest_number(place, start..(start + RUN).min(numbers.len())) {
            self.queue.push(Step { distance, what: What::Number { place, rank } });
        }
    }

    fn nearest_number(&self, place: PlaceId, ranks: std::ops::Range<usize>) -> Option<(u32, f64)> {
        let numbers = self.index.numbers(place);
        let distances = ranks.filter_map(|rank| numbers.get(rank).map(|number| (rank as u32, number.position())));
        let distances =
            distances.filter(|(_, position)| self.holds(*position)).map(|(rank, position)| (rank, self.to(position)));
        distances.min_by(|(_, one), (_, other)| one.total_cmp(other))
    }

    /// A house number is the nearest: it is the answer, or its street is.
    fn number(&mut self, place: PlaceId, rank: u32) -> Option<Found> {
        let number = self.index.numbers(place).get(rank as usize)?;
        let metres = number.position().distance(self.position);
        if !self.seen.insert(place) {
            return None;
        }
        Some(Found { place, number: self.wanted.numbers.then_some(rank), metres })
    }

    /// A place's own position is the nearest. A house number of it that isn't far says more than the place does.
    fn place(&mut self, place: PlaceId) -> Option<Found> {
        if self.seen.contains(&place) {
            return None;
        }
        let view = self.index.place(place);
        if self.wanted.numbers
            && let Some((rank, distance)) = self.nearest_number(place, 0..view.numbers().len().min(MOST_NUMBERS))
            && distance.sqrt() * METRES <= NUMBER_FAR
        {
            self.queue.push(Step { distance, what: What::Number { place, rank } });
            return None;
        }
        self.seen.insert(place);
        Some(Found { place, number: None, metres: view.position().distance(self.position) })
    }

    /// Goes through the places that pass the filters: they are elsewhere than the position.
    fn one_by_one(&mut self, places: impl Iterator<Item = PlaceId>, limit: usize, metres: f64) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut looked = 0;
        for place in places.take(MOST_NUMBERS) {
            let view = self.index.place(place);
            if self.to(view.position()).sqrt() * METRES > metres * 1.02 + LONGEST_STREET {
                continue;
            }
            looked += view.numbers().len();
            if looked > MOST_NUMBERS {
                break;
            }
            found.extend(self.of_place(view));
        }
        let mut found = self.within(found, metres);
        found.truncate(limit);
        found
    }

    /// What answers for a place: its nearest number, or itself when that one is far.
    fn of_place(&self, view: PlaceView<'_>) -> Option<Found> {
        let place = view.place();
        let by_itself = self.wanted.place(view.kind()) && self.holds(view.position());
        let number =
            if self.wanted.numbers || by_itself { self.nearest_number(place, 0..view.numbers().len()) } else { None };
        let near = |distance: f64| distance.sqrt() * METRES <= NUMBER_FAR || distance <= self.to(view.position());
        match number.filter(|(_, distance)| !by_itself || near(*distance)) {
            Some((rank, _)) => {
                let metres = view.numbers().get(rank as usize)?.position().distance(self.position);
                Some(Found { place, number: self.wanted.numbers.then_some(rank), metres })
            }
            None => by_itself.then(|| Found { place, number: None, metres: view.position().distance(self.position) }),
        }
    }

    fn holds(&self, position: Position) -> bool {
        self.filter.bbox().is_none_or(|bbox| bbox.contains(position))
    }

    fn may_hold(&self, bounds: &Box) -> bool {
        self.filter.bbox().is_none_or(|bbox| {
            let [west, south, east, north] = bounds.map(|bound| degrees(bound.cast_unsigned()));
            west <= bbox.east && east >= bbox.west && south <= bbox.north && north >= bbox.south
        })
    }

    fn to(&self, position: Position) -> f64 {
        let (lon, lat) = (units(position.lon), units(position.lat));
        self.to_box(&[lon, lat, lon, lat])
    }

    /// Square of the distance to a box.
    fn to_box(&self, [west, south, east, north]: &Box) -> f64 {
        let beyond = |at: i64, low: i32, high: i32| (i64::from(low) - at).max(at - i64::from(high)).max(0) as f64;
        let x = beyond(self.lon, *west, *east) * self.narrowing;
        let y = beyond(self.lat, *south, *north);
        x * x + y * y
    }
}
