//! The schema's history; each migration runs once, the same on SQLite and PostgreSQL.

mod m0001_catalogue;

use sea_orm_migration::prelude::*;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_catalogue::Migration)]
    }
}
