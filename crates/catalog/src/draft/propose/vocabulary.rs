//! Words of headers, titles and schemas, and what data that uses them is about: data of `registry/vocabulary.json`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::registry::entries;
use crate::slug::fold;

/// Every subject.
pub(super) static SUBJECTS: LazyLock<Vec<Subject>> =
    LazyLock::new(|| entries(include_str!("../../../registry/vocabulary.json")));

/// What data may be about.
#[derive(Debug, Deserialize)]
pub(super) struct Subject {
    /// Words that tell it, folded.
    words: Vec<String>,
    /// Codes of themes.
    pub themes: Vec<String>,
    pub keywords: Vec<String>,
    /// How often such data usually changes.
    pub frequency: Option<String>,
}

/// A subject that some words tell, and which.
#[derive(Debug)]
pub(super) struct Told {
    pub subject: &'static Subject,
    pub words: Vec<String>,
}

/// The subject that most of the words tell: a word of the name or the schema counts more than one of the header.
pub(super) fn subject(names: &[&str], header: &[&str]) -> Option<Told> {
    let names: Vec<String> = names.iter().flat_map(|text| words(text)).collect();
    let header: Vec<String> = header.iter().flat_map(|text| words(text)).collect();
    let told = |subject: &'static Subject| {
        let count = |words: &[String]| words.iter().filter(|word| subject.words.contains(word)).count();
        let weight = 3 * count(&names) + count(&header);
        (weight, subject)
    };
    // Among equals, the first of the registry.
    let (weight, subject) = SUBJECTS.iter().map(told).reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    if weight == 0 {
        return None;
    }
    let mut words: Vec<String> = names.into_iter().chain(header).filter(|word| subject.words.contains(word)).collect();
    words.dedup();
    words.truncate(5);
    Some(Told { subject, words })
}

/// Words without accents and capitals; `nomBeneficiaire` and `NOM_BENEFICIAIRE` have the same.
fn words(text: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(text.len() + 8);
    let mut before_is_small = false;
    for c in text.chars() {
        if before_is_small && c.is_uppercase() {
            spaced.push(' ');
        }
        before_is_small = c.is_lowercase();
        spaced.push(if c.is_alphanumeric() { c } else { ' ' });
    }
    fold(&spaced).split(' ').filter(|word| word.len() > 1).map(str::to_owned).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{frequency, theme};

    #[test]
    fn every_theme_and_frequency_of_the_registry_is_known() {
        assert!(SUBJECTS.len() > 20);
        for subject in SUBJECTS.iter() {
            for code in &subject.themes {
                assert!(theme::THEMES.iter().any(|theme| theme.code == *code), "{code}");
            }
            if let Some(code) = &subject.frequency {
                assert!(frequency::FREQUENCIES.iter().any(|known| known.code == *code), "{code}");
            }
            for word in &subject.words {
                assert_eq!(fold(word), *word);
            }
        }
    }

    #[test]
    fn words_of_the_name_and_the_header_tell_the_subject() {
        let told = subject(&["Arbres remarquables"], &["essence", "hauteur"]).unwrap();
        assert_eq!(told.subject.themes, ["ENVI"]);
        assert_eq!(told.words, ["arbres", "essence"]);
        let told = subject(&["export"], &["nomBeneficiaire", "montantSubvention"]).unwrap();
        assert_eq!(told.subject.themes[0], "GOVE");
        assert!(subject(&["x"], &["y"]).is_none());
    }
}
