//! Texts reduced to what people mean by them: without accents, case and punctuation.

/// A text in small letters without accents; ligatures are two letters. Nothing else changes.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if is_combining(character) {
            continue;
        }
        for small in character.to_lowercase() {
            match unaccented(small) {
                Some(letters) => plain.push_str(letters),
                None if is_combining(small) => {}
                None => plain.push(small),
            }
        }
    }
    plain
}

/// A text in small letters without accents, its words separated by one space; all that isn't a letter or a figure
/// separates words.
pub(crate) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for character in plain(text).chars() {
        if character.is_alphanumeric() {
            words.push(character);
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// [`words`] of a label: `idBénéficiaire`, `id_beneficiaire` and `ID Bénéficiaire` are all `id beneficiaire`.
pub(crate) fn label(text: &str) -> String {
    let mut parted = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for character in text.chars() {
        if before.is_lowercase() && character.is_uppercase() {
            parted.push(' ');
        }
        parted.push(character);
        before = character;
    }
    words(&parted)
}

/// Each word without its plural mark.
pub(crate) fn singular(words: &str) -> String {
    let mut all = String::with_capacity(words.len());
    for word in words.split(' ') {
        if !all.is_empty() {
            all.push(' ');
        }
        let marked = word.len() > 3 && (word.ends_with('s') || word.ends_with('x'));
        all.push_str(if marked { &word[..word.len() - 1] } else { word });
    }
    all
}

fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// The letters under the accents of a small letter of a European language in Latin script.
fn unaccented(small: char) -> Option<&'static str> {
    Some(match small {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_of_one_meaning_are_the_same() {
        for text in ["idBénéficiaire", "id_beneficiaire", "ID  Bénéficiaire", "Id-Be\u{301}ne\u{301}ficiaire "] {
            assert_eq!(label(text), "id beneficiaire", "{text}");
        }
        assert_eq!(label("COLL_SIRET"), "coll siret");
        assert_eq!(label("N° d'œuvre"), "n d oeuvre");
    }

    #[test]
    fn plurals_are_undone_word_by_word() {
        assert_eq!(singular("aides en nature"), "aide en nature");
        assert_eq!(singular("travaux"), "travau");
        assert_eq!(singular("bus gaz pas"), "bus gaz pas");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*") {
            let once = words(&text);
            prop_assert_eq!(words(&once), once.clone());
            prop_assert!(!once.contains("  "));
        }
    }
}
