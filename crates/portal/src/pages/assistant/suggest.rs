//! What is said of the dataset: as its author says, as it is online, or as its content suggests; and from where each
//! suggestion comes.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use catalog::draft::{Description, Draft};
use catalog::model::{Dataset, Organization};
use catalog::{frequency, licence};
use serde::Deserialize;
use tabular::Profile;
use tabular::profile::SetAsideReason;
use tabular::typing::{FieldType, Meaning};

use super::glimpse::label;
use crate::chart::shorten;
use crate::i18n::Text;

/// Themes proposed at most.
const THEMES: usize = 2;
/// Keywords proposed at most.
const KEYWORDS: usize = 6;
/// Columns named in a description.
const NAMED: usize = 8;
/// Characters of a title found in a file.
const LONGEST_TITLE: usize = 140;
/// Years between the first and the last, beyond which dates tell something else than what the data is about.
const LONGEST_PERIOD: i16 = 15;

/// Words that speak of a theme: data that anybody can add to.
static THEME_WORDS: LazyLock<Vec<ThemeWords>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../data/theme-words.json")).unwrap_or_default());

#[derive(Debug, Deserialize)]
struct ThemeWords {
    theme: String,
    words: Vec<String>,
}

/// A value, and the key of the sentence that says from where it is proposed; `None` when its author said it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said<T> {
    pub value: T,
    pub from: Option<&'static str>,
}

/// Everything that is said of the dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "see Dataset")]
pub struct Saying {
    pub title: Said<String>,
    pub description: Said<String>,
    pub licence: Said<String>,
    pub themes: Said<Vec<String>>,
    pub keywords: Said<Vec<String>>,
    pub territory: Said<Option<String>>,
    pub frequency: Said<String>,
    pub years: Said<Vec<i16>>,
    pub contact_email: Said<Option<String>>,
    pub source: Said<Option<String>>,
}

/// What suggestions are made from.
pub struct Content<'a> {
    pub draft: &'a Draft,
    pub organization: &'a Organization,
    /// The dataset to be updated.
    pub current: Option<&'a Dataset>,
    /// The tables to be published, as they came.
    pub profiles: &'a [Profile],
    /// Title of the schema that the first table follows.
    pub schema: Option<&'a str>,
}

impl Saying {
    /// What is said of a draft.
    pub fn of(content: &Content<'_>, t: &Text) -> Self {
        let own = &content.draft.choices.description;
        let online = content.current;
        let title = layered(own.title.clone(), online.map(|now| now.title.clone()), || title(content));
        let years = layered(own.years.clone(), online.map(|now| now.years.clone()), || years(content, &title.value));
        let words = words(content, &title.value);
        Self {
            description: layered(own.description.clone(), online.map(|now| now.description.clone()), || {
                description(content, &years.value, t)
            }),
            licence: layered(own.licence.clone(), online.map(|now| now.licence.clone()), || Said {
                value: licence::DEFAULT.to_owned(),
                from: Some("describe-from-law"),
            }),
            themes: layered(own.themes.clone(), online.map(|now| now.themes.clone()), || themes(&words)),
            keywords: layered(own.keywords.clone(), online.map(|now| now.keywords.clone()), || keywords(content, &title.value)),
            territory: layered(own.territory.clone().map(Some), online.map(|now| now.territory.clone()), || Said {
                value: content.organization.territory.clone(),
                from: content.organization.territory.is_some().then_some("describe-from-organization"),
            }),
            frequency: layered(own.frequency.clone(), online.map(|now| now.frequency.clone()), || frequency_of(&years.value)),
            contact_email: layered(own.contact_email.clone().map(Some), online.map(|now| now.contact_email.clone()), || Said {
                value: content.organization.email.clone(),
                from: content.organization.email.is_some().then_some("describe-from-organization"),
            }),
            source: layered(own.source_note.clone().map(Some), online.map(|now| now.source.clone()), Said::default),
            title,
            years,
        }
    }

    /// The whole as the catalogue takes it.
    pub fn description(&self) -> Description {
        Description {
            title: Some(self.title.value.clone()),
            description: Some(self.description.value.clone()),
            licence: Some(self.licence.value.clone()),
            themes: Some(self.themes.value.clone()),
            keywords: Some(self.keywords.value.clone()),
            territory: self.territory.value.clone(),
            frequency: Some(self.frequency.value.clone()),
            years: Some(self.years.value.clone()),
            contact_email: self.contact_email.value.clone(),
            source_note: self.source.value.clone(),
        }
    }
}

fn layered<T>(own: Option<T>, online: Option<T>, suggest: impl FnOnce() -> Said<T>) -> Said<T> {
    match (own, online) {
        (Some(value), _) => Said { value, from: None },
        (None, Some(value)) => Said { value, from: Some("describe-from-current") },
        (None, None) => suggest(),
    }
}

/// The line above the header that reads as a title, else what the file's name says.
fn title(content: &Content<'_>) -> Said<String> {
    if let Some(value) = content.profiles.first().and_then(title_above) {
        return Said { value, from: Some("describe-from-sheet") };
    }
    let name = content.draft.sources.first().map(|source| source.file_name.as_str()).unwrap_or_default();
    Said { value: catalog::publish::title_of_file(name), from: Some("describe-from-file") }
}

/// A title is one cell alone in its line, with words in it.
fn title_above(profile: &Profile) -> Option<String> {
    let lines = profile.set_aside.iter().filter(|line| line.reason == SetAsideReason::Title);
    let alone = lines.filter_map(|line| {
        let cells: Vec<&str> = line.text.split(" | ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        match cells.as_slice() {
            [only] => Some(only.split_whitespace().collect::<Vec<_>>().join(" ")),
            _ => None,
        }
    });
    let reads = |text: &String| {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        (8..=LONGEST_TITLE).contains(&text.chars().count()) && letters * 2 > text.chars().count() && text.contains(' ')
    };
    alone.map(|text| calm(&text)).find(reads)
}

/// A title all in capitals shouts: only its first letter stays one.
fn calm(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    if letters.clone().count() < 8 || letters.clone().any(char::is_lowercase) {
        return text.to_owned();
    }
    let lower = text.to_lowercase();
    let mut rest = lower.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// Years of the name and the title, else of the dates.
fn years(content: &Content<'_>, title: &str) -> Said<Vec<i16>> {
    let mut named: BTreeSet<i16> = catalog::publish::years_of_text(title).into_iter().collect();
    for source in &content.draft.sources {
        named.extend(catalog::publish::years_of_text(&source.file_name));
    }
    if !named.is_empty() {
        return Said { value: named.into_iter().collect(), from: Some("describe-from-file") };
    }
    let dated: BTreeSet<i16> = content.profiles.iter().flat_map(dated_years).collect();
    let from = (!dated.is_empty()).then_some("describe-from-dates");
    Said { value: dated.into_iter().collect(), from }
}

/// The years of the first column of dates that spans a period one publishes about.
fn dated_years(profile: &Profile) -> Vec<i16> {
    let year = |value: &Option<serde_json::Value>| match value {
        Some(serde_json::Value::String(text)) => text.get(..4)?.parse::<i16>().ok(),
        Some(serde_json::Value::Number(number)) => i16::try_from(number.as_i64()?).ok(),
        _ => None,
    };
    let times = profile.columns.iter().filter(|column| {
        matches!(column.field_type, FieldType::Date | FieldType::Datetime | FieldType::Year)
    });
    let spans = times.filter_map(|column| Some((year(&column.min)?, year(&column.max)?)));
    let plausible = |(from, to): &(i16, i16)| (1900..=2100).contains(from) && (0..=LONGEST_PERIOD).contains(&(to - from));
    spans.into_iter().find(plausible).map(|(from, to)| (from..=to).collect()).unwrap_or_default()
}

/// What there is of what, in one sentence.
fn description(content: &Content<'_>, years: &[i16], t: &Text) -> Said<String> {
    let Some(profile) = content.profiles.first() else { return Said::default() };
    let mut names: Vec<String> = profile.columns.iter().take(NAMED).map(label).map(|name| shorten(&name, 50)).collect();
    if profile.columns.len() > NAMED {
        names.push("…".to_owned());
    }
    let rows: u64 = content.profiles.iter().map(|profile| profile.rows).sum();
    let (rows, columns) = (t.count("rows-count", &rows), names.join(", "));
    let value = match (years.first(), years.last()) {
        (Some(first), Some(last)) => {
            let period =
                if first == last { first.to_string() } else { format!("{first}–{last}") };
            let values = [("period", period.as_str()), ("rows", &rows), ("columns", &columns)];
            t.with_all("describe-draft-text-period", &values)
        }
        _ => t.with2("describe-draft-text", "rows", &rows, "columns", &columns),
    };
    Said { value, from: Some("describe-from-columns") }
}

/// Words of the title, of the schema, and of the columns.
fn words(content: &Content<'_>, title: &str) -> Vec<(String, u32)> {
    let mut words: Vec<(String, u32)> = Vec::new();
    // What the data is called says more than what its columns are called.
    let mut add = |text: &str, weight: u32| words.extend(folded(text).map(|word| (word, weight)));
    add(title, 4);
    content.draft.sources.iter().for_each(|source| add(&source.file_name, 3));
    content.schema.iter().for_each(|schema| add(schema, 5));
    for column in content.profiles.iter().flat_map(|profile| &profile.columns) {
        add(&column.label, 1);
    }
    words
}

fn folded(text: &str) -> impl Iterator<Item = String> {
    let spaced = text.replace(|c: char| !c.is_alphanumeric(), " ");
    let folded = catalog::slug::fold(&spaced);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// The themes that most words speak of.
fn themes(words: &[(String, u32)]) -> Said<Vec<String>> {
    let mut scores: Vec<(u32, &str)> = THEME_WORDS
        .iter()
        .map(|theme| {
            let spoken = words.iter().filter(|(word, _)| theme.words.contains(word));
            (spoken.map(|(_, weight)| weight).sum::<u32>(), theme.theme.as_str())
        })
        .filter(|(score, _)| *score > 0)
        .collect();
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let best = scores.first().map_or(0, |(score, _)| *score);
    // A second theme must be meant nearly as much as the first.
    let meant = scores.into_iter().filter(|(score, _)| score * 2 > best).take(THEMES);
    let value: Vec<String> = meant.map(|(_, theme)| theme.to_owned()).collect();
    let from = (!value.is_empty()).then_some("describe-from-columns");
    Said { value, from }
}

/// Words of the title that one would search.
fn keywords(content: &Content<'_>, title: &str) -> Said<Vec<String>> {
    const EMPTY: [&str; 22] = [
        "les", "des", "aux", "une", "par", "pour", "sur", "dans", "avec", "ville", "commune", "liste", "fichier", "donnees",
        "export", "copie", "version", "tableau", "final", "the", "and", "table",
    ];
    let organization: Vec<String> = folded(&content.organization.name).collect();
    let told = |word: &&str| {
        let folded = catalog::slug::fold(word);
        folded.len() > 3
            && !folded.chars().any(|c| c.is_ascii_digit())
            && !EMPTY.contains(&folded.as_str())
            && !organization.contains(&folded)
    };
    let mut value: Vec<String> = Vec::new();
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(told) {
        let word = word.to_lowercase();
        if !value.contains(&word) {
            value.push(word);
        }
    }
    value.truncate(KEYWORDS);
    let from = (!value.is_empty()).then_some("describe-from-file");
    Said { value, from }
}

/// A file about years is made again every year; of anything else nothing is promised.
fn frequency_of(years: &[i16]) -> Said<String> {
    if years.is_empty() {
        return Said { value: frequency::UNKNOWN.to_owned(), from: None };
    }
    Said { value: "ANNUAL".to_owned(), from: Some("describe-from-dates") }
}

/// Whether a column of the tables holds codes of communes.
pub fn has_communes(profiles: &[Profile]) -> bool {
    profiles.iter().flat_map(|profile| &profile.columns).any(|column| column.meaning == Some(Meaning::CommuneCode))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_every_theme_are_of_a_theme_that_exists() {
        assert!(THEME_WORDS.len() > 10);
        for theme in THEME_WORDS.iter() {
            assert!(catalog::theme::find(&theme.theme).is_some(), "{}", theme.theme);
            for word in &theme.words {
                assert_eq!(&catalog::slug::fold(word), word, "words are written as they are compared");
            }
        }
    }

    #[test]
    fn a_title_in_capitals_is_calmed() {
        assert_eq!(calm("MARCHES CONCLUS EN 2012"), "Marches conclus en 2012");
        assert_eq!(calm("PLU"), "PLU");
        assert_eq!(calm("Budget 2014"), "Budget 2014");
    }

    #[test]
    fn what_the_data_is_called_tells_its_theme() {
        let words = |text: &str| folded(text).map(|word| (word, 1)).collect::<Vec<_>>();
        assert_eq!(themes(&words("Subventions versées aux associations")).value.first().map(String::as_str), Some("ECON"));
        assert_eq!(themes(&words("Arbres remarquables")).value, ["ENVI"]);
        assert_eq!(themes(&words("xyz")).value, Vec::<String>::new());
    }
}
