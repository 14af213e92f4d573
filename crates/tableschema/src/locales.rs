//! Sentences for people, in French and English.

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

/// The files of each language; a part of the crate that speaks has its own.
const FRENCH: &[&str] = &[
    include_str!("../locales/fr/report.ftl"),
    include_str!("../locales/fr/descriptor.ftl"),
    include_str!("../locales/fr/custom.ftl"),
    include_str!("../locales/fr/repair.ftl"),
];
const ENGLISH: &[&str] = &[
    include_str!("../locales/en/report.ftl"),
    include_str!("../locales/en/descriptor.ftl"),
    include_str!("../locales/en/custom.ftl"),
    include_str!("../locales/en/repair.ftl"),
];

/// The sentence of a key. A key without a sentence, which a test rules out, gives itself.
pub(crate) fn sentence<'a>(language: &str, key: &str, arguments: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let bundle = bundle(language);
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut values = FluentArgs::new();
    for (name, value) in arguments {
        values.set(name.to_owned(), value.to_owned());
    }
    bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
}

fn bundle(language: &str) -> &'static Bundle {
    static BUNDLES: OnceLock<[Bundle; 2]> = OnceLock::new();
    let bundles = BUNDLES.get_or_init(|| [load(FRENCH, "fr"), load(ENGLISH, "en")]);
    if language.starts_with("fr") { &bundles[0] } else { &bundles[1] }
}

fn load(files: &[&str], language: &str) -> Bundle {
    let language = language.parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Values are cells of tables, never right-to-left passages to be set apart.
    bundle.set_use_isolating(false);
    for file in files {
        // What a file's faulty lines would leave is used; the tests see to it that there are none.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _overlap = bundle.add_resource(resource);
    }
    bundle
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeMap;

    use fluent_bundle::FluentResource;

    use super::*;
    use crate::report::{Code, NoteCode};

    /// Each key with the variables of its sentence.
    fn sentences(files: &[&str]) -> BTreeMap<String, Vec<String>> {
        let mut sentences = BTreeMap::new();
        for file in files {
            assert!(FluentResource::try_new((*file).to_owned()).is_ok(), "{file}");
            for line in file.lines().filter(|line| !line.starts_with(['#', ' '])) {
                if let Some((key, text)) = line.split_once(" = ") {
                    let mut variables: Vec<String> = text
                        .split('$')
                        .skip(1)
                        .filter_map(|rest| Some(rest.split([' ', '}']).next()?.to_owned()))
                        .collect();
                    variables.sort();
                    variables.dedup();
                    assert!(sentences.insert(key.to_owned(), variables).is_none(), "{key} twice");
                }
            }
        }
        sentences
    }

    #[test]
    fn both_languages_say_the_same_of_the_same() {
        assert_eq!(sentences(FRENCH), sentences(ENGLISH));
    }

    #[test]
    fn notes_and_errors_without_rules_of_their_own_have_sentences() {
        let known = sentences(ENGLISH);
        for note in NoteCode::ALL {
            assert!(known.contains_key(note.key()), "{}", note.key());
        }
        let of_shape = [Code::SourceError, Code::BlankHeader, Code::ExtraLabel, Code::MissingLabel, Code::BlankRow];
        for code in of_shape {
            assert!(known.contains_key(code.name()), "{code}");
        }
    }

    #[test]
    fn french_signs_stand_behind_spaces_that_do_not_break() {
        for file in FRENCH {
            for line in file.lines().filter(|line| line.contains(" = ") && !line.starts_with('#')) {
                for sign in [" :", " ;", " ?", " !", " »", "« "] {
                    assert!(!line.contains(sign), "{sign} in {line}");
                }
            }
        }
    }
}
