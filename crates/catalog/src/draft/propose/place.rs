//! The territory that a table is about, by its codes.

use geography::territory::{self, Territory};
use tabular::profile::ColumnProfile;
use tabular::typing::Meaning;

use super::{Content, Proposed, Reason};

/// A column of codes that are all in one place; else the organisation's territory.
pub(super) fn territory(content: &Content<'_>) -> Option<Proposed<String>> {
    let columns = content.profiles.iter().flat_map(|profile| &profile.columns);
    // One value in every row says more than values that begin alike.
    let own = content
        .organization
        .territory
        .clone()
        .map(|value| Proposed { value, reason: Reason::Organization(content.organization.name.clone()) });
    let single = columns.clone().find_map(|column| Some((column, single(column)?)));
    let shared = || columns.clone().find_map(|column| Some((column, shared(column)?)));
    let told =
        |(column, value): (&ColumnProfile, String)| Proposed { value, reason: Reason::Column(column.label.clone()) };
    match single.or_else(shared) {
        // The organisation's own territory is within what the codes say: it says more.
        Some((_, wider)) if own.as_ref().is_some_and(|own| is_within(&own.value, &wider)) => own,
        Some(told_by) => Some(told(told_by)),
        None => own,
    }
}

/// The territory of a column that holds the same code everywhere.
fn single(column: &ColumnProfile) -> Option<String> {
    let (least, greatest) = (column.min.as_ref()?.as_str()?, column.max.as_ref()?.as_str()?);
    if least != greatest {
        return None;
    }
    let key = match column.meaning? {
        Meaning::CommuneCode => format!("commune:{least}"),
        Meaning::DepartementCode => format!("departement:{least}"),
        Meaning::RegionCode => format!("region:{least}"),
        Meaning::Siren | Meaning::Siret => territory::of_siren(least.get(..9)?)?.key(),
        _ => return None,
    };
    territory::find(&key).map(Territory::key)
}

/// The département of a column of communes that are all in it: the least and the greatest code begin alike.
fn shared(column: &ColumnProfile) -> Option<String> {
    if column.meaning? != Meaning::CommuneCode {
        return None;
    }
    let (least, greatest) = (column.min.as_ref()?.as_str()?, column.max.as_ref()?.as_str()?);
    let length = if least.starts_with("97") || least.starts_with("98") { 3 } else { 2 };
    let departement = least.get(..length).filter(|code| greatest.get(..length) == Some(code))?;
    territory::find(&format!("departement:{departement}")).map(Territory::key)
}

/// Whether a commune is in a département.
fn is_within(inner: &str, outer: &str) -> bool {
    let (Some(inner), Some(outer)) = (territory::find(inner), territory::find(outer)) else { return false };
    outer.contains(inner)
}
