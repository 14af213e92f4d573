//! Partitions put one behind another, and the file written from them.

use super::{
    BuildError, Progress, Stage, Summary,
    column::Column,
    interner::{Interner, inverse},
    segment::{Segment, Town},
    sink::Sink,
    spans::Spans,
    tree::{self, Leaf},
    vocabulary,
};
use crate::index::{
    TownKind,
    format::Section,
    numbers::{OTHER_SUFFIX, SUFFIX_BITS},
    places::{self, NONE, field},
    towns,
};
use std::path::Path;

/// A file under construction.
#[derive(Debug)]
pub(super) struct Assembly {
    sink: Sink,
    names: Interner,
    terms: Interner,
    name_words: Vec<u32>,
    name_ends: Vec<u32>,
    /// (name, term) beyond a name's words, by name.
    readings: Vec<[u32; 2]>,
    suffixes: Interner,
    postcodes: Interner,
    towns: Vec<Town>,
    places: Column,
    place_names: Vec<u32>,
    importance: Vec<u16>,
    place_ids: Column,
    place_ban_ids: Column,
    place_ban_ids_any: bool,
    aliases: Vec<[u32; 2]>,
    other_postcodes: Vec<[u32; 2]>,
    categories: Vec<[u32; 2]>,
    certified: Vec<u8>,
    number_ban_ids: Column,
    number_ids: Column,
    number_id_offsets: Column,
    number_id_bytes: Column,
    number_postcodes: Vec<[u32; 2]>,
    number_suffixes: Vec<[u32; 2]>,
    runs: Vec<Leaf>,
    streets: Vec<Leaf>,
    municipalities: Vec<Leaf>,
    pois: Vec<Leaf>,
    summary: Summary,
}

/// How ranks of a segment become ranks of the file.
struct Shift {
    names: Vec<u32>,
    postcodes: Vec<u32>,
    suffixes: Vec<u32>,
    place: u32,
    number: u32,
    town: u32,
}

impl Assembly {
    pub(super) fn new(to: &Path, scratch: &Path) -> Result<Assembly, BuildError> {
        let mut sink = Sink::create(to)?;
        sink.begin(Section::Numbers)?;
        let column = || Column::new(scratch);
        Ok(Assembly {
            sink,
            names: Interner::default(),
            terms: Interner::default(),
            name_words: Vec::new(),
            name_ends: Vec::new(),
            readings: Vec::new(),
            suffixes: Interner::default(),
            postcodes: Interner::default(),
            towns: Vec::new(),
            places: column(),
            place_names: Vec::new(),
            importance: Vec::new(),
            place_ids: column(),
            place_ban_ids: column(),
            place_ban_ids_any: false,
            aliases: Vec::new(),
            other_postcodes: Vec::new(),
            categories: Vec::new(),
            certified: Vec::new(),
            number_ban_ids: column(),
            number_ids: column(),
            number_id_offsets: column(),
            number_id_bytes: column(),
            number_postcodes: Vec::new(),
            number_suffixes: Vec::new(),
            runs: Vec::new(),
            streets: Vec::new(),
            municipalities: Vec::new(),
            pois: Vec::new(),
            summary: Summary::default(),
        })
    }

    /// Adds the next partition.
    pub(super) fn take(&mut self, segment: Segment) -> Result<(), BuildError> {
        let place = self.place_names.len() as u32;
        let number = u32::try_from(self.summary.numbers).unwrap_or(u32::MAX);
        let most = u64::from(u32::MAX - 1);
        if u64::from(place) + segment.places.len() as u64 > most
            || u64::from(number) + segment.numbers.len() as u64 > most
        {
            return Err(BuildError::TooLarge { what: "addresses" });
        }
        let shift = Shift {
            names: self.take_names(&segment),
            postcodes: segment.postcodes.iter().map(|text| self.postcodes.intern(text).0).collect(),
            suffixes: segment.suffixes.iter().map(|text| self.suffixes.intern(text).0).collect(),
            place,
            number,
            town: self.towns.len() as u32,
        };
        if u32::try_from(self.names.bytes().max(self.name_words.len()).max(self.terms.bytes())).is_err() {
            return Err(BuildError::TooLarge { what: "names" });
        }
        self.take_towns(&segment, &shift);
        self.take_numbers(&segment, &shift)?;
        self.take_places(&segment, &shift)
    }

    fn take_names(&mut self, segment: &Segment) -> Vec<u32> {
        let terms: Vec<u32> = segment.names.terms.iter().map(|text| self.terms.intern(text).0).collect();
        let mut readings = segment.names.readings.iter().peekable();
        let mut ranks = Vec::with_capacity(segment.names.texts.len());
        for (local, text) in segment.names.texts.iter().enumerate() {
            let (rank, new) = self.names.intern(text);
            ranks.push(rank);
            while let Some((_, term)) = readings.next_if(|(name, _)| *name as usize == local) {
                if new {
                    self.readings.push([rank, terms[*term as usize]]);
                }
            }
            if new {
                self.name_words.extend(segment.names.words_of(local).iter().map(|term| terms[*term as usize]));
                self.name_ends.push(self.name_words.len() as u32);
            }
        }
        ranks
    }

    fn take_towns(&mut self, segment: &Segment, shift: &Shift) {
        self.towns.extend(segment.towns.iter().map(|town| Town {
            name: shift.names.get(town.name as usize).copied().unwrap_or(NONE),
            parent: town.parent.map(|parent| parent + shift.town),
            municipality: town.municipality.map(|place| place + shift.place),
            ..town.clone()
        }));
    }

    fn take_numbers(&mut self, segment: &Segment, shift: &Shift) -> Result<(), BuildError> {
        let mut rows = Vec::with_capacity(8192);
        for (chunk, first) in segment.numbers.chunks(8192).zip((0..).step_by(8192)) {
            rows.clear();
            for ([number, lon, lat], rank) in chunk.iter().zip(first..) {
                let suffix = shift.suffixes[segment.suffix_of[rank as usize] as usize];
                if suffix >= OTHER_SUFFIX {
                    self.number_suffixes.push([rank + shift.number, suffix]);
                }
                rows.push([number << SUFFIX_BITS | suffix.min(OTHER_SUFFIX), *lon, *lat]);
            }
            self.sink.push(&rows)?;
        }
        for (rank, certified) in segment.certified.iter().enumerate() {
            let rank = shift.number as usize + rank;
            if rank.is_multiple_of(8) {
                self.certified.push(0);
            }
            if let Some(byte) = self.certified.last_mut() {
                *byte |= u8::from(*certified) << (rank % 8);
            }
        }
        if !segment.number_ban_ids.is_empty() {
            self.number_ban_ids.fill(u64::from(shift.number) * 16)?;
            self.number_ban_ids.push(&segment.number_ban_ids)?;
        }
        for (rank, id) in &segment.number_ids {
            let offset = self.number_id_bytes.offset()?;
            self.number_ids.push(&[rank + shift.number])?;
            self.number_id_offsets.push(&[offset])?;
            self.number_id_bytes.push(id.as_bytes())?;
        }
        let postcodes = segment.number_postcodes.iter();
        self.number_postcodes
            .extend(postcodes.map(|[rank, code]| [rank + shift.number, shift.postcodes[*code as usize]]));
        let runs = segment.runs.iter();
        self.runs
            .extend(runs.map(|run| Leaf { entry: [run.entry[0] + shift.place, run.entry[1] + shift.number], ..*run }));
        self.summary.numbers += segment.numbers.len() as u64;
        self.summary.left_out += segment.left_out;
        Ok(())
    }

    fn take_places(&mut self, segment: &Segment, shift: &Shift) -> Result<(), BuildError> {
        let ids = self.place_ids.offset()?;
        let or_none = |rank: u32, shift: u32| if rank == NONE { NONE } else { rank + shift };
        for (rank, place) in segment.places.iter().enumerate() {
            let mut row = *place;
            row[field::NAME] = shift.names[place[field::NAME] as usize];
            row[field::TOWN] += shift.town;
            row[field::OLD_TOWN] = or_none(place[field::OLD_TOWN], shift.town);
            row[field::DISTRICT] = or_none(place[field::DISTRICT], shift.town);
            row[field::POSTCODE] = shift.postcodes.get(place[field::POSTCODE] as usize).copied().unwrap_or(NONE);
            row[field::FIRST_NUMBER] += shift.number;
            row[field::ID] = ids.checked_add(place[field::ID]).ok_or(BuildError::TooLarge { what: "identifiers" })?;
            self.places.push(&[row])?;
            self.place_names.push(row[field::NAME]);
            self.importance.push((row[field::KIND] & 0xffff) as u16);
            self.count(&row, shift.place + rank as u32);
        }
        self.place_ids.push(segment.place_ids.as_bytes())?;
        self.place_ban_ids.push(&segment.place_ban_ids)?;
        self.place_ban_ids_any |= segment.place_ban_ids.iter().any(|id| *id != 0);
        let names = |[place, name]: &[u32; 2]| [place + shift.place, shift.names[*name as usize]];
        self.aliases.extend(segment.aliases.iter().map(names));
        self.categories.extend(segment.categories.iter().map(names));
        let postcodes = |[place, code]: &[u32; 2]| [place + shift.place, shift.postcodes[*code as usize]];
        self.other_postcodes.extend(segment.other_postcodes.iter().map(postcodes));
        Ok(())
    }

    /// Counts a place and puts its position in the tree of its kind.
    fn count(&mut self, row: &[u32; places::WIDTH], place: u32) {
        let leaf = Leaf::point([row[field::LON].cast_signed(), row[field::LAT].cast_signed()], [place, NONE]);
        let (count, leaves) = match row[field::KIND] >> 16 & 0xff {
            2 => (&mut self.summary.localities, &mut self.streets),
            3 => (&mut self.summary.municipalities, &mut self.municipalities),
            4 => (&mut self.summary.pois, &mut self.pois),
            _ => (&mut self.summary.streets, &mut self.streets),
        };
        *count += 1;
        leaves.push(leaf);
    }

    /// Writes the rest of the file.
    pub(super) fn finish(mut self, progress: &(dyn Fn(Progress) + Sync)) -> Result<Summary, BuildError> {
        const STEPS: u64 = 6;
        let step = |done| progress(Progress { stage: Stage::Writing, done, total: STEPS });
        step(0);
        self.write_number_columns()?;
        step(1);
        self.write_names()?;
        step(2);
        self.write_places_and_towns()?;
        step(3);
        self.write_trees()?;
        step(4);
        self.write_terms()?;
        step(5);
        let Assembly { sink, mut summary, .. } = self;
        let written = sink.finish()?;
        step(STEPS);
        (summary.bytes, summary.sha256) = (written.bytes, written.sha256);
        Ok(summary)
    }

    fn write_number_columns(&mut self) -> Result<(), BuildError> {
        let scratch_of = |column: &mut Column| std::mem::replace(column, Column::new(Path::new(".")));
        self.sink.section(Section::NumberCertified, &std::mem::take(&mut self.certified))?;
        if self.number_ban_ids.bytes() > 0 {
            self.number_ban_ids.fill(self.summary.numbers * 16)?;
        }
        let end = self.number_id_bytes.offset()?;
        self.number_id_offsets.push(&[end])?;
        for (section, column) in [
            (Section::NumberBanIds, &mut self.number_ban_ids),
            (Section::NumberIds, &mut self.number_ids),
            (Section::NumberIdOffsets, &mut self.number_id_offsets),
            (Section::NumberIdBytes, &mut self.number_id_bytes),
            (Section::PlaceIdBytes, &mut self.place_ids),
        ] {
            self.sink.column(section, scratch_of(column))?;
        }
        if self.place_ban_ids_any {
            self.sink.column(Section::PlaceBanIds, scratch_of(&mut self.place_ban_ids))?;
        }
        self.sink.section(Section::NumberSuffixes, &self.number_suffixes)?;
        self.sink.texts(Section::SuffixOffsets, Section::SuffixBytes, self.suffixes.iter())
    }

    fn write_names(&mut self) -> Result<(), BuildError> {
        let ranks = inverse(&self.terms.sorted());
        self.name_words.iter_mut().for_each(|term| *term = ranks[*term as usize]);
        self.readings.iter_mut().for_each(|[_, term]| *term = ranks[*term as usize]);
        self.sink.begin(Section::Names)?;
        let (mut text_end, mut words_end) = (0u32, 0u32);
        self.sink.push(&[[0u32, 0]])?;
        for (name, end) in self.names.iter().zip(&self.name_ends) {
            (text_end, words_end) = (text_end + name.len() as u32, *end);
            self.sink.push(&[[text_end, words_end]])?;
        }
        debug_assert_eq!((text_end as usize, words_end as usize), (self.names.bytes(), self.name_words.len()));
        self.sink.begin(Section::NameBytes)?;
        for name in self.names.iter() {
            self.sink.push(name.as_bytes())?;
        }
        self.sink.section(Section::NameWords, &self.name_words)
    }

    fn write_places_and_towns(&mut self) -> Result<(), BuildError> {
        let order = self.order_of_towns();
        let town_ranks = inverse(&order);
        let postcode_order = self.postcodes.sorted();
        let postcode_ranks = inverse(&postcode_order);
        for [_, postcode] in self.number_postcodes.iter_mut().chain(&mut self.other_postcodes) {
            *postcode = postcode_ranks[*postcode as usize];
        }
        let mut spans = Spans::new(self.towns.len(), self.postcodes.len());
        let places = std::mem::replace(&mut self.places, Column::new(Path::new(".")));
        self.sink.begin(Section::Places)?;
        let (sink, towns) = (&mut self.sink, &self.towns);
        let mut others = self.other_postcodes.iter().copied().peekable();
        let mut place = 0;
        places.read::<[u32; places::WIDTH]>(|rows| {
            for row in rows.iter_mut() {
                row[field::POSTCODE] = postcode_ranks.get(row[field::POSTCODE] as usize).copied().unwrap_or(NONE);
                let more =
                    std::iter::from_fn(|| others.next_if(|[other, _]| *other == place).map(|[_, postcode]| postcode));
                let postcodes: Vec<u32> =
                    Some(row[field::POSTCODE]).filter(|rank| *rank != NONE).into_iter().chain(more).collect();
                spans.add(place, row, towns, &postcodes);
                for town in [field::TOWN, field::OLD_TOWN, field::DISTRICT] {
                    row[town] = town_ranks.get(row[town] as usize).copied().unwrap_or(NONE);
                }
                place += 1;
            }
            sink.push(rows)
        })?;
        self.sink.section(Section::Aliases, &self.aliases)?;
        self.sink.section(Section::OtherPostcodes, &self.other_postcodes)?;
        self.sink.section(Section::Categories, &self.categories)?;
        self.sink.section(Section::NumberPostcodes, &self.number_postcodes)?;
        let texts = postcode_order.iter().map(|rank| self.postcodes.get(*rank));
        self.sink.texts(Section::PostcodeOffsets, Section::PostcodeBytes, texts)?;
        self.sink.lists(Section::PostcodeRangeOffsets, Section::PostcodeRanges, &spans.postcodes)?;
        self.write_towns(&order, &town_ranks, &spans)?;
        self.write_words_of_towns(&town_ranks)
    }

    /// Towns in the order of codes, then kinds, then names.
    fn order_of_towns(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.towns.len() as u32).collect();
        order.sort_by_key(|rank| {
            let town = &self.towns[*rank as usize];
            (&town.code, town.kind, self.names.get(town.name))
        });
        order
    }

    fn write_towns(&mut self, order: &[u32], ranks: &[u32], spans: &Spans) -> Result<(), BuildError> {
        let codes = order.iter().map(|rank| self.towns[*rank as usize].code.as_str());
        self.sink.texts(Section::TownCodeOffsets, Section::TownCodeBytes, codes)?;
        self.sink.begin(Section::Towns)?;
        let (mut first_range, mut first_postcode) = (0, 0);
        for rank in order {
            let town = &self.towns[*rank as usize];
            let past_range = first_range + spans.towns[*rank as usize].len() as u32;
            let past_postcode = first_postcode + spans.postcodes_of_towns[*rank as usize].len() as u32;
            let mut row = [0; towns::WIDTH];
            row[towns::field::NAME] = town.name;
            row[towns::field::KIND] = town.kind.code();
            row[towns::field::PARENT] =
                town.parent.and_then(|parent| ranks.get(parent as usize).copied()).unwrap_or(NONE);
            row[towns::field::POPULATION] = town.population.unwrap_or(NONE);
            row[towns::field::MUNICIPALITY] = town.municipality.unwrap_or(NONE);
            (row[towns::field::FIRST_RANGE], row[towns::field::PAST_RANGE]) = (first_range, past_range);
            (row[towns::field::FIRST_POSTCODE], row[towns::field::PAST_POSTCODE]) = (first_postcode, past_postcode);
            self.sink.push(&[row])?;
            (first_range, first_postcode) = (past_range, past_postcode);
        }
        self.sink.begin(Section::TownRanges)?;
        for rank in order {
            self.sink.push(&spans.towns[*rank as usize])?;
        }
        self.sink.begin(Section::TownPostcodes)?;
        for rank in order {
            let postcodes: Vec<u32> = spans.postcodes_of_towns[*rank as usize].iter().copied().collect();
            self.sink.push(&postcodes)?;
        }
        Ok(())
    }

    /// For each term, the towns that have it in their name.
    fn write_words_of_towns(&mut self, ranks: &[u32]) -> Result<(), BuildError> {
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); self.terms.len()];
        for (town, rank) in self.towns.iter().zip(ranks) {
            for term in self.terms_of(town.name) {
                lists[term as usize].push(*rank);
            }
        }
        for list in &mut lists {
            list.sort_unstable();
            list.dedup();
        }
        self.sink.lists(Section::TermTownOffsets, Section::TermTowns, &lists)
    }

    fn write_trees(&mut self) -> Result<(), BuildError> {
        for (boxes, entries, mut leaves) in [
            (Section::NumberTreeBoxes, Section::NumberTreeEntries, std::mem::take(&mut self.runs)),
            (Section::StreetTreeBoxes, Section::StreetTreeEntries, std::mem::take(&mut self.streets)),
            (Section::TownTreeBoxes, Section::TownTreeEntries, std::mem::take(&mut self.municipalities)),
            (Section::PoiTreeBoxes, Section::PoiTreeEntries, std::mem::take(&mut self.pois)),
        ] {
            let above = tree::order(&mut leaves);
            self.sink.begin(boxes)?;
            for leaf in &leaves {
                self.sink.push(&[leaf.bounds])?;
            }
            self.sink.push(&above)?;
            self.sink.begin(entries)?;
            for leaf in &leaves {
                self.sink.push(&[leaf.entry])?;
            }
        }
        Ok(())
    }

    /// Terms, the places that each is in, and the tables to find them by.
    fn write_terms(&mut self) -> Result<(), BuildError> {
        let (offsets, postings) = self.postings()?;
        self.sink.section(Section::TermPlaceOffsets, &offsets)?;
        self.sink.section(Section::TermPlaces, &postings)?;
        let order = self.terms.sorted();
        let terms: Vec<&str> = order.iter().map(|rank| self.terms.get(*rank)).collect();
        vocabulary::write(&mut self.sink, &terms)?;
        let (keys, lists): (Vec<u64>, Vec<Vec<u32>>) =
            vocabulary::strongest(&terms, &offsets, &postings, &self.importance).into_iter().unzip();
        self.sink.section(Section::StrongKeys, &keys)?;
        self.sink.lists(Section::StrongOffsets, Section::StrongPlaces, &lists)
    }

    /// Places by term: counted first, then filled in, so that nothing is sorted.
    fn postings(&self) -> Result<(Vec<u32>, Vec<u32>), BuildError> {
        let mut counts = vec![0u64; self.terms.len() + 1];
        self.terms_of_places(|_, terms| terms.iter().for_each(|term| counts[*term as usize + 1] += 1));
        for term in 1..counts.len() {
            counts[term] += counts[term - 1];
        }
        let offsets: Vec<u32> = counts
            .iter()
            .map(|offset| u32::try_from(*offset).map_err(|_| BuildError::TooLarge { what: "words" }))
            .collect::<Result<_, _>>()?;
        let mut ends = offsets.clone();
        let mut postings = vec![0u32; offsets.last().copied().unwrap_or(0) as usize];
        self.terms_of_places(|place, terms| {
            for term in terms {
                let end = &mut ends[*term as usize];
                postings[*end as usize] = place;
                *end += 1;
            }
        });
        Ok((offsets, postings))
    }

    /// Gives each place with the terms of its names, each once.
    fn terms_of_places(&self, mut take: impl FnMut(u32, &[u32])) {
        let mut aliases = self.aliases.iter().peekable();
        let mut terms = Vec::new();
        for (place, name) in self.place_names.iter().enumerate() {
            terms.clear();
            terms.extend(self.terms_of(*name));
            while let Some([_, alias]) = aliases.next_if(|[other, _]| *other as usize == place) {
                terms.extend(self.terms_of(*alias));
            }
            terms.sort_unstable();
            terms.dedup();
            take(place as u32, &terms);
        }
    }

    /// The terms under which a name is found: its words and their other readings.
    fn terms_of(&self, name: u32) -> impl Iterator<Item = u32> {
        let end = |name: usize| self.name_ends.get(name).copied().unwrap_or(0) as usize;
        let start = (name as usize).checked_sub(1).map_or(0, end);
        let words = self.name_words.get(start..end(name as usize)).unwrap_or_default();
        let first = self.readings.partition_point(|[other, _]| *other < name);
        let readings = self.readings[first..].iter().take_while(move |[other, _]| *other == name);
        words.iter().copied().chain(readings.map(|[_, term]| *term))
    }
}

const _: () = assert!(TownKind::District as u32 == 3, "kinds of towns are written by their rank");
