//! The catalogue at one moment, table by table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sea_orm::{
    DatabaseBackend, DatabaseTransaction, EntityTrait, IsolationLevel, Iterable as _, ModelTrait,
    PrimaryKeyToColumn as _, QueryOrder as _, QuerySelect as _, TransactionTrait as _,
};
use serde::Serialize;

use super::BackupTable;
use crate::error::{AtPath as _, Error, Result};
use crate::model::SnapshotId;
use crate::records::Records;
use crate::records::entity::{
    account, address_base, address_street, counter, dataset, draft, draft_report, draft_snapshot, event, identity,
    invitation, membership, organization, passkey, resource, token, version,
};
use crate::spool::Spool;

/// Rows read at a time.
const PAGE: u64 = 1_000;

pub(super) struct Dump {
    pub tables: BTreeMap<String, BackupTable>,
    pub snapshots: BTreeSet<SnapshotId>,
    pub last_event: i64,
}

/// Writes every table from one transaction that sees one moment.
pub(super) async fn catalogue(records: &Records, folder: &Path) -> Result<Dump> {
    std::fs::create_dir_all(folder).at(folder)?;
    // SQLite's transactions see one moment anyway.
    let isolation = (records.database.get_database_backend() == DatabaseBackend::Postgres)
        .then_some(IsolationLevel::RepeatableRead);
    let transaction = records.database.begin_with_config(isolation, None).await?;
    let mut tables = BTreeMap::new();
    let mut snapshots = BTreeSet::new();
    table::<organization::Entity>(&transaction, folder, "organization", &mut tables, |_| Ok(())).await?;
    table::<dataset::Entity>(&transaction, folder, "dataset", &mut tables, |_| Ok(())).await?;
    table::<resource::Entity>(&transaction, folder, "resource", &mut tables, |_| Ok(())).await?;
    table::<version::Entity>(&transaction, folder, "version", &mut tables, |row: &version::Model| {
        for hash in [Some(&row.snapshot), row.derived_from.as_ref()].into_iter().flatten() {
            snapshots.insert(snapshot_id(hash)?);
        }
        Ok(())
    })
    .await?;
    table::<event::Entity>(&transaction, folder, "event", &mut tables, |_| Ok(())).await?;
    table::<account::Entity>(&transaction, folder, "account", &mut tables, |_| Ok(())).await?;
    table::<membership::Entity>(&transaction, folder, "membership", &mut tables, |_| Ok(())).await?;
    table::<token::Entity>(&transaction, folder, "token", &mut tables, |_| Ok(())).await?;
    table::<invitation::Entity>(&transaction, folder, "invitation", &mut tables, |_| Ok(())).await?;
    table::<passkey::Entity>(&transaction, folder, "passkey", &mut tables, |_| Ok(())).await?;
    table::<identity::Entity>(&transaction, folder, "identity", &mut tables, |_| Ok(())).await?;
    table::<draft::Entity>(&transaction, folder, "draft", &mut tables, |_| Ok(())).await?;
    table::<draft_report::Entity>(&transaction, folder, "draft_report", &mut tables, |_| Ok(())).await?;
    table::<draft_snapshot::Entity>(
        &transaction,
        folder,
        "draft_snapshot",
        &mut tables,
        |row: &draft_snapshot::Model| {
            snapshots.insert(snapshot_id(&row.snapshot)?);
            Ok(())
        },
    )
    .await?;
    table::<address_base::Entity>(&transaction, folder, "address_base", &mut tables, |_| Ok(())).await?;
    table::<address_street::Entity>(&transaction, folder, "address_street", &mut tables, |_| Ok(())).await?;
    let counter = counter::Entity::find().one(&transaction).await?;
    transaction.rollback().await?;
    Ok(Dump { tables, snapshots, last_event: counter.map_or(0, |row| row.last_event) })
}

fn snapshot_id(hash: &str) -> Result<SnapshotId> {
    SnapshotId::parse(hash).ok_or_else(|| Error::Record(format!("{hash:?} is not a SHA-256")))
}

async fn table<E>(
    transaction: &DatabaseTransaction,
    folder: &Path,
    name: &str,
    tables: &mut BTreeMap<String, BackupTable>,
    mut see: impl FnMut(&E::Model) -> Result<()>,
) -> Result<()>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E> + Serialize,
{
    let path = folder.join(format!("{name}.ndjson"));
    let mut spool = Spool::create(&path).at(&path)?;
    let mut rows = 0;
    loop {
        let mut query = E::find();
        for key in E::PrimaryKey::iter() {
            query = query.order_by_asc(key.into_column());
        }
        let page = query.offset(rows).limit(PAGE).all(transaction).await?;
        if page.is_empty() {
            break;
        }
        rows += page.len() as u64;
        for row in &page {
            see(row)?;
            let mut line = serde_json::to_vec(row).map_err(|error| Error::Record(error.to_string()))?;
            line.push(b'\n');
            spool.write(&line).at(&path)?;
        }
    }
    let (sha256, _) = spool.finish().at(&path)?;
    tables.insert(name.to_owned(), BackupTable { rows, sha256 });
    Ok(())
}
