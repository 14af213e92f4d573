//! Small faults of e-mail addresses.

use super::{Suggestion, Target, code::RepairCode};
use crate::model::{FieldKind, StringFormat};

/// The address without them, if it is right then.
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    if target.field.kind != FieldKind::String(StringFormat::Email) || cell.len() > 320 {
        return None;
    }
    let named = cell.strip_prefix("mailto:").or_else(|| cell.strip_prefix("MAILTO:")).unwrap_or(cell);
    // « Mairie <mairie@bram.fr> »
    let inner = named.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(named, |(inner, _)| inner);
    let bare = inner.trim().trim_matches(['.', ';', ',', '"', '\'', '<', '>', '(', ')']);
    let close: String = bare.chars().filter(|character| !character.is_whitespace()).collect();
    // A comma is no part of an address's domain.
    let dotted = close.rsplit_once('@').map(|(name, domain)| format!("{name}@{}", domain.replace(',', ".")));
    let unmasked = unmasked(&close);
    let candidates = [(Some(close), true), (dotted, true), (unmasked, false)];
    let mut right = candidates.into_iter().filter_map(|(candidate, certain)| Some((candidate?, certain)));
    let (after, certain) = right.find(|(candidate, _)| candidate != cell && target.accepts(candidate))?;
    Some(Suggestion { code: RepairCode::Email, after, certain })
}

/// `mairie(at)bram.fr`, written against robots.
fn unmasked(address: &str) -> Option<String> {
    ["(at)", "[at]", "(a)", "[a]", "(arobase)", "[arobase]", "＠"]
        .iter()
        .find(|mask| address.matches(**mask).count() == 1)
        .map(|mask| address.replace(mask, "@"))
}
