//! Social security numbers: thirteen characters and a key, `1 85 05 78 006 084 91`.
//!
//! Sex (1, 2; 3, 4, 7, 8 while being registered), year, month (or 20–42, 50–99 when unknown), département (2A and 2B
//! in Corsica), commune, order, and key: 97 minus the number's remainder by 97, where 2A counts as 19 and 2B as 18.

/// A number of fifteen characters, spaces and the usual separators left out.
pub(crate) fn is_valid(text: &[u8]) -> bool {
    compact(text).is_some_and(|number| number.len == LENGTH && has_form(&number.bytes) && key_is_right(&number.bytes))
}

const LENGTH: usize = 15;

pub(crate) struct Compact {
    bytes: [u8; LENGTH],
    len: usize,
}

/// The number without separators; `None` when another character is met or it is too long.
fn compact(text: &[u8]) -> Option<Compact> {
    let mut number = Compact { bytes: [0; LENGTH], len: 0 };
    for &byte in text {
        match byte {
            b' ' | b'.' | b'-' | b'/' => {}
            b'0'..=b'9' | b'A' | b'B' | b'a' | b'b' => {
                *number.bytes.get_mut(number.len)? = byte.to_ascii_uppercase();
                number.len += 1;
            }
            _ => return None,
        }
    }
    Some(number)
}

fn has_form(number: &[u8; LENGTH]) -> bool {
    let digit = |index: usize| number[index].is_ascii_digit();
    let pair = |index: usize| (number[index] - b'0') * 10 + (number[index + 1] - b'0');
    let corsica = number[5] == b'2' && matches!(number[6], b'A' | b'B');
    let all_digits = (0..LENGTH).all(|index| digit(index) || (index == 6 && corsica));
    all_digits
        && matches!(number[0], b'1'..=b'4' | b'7' | b'8')
        && matches!(pair(3), 1..=12 | 20..=42 | 50..=99)
        && (corsica || pair(5) != 0)
        && number[7..10] != *b"000"
        && number[10..13] != *b"000"
}

fn key_is_right(number: &[u8; LENGTH]) -> bool {
    let mut value: u64 = 0;
    for (index, &byte) in number[..13].iter().enumerate() {
        // 2A counts as 19 and 2B as 18: the letter's place takes 9 or 8 after a 1.
        let digit = match (index, byte, number[6]) {
            (5, _, b'A' | b'B') => 1,
            (6, b'A', _) => 9,
            (6, b'B', _) => 8,
            (_, byte, _) => byte - b'0',
        };
        value = value * 10 + u64::from(digit);
    }
    let key = u64::from(number[13] - b'0') * 10 + u64::from(number[14] - b'0');
    key == 97 - value % 97
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[test]
    fn a_number_is_known_by_its_key_with_or_without_spaces() {
        assert!(is_valid(b"185057800608491"));
        assert!(is_valid(b"1 85 05 78 006 084 91"));
        assert!(is_valid(b"2 69 05 49 588 157 80"));
        assert!(!is_valid(b"185057800608492"));
        assert!(!is_valid(b"1850578006084"));
    }

    #[test]
    fn corsica_has_letters_with_keys_of_their_own() {
        let with_key = |thirteen: &str, value: u64| format!("{thirteen}{:02}", 97 - value % 97);
        assert!(is_valid(with_key("185052A006084", 1_850_519_006_084).as_bytes()));
        assert!(is_valid(with_key("185052B006084", 1_850_518_006_084).as_bytes()));
        assert!(!is_valid(with_key("185052A006084", 1_850_520_006_084).as_bytes()));
    }

    #[test]
    fn other_text_is_none() {
        for text in ["", "SIRET 12345678901234", "185 05", "1850578006084911", "985057800608491", "185137800608491"] {
            assert!(!is_valid(text.as_bytes()), "{text}");
        }
    }
}
