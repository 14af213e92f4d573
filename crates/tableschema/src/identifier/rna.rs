//! RNA: the number of an association in the national register of associations: `W`, three characters for the
//! registry (département and district; overseas one of them is a letter), six figures. It has no key.

use super::Fault;

/// Whether a text is an RNA number.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    check(text).is_ok()
}

/// What is wrong with a text as an RNA number.
///
/// # Errors
/// The fault. Nine zeros are not taken for a placeholder: `W000000000` has the form, and nothing denies it.
pub fn check(text: &str) -> Result<(), Fault> {
    let bytes = text.as_bytes();
    if !bytes.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) {
        return Err(Fault::Characters);
    }
    let bytes: &[u8; 10] = bytes.try_into().map_err(|_| Fault::Length { expected: 10, found: bytes.len() })?;
    let [first, department, registry, district, number @ ..] = bytes;
    let registry = (registry.is_ascii_digit() || matches!(department, b'2' | b'9')) && district.is_ascii_digit();
    let formed = *first == b'W' && department.is_ascii_digit() && registry && number.iter().all(u8::is_ascii_digit);
    if formed { Ok(()) } else { Err(Fault::Form) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_registries_have_the_form() {
        for number in ["W751000001", "W112000123", "W9R1001234", "W2A1000321"] {
            assert!(is_valid(number), "{number}");
        }
    }

    #[test]
    fn each_fault_is_told_apart() {
        assert_eq!(check("W75100000"), Err(Fault::Length { expected: 10, found: 9 }));
        assert_eq!(check("w751000001"), Err(Fault::Characters));
        assert_eq!(check("7751000001"), Err(Fault::Form));
        assert_eq!(check("W7A1000001"), Err(Fault::Form));
        assert_eq!(check("W75100000A"), Err(Fault::Form));
    }
}
