//! Organisations.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::change::Change;
use super::entity::{dataset, organization};
use super::{Records, changed_values, check, column};
use crate::account::{Actor, Role};
use crate::error::{Error, Result};
use crate::model::{Action, Dataset, Listing, Organization, Page};
use crate::slug;

/// What is said of an organisation when it is created or changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "see Organization")]
pub struct OrganizationDraft {
    /// Made from the name when absent; kept when absent from a change.
    pub slug: Option<String>,
    pub name: String,
    pub description: String,
    pub siret: Option<String>,
    pub homepage: Option<String>,
    pub email: Option<String>,
    pub territory: Option<String>,
}

impl From<&Organization> for OrganizationDraft {
    fn from(organization: &Organization) -> Self {
        let organization = organization.clone();
        Self {
            slug: Some(organization.slug),
            name: organization.name,
            description: organization.description,
            siret: organization.siret,
            homepage: organization.homepage,
            email: organization.email,
            territory: organization.territory,
        }
    }
}

impl Records {
    /// Organisations, by slug.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn organizations(&self, page: Page) -> Result<Listing<Organization>> {
        let query = organization::Entity::find();
        let total = query.clone().count(&self.database).await?;
        let rows = query
            .order_by_asc(organization::Column::Slug)
            .offset(page.offset)
            .limit(page.limit.min(Page::LARGEST))
            .all(&self.database)
            .await?;
        let items = rows.into_iter().map(Organization::try_from).collect::<Result<_>>()?;
        Ok(Listing { items, total })
    }

    /// The organisation with this slug or identifier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn organization(&self, key: &str) -> Result<Option<Organization>> {
        find(&self.database, key).await?.map(Organization::try_from).transpose()
    }

    /// Every organisation, by identifier.
    pub(crate) async fn organizations_by_id(&self) -> Result<HashMap<Uuid, Organization>> {
        let rows = organization::Entity::find().all(&self.database).await?;
        rows.into_iter().map(|row| Ok((row.id, row.try_into()?))).collect()
    }

    /// Creates an organisation.
    ///
    /// # Errors
    /// When a value isn't acceptable, the slug is taken, or the actor isn't an administrator.
    pub async fn create_organization(&self, draft: OrganizationDraft, actor: &Actor) -> Result<Organization> {
        let mut change = self.change(actor).await?;
        change.need_administrator()?;
        let organization = checked(Uuid::now_v7(), change.at, None, draft)?;
        let organization =
            Organization { slug: free_slug(&change, &organization.slug, organization.id).await?, ..organization };
        row(&organization).into_active_model().insert(&change.transaction).await?;
        change.note(Action::OrganizationCreated, organization.id, None, &organization).await?;
        change.commit().await?;
        Ok(organization)
    }

    /// Replaces what is said of an organisation.
    ///
    /// # Errors
    /// When it doesn't exist, a value isn't acceptable, the new slug is taken, or the actor isn't its administrator.
    pub async fn update_organization(
        &self,
        key: &str,
        draft: OrganizationDraft,
        actor: &Actor,
    ) -> Result<Organization> {
        let mut change = self.change(actor).await?;
        let old = required(&change.transaction, key).await?;
        change.need_role(old.id, Role::Administrator)?;
        let new = checked(old.id, old.created_at, Some(&old.slug), draft)?;
        if new == old {
            return Ok(old);
        }
        if new.slug != old.slug && free_slug(&change, &new.slug, new.id).await? != new.slug {
            return Err(taken(&new.slug));
        }
        row(&new).into_active_model().reset_all().update(&change.transaction).await?;
        change.note(Action::OrganizationChanged, new.id, None, &changed_values(&old, &new)?).await?;
        change.commit().await?;
        Ok(new)
    }

    /// Removes an organisation that has no dataset left.
    ///
    /// # Errors
    /// When it doesn't exist, still has datasets, or the actor isn't an administrator.
    pub async fn remove_organization(&self, key: &str, actor: &Actor) -> Result<()> {
        let mut change = self.change(actor).await?;
        change.need_administrator()?;
        let organization = required(&change.transaction, key).await?;
        let datasets = dataset::Entity::find()
            .filter(dataset::Column::Organization.eq(organization.id))
            .count(&change.transaction)
            .await?;
        if datasets > 0 {
            let detail = format!("has {datasets} datasets: remove them first");
            return Err(Error::Conflict { what: "organization", key: organization.slug, detail });
        }
        organization::Entity::delete_by_id(organization.id).exec(&change.transaction).await?;
        let detail = serde_json::json!({ "slug": organization.slug });
        change.note(Action::OrganizationRemoved, organization.id, None, &detail).await?;
        change.commit().await
    }
}

impl Change<'_> {
    /// The organisation that publishes: the one named; else the dataset's; else the only one that the actor may
    /// publish for; else the only one there is.
    pub(crate) async fn publisher(&self, named: Option<&str>, dataset: Option<&Dataset>) -> Result<Organization> {
        let key = match (named, dataset) {
            (Some(key), Some(dataset)) => {
                let organization = required(&self.transaction, key).await?;
                if organization.id != dataset.organization {
                    let detail = format!("belongs to another organisation than {key}");
                    return Err(Error::Conflict { what: "dataset", key: dataset.slug.clone(), detail });
                }
                return Ok(organization);
            }
            (Some(key), None) => Some(key.to_owned()),
            (None, Some(dataset)) => Some(dataset.organization.to_string()),
            (None, None) => self.only_organization().map(|id| id.to_string()),
        };
        match key {
            Some(key) => required(&self.transaction, &key).await,
            None => self.only_one().await,
        }
    }

    async fn only_one(&self) -> Result<Organization> {
        let query = organization::Entity::find().order_by_asc(organization::Column::Slug).limit(20);
        let mut found = query.all(&self.transaction).await?;
        match found.len() {
            0 => Err(Error::NoOrganization),
            1 => found.remove(0).try_into(),
            _ => Err(Error::WhichOrganization { known: found.into_iter().map(|row| row.slug).collect() }),
        }
    }
}

pub(super) async fn find(database: &impl ConnectionTrait, key: &str) -> Result<Option<organization::Model>> {
    let query = match Uuid::parse_str(key) {
        Ok(id) => organization::Entity::find_by_id(id),
        Err(_) => organization::Entity::find().filter(organization::Column::Slug.eq(key)),
    };
    Ok(query.one(database).await?)
}

pub(super) async fn required(database: &impl ConnectionTrait, key: &str) -> Result<Organization> {
    find(database, key).await?.ok_or_else(|| Error::not_found("organization", key))?.try_into()
}

fn checked(
    id: Uuid,
    created_at: jiff::Timestamp,
    slug: Option<&str>,
    draft: OrganizationDraft,
) -> Result<Organization> {
    let name = check::line("name", &draft.name, 300)?;
    let slug = match (draft.slug, slug) {
        (Some(chosen), _) => check::chosen_slug(&chosen)?,
        (None, Some(kept)) => kept.to_owned(),
        (None, None) => slug::slugify(&name),
    };
    Ok(Organization {
        id,
        slug,
        name,
        description: check::prose("description", &draft.description, 50_000)?,
        siret: check::siret(draft.siret.as_deref())?,
        homepage: check::optional_web_address("homepage", draft.homepage.as_deref())?,
        email: check::optional_email("email", draft.email.as_deref())?,
        territory: check::territory(draft.territory.as_deref())?,
        created_at,
    })
}

async fn free_slug(change: &Change<'_>, wanted: &str, own: Uuid) -> Result<String> {
    let taken: Vec<String> = organization::Entity::find()
        .select_only()
        .column(organization::Column::Slug)
        .filter(organization::Column::Slug.starts_with(super::slug_stem(wanted)))
        .filter(organization::Column::Id.ne(own))
        .into_tuple()
        .all(&change.transaction)
        .await?;
    Ok(slug::first_free(wanted, &taken))
}

fn taken(slug: &str) -> Error {
    Error::Conflict {
        what: "organization",
        key: slug.to_owned(),
        detail: "this slug is taken: choose another".to_owned(),
    }
}

fn row(organization: &Organization) -> organization::Model {
    let organization = organization.clone();
    organization::Model {
        id: organization.id,
        slug: organization.slug,
        name: organization.name,
        description: organization.description,
        siret: organization.siret,
        homepage: organization.homepage,
        email: organization.email,
        territory: organization.territory,
        created_at: organization.created_at.as_millisecond(),
    }
}

impl TryFrom<organization::Model> for Organization {
    type Error = Error;

    fn try_from(row: organization::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            description: row.description,
            siret: row.siret,
            homepage: row.homepage,
            email: row.email,
            territory: row.territory,
            created_at: column::instant(row.created_at)?,
        })
    }
}
