//! What those who keep a base do with it: look, change, take back.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Base, Fault, Ground, Number, ProblemKind, Street, StreetChange, StreetDraft, StreetEdit, StreetLine, name,
};
use crate::account::{Actor, Role};
use crate::error::{Error, Result};
use crate::model::{Action, Event};
use crate::platform::Platform;
use crate::records::{HistoryFilter, Noted, StreetNext};

impl Base {
    /// Whether the actor may look at it: a member of its organisation.
    pub fn may_be_read_by(&self, actor: &Actor) -> bool {
        actor.has_role(self.organization, Role::Reader)
    }

    /// Whether the actor may change what is in it.
    pub fn may_be_changed_by(&self, actor: &Actor) -> bool {
        actor.has_role(self.organization, Role::Contributor)
    }

    /// Whether the actor may publish or remove it.
    pub fn may_be_published_by(&self, actor: &Actor) -> bool {
        actor.has_role(self.organization, Role::Publisher)
    }

    /// Whether anything changed since it was published.
    pub fn is_ahead(&self) -> bool {
        self.published.is_none_or(|published| published.revision != self.revision)
    }
}

impl Platform {
    /// The bases that the actor may look at.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub async fn address_bases(&self, actor: &Actor) -> Result<Vec<Base>> {
        self.records.address_bases(actor).await
    }

    /// The base of a commune.
    ///
    /// # Errors
    /// `NotFound` when there is none, or the actor is no member of its organisation.
    pub async fn address_base(&self, commune: &str, actor: &Actor) -> Result<Base> {
        let base = self.records.address_base(commune).await?;
        base.filter(|base| base.may_be_read_by(actor)).ok_or_else(|| Error::not_found("address base", commune))
    }

    /// What a list shows of every street of a base, by name; with what they have wrong among them.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub async fn address_streets(&self, base: &Base) -> Result<Vec<StreetLine>> {
        let mut lines: Vec<(String, StreetLine)> =
            self.records.street_lines(base.id).await?.into_iter().map(|line| (name::key(&line.name), line)).collect();
        lines.sort_by(|(a, first), (b, second)| (a, first.id).cmp(&(b, second.id)));
        let mut alike: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
        for (_, line) in &lines {
            *alike.entry(name::alike(&line.name)).or_default() += 1;
        }
        let marked = lines.into_iter().map(|(_, mut line)| {
            if alike.get(&name::alike(&line.name)).is_some_and(|count| *count > 1) {
                line.problems.insert(ProblemKind::NameTwice, 1);
            }
            line
        });
        Ok(marked.collect())
    }

    /// Every street of a base with its numbers: for a file, for a map.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub async fn whole_addresses(&self, base: &Base) -> Result<Vec<Street>> {
        self.records.streets(base.id).await
    }

    /// A street.
    ///
    /// # Errors
    /// `NotFound` when the base has none of this identifier.
    pub async fn address_street(&self, base: &Base, id: Uuid) -> Result<Street> {
        self.records.street(base.id, id).await?.ok_or_else(|| Error::not_found("street", id))
    }

    /// Adds a street.
    ///
    /// # Errors
    /// `Forbidden` unless the actor is a contributor; a [`Fault`] when what is said of it can't be taken.
    pub async fn add_street(&self, base: &Base, draft: StreetDraft, actor: &Actor) -> Result<Street> {
        let ground = Ground::of(&base.commune)?;
        need_part(&draft, &ground)?;
        let street = draft.street(super::day_of(jiff::Timestamp::now()))?;
        self.records.insert_street(base.id, street, &ground, json!({}), actor).await
    }

    /// Changes a street, made on one of its revisions.
    ///
    /// # Errors
    /// `Forbidden` unless the actor is a contributor; `Conflict` when it was changed meanwhile; a [`Fault`] when a change
    /// can't be made.
    pub async fn change_street(&self, base: &Base, id: Uuid, change: StreetChange, actor: &Actor) -> Result<Street> {
        let ground = Ground::of(&base.commune)?;
        let StreetChange { revision, edits } = change;
        let next = |street: Street, on| {
            need_revision(&street, revision)?;
            for edit in &edits {
                if let StreetEdit::Describe { said } = edit
                    && said.part != street.part
                {
                    need_part(said, &ground)?;
                }
            }
            let after = street.clone().edited(edits, on)?;
            let noted = Noted { action: Action::StreetChanged, detail: difference(&street, &after) };
            Ok(StreetNext { street: Some(after), noted })
        };
        let street = self.records.update_street(base.id, id, &ground, actor, next).await?;
        street.ok_or_else(|| Error::not_found("street", id))
    }

    /// Removes a street with its numbers, made on one of its revisions; history keeps it.
    ///
    /// # Errors
    /// As [`Platform::change_street`].
    pub async fn remove_street(&self, base: &Base, id: Uuid, revision: i64, actor: &Actor) -> Result<()> {
        let ground = Ground::of(&base.commune)?;
        let next = |street: Street, _| {
            need_revision(&street, revision)?;
            let detail = json!({ "street": id, "name": street.name, "removed": street });
            Ok(StreetNext { street: None, noted: Noted { action: Action::StreetRemoved, detail } })
        };
        self.records.update_street(base.id, id, &ground, actor, next).await?;
        Ok(())
    }

    /// Gives a street the numbers of another one, which is removed. Numbers that both have are kept twice, to be looked
    /// at: the list of what is to be mended shows them.
    ///
    /// # Errors
    /// As [`Platform::change_street`].
    pub async fn merge_streets(
        &self,
        base: &Base,
        into: Uuid,
        revision: i64,
        from: Uuid,
        actor: &Actor,
    ) -> Result<Street> {
        if into == from {
            return Err(Fault::SameStreet.into());
        }
        let ground = Ground::of(&base.commune)?;
        let next = |street: Street, other: Street, on| {
            need_revision(&street, revision)?;
            let detail =
                json!({ "street": into, "name": street.name, "merged": other.name, "numbers": other.numbers.len() });
            let moved = other.numbers.into_iter().map(|number| Number { updated_on: on, source: None, ..number });
            let mut street = street;
            street.numbers.extend(moved);
            if street.numbers.len() > super::MOST_NUMBERS_OF_STREET {
                return Err(Fault::TooMany { what: "numbers", most: super::MOST_NUMBERS_OF_STREET }.into());
            }
            street.sort();
            Ok(StreetNext { street: Some(street), noted: Noted { action: Action::StreetChanged, detail } })
        };
        let street = self.records.merge_streets(base.id, (into, from), &ground, actor, next).await?;
        street.ok_or_else(|| Error::not_found("street", into))
    }

    /// What was done to a base, the last first.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub async fn address_history(&self, base: &Base, before: Option<i64>, limit: u64) -> Result<Vec<Event>> {
        let filter = HistoryFilter { subject: Some(base.id), before, private: true, limit, ..HistoryFilter::default() };
        self.records.history(filter).await
    }

    /// Puts back what a fact of the base's history removed: a street, or numbers of one. Gives the street.
    ///
    /// # Errors
    /// `NotFound` when the fact isn't of this base or removed nothing; `Conflict` or a [`Fault`] when something else has
    /// taken its place; `Forbidden` unless the actor is a contributor.
    pub async fn restore_addresses(&self, base: &Base, event: i64, actor: &Actor) -> Result<Street> {
        let missing = || Error::not_found("removal", event);
        let found = self.address_history(base, event.checked_add(1), 1).await?.pop().filter(|found| found.id == event);
        let detail = found.as_ref().map(|found| &found.detail).ok_or_else(missing)?;
        let ground = Ground::of(&base.commune)?;
        if let Some(street) = kept::<Street>(detail, "removed") {
            let told = json!({ "restored": event });
            return self.records.insert_street(base.id, street, &ground, told, actor).await;
        }
        let numbers: Vec<Number> =
            kept(detail, "removed_numbers").filter(|n: &Vec<_>| !n.is_empty()).ok_or_else(missing)?;
        let id: Uuid = kept(detail, "street").ok_or_else(missing)?;
        let next = |street: Street, on| {
            let after = street.clone().edited(vec![StreetEdit::Restore { numbers }], on)?;
            let mut detail = difference(&street, &after);
            detail["restored"] = json!(event);
            Ok(StreetNext { street: Some(after), noted: Noted { action: Action::StreetChanged, detail } })
        };
        self.records.update_street(base.id, id, &ground, actor, next).await?.ok_or_else(missing)
    }

    /// Removes a base; what was published of it stays.
    ///
    /// # Errors
    /// `Forbidden` unless the actor is a publisher.
    pub async fn remove_addresses(&self, base: &Base, actor: &Actor) -> Result<()> {
        self.records.remove_address_base(base.id, actor).await
    }
}

fn kept<T: serde::de::DeserializeOwned>(detail: &Value, name: &str) -> Option<T> {
    serde_json::from_value(detail.get(name)?.clone()).ok()
}

/// A commune of before must be one of this commune's.
fn need_part(draft: &StreetDraft, ground: &Ground) -> Result<()> {
    match &draft.part {
        Some(part) if !ground.parts.contains(part) => {
            Err(Fault::Commune { code: part.code.chars().take(40).collect() }.into())
        }
        _ => Ok(()),
    }
}

fn need_revision(street: &Street, revision: i64) -> Result<()> {
    if street.revision == revision {
        return Ok(());
    }
    let detail = "was changed meanwhile, in another tab or by somebody else: look at it again".to_owned();
    Err(Error::Conflict { what: "street", key: street.id.to_string(), detail })
}

/// What a change did to a street, as history tells it: removed numbers are kept whole, to be put back.
fn difference(before: &Street, after: &Street) -> Value {
    let by_id = |numbers: &[Number]| -> std::collections::HashMap<Uuid, Number> {
        numbers.iter().map(|number| (number.id, number.clone())).collect()
    };
    let (old, new) = (by_id(&before.numbers), by_id(&after.numbers));
    let labels = |numbers: Vec<&Number>| numbers.into_iter().map(Number::label).collect::<Vec<_>>();
    let added = after.numbers.iter().filter(|number| !old.contains_key(&number.id)).collect();
    let changed = after.numbers.iter().filter(|number| old.get(&number.id).is_some_and(|was| was != *number)).collect();
    let removed: Vec<&Number> = before.numbers.iter().filter(|number| !new.contains_key(&number.id)).collect();
    let mut detail = json!({
        "street": before.id, "name": after.name, "added": labels(added), "changed": labels(changed),
        "removed_numbers": removed,
    });
    if before.name != after.name {
        detail["was"] = json!(before.name);
    }
    detail
}
