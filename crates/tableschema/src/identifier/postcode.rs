//! French postcode: five figures; the first two are the département's (20 for Corsica, 97 and 98 overseas), or 00 for
//! the armies. Form only.

use super::{Fault, Figures};

/// Whether a text has the form of a postcode.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    check(text).is_ok()
}

/// What is wrong with a text as a postcode.
///
/// # Errors
/// The fault.
pub fn check(text: &str) -> Result<(), Fault> {
    let figures = Figures::<5>::exact(text)?;
    if figures.all_zero() {
        return Err(Fault::Zeros);
    }
    match figures.0[0] * 10 + figures.0[1] {
        96 | 99 => Err(Fault::Unallotted),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_of_all_parts_of_the_country_have_the_form() {
        for code in ["11400", "01000", "20000", "97400", "98800", "00200", "98000"] {
            assert!(is_valid(code), "{code}");
        }
    }

    #[test]
    fn each_fault_is_told_apart() {
        assert_eq!(check("1000"), Err(Fault::Length { expected: 5, found: 4 }));
        assert_eq!(check("2A000"), Err(Fault::Characters));
        assert_eq!(check("99123"), Err(Fault::Unallotted));
        assert_eq!(check("00000"), Err(Fault::Zeros));
    }
}
