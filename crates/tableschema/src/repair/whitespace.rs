//! Spaces around a value, and characters that nobody sees.

use std::borrow::Cow;

/// Whether a character takes no room on a screen: zero-width marks, the soft hyphen, controls of ASCII. Those of
/// Latin-1 are letters that were read in the wrong encoding: they say where something is missing.
pub(crate) fn is_invisible(character: char) -> bool {
    match character {
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' => true,
        '\t' | '\n' | '\r' => false,
        _ => character.is_ascii_control(),
    }
}

/// Whether a character is a space of any width or a line end, but for a control of Latin-1.
fn is_space(character: char) -> bool {
    character.is_whitespace() && character != '\u{85}'
}

/// A cell without spaces around it (of any width, line ends included) and without invisible characters within.
pub(super) fn trimmed(cell: &str) -> Cow<'_, str> {
    let ends = |character: char| is_space(character) || is_invisible(character);
    let inner = cell.trim_matches(ends);
    if inner.chars().any(is_invisible) {
        Cow::Owned(inner.chars().filter(|character| !is_invisible(*character)).collect())
    } else {
        Cow::Borrowed(inner)
    }
}

/// Whether [`trimmed`] changes a cell, decided on few bytes: nearly all cells are clean.
#[inline]
pub(super) fn may_change(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    has_open_ends(bytes) || has_control(bytes) || (!bytes.is_ascii() && (has_wide_ends(cell) || has_invisible(bytes)))
}

/// Whether the first or the last byte is a space or a control.
#[inline]
pub(super) fn has_open_ends(cell: &[u8]) -> bool {
    matches!((cell.first(), cell.last()), (Some(first), Some(last)) if *first <= b' ' || *last <= b' ')
}

/// Whether bytes, of one cell or of many, are such that only spaces at the ends of cells can be unclean.
pub(super) fn are_quiet(bytes: &[u8]) -> bool {
    bytes.is_ascii() && !has_control(bytes)
}

fn has_wide_ends(cell: &str) -> bool {
    let mut characters = cell.chars();
    let wide = |character: Option<char>| character.is_some_and(|c| !c.is_ascii() && (is_space(c) || is_invisible(c)));
    wide(characters.next()) || wide(characters.next_back())
}

/// Whether an invisible character beyond ASCII is in the bytes; `°`, `’` and the like begin as they do.
fn has_invisible(bytes: &[u8]) -> bool {
    memchr::memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(|place| {
        matches!(
            bytes.get(place..),
            Some(
                [0xc2, 0xad, ..]
                    | [0xe2, 0x80, 0x8b | 0x8c | 0x8e | 0x8f, ..]
                    | [0xe2, 0x81, 0xa0, ..]
                    | [0xef, 0xbb, 0xbf, ..]
            )
        )
    })
}

/// Whether a byte is an ASCII control; a fold without branches, which the compiler turns into wide instructions.
fn has_control(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |found, byte| found | (*byte < b' ') | (*byte == 0x7f))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spaces_of_all_widths_go() {
        assert_eq!(trimmed("  Bram\t"), "Bram");
        assert_eq!(trimmed("\u{a0}Bram\u{202f}\r\n"), "Bram");
        assert_eq!(trimmed("\u{feff}Br\u{200b}am\u{ad}"), "Bram");
        assert_eq!(trimmed("\u{3000}Bram"), "Bram");
    }

    #[test]
    fn what_is_seen_stays() {
        assert_eq!(trimmed("Le  Puy\u{a0}: « l'été »"), "Le  Puy\u{a0}: « l'été »");
        assert_eq!(trimmed("a\nb"), "a\nb");
        assert_eq!(trimmed("Médiath\u{8f}que"), "Médiath\u{8f}que", "a letter was there");
        assert_eq!(trimmed(""), "");
    }

    proptest! {
        #[test]
        fn trimming_twice_is_trimming_once(cell in "[\\s\u{a0}\u{200b}\u{feff}a-zé\u{0}°]*") {
            let once = trimmed(&cell).into_owned();
            prop_assert_eq!(trimmed(&once), once.as_str());
        }

        #[test]
        fn no_change_is_missed(cell in "\\PC*|[\\s\u{a0}\u{200b}\u{feff}a-z\u{85}\u{1680}]*") {
            prop_assert!(trimmed(&cell) == cell || may_change(&cell));
        }
    }
}
