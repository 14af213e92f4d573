//! Tables: rows of cells, in lines that quotes may carry over.

use std::collections::VecDeque;

use super::{
    Fault, FaultCode, Format, Options, Rows, SourceError,
    cells::{self, Cells},
    columns::{Columns, Role},
    input::{Input, Line, decoded},
    joining::Joining,
    row::Reader,
};
use crate::place::Place;

/// How many lines a row may have.
const ROW_LINES: usize = 64;
/// How many rows are read at once.
const ROWS: usize = 256;

pub(super) struct Table {
    input: Input,
    delimiter: char,
    reader: Reader,
    joining: Joining,
    row: Vec<u8>,
    line: Vec<u8>,
    cells: Cells,
}

impl Table {
    pub(super) fn open(mut input: Input, options: Options, format: Option<Format>) -> Result<Table, SourceError> {
        let mut row = Vec::new();
        // Lines before the header that name the delimiter, or nothing.
        let header = loop {
            match input.next(&mut row) {
                Line::Read if decoded(&row).trim().is_empty() || decoded(&row).starts_with("sep=") => {}
                Line::Read => break decoded(&row).into_owned(),
                Line::Faulty(_) => return Err(SourceError::NotText { kind: "binary" }),
                Line::End => return Err(SourceError::Empty),
            }
        };
        if header.contains('\0') {
            return Err(SourceError::NotText { kind: "binary" });
        }
        let delimiter = cells::delimiter(&header);
        let mut cells = Cells::default();
        cells.part(&header, delimiter);
        let names: Vec<&str> = cells.iter().map(str::trim).collect();
        let columns = Columns::of(&names, &options.columns)?;
        let format = format.unwrap_or_else(|| recognised(&columns));
        let reader = Reader::new(columns, format, options)?;
        let (row, line) = (Vec::new(), Vec::new());
        Ok(Table { input, delimiter, reader, joining: Joining::default(), row, line, cells })
    }

    pub(super) fn format(&self) -> Format {
        self.reader.format()
    }

    /// Reads the lines of a row, as far as its quotes go.
    fn next_row(&mut self) -> Line {
        match self.input.next(&mut self.row) {
            Line::Read => {}
            other => return other,
        }
        let first = (self.input.place(), self.row.len());
        for _ in 0..ROW_LINES {
            if self.cells.part(&decoded(&self.row), self.delimiter) {
                return Line::Read;
            }
            match self.input.next(&mut self.line) {
                Line::Read => self.row.extend_from_slice(&self.line),
                _ => break,
            }
        }
        let ((line, byte), length) = first;
        self.input.give_back(self.row.split_off(length), line, byte + length as u64);
        Line::Faulty(Fault::new(FaultCode::UnclosedQuote, line, byte))
    }
}

impl Rows for Table {
    fn read(&mut self, into: &mut VecDeque<Result<Place, Fault>>) -> bool {
        for _ in 0..ROWS {
            match self.next_row() {
                Line::Read if self.cells.is_blank() => {}
                Line::Read => {
                    let place = self.input.place();
                    self.reader.read(&self.cells, place, &mut self.joining, into);
                }
                Line::Faulty(fault) => into.push_back(Err(fault)),
                Line::End => {
                    into.extend(self.joining.finish().map(Ok));
                    return false;
                }
            }
            if !into.is_empty() {
                break;
            }
        }
        true
    }
}

/// What a table is, from its columns.
fn recognised(columns: &Columns) -> Format {
    let has = |role| columns.has(role);
    if columns.has_column("cle_interop") || (columns.has_column("toponyme") && columns.has_column("commune_insee")) {
        Format::Bal
    } else if columns.has_column("nom_lieu_dit") && !has(Role::Number) {
        Format::BanLieuxDits
    } else if columns.has_column("id_fantoir") || columns.has_column("nom_afnor") {
        Format::BanCsv
    } else if has(Role::Category) && has(Role::Name) {
        Format::Poi
    } else {
        Format::Csv
    }
}
