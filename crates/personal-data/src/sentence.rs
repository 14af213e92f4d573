//! Sentences from `locales/{fr,en}`.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::{Detector, Finding, Generalisation, Remedy};

const FRENCH: &str = include_str!("../locales/fr/findings.ftl");
const ENGLISH: &str = include_str!("../locales/en/findings.ftl");

static FRENCH_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("fr", FRENCH));
static ENGLISH_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("en", ENGLISH));

fn bundle(tag: &str, text: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![tag.parse::<LanguageIdentifier>().unwrap_or_default()]);
    // Isolation marks are for mixed writing directions; here they would only be copied into people's documents.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partial, _)| partial);
    // A repeated key keeps its first sentence; a test refuses it.
    let _ = bundle.add_resource(resource);
    bundle
}

/// What was found, where and how often.
pub(crate) fn of_finding(finding: &Finding, language: &str) -> String {
    let mut arguments = FluentArgs::new();
    arguments.set("fields", quoted(&finding.fields, language));
    arguments.set("count", FluentValue::from(finding.rows));
    arguments.set("n", grouped(finding.rows, language));
    format(language, &format!("found-{}", finding.detector.name()), &arguments)
}

/// What a remedy does to what this detector finds.
pub(crate) fn of_remedy(remedy: &Remedy, detector: Detector, language: &str) -> String {
    let mut arguments = FluentArgs::new();
    let key = match remedy {
        Remedy::Remove => "remedy-remove".to_owned(),
        Remedy::Mask => format!("remedy-mask-{}", detector.name()),
        Remedy::Generalise(Generalisation::Year) => "remedy-year".to_owned(),
        Remedy::Generalise(Generalisation::Locality) => "remedy-locality".to_owned(),
        Remedy::Generalise(Generalisation::Decimals(decimals)) => {
            arguments.set("decimals", FluentValue::from(u32::from(*decimals)));
            "remedy-decimals".to_owned()
        }
        Remedy::Aggregate { k, by, .. } => {
            arguments.set("k", FluentValue::from(*k));
            arguments.set("by", quoted(by, language));
            "remedy-aggregate".to_owned()
        }
    };
    format(language, &key, &arguments)
}

/// The name of a detector, for titles of lists.
pub(crate) fn of_detector(detector: Detector, language: &str) -> String {
    format(language, &format!("name-{}", detector.name()), &FluentArgs::new())
}

/// A word written into a cleaned table, which is French data.
pub(crate) fn of_data(key: &str) -> String {
    format("fr", key, &FluentArgs::new())
}

fn format(language: &str, key: &str, arguments: &FluentArgs<'_>) -> String {
    let bundle: &FluentBundle<FluentResource> =
        if language.starts_with("en") { &ENGLISH_BUNDLE } else { &FRENCH_BUNDLE };
    match bundle.get_message(key).and_then(|message| message.value()) {
        Some(pattern) => bundle.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned(),
        // Shows what is missing and harms nothing; a test excludes it.
        None => key.to_owned(),
    }
}

/// Names of columns between the language's own quotation marks.
fn quoted(names: &[String], language: &str) -> String {
    let (open, close) = if language.starts_with("en") { ("“", "”") } else { ("«\u{202f}", "\u{202f}»") };
    names.iter().map(|name| format!("{open}{name}{close}")).collect::<Vec<_>>().join(", ")
}

/// A count as the reader writes it: `1 234` or `1,234`.
fn grouped(count: u64, language: &str) -> String {
    let separator = if language.starts_with("en") { ',' } else { '\u{202f}' };
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SmallGroups;

    #[test]
    fn every_detector_and_remedy_has_its_sentences_in_both_languages() {
        for language in ["fr", "en"] {
            for detector in Detector::ALL {
                let keys = [format!("name-{}", detector.name()), format!("found-{}", detector.name())];
                for key in keys {
                    assert_ne!(format(language, &key, &FluentArgs::new()), key, "{language}");
                }
                let remedies = [
                    Remedy::Remove,
                    Remedy::Mask,
                    Remedy::Generalise(Generalisation::Year),
                    Remedy::Generalise(Generalisation::Locality),
                    Remedy::Generalise(Generalisation::Decimals(3)),
                    Remedy::Aggregate { k: 5, by: vec!["a".to_owned()], small: SmallGroups::Merge },
                ];
                for remedy in remedies.iter().filter(|remedy| remedy.fits(detector)) {
                    let sentence = of_remedy(remedy, detector, language);
                    assert!(!sentence.starts_with("remedy-") && !sentence.contains('{'), "{language} {sentence}");
                }
            }
        }
    }

    #[test]
    fn counts_are_grouped_as_the_reader_does() {
        assert_eq!(
            (grouped(1_234_567, "fr"), grouped(999, "en")),
            ("1\u{202f}234\u{202f}567".to_owned(), "999".to_owned())
        );
        assert_eq!(grouped(1_234, "en"), "1,234");
    }
}
