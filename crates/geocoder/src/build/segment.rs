//! A partition's places, joined, sorted and counted, with ranks of its own: the pieces of work that run side by side.

use super::{
    BuildError, city, importance,
    interner::Interner,
    join,
    record::{Number, Piece, Reader},
    tree::{self, Leaf},
};
use crate::{
    answer::Kind,
    index::{
        TownKind,
        numbers::SUFFIX_BITS,
        places::{self, NONE, field, flag, kind_code},
    },
    place::PlaceKind,
    text,
};
use std::collections::HashMap;

/// The greatest house number that has a place in an index.
const GREATEST_NUMBER: u32 = (1 << (32 - SUFFIX_BITS)) - 1;
/// House numbers that share an entry of the spatial tree.
pub(crate) const RUN: usize = 16;

/// Names and their words.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) texts: Interner,
    pub(super) terms: Interner,
    /// Ranks of terms, one name's behind another's, and past the end of each.
    pub(super) words: Vec<u32>,
    pub(super) ends: Vec<u32>,
    /// Other readings of words, under which a name is found as well.
    pub(super) readings: Vec<(u32, u32)>,
    /// Names of the same words.
    spellings: Interner,
    spelling: Vec<u32>,
}

impl Names {
    fn add(&mut self, name: &str) -> u32 {
        let (rank, new) = self.texts.intern(name);
        if new {
            let words = text::words(name);
            for word in words.iter() {
                self.words.push(self.terms.intern(word.text).0);
                if let Some(other) = word.other {
                    self.readings.push((rank, self.terms.intern(other).0));
                }
            }
            self.ends.push(self.words.len() as u32);
            self.spelling.push(self.spellings.intern(&words.joined()).0);
        }
        rank
    }

    fn spelling(&mut self, name: &str) -> u32 {
        let rank = self.add(name);
        self.spelling[rank as usize]
    }

    pub(super) fn words_of(&self, name: usize) -> &[u32] {
        let start = if name == 0 { 0 } else { self.ends[name - 1] as usize };
        &self.words[start..self.ends[name] as usize]
    }
}

/// A town of a partition.
#[derive(Debug, Clone)]
pub(super) struct Town {
    pub(super) kind: TownKind,
    pub(super) code: String,
    pub(super) name: u32,
    pub(super) parent: Option<u32>,
    pub(super) population: Option<u32>,
    pub(super) municipality: Option<u32>,
}

/// What a partition holds; all ranks count from the partition's first.
#[derive(Debug, Default)]
pub(super) struct Segment {
    pub(super) names: Names,
    pub(super) suffixes: Interner,
    pub(super) postcodes: Interner,
    pub(super) towns: Vec<Town>,
    towns_by_key: HashMap<(TownKind, String, String), u32>,
    pub(super) places: Vec<[u32; places::WIDTH]>,
    pub(super) place_ids: String,
    pub(super) place_ban_ids: Vec<u128>,
    pub(super) aliases: Vec<[u32; 2]>,
    pub(super) other_postcodes: Vec<[u32; 2]>,
    pub(super) categories: Vec<[u32; 2]>,
    /// Number, longitude, latitude; their suffixes are apart.
    pub(super) numbers: Vec<[u32; 3]>,
    pub(super) suffix_of: Vec<u32>,
    pub(super) certified: Vec<bool>,
    pub(super) number_ban_ids: Vec<u128>,
    pub(super) number_ids: Vec<(u32, Box<str>)>,
    pub(super) number_postcodes: Vec<[u32; 2]>,
    pub(super) runs: Vec<Leaf>,
    /// Places without a position, house numbers too great for an index.
    pub(super) left_out: u64,
}

impl Segment {
    /// Reads a partition commune by commune.
    pub(super) fn of(records: &[u8]) -> Result<Segment, BuildError> {
        // Nothing within has more bytes than the whole: offsets and ranks in 32 bits are enough for all of it.
        if u32::try_from(records.len()).is_err() {
            return Err(BuildError::TooLarge { what: "addresses of one département" });
        }
        let mut reader = Reader(records);
        let mut order: Vec<(&str, &[u8])> = Vec::new();
        while let Some(record) = reader.record()? {
            order.push((Reader(record).text()?, record));
        }
        order.sort_by_key(|(commune, _)| *commune);
        let mut segment = Segment::default();
        for pieces in order.chunk_by(|(one, _), (other, _)| one == other) {
            let pieces = pieces.iter().map(|(_, record)| Reader(record).piece()).collect::<Result<Vec<_>, _>>()?;
            segment.add_commune(pieces);
        }
        Ok(segment)
    }

    fn add_commune(&mut self, pieces: Vec<Piece<'_>>) {
        let Some(code) = pieces.first().map(|piece| piece.commune.to_owned()) else { return };
        let mut places = join::join(pieces, |name| self.names.spelling(name));
        if let Some(name) = places.iter().find(|place| is_current(place)).map(|place| self.names.spelling(place.name)) {
            // A former commune of the same name is no other answer to who asks for the town.
            places.retain(|place| !is_old(place) || self.names.spelling(place.name) != name);
        }
        let town = self.town_of_commune(&code, &places);
        let municipality = places.iter().find(|place| is_current(place));
        let population = municipality.and_then(|place| population(&place.kind));
        let only_postcode = municipality.and_then(|place| match place.postcodes[..] {
            [only] => Some(only),
            _ => None,
        });
        for place in &mut places {
            if place.postcodes.is_empty() {
                place.postcodes.extend(only_postcode);
            }
        }
        places.sort_by_cached_key(|place| {
            let postcode = place.postcodes.first().copied().unwrap_or_default();
            (place.old_code, place.old_name, postcode, self.names.spelling(place.name), place.name, place.id)
        });
        for place in places {
            self.add_place(town, place, population);
        }
    }

    /// The commune or arrondissement of these places.
    fn town_of_commune(&mut self, code: &str, places: &[Piece<'_>]) -> u32 {
        let named = |mut texts: &mut dyn Iterator<Item = &str>| {
            Iterator::find(&mut texts, |text| !text.is_empty()).map(str::to_owned)
        };
        let municipality = named(&mut places.iter().filter(|place| is_current(place)).map(|place| place.name));
        let Some((city, number)) = city::of_arrondissement(code) else {
            let told = || named(&mut places.iter().filter(|place| !is_old(place)).map(|place| place.city));
            let name = municipality.or_else(told).unwrap_or_else(|| code.to_owned());
            let town = self.town(TownKind::Commune, code, "", None);
            self.towns[town as usize].name = self.names.add(&name);
            return town;
        };
        let parent = self.town(TownKind::Commune, city.code, "", None);
        if self.towns[parent as usize].name == NONE {
            self.towns[parent as usize].name = self.names.add(city.name);
        }
        let told = municipality.or_else(|| named(&mut places.iter().map(|place| place.district)));
        let name = told.filter(|name| name != city.name).unwrap_or_else(|| city.arrondissement(number));
        let town = self.town(TownKind::Arrondissement, code, "", Some(parent));
        self.towns[town as usize].name = self.names.add(&name);
        town
    }

    /// A town by its code, and by what tells it from others when its code doesn't.
    fn town(&mut self, kind: TownKind, code: &str, which: &str, parent: Option<u32>) -> u32 {
        let key = (kind, code.to_owned(), which.to_owned());
        if let Some(town) = self.towns_by_key.get(&key) {
            return *town;
        }
        let town = self.towns.len() as u32;
        self.towns.push(Town { kind, code: code.to_owned(), name: NONE, parent, population: None, municipality: None });
        self.towns_by_key.insert(key, town);
        town
    }

    /// The former commune of a place.
    fn old_town(&mut self, town: u32, place: &Piece<'_>) -> u32 {
        let parent = self.towns[town as usize].code.clone();
        // The former commune that gave its code to the commune of today is told by its name; others by their code, with
        // their commune, since one may have been split among several.
        let (code, which) = match place.old_code {
            code if code.is_empty() || code == parent => (parent.as_str(), place.old_name),
            code => (code, parent.as_str()),
        };
        if which.is_empty() {
            return NONE;
        }
        let old = self.town(TownKind::Old, code, which, Some(town));
        if self.towns[old as usize].name == NONE && !place.old_name.is_empty() {
            self.towns[old as usize].name = self.names.add(place.old_name);
        }
        if self.towns[old as usize].name == NONE {
            self.towns[old as usize].name = self.names.add(code);
        }
        old
    }

    fn district(&mut self, town: u32, place: &Piece<'_>) -> u32 {
        if self.towns[town as usize].kind == TownKind::Arrondissement {
            return town;
        }
        if place.district.is_empty() {
            return NONE;
        }
        let code = self.towns[town as usize].code.clone();
        let district = self.town(TownKind::District, &code, place.district, Some(town));
        self.towns[district as usize].name = self.names.add(place.district);
        district
    }

    fn add_place(&mut self, town: u32, mut place: Piece<'_>, population_of_town: Option<u32>) {
        join::tidy(&mut place.numbers);
        let first_number = self.numbers.len() as u32;
        let rank = self.places.len() as u32;
        let postcode = place.postcodes.first().copied().unwrap_or_default();
        for number in &place.numbers {
            self.add_number(number, postcode);
        }
        let numbers = self.numbers.len() as u32 - first_number;
        self.add_runs(rank, first_number);
        let middle = self.numbers.get(first_number as usize + numbers as usize / 2).filter(|_| numbers > 0);
        let middle = middle.map(|[_, lon, lat]| [lon.cast_signed(), lat.cast_signed()]);
        let Some([lon, lat]) = place.position.or(middle) else {
            self.left_out += 1;
            return;
        };
        let old = self.old_town(town, &place);
        let mut row = [0; places::WIDTH];
        row[field::NAME] = self.names.add(place.name);
        row[field::TOWN] = town;
        row[field::OLD_TOWN] = old;
        row[field::DISTRICT] = self.district(town, &place);
        row[field::POSTCODE] = if postcode.is_empty() { NONE } else { self.postcodes.intern(postcode).0 };
        (row[field::LON], row[field::LAT]) = (lon.cast_unsigned(), lat.cast_unsigned());
        let importance = place
            .importance
            .unwrap_or_else(|| importance::of(&place.kind, place.name, numbers as usize, population_of_town));
        row[field::KIND] = (importance.clamp(0.0, 1.0) * 65_535.0).round() as u32 | kind_code(kind(&place.kind)) << 16;
        row[field::KIND] |= self.add_sparse(rank, &place);
        (row[field::FIRST_NUMBER], row[field::NUMBERS]) = (first_number, numbers);
        (row[field::ID], row[field::ID_LENGTH]) = (self.place_ids.len() as u32, place.id.len() as u32);
        self.place_ids.push_str(place.id);
        self.place_ban_ids.push(place.ban_id);
        self.places.push(row);
        self.tell_town(if is_old(&place) { old } else { town }, rank, &place);
    }

    /// What few places have; gives the flags of a place.
    fn add_sparse(&mut self, rank: u32, place: &Piece<'_>) -> u32 {
        let mut flags = 0;
        for alias in place.aliases.iter().filter(|alias| !alias.is_empty() && **alias != place.name) {
            let name = self.names.add(alias);
            self.aliases.push([rank, name]);
            flags |= flag::ALIASES;
        }
        for postcode in place.postcodes.iter().skip(1) {
            self.other_postcodes.push([rank, self.postcodes.intern(postcode).0]);
            flags |= flag::POSTCODES;
        }
        if let PlaceKind::Poi { categories } = &place.kind {
            for category in categories {
                let name = self.names.add(category);
                self.categories.push([rank, name]);
                flags |= flag::CATEGORIES;
            }
        }
        flags
    }

    /// Remembers a municipality as its town's.
    fn tell_town(&mut self, town: u32, rank: u32, place: &Piece<'_>) {
        if let PlaceKind::Municipality { population, .. } = place.kind
            && let Some(town) = self.towns.get_mut(town as usize)
            && town.municipality.is_none()
        {
            town.municipality = Some(rank);
            town.population = population;
        }
    }

    fn add_number(&mut self, number: &Number<'_>, postcode_of_place: &str) {
        if number.number > GREATEST_NUMBER {
            self.left_out += 1;
            return;
        }
        let rank = self.numbers.len() as u32;
        let [lon, lat] = number.position.map(i32::cast_unsigned);
        self.numbers.push([number.number, lon, lat]);
        self.suffix_of.push(self.suffixes.intern(number.suffix).0);
        self.certified.push(number.certified);
        if number.ban_id != 0 {
            self.number_ban_ids.resize(rank as usize, 0);
            self.number_ban_ids.push(number.ban_id);
        }
        if !number.id.is_empty() {
            self.number_ids.push((rank, number.id.as_ref().into()));
        }
        if !number.postcode.is_empty() && number.postcode != postcode_of_place {
            self.number_postcodes.push([rank, self.postcodes.intern(number.postcode).0]);
        }
    }

    /// Entries of the spatial tree for the house numbers of a place.
    fn add_runs(&mut self, place: u32, first: u32) {
        let numbers = self.numbers.get(first as usize..).unwrap_or_default();
        for (rank, run) in numbers.chunks(RUN).enumerate() {
            let point =
                |[_, lon, lat]: &[u32; 3]| [lon.cast_signed(), lat.cast_signed(), lon.cast_signed(), lat.cast_signed()];
            let entry = [place, first + (rank * RUN) as u32];
            self.runs.push(Leaf { bounds: tree::around(run.iter().map(point)), entry });
        }
    }
}

fn kind(kind: &PlaceKind) -> Kind {
    match kind {
        PlaceKind::Street => Kind::Street,
        PlaceKind::Locality => Kind::Locality,
        PlaceKind::Municipality { .. } => Kind::Municipality,
        PlaceKind::Poi { .. } => Kind::Poi,
    }
}

fn population(kind: &PlaceKind) -> Option<u32> {
    match kind {
        PlaceKind::Municipality { population, .. } => *population,
        _ => None,
    }
}

/// Whether a place is a former commune itself.
pub(super) fn is_old(place: &Piece<'_>) -> bool {
    let part = matches!(&place.kind, PlaceKind::Municipality { parent: Some(_), .. });
    part && city::of_arrondissement(place.commune).is_none()
}

/// Whether a place is the commune or the arrondissement that it lies in.
fn is_current(place: &Piece<'_>) -> bool {
    matches!(place.kind, PlaceKind::Municipality { .. }) && !is_old(place)
}
