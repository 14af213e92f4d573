//! SIRET: the number of an establishment in the Sirene register: a SIREN and a NIC, fourteen figures, the last one
//! Luhn's key.
//!
//! La Poste has more establishments than the keys allow: its numbers, its head office's apart, have a sum of figures
//! that is a multiple of five.

use super::{Fault, Figures, luhn, siren};

const LA_POSTE: [u8; 9] = [3, 5, 6, 0, 0, 0, 0, 0, 0];
const LA_POSTE_HEAD_OFFICE: [u8; 14] = [3, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 8];

/// Whether a text is a SIRET.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    check(text).is_ok()
}

/// What is wrong with a text as a SIRET.
///
/// # Errors
/// The fault.
pub fn check(text: &str) -> Result<(), Fault> {
    of(&Figures::exact(text)?)
}

/// What is wrong with fourteen figures as a SIRET.
///
/// # Errors
/// The fault: of the whole number, or of the SIREN that it begins with.
pub fn of(figures: &Figures<14>) -> Result<(), Fault> {
    let all = &figures.0;
    let mut unit = [0; 9];
    unit.copy_from_slice(&all[..9]);
    siren::of(&Figures(unit))?;
    let holds = if unit == LA_POSTE && *all != LA_POSTE_HEAD_OFFICE {
        all.iter().map(|figure| u32::from(*figure)).sum::<u32>() % 5 == 0
    } else {
        luhn::holds(all)
    };
    if holds { Ok(()) } else { Err(Fault::Key) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_register_are_valid() {
        for siret in ["73282932000074", "13002526500013", "21110076300013", "00552013500012"] {
            assert!(is_valid(siret), "{siret}");
        }
    }

    #[test]
    fn the_post_office_has_its_own_key() {
        assert!(is_valid("35600000000048"), "the head office follows Luhn");
        assert!(is_valid("35600000049837"), "an office follows the sum");
        assert_eq!(check("35600000049838"), Err(Fault::Key));
    }

    #[test]
    fn each_fault_is_told_apart() {
        assert_eq!(check("73282932000079"), Err(Fault::Key));
        assert_eq!(check("7328293200007"), Err(Fault::Length { expected: 14, found: 13 }));
        assert_eq!(check("732 829 320 00074"), Err(Fault::Characters));
        assert_eq!(check("00000000000000"), Err(Fault::Zeros));
        assert_eq!(check("73282932100073"), Err(Fault::Key), "the SIREN within has its own key");
    }
}
