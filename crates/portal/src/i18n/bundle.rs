//! Sentences by key, from the Fluent files built into the program.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::{Language, typography};

/// The French files, in the order of reading.
const FRENCH: &[(&str, &str)] = &[
    ("portal.ftl", include_str!("../../locales/fr/portal.ftl")),
    ("account.ftl", include_str!("../../locales/fr/account.ftl")),
    ("sign-in.ftl", include_str!("../../locales/fr/sign-in.ftl")),
    ("dataset.ftl", include_str!("../../locales/fr/dataset.ftl")),
    ("explorer.ftl", include_str!("../../locales/fr/explorer.ftl")),
    ("quality.ftl", include_str!("../../locales/fr/quality.ftl")),
    ("licence.ftl", include_str!("../../locales/fr/licence.ftl")),
    ("schema.ftl", include_str!("../../locales/fr/schema.ftl")),
    ("provenance.ftl", include_str!("../../locales/fr/provenance.ftl")),
    ("terms.ftl", include_str!("../../locales/fr/terms.ftl")),
    ("faults.ftl", include_str!("../../locales/fr/faults.ftl")),
    ("command-line.ftl", include_str!("../../locales/fr/command-line.ftl")),
    ("check.ftl", include_str!("../../locales/fr/check.ftl")),
    ("assistant.ftl", include_str!("../../locales/fr/assistant.ftl")),
    ("addresses.ftl", include_str!("../../locales/fr/addresses.ftl")),
    ("locate.ftl", include_str!("../../locales/fr/locate.ftl")),
    ("territory.ftl", include_str!("../../locales/fr/territory.ftl")),
    ("address-command.ftl", include_str!("../../locales/fr/address-command.ftl")),
];

/// The English files, with the same names.
const ENGLISH: &[(&str, &str)] = &[
    ("portal.ftl", include_str!("../../locales/en/portal.ftl")),
    ("account.ftl", include_str!("../../locales/en/account.ftl")),
    ("sign-in.ftl", include_str!("../../locales/en/sign-in.ftl")),
    ("dataset.ftl", include_str!("../../locales/en/dataset.ftl")),
    ("explorer.ftl", include_str!("../../locales/en/explorer.ftl")),
    ("quality.ftl", include_str!("../../locales/en/quality.ftl")),
    ("licence.ftl", include_str!("../../locales/en/licence.ftl")),
    ("schema.ftl", include_str!("../../locales/en/schema.ftl")),
    ("provenance.ftl", include_str!("../../locales/en/provenance.ftl")),
    ("terms.ftl", include_str!("../../locales/en/terms.ftl")),
    ("faults.ftl", include_str!("../../locales/en/faults.ftl")),
    ("command-line.ftl", include_str!("../../locales/en/command-line.ftl")),
    ("check.ftl", include_str!("../../locales/en/check.ftl")),
    ("assistant.ftl", include_str!("../../locales/en/assistant.ftl")),
    ("addresses.ftl", include_str!("../../locales/en/addresses.ftl")),
    ("locate.ftl", include_str!("../../locales/en/locate.ftl")),
    ("territory.ftl", include_str!("../../locales/en/territory.ftl")),
    ("address-command.ftl", include_str!("../../locales/en/address-command.ftl")),
];

static FRENCH_BUNDLE: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle(Language::French, FRENCH.iter().map(|(name, text)| (*name, typography::french(text)))));
static ENGLISH_BUNDLE: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle(Language::English, ENGLISH.iter().map(|(name, text)| (*name, (*text).to_owned()))));

fn bundle(language: Language, files: impl Iterator<Item = (&'static str, String)>) -> FluentBundle<FluentResource> {
    let mut bundle =
        FluentBundle::new_concurrent(vec![language.tag().parse::<LanguageIdentifier>().unwrap_or_default()]);
    // Isolation marks are for mixed writing directions; here they would only be copied into people's documents.
    bundle.set_use_isolating(false);
    for (name, text) in files {
        let resource = FluentResource::try_new(text).unwrap_or_else(|(partial, errors)| {
            tracing::error!(name, ?errors, "a translation file has faults; the sentences that can be read are kept");
            partial
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(name, ?errors, "a translation file repeats a key");
        }
    }
    bundle
}

/// The sentences of one language. A key without a sentence shows as itself, so that a fault is seen and harms nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    language: Language,
}

impl Text {
    /// The sentences of this language.
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// The French sentences.
    pub const fn french() -> Self {
        Self::new(Language::French)
    }

    /// The English sentences.
    pub const fn english() -> Self {
        Self::new(Language::English)
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// BCP 47 tag of the language, for `lang` attributes.
    pub fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// The sentence of this key.
    pub fn get(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The sentence of this key when there is one: for terms whose list is open (codes of other vocabularies).
    pub fn find(&self, key: &str) -> Option<String> {
        self.bundle().has_message(key).then(|| self.get(key))
    }

    /// The sentence with one variable.
    pub fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.with_all(key, &[(name, value)])
    }

    /// The sentence with two variables.
    pub fn with2(&self, key: &str, name: &str, value: &str, name2: &str, value2: &str) -> String {
        self.with_all(key, &[(name, value), (name2, value2)])
    }

    /// The sentence with text variables.
    pub fn with_all(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set((*name).to_owned(), FluentValue::from((*value).to_owned()));
        }
        self.format(key, Some(&arguments))
    }

    /// The sentence of a count: `$count` chooses the plural, `$n` is the number as it is written.
    pub fn count(&self, key: &str, count: &u64) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set("count", FluentValue::from(*count));
        arguments.set("n", FluentValue::from(self.integer(count)));
        self.format(key, Some(&arguments))
    }

    fn bundle(&self) -> &'static FluentBundle<FluentResource> {
        match self.language {
            Language::French => &FRENCH_BUNDLE,
            Language::English => &ENGLISH_BUNDLE,
        }
    }

    fn format(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, language = self.tag(), "no sentence for this key");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, arguments, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "a sentence lacks a variable");
        }
        text
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(files: &[(&str, &str)]) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for (name, text) in files {
            let resource =
                FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
            for entry in resource.entries() {
                if let fluent_syntax_entry::Message(id) = fluent_syntax_entry::of(entry) {
                    assert!(keys.insert(id.clone()), "{name} repeats {id}");
                }
            }
        }
        keys
    }

    /// What the test needs of Fluent's syntax tree, without a dependency of its own: the identifier of a message.
    mod fluent_syntax_entry {
        pub enum Kind {
            Message(String),
            Other,
        }
        pub use Kind::Message;

        pub fn of(entry: &impl std::fmt::Debug) -> Kind {
            let shown = format!("{entry:?}");
            match shown
                .strip_prefix("Message(Message { id: Identifier { name: \"")
                .and_then(|rest| rest.split_once('"'))
            {
                Some((id, _)) => Kind::Message(id.to_owned()),
                None => Kind::Other,
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let (french, english) = (keys(FRENCH), keys(ENGLISH));
        assert!(french.len() > 100, "the reading of keys works");
        assert_eq!(french.difference(&english).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in English");
        assert_eq!(english.difference(&french).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in French");
    }

    #[test]
    fn plurals_follow_the_language() {
        let french = Text::new(Language::French);
        let english = Text::new(Language::English);
        assert_eq!(french.count("rows-count", &0), "0 ligne");
        assert_eq!(french.count("rows-count", &1), "1 ligne");
        assert_eq!(french.count("rows-count", &12_345), "12\u{202f}345 lignes");
        assert_eq!(english.count("rows-count", &0), "0 rows");
        assert_eq!(english.count("rows-count", &12_345), "12,345 rows");
    }

    #[test]
    fn an_unknown_key_shows_as_itself() {
        assert_eq!(Text::new(Language::French).get("no-such-key"), "no-such-key");
    }
}
