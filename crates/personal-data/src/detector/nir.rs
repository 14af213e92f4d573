//! Social security numbers: thirteen characters and a key, `1 85 05 78 006 084 91`.
//!
//! Sex (1, 2; 3, 4, 7, 8 while being registered), year, month (or 20–42, 50–99 when unknown), département (2A and 2B
//! in Corsica), commune, order, and key: 97 minus the number's remainder by 97, where 2A counts as 19 and 2B as 18.

use std::ops::Range;

use super::{
    marks::{Mark, Marks},
    run::{Run, runs},
};

const LENGTH: usize = 15;
const WITHOUT_KEY: usize = 13;

/// Marks of a run of digits. Without its key a number counts only where the header speaks of it (`told`).
pub(crate) fn marks(run: &Run, told: bool) -> Marks {
    let characters = run.characters();
    let mut marks = Marks::NONE;
    if characters.len() == LENGTH {
        marks.add(Mark::FifteenDigits);
    }
    if is_valid(characters) && is_spelled(run) {
        marks.add(Mark::Nir);
    } else if told && characters.len() == WITHOUT_KEY && has_form(characters) {
        marks.add(Mark::NirKeyless);
    }
    marks
}

/// A number of fifteen characters, separators left out.
fn is_valid(number: &[u8]) -> bool {
    number.len() == LENGTH && has_form(number) && key_is_right(number)
}

/// Whether separators stand where people put them: between the parts of a number. A decimal number (`3.87…`) has one
/// after its first digit, and no other.
fn is_spelled(run: &Run) -> bool {
    let (groups, count) = run.groups();
    let starts = groups[..count].iter().scan(0, |at, length| {
        *at += length;
        Some(*at)
    });
    let inner: Vec<u8> = starts.take(count - 1).collect();
    let between_parts = inner.iter().all(|at| matches!(at, 1 | 3 | 5 | 7 | 10 | 13));
    between_parts && (inner.is_empty() || inner.len() >= 4 || inner.contains(&13))
}

fn has_form(number: &[u8]) -> bool {
    let digit = |index: usize| number[index].is_ascii_digit();
    let pair = |index: usize| (number[index] - b'0') * 10 + (number[index + 1] - b'0');
    let corsica = number[5] == b'2' && matches!(number[6], b'A' | b'B');
    let all_digits = (0..number.len()).all(|index| digit(index) || (index == 6 && corsica));
    all_digits
        && matches!(number[0], b'1'..=b'4' | b'7' | b'8')
        && matches!(pair(3), 1..=12 | 20..=42 | 50..=99)
        && (corsica || pair(5) != 0)
        && number[7..10] != *b"000"
        && number[10..13] != *b"000"
}

fn key_is_right(number: &[u8]) -> bool {
    let mut value: u64 = 0;
    for (index, &byte) in number[..WITHOUT_KEY].iter().enumerate() {
        // 2A counts as 19 and 2B as 18: the letter's place takes 9 or 8 after a 1.
        let digit = match (index, byte, number[6]) {
            (5, _, b'A' | b'B') => 1,
            (6, b'A', _) => 9,
            (6, b'B', _) => 8,
            (_, byte, _) => byte - b'0',
        };
        value = value * 10 + u64::from(digit);
    }
    let key = u64::from(number[WITHOUT_KEY] - b'0') * 10 + u64::from(number[WITHOUT_KEY + 1] - b'0');
    key == 97 - value % 97
}

fn is_number(run: &Run) -> bool {
    let characters = run.characters();
    (is_valid(characters) && is_spelled(run)) || (characters.len() == WITHOUT_KEY && has_form(characters))
}

/// Where the first one is, in bytes.
pub(crate) fn first(cell: &str) -> Option<Range<usize>> {
    runs(cell.as_bytes()).find(is_number).map(|run| run.start..run.end)
}

/// The cell with the characters of its numbers blotted out.
pub(crate) fn masked(cell: &str) -> String {
    let mut bytes = cell.as_bytes().to_vec();
    for run in runs(cell.as_bytes()).filter(is_number) {
        for byte in &mut bytes[run.start..run.end] {
            if byte.is_ascii_alphanumeric() {
                *byte = b'*';
            }
        }
    }
    // One byte for one: the text stays well formed.
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cell: &str, told: bool) -> Marks {
        runs(cell.as_bytes()).map(|run| marks(&run, told)).next().unwrap_or_default()
    }

    #[test]
    fn a_number_is_known_by_its_key_with_or_without_spaces() {
        assert!(of("185057800608491", false).has(Mark::Nir));
        assert!(of("n° 1 85 05 78 006 084 91.", false).has(Mark::Nir));
        assert!(of("2 69 05 49 588 157 80", false).has(Mark::Nir));
        assert!(!of("185057800608492", true).has(Mark::Nir));
    }

    #[test]
    fn without_a_key_the_header_has_to_speak() {
        assert!(of("1850578006084", true).has(Mark::NirKeyless));
        assert!(of("1850578006084", false).is_empty());
        assert!(of("9850578006084", true).is_empty());
    }

    #[test]
    fn corsica_has_letters_with_keys_of_their_own() {
        let with_key = |thirteen: &str, value: u64| format!("{thirteen}{:02}", 97 - value % 97);
        assert!(of(&with_key("185052A006084", 1_850_519_006_084), false).has(Mark::Nir));
        assert!(of(&with_key("185052B006084", 1_850_518_006_084), false).has(Mark::Nir));
        assert!(!of(&with_key("185052A006084", 1_850_520_006_084), false).has(Mark::Nir));
    }

    #[test]
    fn other_text_is_none() {
        for cell in ["", "12345678901234", "185 05", "1850578006084911", "985057800608491", "185137800608491"] {
            assert!(!of(cell, false).has(Mark::Nir), "{cell}");
        }
    }

    #[test]
    fn a_decimal_number_is_none() {
        let whole = "185057800608491";
        assert!(of(whole, false).has(Mark::Nir));
        for at in [1, 2, 4, 8] {
            let decimal = format!("{}.{}", &whole[..at], &whole[at..]);
            assert!(!of(&decimal, false).has(Mark::Nir), "{decimal}");
            assert_eq!(first(&decimal), None);
        }
        assert!(of("1850578006084 91", false).has(Mark::Nir));
    }

    #[test]
    fn every_character_of_a_number_is_blotted_out() {
        assert_eq!(masked("n° 1 85 05 78 006 084 91"), "n° * ** ** ** *** *** **");
        assert_eq!(masked("12 rue"), "12 rue");
    }
}
