//! What a file's name says: a title that people can read, and the years that the data is about.

/// Characters of the longest title proposed.
const LONGEST: usize = 200;

/// A readable title: `VilleMTP_MTP_ArbresRemarq.csv` → `Arbres remarq`, `budget-2014.csv.gz` → `Budget 2014`.
pub(crate) fn title(file_name: &str) -> String {
    let stem = stem(file_name);
    let parts: Vec<&str> = stem.split('_').map(str::trim).filter(|part| !part.is_empty()).collect();
    let meaningful = parts.iter().position(|part| !is_code(part)).unwrap_or(0);
    // Dropping the codes in front must leave words.
    let rest = &parts[meaningful..];
    let kept = if rest.iter().any(|part| part.chars().any(char::is_alphabetic)) { rest } else { &parts[..] };
    let words: Vec<String> = kept.iter().flat_map(|part| words(part)).collect();
    let title: String = sentence(&words).chars().take(LONGEST).collect();
    if title.trim().is_empty() { file_name.to_owned() } else { title }
}

/// The name without folders and extensions.
pub(crate) fn stem(file_name: &str) -> &str {
    let mut stem = file_name;
    while let Some((front, extension)) = stem.rsplit_once('.') {
        let known = (1..=7).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
        let is_word = extension.bytes().any(|b| b.is_ascii_alphabetic());
        if front.is_empty() || !known || !is_word {
            break;
        }
        stem = front;
    }
    stem
}

/// A producer's or territory's code in front of the name: `VilleMTP`, `OSM`, `211100763`.
fn is_code(part: &str) -> bool {
    let letters = part.chars().count();
    let capitals_together = part.chars().zip(part.chars().skip(1)).any(|(a, b)| a.is_uppercase() && b.is_uppercase());
    let siren_or_siret = matches!(letters, 9 | 14) && part.bytes().all(|b| b.is_ascii_digit());
    siren_or_siret || (capitals_together && letters <= 8)
}

/// Splits at spaces, hyphens and dots, and inside of `camelCase` and `Budget2014`.
fn words(part: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for piece in part.split([' ', '-', '.', '+']).filter(|piece| !piece.is_empty()) {
        let characters: Vec<char> = piece.chars().collect();
        let mut word = String::new();
        for (i, &c) in characters.iter().enumerate() {
            if i > 0 && begins_word(characters[i - 1], c, characters.get(i + 1).copied()) {
                words.push(std::mem::take(&mut word));
            }
            word.push(c);
        }
        words.push(word);
    }
    words
}

fn begins_word(before: char, here: char, after: Option<char>) -> bool {
    let camel = before.is_lowercase() && here.is_uppercase();
    let acronym_ends = before.is_uppercase() && here.is_uppercase() && after.is_some_and(char::is_lowercase);
    let figures_begin = before.is_alphabetic() && here.is_ascii_digit();
    let figures_end = before.is_ascii_digit() && here.is_alphabetic() && here.is_uppercase();
    camel || acronym_ends || figures_begin || figures_end
}

/// Lower case but for the first letter and for acronyms.
fn sentence(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        let acronym = word.chars().count() <= 4 && word.chars().all(char::is_uppercase) && word.chars().count() > 1;
        let word = if acronym { word.clone() } else { word.to_lowercase() };
        if text.is_empty() {
            let mut letters = word.chars();
            text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            text.extend(letters);
        } else {
            text.push(' ');
            text.push_str(&word);
        }
    }
    text
}

/// Years written in a text, in order; `2012-2014` and `2012 à 2014` mean the three years.
pub(crate) fn years(text: &str) -> Vec<i16> {
    let mut found: Vec<i16> = Vec::new();
    let mut last: Option<(i16, usize)> = None;
    for (place, run) in figure_runs(text) {
        let year = run.parse::<i16>().ok().filter(|year| run.len() == 4 && (1900..=2100).contains(year));
        let Some(year) = year else {
            last = None;
            continue;
        };
        if let Some((from, end)) = last {
            let between = text[end..place].trim();
            if matches!(between, "-" | "–" | "_" | "à" | "a" | "au" | "to") && (1..=50).contains(&(year - from)) {
                found.extend(from + 1..year);
            }
        }
        found.push(year);
        last = Some((year, place + run.len()));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Runs of figures with their places.
fn figure_runs(text: &str) -> Vec<(usize, &str)> {
    let mut runs = Vec::new();
    let mut start = None;
    for (place, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_ascii_digit()) {
            (None, true) => start = Some(place),
            (Some(from), false) => {
                runs.push((from, &text[from..place]));
                start = None;
            }
            _ => {}
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn file_names_become_titles() {
        for (name, expected) in [
            ("VilleMTP_MTP_ArbresRemarq.csv", "Arbres remarq"),
            ("OSM_MTP_Commerces.geojson", "Commerces"),
            ("INSEE_MTP_RevenusFiscIRIS_2008.csv", "Revenus fisc IRIS 2008"),
            ("budget-2014.csv.gz", "Budget 2014"),
            ("Budget2014.xlsx", "Budget 2014"),
            ("subventions associations 2023.ods", "Subventions associations 2023"),
            ("211100763_subventions.csv", "Subventions"),
            ("DELIB_2023.pdf", "Delib 2023"),
            ("SUBVENTIONS.CSV", "Subventions"),
            ("été.csv", "Été"),
            (".csv", "Csv"),
            ("données v1.2.csv", "Données v 1 2"),
        ] {
            assert_eq!(title(name), expected, "{name}");
        }
    }

    #[test]
    fn years_are_found_in_texts() {
        assert_eq!(years("Budget 2014"), [2014]);
        assert_eq!(years("comptes_2012-2014"), [2012, 2013, 2014]);
        assert_eq!(years("de 2012 à 2014"), [2012, 2013, 2014]);
        assert_eq!(years("2014 2012"), [2012, 2014]);
        assert_eq!(years("20140131 et 123456"), Vec::<i16>::new());
        assert_eq!(years("34172"), Vec::<i16>::new());
    }

    proptest! {
        #[test]
        fn any_name_gives_a_title(name in "\\PC{1,300}") {
            prop_assert!(!title(&name).is_empty());
        }

        #[test]
        fn any_text_has_ordered_years(text in "\\PC{0,100}|[0-9 à-]{0,60}") {
            prop_assert!(years(&text).is_sorted());
        }
    }
}
