//! One column under scan: which detectors watch it, and what they counted.

use std::hash::BuildHasher;

use arrow::array::{Array, StringArray};
use foldhash::fast::FixedState;
use hashbrown::HashSet;

use crate::{
    Detector,
    detector::{
        bank_card, birth_date, email, free_text, iban, identity_document, location,
        marks::{Mark, Marks, Tally},
        nir,
        person_name::NameReader,
        phone, plate, postal_address,
        run::runs,
        small_cells, sole_trader,
    },
    header::{Heading, Meaning},
    mask,
};

/// Cells of the first batch, and of each later one, that are shown to every detector, to know which must watch.
const FIRST_SAMPLE: usize = 512;
const LATER_SAMPLE: usize = 48;
/// Distinct sampled values above which a column is no category.
const MOST_CATEGORIES: usize = 64;
/// Shortest cell that can hold a number of a person (a telephone number that lost its zero).
const SHORTEST_NUMBER: usize = 9;

/// Digits of a SIRET.
const SIRET_LENGTH: usize = 14;

/// The kinds of data that are personal because a person's name stands in the same row.
pub(crate) const BESIDE: [Detector; 6] = [
    Detector::Email,
    Detector::Phone,
    Detector::PostalAddress,
    Detector::BirthDate,
    Detector::Location,
    Detector::SoleTrader,
];

const PERSON: Marks = Marks::of(&[Mark::PersonStrong, Mark::PersonWeak, Mark::PersonTitled]);

/// A detector, or several that read the same thing, that may be switched on for a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Watcher {
    Names,
    Text,
    Address,
    Dates,
    Coordinates,
    Siret,
    Identity,
    Plates,
    Counts,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Watch(u16);

impl Watch {
    const SAMPLED: [Watcher; 6] =
        [Watcher::Names, Watcher::Text, Watcher::Address, Watcher::Dates, Watcher::Siret, Watcher::Plates];

    fn has(self, watcher: Watcher) -> bool {
        self.0 & 1 << watcher as u16 != 0
    }

    fn add(&mut self, watcher: Watcher) {
        self.0 |= 1 << watcher as u16;
    }

    fn sampled() -> Self {
        let mut all = Self::default();
        Self::SAMPLED.into_iter().for_each(|watcher| all.add(watcher));
        all
    }
}

/// What every column has to know of the scan.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) k: u64,
    pub(crate) examples: usize,
    pub(crate) this_year: i32,
    /// Whether whole numbers under `k` count as small, for this column.
    pub(crate) counts_persons: bool,
}

/// Rows of a batch, one bit each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows(Vec<u64>);

impl Rows {
    fn reset(&mut self) {
        self.0.clear();
    }

    fn set(&mut self, row: usize, rows: usize) {
        if self.0.is_empty() {
            self.0.resize(rows.div_ceil(64), 0);
        }
        if let Some(word) = self.0.get_mut(row / 64) {
            *word |= 1 << (row % 64);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Rows that are in both.
    pub(crate) fn shared(&self, other: &Self) -> u64 {
        self.0.iter().zip(&other.0).map(|(one, other)| u64::from((one & other).count_ones())).sum()
    }
}

/// Years of the dates met: which, so that the spread of lives is told from that of a register.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Years(u128);

impl Years {
    fn add(&mut self, age: i32) {
        if let Ok(age) = u32::try_from(age)
            && age < 128
        {
            self.0 |= 1 << age;
        }
    }

    pub(crate) fn distinct(self) -> u32 {
        self.0.count_ones()
    }

    /// Years between the first and the last.
    pub(crate) fn span(self) -> u32 {
        if self.0 == 0 { 0 } else { 127 - self.0.leading_zeros() - self.0.trailing_zeros() }
    }
}

/// A column under scan.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) heading: Heading,
    settings: Settings,
    watch: Watch,
    pub(crate) filled: u64,
    pub(crate) tally: Tally,
    pub(crate) years: Years,
    examples: Vec<(Detector, u64, String)>,
    /// Marks of which an example is still wanted.
    wanted: Marks,
    /// Rows of the batch that name a natural person, and that hold each of [`BESIDE`].
    pub(crate) persons: Rows,
    pub(crate) beside: [Rows; BESIDE.len()],
    categories: HashSet<u64, FixedState>,
    sampled: usize,
    started: bool,
    reader: NameReader,
    memo: Memo,
}

impl Column {
    pub(crate) fn new(heading: Heading, settings: Settings) -> Self {
        let mut column = Self {
            heading,
            settings,
            watch: Watch::default(),
            filled: 0,
            tally: Tally::default(),
            years: Years::default(),
            examples: Vec::new(),
            wanted: Marks::ALL,
            persons: Rows::default(),
            beside: Default::default(),
            categories: HashSet::default(),
            sampled: 0,
            started: false,
            reader: NameReader::default(),
            memo: Memo::default(),
        };
        column.watch_by_header();
        column
    }

    fn watch_by_header(&mut self) {
        use Meaning as M;
        let told: [(Watcher, &[Meaning]); 7] = [
            (Watcher::Names, &[M::FirstName, M::LastName, M::FullName, M::PrivatePerson, M::PersonRole]),
            (Watcher::Text, &[M::Text]),
            (Watcher::Address, &[M::Address]),
            (Watcher::Dates, &[M::BirthDate]),
            (Watcher::Coordinates, &[M::Latitude, M::Longitude, M::Coordinates]),
            (Watcher::Identity, &[M::Identity]),
            (Watcher::Plates, &[M::Plate]),
        ];
        for (watcher, meanings) in told {
            if self.heading.says_any(meanings) {
                self.watch.add(watcher);
            }
        }
        if self.settings.counts_persons {
            self.watch.add(Watcher::Counts);
        }
    }

    /// Masked cells that show what this detector found, with their rows.
    pub(crate) fn examples(&self, detector: Detector) -> impl Iterator<Item = (u64, &str)> {
        self.examples.iter().filter(move |(of, _, _)| *of == detector).map(|(_, row, cell)| (*row, cell.as_str()))
    }

    /// Number of cells that this detector marked.
    pub(crate) fn marked(&self, marks: &[Mark]) -> u64 {
        self.tally.sum(marks)
    }

    /// Share of the cells that aren't empty.
    pub(crate) fn share(&self, count: u64) -> f64 {
        if self.filled == 0 { 0.0 } else { count as f64 / self.filled as f64 }
    }

    /// Number of distinct values when they repeat enough to make groups.
    pub(crate) fn categories(&self) -> Option<usize> {
        let distinct = self.categories.len();
        (distinct > 0 && distinct < MOST_CATEGORIES && distinct * 2 <= self.sampled).then_some(distinct)
    }

    /// Whether its cells may name persons.
    pub(crate) fn reads_names(&self) -> bool {
        self.watch.has(Watcher::Names)
    }

    /// Scans a batch; `first_row` is the number of its first row.
    pub(crate) fn scan(&mut self, cells: &StringArray, first_row: u64) {
        self.persons.reset();
        self.beside.iter_mut().for_each(Rows::reset);
        self.sample(cells);
        if self.cannot_match(cells) {
            self.filled +=
                (0..cells.len()).filter(|row| !cells.is_null(*row) && cells.value_length(*row) > 0).count() as u64;
            return;
        }
        let has_at = memchr::memchr(b'@', cells.value_data()).is_some();
        let mut previous = ("", Marks::NONE);
        for row in 0..cells.len() {
            if cells.is_null(row) {
                continue;
            }
            let cell = cells.value(row);
            if cell.is_empty() {
                continue;
            }
            self.filled += 1;
            if cell != previous.0 {
                previous = (cell, self.examine(cell, has_at));
            }
            if !previous.1.is_empty() {
                self.record(cell, previous.1, row, cells.len(), first_row);
            } else if self.named_by_header(cell) {
                self.persons.set(row, cells.len());
            }
        }
    }

    /// Whether no cell of the batch is long enough for what is always watched, and nothing else is.
    fn cannot_match(&self, cells: &StringArray) -> bool {
        let longest = cells.value_offsets().windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(0);
        self.watch == Watch::default() && usize::try_from(longest).is_ok_and(|longest| longest < 6)
    }

    /// In a column of first or last names, a cell that no list knows names a person too.
    fn named_by_header(&self, cell: &str) -> bool {
        self.heading.says_any(&[Meaning::FirstName, Meaning::LastName])
            && cell.bytes().any(|byte| byte.is_ascii_alphabetic())
    }

    fn record(&mut self, cell: &str, marks: Marks, row: usize, rows: usize, first_row: u64) {
        self.tally.count(marks, 1);
        if marks.has(Mark::BirthDate)
            && let Some(year) = birth_date::year(cell.trim().as_bytes(), self.settings.this_year)
        {
            self.years.add(self.settings.this_year - year);
        }
        let other = marks.has(Mark::Organisation) || marks.has(Mark::Masked);
        if marks.meets(PERSON) || !other && self.named_by_header(cell) {
            self.persons.set(row, rows);
        }
        for (bits, detector) in self.beside.iter_mut().zip(BESIDE) {
            if marks.meets(detector.marks()) {
                bits.set(row, rows);
            }
        }
        self.keep_examples(cell, marks, first_row + row as u64);
    }

    fn keep_examples(&mut self, cell: &str, marks: Marks, row: u64) {
        if !marks.meets(self.wanted) {
            return;
        }
        for detector in Detector::ALL {
            let kept = self.examples.iter().filter(|(of, _, _)| *of == detector).count();
            if kept >= self.settings.examples {
                self.wanted.remove(detector.marks());
            } else if marks.meets(detector.marks()) {
                self.examples.push((detector, row, mask::example(detector, cell)));
            }
        }
    }

    /// Shows some cells to every detector and switches on those that find something.
    fn sample(&mut self, cells: &StringArray) {
        let wanted = if self.started { LATER_SAMPLE } else { FIRST_SAMPLE };
        self.started |= !cells.is_empty();
        let step = (cells.len() / wanted).max(1);
        let mut words = 0_usize;
        let mut seen = 0_usize;
        for row in (0..cells.len()).step_by(step) {
            if cells.is_null(row) || cells.value(row).is_empty() {
                continue;
            }
            let cell = cells.value(row);
            seen += 1;
            words += cell.bytes().filter(|byte| *byte == b' ').count();
            self.note_category(cell);
            let marks = self.examine_as(cell, Watch::sampled(), false);
            self.switch_on(marks);
        }
        self.sampled += seen;
        if seen > 0 && words >= 3 * seen {
            self.watch.add(Watcher::Text);
        }
    }

    fn note_category(&mut self, cell: &str) {
        if self.categories.len() < MOST_CATEGORIES {
            self.categories.insert(FixedState::default().hash_one(cell.as_bytes()));
        }
    }

    fn switch_on(&mut self, marks: Marks) {
        let found: [(Watcher, Marks); 6] = [
            (Watcher::Names, Marks::of(&[Mark::PersonStrong, Mark::PersonWeak, Mark::PersonTitled, Mark::FirstName])),
            (Watcher::Text, Detector::FreeText.marks()),
            (Watcher::Address, Detector::PostalAddress.marks()),
            (Watcher::Dates, Detector::BirthDate.marks()),
            (Watcher::Siret, Detector::SoleTrader.marks()),
            (Watcher::Plates, Detector::Plate.marks()),
        ];
        for (watcher, of) in found {
            // A date whose header says of what is none of birth.
            let excluded = watcher == Watcher::Dates && self.heading.says(Meaning::OtherDate);
            if marks.meets(of) && !excluded {
                self.watch.add(watcher);
            }
        }
    }

    fn examine(&mut self, cell: &str, has_at: bool) -> Marks {
        // What costs more than a look at the bytes is remembered: columns repeat themselves.
        let dear = self.watch.has(Watcher::Names) || self.watch.has(Watcher::Text) || self.watch.has(Watcher::Address);
        if !dear || !self.memo.is_worth_it() {
            return self.examine_as(cell, self.watch, has_at);
        }
        if let Some(marks) = self.memo.get(cell) {
            return marks;
        }
        let marks = self.examine_as(cell, self.watch, has_at);
        self.memo.put(cell, marks);
        marks
    }

    fn examine_as(&mut self, cell: &str, watch: Watch, has_at: bool) -> Marks {
        let bytes = cell.as_bytes();
        let mut marks = Marks::NONE;
        if bytes.len() >= SHORTEST_NUMBER {
            self.examine_numbers(bytes, &mut marks);
        }
        if has_at && memchr::memchr(b'@', bytes).is_some() {
            marks.merge(email::marks(cell));
        }
        if watch == Watch::default() {
            return marks;
        }
        if watch.has(Watcher::Names) {
            marks.merge(self.reader.marks(cell));
        }
        if watch.has(Watcher::Text) {
            marks.merge(free_text::marks(cell));
        }
        if watch.has(Watcher::Address) {
            marks.merge(postal_address::marks(cell, self.heading.says(Meaning::Address)));
        }
        if watch.has(Watcher::Dates) {
            marks.merge(birth_date::marks(cell.trim().as_bytes(), self.settings.this_year));
        }
        if watch.has(Watcher::Coordinates) {
            marks.merge(location::marks(cell));
        }
        if watch.has(Watcher::Siret) {
            marks.merge(sole_trader::marks(bytes));
        }
        if watch.has(Watcher::Identity) {
            marks.merge(identity_document::marks(cell));
        }
        if watch.has(Watcher::Plates) {
            marks.merge(plate::marks(cell.trim().as_bytes()));
        }
        if watch.has(Watcher::Counts) {
            marks.merge(small_cells::marks(cell, self.settings.k));
        }
        marks
    }

    fn examine_numbers(&self, bytes: &[u8], marks: &mut Marks) {
        let digits: u32 = bytes.iter().map(|byte| u32::from(byte.is_ascii_digit())).sum();
        // A SIRET fills whole columns, and no number that is looked for has its length.
        let digits = digits as usize;
        if digits < SHORTEST_NUMBER || digits == SIRET_LENGTH && bytes.len() == SIRET_LENGTH {
            return;
        }
        let (phone_told, nir_told) = (self.heading.says(Meaning::Phone), self.heading.says(Meaning::Nir));
        for run in runs(bytes) {
            let length = run.characters().len();
            if length < SHORTEST_NUMBER {
                continue;
            }
            marks.merge(phone::marks(&run, phone_told, run.end - run.start == bytes.len()));
            if length >= 13 {
                marks.merge(nir::marks(&run, nir_told));
                marks.merge(bank_card::marks(&run));
            }
        }
        // Letters beside digits, or groups of them: an account number is read on its own.
        if digits >= 10 && bytes.len() >= 15 {
            marks.merge(iban::marks(bytes));
        }
    }
}

/// Marks of cells that were met, by a hash of the cell: one place each, the last one stays.
#[derive(Debug, Default)]
struct Memo {
    places: Vec<(String, Marks)>,
    asked: u64,
    answered: u64,
}

impl Memo {
    const PLACES: usize = 1024;
    /// Cells longer than this are read again.
    const LONGEST: usize = 96;

    /// After enough questions, whether one in four was answered.
    fn is_worth_it(&self) -> bool {
        self.asked < 4096 || self.answered * 4 > self.asked
    }

    fn place(cell: &str) -> usize {
        let hash = FixedState::default().hash_one(cell.as_bytes());
        usize::try_from(hash % Self::PLACES as u64).unwrap_or(0)
    }

    fn get(&mut self, cell: &str) -> Option<Marks> {
        self.asked += 1;
        let (kept, marks) = self.places.get(Self::place(cell))?;
        (kept == cell).then(|| {
            self.answered += 1;
            *marks
        })
    }

    fn put(&mut self, cell: &str, marks: Marks) {
        if cell.len() > Self::LONGEST {
            return;
        }
        if self.places.is_empty() {
            self.places.resize(Self::PLACES, (String::new(), Marks::NONE));
        }
        if let Some((kept, kept_marks)) = self.places.get_mut(Self::place(cell)) {
            kept.clear();
            kept.push_str(cell);
            *kept_marks = marks;
        }
    }
}
