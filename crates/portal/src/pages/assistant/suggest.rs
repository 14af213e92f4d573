//! What is said of the dataset: as its author says, as it is online, or as its content suggests; and from where each
//! suggestion comes.

use catalog::draft::{Description, DescriptionProposal, Draft, Proposed, Reason};
use catalog::model::Dataset;
use catalog::{frequency, licence};
use tabular::Profile;
use tabular::profile::SetAsideReason;

use crate::chart::shorten;
use crate::i18n::Text;

/// Characters of a title found in a file.
const LONGEST_TITLE: usize = 140;

/// A value, and the sentence that says from where it is proposed; `None` when its author said it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said<T> {
    pub value: T,
    pub from: Option<String>,
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

impl Saying {
    /// What is said of a draft: `current` is the dataset to be updated, `above` a title found above the table.
    pub fn of(
        draft: &Draft,
        current: Option<&Dataset>,
        above: Option<String>,
        proposal: DescriptionProposal,
        t: &Text,
    ) -> Self {
        let own = draft.choices.description.clone();
        let online = |value: fn(&Dataset) -> String| current.map(value);
        let found = above.map(|value| Said { value, from: Some(t.get("describe-from-sheet")) });
        let title = layered(own.title, online(|now| now.title.clone()), t, || {
            found.unwrap_or_else(|| proposed(proposal.title, String::new(), t))
        });
        Self {
            title,
            description: layered(own.description, online(|now| now.description.clone()), t, || {
                proposed(proposal.description, String::new(), t)
            }),
            licence: layered(own.licence, online(|now| now.licence.clone()), t, || {
                proposed(proposal.licence, licence::DEFAULT.to_owned(), t)
            }),
            themes: layered(own.themes, current.map(|now| now.themes.clone()), t, || {
                proposed(proposal.themes, Vec::new(), t)
            }),
            keywords: layered(own.keywords, current.map(|now| now.keywords.clone()), t, || {
                proposed(proposal.keywords, Vec::new(), t)
            }),
            territory: layered(own.territory.map(Some), current.map(|now| now.territory.clone()), t, || {
                maybe(proposal.territory, t)
            }),
            frequency: layered(own.frequency, online(|now| now.frequency.clone()), t, || {
                proposed(proposal.frequency, frequency::UNKNOWN.to_owned(), t)
            }),
            years: layered(own.years, current.map(|now| now.years.clone()), t, || {
                proposed(proposal.years, Vec::new(), t)
            }),
            contact_email: layered(
                own.contact_email.map(Some),
                current.map(|now| now.contact_email.clone()),
                t,
                || maybe(proposal.contact_email, t),
            ),
            source: layered(own.source_note.map(Some), current.map(|now| now.source.clone()), t, Said::default),
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

fn layered<T>(own: Option<T>, online: Option<T>, t: &Text, suggest: impl FnOnce() -> Said<T>) -> Said<T> {
    match (own, online) {
        (Some(value), _) => Said { value, from: None },
        (None, Some(value)) => Said { value, from: Some(t.get("describe-from-current")) },
        (None, None) => suggest(),
    }
}

fn proposed<T>(proposed: Option<Proposed<T>>, otherwise: T, t: &Text) -> Said<T> {
    match proposed {
        Some(Proposed { value, reason }) => Said { value, from: Some(because(&reason, t)) },
        None => Said { value: otherwise, from: None },
    }
}

fn maybe(value: Option<Proposed<String>>, t: &Text) -> Said<Option<String>> {
    match value {
        Some(Proposed { value, reason }) => Said { value: Some(value), from: Some(because(&reason, t)) },
        None => Said::default(),
    }
}

/// “proposé d’après…”
fn because(reason: &Reason, t: &Text) -> String {
    t.with(&format!("describe-from-{}", reason.code()), "detail", &shorten(&reason.detail(), 80))
}

/// A title above the header: one cell alone in its line, with words in it.
pub fn title_above(profile: &Profile) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_in_capitals_is_calmed() {
        assert_eq!(calm("MARCHES CONCLUS EN 2012"), "Marches conclus en 2012");
        assert_eq!(calm("PLU"), "PLU");
        assert_eq!(calm("Budget 2014"), "Budget 2014");
    }

    #[test]
    fn why_a_value_is_proposed_is_said() {
        let reason = Reason::FileName("subventions.csv".to_owned());
        assert_eq!(because(&reason, &Text::french()), "proposé d’après le nom du fichier");
        let reason = Reason::Column("date_convention".to_owned());
        assert!(because(&reason, &Text::english()).contains("date_convention"));
    }
}
