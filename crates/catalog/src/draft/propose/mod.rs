//! A description proposed from the content: each value with the reason for it, so that a person can judge it.

mod place;
mod vocabulary;

use jiff::Timestamp;
use schemas::Entry;
use serde::{Deserialize, Serialize};
use tabular::Profile;
use uuid::Uuid;

use super::{Description, Draft};
use crate::account::Actor;
use crate::error::{Error, Result};
use crate::licence;
use crate::model::{Organization, Page};
use crate::place as place_of;
use crate::platform::Platform;
use crate::publish::naming;
use vocabulary::Told;

/// Characters of a proposed description.
const LONGEST: usize = 1_000;

/// A value that is proposed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed<T> {
    /// The value.
    pub value: T,
    /// Why.
    pub reason: Reason,
}

/// Why a value is proposed; its sentence is made from [`Reason::code`] and [`Reason::detail`] in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code", content = "detail")]
pub enum Reason {
    /// The file's name says so.
    FileName(String),
    /// The name of the sheet or layer says so.
    TableName(String),
    /// The schema that was chosen says so.
    Schema(String),
    /// These words of the name or of the header say so.
    Words(Vec<String>),
    /// The values of this column say so.
    Column(String),
    /// It is the organisation's own.
    Organization(String),
    /// Most datasets of the organisation have it.
    Usual(String),
    /// What the law proposes, without anything better.
    Default,
    /// What the table holds.
    Content,
}

impl Reason {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::FileName(_) => "file-name",
            Self::TableName(_) => "table-name",
            Self::Schema(_) => "schema",
            Self::Words(_) => "words",
            Self::Column(_) => "column",
            Self::Organization(_) => "organization",
            Self::Usual(_) => "usual",
            Self::Default => "default",
            Self::Content => "content",
        }
    }

    /// The name, the column or the words that it speaks of; empty when it speaks of nothing.
    pub fn detail(&self) -> String {
        match self {
            Self::FileName(text)
            | Self::TableName(text)
            | Self::Schema(text)
            | Self::Column(text)
            | Self::Organization(text)
            | Self::Usual(text) => text.clone(),
            Self::Words(words) => words.join(", "),
            Self::Default | Self::Content => String::new(),
        }
    }
}

/// What could be said of a dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "see Dataset")]
pub struct DescriptionProposal {
    pub title: Option<Proposed<String>>,
    pub description: Option<Proposed<String>>,
    pub licence: Option<Proposed<String>>,
    pub themes: Option<Proposed<Vec<String>>>,
    pub keywords: Option<Proposed<Vec<String>>>,
    pub territory: Option<Proposed<String>>,
    pub frequency: Option<Proposed<String>>,
    pub years: Option<Proposed<Vec<i16>>>,
    pub contact_email: Option<Proposed<String>>,
}

impl DescriptionProposal {
    /// What was said, and the proposal where nothing was.
    #[must_use]
    pub fn under(self, said: Description) -> Description {
        fn value<T>(said: Option<T>, proposed: Option<Proposed<T>>) -> Option<T> {
            said.or(proposed.map(|proposed| proposed.value))
        }
        Description {
            title: value(said.title, self.title),
            description: value(said.description, self.description),
            licence: value(said.licence, self.licence),
            themes: value(said.themes, self.themes),
            keywords: value(said.keywords, self.keywords),
            territory: value(said.territory, self.territory),
            frequency: value(said.frequency, self.frequency),
            years: value(said.years, self.years),
            contact_email: value(said.contact_email, self.contact_email),
            source_note: said.source_note,
        }
    }
}

/// What a proposal is made from.
#[derive(Debug, Clone)]
pub struct Content<'a> {
    /// Name of the file, of the first of several.
    pub file_name: &'a str,
    /// Every table that is to be published.
    pub profiles: &'a [Profile],
    /// What the codes of those tables say of where they are.
    pub place: Option<place_of::Told>,
    /// Who publishes.
    pub organization: &'a Organization,
    /// The schema that was chosen.
    pub schema: Option<&'a Entry>,
    /// The licence that most datasets of the organisation have.
    pub usual_licence: Option<String>,
    /// Now.
    pub now: Timestamp,
}

/// Proposes a description.
pub fn propose(content: &Content<'_>) -> DescriptionProposal {
    let title = title(content);
    let told = told(content, &title.value);
    let of_subject = |told: &Told| Reason::Words(told.words.clone());
    let organization = content.organization;
    DescriptionProposal {
        description: description(content),
        licence: Some(usual_licence(content)),
        themes: told.as_ref().map(|told| Proposed { value: told.subject.themes.clone(), reason: of_subject(told) }),
        keywords: told.as_ref().map(|told| Proposed { value: told.subject.keywords.clone(), reason: of_subject(told) }),
        territory: place::territory(content),
        frequency: told
            .as_ref()
            .and_then(|told| Some(Proposed { value: told.subject.frequency.clone()?, reason: of_subject(told) })),
        years: years(content, &title.value),
        contact_email: organization
            .email
            .clone()
            .map(|value| Proposed { value, reason: Reason::Organization(organization.name.clone()) }),
        title: Some(title),
    }
}

/// The file's name when it says something, else the sheet's, else the schema's.
fn title(content: &Content<'_>) -> Proposed<String> {
    let of_file = naming::title(content.file_name);
    let sheet = match content.profiles {
        [only] => only.name.as_deref().map(naming::title).filter(|name| !says_nothing(name)),
        _ => None,
    };
    let schema = content.schema.map(|schema| (schema.title.clone(), schema.name.clone()));
    let schema = schema.filter(|(title, _)| !title.trim().is_empty());
    match (says_nothing(&of_file), sheet, schema) {
        (false, ..) => Proposed { value: of_file, reason: Reason::FileName(content.file_name.to_owned()) },
        (true, Some(sheet), _) => Proposed { value: sheet.clone(), reason: Reason::TableName(sheet) },
        (true, None, Some((title, name))) => Proposed { value: title, reason: Reason::Schema(name) },
        (true, None, None) => Proposed { value: of_file, reason: Reason::FileName(content.file_name.to_owned()) },
    }
}

/// Whether a name is one that programs give.
fn says_nothing(title: &str) -> bool {
    let folded = crate::slug::fold(title);
    let words = folded.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1);
    words.into_iter().all(|word| {
        matches!(
            word,
            "classeur"
                | "feuille"
                | "feuil"
                | "sheet"
                | "export"
                | "data"
                | "donnees"
                | "fichier"
                | "file"
                | "document"
                | "copie"
                | "table"
                | "tableau"
                | "sans"
                | "titre"
                | "book"
                | "untitled"
                | "de"
                | "final"
                | "vf"
                | "def"
                | "version"
                | "csv"
                | "xlsx"
                | "new"
                | "nouveau"
                | "result"
                | "query"
        )
    })
}

fn told(content: &Content<'_>, title: &str) -> Option<Told> {
    let schema = content.schema.map(|schema| schema.short_name()).unwrap_or_default();
    let sheets: Vec<&str> = content.profiles.iter().filter_map(|profile| profile.name.as_deref()).collect();
    let names: Vec<&str> = [title, content.file_name, schema].into_iter().chain(sheets).collect();
    let columns = content.profiles.iter().flat_map(|profile| &profile.columns);
    let header: Vec<&str> = columns.map(|column| column.label.as_str()).take(500).collect();
    vocabulary::subject(&names, &header)
}

/// What the schema says of such data. Nothing when there is no schema: a sentence about nothing in particular helps
/// nobody, and a person is asked for one.
fn description(content: &Content<'_>) -> Option<Proposed<String>> {
    let schema = content.schema?;
    let text: String = schema.description.trim().chars().take(LONGEST).collect();
    (!text.is_empty()).then(|| Proposed { value: text, reason: Reason::Schema(schema.name.clone()) })
}

fn usual_licence(content: &Content<'_>) -> Proposed<String> {
    match &content.usual_licence {
        Some(licence) => Proposed { value: licence.clone(), reason: Reason::Usual(content.organization.name.clone()) },
        None => Proposed { value: licence::DEFAULT.to_owned(), reason: Reason::Default },
    }
}

fn years(content: &Content<'_>, title: &str) -> Option<Proposed<Vec<i16>>> {
    let mut named = naming::years(content.file_name);
    named.extend(naming::years(title));
    named.sort_unstable();
    named.dedup();
    if !named.is_empty() {
        return Some(Proposed { value: named, reason: Reason::FileName(content.file_name.to_owned()) });
    }
    let (column, years) = content.profiles.iter().find_map(crate::publish::dated_years)?;
    Some(Proposed { value: years, reason: Reason::Column(column) })
}

impl Platform {
    /// A description proposed from the content of a draft.
    ///
    /// # Errors
    /// When the draft doesn't exist, or the actor may not see it.
    pub async fn propose_description(&self, id: Uuid, actor: &Actor) -> Result<DescriptionProposal> {
        let draft = self.draft(id, actor).await?;
        let key = draft.organization.to_string();
        let organization = self.records.organization(&key).await?;
        let organization = organization.ok_or_else(|| Error::not_found("organization", key))?;
        let profiles = self.profiles_of(&draft).await?;
        let schema = draft.choices.tables.iter().find_map(|table| table.schema.as_deref());
        let found = schema.and_then(|reference| self.schemas.find(reference).ok());
        let schema = found.and_then(|found| self.schemas.entries().iter().find(|entry| entry.name == found.name));
        Ok(propose(&Content {
            file_name: draft.sources.first().map(|source| source.file_name.as_str()).unwrap_or_default(),
            profiles: &profiles,
            place: self.place_of_draft(&draft).await?,
            organization: &organization,
            schema,
            usual_licence: self.usual_licence(organization.id).await?,
            now: Timestamp::now(),
        }))
    }

    async fn profiles_of(&self, draft: &Draft) -> Result<Vec<Profile>> {
        let mut profiles = Vec::new();
        for (key, source, _) in draft.tables() {
            if draft.choices.table(key).is_none_or(|choices| choices.included) {
                profiles.push(self.store.profile(&source.snapshot, key.table).await?);
            }
        }
        Ok(profiles)
    }

    /// What the codes of a draft's tables say of where it is.
    async fn place_of_draft(&self, draft: &Draft) -> Result<Option<place_of::Told>> {
        let mut told = Vec::new();
        for (key, source, _) in draft.tables() {
            if draft.choices.table(key).is_none_or(|choices| choices.included) {
                let profile = self.store.profile(&source.snapshot, key.table).await?;
                told.extend(self.place_of(&source.snapshot, key.table, &profile).await?);
            }
        }
        Ok(place_of::together(&told))
    }

    async fn usual_licence(&self, organization: Uuid) -> Result<Option<String>> {
        let page = Page { offset: 0, limit: 200 };
        let datasets = self.records.datasets_of(organization, page).await?.items;
        let licences: Vec<&str> = datasets.iter().map(|dataset| dataset.licence.as_str()).collect();
        let count = |licence: &&&str| licences.iter().filter(|other| other == licence).count();
        Ok(licences.iter().max_by_key(count).map(|licence| (*licence).to_owned()))
    }
}

#[cfg(test)]
mod tests;
