//! Sessions, one-time links, failures to sign in; scopes and owners of tokens.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, string, string_null, text, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [session(), invitation(), sign_in_failure()] {
            manager.create_table(table).await?;
        }
        for (name, table, column) in [
            ("session_by_account", "session", "account"),
            ("invitation_by_organization", "invitation", "organization"),
            ("sign_in_failure_by_time", "sign_in_failure", "last_at"),
        ] {
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        // One column a statement: SQLite takes no more.
        let mut scope = string("scope");
        scope.default("publish");
        manager.alter_table(Table::alter().table("token").add_column(scope).to_owned()).await?;
        let mut account = uuid_null("account");
        account.extra("REFERENCES account (id) ON DELETE CASCADE");
        manager.alter_table(Table::alter().table("token").add_column(account).to_owned()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(uuid("id").primary_key())
        .col(uuid("account"))
        .col(string("secret_hash").unique_key())
        .col(string("means"))
        .col(text("device"))
        .col(text("address"))
        .col(big_integer("created_at"))
        .col(big_integer("last_used_at"))
        .foreign_key(&mut reference("session", "account", "account"))
        .to_owned()
}

fn invitation() -> TableCreateStatement {
    Table::create()
        .table("invitation")
        .col(uuid("id").primary_key())
        .col(string("secret_hash").unique_key())
        .col(string("purpose"))
        .col(text("email"))
        .col(uuid_null("organization"))
        .col(string_null("role"))
        .col(uuid_null("account"))
        .col(text("invited_by"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .col(big_integer_null("revoked_at"))
        .foreign_key(&mut reference("invitation", "organization", "organization"))
        .foreign_key(&mut reference("invitation", "account", "account"))
        .to_owned()
}

/// Not tied to accounts: an address without an account fails the same way.
fn sign_in_failure() -> TableCreateStatement {
    Table::create()
        .table("sign_in_failure")
        .col(string("subject").primary_key())
        .col(integer("failures"))
        .col(big_integer("last_at"))
        .to_owned()
}

fn reference(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, column).to(to, "id").on_delete(ForeignKeyAction::Cascade).to_owned()
}
