//! Address bases of towns: one row a base, one a street with its numbers.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string, string_uniq, text, text_null, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(base()).await?;
        manager.create_table(street()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn base() -> TableCreateStatement {
    Table::create()
        .table("address_base")
        .col(uuid("id").primary_key())
        .col(uuid("organization"))
        .col(string_uniq("commune"))
        .col(text("commune_name"))
        .col(text("settings"))
        .col(text_null("published"))
        .col(big_integer("revision"))
        .col(big_integer("created_at"))
        .col(big_integer("modified_at"))
        .foreign_key(
            ForeignKey::create()
                .from("address_base", "organization")
                .to("organization", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

/// A street is one row with all its numbers: they are read, changed and kept together. What lists show is in columns.
fn street() -> TableCreateStatement {
    Table::create()
        .table("address_street")
        .col(uuid("base"))
        .col(uuid("id"))
        .col(string("kind"))
        .col(text("name"))
        .col(text("code"))
        .col(integer("numbers"))
        .col(integer("certified"))
        .col(text("problems"))
        .col(text("content"))
        .col(big_integer("revision"))
        .primary_key(Index::create().col("base").col("id"))
        .foreign_key(
            ForeignKey::create()
                .from("address_street", "base")
                .to("address_base", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}
