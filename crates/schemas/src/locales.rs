//! Sentences for people, in French and English.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

static FRENCH: LazyLock<Bundle> = LazyLock::new(|| load(include_str!("../locales/fr/json.ftl"), "fr"));
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| load(include_str!("../locales/en/json.ftl"), "en"));

/// The sentence of a key, in `fr` or else in English; a key without a sentence gives itself.
pub(crate) fn sentence(language: &str, key: &str, arguments: &[(&str, &str)]) -> String {
    let bundle: &Bundle = if language.starts_with("fr") { &FRENCH } else { &ENGLISH };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let mut values = FluentArgs::new();
    for (name, value) in arguments {
        values.set((*name).to_owned(), (*value).to_owned());
    }
    bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
}

fn load(file: &str, language: &str) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![language.parse::<LanguageIdentifier>().unwrap_or_default()]);
    // Isolation marks are for mixed writing directions; here they would only be copied into people's documents.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(readable, _)| readable);
    let _repeated_keys = bundle.add_resource(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_exists_in_both_languages() {
        let keys = [
            "type",
            "required",
            "enum",
            "const",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "multipleOf",
            "uniqueItems",
            "size",
            "unknown-property",
            "forms",
            "other",
        ];
        for key in keys.map(|key| format!("json-{key}")) {
            for language in ["fr", "en"] {
                let sentence =
                    sentence(language, &key, &[("place", "/a"), ("field", "a"), ("value", "v"), ("asked", "x")]);
                assert!(sentence.contains(' ') && !sentence.contains('{'), "{language} {key}: {sentence}");
            }
        }
    }
}
