//! What is found in one batch: numbers; texts are made later, for those that are kept.

use super::rules::RuleId;

/// The column of a finding about a whole row; sorts behind the cells.
pub(crate) const WHOLE_ROW: u32 = u32::MAX;

/// One finding of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Raw {
    /// Row within the batch.
    pub(crate) row: u32,
    /// Column in the header, or [`WHOLE_ROW`].
    pub(crate) column: u32,
    pub(crate) rule: RuleId,
    /// 1-based place of its arguments in `details`; 0: none.
    pub(crate) detail: u32,
}

/// Arguments of a sentence that only this finding has.
pub(crate) type Detail = Vec<(&'static str, String)>;

/// The findings of a batch: all are counted by rule, the first ones by row are kept.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    most: usize,
    kept: Vec<Raw>,
    /// Rows beyond it are counted only: enough findings come before it.
    last_row: u32,
    details: Vec<Detail>,
    /// By rule.
    counts: Vec<u64>,
    /// Rows without a value, in order: cells of theirs are not looked at.
    blank: Vec<u32>,
}

impl Findings {
    /// Findings of a batch of which `most` may be kept, among `rules` rules.
    pub(crate) fn new(most: usize, rules: usize) -> Self {
        Self { most, last_row: u32::MAX, counts: vec![0; rules], ..Self::default() }
    }

    /// Rows whose cells are not to be spoken of.
    pub(crate) fn set_blank_rows(&mut self, rows: Vec<u32>) {
        self.blank = rows;
    }

    /// Whether the row has no value at all.
    #[inline]
    pub(crate) fn is_blank(&self, row: usize) -> bool {
        !self.blank.is_empty() && self.blank.binary_search(&(row as u32)).is_ok()
    }

    /// Adds a finding on a cell; nothing if its row is blank.
    #[inline]
    pub(crate) fn cell(&mut self, row: usize, column: usize, rule: RuleId) {
        if !self.is_blank(row) {
            self.push(row, column as u32, rule, 0);
        }
    }

    /// The same with arguments of its own for the sentence, made only when the finding may be kept.
    pub(crate) fn cell_with(&mut self, row: usize, column: usize, rule: RuleId, detail: impl FnOnce() -> Detail) {
        if !self.is_blank(row) {
            self.push_with(row, column as u32, rule, detail);
        }
    }

    /// Adds a finding on a whole row.
    pub(crate) fn row(&mut self, row: usize, rule: RuleId) {
        self.push(row, WHOLE_ROW, rule, 0);
    }

    /// The same with arguments of its own.
    pub(crate) fn row_with(&mut self, row: usize, rule: RuleId, detail: impl FnOnce() -> Detail) {
        self.push_with(row, WHOLE_ROW, rule, detail);
    }

    fn push_with(&mut self, row: usize, column: u32, rule: RuleId, detail: impl FnOnce() -> Detail) {
        let mut number = 0;
        if self.may_keep(row) {
            self.details.push(detail());
            number = self.details.len() as u32;
        }
        self.push(row, column, rule, number);
    }

    #[inline]
    fn may_keep(&self, row: usize) -> bool {
        self.most > 0 && row as u32 <= self.last_row
    }

    #[inline]
    fn push(&mut self, row: usize, column: u32, rule: RuleId, detail: u32) {
        if let Some(count) = self.counts.get_mut(rule.0 as usize) {
            *count += 1;
        }
        if self.may_keep(row) {
            self.kept.push(Raw { row: row as u32, column, rule, detail });
            if self.kept.len() >= 4 * self.most + 1024 {
                self.keep_first();
            }
        }
    }

    /// Drops those that come too late to be reported. Details of the dropped ones stay until the batch is done: no
    /// more than four times what is reported.
    fn keep_first(&mut self) {
        self.kept.sort_unstable();
        self.kept.truncate(self.most);
        if self.kept.len() == self.most {
            self.last_row = self.kept.last().map_or(u32::MAX, |raw| raw.row);
        }
    }

    /// How many may be kept from now on; fewer when others came first.
    pub(crate) fn limit(&mut self, most: usize) {
        self.most = self.most.min(most);
    }

    /// The first ones, in order.
    pub(crate) fn first(&mut self) -> &[Raw] {
        self.kept.sort_unstable();
        self.kept.truncate(self.most);
        &self.kept
    }

    pub(crate) fn detail(&self, raw: &Raw) -> &[(&'static str, String)] {
        let index = (raw.detail as usize).wrapping_sub(1);
        self.details.get(index).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn counts(&self) -> &[u64] {
        &self.counts
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_first_by_row_are_kept() {
        let mut findings = Findings::new(3, 2);
        for row in (0..5_000).rev() {
            findings.cell(row, 1, RuleId(0));
        }
        findings.cell(0, 0, RuleId(1));
        assert_eq!(findings.counts(), [5_000, 1]);
        let first: Vec<_> = findings.first().iter().map(|raw| (raw.row, raw.column)).collect();
        assert_eq!(first, [(0, 0), (0, 1), (1, 1)]);
    }

    #[test]
    fn nothing_is_said_of_the_cells_of_a_blank_row() {
        let mut findings = Findings::new(10, 1);
        findings.set_blank_rows(vec![2]);
        findings.cell(2, 0, RuleId(0));
        findings.cell(3, 0, RuleId(0));
        findings.row(2, RuleId(0));
        assert_eq!(findings.counts(), [2]);
    }

    #[test]
    fn details_are_not_made_for_what_is_only_counted() {
        let mut findings = Findings::new(0, 1);
        let mut made = false;
        findings.cell_with(0, 0, RuleId(0), || {
            made = true;
            Vec::new()
        });
        assert!(!made);
        assert_eq!(findings.counts(), [1]);
    }
}
