//! The rows of a delimited text, batch after batch.

use super::{
    CsvTable,
    columns::ColumnBuilder,
    decode::TextSource,
    rows,
    scan::{Cell, Scanner, Step, unescape},
};
use crate::{
    error::{Error, ErrorCode, Result},
    profile::{SetAsideReason, Warning},
    read::{Batches, RawBatch, Remarks},
};

/// Bytes of text read at once.
const BLOCK: usize = 1 << 20;
/// Bounds of a batch.
const BATCH_ROWS: usize = 16 << 10;
const BATCH_CELLS: usize = 512 << 10;
const BATCH_BYTES: usize = 16 << 20;
/// Lines of each kind that are listed.
const LISTED: usize = 100;
/// Rows that may be totals and are held until the next row tells.
const HELD: usize = 8;

/// Reads the rows of a table.
pub(super) struct CsvBatches<'a> {
    table: &'a CsvTable,
    source: TextSource,
    scanner: Scanner,
    text: Vec<u8>,
    cells: Vec<Cell>,
    columns: Vec<ColumnBuilder>,
    overflow: Vec<(usize, Vec<String>)>,
    short: Vec<(usize, usize)>,
    rows: usize,
    bytes: usize,
    skip: usize,
    /// Line of the record at hand.
    line: u64,
    held: Vec<(u64, Vec<String>)>,
    met: Met,
    finished: bool,
}

/// What was met beside rows.
struct Met {
    remarks: Remarks,
    rows: u64,
    ragged: Count,
    unclosed: Count,
}

#[derive(Default)]
struct Count {
    first: Option<u64>,
    count: u64,
}

impl Count {
    fn note(&mut self, line: u64) {
        self.first.get_or_insert(line);
        self.count += 1;
    }

    fn warning(&self, code: &str) -> Option<Warning> {
        let line = self.first?;
        Some(Warning { code: code.to_owned(), line: Some(line), column: None, detail: self.count.to_string() })
    }
}

impl<'a> CsvBatches<'a> {
    pub(super) fn new(table: &'a CsvTable) -> Result<Self> {
        let remarks = table.remarks.clone();
        Ok(Self {
            table,
            source: TextSource::open(&table.path, table.encoding)?,
            scanner: Scanner::new(table.dialect, table.limits.columns),
            text: Vec::new(),
            cells: Vec::new(),
            columns: (0..table.width()).map(|_| ColumnBuilder::new()).collect(),
            overflow: Vec::new(),
            short: Vec::new(),
            rows: 0,
            bytes: 0,
            skip: table.skip,
            line: 1,
            held: Vec::new(),
            met: Met { remarks, rows: 0, ragged: Count::default(), unclosed: Count::default() },
            finished: false,
        })
    }

    fn read_batch(&mut self) -> Result<RawBatch> {
        let most = BATCH_ROWS.min(BATCH_CELLS / self.columns.len().max(1)).max(64);
        while self.rows < most && self.bytes < BATCH_BYTES && !self.finished {
            let from = self.scanner.position();
            match self.scanner.record(&self.text, self.source.ended(), &mut self.cells) {
                Step::Record => self.take_record(from)?,
                Step::More { cell, quoted } => self.read_on(cell, quoted)?,
                Step::TooManyCells => {
                    let detail = format!("more than {} columns", self.table.limits.columns);
                    return Err(Error::new(ErrorCode::TooManyColumns, detail).at_row(self.line));
                }
                Step::End => self.finish(),
            }
        }
        self.take_batch()
    }

    fn take_batch(&mut self) -> Result<RawBatch> {
        let columns = self.columns.iter_mut().map(ColumnBuilder::take).collect::<Result<_>>()?;
        self.bytes = 0;
        Ok(RawBatch {
            columns,
            rows: std::mem::take(&mut self.rows),
            overflow: std::mem::take(&mut self.overflow),
            short: std::mem::take(&mut self.short),
        })
    }

    /// The record at hand goes on beyond the text that was read.
    fn read_on(&mut self, cell: usize, quoted: bool) -> Result<()> {
        let limits = &self.table.limits;
        let open = self.text.len() - cell;
        let record = self.text.len() - self.scanner.position();
        if quoted && (self.source.ended() || open > limits.cell_bytes) {
            return self.unclosed_quote(cell);
        }
        if open > limits.cell_bytes {
            return Err(self.too_large(self.cells.len() + 1, cell));
        }
        if record > limits.row_bytes {
            let detail = format!("a row of more than {} bytes", limits.row_bytes);
            return Err(Error::new(ErrorCode::CellTooLarge, detail).at_row(self.line));
        }
        self.text.drain(..self.scanner.position());
        self.scanner.forget_read();
        self.source.fill(&mut self.text, BLOCK.max(record))
    }

    /// A quote that is never closed is a character when the line that it is on has all its cells without it.
    /// Otherwise the file is cut short, or the cell is too large.
    fn unclosed_quote(&mut self, quote: usize) -> Result<()> {
        let from = self.scanner.position();
        let newline = self.table.dialect.line_end.byte();
        let line = memchr::memchr(newline, &self.text[quote..]).map(|at| &self.text[from..quote + at]);
        let delimiters = |line: &[u8]| match self.table.dialect.delimiter {
            Some(delimiter) => memchr::memchr_iter(delimiter, line).count(),
            None => 0,
        };
        let whole_without = line.is_some_and(|line| delimiters(line) + 1 >= self.table.width());
        if whole_without {
            self.met.unclosed.note(self.line);
            self.scanner.take_literally(quote);
            return Ok(());
        }
        if self.text.len() - quote > self.table.limits.cell_bytes {
            return Err(self.too_large(self.cells.len() + 1, quote));
        }
        self.met.unclosed.note(self.line);
        self.scanner.close_at_end(&self.text, quote, &mut self.cells);
        self.take_record(from)
    }

    fn too_large(&self, column: usize, at: usize) -> Error {
        let label = self.table.header.get(column - 1).map(|header| header.label.as_str()).filter(|l| !l.is_empty());
        let column = label.map_or_else(|| column.to_string(), str::to_owned);
        let detail = format!("more than {} bytes", self.table.limits.cell_bytes);
        let error = Error::new(ErrorCode::CellTooLarge, detail).at_row(self.line).at_column(column);
        if self.table.encoding != encoding_rs::UTF_8 {
            return error;
        }
        error.at_byte(self.source.bytes_read().saturating_sub((self.text.len() - at) as u64))
    }

    /// Sorts out the record in `cells`, whose bytes start at `from`.
    fn take_record(&mut self, from: usize) -> Result<()> {
        let length = self.scanner.position() - from;
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            if length > self.table.limits.cell_bytes {
                self.check_cells()?;
            }
            if self.is_plain() {
                self.release_held();
                self.push_cells();
            } else {
                self.take_doubtful();
            }
            if self.rows > 0 {
                self.bytes += length;
            }
        }
        self.line += self.scanner.lines();
        Ok(())
    }

    fn check_cells(&self) -> Result<()> {
        let most = self.table.limits.cell_bytes;
        match self.cells.iter().position(|cell| cell.end - cell.start > most) {
            Some(index) => Err(self.too_large(index + 1, self.cells[index].start)),
            None => Ok(()),
        }
    }

    /// Whether the record is a row beyond doubt. Most are, so this is quick.
    #[inline]
    fn is_plain(&self) -> bool {
        let Some(first) = self.cells.first() else { return false };
        let text = &self.text[first.start..first.end];
        self.cells.len() == self.columns.len()
            && text.first().is_some_and(|byte| !byte.is_ascii_whitespace())
            && !rows::names_total(text)
            && self.table.header.first().is_none_or(|header| header.label.as_bytes() != text)
    }

    fn take_doubtful(&mut self) {
        let blank = |cell: &Cell| rows::is_blank(&self.text[cell.start..cell.end]);
        let Some(first) = self.cells.iter().position(|cell| !blank(cell)) else {
            return self.set_aside(SetAsideReason::Blank);
        };
        if self.is_header_again() {
            return self.set_aside(SetAsideReason::Header);
        }
        let cell = self.cells[first];
        if rows::names_total(&self.text[cell.start..cell.end]) && self.holds_total(first) {
            return;
        }
        self.release_held();
        self.push_cells();
    }

    fn is_header_again(&self) -> bool {
        let header = &self.table.header;
        header.len() > 1
            && self.cells.len() >= header.len()
            && self.table.header_line.is_some()
            && header
                .iter()
                .zip(&self.cells)
                .all(|(header, cell)| header.label.as_bytes() == self.text[cell.start..cell.end].trim_ascii())
    }

    /// Holds the record back when its other cells are sums or empty, until it is known whether rows follow.
    fn holds_total(&mut self, label: usize) -> bool {
        if self.held.len() == HELD || self.met.rows < 2 {
            return false;
        }
        let cells = self.texts();
        let rest = &cells[label + 1..];
        let sums = rest.iter().filter(|cell| rows::is_sum(cell)).count();
        let empty = rest.iter().filter(|cell| cell.trim().is_empty()).count();
        if sums == 0 || sums + empty < rest.len() {
            return false;
        }
        self.held.push((self.line, cells));
        true
    }

    fn texts(&self) -> Vec<String> {
        let dialect = self.table.dialect;
        self.cells.iter().map(|cell| crate::detect::dialect::cell_text(&self.text, cell, dialect)).collect()
    }

    fn set_aside(&mut self, reason: SetAsideReason) {
        let rows = self.met.rows + self.held.len() as u64;
        self.met.remarks.pass_over(rows, reason == SetAsideReason::Blank);
        let listed = &mut self.met.remarks.set_aside;
        if listed.iter().filter(|line| line.reason == reason).count() < LISTED {
            let cells = self.texts();
            self.met.remarks.set_aside.push(rows::set_aside(self.line, reason, &cells));
        }
    }

    /// Rows held back as totals are data when rows follow them.
    #[inline]
    fn release_held(&mut self) {
        if self.held.is_empty() {
            return;
        }
        for (line, cells) in std::mem::take(&mut self.held) {
            for (column, cell) in self.columns.iter_mut().zip(cells.iter()) {
                column.push(cell.as_bytes());
            }
            let beyond = cells.get(self.columns.len()..).unwrap_or_default().to_vec();
            self.end_row(line, cells.len(), beyond);
        }
    }

    #[inline]
    fn push_cells(&mut self) {
        for (column, cell) in self.columns.iter_mut().zip(&self.cells) {
            let raw = &self.text[cell.start..cell.end];
            match (cell.escaped, self.table.dialect.quote) {
                (true, Some(quote)) => {
                    unescape(raw, quote, column.values_mut());
                    column.end_cell();
                }
                _ => column.push(raw),
            }
        }
        if self.cells.len() == self.columns.len() {
            self.rows += 1;
            self.met.rows += 1;
        } else {
            let beyond = match self.cells.len() > self.columns.len() {
                true => self.texts().split_off(self.columns.len()),
                false => Vec::new(),
            };
            self.end_row(self.line, self.cells.len(), beyond);
        }
    }

    /// Ends a row of any number of cells: those that miss are empty, those beyond the header are kept apart.
    fn end_row(&mut self, line: u64, cells: usize, beyond: Vec<String>) {
        for column in self.columns.iter_mut().skip(cells) {
            column.push(b"");
        }
        if cells < self.columns.len() {
            self.short.push((self.rows, cells));
        }
        let overflows = beyond.iter().any(|cell| !cell.trim().is_empty());
        if cells < self.columns.len() || overflows {
            self.met.ragged.note(line);
        }
        if overflows {
            self.overflow.push((self.rows, beyond));
        }
        self.rows += 1;
        self.met.rows += 1;
    }

    fn finish(&mut self) {
        self.finished = true;
        for (line, cells) in std::mem::take(&mut self.held) {
            self.met.remarks.set_aside.push(rows::set_aside(line, SetAsideReason::Total, &cells));
        }
    }
}

impl Iterator for CsvBatches<'_> {
    type Item = Result<RawBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.finished {
            return None;
        }
        match self.read_batch() {
            Ok(batch) if batch.rows == 0 => None,
            Ok(batch) => Some(Ok(batch)),
            Err(error) => {
                self.finished = true;
                Some(Err(error))
            }
        }
    }
}

impl Batches for CsvBatches<'_> {
    fn remarks(&self) -> Remarks {
        let mut remarks = self.met.remarks.clone();
        let misfits = self.source.misfits();
        let mixed = Count { first: misfits.first_line, count: misfits.lines };
        remarks.warnings.extend(
            [
                self.met.ragged.warning("ragged-row"),
                mixed.warning("mixed-encoding"),
                self.met.unclosed.warning("unclosed-quote"),
            ]
            .into_iter()
            .flatten(),
        );
        remarks
    }

    fn bytes_read(&self) -> u64 {
        self.source.bytes_read()
    }
}
