//! Delimited text that was opened in a spreadsheet with the wrong separator: each row is one long cell, or is cut at
//! its decimal commas. The cells are put together again and split where they should have been.

use super::grid::{Grid, Row};

/// Separators that spreadsheets don't expect when they expect commas.
const DELIMITERS: [char; 3] = [';', '\t', '|'];
/// Rows that are looked at to decide.
const LOOKED_AT: usize = 1_000;
/// Delimiters of a row, at least: a sentence may hold one.
const LEAST: usize = 2;
/// Share of the rows that must have as many delimiters as the first.
const ALIKE: f64 = 0.95;

/// Splits the rows of a sheet that holds delimited text; leaves any other sheet as it is.
pub(super) fn split(grid: Grid) -> Grid {
    let Some(delimiter) = delimiter(&grid) else { return grid };
    let rows = grid.rows.iter().map(|row| Row { number: row.number, cells: cells(&joined(row), delimiter) });
    // A row of delimiters alone holds nothing.
    Grid { rows: rows.filter(|row| !row.cells.is_empty()).collect(), merged: Vec::new() }
}

fn delimiter(grid: &Grid) -> Option<char> {
    let sample = &grid.rows[..grid.rows.len().min(LOOKED_AT)];
    let (header, rest) = sample.split_first()?;
    // A header cut at commas is not of this kind: its labels would be lost among the cells.
    let [(_, header)] = header.cells.as_slice() else { return None };
    DELIMITERS.into_iter().find(|delimiter| {
        let count = |text: &str| text.matches(*delimiter).count();
        let expected = count(header);
        let alike = rest.iter().filter(|row| count(&joined(row)) == expected).count();
        expected >= LEAST && !rest.is_empty() && alike as f64 >= ALIKE * rest.len() as f64
    })
}

/// The row as it was before it was cut at commas.
fn joined(row: &Row) -> String {
    let mut text = String::new();
    let mut at = row.cells.first().map_or(0, |(column, _)| *column);
    for (column, cell) in &row.cells {
        (at..*column).for_each(|_| text.push(','));
        text.push_str(cell);
        at = *column;
    }
    text
}

fn cells(text: &str, delimiter: char) -> Vec<(u32, String)> {
    let pieces = (0..).zip(text.split(delimiter));
    pieces.filter(|(_, piece)| !piece.trim().is_empty()).map(|(column, piece)| (column, piece.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let mut grid = Grid::default();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(*cells).filter(|(_, cell)| !cell.is_empty()) {
                grid.push(row, column, (*cell).to_owned());
            }
        }
        grid
    }

    #[test]
    fn delimited_text_pasted_in_a_sheet_gets_its_columns_back() {
        let pasted = grid(&[&["nom;voix;part"], &["Dupont;12;58", "5"], &["Durand;8;41", "5"]]);
        let split = split(pasted);
        assert_eq!(split.rows[0].cells.len(), 3);
        assert_eq!(split.rows[1].get(2), Some("58,5"));
        assert_eq!(split.rows[2].number, 3);
    }

    #[test]
    fn a_list_of_sentences_stays_a_list() {
        let sentences = grid(&[&["Remarques"], &["Le matin ; le soir ; la nuit"], &["Rien"]]);
        assert_eq!(split(sentences).rows[1].cells.len(), 1);
    }
}
