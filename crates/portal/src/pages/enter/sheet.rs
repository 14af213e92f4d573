//! The cells that a person typed: from the form, to the form, to a CSV file.
//!
//! A cell comes as `c-{row}-{column}`, both from 0, `rows` says how many rows the form has. Rows left empty are not
//! data; what remains keeps its order.

use crate::problem::{Kind, Problem};

/// Characters of a cell.
const LONGEST_CELL: usize = 10_000;

/// Rows of typed text, each as wide as the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    width: usize,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Rows to fill in.
    pub fn empty(width: usize, rows: usize) -> Self {
        Self { width, rows: vec![vec![String::new(); width]; rows] }
    }

    /// Takes the cells of a form; whatever isn't a cell of this width is passed over.
    ///
    /// # Errors
    /// When there are more than `most` rows, or a cell is too long.
    pub fn of_form(pairs: &[(String, String)], width: usize, most: usize) -> Result<Self, Problem> {
        let mut sheet = Self { width, rows: Vec::new() };
        for (name, value) in pairs {
            let Some((row, column)) = place(name).filter(|(_, column)| *column < width) else { continue };
            if row >= most {
                return Err(Problem::new(
                    Kind::TooLarge,
                    format!("a form takes at most {most} rows: publish a file instead"),
                ));
            }
            if value.chars().count() > LONGEST_CELL {
                return Err(Problem::new(Kind::TooLarge, format!("a cell takes at most {LONGEST_CELL} characters")));
            }
            sheet.reach(row + 1);
            if let Some(cell) = sheet.rows.get_mut(row).and_then(|cells| cells.get_mut(column)) {
                value.trim().clone_into(cell);
            }
        }
        Ok(sheet)
    }

    /// Takes the rows of a table whose columns are named; a column that isn't in `names` is passed over.
    pub fn of_table(names: &[String], header: &[String], rows: impl Iterator<Item = Vec<String>>) -> Self {
        let places: Vec<Option<usize>> =
            header.iter().map(|label| names.iter().position(|name| name == label)).collect();
        let rows = rows.map(|cells| {
            let mut row = vec![String::new(); names.len()];
            for (cell, place) in cells.into_iter().zip(&places) {
                if let Some(own) = place.and_then(|place| row.get_mut(place)) {
                    *own = cell;
                }
            }
            row
        });
        Self { width: names.len(), rows: rows.collect() }
    }

    /// Adds empty rows until there are so many.
    pub fn reach(&mut self, rows: usize) {
        while self.rows.len() < rows {
            self.rows.push(vec![String::new(); self.width]);
        }
    }

    /// All rows, empty ones too.
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// Rows with something in them, and where they are.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &Vec<String>)> {
        self.rows.iter().enumerate().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
    }

    /// Whether a column has something in it.
    pub fn has_column(&self, column: usize) -> bool {
        self.rows.iter().any(|cells| cells.get(column).is_some_and(|cell| !cell.is_empty()))
    }

    /// UTF-8, commas, RFC 4180: the header, then the rows with something in them.
    pub fn to_csv(&self, header: &[String]) -> Vec<u8> {
        let mut out = Vec::new();
        write_line(header, &mut out);
        for (_, cells) in self.filled() {
            write_line(cells, &mut out);
        }
        out
    }
}

fn place(name: &str) -> Option<(usize, usize)> {
    let (row, column) = name.strip_prefix("c-")?.split_once('-')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

fn write_line(cells: &[String], out: &mut Vec<u8>) {
    for (n, cell) in cells.iter().enumerate() {
        if n > 0 {
            out.push(b',');
        }
        // A single empty cell would be a blank line.
        if cell.contains([',', '"', '\n', '\r']) || (cells.len() == 1 && cell.is_empty()) {
            out.push(b'"');
            out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
    out.extend_from_slice(b"\r\n");
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(cells: &[(&str, &str)]) -> Vec<(String, String)> {
        cells.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn rows_left_empty_are_not_data() {
        let sheet =
            Sheet::of_form(&pairs(&[("c-0-0", " a "), ("c-1-0", ""), ("c-2-1", "b"), ("csrf", "x")]), 2, 10).unwrap();
        assert_eq!(sheet.filled().map(|(row, _)| row).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(sheet.to_csv(&["nom".into(), "note".into()]), b"nom,note\r\na,\r\n,b\r\n");
    }

    #[test]
    fn a_form_cannot_ask_for_a_million_rows() {
        assert!(Sheet::of_form(&pairs(&[("c-999999999-0", "a")]), 2, 500).is_err());
        assert!(
            Sheet::of_form(&pairs(&[("c-0-7", "a"), ("c--1-0", "a"), ("c-x-0", "a")]), 2, 500)
                .unwrap()
                .rows()
                .is_empty()
        );
    }

    #[test]
    fn columns_find_their_place_by_name() {
        let names = ["a".to_owned(), "b".to_owned()];
        let header = ["b".to_owned(), "z".to_owned(), "a".to_owned()];
        let sheet = Sheet::of_table(&names, &header, std::iter::once(vec!["1".into(), "2".into(), "3".into()]));
        assert_eq!(sheet.rows(), [["3".to_owned(), "1".to_owned()]]);
    }

    /// Records of RFC 4180.
    fn records(csv: &str) -> Vec<Vec<String>> {
        let (mut records, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut quoted = false;
        let mut characters = csv.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '"' if quoted && characters.peek() == Some(&'"') => cell.extend(characters.next()),
                '"' => quoted = !quoted,
                ',' if !quoted => record.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {}
                '\n' if !quoted => {
                    record.push(std::mem::take(&mut cell));
                    records.push(std::mem::take(&mut record));
                }
                other => cell.push(other),
            }
        }
        records
    }

    proptest! {
        #[test]
        fn what_is_typed_is_what_is_read(cells in prop::collection::vec(prop::collection::vec("[^\\p{Cc}\\p{Z}][a-zé,\"; ]{0,8}[^\\p{Cc}\\p{Z}\"]", 2), 1..6)) {
            let typed: Vec<(String, String)> = cells
                .iter()
                .enumerate()
                .flat_map(|(r, row)| row.iter().enumerate().map(move |(c, cell)| (format!("c-{r}-{c}"), cell.clone())))
                .collect();
            let csv = Sheet::of_form(&typed, 2, 100).unwrap().to_csv(&["première".into(), "seconde".into()]);
            let read = records(std::str::from_utf8(&csv).unwrap());
            prop_assert_eq!(&read[0], &["première", "seconde"]);
            prop_assert_eq!(&read[1..], cells.as_slice());
        }
    }
}
