//! Where a table begins: titles above the header, the header, a second line of headers.
//!
//! The rules are careful: a line is taken from the data only when the lines below it leave no doubt.

use crate::detect::look::Look;

/// Lines above which a header is no longer looked for.
const DEEPEST_HEADER: usize = 40;
/// Share of a column's cells that must look alike for the column to say something of its header.
const ALIKE: f64 = 0.8;
/// Rows that must be below a second header for it to be taken for one.
const SECOND_HEADER_ROWS: usize = 3;

/// What the first rows of a table are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Index of the header among the rows; `None` when the first row is data already.
    pub header: Option<usize>,
    /// Index of a second header right below, in other words.
    pub second: Option<usize>,
    /// Index of the first row that is neither title nor header.
    pub first_data: usize,
}

/// Finds the header among a table's first rows; `None` when no row has a value.
pub(crate) fn find(rows: &[Vec<String>]) -> Option<Layout> {
    let looks: Vec<Vec<Look>> = rows.iter().map(|row| row.iter().map(|cell| Look::of(cell)).collect()).collect();
    let first = looks.iter().position(|row| filled(row) > 0)?;
    let typical = typical_fill(&looks[first..]);
    let top = looks
        .iter()
        .enumerate()
        .skip(first)
        .take(DEEPEST_HEADER)
        .find(|(_, row)| is_wide(row, typical))
        .map_or(first, |(index, _)| index);
    let body = &looks[top + 1..];
    if is_data(&looks[top], body) {
        return Some(Layout { header: None, second: None, first_data: top });
    }
    let second = body.iter().position(|row| filled(row) > 0).map(|offset| top + 1 + offset);
    let second = second.filter(|&index| is_second_header(&looks[index], &looks[index + 1..], typical));
    Some(Layout { header: Some(top), second, first_data: second.unwrap_or(top) + 1 })
}

fn filled(row: &[Look]) -> usize {
    row.iter().filter(|look| **look != Look::Empty).count()
}

/// Median number of cells with a value, over rows that have one.
fn typical_fill(rows: &[Vec<Look>]) -> usize {
    let mut fills: Vec<usize> = rows.iter().map(|row| filled(row)).filter(|&count| count > 0).collect();
    fills.sort_unstable();
    fills.get(fills.len() / 2).copied().unwrap_or(0)
}

/// Whether a row is wide enough to be a header rather than a title.
fn is_wide(row: &[Look], typical: usize) -> bool {
    match typical {
        0 | 1 => filled(row) >= 1,
        2 => filled(row) >= 1 && row.len() >= 2,
        _ => filled(row) >= 2.max(typical.div_ceil(2)),
    }
}

/// Whether a row looks like the rows below it: it has values where they have, and no word above numbers.
fn is_data(row: &[Look], body: &[Vec<Look>]) -> bool {
    let mut evidence = false;
    for (column, look) in row.iter().enumerate() {
        let Some(below) = column_look(body, column) else { continue };
        match look {
            Look::Text if below != Look::Text => return false,
            look if look.is_value() && look.agrees(below) => evidence = true,
            _ => {}
        }
    }
    evidence
}

/// What nearly all cells of a column look like.
fn column_look(body: &[Vec<Look>], column: usize) -> Option<Look> {
    let cells: Vec<Look> =
        body.iter().filter_map(|row| row.get(column)).copied().filter(|look| *look != Look::Empty).collect();
    [Look::Number, Look::Date, Look::Address, Look::Text].into_iter().find(|kind| {
        let alike = cells.iter().filter(|look| kind.agrees(**look)).count();
        alike > 0 && alike as f64 >= ALIKE * cells.len() as f64
    })
}

/// Whether a row is words above columns of numbers, as when labels follow a line of codes.
fn is_second_header(row: &[Look], body: &[Vec<Look>], typical: usize) -> bool {
    let below = body.iter().filter(|row| filled(row) > 0).count();
    if below < SECOND_HEADER_ROWS || filled(row) * 2 < typical || row.iter().any(|look| look.is_value()) {
        return false;
    }
    let numeric: Vec<usize> =
        (0..row.len()).filter(|&column| column_look(body, column).is_some_and(Look::is_numeric)).collect();
    numeric.len() >= 2.max(typical / 3) && numeric.iter().all(|&column| row[column] == Look::Text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn layout(text: &str) -> Layout {
        let rows: Vec<Vec<String>> = text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
        find(&rows).unwrap()
    }

    #[test]
    fn the_first_row_is_the_header_of_a_plain_table() {
        assert_eq!(layout("nom;montant\nA;1\nB;2"), Layout { header: Some(0), second: None, first_data: 1 });
    }

    #[test]
    fn titles_and_blank_rows_above_the_header_are_passed_over() {
        let found = layout("Budget 2014;;\nVille;;\n;;\nnature;fonction;montant\n1;20;3,5\n2;30;4,5");
        assert_eq!(found, Layout { header: Some(3), second: None, first_data: 4 });
    }

    #[test]
    fn a_title_of_one_cell_above_two_columns_is_passed_over() {
        assert_eq!(layout("Prénoms\nprénom;nombre\nEmma;9\nLucas;8").header, Some(1));
    }

    #[test]
    fn a_table_without_header_begins_at_its_first_row() {
        let found = layout("1;2024-01-31;12,5\n2;2024-02-01;13,5\n3;2024-02-02;1,5");
        assert_eq!(found, Layout { header: None, second: None, first_data: 0 });
    }

    #[test]
    fn years_above_numbers_are_a_header() {
        assert_eq!(layout("commune;2012;2013\nAssas;12;13\nBram;14;15").header, Some(0));
        assert_eq!(layout("2012;2013\n12;13\n14;15").header, Some(0));
    }

    #[test]
    fn labels_below_codes_are_a_second_header() {
        let found = layout("REG;NbMen;Q1\nCode;Ménages;Quartile\n91;588;25,1\n91;600;24,0\n91;700;23,0");
        assert_eq!(found, Layout { header: Some(0), second: Some(1), first_data: 2 });
    }

    #[test]
    fn a_row_of_words_is_kept_when_columns_are_words() {
        assert_eq!(layout("nom;ville\nA;Bram\nB;Revel\nC;Limoux").second, None);
    }
}
