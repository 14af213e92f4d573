//! Values that are nearly one of a list: other case, accents or spaces, a plural, a slip of the finger.

mod pattern;
mod vocabulary;

pub(super) use vocabulary::Vocabulary;

use super::{Suggestion, Target, code::RepairCode};
use crate::model::{Field, FieldKind};

/// The values that a field may take, one or several in a cell.
#[derive(Debug)]
pub(super) struct Choices {
    vocabulary: Vocabulary,
    joint: Joint,
}

/// How several values stand in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Joint {
    /// One value only.
    Single,
    /// Between separators.
    Separated(String),
    /// A JSON array of texts.
    Json,
}

impl Choices {
    /// The choices of a field: its enumeration, its items', or the words that its pattern lists.
    pub(super) fn of(field: &Field) -> Option<Self> {
        let (values, joint) = match &field.kind {
            FieldKind::Array { item: Some(item) } => (item.constraints.enumeration.clone()?, Joint::Json),
            _ => match &field.constraints.enumeration {
                Some(values) => (values.clone(), Joint::Single),
                None => {
                    let listed = pattern::listed(field.constraints.pattern.as_deref()?)?;
                    (listed.values, listed.separator.map_or(Joint::Single, Joint::Separated))
                }
            },
        };
        Some(Self { vocabulary: Vocabulary::new(values)?, joint })
    }

    /// The cell with the list's own values.
    fn corrected(&self, cell: &str) -> Option<(String, bool)> {
        match &self.joint {
            Joint::Single => self.vocabulary.nearest(cell).map(|(value, certain)| (value.to_owned(), certain)),
            Joint::Separated(separator) => {
                let (values, certain) = self.parts(cell)?;
                Some((values.join(separator), certain))
            }
            Joint::Json => {
                let (values, certain) = self.parts(cell.trim_matches(['[', ']', '{', '}']))?;
                Some((serde_json::to_string(&values).ok()?, certain))
            }
        }
    }

    /// Each of the values in a cell, whatever separates them.
    fn parts(&self, cell: &str) -> Option<(Vec<&str>, bool)> {
        if let Some((value, certain)) = self.vocabulary.nearest(cell) {
            return Some((vec![value], certain));
        }
        for separator in [";", "|", "\n", ",", "/", " et ", " + ", " & ", " - "] {
            if !cell.contains(separator) {
                continue;
            }
            let parts = cell.split(separator).map(|part| part.trim_matches(['"', '\'', ' ', '\u{a0}', '\r']));
            let found: Option<Vec<(&str, bool)>> =
                parts.filter(|part| !part.is_empty()).map(|part| self.vocabulary.nearest(part)).collect();
            if let Some(found) = found.filter(|found| !found.is_empty()) {
                let certain = found.iter().all(|(_, certain)| *certain);
                return Some((found.into_iter().map(|(value, _)| value).collect(), certain));
            }
        }
        None
    }
}

/// The cell with the list's own values, if it is right then.
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    let (after, certain) = target.choices.as_ref()?.corrected(cell)?;
    target.accepts(&after).then_some(Suggestion { code: RepairCode::Enumeration, after, certain })
}
