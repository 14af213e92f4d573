//! Changes of a draft's choices.

use std::collections::BTreeMap;

use personal_data::Remedy;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Description, Draft, TableKey};
use crate::error::{Error, Result};
use crate::geocode::{Correction, GeocodingChoice};
use crate::model::Justified;
use crate::records::check;

/// Characters of a reason that says something.
const SHORTEST_REASON: usize = 10;
/// Characters of the longest reason.
const LONGEST_REASON: usize = 2_000;

/// Changes made on one revision of a draft: all of them are applied, or none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftChange {
    /// The revision that was looked at when they were made; another one is a conflict.
    pub revision: i64,
    /// What changes.
    pub edits: Vec<Edit>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "edit")]
#[allow(missing_docs, reason = "`table` says which table, everything else is said")]
pub enum Edit {
    /// Whether a table is published.
    Include { table: TableKey, included: bool },
    /// Title of a table's resource; proposed without.
    ResourceTitle { table: TableKey, title: Option<String> },
    /// Schema that a table is checked against: a name, `name@version`, a URL; none without. What was chosen of
    /// repairs for another schema is forgotten.
    Schema { table: TableKey, schema: Option<String> },
    /// The repairs that are accepted, by identifier, in place of those accepted before.
    Repairs { table: TableKey, repairs: Vec<String> },
    /// What is done about a finding; nothing without a remedy. A justification of the same finding is forgotten.
    Remedy { table: TableKey, finding: String, remedy: Option<Remedy> },
    /// Why a finding is published as it is, and who answers for it. A remedy of the same finding is forgotten.
    Justify { table: TableKey, finding: String, person: String, reason: String },
    /// Takes a justification back.
    Unjustify { table: TableKey, finding: String },
    /// Whether the addresses of a table are found on a map, and how, in place of what was chosen; nobody said without.
    Geocode { table: TableKey, geocoding: Option<GeocodingChoice> },
    /// What a person says of addresses as they are written, beside what was said of others; taken back where null.
    Correct { table: TableKey, corrections: BTreeMap<String, Option<Correction>> },
    /// What is said of the dataset, in place of what was said.
    Describe { description: Description },
    /// The dataset (slug or identifier) and the resource to be updated; new ones without.
    Target { dataset: Option<String>, resource: Option<Uuid> },
}

impl Edit {
    /// The stable name, as in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Include { .. } => "include",
            Self::ResourceTitle { .. } => "resource-title",
            Self::Schema { .. } => "schema",
            Self::Repairs { .. } => "repairs",
            Self::Remedy { .. } => "remedy",
            Self::Justify { .. } => "justify",
            Self::Unjustify { .. } => "unjustify",
            Self::Geocode { .. } => "geocode",
            Self::Correct { .. } => "correct",
            Self::Describe { .. } => "describe",
            Self::Target { .. } => "target",
        }
    }
}

impl Draft {
    /// The draft with changes made.
    pub(crate) fn edited(mut self, edits: Vec<Edit>, at: jiff::Timestamp) -> Result<Self> {
        for edit in edits {
            self.edit(edit, at)?;
        }
        Ok(self)
    }

    fn edit(&mut self, edit: Edit, at: jiff::Timestamp) -> Result<()> {
        match edit {
            Edit::Include { table, included } => self.choices_of(table)?.included = included,
            Edit::ResourceTitle { table, title } => {
                let title = title.filter(|title| !title.trim().is_empty());
                self.choices_of(table)?.title = title.map(|title| check::line("title", &title, 300)).transpose()?;
            }
            Edit::Schema { table, schema } => self.choose_schema(table, schema)?,
            Edit::Repairs { table, repairs } => self.choices_of(table)?.repairs = repairs,
            Edit::Remedy { table, finding, remedy } => self.choose_remedy(table, finding, remedy)?,
            Edit::Justify { table, finding, person, reason } => {
                self.justify(table, Justified { finding, person, reason, at })?;
            }
            Edit::Unjustify { table, finding } => {
                self.choices_of(table)?.justifications.retain(|justified| justified.finding != finding);
            }
            Edit::Geocode { table, geocoding } => {
                let geocoding = geocoding.map(GeocodingChoice::checked).transpose()?;
                self.choices_of(table)?.geocoding = geocoding;
            }
            Edit::Correct { table, corrections } => self.correct(table, corrections)?,
            Edit::Describe { description } => self.choices.description = description.checked()?,
            Edit::Target { dataset, resource } => {
                self.choices.dataset = dataset.filter(|key| !key.trim().is_empty());
                self.choices.resource = resource;
            }
        }
        Ok(())
    }

    fn choices_of(&mut self, key: TableKey) -> Result<&mut super::TableChoices> {
        let missing = || Error::not_found("table", format!("{}/{}", key.source, key.table));
        self.choices.table_mut(key).ok_or_else(missing)
    }

    fn choose_schema(&mut self, table: TableKey, schema: Option<String>) -> Result<()> {
        let schema = schema.filter(|schema| !schema.trim().is_empty());
        let schema = schema.map(|schema| check::line("schema", &schema, 2_000)).transpose()?;
        let choices = self.choices_of(table)?;
        if choices.schema != schema {
            choices.repairs.clear();
            choices.schema = schema;
        }
        Ok(())
    }

    fn choose_remedy(&mut self, table: TableKey, finding: String, remedy: Option<Remedy>) -> Result<()> {
        let choices = self.choices_of(table)?;
        choices.justifications.retain(|justified| justified.finding != finding);
        match remedy {
            Some(remedy) => choices.remedies.insert(finding, remedy),
            None => choices.remedies.remove(&finding),
        };
        Ok(())
    }

    fn correct(&mut self, table: TableKey, corrections: BTreeMap<String, Option<Correction>>) -> Result<()> {
        let key = format!("{}/{}", table.source, table.table);
        let choices = self.choices_of(table)?;
        let Some(GeocodingChoice::Accepted(mut geocoding)) = choices.geocoding.take() else {
            return Err(Error::not_found("geocoding", key));
        };
        for (address, correction) in corrections {
            match correction {
                Some(correction) => geocoding.corrections.insert(address, correction),
                None => geocoding.corrections.remove(&address),
            };
        }
        choices.geocoding = Some(GeocodingChoice::Accepted(geocoding).checked()?);
        Ok(())
    }

    fn justify(&mut self, table: TableKey, justified: Justified) -> Result<()> {
        let justified = justified.checked()?;
        let choices = self.choices_of(table)?;
        choices.remedies.remove(&justified.finding);
        choices.justifications.retain(|other| other.finding != justified.finding);
        choices.justifications.push(justified);
        Ok(())
    }
}

impl Justified {
    /// The same when it names a person and gives a reason.
    pub(crate) fn checked(self) -> Result<Self> {
        let person = check::line("person", &self.person, 200)?;
        let reason = self.reason.trim().to_owned();
        let length = reason.chars().count();
        if !(SHORTEST_REASON..=LONGEST_REASON).contains(&length) {
            let detail =
                format!("has {length} characters: say in {SHORTEST_REASON} to {LONGEST_REASON} why this may be public");
            return Err(Error::invalid("reason", detail));
        }
        Ok(Self { person, reason, ..self })
    }
}

impl Description {
    /// The same without empty texts, each value acceptable and in the form that the catalogue keeps.
    fn checked(self) -> Result<Self> {
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let title = check::optional_line("title", self.title.as_deref(), 300)?;
        let description = said(self.description).map(|text| check::prose("description", &text, 100_000)).transpose()?;
        Ok(Self {
            title,
            description,
            licence: said(self.licence).map(|licence| check::licence_id(&licence)).transpose()?,
            themes: self.themes.map(|themes| check::themes(&themes)).transpose()?,
            keywords: self.keywords.map(|words| check::keywords(&words)).transpose()?,
            territory: check::territory(self.territory.as_deref())?,
            frequency: said(self.frequency).map(|frequency| check::frequency_code(&frequency)).transpose()?,
            years: self.years.map(|years| check::years(&years)).transpose()?,
            contact_email: check::optional_email("contact_email", self.contact_email.as_deref())?,
            source_note: check::optional_line("source", self.source_note.as_deref(), 1_000)?,
        })
    }
}
