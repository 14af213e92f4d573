//! The cells of one column.

use arrow::array::{Array, StringArray};

use super::{Column, tally::ColumnTally};
use crate::{
    model::{Field, FieldKind, Schema},
    repair::{
        Place, Target, coordinates,
        date::{self, DayOrder},
        examiner::{Examiner, Unsure},
        rows,
        target::Asked,
    },
};

/// What is looked for in a column.
pub(super) struct ColumnPlan {
    pub(super) column: Column,
    pub(super) asked: Asked,
    target: Target,
}

impl ColumnPlan {
    pub(super) fn new(schema: Option<&Schema>, field: Option<&Field>, column: Column) -> Self {
        let asked = match (schema, field) {
            (Some(schema), Some(field)) => Asked::of(schema, field),
            _ => Asked::nothing(&column.label),
        };
        Self { target: Target::new(asked.clone()), asked, column }
    }

    /// A thread's own means to look at the column.
    pub(super) fn worker(&self) -> ColumnWorker {
        ColumnWorker { examiner: Examiner::new(self.target.clone(), DayOrder::DayFirst) }
    }
}

/// Looks at the cells of a column.
pub(super) struct ColumnWorker {
    examiner: Examiner,
}

impl ColumnWorker {
    /// What the cells of a batch show.
    pub(super) fn survey(&mut self, cells: &StringArray, first_row: u64) -> ColumnTally {
        let mut tally = ColumnTally { has_value: has_value(cells), ..ColumnTally::default() };
        let kind = &self.examiner.target().field.kind;
        let temporal = matches!(kind, FieldKind::Date(_) | FieldKind::Datetime(_));
        let points = matches!(kind, FieldKind::Geopoint(_));
        self.examiner.each_unsure(cells, |row, cell, Unsure { suggestion }| {
            if points && coordinates::place(cell) == Some(Place::France) {
                tally.in_france += 1;
            }
            let Some(suggestion) = suggestion else { return };
            if temporal {
                tally.shows(date::order_shown(cell));
            }
            let example = || (cell.to_owned(), suggestion.after.clone());
            tally.of(suggestion.code, suggestion.certain).add(first_row + row as u64, example);
        });
        tally
    }
}

fn has_value(cells: &StringArray) -> bool {
    (0..cells.len()).any(|row| !rows::is_blank(rows::cell(cells, row)))
}
