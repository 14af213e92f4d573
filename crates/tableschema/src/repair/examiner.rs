//! Looks through the cells of a column quickly, and thoroughly where something may be wrong.

use std::collections::HashMap;

use arrow::array::{Array, StringArray};

use super::{Suggestion, Target, date::DayOrder, diagnosis, whitespace};

/// Cells whose diagnosis is remembered: faults of a column are often the same few.
const REMEMBERED: usize = 4_096;
/// Longest cell that is remembered, in bytes.
const LONGEST: usize = 128;

/// Tries the cells of one column; one for each thread.
#[derive(Debug)]
pub(super) struct Examiner {
    target: Target,
    order: DayOrder,
    remembered: HashMap<Box<str>, Option<Suggestion>, foldhash::fast::RandomState>,
}

/// A cell that was looked at thoroughly.
pub(super) struct Unsure<'a> {
    /// What would be right in its place, if anything is known.
    pub(super) suggestion: Option<&'a Suggestion>,
}

impl Examiner {
    pub(super) fn new(target: Target, order: DayOrder) -> Self {
        Self { target, order, remembered: HashMap::default() }
    }

    pub(super) fn target(&self) -> &Target {
        &self.target
    }

    /// Calls for each cell that is not right and clean at first sight.
    pub(super) fn each_unsure(&mut self, cells: &StringArray, mut call: impl FnMut(usize, &str, Unsure)) {
        let empty_is_missing = self.target.is_missing("");
        let (offsets, data) = (cells.value_offsets(), cells.value_data());
        let quiet = whitespace::are_quiet(bytes(cells));
        for (row, pair) in offsets.windows(2).enumerate() {
            let [start, end] = pair else { continue };
            if start == end && empty_is_missing {
                continue;
            }
            let cell = data.get(*start as usize..*end as usize).unwrap_or_default();
            // Bytes are enough for nearly all cells of nearly all columns.
            if quiet && !whitespace::has_open_ends(cell) && self.target.is_plainly_right(cell) {
                continue;
            }
            if cells.is_valid(row) && self.is_unsure(cells.value(row), quiet) {
                self.diagnose(cells.value(row), |cell, suggestion| call(row, cell, Unsure { suggestion }));
            }
        }
    }

    fn is_unsure(&self, cell: &str, quiet: bool) -> bool {
        let unclean = if quiet { whitespace::has_open_ends(cell.as_bytes()) } else { diagnosis::may_be_unclean(cell) };
        unclean || !self.target.accepts(cell) || diagnosis::is_suspect(cell, &self.target)
    }

    #[cold]
    fn diagnose(&mut self, cell: &str, call: impl FnOnce(&str, Option<&Suggestion>)) {
        if let Some(known) = self.remembered.get(cell) {
            return call(cell, known.as_ref());
        }
        let found = diagnosis::of(cell, &self.target, self.order);
        call(cell, found.as_ref());
        if cell.len() <= LONGEST && self.remembered.len() < REMEMBERED {
            self.remembered.insert(cell.into(), found);
        }
    }
}

/// The bytes of all cells.
fn bytes(cells: &StringArray) -> &[u8] {
    let offsets = cells.value_offsets();
    let (Some(start), Some(end)) = (offsets.first(), offsets.last()) else { return &[] };
    cells.value_data().get(*start as usize..*end as usize).unwrap_or_default()
}
