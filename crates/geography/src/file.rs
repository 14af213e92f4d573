//! The file of territories: columns that are read where they lie, so that opening it costs nothing.
//!
//! ```text
//! "GEOGRAF1" | fingerprint u64 | directory: Table::COUNT × Column::COUNT × (offset u32, length u32) | sections
//! ```
//! A section is a column of a table. Numbers are little-endian. Four kinds of columns:
//! - *numbers*: `u8`, `u16`, `u32` or `i32`, one a row;
//! - *codes*: texts of one width, one a row, padded with spaces;
//! - *texts*: the number of rows, one more offsets than rows, then UTF-8;
//! - *lists*: the number of rows, one more offsets than rows, then `u32`; *short lists* have `u16`.
//!
//! What isn't in the file, or lies outside it, reads as absent: a file cut short gives fewer answers, never a panic.

/// First bytes of the file.
pub const MAGIC: &[u8; 8] = b"GEOGRAF1";

/// Where the directory begins: after the magic and the fingerprint.
pub const DIRECTORY: usize = 16;

/// What a row of a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Communes of today by code, then municipal arrondissements, then associated and delegated communes.
    Communes,
    /// Intercommunalités with their own taxes.
    Epcis,
    /// Départements, and the overseas collectivities that stand for one.
    Departements,
    /// Régions, and the overseas collectivities that stand for one.
    Regions,
    /// Codes that communes had, and what they are part of today.
    Former,
    /// Postcodes.
    Postcodes,
    /// Communes in the order of their SIREN.
    Sirens,
    /// Squares of [`CELL`](crate::position::CELL) hundred-thousandths of a degree.
    Cells,
    /// Lines between two meeting points of outlines.
    Arcs,
}

impl Table {
    /// How many there are.
    pub const COUNT: usize = 9;
}

/// What a column says of each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Codes: its code.
    Codes,
    /// Texts: its name.
    Names,
    /// `u8`: its kind.
    Kinds,
    /// `u8`: metropolitan, overseas département, other overseas.
    Zones,
    /// `u32`: inhabitants.
    Populations,
    /// `u32`: ares.
    Surfaces,
    /// Pairs of `i32`: longitude and latitude of its centre, in millionths of a degree.
    Centres,
    /// Four `i32`: west, south, east, north, in hundred-thousandths of a degree.
    Boxes,
    /// Pairs of `i32`: its town hall, in millionths of a degree.
    TownHalls,
    /// `u32`: the row of the commune that it is part of, or of its seat.
    Parents,
    /// Codes of nine: SIREN.
    Sirens,
    /// `u16`: row of its EPCI.
    Epcis,
    /// `u8`: row of its département.
    Departements,
    /// `u8`: row of its région.
    Regions,
    /// Texts: postcodes separated by spaces.
    Postcodes,
    /// Lists: rows of the communes; short ones in [`Table::Cells`]; `u32` in [`Table::Sirens`].
    Members,
    /// Lists: rows of the départements, then of the régions, that an EPCI is in.
    DepartementLists,
    /// Lists.
    RegionLists,
    /// Lists of bytes: rings as arcs; or the points of an arc.
    Lines,
    /// Texts: words of the names, in the order of the alphabet.
    Words,
    /// Lists: rows whose name has the word.
    WordRows,
    /// Short lists: words of the name of each row.
    RowWords,
    /// `u16`: pairs of letters, in order.
    Bigrams,
    /// Short lists: words that have the pair.
    BigramWords,
}

impl Column {
    /// How many there are.
    pub const COUNT: usize = 24;
}

/// No value, in a column of `u32`.
pub const NONE: u32 = u32::MAX;

/// No value, in a column of `i32`.
pub const NOWHERE: i32 = i32::MIN;

/// A file of territories.
#[derive(Debug, Clone, Copy)]
pub struct File(&'static [u8]);

impl File {
    /// The file of these bytes; a foreign file is empty.
    pub fn new(bytes: &'static [u8]) -> Self {
        if bytes.starts_with(MAGIC) { Self(bytes) } else { Self(&[]) }
    }

    /// What tells this file from another: a hash of what follows.
    pub fn fingerprint(&self) -> u64 {
        self.0.get(MAGIC.len()..).and_then(|rest| rest.first_chunk()).map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }

    /// The bytes of a column.
    pub fn section(&self, table: Table, column: Column) -> &'static [u8] {
        let directory = DIRECTORY + (table as usize * Column::COUNT + column as usize) * 8;
        let place = Numbers(self.0).u32_at(directory).zip(Numbers(self.0).u32_at(directory + 4));
        let Some((offset, length)) = place else { return &[] };
        self.0.get(offset as usize..offset as usize + length as usize).unwrap_or_default()
    }

    /// A column of numbers.
    pub fn numbers(&self, table: Table, column: Column) -> Numbers {
        Numbers(self.section(table, column))
    }

    /// A column of codes.
    pub fn codes(&self, table: Table, width: usize) -> Codes {
        self.codes_of(table, Column::Codes, width)
    }

    /// A column of texts of one width.
    pub fn codes_of(&self, table: Table, column: Column, width: usize) -> Codes {
        Codes { width, text: str::from_utf8(self.section(table, column)).unwrap_or_default() }
    }

    /// A column of texts.
    pub fn texts(&self, table: Table, column: Column) -> Texts {
        let (rows, offsets, rest) = spread(self.section(table, column));
        Texts { rows, offsets, text: str::from_utf8(rest).unwrap_or_default() }
    }

    /// A column of lists.
    pub fn lists(&self, table: Table, column: Column) -> Lists {
        let (rows, offsets, rest) = spread(self.section(table, column));
        Lists { rows, offsets, items: Numbers(rest), width: 4 }
    }

    /// A column of lists of small numbers.
    pub fn short_lists(&self, table: Table, column: Column) -> Lists {
        Lists { width: 2, ..self.lists(table, column) }
    }

    /// A column of lists of bytes.
    pub fn blobs(&self, table: Table, column: Column) -> Blobs {
        let (_, offsets, bytes) = spread(self.section(table, column));
        Blobs { offsets, bytes }
    }
}

/// The number of rows, their offsets, and what these point into.
fn spread(section: &'static [u8]) -> (usize, Numbers, &'static [u8]) {
    let rows = Numbers(section).u32(0).unwrap_or(0) as usize;
    let end = rows.saturating_add(2).saturating_mul(4);
    match section.get(4..end) {
        Some(offsets) => (rows, Numbers(offsets), section.get(end..).unwrap_or_default()),
        None => (0, Numbers(&[]), &[]),
    }
}

/// A column of numbers.
#[derive(Debug, Clone, Copy)]
pub struct Numbers(&'static [u8]);

impl Numbers {
    fn u32_at(&self, byte: usize) -> Option<u32> {
        Some(u32::from_le_bytes(*self.0.get(byte..)?.first_chunk()?))
    }

    /// The number of a row.
    pub fn u8(&self, row: usize) -> Option<u8> {
        self.0.get(row).copied()
    }

    /// The number of a row.
    pub fn u16(&self, row: usize) -> Option<u16> {
        Some(u16::from_le_bytes(*self.0.get(row * 2..)?.first_chunk()?))
    }

    /// The number of a row.
    pub fn u32(&self, row: usize) -> Option<u32> {
        self.u32_at(row * 4)
    }

    /// The number of a row.
    pub fn i32(&self, row: usize) -> Option<i32> {
        Some(i32::from_le_bytes(*self.0.get(row * 4..)?.first_chunk()?))
    }

    /// The number of a row, when it has one.
    pub fn known(&self, row: usize) -> Option<u32> {
        self.u32(row).filter(|number| *number != NONE)
    }

    /// How many bytes there are.
    pub fn bytes(&self) -> usize {
        self.0.len()
    }

    /// Where numbers up to this end in a sorted column of `u8`.
    pub fn end_of(&self, number: u8) -> usize {
        self.0.partition_point(|one| *one <= number)
    }

    /// Row of a number in a sorted column of `u16`.
    pub fn find_u16(&self, wanted: u16) -> Option<usize> {
        let row = first(self.0.len() / 2, |row| self.u16(row).is_none_or(|number| number >= wanted));
        (self.u16(row) == Some(wanted)).then_some(row)
    }

    /// The first of so many rows that is so, when all that follow are too.
    pub fn first(&self, rows: usize, is_so: impl Fn(u32) -> bool) -> Option<u32> {
        self.u32(first(rows, |row| self.u32(row).is_none_or(&is_so)))
    }

    /// Row of a number in a sorted column of `u32`.
    pub fn find_u32(&self, wanted: u32) -> Option<usize> {
        let row = first(self.0.len() / 4, |row| self.u32(row).is_none_or(|number| number >= wanted));
        (self.u32(row) == Some(wanted)).then_some(row)
    }
}

/// A column of texts of one width.
#[derive(Debug, Clone, Copy)]
pub struct Codes {
    width: usize,
    text: &'static str,
}

impl Codes {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.text.len() / self.width
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The code of a row; empty when it has none.
    pub fn get(&self, row: usize) -> &'static str {
        self.text.get(row * self.width..(row + 1) * self.width).unwrap_or_default().trim_ascii_end()
    }

    /// The row of a code among rows that are sorted by it.
    pub fn find(&self, code: &str, among: std::ops::Range<usize>) -> Option<usize> {
        let row = among.start + first(among.len(), |row| self.get(among.start + row) >= code);
        (row < among.end && self.get(row) == code).then_some(row)
    }

    /// The rows whose code begins so, among rows that are sorted by it.
    pub fn beginning(&self, start: &str, among: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let from = among.start + first(among.len(), |row| self.get(among.start + row) >= start);
        let count = first(among.end - from, |row| !self.get(from + row).starts_with(start));
        from..from + count
    }
}

/// A column of texts.
#[derive(Debug, Clone, Copy)]
pub struct Texts {
    rows: usize,
    offsets: Numbers,
    text: &'static str,
}

impl Texts {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The text of a row.
    pub fn get(&self, row: usize) -> &'static str {
        let ends = self.offsets.u32(row).zip(self.offsets.u32(row + 1));
        ends.and_then(|(from, to)| self.text.get(from as usize..to as usize)).unwrap_or_default()
    }

    /// The first row whose text isn't before another, in a sorted column.
    pub fn first_from(&self, text: &str) -> usize {
        first(self.rows, |row| self.get(row) >= text)
    }
}

/// A column of lists.
#[derive(Debug, Clone, Copy)]
pub struct Lists {
    rows: usize,
    offsets: Numbers,
    items: Numbers,
    /// Bytes of an item.
    width: usize,
}

impl Lists {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The items of a row.
    pub fn get(&self, row: usize) -> impl ExactSizeIterator<Item = u32> + Clone + use<> {
        let (items, width) = (self.items, self.width);
        let ends = self.offsets.u32(row).zip(self.offsets.u32(row + 1));
        let (from, to) = ends.filter(|(from, to)| from <= to).unwrap_or((0, 0));
        let last = to.min(u32::try_from(items.bytes() / width).unwrap_or(u32::MAX));
        let number = move |item| if width == 2 { items.u16(item).map(u32::from) } else { items.u32(item) };
        (from.min(last) as usize..last as usize).map(move |item| number(item).unwrap_or(NONE))
    }
}

/// A column of lists of bytes.
#[derive(Debug, Clone, Copy)]
pub struct Blobs {
    offsets: Numbers,
    bytes: &'static [u8],
}

impl Blobs {
    /// The bytes of a row.
    pub fn get(&self, row: usize) -> &'static [u8] {
        let ends = self.offsets.u32(row).zip(self.offsets.u32(row + 1));
        ends.and_then(|(from, to)| self.bytes.get(from as usize..to as usize)).unwrap_or_default()
    }
}

/// The first number under `most` that is so, when all that follow are too.
fn first(most: usize, is_so: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low.midpoint(high);
        if is_so(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Whole numbers of few bytes: seven bits a byte, the last one below 128; the sign is the lowest bit.
pub mod varint {
    /// Writes a number.
    pub fn write(number: i64, to: &mut Vec<u8>) {
        let mut rest = ((number << 1) ^ (number >> 63)).cast_unsigned();
        while rest >= 128 {
            to.push((rest & 127) as u8 | 128);
            rest >>= 7;
        }
        to.push(rest as u8);
    }

    /// Takes a number off the front.
    pub fn read(from: &mut &[u8]) -> Option<i64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = from.split_first()?;
            *from = rest;
            number |= u64::from(byte & 127) << shift;
            if *byte < 128 {
                return Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed());
            }
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_number_is_read_as_it_was_written(numbers: Vec<i64>) {
            let mut bytes = Vec::new();
            for number in &numbers {
                varint::write(*number, &mut bytes);
            }
            let mut rest = bytes.as_slice();
            for number in &numbers {
                prop_assert_eq!(varint::read(&mut rest), Some(*number));
            }
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn a_file_of_anything_reads_as_absent_and_never_panics(bytes: Vec<u8>, row in 0_usize..300) {
            let mut whole = MAGIC.to_vec();
            whole.extend(bytes);
            let file = File::new(whole.leak());
            for column in [Column::Codes, Column::Names, Column::Members, Column::Lines] {
                file.codes_of(Table::Communes, column, 5).get(row);
                file.texts(Table::Communes, column).get(row);
                file.lists(Table::Communes, column).get(row).for_each(drop);
                file.blobs(Table::Communes, column).get(row);
            }
        }
    }

    #[test]
    fn a_foreign_file_is_empty() {
        assert!(File::new(b"PK\x03\x04").section(Table::Communes, Column::Codes).is_empty());
    }
}
