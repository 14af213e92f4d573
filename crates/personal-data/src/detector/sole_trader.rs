//! SIRET and SIREN numbers, which name a person when they stand beside the name of one.

use super::{
    bank_card::luhn,
    marks::{Mark, Marks},
};

/// Marks of a cell.
pub(crate) fn marks(cell: &[u8]) -> Marks {
    let mut digits = [0_u8; 14];
    let mut length = 0;
    for byte in cell.iter().filter(|byte| **byte != b' ') {
        let Some(slot) = digits.get_mut(length).filter(|_| byte.is_ascii_digit()) else { return Marks::NONE };
        *slot = *byte;
        length += 1;
    }
    let number = &digits[..length];
    if matches!(length, 9 | 14) && number.iter().any(|digit| *digit != b'0') && luhn(number) {
        return Marks::of(&[Mark::Siret]);
    }
    Marks::NONE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_decides() {
        assert!(marks(b"732829320").has(Mark::Siret));
        assert!(marks(b"732 829 320 00074").has(Mark::Siret));
        assert!(marks(b"73282932000075").is_empty() && marks(b"000000000").is_empty() && marks(b"12").is_empty());
    }
}
