//! OpenDocument sheets, as a stream: what a sheet repeats a million times is not unfolded before it is known to fit.

use std::{
    collections::HashSet,
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use calamine::Dimensions;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use super::{cell, grid::Grid};
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    read::xml::{Bounded, TOO_LARGE, resolved, unescaped},
};

/// The visible sheets of a workbook, by name.
pub(super) fn sheets(path: &Path, limits: &Limits) -> Result<Vec<(String, Grid)>> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(broken)?;
    let part = archive.by_name("content.xml").map_err(broken)?;
    let reader = Reader::from_reader(Bounded::new(BufReader::new(part), limits.row_bytes));
    let mut content =
        Content { reader, limits, hidden: HashSet::new(), sheets: Vec::new(), style: None, state: State::default() };
    content.read()?;
    Ok(content.sheets)
}

fn broken(fault: impl std::fmt::Display) -> Error {
    Error::new(ErrorCode::BrokenFile, format!("the workbook is cut short or damaged: {fault}"))
}

struct Content<'a, R> {
    reader: Reader<Bounded<R>>,
    limits: &'a Limits,
    /// Styles of tables that are not displayed.
    hidden: HashSet<String>,
    sheets: Vec<(String, Grid)>,
    /// The style being defined.
    style: Option<String>,
    state: State,
}

/// Where the reader is.
#[derive(Default)]
struct State {
    /// The sheet at hand, and whether it is seen.
    sheet: Option<(String, bool)>,
    grid: Grid,
    cells: u64,
    row: u32,
    row_repeats: u32,
    /// Cells of the row at hand.
    columns: Vec<(u32, String)>,
    column: u32,
    cell: Option<Cell>,
    /// Elements whose text is not the cell's, such as a comment.
    aside: usize,
}

/// The cell at hand.
#[derive(Default)]
struct Cell {
    value: Option<String>,
    text: String,
    paragraphs: u32,
    repeats: u32,
    /// Columns and rows that it spans.
    spans: (u32, u32),
}

impl<R: BufRead> Content<'_, R> {
    fn read(&mut self) -> Result<()> {
        let mut buffer = Vec::new();
        let mut depth = 0usize;
        loop {
            buffer.clear();
            self.reader.get_mut().refill();
            let event = self.reader.read_event_into(&mut buffer).map_err(|fault| {
                let detail = fault.to_string();
                if detail.contains(TOO_LARGE) { Error::new(ErrorCode::CellTooLarge, detail) } else { broken(detail) }
            })?;
            match event {
                Event::Start(start) => {
                    depth += 1;
                    self.start(&start)?;
                }
                Event::Empty(start) => {
                    self.start(&start)?;
                    self.end(start.local_name().into_inner())?;
                }
                Event::End(end) => {
                    depth = depth.saturating_sub(1);
                    self.end(end.local_name().into_inner())?;
                }
                Event::Text(text) => self.text(&text.xml10_content()),
                Event::CData(text) => self.text(&text.xml10_content()),
                Event::GeneralRef(reference) => self.text(&resolved(&reference)),
                Event::Eof if depth > 0 => return Err(broken("it ends inside an element")),
                Event::Eof => return Ok(()),
                _ => {}
            }
            if depth > self.limits.depth {
                return Err(Error::new(
                    ErrorCode::TooDeep,
                    format!("more than {} elements in one another", self.limits.depth),
                ));
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<()> {
        match start.local_name().into_inner() {
            "style" => self.style = attribute(start, "style:name"),
            "table-properties" if attribute(start, "table:display").as_deref() == Some("false") => {
                self.hidden.extend(self.style.clone());
            }
            "table" => {
                let style = attribute(start, "table:style-name").unwrap_or_default();
                let seen = !self.hidden.contains(&style);
                self.state = State {
                    sheet: Some((attribute(start, "table:name").unwrap_or_default(), seen)),
                    ..State::default()
                };
            }
            "table-row" => {
                self.state.row_repeats = number(start, "table:number-rows-repeated");
                self.state.column = 0;
                self.state.columns.clear();
            }
            "table-cell" | "covered-table-cell" => self.state.cell = Some(Cell::new(start)),
            "annotation" | "shape" | "custom-shape" | "frame" => self.state.aside += 1,
            name => self.state.mark(name, start),
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<()> {
        match name {
            "annotation" | "shape" | "custom-shape" | "frame" => self.state.aside = self.state.aside.saturating_sub(1),
            "table-cell" | "covered-table-cell" => return self.end_cell(),
            "table-row" => return self.end_row(),
            "table" => {
                if let Some((name, true)) = self.state.sheet.take() {
                    self.sheets.push((name, std::mem::take(&mut self.state.grid)));
                    if self.sheets.len() > self.limits.tables {
                        let detail = format!("more than {} sheets", self.limits.tables);
                        return Err(Error::new(ErrorCode::TooManyTables, detail));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.state.aside == 0
            && let Some(cell) = self.state.cell.as_mut().filter(|cell| cell.paragraphs > 0)
        {
            cell.text.push_str(text);
        }
    }

    fn end_cell(&mut self) -> Result<()> {
        let Some(cell) = self.state.cell.take() else { return Ok(()) };
        let (first, repeats, spans) = (self.state.column, cell.repeats, cell.spans);
        self.state.column = first.saturating_add(repeats);
        let Some(text) = cell.visible() else { return Ok(()) };
        let place = |error: Error| error.at_row(u64::from(self.state.row) + 1).at_column((first + 1).to_string());
        if text.len() > self.limits.cell_bytes {
            return Err(place(Error::new(
                ErrorCode::CellTooLarge,
                format!("more than {} bytes", self.limits.cell_bytes),
            )));
        }
        // Beyond twice the limit the sheet will be refused for its columns: there is no need to unfold them all.
        let most = u32::try_from(self.limits.columns).unwrap_or(u32::MAX).saturating_mul(2);
        for column in first..self.state.column.min(first.saturating_add(most)) {
            self.state.columns.push((column, text.clone()));
        }
        if spans != (1, 1) {
            let row = self.state.row;
            let end = (row.saturating_add(spans.1 - 1), first.saturating_add(spans.0 - 1));
            self.state.grid.merged.push(Dimensions::new((row, first), end));
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<()> {
        let state = &mut self.state;
        let repeats = std::mem::replace(&mut state.row_repeats, 1);
        let (first, cells) = (state.row, std::mem::take(&mut state.columns));
        state.row = first.saturating_add(repeats);
        if cells.is_empty() {
            return Ok(());
        }
        state.cells = state.cells.saturating_add(cells.len() as u64 * u64::from(repeats));
        let most = super::guard::most_cells(self.limits);
        if state.cells > most {
            return Err(Error::new(ErrorCode::TooLarge, format!("more than {most} cells: save it as CSV")));
        }
        for row in first..state.row {
            for (column, text) in &cells {
                state.grid.push(row, *column, text.clone());
            }
        }
        Ok(())
    }
}

impl State {
    /// Elements inside a cell that stand for characters.
    fn mark(&mut self, name: &str, start: &BytesStart<'_>) {
        let Some(cell) = self.cell.as_mut().filter(|_| self.aside == 0) else { return };
        match name {
            "p" => {
                if cell.paragraphs > 0 {
                    cell.text.push('\n');
                }
                cell.paragraphs += 1;
            }
            "s" => {
                // A run of blanks is short; a lie about its length is not followed.
                let count = number(start, "text:c").min(1_000);
                cell.text.extend(std::iter::repeat_n(' ', count as usize));
            }
            "tab" => cell.text.push('\t'),
            "line-break" => cell.text.push('\n'),
            _ => {}
        }
    }
}

impl Cell {
    fn new(start: &BytesStart<'_>) -> Self {
        let value = match attribute(start, "office:value-type").as_deref() {
            Some("float" | "percentage" | "currency") => {
                attribute(start, "office:value").map(|value| value.parse().map_or(value, cell::number))
            }
            Some("date") => attribute(start, "office:date-value").map(|value| cell::iso(&value)),
            Some("time") => attribute(start, "office:time-value").map(|value| cell::duration_iso(&value)),
            Some("boolean") => attribute(start, "office:boolean-value"),
            Some("string") => attribute(start, "office:string-value"),
            _ => None,
        };
        Self {
            value,
            repeats: number(start, "table:number-columns-repeated"),
            spans: (number(start, "table:number-columns-spanned"), number(start, "table:number-rows-spanned")),
            ..Self::default()
        }
    }

    fn visible(self) -> Option<String> {
        Some(self.value.unwrap_or(self.text)).filter(|text| !text.trim().is_empty())
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.into_inner() == name)?;
    Some(unescaped(&found.value))
}

/// A count, one when it is not told.
fn number(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|value| value.parse().ok()).unwrap_or(1).max(1)
}
