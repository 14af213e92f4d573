//! NIC: the number of an establishment within its legal unit: five figures, the last five of a SIRET. Its key is the
//! SIRET's: alone, only its form can be checked.

use super::{Fault, Figures, siret};

/// Whether a text has the form of a NIC.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    check(text).is_ok()
}

/// What is wrong with a text as a NIC.
///
/// # Errors
/// The fault.
pub fn check(text: &str) -> Result<(), Fault> {
    let figures = Figures::<5>::exact(text)?;
    if figures.all_zero() { Err(Fault::Zeros) } else { Ok(()) }
}

/// Whether a NIC is an establishment's of that SIREN, by the key of both.
///
/// # Errors
/// The fault of the SIRET that they make.
pub fn check_with(siren: &str, nic: &str) -> Result<(), Fault> {
    let (first, last) = (Figures::<9>::exact(siren)?, Figures::<5>::exact(nic)?);
    let mut all = [0; 14];
    all[..9].copy_from_slice(&first.0);
    all[9..].copy_from_slice(&last.0);
    siret::of(&Figures(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_figures_have_the_form() {
        assert!(is_valid("00074"));
        assert_eq!(check("0074"), Err(Fault::Length { expected: 5, found: 4 }));
        assert_eq!(check("00000"), Err(Fault::Zeros));
    }

    #[test]
    fn with_its_siren_the_key_is_checked() {
        assert_eq!(check_with("732829320", "00074"), Ok(()));
        assert_eq!(check_with("732829320", "00073"), Err(Fault::Key));
    }
}
