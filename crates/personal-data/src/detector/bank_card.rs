//! Payment cards: the prefix of a network, its length, and Luhn's check.

use std::ops::Range;

use super::{
    marks::{Mark, Marks},
    run::{Run, runs},
};

/// Marks of a run of digits.
pub(crate) fn marks(run: &Run) -> Marks {
    let mut marks = Marks::NONE;
    if run.characters().len() == 16 {
        marks.add(Mark::SixteenDigits);
    }
    if is_valid(run) {
        marks.add(Mark::BankCard);
    }
    marks
}

fn is_valid(run: &Run) -> bool {
    let digits = run.characters();
    // The network first: it costs less than the check, and most numbers have none.
    is_of_network(digits) && is_grouped(run) && digits.iter().all(u8::is_ascii_digit) && luhn(digits)
}

fn is_of_network(digits: &[u8]) -> bool {
    match digits {
        [b'4', ..] | [b'5', b'1'..=b'5', ..] => digits.len() == 16,
        [b'2', b'2', b'2', b'1'..=b'9', ..] | [b'2', b'2', b'3'..=b'9', ..] => digits.len() == 16,
        [b'2', b'3'..=b'6', ..] | [b'2', b'7', b'0' | b'1', ..] | [b'2', b'7', b'2', b'0', ..] => digits.len() == 16,
        [b'3', b'4' | b'7', ..] => digits.len() == 15,
        _ => false,
    }
}

fn is_grouped(run: &Run) -> bool {
    let (groups, count) = run.groups();
    matches!(&groups[..count], [16] | [4, 4, 4, 4] | [15] | [4, 6, 5])
}

/// Luhn's check, which SIREN and SIRET use too.
pub(crate) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let value = u32::from(digit - b'0') << (index % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Where the first one is, in bytes.
pub(crate) fn first(cell: &str) -> Option<Range<usize>> {
    runs(cell.as_bytes()).find(is_valid).map(|run| run.start..run.end)
}

/// The cell with the digits of its card numbers blotted out.
pub(crate) fn masked(cell: &str) -> String {
    let mut bytes = cell.as_bytes().to_vec();
    for run in runs(cell.as_bytes()).filter(is_valid) {
        for byte in &mut bytes[run.start..run.end] {
            if byte.is_ascii_digit() {
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

    fn found(cell: &str) -> bool {
        runs(cell.as_bytes()).any(|run| marks(&run).has(Mark::BankCard))
    }

    #[test]
    fn the_network_and_the_check_decide() {
        for cell in ["4111 1111 1111 1111", "5555555555554444", "378282246310005"] {
            assert!(found(cell), "{cell}");
        }
        for cell in ["4111 1111 1111 1112", "79551353034703", "9111111111111111", "41 11 11 11 11 11 11 11"] {
            assert!(!found(cell), "{cell}");
        }
        assert_eq!(masked("4111 1111 1111 1111"), "**** **** **** ****");
    }
}
