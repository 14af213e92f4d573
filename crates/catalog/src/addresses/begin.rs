//! Beginning a base: from nothing, from a file, or from what the address index knows.

use std::path::PathBuf;

use serde_json::json;
use uuid::Uuid;

use super::bal::{self, Counted};
use super::places::{self, Gathering};
use super::{Base, Fault, Ground, Settings, Street, day_of};
use crate::account::{Actor, Role};
use crate::error::{Error, Result};
use crate::platform::Platform;

/// What a base is begun with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseDraft {
    /// Who keeps it: slug or identifier.
    pub organization: String,
    /// INSEE code of the commune.
    pub commune: String,
    /// What its first addresses are.
    pub from: From,
}

/// Where the first addresses of a base come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// Nowhere: streets are typed in.
    Nothing,
    /// A file: an address base in the exchange format, or one of the national base's files.
    File(PathBuf),
    /// What the address index knows of the commune.
    Index,
}

/// A base that was begun.
#[derive(Debug, Clone, PartialEq)]
pub struct Begun {
    /// The base.
    pub base: Base,
    /// Streets and lieux-dits that it begins with.
    pub streets: usize,
    /// Numbers that it begins with.
    pub numbers: usize,
    /// What became of the rows of the file.
    pub counted: Counted,
}

/// The first addresses.
struct First {
    streets: Vec<Street>,
    ban_commune: Option<Uuid>,
    counted: Counted,
}

impl Platform {
    /// Begins the base of a commune.
    ///
    /// # Errors
    /// `Forbidden` unless the actor is a contributor of the organisation; a [`Fault`] when the commune isn't one of its
    /// territory, has a base already, or nothing is found of it.
    pub async fn begin_addresses(&self, draft: BaseDraft, actor: &Actor) -> Result<Begun> {
        let key = draft.organization.as_str();
        let organization =
            self.records.organization(key).await?.ok_or_else(|| Error::not_found("organization", key))?;
        if !actor.has_role(organization.id, Role::Contributor) {
            let needed = Role::Contributor.as_str();
            return Err(Error::Forbidden { actor: actor.name().to_owned(), needed });
        }
        let ground = Ground::of(&draft.commune)?;
        if organization.territory.as_deref().is_some_and(|territory| !ground.is_in(territory)) {
            return Err(Fault::Territory { commune: ground.code }.into());
        }
        if self.records.address_base(&ground.code).await?.is_some() {
            return Err(Fault::Exists { commune: ground.code }.into());
        }
        let first = self.first_addresses(draft.from, &ground).await?;
        let settings = Settings { source: organization.name.clone(), ban_commune: first.ban_commune };
        let streets = without_own_source(first.streets, &settings.source);
        let numbers = streets.iter().map(|street| street.numbers.len()).sum();
        let detail = json!({
            "commune": ground.code, "organization": organization.id, "streets": streets.len(), "numbers": numbers,
        });
        let now = jiff::Timestamp::UNIX_EPOCH;
        // The record gives the identifier and the instants.
        let base = Base {
            id: Uuid::nil(),
            organization: organization.id,
            commune: ground.code.clone(),
            commune_name: ground.name.clone(),
            settings,
            revision: 1,
            published: None,
            created_at: now,
            modified_at: now,
        };
        let base = self.records.insert_address_base(base, &streets, &ground, detail, actor).await?;
        Ok(Begun { base, streets: streets.len(), numbers, counted: first.counted })
    }

    async fn first_addresses(&self, from: From, ground: &Ground) -> Result<First> {
        let on = day_of(jiff::Timestamp::now());
        let only = |streets| First { streets, ban_commune: None, counted: Counted::default() };
        match from {
            From::Nothing => Ok(only(Vec::new())),
            From::File(path) => {
                let ground = ground.clone();
                let _turn = self.publishing.acquire().await.map_err(|error| Error::Record(error.to_string()))?;
                tokio::task::spawn_blocking(move || of_file(&path, &ground, on)).await?
            }
            From::Index => {
                let unknown = || Fault::Unknown { commune: ground.code.clone() };
                let index = self.geocoder.current().ok_or_else(unknown)?;
                let ground = ground.clone();
                let streets = tokio::task::spawn_blocking(move || places::of_index(&index, &ground, on)).await??;
                Ok(only(streets))
            }
        }
    }
}

fn of_file(path: &std::path::Path, ground: &Ground, on: jiff::civil::Date) -> Result<First> {
    if let Some(reading) = bal::of_file(path, &ground.code, &ground.parts, on)? {
        let bal::Reading { streets, ban_commune, counted } = reading;
        return Ok(First { streets, ban_commune, counted });
    }
    // The path is of this machine: it is nobody's business.
    let fault = |error: geocoder::source::SourceError| match error {
        geocoder::source::SourceError::Unreadable { reason, .. } => Fault::File { detail: reason },
        other => Fault::File { detail: other.to_string() },
    };
    let source = geocoder::source::open(path, &geocoder::source::Options::default()).map_err(fault)?;
    let mut gathering = Gathering::new(ground, on);
    let mut counted = Counted::default();
    for place in source {
        counted.rows += 1;
        match place {
            Ok(place) if gathering.add(&place)? => {}
            Ok(_) => counted.elsewhere += 1,
            Err(fault) => counted.unreadable(fault.line),
        }
    }
    Ok(First { streets: gathering.finish()?, ban_commune: None, counted })
}

/// A source that is the base's keeper need not be said in each row.
fn without_own_source(mut streets: Vec<Street>, keeper: &str) -> Vec<Street> {
    let other = |source: Option<String>| source.filter(|source| source != keeper);
    for street in &mut streets {
        street.source = other(street.source.take());
        for number in &mut street.numbers {
            number.source = other(number.source.take());
        }
    }
    streets
}
