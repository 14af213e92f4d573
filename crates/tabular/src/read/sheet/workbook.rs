//! The sheets of a workbook of any kind, as grids of text.

use std::{fs::File, io::BufReader, path::Path};

use calamine::{Data, Range, Reader, Sheet, SheetType, SheetVisible, Xls, Xlsb, Xlsx};

use super::{cell, grid::Grid, guard, ods};
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
};

type Input = BufReader<File>;

/// A workbook, opened.
pub(super) enum Workbook {
    Xlsx(Box<Xlsx<Input>>),
    Xlsb(Box<Xlsb<Input>>),
    Xls(Box<Xls<Input>>),
    /// Its visible sheets, in order.
    Ods(Vec<(String, Grid)>),
}

impl Workbook {
    pub(super) fn open(path: &Path, kind: guard::Workbook, limits: &Limits) -> Result<Self> {
        let file = BufReader::new(File::open(path)?);
        Ok(match kind {
            guard::Workbook::Xlsx => Self::Xlsx(Box::new(Xlsx::new(file).map_err(fault)?)),
            guard::Workbook::Xlsb => Self::Xlsb(Box::new(Xlsb::new(file).map_err(fault)?)),
            guard::Workbook::Xls => Self::Xls(Box::new(Xls::new(file).map_err(fault)?)),
            guard::Workbook::Ods => Self::Ods(ods::sheets(path, limits)?),
        })
    }

    /// Names of the sheets of cells that a person sees, in order.
    pub(super) fn visible_sheets(&self) -> Vec<String> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(sheets) => return sheets.iter().map(|(name, _)| name.clone()).collect(),
        };
        let is_seen = |sheet: &&Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
        sheets.iter().filter(is_seen).map(|sheet| sheet.name.clone()).collect()
    }

    /// The cells of a sheet.
    pub(super) fn grid(&mut self, name: &str, limits: &Limits) -> Result<Grid> {
        if let Self::Ods(sheets) = self {
            let found = sheets.iter_mut().find(|(sheet, grid)| sheet == name && !grid.rows.is_empty());
            return Ok(found.map(|(_, grid)| std::mem::take(grid)).unwrap_or_default());
        }
        let mut grid = match self {
            Self::Xlsx(book) => streamed(book, name, limits)?,
            Self::Xlsb(book) => held(&book.worksheet_range(name).map_err(fault)?, limits)?,
            Self::Xls(book) => held(&book.worksheet_range(name).map_err(fault)?, limits)?,
            Self::Ods(_) => Grid::default(),
        };
        grid.merged = match self {
            Self::Xlsx(book) => book.merge_cells_by_sheet_name(name).map_err(fault)?,
            Self::Xls(book) => book.merge_cells_by_sheet_name(name).map_err(fault)?,
            Self::Xlsb(_) | Self::Ods(_) => Vec::new(),
        };
        Ok(grid)
    }
}

/// Cell after cell: a sheet with one cell in each of its far corners takes no memory between them.
fn streamed(book: &mut Xlsx<Input>, name: &str, limits: &Limits) -> Result<Grid> {
    let mut grid = Grid::default();
    let mut cells = book.worksheet_cells_reader(name).map_err(fault)?;
    while let Some(cell) = cells.next_cell().map_err(fault)? {
        if let Some(text) = cell::text(cell.get_value()) {
            push(&mut grid, cell.get_position(), text, limits)?;
        }
    }
    Ok(grid)
}

fn held(range: &Range<Data>, limits: &Limits) -> Result<Grid> {
    let mut grid = Grid::default();
    let (top, left) = range.start().unwrap_or((0, 0));
    for (row, column, value) in range.used_cells() {
        if let Some(text) = cell::text_of_data(value) {
            #[allow(clippy::cast_possible_truncation)]
            push(&mut grid, (top + row as u32, left + column as u32), text, limits)?;
        }
    }
    Ok(grid)
}

fn push(grid: &mut Grid, (row, column): (u32, u32), text: String, limits: &Limits) -> Result<()> {
    if text.len() > limits.cell_bytes {
        let detail = format!("more than {} bytes", limits.cell_bytes);
        let error = Error::new(ErrorCode::CellTooLarge, detail).at_row(u64::from(row) + 1);
        return Err(error.at_column((column + 1).to_string()));
    }
    grid.push(row, column, text);
    Ok(())
}

/// What the reader of spreadsheets says. It tells a password by name; everything else is a damaged file.
fn fault(error: impl std::fmt::Display) -> Error {
    let detail = error.to_string();
    if detail.contains("password protected") {
        return Error::new(ErrorCode::Encrypted, "the workbook needs a password");
    }
    Error::new(ErrorCode::BrokenFile, format!("the workbook is cut short or damaged: {detail}"))
}
