//! Text as it is compared: without accents or case.

/// The letter without its accent, in upper case; what isn't a Latin letter stays.
pub(crate) fn fold_char(character: char, out: &mut String) {
    let folded = match character {
        'a'..='z' => character.to_ascii_uppercase(),
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => 'A',
        'ç' | 'Ç' => 'C',
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => 'E',
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => 'I',
        'ñ' | 'Ñ' => 'N',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => 'O',
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => 'U',
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => 'Y',
        'œ' | 'Œ' => {
            out.push('O');
            'E'
        }
        'æ' | 'Æ' => {
            out.push('A');
            'E'
        }
        '’' | 'ʼ' => '\'',
        '‐' | '‑' | '–' => '-',
        // A combining accent: the letter before it is already there.
        '\u{300}'..='\u{36f}' => return,
        other => other,
    };
    out.push(folded);
}

/// Replaces `out` by the folded text.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    out.clear();
    for character in text.chars() {
        fold_char(character, out);
    }
}

/// The folded text.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// The words of a header in lower case, between spaces: `nomBeneficiaire` and `NOM_BENEFICIAIRE` give
/// ` nom beneficiaire `.
pub(crate) fn words(header: &str) -> String {
    let mut out = String::with_capacity(header.len() + 8);
    out.push(' ');
    let mut before = ' ';
    for character in header.chars() {
        let hump = before.is_lowercase() && character.is_uppercase();
        let turn = before.is_ascii_digit() && character.is_alphabetic();
        if (hump || turn) && !out.ends_with(' ') {
            out.push(' ');
        }
        if character.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&character) {
            fold_char(character, &mut out);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
        before = character;
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out.make_ascii_lowercase();
    out
}

#[cfg(test)]
mod tests {
    use super::{fold, words};

    #[test]
    fn accents_and_case_are_left_out() {
        assert_eq!(fold("Cœur d’Été"), "COEUR D'ETE");
        assert_eq!(fold("E\u{301}te"), "ETE", "decomposed accents too");
    }

    #[test]
    fn headers_are_cut_into_words() {
        assert_eq!(words("nomBeneficiaire"), " nom beneficiaire ");
        assert_eq!(words("NOM_Bénéficiaire "), " nom beneficiaire ");
        assert_eq!(words("N° Sécu."), " n secu ");
        assert_eq!(words(""), " ");
    }
}
