//! Words that people and programs write where there is no value.

use super::{Suggestion, Target, code::RepairCode, fold};

/// What spreadsheets and databases write: never a value that somebody meant.
const MACHINES: &[&str] = &[
    "#N/A",
    "#NA",
    "N/A",
    "#REF!",
    "#DIV/0!",
    "#VALUE!",
    "#VALEUR!",
    "#NOM?",
    "#NAME?",
    "#NUL!",
    "#NULL!",
    "#NUM!",
    "#NOMBRE!",
    "NULL",
    "(null)",
    "null",
    "<null>",
    "NaN",
    "nan",
    "None",
    "undefined",
    "\\N",
];

/// What people write, without accents, case and punctuation.
const PEOPLE: &[&str] = &[
    "nc",
    "n c",
    "nd",
    "n d",
    "na",
    "n a",
    "nr",
    "n r",
    "ns",
    "n s",
    "neant",
    "aucun",
    "aucune",
    "vide",
    "rien",
    "sans objet",
    "so",
    "s o",
    "non renseigne",
    "non renseignee",
    "non communique",
    "non communiquee",
    "non connu",
    "non connue",
    "non concerne",
    "non concernee",
    "non applicable",
    "non disponible",
    "non defini",
    "non definie",
    "inconnu",
    "inconnue",
    "pas de donnee",
    "a completer",
    "a renseigner",
    "a venir",
    "unknown",
    "none",
    "null",
    "tbd",
    "tbc",
];

/// The field's text for no value, in the place of a word that says that there is none.
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    if target.field.constraints.required {
        return None;
    }
    let certain = certainty(cell)?;
    let after = target.missing.iter().find(|missing| missing.is_empty()).or_else(|| target.missing.first())?;
    Some(Suggestion { code: RepairCode::EmptyMarker, after: after.clone(), certain })
}

/// Whether a machine wrote a cell in the place of a value; for columns of which nothing is asked.
pub(super) fn is_machines(cell: &str) -> bool {
    may_be_machines(cell.as_bytes()) && MACHINES.contains(&cell) && cell != "None"
}

/// Whether [`is_machines`] is worth asking.
#[inline]
pub(super) fn may_be_machines(cell: &[u8]) -> bool {
    let begins = |first: &u8| matches!(first, b'#' | b'N' | b'n' | b'(' | b'<' | b'\\' | b'u');
    cell.len() <= 9 && cell.first().is_some_and(begins)
}

/// Whether a cell says that there is no value; `Some(false)` when it may say something else.
fn certainty(cell: &str) -> Option<bool> {
    if cell.len() > 24 {
        return None;
    }
    if MACHINES.contains(&cell) {
        return Some(true);
    }
    let marks = |character: char| {
        matches!(character, '-' | '–' | '—' | '_' | '.' | '/' | '\\' | '*') || character.is_whitespace()
    };
    if !cell.is_empty() && cell.chars().all(marks) {
        return Some(true);
    }
    if cell.chars().all(|character| character == '?') {
        return (!cell.is_empty()).then_some(false);
    }
    let words = fold::words(cell);
    PEOPLE.contains(&words.as_str()).then_some(true)
}
