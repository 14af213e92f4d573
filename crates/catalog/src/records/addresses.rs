//! Address bases of towns: a base, and one row a street with all its numbers.

use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::change::Change;
use super::entity::{address_base, address_street};
use super::{Noted, Records, column};
use crate::account::{Actor, Role};
use crate::addresses::{Base, Fault, Ground, Publication, Street, StreetKind, StreetLine, code, problem};
use crate::error::{Error, Result};
use crate::model::Action;

/// Rows inserted at a time: well below the number of parameters that both engines take.
const BATCH: usize = 200;

/// Identifier, kind, name, code, numbers, certified numbers, problems, revision.
type LineRow = (Uuid, String, String, String, i32, i32, String, i64);

/// What becomes of a street by a change.
pub(crate) struct StreetNext {
    /// The street after it; removed without.
    pub street: Option<Street>,
    /// What history tells.
    pub noted: Noted,
}

impl Records {
    /// The base of a commune.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn address_base(&self, commune: &str) -> Result<Option<Base>> {
        let query = address_base::Entity::find().filter(address_base::Column::Commune.eq(commune));
        query.one(&self.database).await?.map(Base::try_from).transpose()
    }

    /// The bases of the organisations that the actor is a member of, by name of commune.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn address_bases(&self, actor: &Actor) -> Result<Vec<Base>> {
        let query = address_base::Entity::find().order_by_asc(address_base::Column::CommuneName);
        let bases = query.all(&self.database).await?.into_iter().map(Base::try_from);
        let readable = |base: &Base| actor.has_role(base.organization, Role::Reader);
        bases.filter(|base| base.as_ref().map_or(true, readable)).collect()
    }

    /// The bases that were published.
    pub(crate) async fn published_address_bases(&self) -> Result<Vec<Base>> {
        let query = address_base::Entity::find().filter(address_base::Column::Published.is_not_null());
        query.all(&self.database).await?.into_iter().map(Base::try_from).collect()
    }

    /// What a list shows of every street of a base.
    pub(crate) async fn street_lines(&self, base: Uuid) -> Result<Vec<StreetLine>> {
        let rows: Vec<LineRow> = address_street::Entity::find()
            .select_only()
            .columns([
                address_street::Column::Id,
                address_street::Column::Kind,
                address_street::Column::Name,
                address_street::Column::Code,
                address_street::Column::Numbers,
                address_street::Column::Certified,
                address_street::Column::Problems,
                address_street::Column::Revision,
            ])
            .filter(address_street::Column::Base.eq(base))
            .into_tuple()
            .all(&self.database)
            .await?;
        let line =
            |(id, kind, name, code, numbers, certified, problems, revision): (_, String, _, _, i32, i32, String, _)| {
                Ok(StreetLine {
                    id,
                    kind: StreetKind::parse(&kind)
                        .ok_or_else(|| Error::Record(format!("{kind:?} is no kind of street")))?,
                    name,
                    code,
                    numbers: u32::try_from(numbers).unwrap_or(0),
                    certified: u32::try_from(certified).unwrap_or(0),
                    problems: column::from_json(&problems)?,
                    revision,
                })
            };
        rows.into_iter().map(line).collect()
    }

    /// Every street of a base, with its numbers.
    pub(crate) async fn streets(&self, base: Uuid) -> Result<Vec<Street>> {
        let contents: Vec<String> = address_street::Entity::find()
            .select_only()
            .column(address_street::Column::Content)
            .filter(address_street::Column::Base.eq(base))
            .order_by_asc(address_street::Column::Id)
            .into_tuple()
            .all(&self.database)
            .await?;
        contents.iter().map(|content| column::from_json(content)).collect()
    }

    /// A street of a base.
    pub(crate) async fn street(&self, base: Uuid, id: Uuid) -> Result<Option<Street>> {
        let row = address_street::Entity::find_by_id((base, id)).one(&self.database).await?;
        row.map(|row| column::from_json(&row.content)).transpose()
    }

    /// Appends a base with its first streets; its identifier and instants are given by the catalogue.
    pub(crate) async fn insert_address_base(
        &self,
        base: Base,
        streets: &[Street],
        ground: &Ground,
        detail: Value,
        actor: &Actor,
    ) -> Result<Base> {
        let mut change = self.change(actor).await?;
        change.need_role(base.organization, Role::Contributor)?;
        let taken = address_base::Entity::find().filter(address_base::Column::Commune.eq(&base.commune));
        if taken.one(&change.transaction).await?.is_some() {
            return Err(Fault::Exists { commune: base.commune }.into());
        }
        let base = Base { id: Uuid::now_v7(), revision: 1, created_at: change.at, modified_at: change.at, ..base };
        base_row(&base)?.into_active_model().insert(&change.transaction).await?;
        change.insert_streets(base.id, streets, ground).await?;
        change.note(Action::AddressesBegun, base.id, None, &detail).await?;
        change.commit().await?;
        Ok(base)
    }

    /// Appends a street. It gets a code that no street of the base has, unless it brings its own.
    pub(crate) async fn insert_street(
        &self,
        base: Uuid,
        street: Street,
        ground: &Ground,
        detail: Value,
        actor: &Actor,
    ) -> Result<Street> {
        let mut change = self.change(actor).await?;
        let old = change.editable_base(base).await?;
        let rows: Vec<(Uuid, String)> = address_street::Entity::find()
            .select_only()
            .columns([address_street::Column::Id, address_street::Column::Code])
            .filter(address_street::Column::Base.eq(base))
            .into_tuple()
            .all(&change.transaction)
            .await?;
        if rows.len() >= crate::addresses::MOST_STREETS {
            return Err(Fault::TooMany { what: "streets", most: crate::addresses::MOST_STREETS }.into());
        }
        if rows.iter().any(|(id, _)| *id == street.id) {
            let detail = "is in the base already".to_owned();
            return Err(Error::Conflict { what: "street", key: street.id.to_string(), detail });
        }
        let taken = rows.into_iter().map(|(_, code)| code).collect();
        let code = if street.code.is_empty() { code::free(&taken) } else { street.code.clone() };
        let street = Street { code, ..street };
        change.insert_streets(base, std::slice::from_ref(&street), ground).await?;
        let mut detail = detail;
        detail["street"] = json!(street.id);
        detail["name"] = json!(street.name);
        change.touch_base(old, Noted { action: Action::StreetAdded, detail }).await?;
        change.commit().await?;
        Ok(street)
    }

    /// Changes a street by a function of what it is and of the day: nobody changes it meanwhile.
    pub(crate) async fn update_street(
        &self,
        base: Uuid,
        id: Uuid,
        ground: &Ground,
        actor: &Actor,
        next: impl FnOnce(Street, Date) -> Result<StreetNext>,
    ) -> Result<Option<Street>> {
        let mut change = self.change(actor).await?;
        let old = change.editable_base(base).await?;
        let street = change.next_street(base, id, ground, next).await?;
        let (street, noted) = street;
        change.touch_base(old, noted).await?;
        change.commit().await?;
        Ok(street)
    }

    /// Gives one street the numbers of another, which is removed, by a function of both.
    pub(crate) async fn merge_streets(
        &self,
        base: Uuid,
        (into, from): (Uuid, Uuid),
        ground: &Ground,
        actor: &Actor,
        next: impl FnOnce(Street, Street, Date) -> Result<StreetNext>,
    ) -> Result<Option<Street>> {
        let mut change = self.change(actor).await?;
        let old = change.editable_base(base).await?;
        let from = change.street(base, from).await?;
        address_street::Entity::delete_by_id((base, from.id)).exec(&change.transaction).await?;
        let (street, noted) = change.next_street(base, into, ground, |street, day| next(street, from, day)).await?;
        change.touch_base(old, noted).await?;
        change.commit().await?;
        Ok(street)
    }

    /// Notes that a base was published.
    pub(crate) async fn note_addresses_published(
        &self,
        base: Uuid,
        (revision, dataset, resource): (i64, Uuid, Uuid),
        actor: &Actor,
    ) -> Result<Base> {
        let mut change = self.change(actor).await?;
        let old = change.base(base).await?;
        change.need_role(old.organization, Role::Publisher)?;
        let published = Publication { at: change.at, revision, dataset, resource };
        let base = Base { published: Some(published), ..old };
        // The revision stays: what is published is what is there.
        base_row(&base)?.into_active_model().reset_all().update(&change.transaction).await?;
        let detail = json!({ "dataset": dataset, "revision": revision });
        change.note(Action::AddressesPublished, base.id, None, &detail).await?;
        change.commit().await?;
        Ok(base)
    }

    /// Removes a base with everything in it; what was published stays.
    pub(crate) async fn remove_address_base(&self, base: Uuid, actor: &Actor) -> Result<()> {
        let mut change = self.change(actor).await?;
        let old = change.base(base).await?;
        change.need_role(old.organization, Role::Publisher)?;
        address_street::Entity::delete_many()
            .filter(address_street::Column::Base.eq(base))
            .exec(&change.transaction)
            .await?;
        address_base::Entity::delete_by_id(base).exec(&change.transaction).await?;
        let detail = json!({ "commune": old.commune, "organization": old.organization });
        change.note(Action::AddressesRemoved, base, None, &detail).await?;
        change.commit().await
    }
}

impl Change<'_> {
    async fn base(&self, id: Uuid) -> Result<Base> {
        let row = address_base::Entity::find_by_id(id).one(&self.transaction).await?;
        row.ok_or_else(|| Error::not_found("address base", id))?.try_into()
    }

    async fn editable_base(&self, id: Uuid) -> Result<Base> {
        let base = self.base(id).await?;
        self.need_role(base.organization, Role::Contributor)?;
        Ok(base)
    }

    async fn street(&self, base: Uuid, id: Uuid) -> Result<Street> {
        let row = address_street::Entity::find_by_id((base, id)).one(&self.transaction).await?;
        column::from_json(&row.ok_or_else(|| Error::not_found("street", id))?.content)
    }

    async fn insert_streets(&mut self, base: Uuid, streets: &[Street], ground: &Ground) -> Result<()> {
        for batch in streets.chunks(BATCH) {
            let rows = batch.iter().map(|street| Ok(street_row(base, street, ground)?.into_active_model()));
            let rows: Vec<address_street::ActiveModel> = rows.collect::<Result<_>>()?;
            address_street::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        }
        Ok(())
    }

    async fn next_street(
        &mut self,
        base: Uuid,
        id: Uuid,
        ground: &Ground,
        next: impl FnOnce(Street, Date) -> Result<StreetNext>,
    ) -> Result<(Option<Street>, Noted)> {
        let old = self.street(base, id).await?;
        let revision = old.revision + 1;
        let StreetNext { street, noted } = next(old, crate::addresses::day_of(self.at))?;
        let Some(street) = street else {
            address_street::Entity::delete_by_id((base, id)).exec(&self.transaction).await?;
            return Ok((None, noted));
        };
        let street = Street { id, revision, ..street };
        street_row(base, &street, ground)?.into_active_model().reset_all().update(&self.transaction).await?;
        Ok((Some(street), noted))
    }

    /// Notes a change of anything in a base, whose revision grows.
    async fn touch_base(&mut self, base: Base, noted: Noted) -> Result<Base> {
        let base = Base { revision: base.revision + 1, modified_at: self.at, ..base };
        address_base::Entity::update_many()
            .col_expr(address_base::Column::Revision, Expr::value(base.revision))
            .col_expr(address_base::Column::ModifiedAt, Expr::value(base.modified_at.as_millisecond()))
            .col_expr(address_base::Column::Settings, Expr::value(column::json(&base.settings)?))
            .filter(address_base::Column::Id.eq(base.id))
            .exec(&self.transaction)
            .await?;
        self.note(noted.action, base.id, None, &noted.detail).await?;
        Ok(base)
    }
}

fn base_row(base: &Base) -> Result<address_base::Model> {
    Ok(address_base::Model {
        id: base.id,
        organization: base.organization,
        commune: base.commune.clone(),
        commune_name: base.commune_name.clone(),
        settings: column::json(&base.settings)?,
        published: base.published.as_ref().map(column::json).transpose()?,
        revision: base.revision,
        created_at: base.created_at.as_millisecond(),
        modified_at: base.modified_at.as_millisecond(),
    })
}

impl TryFrom<address_base::Model> for Base {
    type Error = Error;

    fn try_from(row: address_base::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            organization: row.organization,
            commune: row.commune,
            commune_name: row.commune_name,
            settings: column::from_json(&row.settings)?,
            published: row.published.as_deref().map(column::from_json).transpose()?,
            revision: row.revision,
            created_at: column::instant(row.created_at)?,
            modified_at: column::instant(row.modified_at)?,
        })
    }
}

fn street_row(base: Uuid, street: &Street, ground: &Ground) -> Result<address_street::Model> {
    let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    Ok(address_street::Model {
        base,
        id: street.id,
        kind: street.kind.as_str().to_owned(),
        name: street.name.clone(),
        code: street.code.clone(),
        numbers: count(street.numbers.len()),
        certified: count(street.certified_numbers()),
        problems: column::json(&problem::tally(street, ground))?,
        content: column::json(street)?,
        revision: street.revision,
    })
}
