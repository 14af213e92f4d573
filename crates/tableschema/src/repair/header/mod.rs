//! Labels of columns against the names of a schema's fields.

mod resemblance;
mod synonyms;

pub(super) use resemblance::{Match, pair};

use super::{
    Change, Proposal, RepairCode,
    proposal::{Column, Recipe},
};
use crate::model::Schema;

/// What can be proposed for a header whose columns are paired with fields.
pub(super) fn propose(schema: &Schema, header: &[String], matches: &[Option<Match>]) -> Vec<Proposal> {
    let mut proposals = renames(schema, header, matches);
    proposals.extend(missing(schema, matches));
    proposals.extend(order(schema, header, matches));
    proposals
}

/// A header without a schema: labels with spaces around them.
pub(super) fn trims(header: &[String]) -> Vec<Proposal> {
    let trimmed = |label: &String| super::whitespace::trimmed(label).into_owned();
    let unclean =
        header.iter().enumerate().filter(|(_, label)| **label != trimmed(label) && !trimmed(label).is_empty());
    unclean.map(|(index, label)| rename(header, index, trimmed(label), true)).collect()
}

fn renames(schema: &Schema, header: &[String], matches: &[Option<Match>]) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for (index, (label, found)) in header.iter().zip(matches).enumerate() {
        let name = found.and_then(|found| schema.fields.get(found.field)).map(|field| &field.name);
        if let (Some(found), Some(name)) = (found, name)
            && name != label
        {
            proposals.push(rename(header, index, name.clone(), found.certain));
        }
    }
    proposals
}

fn rename(header: &[String], index: usize, label: String, certain: bool) -> Proposal {
    let column = Column::at(header, index);
    let change = Change { row: 1, field: column.label.clone(), before: column.label.clone(), after: label.clone() };
    let recipe = Recipe::Rename { column: column.clone(), label };
    Proposal::of_column(RepairCode::Header, &column, certain, recipe).counted(1, vec![change])
}

/// Fields that may stay empty and have no column. Those that must be filled cannot be made up.
fn missing(schema: &Schema, matches: &[Option<Match>]) -> Option<Proposal> {
    let is_there = |field: usize| matches.iter().flatten().any(|found| found.field == field);
    // A table that has none of the fields is another table.
    if !(0..schema.fields.len()).any(is_there) {
        return None;
    }
    let absent = schema.fields.iter().enumerate().filter(|(index, field)| {
        !is_there(*index) && !field.constraints.required && !schema.primary_key.contains(&field.name)
    });
    let labels: Vec<String> = absent.map(|(_, field)| field.name.clone()).collect();
    if labels.is_empty() {
        return None;
    }
    let added = |label: &String| Change { row: 1, field: label.clone(), before: String::new(), after: label.clone() };
    let (count, changes) = (labels.len() as u64, labels.iter().map(added).collect());
    Some(Proposal::of_table(RepairCode::MissingColumns, true, Recipe::AddColumns { labels }).counted(count, changes))
}

/// Columns that are not in the order of their fields.
fn order(schema: &Schema, header: &[String], matches: &[Option<Match>]) -> Option<Proposal> {
    let fields: Vec<usize> = matches.iter().flatten().map(|found| found.field).collect();
    let first_other = matches.iter().position(Option::is_none).unwrap_or(matches.len());
    let others_last = matches[first_other..].iter().all(Option::is_none);
    if fields.len() < 2 || (fields.is_sorted() && others_last) {
        return None;
    }
    let mut sorted = fields.clone();
    sorted.sort_unstable();
    let labels: Vec<String> = schema.fields.iter().map(|field| field.name.clone()).collect();
    let moved = fields.iter().zip(&sorted).filter(|(is, should)| is != should).count().max(1);
    let names = |fields: &[usize]| {
        let names: Vec<&str> = fields.iter().filter_map(|field| labels.get(*field)).map(String::as_str).collect();
        names.join(", ")
    };
    let before = header.join(", ");
    let change = Change { row: 1, field: String::new(), before, after: names(&sorted) };
    let recipe = Recipe::Arrange { labels: labels.clone() };
    Some(Proposal::of_table(RepairCode::ColumnOrder, true, recipe).counted(moved as u64, vec![change]))
}

#[cfg(test)]
mod tests;
