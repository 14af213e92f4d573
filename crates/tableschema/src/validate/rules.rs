//! The rules of one validation, numbered so that a finding is three numbers.

use crate::report::{Code, Sentence};

/// Number of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RuleId(pub(crate) u32);

/// What may be broken, and what is said then.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) code: Code,
    /// Column that it is about; `None`: the row, or a column known only when it is broken.
    pub(crate) column: Option<usize>,
    /// As [`Finding::rule`](crate::Finding::rule).
    pub(crate) text: String,
    pub(crate) sentence: Sentence,
}

/// All rules of a validation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules(Vec<Rule>);

impl Rules {
    /// Adds a rule.
    pub(crate) fn add(&mut self, code: Code, column: Option<usize>, text: impl Into<String>, sentence: Sentence) -> RuleId {
        self.0.push(Rule { code, column, text: text.into(), sentence });
        RuleId((self.0.len() - 1) as u32)
    }

    pub(crate) fn get(&self, id: RuleId) -> Option<&Rule> {
        self.0.get(id.0 as usize)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.0.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}
