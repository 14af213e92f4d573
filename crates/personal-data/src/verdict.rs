//! From the counts of a scan to findings: is it personal data, on which ground, what can be done.

use std::collections::{BTreeSet, HashMap};

use crate::{
    Circumstance, Detector, Example, Extent, Finding, Generalisation, Options, Remedy, SmallGroups, Subject,
    column::{BESIDE, Column},
    detector::marks::Mark,
    guard::Beside,
    header::Meaning,
    persons::{self, Named, Shape},
};

/// Least share of numbers whose check digit is right among those of their length: by chance it is one in 97, or in ten.
const MORE_THAN_CHANCE: f64 = 0.2;
/// Years that the births of a register span at least, when no header speaks of birth.
const LIVES_SPAN: u32 = 30;
/// Most columns that an aggregation is advised to group by.
const MOST_GROUPING: usize = 3;

/// What decides, and what it decides from.
pub(crate) struct Verdict<'a> {
    header: &'a [String],
    columns: &'a [Column],
    /// Rows that hold the kind of [`BESIDE`] and name a person, by column and kind.
    beside: HashMap<(usize, usize), u64>,
    options: &'a Options,
    fiscal: bool,
    /// The title says that the table is of users, members, applicants.
    private: bool,
    subjects: Vec<Circumstance>,
    named: Vec<Named>,
}

/// A column in which something was found, before the law is asked.
struct Found {
    detector: Detector,
    columns: Vec<usize>,
    rows: u64,
    extent: Extent,
    met: Vec<Circumstance>,
}

impl<'a> Verdict<'a> {
    pub(crate) fn new(
        header: &'a [String],
        columns: &'a [Column],
        beside: &'a Beside,
        subjects: &[Subject],
        fiscal: bool,
        options: &'a Options,
    ) -> Self {
        let counts = columns.iter().any(|column| column.heading.says(Meaning::Count));
        let counted = subjects.contains(&Subject::FirstNames) && counts;
        let named = persons::resolve(columns, counted);
        let beside = beside_persons(beside, &named);
        let private = subjects.contains(&Subject::Private);
        let subjects = subjects.iter().filter_map(|subject| subject.circumstance()).collect();
        Self { header, columns, beside, options, fiscal, private, subjects, named }
    }

    /// The gravest first, then as the detectors and the columns come.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let mut found = self.names();
        for index in 0..self.columns.len() {
            found.extend(self.numbers(index));
            found.extend(self.contacts(index));
            found.extend(self.of_persons(index));
            found.extend(self.texts(index));
        }
        found.extend(self.locations());
        let personal: Vec<usize> = found.iter().flat_map(|found| found.columns.iter().copied()).collect();
        let grouping = self.grouping(&personal);
        let mut findings: Vec<Finding> = found.into_iter().map(|found| self.decide(found, &grouping)).collect();
        findings.sort_by(|one, other| other.level.cmp(&one.level).then(one.detector.cmp(&other.detector)));
        findings
    }

    /// Asks the rules of law.
    fn decide(&self, found: Found, grouping: &[String]) -> Finding {
        let Found { detector, columns, rows, extent, mut met } = found;
        met.extend(&self.subjects);
        for column in &columns {
            let heading = &self.columns[*column].heading;
            if heading.says(Meaning::PrivatePerson) || self.private {
                met.push(Circumstance::PrivateHeader);
            }
            if heading.says_any(&[Meaning::Contact, Meaning::OrganisationName, Meaning::PersonRole]) {
                met.push(Circumstance::ContactHeader);
            }
        }
        let (level, ground) = self.options.rules.decide(detector, &met);
        let fields: Vec<String> = columns.iter().map(|column| self.header[*column].clone()).collect();
        Finding {
            id: self.id(detector, &columns),
            detector,
            rows,
            extent,
            level,
            ground,
            k: self.k(),
            examples: self.examples(detector, &columns),
            remedies: remedies(detector, &met, self.k(), grouping),
            fields,
        }
    }

    /// `nir:num_secu`; the column's number is added where names repeat.
    fn id(&self, detector: Detector, columns: &[usize]) -> String {
        let name = |column: &usize| {
            let label = &self.header[*column];
            if self.header.iter().filter(|other| *other == label).count() > 1 {
                format!("{label}#{}", column + 1)
            } else {
                label.clone()
            }
        };
        format!("{}:{}", detector.name(), columns.iter().map(name).collect::<Vec<_>>().join("+"))
    }

    fn k(&self) -> u64 {
        if self.fiscal { self.options.fiscal_k } else { self.options.k }
    }

    fn examples(&self, detector: Detector, columns: &[usize]) -> Vec<Example> {
        let of = |column: &usize| {
            let field = self.header[*column].clone();
            let shown = self.columns[*column].examples(detector);
            shown.map(move |(row, masked)| Example { row, field: field.clone(), masked: masked.to_owned() })
        };
        let mut examples: Vec<Example> = columns.iter().flat_map(of).collect();
        examples.sort_by_key(|example| example.row);
        examples.truncate(self.options.examples);
        examples
    }

    /// Columns by which rows may be counted instead of shown: few values, none of them personal.
    fn grouping(&self, personal: &[usize]) -> Vec<String> {
        let mut categories: Vec<(usize, usize)> = (0..self.columns.len())
            .filter(|index| !personal.contains(index) && !self.columns[*index].heading.says(Meaning::Count))
            .filter_map(|index| Some((self.columns[index].categories()?, index)))
            .filter(|(distinct, _)| *distinct > 1)
            .collect();
        categories.sort_unstable();
        categories.truncate(MOST_GROUPING);
        categories.sort_by_key(|(_, index)| *index);
        categories.into_iter().map(|(_, index)| self.header[index].clone()).collect()
    }

    fn found(&self, detector: Detector, index: usize, rows: u64, met: Vec<Circumstance>) -> Found {
        let extent = if self.columns[index].share(rows) >= 0.9 { Extent::Column } else { Extent::Cells };
        Found { detector, columns: vec![index], rows, extent, met }
    }

    fn names(&self) -> Vec<Found> {
        let of_group = |named: &Named| {
            let (met, extent) = match named.shape {
                Shape::FirstOnly => return None,
                Shape::Pair | Shape::LastOnly => (vec![Circumstance::FullName], Extent::Column),
                Shape::Single => (vec![Circumstance::FullName], self.extent_of_single(named)),
                Shape::Mixed => (vec![Circumstance::Mixed], Extent::Cells),
                Shape::Scattered => (vec![Circumstance::Scattered], Extent::Cells),
            };
            Some(Found {
                detector: Detector::PersonName,
                columns: named.columns.clone(),
                rows: named.rows,
                extent,
                met,
            })
        };
        self.named.iter().filter_map(of_group).collect()
    }

    /// In a column of whole names, those that no list knows are names too, unless organisations are among them.
    fn extent_of_single(&self, named: &Named) -> Extent {
        let organisations = named.columns.iter().any(|index| self.columns[*index].tally.of(Mark::Organisation) > 0);
        let share = named.columns.iter().map(|index| self.columns[*index].share(named.rows)).fold(1.0, f64::min);
        if organisations || share < 0.8 { Extent::Cells } else { Extent::Column }
    }

    /// Numbers that identify a person by themselves.
    fn numbers(&self, index: usize) -> Vec<Found> {
        let column = &self.columns[index];
        let heading = &column.heading;
        let mut found = Vec::new();
        let mut check = |detector, valid: u64, candidates: u64, told: bool, least: f64| {
            let share = if candidates == 0 { 0.0 } else { valid as f64 / candidates as f64 };
            if valid > 0 && (told || share >= least) {
                found.push(self.found(detector, index, valid, Vec::new()));
            }
        };
        let nir = column.tally.of(Mark::Nir);
        let keyless = column.tally.of(Mark::NirKeyless);
        let keyless = if column.share(keyless + nir) >= 0.3 { keyless } else { 0 };
        check(
            Detector::Nir,
            nir + keyless,
            column.tally.of(Mark::FifteenDigits).max(nir) + keyless,
            heading.says(Meaning::Nir),
            MORE_THAN_CHANCE,
        );
        let iban = column.tally.of(Mark::Iban);
        check(Detector::Iban, iban, column.tally.of(Mark::IbanLike), heading.says(Meaning::Iban), MORE_THAN_CHANCE);
        let card = column.tally.of(Mark::BankCard);
        check(Detector::BankCard, card, column.tally.of(Mark::SixteenDigits).max(card), false, 0.5);
        let document = column.tally.of(Mark::IdentityDocument);
        check(Detector::IdentityDocument, document, column.filled, false, 0.5);
        found.extend(self.plates(index));
        found.extend(self.small_counts(index));
        found
    }

    fn plates(&self, index: usize) -> Option<Found> {
        let column = &self.columns[index];
        let (sure, loose) = (column.tally.of(Mark::Plate), column.tally.of(Mark::PlateLoose));
        if column.heading.says(Meaning::Plate) && column.share(sure + loose) >= 0.2 {
            return Some(self.found(Detector::Plate, index, sure + loose, vec![Circumstance::HeaderSays]));
        }
        let scattered = sure < 3 && column.share(sure) < 0.05;
        let met = if scattered { vec![Circumstance::Scattered] } else { Vec::new() };
        (sure > 0).then(|| self.found(Detector::Plate, index, sure, met))
    }

    fn small_counts(&self, index: usize) -> Option<Found> {
        let small = self.columns[index].tally.of(Mark::SmallCount);
        let met = if self.fiscal { vec![Circumstance::Fiscal] } else { Vec::new() };
        let mut found = self.found(Detector::SmallCells, index, small, met);
        found.extent = Extent::Cells;
        (small > 0).then_some(found)
    }

    /// E-mail addresses and telephone numbers.
    fn contacts(&self, index: usize) -> Vec<Found> {
        [self.emails(index), self.phones(index)].into_iter().flatten().collect()
    }

    fn emails(&self, index: usize) -> Option<Found> {
        let column = &self.columns[index];
        let (functional, nominative, webmail) = (
            column.tally.of(Mark::EmailFunctional),
            column.tally.of(Mark::EmailNominative),
            column.tally.of(Mark::EmailWebmail),
        );
        let total = (functional + nominative + webmail).max(1) as f64;
        let rows = functional + nominative + webmail;
        let mut met = self.beside_person(index, Detector::Email);
        if functional as f64 / total >= 0.9 {
            met.push(Circumstance::Functional);
        }
        if webmail as f64 / total >= 0.1 {
            met.push(Circumstance::Webmail);
        }
        if nominative as f64 / total >= 0.1 {
            met.push(Circumstance::Nominative);
        }
        let told = column.heading.says(Meaning::Email);
        if !told && (rows < 3 || column.share(rows) < 0.02) {
            met.push(Circumstance::Scattered);
        }
        (rows > 0).then(|| self.found(Detector::Email, index, rows, met))
    }

    fn phones(&self, index: usize) -> Option<Found> {
        let column = &self.columns[index];
        let mobile = column.tally.of(Mark::PhoneMobile);
        let all = column.marked(&[Mark::PhoneMobile, Mark::PhoneLandline, Mark::PhoneSpecial]);
        let bare = column.tally.of(Mark::PhoneBare);
        let told = column.heading.says(Meaning::Phone);
        // Ten digits after a zero may be any code: but codes begin with 00 and 08 as often as with 06.
        let special = column.tally.of(Mark::PhoneSpecial);
        let believed = told || column.share(all) >= 0.97 && special * 50 <= all && mobile > 0;
        let rows = if believed { all } else { all.saturating_sub(bare) };
        let mut met = self.beside_person(index, Detector::Phone);
        if mobile as f64 >= 0.2 * all as f64 {
            met.push(Circumstance::Mobile);
        }
        (rows > 0).then(|| self.found(Detector::Phone, index, rows, met))
    }

    /// Rows of this column that hold such data and name a person.
    fn rows_beside(&self, index: usize, detector: Detector) -> u64 {
        let kind = BESIDE.iter().position(|other| *other == detector);
        kind.and_then(|kind| self.beside.get(&(index, kind))).copied().unwrap_or(0)
    }

    fn beside_person(&self, index: usize, detector: Detector) -> Vec<Circumstance> {
        if self.rows_beside(index, detector) > 0 { vec![Circumstance::BesidePerson] } else { Vec::new() }
    }

    /// What is personal because a person's name stands beside.
    fn of_persons(&self, index: usize) -> Vec<Found> {
        [self.birth_dates(index), self.addresses(index), self.sole_traders(index)].into_iter().flatten().collect()
    }

    fn birth_dates(&self, index: usize) -> Option<Found> {
        let column = &self.columns[index];
        let dates = column.tally.of(Mark::BirthDate);
        let beside = self.rows_beside(index, Detector::BirthDate);
        if column.heading.says(Meaning::BirthDate) {
            let met = self.beside_person(index, Detector::BirthDate);
            return (column.share(dates) >= 0.3).then(|| self.found(Detector::BirthDate, index, dates, met));
        }
        let lives = column.years.span() >= LIVES_SPAN && u64::from(column.years.distinct()) >= 15.min(dates / 2).max(2);
        let personal = column.share(dates) >= 0.8 && beside * 2 >= dates && beside > 0 && lives;
        let excluded = column.heading.says(Meaning::OtherDate);
        (personal && !excluded).then(|| self.found(Detector::BirthDate, index, dates, vec![Circumstance::BesidePerson]))
    }

    fn addresses(&self, index: usize) -> Option<Found> {
        let beside = self.rows_beside(index, Detector::PostalAddress);
        let told = self.columns[index].heading.says(Meaning::Address);
        let enough = told || self.columns[index].share(self.columns[index].tally.of(Mark::Address)) >= 0.3;
        (beside > 0 && enough).then(|| {
            let mut found = self.found(Detector::PostalAddress, index, beside, vec![Circumstance::BesidePerson]);
            found.extent = Extent::Column;
            found
        })
    }

    fn sole_traders(&self, index: usize) -> Option<Found> {
        let beside = self.rows_beside(index, Detector::SoleTrader);
        let column = &self.columns[index];
        let numbers = column.heading.says(Meaning::Siret) || column.share(column.tally.of(Mark::Siret)) >= 0.8;
        (beside > 0 && numbers)
            .then(|| self.found(Detector::SoleTrader, index, beside, vec![Circumstance::BesidePerson]))
    }

    fn texts(&self, index: usize) -> Option<Found> {
        let column = &self.columns[index];
        let is_name = self.named.iter().any(|named| named.shape != Shape::Scattered && named.columns.contains(&index));
        let titled = column.tally.of(Mark::TextTitled);
        let rows = titled.max(column.tally.of(Mark::TextNamed));
        let heading = &column.heading;
        // Streets, stops and schools are named after persons.
        let of_thing = heading.says(Meaning::Place) && !heading.says_any(&[Meaning::Text, Meaning::Address]);
        let scattered = titled < 3 && column.share(rows) < 0.05 || heading.says(Meaning::Address);
        let met = if scattered { vec![Circumstance::Scattered] } else { vec![Circumstance::Titled] };
        (rows > 0 && !is_name && !of_thing).then(|| {
            let mut found = self.found(Detector::FreeText, index, rows, met);
            found.extent = Extent::Cells;
            found
        })
    }

    /// A latitude and a longitude, or a column of both, in rows that name persons.
    fn locations(&self) -> Vec<Found> {
        let precise = |index: usize, mark| {
            let column = &self.columns[index];
            column.share(column.tally.of(mark)) >= 0.3 && self.rows_beside(index, Detector::Location) > 0
        };
        let told =
            |index: &usize, meaning| self.columns[*index].heading.says(meaning) && precise(*index, Mark::Coordinate);
        let rows = |index: usize| self.rows_beside(index, Detector::Location);
        let found = |columns: Vec<usize>, rows| Found {
            detector: Detector::Location,
            columns,
            rows,
            extent: Extent::Column,
            met: vec![Circumstance::BesidePerson],
        };
        let all = 0..self.columns.len();
        let mut locations: Vec<Found> = all
            .clone()
            .filter(|index| precise(*index, Mark::Position))
            .map(|index| found(vec![index], rows(index)))
            .collect();
        let latitude = all.clone().find(|index| told(index, Meaning::Latitude));
        let longitude = all.clone().find(|index| told(index, Meaning::Longitude));
        if let (Some(latitude), Some(longitude)) = (latitude, longitude) {
            let mut columns = vec![latitude, longitude];
            columns.sort_unstable();
            locations.push(found(columns, rows(latitude).min(rows(longitude))));
        }
        locations
    }
}

/// The most rows that each column shares with one that is sure to name persons.
fn beside_persons(beside: &Beside, named: &[Named]) -> HashMap<(usize, usize), u64> {
    let sure: BTreeSet<usize> =
        named.iter().filter(|named| named.is_sure()).flat_map(|named| named.columns.iter().copied()).collect();
    let mut most: HashMap<(usize, usize), u64> = HashMap::new();
    for ((index, kind, _), rows) in beside.iter().filter(|((_, _, name), _)| sure.contains(name)) {
        let entry = most.entry((*index, *kind)).or_default();
        *entry = (*entry).max(*rows);
    }
    most
}

/// What can be done, the advised one first.
fn remedies(detector: Detector, met: &[Circumstance], k: u64, grouping: &[String]) -> Vec<Remedy> {
    let aggregate =
        (!grouping.is_empty()).then(|| Remedy::Aggregate { k, by: grouping.to_vec(), small: SmallGroups::Merge });
    let mut remedies = match detector {
        Detector::PersonName if met.contains(&Circumstance::Subsidies) => vec![Remedy::Mask, Remedy::Remove],
        Detector::Email if met.contains(&Circumstance::Nominative) => vec![Remedy::Mask, Remedy::Remove],
        Detector::FreeText => vec![Remedy::Mask, Remedy::Remove],
        Detector::BirthDate => vec![Remedy::Generalise(Generalisation::Year), Remedy::Remove, Remedy::Mask],
        Detector::PostalAddress => vec![Remedy::Generalise(Generalisation::Locality), Remedy::Remove, Remedy::Mask],
        Detector::Location => vec![Remedy::Generalise(Generalisation::Decimals(3)), Remedy::Remove, Remedy::Mask],
        Detector::SoleTrader => vec![Remedy::Remove],
        Detector::SmallCells => vec![Remedy::Mask],
        _ => vec![Remedy::Remove, Remedy::Mask],
    };
    match (detector, aggregate) {
        (Detector::SmallCells, Some(aggregate)) => remedies.insert(0, aggregate),
        (
            Detector::PersonName | Detector::BirthDate | Detector::PostalAddress | Detector::Location,
            Some(aggregate),
        ) => {
            remedies.push(aggregate);
        }
        _ => {}
    }
    remedies
}
