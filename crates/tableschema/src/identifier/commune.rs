//! INSEE's code of a commune in the official geographic code: five characters: the département (`01` to `95` without
//! 20, `2A`, `2B`, `97x`, `98x`), then the number within it. Form only: whether the commune exists is another table's
//! knowledge.

use super::Fault;

/// Whether a text has the form of a commune's code.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    check(text).is_ok()
}

/// What is wrong with a text as a commune's code.
///
/// # Errors
/// The fault.
pub fn check(text: &str) -> Result<(), Fault> {
    let bytes = text.as_bytes();
    if !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return Err(Fault::Characters);
    }
    let bytes: &[u8; 5] = bytes.try_into().map_err(|_| Fault::Length { expected: 5, found: bytes.len() })?;
    let [tens, units, number @ ..] = bytes;
    if !number.iter().all(u8::is_ascii_digit) || !tens.is_ascii_digit() {
        return Err(Fault::Form);
    }
    if number == b"000" {
        return Err(Fault::Unallotted);
    }
    match (tens, units) {
        (b'2', b'A' | b'B') => Ok(()),
        (b'0' | b'2', b'0') | (b'9', b'6' | b'9') => Err(Fault::Unallotted),
        (_, b'0'..=b'9') => Ok(()),
        _ => Err(Fault::Form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_all_parts_of_the_country_have_the_form() {
        for code in ["01004", "11076", "2A004", "2B033", "75056", "95680", "97105", "97411", "98735"] {
            assert!(is_valid(code), "{code}");
        }
    }

    #[test]
    fn each_fault_is_told_apart() {
        assert_eq!(check("1004"), Err(Fault::Length { expected: 5, found: 4 }));
        assert_eq!(check("20004"), Err(Fault::Unallotted), "Corsica is 2A and 2B");
        assert_eq!(check("00004"), Err(Fault::Unallotted));
        assert_eq!(check("99100"), Err(Fault::Unallotted), "countries are not communes");
        assert_eq!(check("2C004"), Err(Fault::Form));
        assert_eq!(check("2a004"), Err(Fault::Form));
        assert_eq!(check("11 76"), Err(Fault::Characters));
    }
}
