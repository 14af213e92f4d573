//! A repair that is proposed: what it would do, how often, and how sure it is.

use serde::{Deserialize, Serialize};

use super::{RepairCode, date::DayOrder, target::Asked};
use crate::locales;

/// A repair that can be made. It is kept as the record of what was done, so it holds all that applying it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// Stable for a table and a schema: `trim:nom`; `date-likely:debut` for the less certain part of `date:debut`.
    pub id: String,
    /// What it does.
    pub code: RepairCode,
    /// The column's label as it came; `None`: the table as a whole.
    pub field: Option<String>,
    /// Cells, rows or columns that it would change.
    pub count: u64,
    /// Whether it is right beyond doubt. What isn't needs a person's word.
    pub certain: bool,
    /// Whether it can be made at all: figures that were thrown away are reported, and only that.
    pub applicable: bool,
    /// The first changes, by row.
    pub examples: Vec<Change>,
    pub(super) recipe: Recipe,
}

/// A change of one cell, or of one label (row 1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The row; the header is row 1.
    pub row: u64,
    /// The column's label as it came; empty: the row as a whole.
    pub field: String,
    /// As it is.
    pub before: String,
    /// As it would be.
    pub after: String,
}

/// How a repair is applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Recipe {
    /// Cells of a column.
    Cells {
        column: Column,
        /// What is asked of them.
        asked: Box<Asked>,
        /// Whether the changes are those that need a person's word.
        likely: bool,
        /// What comes first in days whose numbers don't show it.
        order: DayOrder,
    },
    /// A column gets another label.
    Rename { column: Column, label: String },
    /// Empty columns with these labels are added.
    AddColumns { labels: Vec<String> },
    /// Columns come in the order of these labels; others follow.
    Arrange { labels: Vec<String> },
    /// Columns go.
    DropColumns { columns: Vec<Column> },
    /// Two columns change values where only so the point is in France.
    ExchangePair { longitude: Column, latitude: Column },
    /// Rows without a value go.
    DropBlankRows,
    /// Rows that were there before go.
    DropDuplicateRows,
    /// Empty cells beyond the header go.
    DropExtraCells,
    /// Nothing can be done.
    Report,
}

/// A column of the table as it came: found again by its label, since other columns may have gone in between.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Column {
    pub(super) label: String,
    /// Columns of the same label before it.
    pub(super) occurrence: usize,
}

impl Column {
    /// The column at a place of a header.
    pub(super) fn at(header: &[String], index: usize) -> Self {
        let label = header.get(index).cloned().unwrap_or_default();
        let occurrence = header.iter().take(index).filter(|other| **other == label).count();
        Self { label, occurrence }
    }

    /// Its place in a header.
    pub(super) fn find(&self, header: &[String]) -> Option<usize> {
        let same = header.iter().enumerate().filter(|(_, label)| **label == self.label);
        same.map(|(index, _)| index).nth(self.occurrence)
    }

    /// How it stands in identifiers of proposals.
    pub(super) fn name(&self) -> String {
        match self.occurrence {
            0 => self.label.clone(),
            more => format!("{}#{}", self.label, more + 1),
        }
    }
}

impl Proposal {
    /// A proposal on a column.
    pub(super) fn of_column(code: RepairCode, column: &Column, certain: bool, recipe: Recipe) -> Self {
        let likely = if certain { "" } else { "-likely" };
        Self {
            id: format!("{code}{likely}:{}", column.name()),
            code,
            field: Some(column.label.clone()),
            count: 0,
            certain,
            applicable: recipe != Recipe::Report,
            examples: Vec::new(),
            recipe,
        }
    }

    /// A proposal on the table as a whole.
    pub(super) fn of_table(code: RepairCode, certain: bool, recipe: Recipe) -> Self {
        Self {
            id: code.name().to_owned(),
            code,
            field: None,
            count: 0,
            certain,
            applicable: true,
            examples: Vec::new(),
            recipe,
        }
    }

    /// The same with its changes.
    pub(super) fn counted(mut self, count: u64, examples: Vec<Change>) -> Self {
        self.count = count;
        self.examples = examples;
        self
    }

    /// What it would do, for a clerk, in `fr` or `en` (any other language: English).
    #[must_use]
    pub fn description(&self, language: &str) -> String {
        let count = self.count.to_string();
        let first = self.examples.first();
        let listed: Vec<&str> = self.examples.iter().map(|change| change.after.as_str()).collect();
        let listed = listed.join(", ");
        let order = match self.recipe {
            Recipe::Cells { order: DayOrder::MonthFirst, .. } => "month-first",
            _ => "day-first",
        };
        let arguments = [
            ("count", count.as_str()),
            ("many", if self.count > 1 { "many" } else { "one" }),
            ("certain", if self.certain { "yes" } else { "no" }),
            ("field", self.field.as_deref().unwrap_or_default()),
            ("before", first.map_or("", |change| change.before.as_str())),
            ("after", first.map_or("", |change| change.after.as_str())),
            ("list", listed.as_str()),
            ("order", order),
        ];
        locales::sentence(language, &format!("repair-{}", self.code), arguments.into_iter())
    }
}
