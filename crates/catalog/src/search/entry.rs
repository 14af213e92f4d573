//! What the index holds of a dataset.

use std::collections::HashMap;

use geography::territory::Territory;
use uuid::Uuid;

use super::answer::Facet;
use crate::error::Result;
use crate::model::{Dataset, Organization, Page, Resource, Version};
use crate::records::Records;
use crate::slug::fold;

/// What is about all of France is about every place in it.
const WHOLE_COUNTRY: &str = "pays:FR";
/// Characters of a description that are indexed.
const LONGEST_DESCRIPTION: usize = 20_000;

/// A dataset as the index sees it: texts to be found by, values to be counted by.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub id: Uuid,
    pub modified: i64,
    /// The title without capitals and accents, for order.
    pub title_key: String,
    pub texts: Texts,
    pub values: Values,
}

/// The texts of a dataset, by how much they say of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    pub title: String,
    pub keywords: String,
    pub organization: String,
    pub resources: String,
    pub columns: String,
    pub description: String,
}

/// The values of a dataset's facets; years as text.
#[derive(Debug, Clone, Default)]
pub(super) struct Values {
    pub organization: (String, String),
    pub themes: Vec<String>,
    pub formats: Vec<String>,
    pub licence: String,
    pub territory: Option<String>,
    pub known_territory: Option<Territory>,
    pub years: Vec<String>,
}

impl Values {
    /// Whether the dataset is about something inside a territory, or about what that is inside of.
    pub(super) fn is_around(&self, territory: Territory) -> bool {
        let Some(key) = self.territory.as_deref() else { return false };
        match self.known_territory {
            Some(own) => own.contains(territory) || territory.contains(own),
            None => key == WHOLE_COUNTRY,
        }
    }

    pub(super) fn of(&self, facet: Facet) -> &[String] {
        match facet {
            Facet::Organization => std::slice::from_ref(&self.organization.0),
            Facet::Theme => &self.themes,
            Facet::Format => &self.formats,
            Facet::Licence => std::slice::from_ref(&self.licence),
            Facet::Territory => self.territory.as_slice(),
            Facet::Year => &self.years,
        }
    }
}

/// Everything in the catalogue.
pub(super) async fn read(records: &Records) -> Result<Vec<Entry>> {
    let organizations = records.organizations_by_id().await?;
    let mut entries = Vec::new();
    let mut page = Page { offset: 0, limit: 1_000 };
    loop {
        let datasets = records.datasets(page).await?.items;
        if datasets.is_empty() {
            return Ok(entries);
        }
        let ids: Vec<Uuid> = datasets.iter().map(|dataset| dataset.id).collect();
        let mut contents: HashMap<Uuid, Vec<(Resource, Version, Vec<String>)>> = HashMap::new();
        for (resource, indexed) in records.current_versions(&ids).await? {
            contents.entry(resource.dataset).or_default().push((resource, indexed.version, indexed.column_names));
        }
        for dataset in datasets {
            // An organisation made since its list was read comes with the next build.
            if let Some(organization) = organizations.get(&dataset.organization) {
                let contents = contents.remove(&dataset.id).unwrap_or_default();
                entries.push(entry(dataset, organization, &contents));
            }
        }
        page.offset += page.limit;
    }
}

fn entry(dataset: Dataset, organization: &Organization, contents: &[(Resource, Version, Vec<String>)]) -> Entry {
    let mut formats: Vec<String> =
        contents.iter().map(|(_, version, _)| version.format.clone()).filter(|f| !f.is_empty()).collect();
    formats.sort();
    formats.dedup();
    let mut columns: Vec<&str> = contents.iter().flat_map(|(_, _, names)| names).map(String::as_str).collect();
    columns.sort_unstable();
    columns.dedup();
    let resources: Vec<&str> = contents.iter().map(|(resource, _, _)| resource.title.as_str()).collect();
    Entry {
        id: dataset.id,
        modified: dataset.modified_at.as_millisecond(),
        title_key: fold(&dataset.title),
        texts: Texts {
            title: dataset.title,
            keywords: themed(dataset.keywords, &dataset.themes),
            organization: organization.name.clone(),
            resources: resources.join("\n"),
            columns: columns.join("\n"),
            description: dataset.description.chars().take(LONGEST_DESCRIPTION).collect(),
        },
        values: Values {
            organization: (organization.slug.clone(), organization.name.clone()),
            themes: dataset.themes,
            formats,
            licence: dataset.licence,
            known_territory: dataset.territory.as_deref().and_then(geography::territory::find),
            territory: dataset.territory,
            years: dataset.years.iter().map(i16::to_string).collect(),
        },
    }
}

/// Names of themes are words to be found by, like keywords.
fn themed(mut keywords: Vec<String>, themes: &[String]) -> String {
    for theme in themes.iter().filter_map(|code| crate::theme::find(code)) {
        keywords.extend([theme.name.fr.clone(), theme.name.en.clone()]);
    }
    keywords.join("\n")
}
