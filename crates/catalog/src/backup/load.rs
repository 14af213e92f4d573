//! Tables of a backup into an empty catalogue.

use std::collections::BTreeSet;
use std::path::Path;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait, IntoActiveModel, ModelTrait, PaginatorTrait as _,
    QueryFilter as _, TransactionTrait as _,
};
use serde::de::DeserializeOwned;

use super::{Backup, broken};
use crate::error::{AtPath as _, Error, Result};
use crate::model::SnapshotId;
use crate::records::Records;
use crate::records::entity::{
    account, address_base, address_street, counter, dataset, draft, draft_report, draft_snapshot, event, identity,
    invitation, membership, organization, passkey, resource, token, version,
};
use crate::store::hash_file;

/// Rows inserted at a time: well below the number of parameters that both engines take.
const BATCH: usize = 200;

/// Every row of a backup.
pub(super) struct Tables {
    organizations: Vec<organization::Model>,
    datasets: Vec<dataset::Model>,
    resources: Vec<resource::Model>,
    versions: Vec<version::Model>,
    events: Vec<event::Model>,
    accounts: Vec<account::Model>,
    memberships: Vec<membership::Model>,
    tokens: Vec<token::Model>,
    invitations: Vec<invitation::Model>,
    passkeys: Vec<passkey::Model>,
    identities: Vec<identity::Model>,
    drafts: Vec<draft::Model>,
    draft_reports: Vec<draft_report::Model>,
    draft_snapshots: Vec<draft_snapshot::Model>,
    address_bases: Vec<address_base::Model>,
    address_streets: Vec<address_street::Model>,
}

impl Tables {
    /// The snapshots that versions and drafts need.
    pub(super) fn snapshots(&self) -> Result<BTreeSet<SnapshotId>> {
        let versions = self.versions.iter().flat_map(|row| [Some(&row.snapshot), row.derived_from.as_ref()]).flatten();
        let drafts = self.draft_snapshots.iter().map(|row| &row.snapshot);
        let parse = |hash: &String| SnapshotId::parse(hash).ok_or_else(|| broken("snapshot", "not a SHA-256"));
        versions.chain(drafts).map(parse).collect()
    }
}

/// Reads and checks every table.
pub(super) fn read(folder: &Path, backup: &Backup) -> Result<Tables> {
    Ok(Tables {
        organizations: table(folder, backup, "organization")?,
        datasets: table(folder, backup, "dataset")?,
        resources: table(folder, backup, "resource")?,
        versions: table(folder, backup, "version")?,
        events: table(folder, backup, "event")?,
        accounts: table(folder, backup, "account")?,
        memberships: table(folder, backup, "membership")?,
        tokens: table(folder, backup, "token")?,
        invitations: later_table(folder, backup, "invitation")?,
        passkeys: later_table(folder, backup, "passkey")?,
        identities: later_table(folder, backup, "identity")?,
        drafts: later_table(folder, backup, "draft")?,
        draft_reports: later_table(folder, backup, "draft_report")?,
        draft_snapshots: later_table(folder, backup, "draft_snapshot")?,
        address_bases: later_table(folder, backup, "address_base")?,
        address_streets: later_table(folder, backup, "address_street")?,
    })
}

/// A table that backups made by earlier versions don't have.
fn later_table<M: DeserializeOwned>(folder: &Path, backup: &Backup, name: &str) -> Result<Vec<M>> {
    if backup.tables.contains_key(name) { table(folder, backup, name) } else { Ok(Vec::new()) }
}

fn table<M: DeserializeOwned>(folder: &Path, backup: &Backup, name: &str) -> Result<Vec<M>> {
    let file = format!("{name}.ndjson");
    let path = folder.join(&file);
    let expected = backup.tables.get(name).ok_or_else(|| broken(&file, "is not in the list"))?;
    let (sha256, _) = hash_file(&path)?;
    if sha256 != expected.sha256 {
        return Err(broken(&file, "has another hash than the list says"));
    }
    let text = std::fs::read_to_string(&path).at(&path)?;
    let parse = |(number, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| broken(&file, &format!("line {}: {error}", number + 1)))
    };
    text.lines().enumerate().map(parse).collect()
}

/// Only an installation in which nothing ever happened is filled.
pub(super) async fn refuse_filled(records: &Records) -> Result<()> {
    let filled = records.last_event().await? > 0 || organization::Entity::find().count(&records.database).await? > 0;
    if filled {
        let detail = "is not empty: restore into a new one".to_owned();
        return Err(Error::Conflict { what: "catalogue", key: "installation".to_owned(), detail });
    }
    Ok(())
}

/// All tables in one transaction, those that others refer to first.
pub(super) async fn insert(records: &Records, tables: Tables, last_event: i64) -> Result<()> {
    let transaction = records.database.begin().await?;
    let done = counter::Entity::update_many()
        .col_expr(counter::Column::LastEvent, Expr::value(last_event))
        // Somebody may have begun to publish meanwhile.
        .filter(counter::Column::LastEvent.eq(0))
        .exec(&transaction)
        .await?;
    if done.rows_affected != 1 {
        transaction.rollback().await?;
        return refuse_filled(records).await;
    }
    rows::<organization::Entity, _>(&transaction, tables.organizations).await?;
    rows::<dataset::Entity, _>(&transaction, tables.datasets).await?;
    rows::<resource::Entity, _>(&transaction, tables.resources).await?;
    rows::<version::Entity, _>(&transaction, tables.versions).await?;
    rows::<event::Entity, _>(&transaction, tables.events).await?;
    rows::<account::Entity, _>(&transaction, tables.accounts).await?;
    rows::<membership::Entity, _>(&transaction, tables.memberships).await?;
    rows::<token::Entity, _>(&transaction, tables.tokens).await?;
    rows::<invitation::Entity, _>(&transaction, tables.invitations).await?;
    rows::<passkey::Entity, _>(&transaction, tables.passkeys).await?;
    rows::<identity::Entity, _>(&transaction, tables.identities).await?;
    rows::<draft::Entity, _>(&transaction, tables.drafts).await?;
    rows::<draft_report::Entity, _>(&transaction, tables.draft_reports).await?;
    rows::<draft_snapshot::Entity, _>(&transaction, tables.draft_snapshots).await?;
    rows::<address_base::Entity, _>(&transaction, tables.address_bases).await?;
    rows::<address_street::Entity, _>(&transaction, tables.address_streets).await?;
    transaction.commit().await?;
    Ok(())
}

async fn rows<E, M>(transaction: &DatabaseTransaction, rows: Vec<M>) -> Result<()>
where
    E: EntityTrait<Model = M>,
    M: ModelTrait<Entity = E> + IntoActiveModel<E::ActiveModel>,
{
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model).peekable();
    while rows.peek().is_some() {
        let batch: Vec<E::ActiveModel> = rows.by_ref().take(BATCH).collect();
        E::insert_many(batch).exec_without_returning(transaction).await?;
    }
    Ok(())
}
