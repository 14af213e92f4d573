//! Ways to sign in beside the password: passkeys, identities of an OpenID provider, and ceremonies under way.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, blob, blob_uniq, integer, string, string_null, text, text_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [passkey(), identity(), ceremony()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn passkey() -> TableCreateStatement {
    Table::create()
        .table("passkey")
        .col(uuid("id").primary_key())
        .col(uuid("account"))
        .col(text("name"))
        .col(blob_uniq("credential"))
        .col(blob("fixed"))
        .col(blob("changing"))
        .col(integer("transports"))
        .col(big_integer("created_at"))
        .col(big_integer_null("last_used_at"))
        .foreign_key(&mut of_account("passkey"))
        .to_owned()
}

fn identity() -> TableCreateStatement {
    Table::create()
        .table("identity")
        .col(uuid("id").primary_key())
        .col(uuid("account"))
        .col(string("issuer"))
        .col(string("subject"))
        .col(text_null("email"))
        .col(string_null("siret"))
        .col(big_integer("created_at"))
        .col(big_integer_null("last_used_at"))
        .foreign_key(&mut of_account("identity"))
        .to_owned()
}

/// Without a foreign key: what is under way is short-lived, and outlives nothing.
fn ceremony() -> TableCreateStatement {
    Table::create()
        .table("ceremony")
        .col(string("key").primary_key())
        .col(string("kind"))
        .col(uuid_null("account"))
        .col(blob("state"))
        .col(big_integer("expires_at"))
        .to_owned()
}

fn of_account(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "account").to("account", "id").on_delete(ForeignKeyAction::Cascade).to_owned()
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
        index("passkey_by_account", "passkey", &["account"]),
        index("identity_by_account", "identity", &["account"]),
        index("identity_by_subject", "identity", &["issuer", "subject"]).unique().to_owned(),
        index("ceremony_by_expiry", "ceremony", &["kind", "expires_at"]),
    ]
}
