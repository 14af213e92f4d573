//! Datasets.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::change::Change;
use super::entity::dataset;
use super::{Records, changed_values, check, column, organizations};
use crate::account::{Actor, Role};
use crate::error::{Error, Result};
use crate::model::{Action, Dataset, DatasetDetail, Listing, Organization, Page, ResourceDetail};
use crate::slug;

/// What is said of a dataset when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "see Dataset")]
pub struct DatasetDraft {
    /// Made from the title when absent; kept when absent from a change.
    pub slug: Option<String>,
    pub title: String,
    pub description: String,
    /// Any name of a licence of the registry.
    pub licence: String,
    pub themes: Vec<String>,
    pub keywords: Vec<String>,
    pub territory: Option<String>,
    pub frequency: String,
    pub years: Vec<i16>,
    pub contact_email: Option<String>,
    pub source: Option<String>,
}

impl Default for DatasetDraft {
    fn default() -> Self {
        Self {
            slug: None,
            title: String::new(),
            description: String::new(),
            licence: crate::licence::DEFAULT.to_owned(),
            themes: Vec::new(),
            keywords: Vec::new(),
            territory: None,
            frequency: crate::frequency::UNKNOWN.to_owned(),
            years: Vec::new(),
            contact_email: None,
            source: None,
        }
    }
}

impl From<&Dataset> for DatasetDraft {
    fn from(dataset: &Dataset) -> Self {
        let dataset = dataset.clone();
        Self {
            slug: Some(dataset.slug),
            title: dataset.title,
            description: dataset.description,
            licence: dataset.licence,
            themes: dataset.themes,
            keywords: dataset.keywords,
            territory: dataset.territory,
            frequency: dataset.frequency,
            years: dataset.years,
            contact_email: dataset.contact_email,
            source: dataset.source,
        }
    }
}

impl Records {
    /// Datasets, the last changed first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn datasets(&self, page: Page) -> Result<Listing<Dataset>> {
        self.list_datasets(None, page).await
    }

    /// Datasets of an organisation, the last changed first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn datasets_of(&self, organization: Uuid, page: Page) -> Result<Listing<Dataset>> {
        self.list_datasets(Some(organization), page).await
    }

    async fn list_datasets(&self, organization: Option<Uuid>, page: Page) -> Result<Listing<Dataset>> {
        let mut query = dataset::Entity::find();
        if let Some(organization) = organization {
            query = query.filter(dataset::Column::Organization.eq(organization));
        }
        let total = query.clone().count(&self.database).await?;
        let rows = query
            .order_by_desc(dataset::Column::ModifiedAt)
            .order_by_desc(dataset::Column::Id)
            .offset(page.offset)
            .limit(page.limit.min(Page::LARGEST))
            .all(&self.database)
            .await?;
        let items = rows.into_iter().map(Dataset::try_from).collect::<Result<_>>()?;
        Ok(Listing { items, total })
    }

    /// How many datasets each organisation has; those without any are absent.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dataset_counts(&self) -> Result<HashMap<Uuid, u64>> {
        let counts: Vec<(Uuid, i64)> = dataset::Entity::find()
            .select_only()
            .column(dataset::Column::Organization)
            .column_as(dataset::Column::Id.count(), "datasets")
            .group_by(dataset::Column::Organization)
            .into_tuple()
            .all(&self.database)
            .await?;
        Ok(counts.into_iter().map(|(id, count)| (id, count.unsigned_abs())).collect())
    }

    /// The dataset with this slug or identifier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dataset(&self, key: &str) -> Result<Option<Dataset>> {
        find(&self.database, key).await?.map(Dataset::try_from).transpose()
    }

    /// The same, with its organisation, resources and their current versions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dataset_detail(&self, key: &str) -> Result<Option<DatasetDetail>> {
        let Some(dataset) = self.dataset(key).await? else { return Ok(None) };
        let organization = organizations::required(&self.database, &dataset.organization.to_string()).await?;
        let current = super::resources::current(&self.database, &[dataset.id]).await?;
        let resources = current
            .into_iter()
            .map(|(resource, version)| ResourceDetail {
                dataset: dataset.clone(),
                organization: organization.clone(),
                resource,
                version: version.version,
            })
            .collect();
        Ok(Some(DatasetDetail { dataset, organization, resources }))
    }

    /// Datasets with everything, in the order of their identifiers given; those that are gone are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dataset_details(&self, ids: &[Uuid]) -> Result<Vec<DatasetDetail>> {
        let rows =
            dataset::Entity::find().filter(dataset::Column::Id.is_in(ids.iter().copied())).all(&self.database).await?;
        let organizations = self.organizations_by_id().await?;
        let mut details = HashMap::new();
        for row in rows {
            let dataset = Dataset::try_from(row)?;
            if let Some(organization) = organizations.get(&dataset.organization).cloned() {
                details.insert(dataset.id, DatasetDetail { dataset, organization, resources: Vec::new() });
            }
        }
        for (resource, version) in self.current_versions(ids).await? {
            if let Some(detail) = details.get_mut(&resource.dataset) {
                let (dataset, organization) = (detail.dataset.clone(), detail.organization.clone());
                detail.resources.push(ResourceDetail { dataset, organization, resource, version: version.version });
            }
        }
        Ok(ids.iter().filter_map(|id| details.remove(id)).collect())
    }

    /// Creates a dataset without any resource.
    ///
    /// # Errors
    /// When the organisation doesn't exist, a value isn't acceptable, or the actor may not publish for it.
    pub async fn create_dataset(&self, organization: &str, draft: DatasetDraft, actor: &Actor) -> Result<Dataset> {
        let mut change = self.change(actor).await?;
        let organization = organizations::required(&change.transaction, organization).await?;
        let dataset = change.create_dataset(&organization, draft).await?;
        change.commit().await?;
        Ok(dataset)
    }

    /// Replaces what is said of a dataset.
    ///
    /// # Errors
    /// When it doesn't exist, a value isn't acceptable, the new slug is taken, or the actor may not.
    pub async fn update_dataset(&self, key: &str, draft: DatasetDraft, actor: &Actor) -> Result<Dataset> {
        let mut change = self.change(actor).await?;
        let old = required(&change.transaction, key).await?;
        let new = change.update_dataset(&old, draft).await?;
        change.commit().await?;
        Ok(new)
    }

    /// Removes a dataset with its resources and versions; the history keeps that it existed. Its snapshots go with
    /// the next sweep.
    ///
    /// # Errors
    /// When it doesn't exist or the actor may not.
    pub async fn remove_dataset(&self, key: &str, actor: &Actor) -> Result<()> {
        let mut change = self.change(actor).await?;
        let dataset = required(&change.transaction, key).await?;
        change.need_role(dataset.organization, Role::Publisher)?;
        dataset::Entity::delete_by_id(dataset.id).exec(&change.transaction).await?;
        let detail = serde_json::json!({ "slug": dataset.slug, "title": dataset.title });
        change.note(Action::DatasetRemoved, dataset.id, Some(dataset.id), &detail).await?;
        change.commit().await
    }
}

impl Change<'_> {
    /// The dataset with this slug or identifier, as this transaction sees it.
    pub(crate) async fn dataset(&self, key: &str) -> Result<Option<Dataset>> {
        find(&self.transaction, key).await?.map(Dataset::try_from).transpose()
    }

    /// The organisation's dataset of this title.
    pub(crate) async fn dataset_titled(&self, organization: Uuid, title: &str) -> Result<Option<Dataset>> {
        let query = dataset::Entity::find()
            .filter(dataset::Column::Organization.eq(organization))
            .filter(dataset::Column::Title.eq(title))
            .order_by_asc(dataset::Column::Id);
        query.one(&self.transaction).await?.map(Dataset::try_from).transpose()
    }

    pub(crate) async fn create_dataset(&mut self, organization: &Organization, draft: DatasetDraft) -> Result<Dataset> {
        self.need_role(organization.id, Role::Publisher)?;
        let chosen = draft.slug.is_some();
        let wanted = checked(Uuid::now_v7(), organization.id, None, draft, (self.at, self.at))?;
        let slug = self.free_dataset_slug(&wanted.slug, wanted.id).await?;
        if chosen && slug != wanted.slug {
            return Err(taken(&wanted.slug));
        }
        let dataset = Dataset { slug, ..wanted };
        row(&dataset)?.into_active_model().insert(&self.transaction).await?;
        self.note(Action::DatasetCreated, dataset.id, Some(dataset.id), &dataset).await?;
        Ok(dataset)
    }

    /// Nothing is written or noted when nothing changes.
    pub(crate) async fn update_dataset(&mut self, old: &Dataset, draft: DatasetDraft) -> Result<Dataset> {
        self.need_role(old.organization, Role::Publisher)?;
        let kept = (old.created_at, old.modified_at);
        let new = checked(old.id, old.organization, Some(&old.slug), draft, kept)?;
        if new == *old {
            return Ok(new);
        }
        if new.slug != old.slug && self.free_dataset_slug(&new.slug, new.id).await? != new.slug {
            return Err(taken(&new.slug));
        }
        let new = Dataset { modified_at: self.at, ..new };
        row(&new)?.into_active_model().reset_all().update(&self.transaction).await?;
        self.note(Action::DatasetChanged, new.id, Some(new.id), &changed_values(old, &new)?).await?;
        Ok(new)
    }

    /// Says that a dataset's resources changed now.
    pub(super) async fn touch_dataset(&self, dataset: Uuid) -> Result<()> {
        dataset::Entity::update_many()
            .col_expr(dataset::Column::ModifiedAt, self.at.as_millisecond().into())
            .filter(dataset::Column::Id.eq(dataset))
            .exec(&self.transaction)
            .await?;
        Ok(())
    }

    async fn free_dataset_slug(&self, wanted: &str, own: Uuid) -> Result<String> {
        let taken: Vec<String> = dataset::Entity::find()
            .select_only()
            .column(dataset::Column::Slug)
            .filter(dataset::Column::Slug.starts_with(super::slug_stem(wanted)))
            .filter(dataset::Column::Id.ne(own))
            .into_tuple()
            .all(&self.transaction)
            .await?;
        Ok(slug::first_free(wanted, &taken))
    }
}

pub(super) async fn find(database: &impl ConnectionTrait, key: &str) -> Result<Option<dataset::Model>> {
    let query = match Uuid::parse_str(key) {
        Ok(id) => dataset::Entity::find_by_id(id),
        Err(_) => dataset::Entity::find().filter(dataset::Column::Slug.eq(key)),
    };
    Ok(query.one(database).await?)
}

pub(super) async fn required(database: &impl ConnectionTrait, key: &str) -> Result<Dataset> {
    find(database, key).await?.ok_or_else(|| Error::not_found("dataset", key))?.try_into()
}

fn checked(
    id: Uuid,
    organization: Uuid,
    slug: Option<&str>,
    draft: DatasetDraft,
    (created_at, modified_at): (jiff::Timestamp, jiff::Timestamp),
) -> Result<Dataset> {
    let title = check::line("title", &draft.title, 300)?;
    let slug = match (draft.slug, slug) {
        (Some(chosen), _) => check::chosen_slug(&chosen)?,
        (None, Some(kept)) => kept.to_owned(),
        (None, None) => slug::slugify(&title),
    };
    Ok(Dataset {
        id,
        slug,
        organization,
        title,
        description: check::prose("description", &draft.description, 100_000)?,
        licence: check::licence_id(&draft.licence)?,
        themes: check::themes(&draft.themes)?,
        keywords: check::keywords(&draft.keywords)?,
        territory: check::territory(draft.territory.as_deref())?,
        frequency: check::frequency_code(&draft.frequency)?,
        years: check::years(&draft.years)?,
        contact_email: check::optional_email("contact", draft.contact_email.as_deref())?,
        source: check::optional_line("source", draft.source.as_deref(), 2_000)?,
        created_at,
        modified_at,
    })
}

fn taken(slug: &str) -> Error {
    Error::Conflict { what: "dataset", key: slug.to_owned(), detail: "this slug is taken: choose another".to_owned() }
}

fn row(dataset: &Dataset) -> Result<dataset::Model> {
    let kept = dataset.clone();
    Ok(dataset::Model {
        id: kept.id,
        slug: kept.slug,
        organization: kept.organization,
        title: kept.title,
        description: kept.description,
        licence: kept.licence,
        themes: column::json(&kept.themes)?,
        keywords: column::json(&kept.keywords)?,
        territory: kept.territory,
        frequency: kept.frequency,
        years: column::json(&kept.years)?,
        contact_email: kept.contact_email,
        source: kept.source,
        created_at: kept.created_at.as_millisecond(),
        modified_at: kept.modified_at.as_millisecond(),
    })
}

impl TryFrom<dataset::Model> for Dataset {
    type Error = Error;

    fn try_from(row: dataset::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            slug: row.slug,
            organization: row.organization,
            title: row.title,
            description: row.description,
            licence: row.licence,
            themes: column::from_json(&row.themes)?,
            keywords: column::from_json(&row.keywords)?,
            territory: row.territory,
            frequency: row.frequency,
            years: column::from_json(&row.years)?,
            contact_email: row.contact_email,
            source: row.source,
            created_at: column::instant(row.created_at)?,
            modified_at: column::instant(row.modified_at)?,
        })
    }
}
