//! What a reader has to say, without saying it a million times.

use crate::profile::Warning;

/// Warnings that are told one by one; those beyond are counted.
const TOLD: u64 = 20;
/// Characters of a value that are kept.
const KEPT: usize = 200;

/// Warnings of a reader, in the order they are met.
#[derive(Debug, Clone, Default)]
pub(crate) struct Warnings {
    told: Vec<Warning>,
    counts: Vec<Count>,
}

#[derive(Debug, Clone)]
struct Count {
    code: &'static str,
    first: Option<u64>,
    count: u64,
    one_by_one: bool,
}

impl Warnings {
    /// Says something once.
    pub(crate) fn say(&mut self, code: &'static str, detail: impl Into<String>) {
        self.told.push(Warning { code: code.to_owned(), line: None, column: None, detail: detail.into() });
    }

    /// Counts a thing that comes often: one warning says the first row and how many.
    pub(crate) fn count(&mut self, code: &'static str, row: u64) {
        self.note(code, row, false);
    }

    /// Says a thing of a row with its detail, the first times; then counts.
    pub(crate) fn at(&mut self, code: &'static str, row: u64, column: Option<&str>, detail: impl FnOnce() -> String) {
        if self.note(code, row, true) <= TOLD {
            let detail = detail().chars().take(KEPT).collect();
            let column = column.map(str::to_owned);
            self.told.push(Warning { code: code.to_owned(), line: Some(row), column, detail });
        }
    }

    fn note(&mut self, code: &'static str, row: u64, one_by_one: bool) -> u64 {
        if let Some(known) = self.counts.iter_mut().find(|count| count.code == code) {
            known.count += 1;
            return known.count;
        }
        self.counts.push(Count { code, first: Some(row), count: 1, one_by_one });
        1
    }

    /// All of them.
    pub(crate) fn list(&self) -> Vec<Warning> {
        let counted = self.counts.iter().filter(|count| !count.one_by_one || count.count > TOLD);
        let counted = counted.map(|count| Warning {
            code: count.code.to_owned(),
            line: count.first,
            column: None,
            detail: count.count.to_string(),
        });
        self.told.iter().cloned().chain(counted).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_told_too_often_is_counted() {
        let mut warnings = Warnings::default();
        for row in 1..=50 {
            warnings.at("invalid-geometry", row, None, || "x".to_owned());
            warnings.count("mixed-encoding", row);
        }
        let list = warnings.list();
        assert_eq!(list.len(), 22);
        assert_eq!(list[20].detail, "50");
        assert_eq!((list[21].line, list[21].detail.as_str()), (Some(1), "50"));
    }
}
