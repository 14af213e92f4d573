//! The territory that a dataset is about: by the codes of its tables, else its organisation's.

use super::{Content, Proposed, Reason};
use crate::place;

/// A column of codes that are all in one place; else the organisation's territory.
pub(super) fn territory(content: &Content<'_>) -> Option<Proposed<String>> {
    let organization = content.organization;
    let told = content.place.as_ref();
    let value = place::choose(told.map(|told| told.territory), organization.territory.as_deref())?;
    let reason = match told {
        Some(told) if told.territory.key() == value => Reason::Column(told.column.clone()),
        _ => Reason::Organization(organization.name.clone()),
    };
    Some(Proposed { value, reason })
}
