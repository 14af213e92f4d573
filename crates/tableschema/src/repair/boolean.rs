//! Words for yes and no.

use super::{Suggestion, Target, code::RepairCode, fold};
use crate::model::FieldKind;

/// Words without accents and case; the flag says whether anybody would read them so.
const YES: &[(&str, bool)] = &[
    ("oui", true),
    ("vrai", true),
    ("true", true),
    ("yes", true),
    ("o", true),
    ("y", true),
    ("1", true),
    ("v", false),
    ("t", false),
    ("x", false),
    ("on", false),
];
const NO: &[(&str, bool)] = &[
    ("non", true),
    ("faux", true),
    ("false", true),
    ("no", true),
    ("n", true),
    ("0", true),
    ("f", false),
    ("off", false),
];

/// The schema's word for what a cell says.
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    let (yes, no) = words(target)?;
    let (truth, certain) = read(cell)?;
    let after = if truth { yes } else { no };
    target.accepts(after).then(|| Suggestion { code: RepairCode::Boolean, after: after.to_owned(), certain })
}

/// Whether a word says yes or no, and whether that is certain.
fn read(cell: &str) -> Option<(bool, bool)> {
    if cell.len() > 12 {
        return None;
    }
    let word = fold::words(cell);
    let word = match word.as_str() {
        // « 1.0 », from a column of numbers.
        "1 0" => "1",
        "0 0" => "0",
        word => word,
    };
    let find = |words: &[(&str, bool)]| words.iter().find(|(known, _)| *known == word).map(|(_, certain)| *certain);
    find(YES).map(|certain| (true, certain)).or_else(|| find(NO).map(|certain| (false, certain)))
}

/// The words for yes and no of a field: a boolean's, or those of an enumeration of nothing else.
fn words(target: &Target) -> Option<(&str, &str)> {
    if let FieldKind::Boolean { true_values, false_values } = &target.field.kind {
        return Some((true_values.first()?, false_values.first()?));
    }
    let values = target.field.constraints.enumeration.as_ref()?;
    let mut words = (None, None);
    for value in values {
        match read(value)? {
            (true, _) => words.0.get_or_insert(value.as_str()),
            (false, _) => words.1.get_or_insert(value.as_str()),
        };
    }
    Some((words.0?, words.1?))
}
