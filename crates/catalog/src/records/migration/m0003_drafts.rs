//! Drafts, and what is known of how a version came to be.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string, string_null, text, text_null, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [draft(), report(), snapshot()] {
            manager.create_table(table).await?;
        }
        let by_organization = Index::create()
            .name("draft_by_organization")
            .table("draft")
            .col("organization")
            .col("modified_at")
            .to_owned();
        manager.create_index(by_organization).await?;
        // One at a time: SQLite adds no more than one column by statement.
        for column in
            [text_null("conformity"), string_null("derived_from"), text_null("treatments"), text_null("justifications")]
        {
            manager.alter_table(Table::alter().table("version").add_column(column).to_owned()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn draft() -> TableCreateStatement {
    Table::create()
        .table("draft")
        .col(uuid("id").primary_key())
        .col(uuid("organization"))
        .col(text("author"))
        .col(text("state"))
        .col(text("sources"))
        .col(text("choices"))
        .col(big_integer("revision"))
        .col(big_integer("created_at"))
        .col(big_integer("modified_at"))
        .foreign_key(&mut reference("draft", "organization", "organization"))
        .to_owned()
}

fn report() -> TableCreateStatement {
    Table::create()
        .table("draft_report")
        .col(uuid("draft").primary_key())
        .col(string("subject"))
        .col(text("report"))
        .col(big_integer("made_at"))
        .foreign_key(&mut reference("draft_report", "draft", "draft"))
        .to_owned()
}

fn snapshot() -> TableCreateStatement {
    Table::create()
        .table("draft_snapshot")
        .col(uuid("draft"))
        .col(string("snapshot"))
        .primary_key(Index::create().col("draft").col("snapshot"))
        .foreign_key(&mut reference("draft_snapshot", "draft", "draft"))
        .to_owned()
}

fn reference(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, column).to(to, "id").on_delete(ForeignKeyAction::Cascade).to_owned()
}
