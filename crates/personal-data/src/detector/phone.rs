//! Telephone numbers of France: ten digits from 0, or +33 and nine.

use std::ops::Range;

use super::{
    marks::{Mark, Marks},
    run::{Run, runs},
};

/// Marks of the numbers of a cell. `told`: the header says that it holds telephone numbers, so that a number that lost
/// its first zero in a spreadsheet counts too. `alone`: the run is the whole cell.
pub(crate) fn marks(run: &Run, told: bool, alone: bool) -> Marks {
    let mut marks = Marks::NONE;
    match kind(run, told) {
        Some(mark) => marks.add(mark),
        None => return marks,
    }
    if alone && !run.has_separators() && !run.plus {
        marks.add(Mark::PhoneBare);
    }
    marks
}

/// Mobile, landline or special; `None` when it is no telephone number.
fn kind(run: &Run, told: bool) -> Option<Mark> {
    let national = national(run, told)?;
    match national[0] {
        b'6' | b'7' => Some(Mark::PhoneMobile),
        b'8' => Some(Mark::PhoneSpecial),
        b'1'..=b'5' | b'9' => Some(Mark::PhoneLandline),
        _ => None,
    }
}

/// The nine digits after the trunk zero or the country's code.
fn national(run: &Run, told: bool) -> Option<&[u8]> {
    let digits = run.characters();
    let begins = matches!(digits[0], b'0') || run.plus || told;
    if !begins || !matches!(digits.len(), 9..=13 | 20) || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let (groups, count) = run.groups();
    let groups = &groups[..count];
    match digits {
        // Two numbers joined by a slash or a hyphen.
        [b'0', rest @ ..] if digits.len() == 20 && digits[10] == b'0' => Some(&rest[..9]),
        [b'0', rest @ ..] if digits.len() == 10 && is_usual(groups) => Some(rest),
        [b'3', b'3', rest @ ..] if run.plus || told => trunk(rest),
        [b'0', b'0', b'3', b'3', rest @ ..] => trunk(rest),
        // Overseas: +262 692…, +590 690…
        [b'2', b'6', b'2', ..] | [b'5', b'9', b'0' | b'4' | b'6', ..] if run.plus && digits.len() == 12 => {
            Some(&digits[3..])
        }
        rest if told && rest.len() == 9 && rest[0] != b'0' => Some(rest),
        _ => None,
    }
}

/// `+33 (0)4…` was cut at the bracket; `+330467…` is met too.
fn trunk(rest: &[u8]) -> Option<&[u8]> {
    match rest {
        [b'0', rest @ ..] if rest.len() == 9 => Some(rest),
        rest if rest.len() == 9 => Some(rest),
        _ => None,
    }
}

/// How people group ten digits; a date followed by an hour is grouped otherwise.
fn is_usual(groups: &[u8]) -> bool {
    matches!(groups, [10] | [2, 2, 2, 2, 2] | [1, 3, 3, 3] | [4, 6] | [4, 3, 3] | [4, 2, 2, 2] | [2, 8] | [2, 4, 4])
}

/// Where the first one is, in bytes.
pub(crate) fn first(cell: &str) -> Option<Range<usize>> {
    runs(cell.as_bytes()).find(|run| kind(run, true).is_some()).map(|run| run.start..run.end)
}

/// The cell with all but the first two digits of its numbers blotted out.
pub(crate) fn masked(cell: &str) -> String {
    let mut bytes = cell.as_bytes().to_vec();
    let numbers: Vec<Run> = runs(cell.as_bytes()).filter(|run| kind(run, true).is_some()).collect();
    for run in numbers {
        let mut seen = 0;
        for byte in &mut bytes[run.start..run.end] {
            if byte.is_ascii_digit() {
                seen += 1;
                if seen > 2 {
                    *byte = b'*';
                }
            }
        }
    }
    // Digits became asterisks, one byte for one: the text stays well formed.
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cell: &str) -> Option<Mark> {
        runs(cell.as_bytes()).find_map(|run| kind(&run, false))
    }

    #[test]
    fn usual_forms_are_known() {
        for cell in
            ["06 12 34 56 78", "0612345678", "06.12.34.56.78", "+33612345678", "+33 6 12 34 56 78", "0033612345678"]
        {
            assert_eq!(of(cell), Some(Mark::PhoneMobile), "{cell}");
        }
        assert_eq!(of("Tél : 04 67 34 70 00"), Some(Mark::PhoneLandline));
        assert_eq!(of("0 800 123 456"), Some(Mark::PhoneSpecial));
        assert_eq!(of("04 67 34 70 00 / 06 12 34 56 78"), Some(Mark::PhoneLandline));
    }

    #[test]
    fn amounts_dates_and_codes_are_not() {
        for cell in [
            "12 34 56 78 90",
            "1 234 567 890",
            "01/05/2020 10:30",
            "0.123456789",
            "2023-11-18",
            "0612345678.25",
            "FR0612345678",
            "00123456789",
        ] {
            assert_eq!(of(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_lost_zero_counts_where_the_header_says_so() {
        let run = runs(b"612345678").next();
        assert_eq!(run.as_ref().and_then(|run| kind(run, false)), None);
        assert_eq!(run.as_ref().and_then(|run| kind(run, true)), Some(Mark::PhoneMobile));
    }

    #[test]
    fn the_first_two_digits_stay() {
        assert_eq!(masked("tél. 06 12 34 56 78."), "tél. 06 ** ** ** **.");
        assert_eq!(masked("12 rue X"), "12 rue X");
    }
}
