//! The catalogue's records, in SQLite or PostgreSQL by URL. Every change is one transaction that also appends to the
//! history; reads are consistent lists and details.

mod accounts;
mod addresses;
mod ceremonies;
mod change;
pub(crate) mod check;
mod column;
mod connection;
mod datasets;
mod drafts;
pub(crate) mod entity;
mod failures;
mod history;
mod identities;
mod invitations;
mod migration;
mod organizations;
mod passkeys;
mod resources;
pub(crate) mod secret;
mod sessions;
mod tokens;

use sea_orm::DatabaseConnection;
use serde::Serialize;
use serde_json::{Map, Value};

pub use accounts::UserDraft;
pub(crate) use addresses::StreetNext;
pub(crate) use change::Change;
pub use datasets::DatasetDraft;
pub(crate) use drafts::Noted;
pub use history::HistoryFilter;
pub use identities::{OpenIdDeparture, OpenIdSignIn, Recognition};
pub use invitations::{Acceptance, InvitationDraft, Used};
pub use organizations::OrganizationDraft;
pub(crate) use resources::{NewVersion, Provenance};
pub(crate) use secret::hexadecimal;
pub use tokens::{Owned, Owner, TokenDraft};

use crate::account::Actor;
use crate::error::{Error, Result};
use crate::slug;

/// The catalogue's records. Cheap to clone: clones share the connections.
#[derive(Debug, Clone)]
pub struct Records {
    pub(crate) database: DatabaseConnection,
}

impl Records {
    /// Opens `sqlite:///folder/catalog.db` (created when missing) or `postgres://user@host/base`, and brings the
    /// schema up to date.
    ///
    /// # Errors
    /// When the URL has another form, or the database can't be reached or brought up to date.
    pub async fn open(url: &str) -> Result<Self> {
        let database = connection::connect(url).await?;
        migration::bring_up_to_date(&database).await?;
        Ok(Self { database })
    }

    /// Closes the connections; clones can't be used any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(self) -> Result<()> {
        Ok(self.database.close().await?)
    }

    pub(crate) async fn change<'a>(&self, actor: &'a Actor) -> Result<Change<'a>> {
        Change::begin(&self.database, actor).await
    }
}

/// The part of a slug that all slugs numbered after it begin with.
fn slug_stem(slug: &str) -> &str {
    &slug[..slug.len().min(slug::LONGEST - 20)]
}

/// The fields of `new` that are not as in `old`.
fn changed_values<T: Serialize>(old: &T, new: &T) -> Result<Map<String, Value>> {
    let object = |value: &T| match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(other) => Err(Error::Record(format!("{other} is not an object"))),
        Err(error) => Err(Error::Record(error.to_string())),
    };
    let old = object(old)?;
    Ok(object(new)?.into_iter().filter(|(name, value)| old.get(name) != Some(value)).collect())
}
