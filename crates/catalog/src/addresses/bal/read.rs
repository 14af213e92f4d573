//! From a file of the exchange format to streets with their numbers.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::NO_NUMBER;
use super::columns::Columns;
use crate::addresses::{Fault, Number, Part, Position, PositionKind, Street, StreetKind, code, legal, name, number};
use crate::addresses::{MOST_NUMBERS, MOST_PARCELS, MOST_POSITIONS, MOST_STREETS};

/// Rows that can't be read of which the place is told.
const TOLD: usize = 20;
/// Bytes of a cell at most.
const LONGEST_CELL: usize = 2_000;

/// What a file gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The streets of the commune, in the file's order.
    pub streets: Vec<Street>,
    /// Identifier that the national base gave the commune.
    pub ban_commune: Option<Uuid>,
    /// What became of the rows.
    pub counted: Counted,
}

/// What became of the rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Rows in all.
    pub rows: u64,
    /// Rows of other communes, passed over.
    pub elsewhere: u64,
    /// Rows that couldn't be read, passed over.
    pub unreadable: u64,
    /// The first of them, by their line in the file.
    pub lines: Vec<u64>,
}

impl Counted {
    /// Counts a row that can't be read.
    pub(crate) fn unreadable(&mut self, line: u64) {
        self.unreadable += 1;
        if self.lines.len() < TOLD {
            self.lines.push(line);
        }
    }
}

/// Reads the rows of a commune: those of its code, and those of the codes that it had before (`codes` has all of them).
/// `None` when the file is not of this format.
///
/// # Errors
/// [`Fault::File`] when it can't be read as text; [`Fault::TooMany`]; [`Fault::NoAddress`].
pub fn of_file(path: &Path, commune: &str, codes: &[Part], on: Date) -> Result<Option<Reading>, Fault> {
    let mut source = opened(path).map_err(|error| file_fault(&error))?;
    let head = source.fill_buf().map_err(|error| file_fault(&error))?;
    let delimiter = delimiter(head.split(|byte| *byte == b'\n').next().unwrap_or_default());
    let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(true).from_reader(source);
    let header: Vec<String> = csv.byte_headers().map_err(|error| csv_fault(&error))?.iter().map(text).collect();
    let columns = Columns::of(&header);
    if !columns.are_of_the_format() {
        return Ok(None);
    }
    let mut assembly = Assembly::new(commune, codes, on);
    let mut record = csv::ByteRecord::new();
    while csv.read_byte_record(&mut record).map_err(|error| csv_fault(&error))? {
        let line = record.position().map_or(0, csv::Position::line);
        assembly.counted.rows += 1;
        assembly.take(&Cells { columns: &columns, record: &record }, line)?;
    }
    assembly.finish().map(Some)
}

fn opened(path: &Path) -> std::io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let zipped = file.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    if zipped {
        let plain = flate2::bufread::MultiGzDecoder::new(file).take(MOST_NUMBERS as u64 * 1_000);
        return Ok(Box::new(BufReader::with_capacity(1 << 16, plain)));
    }
    Ok(Box::new(file))
}

fn file_fault(error: &std::io::Error) -> Fault {
    Fault::File { detail: error.to_string() }
}

fn csv_fault(error: &csv::Error) -> Fault {
    Fault::File { detail: error.to_string() }
}

/// The separator of the header; the format's own when none is seen.
fn delimiter(header: &[u8]) -> u8 {
    let count = |delimiter: u8| header.iter().filter(|byte| **byte == delimiter).count();
    [b';', b',', b'\t', b'|'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b';')
}

/// Text of a cell: UTF-8, or what older systems write.
fn text(cell: &[u8]) -> String {
    let cell = &cell[..cell.len().min(LONGEST_CELL)];
    match std::str::from_utf8(cell) {
        Ok(text) => text.trim().to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0.trim().to_owned(),
    }
}

/// The cells of a row by what they mean.
struct Cells<'a> {
    columns: &'a Columns,
    record: &'a csv::ByteRecord,
}

impl Cells<'_> {
    fn get(&self, column: Option<usize>) -> String {
        column.and_then(|place| self.record.get(place)).map(text).unwrap_or_default()
    }

    fn filled(&self, column: Option<usize>) -> Option<String> {
        Some(self.get(column)).filter(|text| !text.is_empty())
    }

    fn identifier(&self, column: Option<usize>, prefix: char) -> Option<Uuid> {
        let own = self.filled(column).and_then(|text| Uuid::try_parse(&text).ok());
        own.or_else(|| {
            let uid = self.filled(self.columns.uid)?;
            let mark = format!("@{prefix}:");
            let at = uid.find(&mark)? + mark.len();
            Uuid::try_parse(uid.get(at..at + 36)?).ok()
        })
    }

    fn position(&self, commune: &str) -> Option<Position> {
        let number = |column| self.filled(column)?.replace(',', ".").parse::<f64>().ok();
        let kind = PositionKind::read(&self.get(self.columns.position));
        let degrees = number(self.columns.lon).zip(number(self.columns.lat));
        let (lon, lat) = degrees.or_else(|| {
            let (x, y) = number(self.columns.x).zip(number(self.columns.y))?;
            legal::degrees(commune, x, y)
        })?;
        Position::new(kind, lon, lat).ok()
    }

    fn date(&self) -> Option<Date> {
        let text = self.filled(self.columns.updated)?;
        let parts: Vec<i16> = text.get(..10)?.split(['-', '.', '/']).map_while(|part| part.parse().ok()).collect();
        let &[first, month, last] = parts.as_slice() else { return None };
        let (year, day) = if first > 31 { (first, last) } else { (last, first) };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    fn certified(&self) -> bool {
        let text = self.get(self.columns.certified).to_lowercase();
        matches!(text.as_str(), "1" | "oui" | "o" | "true" | "t" | "vrai" | "yes")
    }

    /// The code of the commune, from its column or from the key.
    fn commune(&self) -> Option<String> {
        let own = self.filled(self.columns.commune);
        own.or_else(|| self.get(self.columns.key).split('_').next().map(str::to_owned))
    }

    /// The code of the street in the key, when it is one.
    fn code(&self) -> String {
        let key = self.get(self.columns.key).to_lowercase();
        key.split('_').nth(1).filter(|code| code::is_known(code)).unwrap_or_default().to_owned()
    }

    fn parcels(&self) -> Vec<String> {
        // What can't be a parcel is no reason to lose an address.
        let text = self.get(self.columns.parcels);
        let mut parcels: Vec<String> =
            text.split(['|', ',', ' ']).filter_map(|word| number::parcels(word).ok()).flatten().collect();
        parcels.truncate(MOST_PARCELS);
        parcels
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct StreetKey {
    id: Option<Uuid>,
    code: String,
    name: String,
    part: Option<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct NumberKey {
    street: usize,
    id: Option<Uuid>,
    number: u32,
    suffix: String,
    complement: Option<String>,
}

/// Rows become streets.
struct Assembly<'a> {
    commune: &'a str,
    codes: &'a [Part],
    on: Date,
    streets: Vec<Street>,
    /// Streets that have a row of their own.
    own_row: Vec<bool>,
    by_key: HashMap<StreetKey, usize>,
    numbers: HashMap<NumberKey, usize>,
    ids: std::collections::HashSet<Uuid>,
    ban_commune: Option<Uuid>,
    counted: Counted,
}

impl<'a> Assembly<'a> {
    fn new(commune: &'a str, codes: &'a [Part], on: Date) -> Self {
        Self {
            commune,
            codes,
            on,
            streets: Vec::new(),
            own_row: Vec::new(),
            by_key: HashMap::new(),
            numbers: HashMap::new(),
            ids: std::collections::HashSet::new(),
            ban_commune: None,
            counted: Counted::default(),
        }
    }

    fn take(&mut self, cells: &Cells<'_>, line: u64) -> Result<(), Fault> {
        let commune = cells.commune().unwrap_or_default();
        let before = self.codes.iter().find(|part| part.code == commune);
        if commune != self.commune && before.is_none() {
            self.counted.elsewhere += 1;
            return Ok(());
        }
        let name = name::tidied(&cells.get(cells.columns.street));
        let number: Option<u32> = cells.get(cells.columns.number).parse().ok();
        let (Some(number), false) = (number, name.is_empty()) else {
            self.counted.unreadable(line);
            return Ok(());
        };
        if number != NO_NUMBER && !(1..=Number::LARGEST).contains(&number) {
            self.counted.unreadable(line);
            return Ok(());
        }
        self.ban_commune = self.ban_commune.or_else(|| cells.identifier(cells.columns.commune_id, 'c'));
        let part = self.part(cells).or_else(|| before.cloned());
        let street = self.street(cells, name, part)?;
        if number == NO_NUMBER {
            self.take_own(cells, street);
            return Ok(());
        }
        self.take_number(cells, street, number)
    }

    fn part(&self, cells: &Cells<'_>) -> Option<Part> {
        let code = cells.filled(cells.columns.part_code)?;
        let known = self.codes.iter().find(|part| part.code == code).map(|part| part.name.clone());
        let name = cells.filled(cells.columns.part_name).or(known).unwrap_or_default();
        let sound = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        sound.then(|| Part { code, name: name.chars().take(200).collect() })
    }

    /// The place of the row's street, made when it is new.
    fn street(&mut self, cells: &Cells<'_>, name: String, part: Option<Part>) -> Result<usize, Fault> {
        let id = cells.identifier(cells.columns.street_id, 'v');
        let key = StreetKey { id, code: cells.code(), name, part };
        if let Some(place) = self.by_key.get(&key) {
            return Ok(*place);
        }
        if self.streets.len() >= MOST_STREETS {
            return Err(Fault::TooMany { what: "streets", most: MOST_STREETS });
        }
        let names = cells.columns.other_names.iter();
        let other_names = names.filter_map(|(language, column)| {
            let name = name::tidied(&cells.filled(Some(*column))?);
            Some((language.clone(), name)).filter(|(_, name)| !name.is_empty())
        });
        let id = self.fresh(id);
        self.streets.push(Street {
            id,
            revision: 1,
            kind: StreetKind::Street,
            name: key.name.clone(),
            other_names: other_names.collect(),
            code: key.code.clone(),
            part: key.part.clone(),
            positions: Vec::new(),
            parcels: Vec::new(),
            certified: false,
            source: None,
            updated_on: cells.date().unwrap_or(self.on),
            comment: None,
            numbers: Vec::new(),
        });
        self.own_row.push(false);
        self.by_key.insert(key, self.streets.len() - 1);
        Ok(self.streets.len() - 1)
    }

    /// The identifier, unless another thing of the file has it already.
    fn fresh(&mut self, id: Option<Uuid>) -> Uuid {
        let id = id.filter(|id| !id.is_nil() && !self.ids.contains(id)).unwrap_or_else(Uuid::new_v4);
        self.ids.insert(id);
        id
    }

    fn take_own(&mut self, cells: &Cells<'_>, place: usize) {
        let (position, date) = (cells.position(self.commune), cells.date());
        let (Some(street), Some(own)) = (self.streets.get_mut(place), self.own_row.get_mut(place)) else { return };
        *own = true;
        add_position(&mut street.positions, position);
        merge(&mut street.parcels, cells.parcels());
        street.certified |= cells.certified();
        street.source = street.source.take().or_else(|| cells.filled(cells.columns.source));
        street.updated_on = date.map_or(street.updated_on, |date| date.max(street.updated_on));
    }

    fn take_number(&mut self, cells: &Cells<'_>, place: usize, number: u32) -> Result<(), Fault> {
        let id = cells.identifier(cells.columns.address_id, 'a');
        let suffix: String = crate::slug::fold(&cells.get(cells.columns.suffix))
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(10)
            .collect();
        let complement = cells.filled(cells.columns.complement).map(|text| name::tidied(&text));
        let key = NumberKey { street: place, id, number, suffix, complement };
        let known = self.numbers.get(&key).copied();
        if known.is_none() && self.numbers.len() >= MOST_NUMBERS {
            return Err(Fault::TooMany { what: "numbers", most: MOST_NUMBERS });
        }
        let fresh = if known.is_none() { self.fresh(id) } else { Uuid::nil() };
        let on = cells.date().unwrap_or(self.on);
        let Some(street) = self.streets.get_mut(place) else { return Ok(()) };
        let at = known.unwrap_or(street.numbers.len());
        if known.is_none() {
            let complement = key.complement.clone();
            street.numbers.push(Number { id: fresh, complement, ..Number::new(number, key.suffix.clone(), on) });
            self.numbers.insert(key, at);
        }
        if let Some(number) = street.numbers.get_mut(at) {
            add_position(&mut number.positions, cells.position(self.commune));
            merge(&mut number.parcels, cells.parcels());
            number.certified |= cells.certified();
            number.source = number.source.take().or_else(|| cells.filled(cells.columns.source));
            number.updated_on = number.updated_on.max(on);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Reading, Fault> {
        if self.streets.is_empty() {
            return Err(Fault::NoAddress { commune: self.commune.to_owned() });
        }
        for (street, own) in self.streets.iter_mut().zip(&self.own_row) {
            // A row of its own is what makes a lieu-dit; a street that has no number yet has one too.
            let is_locality = *own && !(street.numbers.is_empty() && name::is_of_a_way(&street.name));
            street.kind = if is_locality { StreetKind::Locality } else { StreetKind::Street };
            street.sort();
        }
        code::assign(&mut self.streets);
        Ok(Reading { streets: self.streets, ban_commune: self.ban_commune, counted: self.counted })
    }
}

fn add_position(positions: &mut Vec<Position>, position: Option<Position>) {
    if let Some(position) = position
        && !positions.contains(&position)
        && positions.len() < MOST_POSITIONS
    {
        positions.push(position);
    }
}

fn merge(parcels: &mut Vec<String>, more: Vec<String>) {
    for parcel in more {
        if !parcels.contains(&parcel) && parcels.len() < MOST_PARCELS {
            parcels.push(parcel);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use std::io::Write as _;

    use super::*;

    const HEADER: &str = "cle_interop;commune_insee;commune_nom;voie_nom;numero;suffixe;position;x;y;long;lat;source;date_der_maj;certification_commune\n";

    fn read_bytes(content: &[u8]) -> Result<Option<Reading>, Fault> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(content).unwrap();
        let before = [Part { code: "11999".to_owned(), name: "Ancienne".to_owned() }];
        of_file(file.path(), "11076", &before, jiff::civil::date(2026, 1, 2))
    }

    fn read(rows: &str) -> Reading {
        read_bytes(format!("{HEADER}{rows}").as_bytes()).unwrap().unwrap()
    }

    #[test]
    fn rows_of_one_number_are_its_positions() {
        let reading = read(concat!(
            "11076_0123_00012_bis;11076;Castelnaudary;Rue du Four;12;Bis;entrée;;;1.95;43.31;Ville;2020-01-02;1\n",
            "11076_0123_00012_bis;11076;Castelnaudary;Rue du Four;12;bis;parcelle;;;1.96;43.32;Ville;2021-01-02;0\n",
            "11076_0123_00003;11076;Castelnaudary;Rue du Four;3;;entrée;;;1.95;43.31;;;0\n",
        ));
        let [street] = reading.streets.as_slice() else { panic!("one street") };
        assert_eq!((street.code.as_str(), street.kind), ("0123", StreetKind::Street));
        let [first, second] = street.numbers.as_slice() else { panic!("two numbers") };
        assert_eq!((first.label(), first.updated_on), ("3".to_owned(), jiff::civil::date(2026, 1, 2)));
        assert_eq!((second.label().as_str(), second.positions.len(), second.certified), ("12 bis", 2, true));
        assert_eq!(second.updated_on, jiff::civil::date(2021, 1, 2));
    }

    #[test]
    fn a_row_without_number_is_a_lieu_dit_or_a_street_that_has_none_yet() {
        let reading = read(concat!(
            "11076_b012_99999;11076;Castelnaudary;La Borie;99999;;segment;;;1.95;43.31;Ville;2020-01-02;1\n",
            "11076_0999_99999;11076;Castelnaudary;Rue Neuve;99999;;segment;;;1.95;43.31;Ville;2020-01-02;1\n",
        ));
        let kinds: Vec<StreetKind> = reading.streets.iter().map(|street| street.kind).collect();
        assert_eq!(kinds, [StreetKind::Locality, StreetKind::Street]);
        assert!(reading.streets[0].certified && reading.streets[0].positions.len() == 1);
    }

    #[test]
    fn other_communes_are_passed_over_and_old_codes_are_parts() {
        let reading = read(concat!(
            "11069_0123_00012;11069;Carcassonne;Rue du Four;12;;;;;;;;;\n",
            "11999_0123_00012;11999;Ancienne;Rue du Four;12;;;;;;;;;\n",
            "x;11076;Castelnaudary;;12;;;;;;;;;\n",
            "x;11076;Castelnaudary;Rue;douze;;;;;;;;;\n",
        ));
        assert_eq!((reading.counted.rows, reading.counted.elsewhere, reading.counted.unreadable), (4, 1, 2));
        assert_eq!(reading.counted.lines, [4, 5]);
        assert_eq!(reading.streets[0].part.as_ref().unwrap().code, "11999");
    }

    #[test]
    fn streets_without_a_code_get_one_that_stays_theirs() {
        let reading = read(concat!(
            "11076_xxxx_00012;11076;Castelnaudary;Rue du Four;12;;;;;;;;;\n",
            "11076_0000_00012;11076;Castelnaudary;Rue du Puits;12;;;;;;;;;\n",
        ));
        let codes: Vec<&str> = reading.streets.iter().map(|street| street.code.as_str()).collect();
        assert_eq!(codes, ["y000", "y001"]);
    }

    #[test]
    fn lasting_identifiers_are_kept_even_when_they_come_in_one() {
        let (c, v, a) = (Uuid::new_v4(), Uuid::new_v4(), Uuid::new_v4());
        let file = format!(
            "uid_adresse;cle_interop;commune_insee;voie_nom;numero\n@c:{c} @v:{v} @a:{a};11076_0123_00012;11076;Rue du Four;12\n"
        );
        let reading = read_bytes(file.as_bytes()).unwrap().unwrap();
        assert_eq!((reading.ban_commune, reading.streets[0].id), (Some(c), v));
        assert_eq!(reading.streets[0].numbers[0].id, a);
    }

    #[test]
    fn files_of_older_systems_are_read() {
        let latin = b"cle_interop,voie_nom,numero,position,lat,long\n11076_0123_00012,All\xe9e du Lac,12,entr\xe9e,\"43,31\",\"1,95\"\n";
        let reading = read_bytes(latin).unwrap().unwrap();
        assert_eq!(reading.streets[0].name, "Allée du Lac");
        let position = reading.streets[0].numbers[0].positions[0];
        assert_eq!((position.kind, position.lon, position.lat), (Some(PositionKind::Entrance), 1.95, 43.31));
    }

    #[test]
    fn what_is_no_base_of_the_commune_is_refused() {
        assert_eq!(read_bytes(b"essence;hauteur\nchene;12\n").unwrap(), None);
        assert_eq!(read_bytes(b"").unwrap(), None);
        let elsewhere = format!("{HEADER}11069_0123_00012;11069;Carcassonne;Rue du Four;12;;;;;;;;;\n");
        assert!(matches!(read_bytes(elsewhere.as_bytes()), Err(Fault::NoAddress { .. })));
        assert_eq!(read_bytes(&[0x1f, 0x8b, 8, 0, 1, 2]).unwrap_err().code(), "file");
    }
}
