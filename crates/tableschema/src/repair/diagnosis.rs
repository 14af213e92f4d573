//! What is wrong with a cell, and what would be right: the one place where repairs are tried, when a table is surveyed
//! and when it is repaired.

use std::borrow::Cow;

use super::{
    RepairCode, Suggestion, Target, boolean, coordinates,
    date::{self, DayOrder},
    decimal_suffix, email, empty_marker, enumeration, identifier_form, leading_zeros, mojibake, number, phone,
    scientific, url, whitespace,
};
use crate::model::FieldKind;

/// Longest cell that is looked at, in bytes: longer ones are texts or geometries.
const LONGEST: usize = 10_000;

type Repair = fn(&str, &Target) -> Option<Suggestion>;

/// What may be done for texts, the surest first.
const TEXTS: &[Repair] = &[
    decimal_suffix::propose,
    scientific::propose,
    leading_zeros::propose,
    phone::propose,
    identifier_form::propose,
    boolean::propose,
    enumeration::propose,
    email::propose,
    url::propose,
    day_first,
    empty_marker::propose,
];
const NUMBERS: &[Repair] =
    &[decimal_suffix::propose, number::propose, scientific::propose, enumeration::propose, empty_marker::propose];
const BOOLEANS: &[Repair] = &[boolean::propose, empty_marker::propose];
const LISTS: &[Repair] = &[enumeration::propose, empty_marker::propose];
const POINTS: &[Repair] = &[coordinates::propose, empty_marker::propose];
const YEARS: &[Repair] = &[decimal_suffix::propose, number::propose, empty_marker::propose];
const OTHERS: &[Repair] = &[empty_marker::propose];

/// What would be right in the place of a cell; `None` when it is right, or nothing better is known.
///
/// `order` is what comes first in days whose numbers don't show it.
pub(super) fn of(cell: &str, target: &Target, order: DayOrder) -> Option<Suggestion> {
    if cell.len() > LONGEST || target.is_missing(cell) {
        return None;
    }
    if target.accepts(cell) {
        return of_valid(cell, target);
    }
    let cleaned = clean(cell);
    let base = match &cleaned {
        Some((after, code)) if target.is_missing(after) || target.accepts(after) => {
            return Some(Suggestion { code: *code, after: after.clone(), certain: true });
        }
        Some((after, _)) => after.as_str(),
        None => cell,
    };
    let repaired = by_kind(base, target, order);
    // What cannot be made right can still be made cleaner.
    repaired.or_else(|| cleaned.map(|(after, code)| Suggestion { code, after, certain: true }))
}

/// A cell that is right may still be unclean.
fn of_valid(cell: &str, target: &Target) -> Option<Suggestion> {
    if matches!(target.field.kind, FieldKind::Geopoint(_))
        && let Some(suggestion) = coordinates::propose(cell, target)
    {
        return Some(suggestion);
    }
    if let Some((after, code)) = clean(cell) {
        let right = target.is_missing(&after) || target.accepts(&after);
        return right.then_some(Suggestion { code, after, certain: true });
    }
    let marked = target.asks_nothing() && empty_marker::is_machines(cell);
    marked.then(|| empty_marker::propose(cell, target)).flatten().map(|marker| Suggestion { certain: false, ..marker })
}

/// The cell without spaces around it, invisible characters and misread text. One may hide the other.
fn clean(cell: &str) -> Option<(String, RepairCode)> {
    let (mut text, mut code) = (Cow::Borrowed(cell), RepairCode::Trim);
    loop {
        if let Some(decoded) = mojibake::decoded(&text) {
            (text, code) = (Cow::Owned(decoded), RepairCode::Mojibake);
        }
        let trimmed = whitespace::trimmed(&text);
        if trimmed == text {
            break;
        }
        text = Cow::Owned(trimmed.into_owned());
    }
    (text != cell).then(|| (text.into_owned(), code))
}

/// Whether a cell that is right may still be unclean, decided on few bytes.
#[inline]
pub(super) fn may_be_unclean(cell: &str) -> bool {
    whitespace::may_change(cell) || mojibake::may_change(cell)
}

/// Whether cells of a field are to be looked at even when they are right and clean.
#[inline]
pub(super) fn is_suspect(cell: &str, target: &Target) -> bool {
    matches!(target.field.kind, FieldKind::Geopoint(_))
        || (empty_marker::may_be_machines(cell.as_bytes()) && target.asks_nothing())
}

fn by_kind(cell: &str, target: &Target, order: DayOrder) -> Option<Suggestion> {
    let repairs = match &target.field.kind {
        FieldKind::String(_) | FieldKind::Any => TEXTS,
        FieldKind::Number(_) | FieldKind::Integer(_) => NUMBERS,
        FieldKind::Boolean { .. } => BOOLEANS,
        FieldKind::Array { .. } | FieldKind::List { .. } => LISTS,
        FieldKind::Geopoint(_) => POINTS,
        FieldKind::Year => YEARS,
        FieldKind::Date(_) | FieldKind::Time(_) | FieldKind::Datetime(_) | FieldKind::YearMonth => {
            return date::propose(cell, target, order).or_else(|| empty_marker::propose(cell, target));
        }
        FieldKind::Object | FieldKind::Geojson(_) | FieldKind::Duration => OTHERS,
    };
    repairs.iter().find_map(|repair| repair(cell, target))
}

/// Days among texts, where the pattern is one of days: their order is the French one.
fn day_first(cell: &str, target: &Target) -> Option<Suggestion> {
    let of_days = ["2021-03-12", "2021-03-12T09:30:00+01:00"].iter().any(|day| target.accepts(day))
        && !target.accepts("2021x03x12");
    date::propose(cell, target, DayOrder::DayFirst).filter(|suggestion| of_days && suggestion.certain)
}
