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
    /// Columns whose cells it compares, for rules on rows.
    pub(crate) key: Vec<usize>,
    /// As [`Finding::rule`](crate::Finding::rule).
    pub(crate) text: String,
    pub(crate) sentence: Sentence,
}

/// All rules of a validation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules(Vec<Rule>);

impl Rules {
    /// Adds a rule.
    pub(crate) fn add(
        &mut self,
        code: Code,
        column: Option<usize>,
        text: impl Into<String>,
        sentence: Sentence,
    ) -> RuleId {
        self.push(Rule { code, column, key: Vec::new(), text: text.into(), sentence })
    }

    /// Adds a rule on a row that compares the cells of some columns.
    pub(crate) fn add_key(&mut self, code: Code, key: &[usize], text: impl Into<String>, sentence: Sentence) -> RuleId {
        self.push(Rule { code, column: None, key: key.to_vec(), text: text.into(), sentence })
    }

    fn push(&mut self, rule: Rule) -> RuleId {
        self.0.push(rule);
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
