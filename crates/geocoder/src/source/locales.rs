//! Sentences for people, in French and English.

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

const FRENCH: &str = include_str!("../../locales/fr/source.ftl");
const ENGLISH: &str = include_str!("../../locales/en/source.ftl");

/// The sentence of a key. A key without a sentence, which a test rules out, gives itself.
pub(super) fn sentence(language: &str, key: &str, arguments: &[(&str, &str)]) -> String {
    static BUNDLES: OnceLock<[Bundle; 2]> = OnceLock::new();
    let bundles = BUNDLES.get_or_init(|| [load(FRENCH, "fr"), load(ENGLISH, "en")]);
    let bundle = if language.starts_with("fr") { &bundles[0] } else { &bundles[1] };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let values: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, *value)).collect();
    bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
}

fn load(file: &str, language: &str) -> Bundle {
    let language = language.parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Values are cells of tables, never right-to-left passages to be set apart.
    bundle.set_use_isolating(false);
    // What a file's faulty lines would leave is used; the tests see to it that there are none.
    let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let _overlap = bundle.add_resource(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FaultCode;

    fn keys(file: &str) -> Vec<&str> {
        let lines = file.lines().filter(|line| !line.starts_with(['#', ' ']));
        lines.filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect()
    }

    #[test]
    fn both_languages_say_the_same_of_the_same() {
        assert!(
            FluentResource::try_new(FRENCH.to_owned()).is_ok() && FluentResource::try_new(ENGLISH.to_owned()).is_ok()
        );
        assert_eq!(keys(FRENCH), keys(ENGLISH));
        for code in FaultCode::ALL {
            assert!(keys(FRENCH).contains(&code.name()), "{}", code.name());
        }
    }

    #[test]
    fn french_signs_stand_behind_spaces_that_do_not_break() {
        for line in FRENCH.lines().filter(|line| line.contains(" = ")) {
            for sign in [" :", " ;", " ?", " !", " »", "« "] {
                assert!(!line.contains(sign), "{sign} in {line}");
            }
        }
    }
}
