//! UTF-8 that was once read as Windows-1252: `Ã©` for `é`.
//!
//! Each run of characters that Windows-1252 has beyond ASCII is turned back into bytes. Where these are UTF-8, they are
//! what was written: such a run makes no sense in any language. The rest of the cell stays as it is.

/// The cell as it was written, when it holds such runs. A cell may have been misread several times: each pass makes it
/// shorter.
pub(super) fn decoded(cell: &str) -> Option<String> {
    let mut text = pass(cell)?;
    while let Some(shorter) = pass(&text) {
        text = shorter;
    }
    Some(text)
}

/// Whether [`decoded`] may change a cell: a misread character begins with `Â`, `Ã`,
/// `Å`, `â` or `ï`, followed by another beyond ASCII.
pub(super) fn may_change(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    memchr::memchr_iter(0xc3, bytes).any(|place| {
        let leads = bytes.get(place + 1).is_some_and(|byte| matches!(byte, 0x82 | 0x83 | 0x85 | 0xa2 | 0xaf));
        // What follows a misread lead is beyond ASCII too.
        leads && bytes.get(place + 2).is_some_and(|byte| *byte >= 0x80)
    })
}

fn pass(cell: &str) -> Option<String> {
    if !may_change(cell) {
        return None;
    }
    let characters: Vec<char> = cell.chars().collect();
    let mut text = String::with_capacity(cell.len());
    let (mut place, mut changed) = (0, false);
    while let Some(character) = characters.get(place) {
        match sequence(&characters[place..]) {
            Some((decoded, width)) => {
                text.push(decoded);
                place += width;
                changed = true;
            }
            None => {
                text.push(*character);
                place += 1;
            }
        }
    }
    changed.then_some(text)
}

/// The character whose UTF-8 bytes, taken for Windows-1252, begin these characters.
fn sequence(characters: &[char]) -> Option<(char, usize)> {
    let lead = byte(*characters.first()?)?;
    let width = match lead {
        0xc2 | 0xc3 | 0xc5 => 2,
        0xe2 | 0xef => 3,
        _ => return None,
    };
    let mut bytes = [0; 3];
    for (place, character) in bytes.iter_mut().zip(characters.get(..width)?) {
        *place = byte(*character)?;
    }
    let decoded = std::str::from_utf8(bytes.get(..width)?).ok()?.chars().next()?;
    is_western(decoded).then_some((decoded, width))
}

/// Whether a French text may hold a character beyond ASCII: letters, punctuation, `€`, `™`. What decodes to something
/// else was no misread text: `Ç’` ends a word and a quotation.
fn is_western(character: char) -> bool {
    const OTHERS: &str = "œŒŸŠšŽž€™\u{feff}";
    matches!(character, '\u{a0}'..='\u{ff}' | '\u{2000}'..='\u{206f}') || OTHERS.contains(character)
}

/// The byte of a character in Windows-1252, beyond ASCII. The five bytes without a character stand for themselves, as
/// browsers and databases have it.
fn byte(character: char) -> Option<u8> {
    let code = u32::from(character);
    if (0xa0..=0xff).contains(&code) || matches!(code, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d) {
        return u8::try_from(code).ok();
    }
    const UPPER: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let place = UPPER.chars().position(|upper| upper == character)?;
    u8::try_from(0x80 + place).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a program shows that takes UTF-8 for Windows-1252.
    fn misread(text: &str) -> String {
        let all: Vec<(char, u8)> =
            (0x80u32..0x2200).filter_map(char::from_u32).filter_map(|c| Some((c, super::byte(c)?))).collect();
        let of = |byte: u8| all.iter().find(|(_, other)| *other == byte).map(|(character, _)| *character);
        text.bytes().map(|byte| if byte < 0x80 { char::from(byte) } else { of(byte).unwrap() }).collect()
    }

    #[test]
    fn misread_french_is_decoded() {
        assert_eq!(decoded("CommunautÃ© de communes").unwrap(), "Communauté de communes");
        assert_eq!(decoded("lâ€™Ã©tÃ© Ã\u{a0} NÃ®mes").unwrap(), "l’été à Nîmes");
        assert_eq!(decoded("nÂ° 12 et Å“uvre").unwrap(), "n° 12 et œuvre");
    }

    #[test]
    fn a_cell_misread_twice_is_decoded_twice() {
        assert_eq!(decoded(&misread(&misread("été"))).unwrap(), "été");
    }

    #[test]
    fn right_text_beside_wrong_text_stays() {
        assert_eq!(decoded("été Ã©tÃ© 漢").unwrap(), "été été 漢");
    }

    proptest! {
        #[test]
        fn french_is_left_alone(cell in "[a-zA-Z0-9 éèêëàâäçîïôöùûüœÉÈÀÇ'’«»°€–-]*") {
            // No word ends with `â` before a currency.
            prop_assume!(!cell.contains("â€"));
            prop_assert_eq!(decoded(&cell), None);
        }

        #[test]
        fn what_was_misread_comes_back(cell in "[a-z é’àç€]*[éàç’][a-z é’àç€]*") {
            prop_assert_eq!(decoded(&misread(&cell)), Some(cell));
        }

        #[test]
        fn decoding_twice_is_decoding_once(cell in "[ÂÃâ€™©\u{a0}éa ]*") {
            if let Some(once) = decoded(&cell) {
                prop_assert!(once.chars().count() < cell.chars().count());
                prop_assert_eq!(decoded(&once), None);
            }
        }
    }
}
