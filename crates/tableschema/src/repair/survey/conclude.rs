//! From what was counted to what is proposed.

use super::{ColumnPlan, ColumnTally, Plan, Proposal, RepairCode, Sum, header, tally::Tally};
use crate::repair::{
    Target,
    date::DayOrder,
    diagnosis,
    proposal::{Change, Column, Recipe},
};

impl Sum<'_> {
    /// What is proposed, the whole table first, then by column.
    pub(super) fn conclude(self) -> Vec<Proposal> {
        let plan = self.plan;
        let empty = empty_columns(plan, &self.columns);
        let mut proposals = match plan.schema {
            Some(schema) => header::propose(schema, plan.header, &plan.matches),
            None => header::trims(plan.header),
        };
        proposals.extend(empty);
        for (code, recipe, tally) in [
            (RepairCode::BlankRows, Recipe::DropBlankRows, self.blank),
            (RepairCode::ExtraCells, Recipe::DropExtraCells, self.extra),
        ] {
            proposals.extend(of_rows(code, true, recipe, tally));
        }
        // Two rows alike may be two things alike: a person knows.
        proposals.extend(of_rows(RepairCode::DuplicateRows, false, Recipe::DropDuplicateRows, self.duplicates));
        if let Some((lon, lat)) = plan.pair.filter(|_| self.pair.swapped.count > 0) {
            let [longitude, latitude] = [lon, lat].map(|index| Column::at(plan.header, index));
            let label = longitude.label.clone();
            let recipe = Recipe::ExchangePair { longitude: longitude.clone(), latitude };
            let certain = self.pair.in_france == 0;
            let proposal = Proposal::of_column(RepairCode::SwappedCoordinates, &longitude, true, recipe);
            let count = self.pair.swapped.count;
            proposals.push(Proposal { certain, ..proposal }.counted(count, self.pair.swapped.changes(&label)));
        }
        for (column, tally) in plan.columns.iter().zip(self.columns) {
            proposals.extend(of_column(column, tally));
        }
        proposals
    }
}

fn of_rows(code: RepairCode, certain: bool, recipe: Recipe, tally: Tally) -> Option<Proposal> {
    let count = tally.count;
    (count > 0).then(|| Proposal::of_table(code, certain, recipe).counted(count, tally.changes("")))
}

/// Columns without a label and without a value: what a spreadsheet leaves at the right of a table.
fn empty_columns(plan: &Plan, tallies: &[ColumnTally]) -> Option<Proposal> {
    let empty = plan.header.iter().zip(tallies).enumerate().filter(|(index, (label, tally))| {
        label.trim().is_empty() && !tally.has_value && plan.matches[*index].is_none()
    });
    let columns: Vec<Column> = empty.map(|(index, _)| Column::at(plan.header, index)).collect();
    let count = columns.len() as u64;
    let proposal = Proposal::of_table(RepairCode::EmptyColumns, true, Recipe::DropColumns { columns });
    (count > 0).then(|| proposal.counted(count, Vec::new()))
}

fn of_column(plan: &ColumnPlan, tally: ColumnTally) -> Vec<Proposal> {
    let order = match (tally.day_first, tally.month_first) {
        (_, 0) => Some(DayOrder::DayFirst),
        (0, _) => Some(DayOrder::MonthFirst),
        // Both orders are met: what doesn't show its own cannot be known.
        _ => None,
    };
    let proven = tally.day_first + tally.month_first > 0;
    let mut repairs = tally.repairs;
    repairs.sort_by_key(|((code, certain), _)| (*code, !certain));
    let mut proposals = Vec::new();
    for ((code, sure), counted) in repairs {
        let count = counted.count;
        let mut examples = counted.changes(&plan.column.label);
        let certain = match code {
            RepairCode::DateOrder => {
                let Some(order) = order else { continue };
                reorder(plan, order, &mut examples);
                sure && proven
            }
            RepairCode::SwappedCoordinates => sure && tally.in_france == 0,
            _ => sure,
        };
        let recipe = match code {
            RepairCode::ScientificLost => Recipe::Report,
            _ => Recipe::Cells {
                column: plan.column.clone(),
                asked: Box::new(plan.asked.clone()),
                likely: !sure,
                order: order.unwrap_or(DayOrder::DayFirst),
            },
        };
        let proposal = Proposal::of_column(code, &plan.column, sure, recipe);
        proposals.push(Proposal { certain, ..proposal }.counted(count, examples));
    }
    proposals
}

/// Examples were made with the day first.
fn reorder(plan: &ColumnPlan, order: DayOrder, examples: &mut [Change]) {
    if order == DayOrder::DayFirst {
        return;
    }
    let target = Target::new(plan.asked.clone());
    for example in examples {
        if let Some(suggestion) = diagnosis::of(&example.before, &target, order) {
            example.after = suggestion.after;
        }
    }
}
