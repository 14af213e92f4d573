//! Yes and no, as files write them.

use super::space;

/// Reads `oui`/`non`, `vrai`/`faux`, `true`/`false`, `yes`/`no`, `o`/`n`, `y`/`n`, `1`/`0`, in any case.
///
/// ```
/// assert_eq!(tabular::typing::parse_boolean("Oui"), Some(true));
/// ```
#[must_use]
pub fn parse_boolean(text: &str) -> Option<bool> {
    let bytes = space::trim(text.as_bytes());
    word(bytes).or_else(|| letter(bytes)).or(match bytes {
        b"1" => Some(true),
        b"0" => Some(false),
        _ => None,
    })
}

/// A whole word.
pub(crate) fn word(bytes: &[u8]) -> Option<bool> {
    const WORDS: [(&[u8], bool); 8] = [
        (b"oui", true),
        (b"non", false),
        (b"vrai", true),
        (b"faux", false),
        (b"true", true),
        (b"false", false),
        (b"yes", true),
        (b"no", false),
    ];
    if !(2..=5).contains(&bytes.len()) {
        return None;
    }
    WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(bytes)).map(|(_, value)| *value)
}

/// A letter.
pub(crate) fn letter(bytes: &[u8]) -> Option<bool> {
    match bytes {
        b"o" | b"O" | b"y" | b"Y" => Some(true),
        b"n" | b"N" => Some(false),
        _ => None,
    }
}
