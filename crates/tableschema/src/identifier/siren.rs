//! SIREN: the number of a legal unit in the Sirene register (code de commerce, R123-221): nine figures, the last one
//! Luhn's key.

use super::{Fault, Figures, luhn};

/// Whether a text is a SIREN.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    check(text).is_ok()
}

/// What is wrong with a text as a SIREN.
///
/// # Errors
/// The fault.
pub fn check(text: &str) -> Result<(), Fault> {
    of(&Figures::exact(text)?)
}

/// What is wrong with nine figures as a SIREN.
///
/// # Errors
/// The fault. Nine zeros satisfy the key, but stand for a number that isn't known.
pub fn of(figures: &Figures<9>) -> Result<(), Fault> {
    if figures.all_zero() {
        return Err(Fault::Zeros);
    }
    if luhn::holds(&figures.0) { Ok(()) } else { Err(Fault::Key) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_town_is_valid() {
        assert!(is_valid("211100763"));
        assert!(is_valid("005520135"));
    }

    #[test]
    fn each_fault_is_told_apart() {
        assert_eq!(check("211100764"), Err(Fault::Key));
        assert_eq!(check("21110076"), Err(Fault::Length { expected: 9, found: 8 }));
        assert_eq!(check("21110076X"), Err(Fault::Characters));
        assert_eq!(check("000000000"), Err(Fault::Zeros));
        assert_eq!(check(""), Err(Fault::Length { expected: 9, found: 0 }));
        assert_eq!(check("٢١١١٠٠٧٦٣"), Err(Fault::Characters), "figures of another script are not figures here");
    }
}
