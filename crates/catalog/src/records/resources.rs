//! Resources and their versions.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::change::Change;
use super::entity::{resource, version};
use super::{Records, check, column, datasets, organizations};
use crate::account::{Actor, Role};
use crate::check::Done;
use crate::error::{Error, Result};
use crate::model::{Action, Conformity, Dataset, Justified, Resource, ResourceDetail, SnapshotId, Version};

/// A version to be appended; its number and instant are given by the catalogue.
#[derive(Debug, Clone)]
pub(crate) struct NewVersion {
    pub snapshot: SnapshotId,
    pub table: Option<u32>,
    pub file_name: String,
    pub file_size: i64,
    pub format: String,
    pub media_type: String,
    pub rows: Option<i64>,
    pub column_names: Vec<String>,
    pub located: bool,
    pub origin: Option<String>,
    pub provenance: Provenance,
}

/// How a version came to be.
#[derive(Debug, Clone, Default)]
pub(crate) struct Provenance {
    pub schema: Option<Conformity>,
    pub derived_from: Option<SnapshotId>,
    pub treatments: Vec<Done>,
    pub justifications: Vec<Justified>,
}

/// A version and the names of its columns, which the search index wants.
pub(crate) struct IndexedVersion {
    pub version: Version,
    pub column_names: Vec<String>,
}

impl Records {
    /// A resource with its current version and what it belongs to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resource_detail(&self, id: Uuid) -> Result<Option<ResourceDetail>> {
        let Some(row) = resource::Entity::find_by_id(id).one(&self.database).await? else { return Ok(None) };
        let resource = Resource::try_from(row)?;
        let version = self.version(id, resource.version).await?;
        let version =
            version.ok_or_else(|| Error::Record(format!("resource {id} lacks its version {}", resource.version)))?;
        let dataset = datasets::required(&self.database, &resource.dataset.to_string()).await?;
        let organization = organizations::required(&self.database, &dataset.organization.to_string()).await?;
        Ok(Some(ResourceDetail { dataset, organization, resource, version }))
    }

    /// Resources of datasets with their current versions, by dataset and position.
    pub(crate) async fn current_versions(&self, datasets: &[Uuid]) -> Result<Vec<(Resource, IndexedVersion)>> {
        current(&self.database, datasets).await
    }

    /// Every version of a resource, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn versions(&self, resource: Uuid) -> Result<Vec<Version>> {
        let query = version::Entity::find()
            .filter(version::Column::Resource.eq(resource))
            .order_by_desc(version::Column::Number);
        query.all(&self.database).await?.into_iter().map(Version::try_from).collect()
    }

    /// One version of a resource.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn version(&self, resource: Uuid, number: i32) -> Result<Option<Version>> {
        let row = version::Entity::find_by_id((resource, number)).one(&self.database).await?;
        row.map(Version::try_from).transpose()
    }

    /// Versions whose content is a table of this snapshot, the newest first; at most 100. Serves a source file under
    /// the name and type it was published with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn versions_of_snapshot(&self, snapshot: &SnapshotId) -> Result<Vec<Version>> {
        let query = version::Entity::find()
            .filter(version::Column::Snapshot.eq(snapshot.as_str()))
            .order_by_desc(version::Column::PublishedAt)
            .limit(100);
        query.all(&self.database).await?.into_iter().map(Version::try_from).collect()
    }

    /// Every snapshot that is needed: the content of a version, the file that it was made from, a file of a draft.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn snapshots(&self) -> Result<HashSet<SnapshotId>> {
        let needed: Vec<(String, Option<String>)> = version::Entity::find()
            .select_only()
            .column(version::Column::Snapshot)
            .column(version::Column::DerivedFrom)
            .distinct()
            .into_tuple()
            .all(&self.database)
            .await?;
        let hashes = needed.into_iter().flat_map(|(content, origin)| [Some(content), origin]).flatten();
        let mut snapshots: HashSet<SnapshotId> = hashes.map(|hash| snapshot_id(&hash)).collect::<Result<_>>()?;
        snapshots.extend(self.snapshots_of_drafts().await?);
        Ok(snapshots)
    }

    /// Renames a resource.
    ///
    /// # Errors
    /// When it doesn't exist, the title isn't acceptable, or the actor may not.
    pub async fn rename_resource(&self, id: Uuid, title: &str, actor: &Actor) -> Result<Resource> {
        let mut change = self.change(actor).await?;
        let (old, dataset) = change.owned_resource(id).await?;
        let title = check::line("title", title, 300)?;
        let new = Resource { title, modified_at: change.at, ..old };
        row(&new).into_active_model().reset_all().update(&change.transaction).await?;
        change.touch_dataset(dataset.id).await?;
        let detail = serde_json::json!({ "title": new.title });
        change.note(Action::ResourceChanged, id, Some(dataset.id), &detail).await?;
        change.commit().await?;
        Ok(new)
    }

    /// Removes a resource with its versions.
    ///
    /// # Errors
    /// When it doesn't exist or the actor may not.
    pub async fn remove_resource(&self, id: Uuid, actor: &Actor) -> Result<()> {
        let mut change = self.change(actor).await?;
        let (resource, dataset) = change.owned_resource(id).await?;
        resource::Entity::delete_by_id(id).exec(&change.transaction).await?;
        change.touch_dataset(dataset.id).await?;
        let detail = serde_json::json!({ "title": resource.title });
        change.note(Action::ResourceRemoved, id, Some(dataset.id), &detail).await?;
        change.commit().await
    }
}

impl Change<'_> {
    async fn owned_resource(&self, id: Uuid) -> Result<(Resource, Dataset)> {
        let row = resource::Entity::find_by_id(id).one(&self.transaction).await?;
        let resource: Resource = row.ok_or_else(|| Error::not_found("resource", id))?.try_into()?;
        let dataset = datasets::required(&self.transaction, &resource.dataset.to_string()).await?;
        self.need_role(dataset.organization, Role::Publisher)?;
        Ok((resource, dataset))
    }

    /// A dataset's resources with their current versions, in their order.
    pub(crate) async fn resources(&self, dataset: Uuid) -> Result<Vec<(Resource, Version)>> {
        let current = current(&self.transaction, &[dataset]).await?;
        Ok(current.into_iter().map(|(resource, indexed)| (resource, indexed.version)).collect())
    }

    /// A new resource with its first version.
    pub(crate) async fn create_resource(
        &mut self,
        dataset: Uuid,
        title: &str,
        first: NewVersion,
    ) -> Result<(Resource, Version)> {
        let position =
            resource::Entity::find().filter(resource::Column::Dataset.eq(dataset)).count(&self.transaction).await?;
        let resource = Resource {
            id: Uuid::now_v7(),
            dataset,
            title: check::line("title", title, 300)?,
            position: i32::try_from(position).unwrap_or(i32::MAX),
            version: 1,
            created_at: self.at,
            modified_at: self.at,
        };
        row(&resource).into_active_model().insert(&self.transaction).await?;
        self.note(Action::ResourceCreated, resource.id, Some(dataset), &resource).await?;
        let version = self.append_version(&resource, 1, first).await?;
        Ok((resource, version))
    }

    /// A further version of a resource.
    pub(crate) async fn publish_version(&mut self, old: &Resource, next: NewVersion) -> Result<(Resource, Version)> {
        let resource = Resource { version: old.version + 1, modified_at: self.at, ..old.clone() };
        row(&resource).into_active_model().reset_all().update(&self.transaction).await?;
        let version = self.append_version(&resource, resource.version, next).await?;
        Ok((resource, version))
    }

    async fn append_version(&mut self, resource: &Resource, number: i32, new: NewVersion) -> Result<Version> {
        let (version, column_names) = numbered(resource.id, number, self.at, new);
        version_row(&version, &column_names)?.into_active_model().insert(&self.transaction).await?;
        self.touch_dataset(resource.dataset).await?;
        // Who answers for personal data is a fact of its own, which isn't told to everybody.
        let public = Version { justifications: Vec::new(), ..version.clone() };
        self.note(Action::VersionPublished, resource.id, Some(resource.dataset), &public).await?;
        for justified in &version.justifications {
            self.note(Action::PersonalDataJustified, resource.id, Some(resource.dataset), justified).await?;
        }
        Ok(version)
    }
}

fn numbered(resource: Uuid, number: i32, published_at: jiff::Timestamp, new: NewVersion) -> (Version, Vec<String>) {
    let columns = new.table.and(i32::try_from(new.column_names.len()).ok());
    let version = Version {
        resource,
        number,
        snapshot: new.snapshot,
        table: new.table,
        file_name: new.file_name,
        file_size: new.file_size,
        format: new.format,
        media_type: new.media_type,
        rows: new.rows,
        columns,
        located: new.located,
        origin: new.origin,
        published_at,
        schema: new.provenance.schema,
        derived_from: new.provenance.derived_from,
        treatments: new.provenance.treatments,
        justifications: new.provenance.justifications,
    };
    (version, new.column_names)
}

/// Resources of some datasets with their current versions, by dataset and position.
pub(crate) async fn current(
    database: &impl ConnectionTrait,
    datasets: &[Uuid],
) -> Result<Vec<(Resource, IndexedVersion)>> {
    let mut pairs = Vec::new();
    // Below the number of parameters that both engines take.
    for datasets in datasets.chunks(500) {
        let resources = resource::Entity::find()
            .filter(resource::Column::Dataset.is_in(datasets.iter().copied()))
            .order_by_asc(resource::Column::Dataset)
            .order_by_asc(resource::Column::Position)
            .order_by_asc(resource::Column::Id)
            .all(database)
            .await?;
        let mut versions = current_versions(database, &resources).await?;
        for row in resources {
            let missing = || Error::Record(format!("resource {} lacks its version {}", row.id, row.version));
            let version = versions.remove(&row.id).ok_or_else(missing)?;
            pairs.push((row.try_into()?, version));
        }
    }
    Ok(pairs)
}

async fn current_versions(
    database: &impl ConnectionTrait,
    resources: &[resource::Model],
) -> Result<HashMap<Uuid, IndexedVersion>> {
    let mut found = HashMap::new();
    for resources in resources.chunks(500) {
        let numbers: HashMap<Uuid, i32> = resources.iter().map(|r| (r.id, r.version)).collect();
        let rows = version::Entity::find()
            .filter(version::Column::Resource.is_in(numbers.keys().copied()))
            .filter(version::Column::Number.is_in(numbers.values().copied().collect::<HashSet<_>>()))
            .all(database)
            .await?;
        for row in rows.into_iter().filter(|row| numbers.get(&row.resource) == Some(&row.number)) {
            let column_names = column::from_json(&row.column_names)?;
            found.insert(row.resource, IndexedVersion { version: row.try_into()?, column_names });
        }
    }
    Ok(found)
}

pub(super) fn snapshot_id(hash: &str) -> Result<SnapshotId> {
    SnapshotId::parse(hash).ok_or_else(|| Error::Record(format!("{hash:?} is not a SHA-256")))
}

fn row(resource: &Resource) -> resource::Model {
    resource::Model {
        id: resource.id,
        dataset: resource.dataset,
        title: resource.title.clone(),
        position: resource.position,
        version: resource.version,
        created_at: resource.created_at.as_millisecond(),
        modified_at: resource.modified_at.as_millisecond(),
    }
}

fn version_row(version: &Version, column_names: &[String]) -> Result<version::Model> {
    let kept = version.clone();
    Ok(version::Model {
        resource: kept.resource,
        number: kept.number,
        snapshot: kept.snapshot.as_str().to_owned(),
        table_index: kept.table.map(i32::try_from).transpose().map_err(|e| Error::Record(e.to_string()))?,
        file_name: kept.file_name,
        file_size: kept.file_size,
        format: kept.format,
        media_type: kept.media_type,
        row_count: kept.rows,
        column_count: kept.columns,
        column_names: column::json(&column_names)?,
        located: kept.located,
        origin: kept.origin,
        published_at: kept.published_at.as_millisecond(),
        conformity: kept.schema.as_ref().map(column::json).transpose()?,
        derived_from: kept.derived_from.map(|id| id.as_str().to_owned()),
        treatments: some_json(&kept.treatments)?,
        justifications: some_json(&kept.justifications)?,
    })
}

impl TryFrom<resource::Model> for Resource {
    type Error = Error;

    fn try_from(row: resource::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            dataset: row.dataset,
            title: row.title,
            position: row.position,
            version: row.version,
            created_at: column::instant(row.created_at)?,
            modified_at: column::instant(row.modified_at)?,
        })
    }
}

impl TryFrom<version::Model> for Version {
    type Error = Error;

    fn try_from(row: version::Model) -> Result<Self> {
        Ok(Self {
            resource: row.resource,
            number: row.number,
            snapshot: snapshot_id(&row.snapshot)?,
            table: row.table_index.map(u32::try_from).transpose().map_err(|e| Error::Record(e.to_string()))?,
            file_name: row.file_name,
            file_size: row.file_size,
            format: row.format,
            media_type: row.media_type,
            rows: row.row_count,
            columns: row.column_count,
            located: row.located,
            origin: row.origin,
            published_at: column::instant(row.published_at)?,
            schema: row.conformity.as_deref().map(column::from_json).transpose()?,
            derived_from: row.derived_from.as_deref().map(snapshot_id).transpose()?,
            treatments: row.treatments.as_deref().map(column::from_json).transpose()?.unwrap_or_default(),
            justifications: row.justifications.as_deref().map(column::from_json).transpose()?.unwrap_or_default(),
        })
    }
}

/// A list as JSON, nothing when it is empty.
fn some_json<T: serde::Serialize>(list: &[T]) -> Result<Option<String>> {
    if list.is_empty() { Ok(None) } else { column::json(&list).map(Some) }
}
