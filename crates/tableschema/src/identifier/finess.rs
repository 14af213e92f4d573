//! FINESS: the number of a health or social establishment, or of its legal entity: two characters for the département
//! (`2A`, `2B` for Corsica), six figures, and Luhn's key. In the key, the letters of Corsica count as 1 and 2.

use super::{Fault, luhn};

/// Whether a text is a FINESS number.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    check(text).is_ok()
}

/// What is wrong with a text as a FINESS number.
///
/// # Errors
/// The fault.
pub fn check(text: &str) -> Result<(), Fault> {
    let bytes = text.as_bytes();
    if !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return Err(Fault::Characters);
    }
    let bytes: &[u8; 9] = bytes.try_into().map_err(|_| Fault::Length { expected: 9, found: bytes.len() })?;
    let mut figures = [0; 9];
    for (place, byte) in bytes.iter().enumerate() {
        figures[place] = match (place, byte) {
            (_, b'0'..=b'9') => byte - b'0',
            (1, b'A' | b'B') if bytes[0] == b'2' => byte - b'A' + 1,
            (1, b'A'..=b'Z') => return Err(Fault::Form),
            _ => return Err(Fault::Characters),
        };
    }
    if figures == [0; 9] {
        return Err(Fault::Zeros);
    }
    if luhn::holds(&figures) { Ok(()) } else { Err(Fault::Key) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_hospitals_are_valid() {
        for number in ["750712184", "340780477", "2A0000014", "2B0000020", "2A0000386", "2B0004246"] {
            assert!(is_valid(number), "{number}");
        }
    }

    #[test]
    fn each_fault_is_told_apart() {
        assert_eq!(check("750712185"), Err(Fault::Key));
        assert_eq!(check("2A0000015"), Err(Fault::Key));
        assert_eq!(check("3A0000014"), Err(Fault::Form));
        assert_eq!(check("75071218"), Err(Fault::Length { expected: 9, found: 8 }));
        assert_eq!(check("75 071218"), Err(Fault::Characters));
        assert_eq!(check("000000000"), Err(Fault::Zeros));
    }
}
