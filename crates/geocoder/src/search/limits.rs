//! How much work one query may cost, whatever it says.

/// Bounds of the work of one search. What is beyond them is not looked at; answers that were found stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchLimits {
    /// Words of the query that are read, noise apart; at most 32.
    pub words: usize,
    /// Terms that one misspelt word may stand for.
    pub likenesses: usize,
    /// Readings of the query's town that are tried.
    pub readings: usize,
    /// Places that are compared with the query word by word.
    pub compared: usize,
    /// Items of lists that are walked: the bound on time.
    pub steps: usize,
}

impl Default for SearchLimits {
    fn default() -> SearchLimits {
        SearchLimits { words: 24, likenesses: 24, readings: 24, compared: 1_500, steps: 80_000 }
    }
}

/// What is left of the work that a query may cost.
#[derive(Debug)]
pub(super) struct Budget {
    steps: usize,
    compared: usize,
    limits: SearchLimits,
}

impl Budget {
    pub(super) fn new(limits: SearchLimits) -> Budget {
        Budget { steps: limits.steps, compared: limits.compared, limits }
    }

    pub(super) fn limits(&self) -> &SearchLimits {
        &self.limits
    }

    /// Steps that may still be walked.
    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    /// Counts steps that were walked.
    pub(super) fn walked(&mut self, steps: usize) {
        self.steps = self.steps.saturating_sub(steps);
    }

    /// Takes leave to compare one place more.
    pub(super) fn compare(&mut self) -> bool {
        let granted = self.compared > 0;
        self.compared = self.compared.saturating_sub(1);
        granted
    }

    /// Whether nothing more may be done.
    pub(super) fn spent(&self) -> bool {
        self.steps == 0 || self.compared == 0
    }

    /// Places that were compared.
    pub(super) fn examined(&self) -> u32 {
        u32::try_from(self.limits.compared - self.compared).unwrap_or(u32::MAX)
    }
}
