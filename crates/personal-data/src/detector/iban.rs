//! Bank account numbers (ISO 13616): country, check digits, account; the remainder by 97 is 1.

use std::ops::Range;

use super::marks::{Mark, Marks};

/// Length of an IBAN by country.
const LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24),
    (b"AE", 23),
    (b"AL", 28),
    (b"AT", 20),
    (b"AZ", 28),
    (b"BA", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"BH", 22),
    (b"BR", 29),
    (b"BY", 28),
    (b"CH", 21),
    (b"CR", 22),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DK", 18),
    (b"DO", 28),
    (b"EE", 20),
    (b"EG", 29),
    (b"ES", 24),
    (b"FI", 18),
    (b"FO", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GE", 22),
    (b"GI", 23),
    (b"GL", 18),
    (b"GR", 27),
    (b"GT", 28),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IL", 23),
    (b"IQ", 23),
    (b"IS", 26),
    (b"IT", 27),
    (b"JO", 30),
    (b"KW", 30),
    (b"KZ", 20),
    (b"LB", 28),
    (b"LC", 32),
    (b"LI", 21),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"MC", 27),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MR", 27),
    (b"MT", 31),
    (b"MU", 30),
    (b"NL", 18),
    (b"NO", 15),
    (b"PK", 24),
    (b"PL", 28),
    (b"PS", 29),
    (b"PT", 25),
    (b"QA", 29),
    (b"RO", 24),
    (b"RS", 22),
    (b"SA", 24),
    (b"SC", 31),
    (b"SE", 24),
    (b"SI", 19),
    (b"SK", 24),
    (b"SM", 27),
    (b"ST", 25),
    (b"SV", 28),
    (b"TL", 23),
    (b"TN", 24),
    (b"TR", 26),
    (b"UA", 29),
    (b"VA", 22),
    (b"VG", 24),
    (b"XK", 20),
];

/// Marks of a cell.
pub(crate) fn marks(cell: &[u8]) -> Marks {
    let mut marks = Marks::NONE;
    for found in (Candidates { cell, at: 0 }) {
        marks.add(Mark::IbanLike);
        if found.valid {
            marks.add(Mark::Iban);
        }
    }
    marks
}

/// Where the first one is, in bytes.
pub(crate) fn first(cell: &str) -> Option<Range<usize>> {
    (Candidates { cell: cell.as_bytes(), at: 0 }).find(|found| found.valid).map(|found| found.start..found.end)
}

/// The cell whose account numbers keep their country only.
pub(crate) fn masked(cell: &str) -> String {
    let mut bytes = cell.as_bytes().to_vec();
    for found in (Candidates { cell: cell.as_bytes(), at: 0 }).filter(|found| found.valid) {
        for byte in &mut bytes[found.start + 2..found.end] {
            if byte.is_ascii_alphanumeric() {
                *byte = b'*';
            }
        }
    }
    // One byte for one: the text stays well formed.
    String::from_utf8(bytes).unwrap_or_default()
}

struct Candidate {
    start: usize,
    end: usize,
    valid: bool,
}

struct Candidates<'a> {
    cell: &'a [u8],
    at: usize,
}

impl Iterator for Candidates<'_> {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        while self.at + 15 <= self.cell.len() {
            let start = self.at;
            self.at += 1;
            let alone = start == 0 || !self.cell[start - 1].is_ascii_alphanumeric();
            if !alone || !self.cell[start].is_ascii_alphabetic() {
                continue;
            }
            if let Some(found) = self.read(start) {
                self.at = found.end;
                return Some(found);
            }
        }
        None
    }
}

impl Candidates<'_> {
    /// The account number that begins here: as many characters as its country asks for, and no more.
    fn read(&self, start: usize) -> Option<Candidate> {
        let country = [self.cell[start].to_ascii_uppercase(), self.cell[start + 1].to_ascii_uppercase()];
        let length = LENGTHS.iter().find(|(code, _)| **code == country)?.1;
        let mut number = [0_u8; 34];
        let mut count = 0;
        let mut at = start;
        while count < length {
            match self.cell.get(at)? {
                b' ' | b'-' if count > 2 => {}
                byte if byte.is_ascii_alphanumeric() => {
                    number[count] = byte.to_ascii_uppercase();
                    count += 1;
                }
                _ => return None,
            }
            at += 1;
        }
        let alone = self.cell.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let digits = number[2].is_ascii_digit() && number[3].is_ascii_digit();
        (alone && digits).then(|| Candidate { start, end: at, valid: remainder(&number[..length]) == 1 })
    }
}

/// Remainder by 97 of the number with its first four characters put last and letters counted from 10.
fn remainder(number: &[u8]) -> u32 {
    let value = |byte: u8| if byte.is_ascii_digit() { u32::from(byte - b'0') } else { u32::from(byte - b'A') + 10 };
    number[4..].iter().chain(&number[..4]).fold(0, |rest, &byte| {
        let value = value(byte);
        (if value < 10 { rest * 10 + value } else { rest * 100 + value }) % 97
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_and_the_length_of_the_country_decide() {
        for cell in [
            "FR1420041010050500013M02606",
            "FR14 2004 1010 0505 0001 3M02 606",
            "IBAN : DE89370400440532013000",
            "fr1420041010050500013m02606",
        ] {
            assert!(marks(cell.as_bytes()).has(Mark::Iban), "{cell}");
        }
        let wrong = marks(b"FR1520041010050500013M02606");
        assert!(!wrong.has(Mark::Iban) && wrong.has(Mark::IbanLike));
        for cell in [
            "FR40303265045",
            "FR1420041010050500013M0260",
            "XX1420041010050500013M02606",
            "FR142004101005050001é3M0260",
        ] {
            assert!(marks(cell.as_bytes()).is_empty(), "{cell}");
        }
    }

    #[test]
    fn the_country_stays() {
        assert_eq!(masked("FR14 2004 1010 0505 0001 3M02 606"), "FR** **** **** **** **** **** ***");
    }
}
