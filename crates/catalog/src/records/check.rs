//! What a value must be like to enter the catalogue.

use crate::error::{Error, Result};
use crate::{frequency, licence, slug, theme};

/// A line of text: present, and no longer than `longest` characters.
pub fn line(field: &'static str, text: &str, longest: usize) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid(field, "is empty: give a text"));
    }
    if text.contains(['\n', '\r', '\0']) {
        return Err(Error::invalid(field, "holds several lines: one is wanted"));
    }
    at_most(field, text, longest)
}

/// A text, maybe empty, of one or more lines.
pub fn prose(field: &'static str, text: &str, longest: usize) -> Result<String> {
    if text.contains('\0') {
        return Err(Error::invalid(field, "holds a NUL character"));
    }
    at_most(field, text.trim(), longest)
}

fn at_most(field: &'static str, text: &str, longest: usize) -> Result<String> {
    let length = text.chars().count();
    if length > longest {
        return Err(Error::invalid(field, format!("has {length} characters: at most {longest} are taken")));
    }
    Ok(text.to_owned())
}

/// A line, or nothing when it's absent or blank.
pub fn optional_line(field: &'static str, text: Option<&str>, longest: usize) -> Result<Option<String>> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => line(field, text, longest).map(Some),
        None => Ok(None),
    }
}

/// A slug that somebody chose.
pub fn chosen_slug(text: &str) -> Result<String> {
    if slug::is_slug(text) && uuid::Uuid::parse_str(text).is_err() {
        return Ok(text.to_owned());
    }
    Err(Error::invalid(
        "slug",
        format!(
            "{text:?} is not a slug: lower-case letters without accents, figures and hyphens, at most {}",
            slug::LONGEST
        ),
    ))
}

/// An e-mail address, as far as its form tells; in lower case.
pub fn email(field: &'static str, text: &str) -> Result<String> {
    let text = text.trim().to_lowercase();
    let well_formed = text.split_once('@').is_some_and(|(name, host)| {
        let clean = |part: &str| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "@<>,;\"".contains(c))
        };
        clean(name) && clean(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    if well_formed && text.len() <= 254 {
        Ok(text)
    } else {
        Err(Error::invalid(field, format!("{text:?} is not an e-mail address")))
    }
}

/// An e-mail address, or nothing.
pub fn optional_email(field: &'static str, text: Option<&str>) -> Result<Option<String>> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(|text| email(field, text)).transpose()
}

/// A web address: pages link to it, so other schemes are refused.
pub fn optional_web_address(field: &'static str, text: Option<&str>) -> Result<Option<String>> {
    let text = optional_line(field, text, 2_000)?;
    match &text {
        Some(url) if !url.starts_with("https://") && !url.starts_with("http://") => {
            Err(Error::invalid(field, format!("{url:?} is not a web address: it begins with https:// or http://")))
        }
        _ => Ok(text),
    }
}

/// A SIREN or SIRET, spaces dropped, with its check figure (establishments of La Poste have another rule).
pub fn siret(text: Option<&str>) -> Result<Option<String>> {
    let figures: String = text.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
    if figures.is_empty() {
        return Ok(None);
    }
    let numeric = figures.bytes().all(|b| b.is_ascii_digit());
    let right_length = figures.len() == 9 || figures.len() == 14;
    if numeric && right_length && (luhn(&figures) || figures.starts_with("356000000")) {
        return Ok(Some(figures));
    }
    Err(Error::invalid(
        "siret",
        format!("{figures:?} is neither a SIREN (9 figures) nor a SIRET (14): check its figures"),
    ))
}

fn luhn(figures: &str) -> bool {
    let sum: u32 = figures
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let figure = u32::from(byte - b'0');
            let doubled = figure * 2;
            if place % 2 == 0 { figure } else { doubled - if doubled > 9 { 9 } else { 0 } }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// `commune:11076`, `epci:200035855`, `departement:2A`, `region:76`, `pays:FR`.
pub fn territory(text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let well_formed = text.split_once(':').is_some_and(|(kind, code)| {
        let plain = code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        plain
            && match kind {
                "commune" => code.len() == 5,
                "epci" => code.len() == 9,
                "departement" | "region" => matches!(code.len(), 2 | 3),
                "pays" => code.len() == 2,
                _ => false,
            }
    });
    if well_formed {
        return Ok(Some(text.to_owned()));
    }
    Err(Error::invalid(
        "territory",
        format!("{text:?} is not a territory: for example commune:11076, epci:200035855, departement:11"),
    ))
}

/// The identifier of a licence, from any of its names.
pub fn licence_id(text: &str) -> Result<String> {
    licence::find(text).map(|licence| licence.id.clone()).ok_or_else(|| {
        let known: Vec<&str> = licence::REGISTRY.iter().map(|licence| licence.id.as_str()).collect();
        Error::invalid("licence", format!("{text:?} is not in the registry: {}", known.join(", ")))
    })
}

/// Codes of themes, each once.
pub fn themes(codes: &[String]) -> Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for code in codes {
        let theme = theme::find(code).ok_or_else(|| {
            let known: Vec<&str> = theme::THEMES.iter().map(|theme| theme.code.as_str()).collect();
            Error::invalid("themes", format!("{code:?} is not a theme: {}", known.join(", ")))
        })?;
        if !kept.contains(&theme.code) {
            kept.push(theme.code.clone());
        }
    }
    Ok(kept)
}

/// Code of a frequency.
pub fn frequency_code(text: &str) -> Result<String> {
    frequency::find(text).map(|frequency| frequency.code.clone()).ok_or_else(|| {
        let known: Vec<&str> = frequency::FREQUENCIES.iter().map(|frequency| frequency.code.as_str()).collect();
        Error::invalid("frequency", format!("{text:?} is not a frequency: {}", known.join(", ")))
    })
}

/// Keywords, trimmed, each once whatever its capitals, at most 50 of at most 100 characters.
pub fn keywords(words: &[String]) -> Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for word in words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
        let word = line("keywords", word, 100)?;
        if !kept.iter().any(|k| slug::fold(k) == slug::fold(&word)) {
            kept.push(word);
        }
    }
    if kept.len() > 50 {
        return Err(Error::invalid("keywords", format!("{} keywords: at most 50 are taken", kept.len())));
    }
    Ok(kept)
}

/// Years in order, each once.
pub fn years(years: &[i16]) -> Result<Vec<i16>> {
    if let Some(year) = years.iter().find(|year| !(1000..=2200).contains(*year)) {
        return Err(Error::invalid("years", format!("{year} is not a year between 1000 and 2200")));
    }
    let mut kept = years.to_vec();
    kept.sort_unstable();
    kept.dedup();
    if kept.len() > 500 {
        return Err(Error::invalid("years", format!("{} years: at most 500 are taken", kept.len())));
    }
    Ok(kept)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_siret_is_checked() {
        assert_eq!(siret(Some("211 100 763")).unwrap().as_deref(), Some("211100763"));
        assert_eq!(siret(Some(" ")).unwrap(), None);
        assert!(siret(Some("211100764")).is_err());
        assert!(siret(Some("2111")).is_err());
    }

    #[test]
    fn addresses_are_checked() {
        assert_eq!(email("email", " Mairie@Ville.FR ").unwrap(), "mairie@ville.fr");
        for wrong in ["mairie", "@ville.fr", "a@b", "a b@c.fr", "a@b@c.fr", "<a@b.fr>"] {
            assert!(email("email", wrong).is_err(), "{wrong}");
        }
        assert!(optional_web_address("homepage", Some("javascript:alert(1)")).is_err());
    }

    #[test]
    fn territories_are_checked() {
        for right in ["commune:2A004", "departement:974", "region:76", "epci:200035855"] {
            assert_eq!(territory(Some(right)).unwrap().as_deref(), Some(right));
        }
        for wrong in ["commune", "commune:1107", "ville:11076", "departement:<b>"] {
            assert!(territory(Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn keywords_are_kept_once() {
        let words = ["Été".to_owned(), "ete ".to_owned(), String::new()];
        assert_eq!(keywords(&words).unwrap(), ["Été"]);
    }

    #[test]
    fn a_slug_that_looks_like_an_identifier_is_refused() {
        assert!(chosen_slug("0190a0a0-0000-7000-8000-000000000000").is_err());
        assert!(chosen_slug("Budget").is_err());
        assert!(chosen_slug("budget-2024").is_ok());
    }
}
