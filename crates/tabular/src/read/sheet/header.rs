//! Where a sheet's table begins, and the labels of its columns when the header has several rows.

use std::ops::Range;

use super::grid::{Grid, Row};
use crate::detect::{header, look::Look};

/// Rows that the header is looked for in.
const LOOKED_AT: usize = 300;
/// Columns beyond which cells don't help to find it.
const WIDEST: usize = 2_000;
/// Rows that a header may have.
const TALLEST: usize = 4;

/// What the rows of a sheet are.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Indices of the rows of the header; empty when the first row is data.
    pub header: Range<usize>,
    /// Index of the first row of data.
    pub first_data: usize,
    /// The first column, and how many there are.
    pub columns: (usize, usize),
    /// One a column.
    pub labels: Vec<String>,
}

impl Layout {
    /// Finds the header of a sheet; `None` when it has no value.
    pub(super) fn find(grid: &Grid) -> Option<Self> {
        let (first, all) = grid.columns();
        let dense: Vec<Vec<String>> =
            grid.rows.iter().take(LOOKED_AT).map(|row| dense(row, first, all.min(WIDEST))).collect();
        let found = header::find(&dense)?;
        let header = match found.header {
            Some(top) => {
                let bottom = found.second.map_or(top, |second| if joins(&dense, top, second) { second } else { top });
                grow(grid, top..bottom + 1)
            }
            None => found.first_data..found.first_data,
        };
        let first_data = found.first_data.max(header.end);
        let width = width(&grid.rows[header.start..], first);
        let labels = labels(grid, &header, first, width);
        Some(Self { header, first_data, columns: (first, width), labels })
    }
}

fn dense(row: &Row, first: usize, width: usize) -> Vec<String> {
    // Nothing follows the last cell: a title of one cell is a row of one cell.
    let last = row.cells.last().map_or(0, |(column, _)| *column as usize - first + 1);
    let mut cells = vec![String::new(); last.min(width)];
    for (column, text) in &row.cells {
        if let Some(cell) = cells.get_mut(*column as usize - first) {
            text.trim().clone_into(cell);
        }
    }
    cells
}

/// Columns up to the last with a value in the header or below it: a title above may be farther to the right.
fn width(rows: &[Row], first: usize) -> usize {
    let last = rows.iter().filter_map(|row| row.cells.last()).map(|(column, _)| *column as usize).max();
    last.map_or(1, |last| last - first + 1)
}

/// Whether a second header completes the first: it has words where the first has none.
fn joins(rows: &[Vec<String>], top: usize, second: usize) -> bool {
    let is_blank = |column: usize| rows[top].get(column).is_none_or(String::is_empty);
    second == top + 1 && rows[second].iter().enumerate().any(|(column, below)| is_blank(column) && !below.is_empty())
}

/// Takes into the header the rows that share merged cells with it: groups above it, and labels below it.
fn grow(grid: &Grid, mut header: Range<usize>) -> Range<usize> {
    while header.len() < TALLEST && header.start > 0 && is_group(grid, header.start - 1) {
        header.start -= 1;
    }
    while header.len() < TALLEST && header.end + 1 < grid.rows.len() && goes_on(grid, header.end) {
        header.end += 1;
    }
    header
}

/// Whether a row right above the header groups its columns: at least two cells, some of them merged over several
/// columns but none over all, and no value among them. Without merged cells, two texts far apart are a group too.
fn is_group(grid: &Grid, index: usize) -> bool {
    let (row, below) = (&grid.rows[index], &grid.rows[index + 1]);
    let words = row.cells.iter().all(|(_, text)| !Look::of(text).is_value());
    if row.number + 1 != below.number || !words || row.cells.len() < 2 {
        return false;
    }
    let spans = row.cells.iter().any(|(column, _)| span(grid, row, *column) > 1);
    // A title with a date far to its right starts where the header does; groups leave the first column alone.
    let indented = row.cells.first().map(|(column, _)| *column) > below.cells.first().map(|(column, _)| *column);
    let apart = grid.merged.is_empty() && indented && row.cells.len() * 3 <= below.cells.len() * 2;
    spans || apart
}

/// Whether the row after the header belongs to it: a cell of the header is merged over several columns, and this row
/// has words below it.
fn goes_on(grid: &Grid, index: usize) -> bool {
    let (last, row) = (&grid.rows[index - 1], &grid.rows[index]);
    if last.number + 1 != row.number || row.cells.iter().any(|(_, text)| Look::of(text).is_value()) {
        return false;
    }
    if grid.merged.is_empty() {
        return completes(last, row);
    }
    last.cells.iter().any(|(column, _)| {
        let span = span(grid, last, *column);
        span > 1 && (*column..*column + span).filter(|column| row.get(*column).is_some()).count() > 1
    })
}

/// Whether, in a sheet that merges nothing, a row names the parts of the groups above it: all its cells are below a
/// blank or below a cell that a blank follows.
fn completes(above: &Row, row: &Row) -> bool {
    let blank = |column: u32| above.get(column).is_none();
    let below_blank = row.cells.iter().filter(|(column, _)| blank(*column)).count();
    let in_groups =
        row.cells.iter().all(|(column, _)| blank(*column) || (blank(column + 1) && row.get(column + 1).is_some()));
    below_blank > 0 && row.cells.len() > 1 && in_groups
}

/// How many columns a cell is merged over.
fn span(grid: &Grid, row: &Row, column: u32) -> u32 {
    let at = |region: &&calamine::Dimensions| {
        region.start == (row.number - 1, column) && region.end.1 > column && region.end.0 == region.start.0
    };
    grid.merged.iter().find(at).map_or(1, |region| region.end.1 - region.start.1 + 1)
}

/// The labels: what stands in the header's rows, from top to bottom.
fn labels(grid: &Grid, header: &Range<usize>, first: usize, width: usize) -> Vec<String> {
    let rows = &grid.rows[header.clone()];
    let mut labels = vec![String::new(); width];
    for (depth, row) in rows.iter().enumerate() {
        let is_last = depth + 1 == rows.len();
        let mut carried: Option<(u32, &str)> = None;
        for (offset, label) in labels.iter_mut().enumerate() {
            #[allow(clippy::cast_possible_truncation)]
            let column = (first + offset) as u32;
            if let Some(text) = row.get(column) {
                let reach = if is_last { 1 } else { reach(grid, row, &rows[depth + 1], column) };
                carried = Some((column + reach, text));
            }
            let part = carried.filter(|(end, _)| column < *end).map_or("", |(_, text)| text.trim());
            if !part.is_empty() && label.rsplit(" / ").next() != Some(part) {
                *label = if label.is_empty() { part.to_owned() } else { format!("{label} / {part}") };
            }
        }
    }
    labels
}

/// How far to the right a group's label holds: over its merged cells, or, in a sheet that merges none, up to the next
/// label as long as the row below has labels.
fn reach(grid: &Grid, row: &Row, below: &Row, column: u32) -> u32 {
    if !grid.merged.is_empty() {
        return span(grid, row, column);
    }
    let next = |at: u32| row.get(at).is_none() && below.get(at).is_some();
    (column + 1..).take_while(|at| next(*at)).count() as u32 + 1
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use calamine::Dimensions;

    use super::*;

    type Place = (u32, u32);

    fn grid(text: &str, merged: &[(Place, Place)]) -> Grid {
        let mut grid = Grid::default();
        for (row, line) in text.lines().enumerate() {
            for (column, cell) in line.split('|').enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
                grid.push(row as u32, column as u32, cell.trim().to_owned());
            }
        }
        grid.merged = merged.iter().map(|(start, end)| Dimensions::new(*start, *end)).collect();
        grid
    }

    #[test]
    fn titles_above_the_header_are_passed_over() {
        let layout =
            Layout::find(&grid("Budget 2014|||\n|||\nnature|fonction|montant\n1|20|3.5\n2|30|4.5", &[])).unwrap();
        assert_eq!((layout.header, layout.first_data), (1..2, 2));
        assert_eq!(layout.labels, ["nature", "fonction", "montant"]);
    }

    #[test]
    fn merged_groups_are_joined_to_the_labels_below_them() {
        let text = "Commune|2012||2013|\n|Montant|Part|Montant|Part\nAssas|1|2|3|4\nBram|5|6|7|8";
        let merged = [((0, 1), (0, 2)), ((0, 3), (0, 4)), ((0, 0), (1, 0))];
        let layout = Layout::find(&grid(text, &merged)).unwrap();
        assert_eq!(layout.labels, ["Commune", "2012 / Montant", "2012 / Part", "2013 / Montant", "2013 / Part"]);
        assert_eq!((layout.header, layout.first_data), (0..2, 2));
    }

    #[test]
    fn groups_without_merged_cells_hold_up_to_the_next() {
        let text = "|Hommes||Femmes|\nCommune|Nombre|Part|Nombre|Part\nAssas|1|2|3|4\nBram|5|6|7|8\nCers|5|6|7|8";
        let layout = Layout::find(&grid(text, &[])).unwrap();
        assert_eq!(layout.labels, ["Commune", "Hommes / Nombre", "Hommes / Part", "Femmes / Nombre", "Femmes / Part"]);
    }

    #[test]
    fn parts_of_groups_without_merged_cells_are_joined() {
        let text = "Service|Objet|Montant||Lots|\n||Annuel|Total|Nom|Part\nA|b|1|2|c|3\nD|e|4|5|f|6";
        let layout = Layout::find(&grid(text, &[])).unwrap();
        assert_eq!(
            layout.labels,
            ["Service", "Objet", "Montant / Annuel", "Montant / Total", "Lots / Nom", "Lots / Part"]
        );
        assert_eq!(layout.first_data, 2);
    }

    #[test]
    fn a_title_of_one_cell_above_rows_of_two_is_passed_over() {
        let text = "Marchés de 2011|||\n|||\nattributaire|objet|montant|date\nA|b||\nB|c||\nC|d||\nD|e|1|2011-01-01";
        assert_eq!(Layout::find(&grid(text, &[])).unwrap().header, 1..2);
    }

    #[test]
    fn a_table_that_starts_to_the_right_has_no_empty_columns() {
        let layout = Layout::find(&grid("||\n||nom|n\n||A|1\n||B|2", &[])).unwrap();
        assert_eq!((layout.columns, layout.labels), ((2, 2), vec!["nom".to_owned(), "n".to_owned()]));
    }
}
