//! The schema's history; each migration runs once, the same on SQLite and PostgreSQL.

mod m0001_catalogue;
mod m0002_accounts;
mod m0003_drafts;
mod m0004_sign_in;
mod m0005_addresses;

use std::time::Duration;

use sea_orm::DatabaseConnection;
use sea_orm_migration::prelude::*;

/// Attempts, when several programs open a new catalogue at once.
const ATTEMPTS: u32 = 5;

/// Runs what hasn't run yet. Each migration is one transaction: a program that loses the race to another fails whole,
/// and finds the work done when it looks again.
pub async fn bring_up_to_date(database: &DatabaseConnection) -> Result<(), DbErr> {
    for attempt in 1..ATTEMPTS {
        match Migrator::up(database, None).await {
            Ok(()) => return Ok(()),
            Err(error) => {
                tracing::debug!(%error, attempt, "the catalogue's schema could not be brought up to date yet");
                tokio::time::sleep(Duration::from_millis(100) * attempt).await;
            }
        }
    }
    Migrator::up(database, None).await
}

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_catalogue::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_drafts::Migration),
            Box::new(m0004_sign_in::Migration),
            Box::new(m0005_addresses::Migration),
        ]
    }
}
