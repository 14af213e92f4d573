//! A CSV file with its answers.

use std::io::{BufReader, Read, Seek, Write};
use std::ops::ControlFlow;

use super::answered::{Answered, Sheet};
use super::charset::{Charset, FromUtf16, IntoUtf16};
use super::layout::{Layout, Told};
use super::rows::{Chunk, Rows, cells, unquote};
use super::{BatchError, Direction, Finder, OnProgress, Progress, Tally, pipeline};

/// What is asked of a file. Columns are called by their names in its header.
#[derive(Debug, Clone, PartialEq)]
pub struct CsvOptions {
    /// The columns that make the address, joined by spaces in this order; all when empty.
    pub columns: Vec<String>,
    /// The column with the postcode that an answer must have; a row where it is empty asks for none.
    pub postcode: Option<String>,
    /// The column with the INSEE code of the commune that an answer must lie in.
    pub city_code: Option<String>,
    /// The column with the kind that an answer must be of (`street`).
    pub kind: Option<String>,
    /// The column of the latitude: in a search, of the position that answers are preferred near.
    pub lat: Option<String>,
    /// The column of the longitude.
    pub lon: Option<String>,
    /// The columns to add, by their names; the usual ones when empty.
    pub result_columns: Vec<String>,
    /// The encoding; found out when nothing is said.
    pub encoding: Option<String>,
    /// The separator; found out when nothing is said.
    pub delimiter: Option<String>,
    /// The quotation mark; `"` when nothing is said.
    pub quote: Option<String>,
    /// Whether the answer begins with a byte order mark, which spreadsheets want. It does when the file does.
    pub with_bom: bool,
    /// The score that an answer must exceed.
    pub min_score: f32,
    /// Bytes of a row at most.
    pub row_bytes: usize,
}

/// The score that an answer must exceed when nothing is said: beneath it, what is found is hardly ever what was meant.
pub const MIN_SCORE: f32 = 0.1;

impl Default for CsvOptions {
    fn default() -> CsvOptions {
        CsvOptions {
            columns: Vec::new(),
            postcode: None,
            city_code: None,
            kind: None,
            lat: None,
            lon: None,
            result_columns: Vec::new(),
            encoding: None,
            delimiter: None,
            quote: None,
            with_bom: false,
            min_score: MIN_SCORE,
            row_bytes: 1 << 20,
        }
    }
}

/// A file that was looked at, and can be answered.
#[derive(Debug)]
pub struct Csv<R> {
    input: R,
    layout: Layout,
    sheet: Sheet,
    row_bytes: usize,
    bom: bool,
}

impl<R: Read + Seek> Csv<R> {
    /// Looks at a file: how it is written, and whether it has the columns that are asked for.
    ///
    /// # Errors
    /// Everything that is wrong with the file or with what is asked.
    pub fn open(mut input: R, direction: Direction, options: &CsvOptions) -> Result<Csv<R>, BatchError> {
        let told = Told {
            encoding: options.encoding.as_deref(),
            delimiter: options.delimiter.as_deref().filter(|mark| !mark.is_empty()),
            quote: options.quote.as_deref().filter(|mark| !mark.is_empty()),
            line_bytes: options.row_bytes,
        };
        let layout = Layout::of(&mut input, told)?;
        let header = header(&mut input, &layout, options.row_bytes)?;
        let sheet = Sheet::new(direction, &header, options, layout)?;
        let bom = layout.bom || options.with_bom && layout.charset == Charset::Utf8;
        Ok(Csv { input, layout, sheet, row_bytes: options.row_bytes, bom })
    }

    /// The encoding of the file, and of its answer.
    pub fn charset(&self) -> &'static str {
        self.layout.charset.name()
    }

    /// Answers every row, in order.
    ///
    /// # Errors
    /// When the file can't be read, the answer can't be written, or `progress` says to stop.
    pub fn answer(
        mut self,
        index: &dyn Finder,
        output: &mut dyn Write,
        progress: OnProgress<'_>,
    ) -> Result<Tally, BatchError> {
        let input = text(&mut self.input, self.layout.charset)?;
        match self.layout.charset {
            Charset::Utf16(order) => {
                let mut output = IntoUtf16::new(output, order);
                write_all(input, &self.layout, &self.sheet, self.row_bytes, self.bom, index, &mut output, progress)
            }
            _ => write_all(input, &self.layout, &self.sheet, self.row_bytes, self.bom, index, output, progress),
        }
    }
}

/// The text of a file from its beginning, without its byte order mark, UTF-16 as UTF-8.
fn text<'a, R: Read + Seek>(input: &'a mut R, charset: Charset) -> Result<Box<dyn Read + 'a>, BatchError> {
    input.rewind()?;
    if let Charset::Utf16(order) = charset {
        return Ok(Box::new(BufReader::with_capacity(1 << 16, FromUtf16::new(input, order))));
    }
    let mut first = [0; 3];
    let mut filled = 0;
    while filled < first.len() {
        match input.read(&mut first[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    if first != *b"\xef\xbb\xbf" {
        input.rewind()?;
    }
    Ok(Box::new(input))
}

/// The names of the columns.
fn header<R: Read + Seek>(input: &mut R, layout: &Layout, row_bytes: usize) -> Result<Vec<String>, BatchError> {
    let mut rows = Rows::new(text(input, layout.charset)?, layout.marks, row_bytes);
    while let Some(chunk) = rows.next()? {
        if let Some(row) = chunk.rows.iter().find(|row| !row.text.is_empty()) {
            let (bytes, mut found) = (&chunk.bytes[row.text.clone()], Vec::new());
            cells(bytes, row.broken, layout.marks, &mut found);
            let name = |cell: &std::ops::Range<usize>| {
                let name = unquote(&bytes[cell.clone()], row.broken, layout.marks.quote);
                layout.charset.decode(&name).trim().to_owned()
            };
            return Ok(found.iter().map(name).collect());
        }
    }
    Err(BatchError::Empty)
}

#[allow(clippy::too_many_arguments, reason = "the parts of a file, borrowed apart from its input")]
fn write_all(
    input: Box<dyn Read + '_>,
    layout: &Layout,
    sheet: &Sheet,
    row_bytes: usize,
    bom: bool,
    index: &dyn Finder,
    output: &mut dyn Write,
    progress: OnProgress<'_>,
) -> Result<Tally, BatchError> {
    if bom {
        output.write_all("\u{feff}".as_bytes())?;
    }
    let mut rows = Rows::new(input, layout.marks, row_bytes);
    let (mut tally, mut bytes) = (Tally::default(), 0);
    let mut before_header = true;
    let next = || {
        let chunk = rows.next()?;
        Ok(chunk.map(|chunk| {
            let head = if before_header { sheet.header_in(&chunk) } else { None };
            before_header &= head.is_none();
            (chunk, head)
        }))
    };
    let work = |(chunk, head): (Chunk, Option<usize>)| sheet.answer(&chunk, head, index);
    let write = |answered: Answered| {
        output.write_all(&answered.bytes)?;
        tally.add(answered.tally);
        bytes += answered.read as u64;
        match progress(Progress { rows: tally.rows, bytes }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(BatchError::Cancelled),
        }
    };
    pipeline::in_order(next, work, write)?;
    output.flush()?;
    Ok(tally)
}
