//! Payment cards: the prefix of a network, its length, and Luhn's check.

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
    if !digits.iter().all(u8::is_ascii_digit) || !luhn(digits) {
        return false;
    }
    let prefix = digits[..4].iter().fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'));
    let (groups, count) = run.groups();
    match digits.len() {
        16 => {
            matches!(prefix, 4000..=4999 | 5100..=5599 | 2221..=2720) && matches!(&groups[..count], [16] | [4, 4, 4, 4])
        }
        15 => matches!(prefix, 3400..=3499 | 3700..=3799) && matches!(&groups[..count], [15] | [4, 6, 5]),
        _ => false,
    }
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
