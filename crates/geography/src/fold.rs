//! Names as they are compared: small letters without accents, words apart, `st` opened to `saint`.

/// Letters and figures of a text in small ASCII, words separated by one space; other letters are kept as they are.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\u{300}'..='\u{36f}') {
            continue;
        }
        match plain(letter) {
            Plain::Letters(letters) => folded.push_str(letters),
            Plain::Same => folded.extend(letter.to_lowercase()),
            Plain::Apart if folded.ends_with(' ') || folded.is_empty() => {}
            Plain::Apart => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Words of a name, with usual abbreviations opened: `St-Denis` is `saint`, `denis`.
pub fn words(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(|word| opened(word).to_owned()).collect()
}

/// Whether a name may be written without a word: articles, prepositions, the kind of an intercommunalité.
pub fn is_light(word: &str) -> bool {
    const LIGHT: [&str; 24] = [
        "a",
        "au",
        "aux",
        "d",
        "de",
        "del",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "sous",
        "sur",
        "ca",
        "cc",
        "cu",
        "communaute",
        "communes",
        "agglomeration",
        "urbaine",
        "intercommunalite",
    ];
    LIGHT.contains(&word)
}

fn opened(word: &str) -> &str {
    match word {
        "st" => "saint",
        "ste" => "sainte",
        "sts" => "saints",
        "stes" => "saintes",
        "s" => "sur",
        "ss" => "sous",
        "lez" => "les",
        _ => word,
    }
}

enum Plain {
    Letters(&'static str),
    Same,
    Apart,
}

fn plain(letter: char) -> Plain {
    Plain::Letters(match letter {
        'a'..='z' | '0'..='9' => return Plain::Same,
        'A'..='Z' => return Plain::Same,
        'à'..='å' | 'À'..='Å' | 'ā' | 'Ā' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' => "c",
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'Ē' => "e",
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'Ī' => "i",
        'ñ' | 'Ñ' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ō' | 'Ō' => "o",
        'œ' | 'Œ' => "oe",
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'Ū' => "u",
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => "y",
        'ß' | 'ẞ' => "ss",
        other if other.is_alphanumeric() => return Plain::Same,
        _ => return Plain::Apart,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_hyphens_and_apostrophes_make_no_difference() {
        assert_eq!(fold("L'Haÿ-les-Roses"), "l hay les roses");
        assert_eq!(fold("  Œuilly — Île\u{301} "), "oeuilly ile");
        assert_eq!(fold("Ε\u{1F600}"), "ε");
        assert_eq!(fold("-'-"), "");
    }

    #[test]
    fn saints_are_written_whole() {
        assert_eq!(words("St-Étienne s/ Mer"), ["saint", "etienne", "sur", "mer"]);
        assert_eq!(words("STE MARIE"), ["sainte", "marie"]);
    }
}
