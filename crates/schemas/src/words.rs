//! How names are compared: without case, accents, or the signs between words.

/// Letters and figures in lower case, accents taken off: `Nom du bénéficiaire` and `nom_du_beneficiaire` are one.
pub fn normalize(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        match character {
            'à' | 'â' | 'ä' | 'á' | 'ã' => plain.push('a'),
            'ç' => plain.push('c'),
            'é' | 'è' | 'ê' | 'ë' => plain.push('e'),
            'î' | 'ï' | 'í' => plain.push('i'),
            'ô' | 'ö' | 'ó' | 'õ' => plain.push('o'),
            'ù' | 'û' | 'ü' | 'ú' => plain.push('u'),
            'ÿ' => plain.push('y'),
            'ñ' => plain.push('n'),
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            // An accent written apart from its letter (NFD, as macOS writes names).
            '\u{300}'..='\u{36f}' => {}
            c if c.is_alphanumeric() => plain.push(c),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_signs_do_not_count() {
        assert_eq!(normalize("Nom du Bénéficiaire"), normalize("nom_du_beneficiaire"));
        assert_eq!(normalize("Be\u{301}ne\u{301}ficiaire"), "beneficiaire");
        assert_eq!(normalize("N° SIRET"), "nsiret");
        assert_eq!(normalize("— ()"), "");
    }
}
