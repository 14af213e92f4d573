//! Which columns a repaired table has, and where they come from.

use arrow::array::StringArray;

/// The columns of the repaired table.
#[derive(Debug)]
pub(super) struct Layout {
    columns: Vec<Column>,
    /// Labels in the order that is asked.
    order: Vec<String>,
}

#[derive(Debug)]
struct Column {
    label: String,
    /// Its place in the table as it came; `None`: it is added, empty.
    source: Option<usize>,
    dropped: bool,
}

impl Layout {
    /// The table as it came.
    pub(super) fn new(header: &[String]) -> Self {
        let column =
            |(index, label): (usize, &String)| Column { label: label.clone(), source: Some(index), dropped: false };
        Self { columns: header.iter().enumerate().map(column).collect(), order: Vec::new() }
    }

    /// Gives a column another label, unless another column has it.
    pub(super) fn rename(&mut self, source: usize, label: &str) -> bool {
        if self.columns.iter().any(|column| column.label == label && column.source != Some(source)) {
            return false;
        }
        let column = self.columns.iter_mut().find(|column| column.source == Some(source));
        column.is_some_and(|column| std::mem::replace(&mut column.label, label.to_owned()) != label)
    }

    /// Adds empty columns; those that are there are left.
    pub(super) fn add(&mut self, labels: &[String]) -> u64 {
        let before = self.columns.len();
        for label in labels {
            if !self.columns.iter().any(|column| column.label == *label) {
                self.columns.push(Column { label: label.clone(), source: None, dropped: false });
            }
        }
        (self.columns.len() - before) as u64
    }

    /// Takes a column out.
    pub(super) fn drop_column(&mut self, source: usize) -> bool {
        let column = self.columns.iter_mut().find(|column| column.source == Some(source));
        column.is_some_and(|column| !std::mem::replace(&mut column.dropped, true))
    }

    /// Asks for an order, which [`Layout::arrange`] makes once all labels are known.
    pub(super) fn ask_order(&mut self, labels: &[String]) {
        self.order = labels.to_vec();
    }

    /// Makes the order that was asked; columns that it doesn't name follow as they were.
    pub(super) fn arrange(&mut self) {
        self.columns.retain(|column| !column.dropped);
        let place = |label: &String| self.order.iter().position(|other| other == label).unwrap_or(usize::MAX);
        if !self.order.is_empty() {
            self.columns.sort_by_key(|column| place(&column.label));
        }
    }

    pub(super) fn labels(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.label.clone()).collect()
    }

    /// The columns of a batch in their new places.
    pub(super) fn apply(&self, columns: Vec<StringArray>, rows: usize) -> Vec<StringArray> {
        let empty = || StringArray::from_iter_values(std::iter::repeat_n("", rows));
        let of = |column: &Column| column.source.and_then(|source| columns.get(source).cloned()).unwrap_or_else(empty);
        self.columns.iter().map(of).collect()
    }
}
