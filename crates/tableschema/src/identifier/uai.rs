//! UAI (formerly RNE): the number of a school: seven figures and a key letter, the remainder of the figures by 23 in
//! an alphabet without I, O and Q.

use super::Fault;

const KEYS: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

/// Whether a text is a UAI number.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    check(text).is_ok()
}

/// What is wrong with a text as a UAI number.
///
/// # Errors
/// The fault.
pub fn check(text: &str) -> Result<(), Fault> {
    let bytes = text.as_bytes();
    if !bytes.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) {
        return Err(Fault::Characters);
    }
    let bytes: &[u8; 8] = bytes.try_into().map_err(|_| Fault::Length { expected: 8, found: bytes.len() })?;
    let (figures, letter) = (&bytes[..7], bytes[7]);
    if !figures.iter().all(u8::is_ascii_digit) || !letter.is_ascii_uppercase() {
        return Err(Fault::Form);
    }
    let number = figures.iter().fold(0usize, |number, byte| number * 10 + usize::from(byte - b'0'));
    if number == 0 {
        return Err(Fault::Zeros);
    }
    if KEYS[number % KEYS.len()] == letter { Ok(()) } else { Err(Fault::Key) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_schools_are_valid() {
        for number in ["0340470B", "0340483R", "0340529R", "0340500J"] {
            assert!(is_valid(number), "{number}");
        }
    }

    #[test]
    fn each_fault_is_told_apart() {
        assert_eq!(check("0340470C"), Err(Fault::Key));
        assert_eq!(check("0340470I"), Err(Fault::Key), "no number ends with I");
        assert_eq!(check("034047B"), Err(Fault::Length { expected: 8, found: 7 }));
        assert_eq!(check("0340470b"), Err(Fault::Characters));
        assert_eq!(check("034B4700"), Err(Fault::Form));
        assert_eq!(check("0000000A"), Err(Fault::Zeros));
    }
}
