//! Organisations, datasets, resources, versions, history, users, tokens.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer, integer_null, string, string_null, text, text_null, uuid,
    uuid_null,
};
use sea_orm_migration::sea_orm::DatabaseBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables(manager.get_database_backend()) {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        let counter = Query::insert()
            .into_table("counter")
            .columns(["id", "last_event"])
            .values_panic([1.into(), 0.into()])
            .to_owned();
        manager.execute(counter).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn tables(backend: DatabaseBackend) -> Vec<TableCreateStatement> {
    vec![
        organization(backend),
        dataset(backend),
        resource(),
        version(),
        event(),
        account(),
        membership(),
        token(),
        Table::create().table("counter").col(integer("id").primary_key()).col(big_integer("last_event")).to_owned(),
    ]
}

/// Slugs are ordered byte by byte on both engines.
fn slug(backend: DatabaseBackend) -> ColumnDef {
    let mut column = string("slug");
    column.unique_key();
    if backend == DatabaseBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

fn organization(backend: DatabaseBackend) -> TableCreateStatement {
    Table::create()
        .table("organization")
        .col(uuid("id").primary_key())
        .col(slug(backend))
        .col(text("name"))
        .col(text("description"))
        .col(string_null("siret"))
        .col(text_null("homepage"))
        .col(text_null("email"))
        .col(string_null("territory"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn dataset(backend: DatabaseBackend) -> TableCreateStatement {
    Table::create()
        .table("dataset")
        .col(uuid("id").primary_key())
        .col(slug(backend))
        .col(uuid("organization"))
        .col(text("title"))
        .col(text("description"))
        .col(string("licence"))
        .col(text("themes"))
        .col(text("keywords"))
        .col(string_null("territory"))
        .col(string("frequency"))
        .col(text("years"))
        .col(text_null("contact_email"))
        .col(text_null("source"))
        .col(big_integer("created_at"))
        .col(big_integer("modified_at"))
        .foreign_key(reference("dataset", "organization", "organization").on_delete(ForeignKeyAction::Restrict))
        .to_owned()
}

fn resource() -> TableCreateStatement {
    Table::create()
        .table("resource")
        .col(uuid("id").primary_key())
        .col(uuid("dataset"))
        .col(text("title"))
        .col(integer("position"))
        .col(integer("version"))
        .col(big_integer("created_at"))
        .col(big_integer("modified_at"))
        .foreign_key(reference("resource", "dataset", "dataset").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

fn version() -> TableCreateStatement {
    Table::create()
        .table("version")
        .col(uuid("resource"))
        .col(integer("number"))
        .col(string("snapshot"))
        .col(integer_null("table_index"))
        .col(text("file_name"))
        .col(big_integer("file_size"))
        .col(string("format"))
        .col(string("media_type"))
        .col(big_integer_null("row_count"))
        .col(integer_null("column_count"))
        .col(text("column_names"))
        .col(boolean("located"))
        .col(text_null("origin"))
        .col(big_integer("published_at"))
        .primary_key(Index::create().col("resource").col("number"))
        .foreign_key(reference("version", "resource", "resource").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

/// Subjects are not foreign keys: history outlives what it tells of.
fn event() -> TableCreateStatement {
    Table::create()
        .table("event")
        .col(big_integer("id").primary_key())
        .col(big_integer("at"))
        .col(text("actor"))
        .col(string("action"))
        .col(uuid("subject"))
        .col(uuid_null("dataset"))
        .col(text("detail"))
        .to_owned()
}

fn account() -> TableCreateStatement {
    Table::create()
        .table("account")
        .col(uuid("id").primary_key())
        .col(string("email").unique_key())
        .col(text("name"))
        .col(text_null("password_hash"))
        .col(boolean("superuser"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn membership() -> TableCreateStatement {
    Table::create()
        .table("membership")
        .col(uuid("account"))
        .col(uuid("organization"))
        .col(string("role"))
        .primary_key(Index::create().col("account").col("organization"))
        .foreign_key(reference("membership", "account", "account").on_delete(ForeignKeyAction::Cascade))
        .foreign_key(reference("membership", "organization", "organization").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

fn token() -> TableCreateStatement {
    Table::create()
        .table("token")
        .col(uuid("id").primary_key())
        .col(text("name"))
        .col(string("secret_hash").unique_key())
        .col(uuid_null("organization"))
        .col(big_integer("created_at"))
        .col(big_integer_null("expires_at"))
        .col(big_integer_null("revoked_at"))
        .col(big_integer_null("last_used_at"))
        .foreign_key(reference("token", "organization", "organization").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

fn reference(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, column).to(to, "id").to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name: &'static str, table: &'static str, columns: &[&'static str]| {
        let mut statement = Index::create().name(name).table(table).to_owned();
        for column in columns {
            statement.col(*column);
        }
        statement
    };
    vec![
        index("dataset_by_organization", "dataset", &["organization"]),
        index("dataset_by_change", "dataset", &["modified_at", "id"]),
        index("resource_by_dataset", "resource", &["dataset", "position"]),
        index("version_by_snapshot", "version", &["snapshot"]),
        index("event_by_dataset", "event", &["dataset", "id"]),
        index("event_by_subject", "event", &["subject", "id"]),
    ]
}
