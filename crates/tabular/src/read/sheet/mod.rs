//! Spreadsheets: XLSX, XLSB, XLS and ODS. Every visible sheet that holds rows is a table.
//!
//! A workbook is read once, sheet after sheet; what is kept is the text of the cells. Its size once unpacked is
//! bounded before anything is read from it.

mod biff;
mod cell;
mod grid;
mod guard;
mod header;
mod ods;
mod pasted;
mod workbook;

use std::path::Path;

use self::{grid::Grid, header::Layout, workbook::Workbook};
use super::{Header, RawKind, Remarks, SourceFile, Table, batch::BatchBuilder, held::HeldTable};
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    profile::{SetAside, SetAsideReason, SourceDescription},
};

/// Lines of each kind that are listed.
const LISTED: usize = 100;
/// Characters of a line set aside that are kept.
const KEPT: usize = 500;

/// Opens a spreadsheet.
pub(crate) fn open(source: &SourceFile, limits: &Limits, _scratch: &Path) -> Result<Vec<Box<dyn Table>>> {
    let format = guard::check(&source.path, limits)?;
    // The reader of spreadsheets is not ours: a fault in it must be a broken file, not a stopped server.
    let read = std::panic::catch_unwind(|| tables(source, format, limits));
    read.unwrap_or_else(|_| Err(Error::new(ErrorCode::BrokenFile, "the workbook's structure cannot be followed")))
}

fn tables(source: &SourceFile, format: guard::Workbook, limits: &Limits) -> Result<Vec<Box<dyn Table>>> {
    let mut workbook = Workbook::open(&source.path, format, limits)?;
    let names = workbook.visible_sheets();
    if names.len() > limits.tables {
        let detail = format!("{} sheets, at most {}", names.len(), limits.tables);
        return Err(Error::new(ErrorCode::TooManyTables, detail));
    }
    let mut tables = Vec::new();
    let mut refused = None;
    for name in names {
        let grid = pasted::split(workbook.grid(&name, limits).map_err(|error| error.at_table(name.clone()))?);
        match table(grid, format, source, limits) {
            Ok(mut table) => {
                table.name = Some(name);
                tables.push(table);
            }
            Err(error) if matches!(error.code, ErrorCode::EmptyFile | ErrorCode::NoRows) => {
                refused.get_or_insert(error.at_table(name));
            }
            Err(error) => return Err(error.at_table(name)),
        }
    }
    if let [only] = tables.as_mut_slice() {
        only.name = None;
    }
    if tables.is_empty() {
        let hidden = || Error::new(ErrorCode::NoTable, "no visible sheet");
        return Err(refused.unwrap_or_else(hidden));
    }
    Ok(tables.into_iter().map(|table| Box::new(table) as Box<dyn Table>).collect())
}

fn table(grid: Grid, format: guard::Workbook, source: &SourceFile, limits: &Limits) -> Result<HeldTable> {
    let layout = Layout::find(&grid).ok_or_else(|| Error::new(ErrorCode::EmptyFile, "no cell with a value"))?;
    let (first, width) = layout.columns;
    if width > limits.columns {
        let detail = format!("{width} columns, at most {}", limits.columns);
        return Err(Error::new(ErrorCode::TooManyColumns, detail).at_row(u64::from(grid.rows[0].number)));
    }
    let header: Vec<Header> =
        layout.labels.iter().map(|label| Header { label: label.clone(), kind: RawKind::Text }).collect();
    let last = layout.first_data + grid::without_totals(&grid.rows[layout.first_data..]);
    let rows = &grid.rows[layout.first_data..last];
    if rows.is_empty() {
        return Err(Error::new(ErrorCode::NoRows, "a header and no row below it"));
    }
    let mut builder = BatchBuilder::new(&header);
    let mut batches = Vec::new();
    for row in rows {
        for (column, text) in &row.cells {
            builder.text(*column as usize - first, text);
        }
        builder.end_row();
        if builder.is_full() {
            batches.extend(builder.take());
        }
    }
    batches.extend(builder.take());
    let bytes = std::fs::metadata(&source.path)?.len();
    Ok(HeldTable {
        name: None,
        source: description(format, &layout, &grid),
        header,
        batches,
        remarks: remarks(&grid, &layout, last),
        bytes,
    })
}

fn description(format: guard::Workbook, layout: &Layout, grid: &Grid) -> SourceDescription {
    let header = layout.header.clone().last().and_then(|index| grid.rows.get(index));
    SourceDescription {
        format: format.format(),
        containers: Vec::new(),
        encoding: None,
        delimiter: None,
        quote: None,
        header_line: header.map(|row| u64::from(row.number)),
        crs: None,
    }
}

/// Titles above the header, blank rows between rows, totals below them.
fn remarks(grid: &Grid, layout: &Layout, last: usize) -> Remarks {
    let mut remarks = Remarks::default();
    let mut listed = [0; 2];
    let mut previous = None;
    for (index, row) in grid.rows.iter().enumerate() {
        let blank = previous.map_or(0, |previous| row.number - previous - 1);
        // Rows of data above this row of the sheet.
        let rows = index.saturating_sub(layout.first_data).min(last - layout.first_data) as u64;
        for number in row.number - blank..row.number {
            if index >= layout.header.end {
                remarks.pass_over(rows, true);
            }
            if listed[0] < LISTED {
                listed[0] += 1;
                remarks.set_aside.push(line(number, SetAsideReason::Blank, String::new()));
            }
        }
        previous = Some(row.number);
        let reason = match index {
            index if index < layout.header.start => SetAsideReason::Title,
            // Labels below codes, in other words than the header's.
            index if index >= layout.header.end && index < layout.first_data => SetAsideReason::Header,
            index if index >= last => SetAsideReason::Total,
            _ => continue,
        };
        if index >= layout.header.end {
            remarks.pass_over(rows, false);
        }
        if listed[1] < LISTED {
            listed[1] += 1;
            remarks.set_aside.push(line(row.number, reason, row.text()));
        }
    }
    remarks
}

fn line(number: u32, reason: SetAsideReason, text: String) -> SetAside {
    SetAside { line: u64::from(number), reason, text: text.chars().take(KEPT).collect() }
}

#[cfg(test)]
mod tests;
