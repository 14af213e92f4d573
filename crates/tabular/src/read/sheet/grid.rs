//! The cells of a sheet that hold something, row by row.

use calamine::Dimensions;

use crate::detect::look::Look;

/// A sheet. Rows are in order; empty rows and cells are absent.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub rows: Vec<Row>,
    pub merged: Vec<Dimensions>,
}

/// A row that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// 1-based, as the spreadsheet shows it.
    pub number: u32,
    /// 0-based columns and texts, in order.
    pub cells: Vec<(u32, String)>,
}

impl Row {
    /// The text of a column.
    pub(super) fn get(&self, column: u32) -> Option<&str> {
        let index = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        Some(&self.cells[index].1)
    }

    /// All texts, as one line.
    pub(super) fn text(&self) -> String {
        self.cells.iter().map(|(_, text)| text.trim()).collect::<Vec<_>>().join(" | ")
    }
}

impl Grid {
    /// Adds a cell. Cells come row by row; one that comes late is put where it belongs.
    pub(super) fn push(&mut self, row: u32, column: u32, text: String) {
        let number = row + 1;
        let index = match self.rows.last() {
            Some(last) if last.number == number => self.rows.len() - 1,
            Some(last) if last.number > number => match self.rows.binary_search_by_key(&number, |row| row.number) {
                Ok(index) => index,
                Err(index) => {
                    self.rows.insert(index, Row { number, cells: Vec::new() });
                    index
                }
            },
            _ => {
                self.rows.push(Row { number, cells: Vec::new() });
                self.rows.len() - 1
            }
        };
        let cells = &mut self.rows[index].cells;
        match cells.last() {
            Some((last, _)) if *last >= column => match cells.binary_search_by_key(&column, |(column, _)| *column) {
                Ok(index) => cells[index].1 = text,
                Err(index) => cells.insert(index, (column, text)),
            },
            _ => cells.push((column, text)),
        }
    }

    /// The first column with a value, and how many there are up to the last.
    pub(super) fn columns(&self) -> (usize, usize) {
        let first = self.rows.iter().filter_map(|row| row.cells.first()).map(|(column, _)| *column).min().unwrap_or(0);
        let last = self.rows.iter().filter_map(|row| row.cells.last()).map(|(column, _)| *column).max().unwrap_or(0);
        (first as usize, (last - first) as usize + 1)
    }
}

/// How many of the rows remain once sums at the end are left out: rows whose first value names a total and whose
/// others are numbers.
pub(super) fn without_totals(rows: &[Row]) -> usize {
    let totals = rows.iter().rev().take_while(|row| is_total(row)).count();
    // A table of nothing but totals is a table of totals.
    if totals + 2 <= rows.len() { rows.len() - totals } else { rows.len() }
}

fn is_total(row: &Row) -> bool {
    let Some(((_, label), rest)) = row.cells.split_first() else { return false };
    let label = label.trim().trim_end_matches([':', ' ', '\u{a0}']).to_lowercase().replace('é', "e");
    let named = [
        "total",
        "totaux",
        "total general",
        "totaux generaux",
        "sous-total",
        "sous total",
        "ensemble",
        "total ttc",
        "total resultat",
    ];
    named.contains(&label.as_str()) && !rest.is_empty() && rest.iter().all(|(_, cell)| Look::of(cell).is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u32, cells: &[(u32, &str)]) -> Row {
        Row { number, cells: cells.iter().map(|(column, text)| (*column, (*text).to_owned())).collect() }
    }

    #[test]
    fn cells_that_come_late_are_put_in_their_place() {
        let mut grid = Grid::default();
        for (row, column) in [(2, 1), (2, 3), (5, 1), (2, 2), (0, 4)] {
            grid.push(row, column, format!("{row}-{column}"));
        }
        assert_eq!(grid.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3, 6]);
        assert_eq!(grid.rows[1].cells.iter().map(|(column, _)| *column).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(grid.columns(), (1, 4));
    }

    #[test]
    fn totals_at_the_end_are_left_out() {
        let rows = [
            row(2, &[(0, "A"), (1, "1")]),
            row(3, &[(0, "Total des voies"), (1, "2")]),
            row(4, &[(0, "Total"), (1, "3")]),
            row(5, &[(0, "TOTAL GÉNÉRAL :"), (1, "3.5")]),
        ];
        assert_eq!(without_totals(&rows), 2);
        assert_eq!(without_totals(&rows[2..]), 2);
    }
}
