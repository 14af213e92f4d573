//! Counts with some examples.

use super::{Change, RepairCode};
use crate::repair::date::DayOrder;

/// Examples that are kept of each repair.
const EXAMPLES: usize = 5;

/// How often something was met, and the first times.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) count: u64,
    /// Row, before, after.
    examples: Vec<(u64, String, String)>,
}

impl Tally {
    pub(super) fn add(&mut self, row: u64, example: impl FnOnce() -> (String, String)) {
        self.count += 1;
        if self.examples.len() < EXAMPLES {
            let (before, after) = example();
            self.examples.push((row, before, after));
        }
    }

    /// Adds what came later in the table.
    pub(super) fn merge(&mut self, later: Self) {
        self.count += later.count;
        let room = EXAMPLES - self.examples.len();
        self.examples.extend(later.examples.into_iter().take(room));
    }

    /// The examples as changes of a column.
    pub(super) fn changes(self, field: &str) -> Vec<Change> {
        let change = |(row, before, after)| Change { row, field: field.to_owned(), before, after };
        self.examples.into_iter().map(change).collect()
    }
}

/// What the cells of a column showed.
#[derive(Debug, Default)]
pub(super) struct ColumnTally {
    /// By code and certainty; few, hence no map.
    pub(super) repairs: Vec<((RepairCode, bool), Tally)>,
    /// Days that show that the day comes first.
    pub(super) day_first: u64,
    /// Days that show that the month comes first.
    pub(super) month_first: u64,
    /// Points that are in France as they are.
    pub(super) in_france: u64,
    /// Whether a cell has something to be seen.
    pub(super) has_value: bool,
}

impl ColumnTally {
    pub(super) fn of(&mut self, code: RepairCode, certain: bool) -> &mut Tally {
        let place = self.repairs.iter().position(|(key, _)| *key == (code, certain));
        let place = place.unwrap_or_else(|| {
            self.repairs.push(((code, certain), Tally::default()));
            self.repairs.len() - 1
        });
        &mut self.repairs[place].1
    }

    pub(super) fn shows(&mut self, order: Option<DayOrder>) {
        match order {
            Some(DayOrder::DayFirst) => self.day_first += 1,
            Some(DayOrder::MonthFirst) => self.month_first += 1,
            None => {}
        }
    }

    /// Adds what came later in the table.
    pub(super) fn merge(&mut self, later: Self) {
        for ((code, certain), tally) in later.repairs {
            self.of(code, certain).merge(tally);
        }
        self.day_first += later.day_first;
        self.month_first += later.month_first;
        self.in_france += later.in_france;
        self.has_value |= later.has_value;
    }
}
