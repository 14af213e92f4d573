//! Delimited text: CSV, TSV and their cousins.
//!
//! The head of the file tells encoding, dialect and header; the rows are then read as often as asked, in blocks,
//! straight into columns.

mod batches;
mod columns;
pub(crate) mod decode;
mod rows;
pub(crate) mod scan;

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use encoding_rs::{Encoding, UTF_8};

use self::{batches::CsvBatches, decode::TextSource, scan::Dialect};
use crate::{
    Limits,
    detect::{
        dialect::{self, Sample},
        encoding::{self, Guess},
        header::{self, Layout},
    },
    error::{Error, ErrorCode, Result},
    profile::{Format, SetAside, SetAsideReason, SourceDescription},
    read::{Batches, Header, RawKind, Remarks, SourceFile, Table},
};

/// Records that the layout is found on.
const LAYOUT_RECORDS: usize = 300;
/// Bytes that the encoding is guessed on.
const ENCODING_BYTES: u64 = 1 << 20;
/// Blocks of ASCII after which the rest is taken for UTF-8, whose reading mends what isn't.
const ASCII_BLOCKS: usize = 64;

/// One delimited text.
#[derive(Debug)]
pub(crate) struct CsvTable {
    path: PathBuf,
    encoding: &'static Encoding,
    dialect: Dialect,
    header: Vec<Header>,
    header_line: Option<u64>,
    /// Records above the first row.
    skip: usize,
    remarks: Remarks,
    limits: Limits,
}

/// Opens a delimited text.
pub(crate) fn open(source: &SourceFile, limits: &Limits, _scratch: &Path) -> Result<Vec<Box<dyn Table>>> {
    Ok(vec![Box::new(CsvTable::open(source, limits)?)])
}

impl CsvTable {
    /// Reads the head of the file and understands it.
    ///
    /// # Errors
    /// When it is empty, not text, has no row, or is wider than the limits.
    pub(crate) fn open(source: &SourceFile, limits: &Limits) -> Result<Self> {
        let encoding = encoding_of(&source.path)?;
        let (text, whole) = head(&source.path, encoding, limits)?;
        let declared = declared_delimiter(&text);
        let hint = declared.or_else(|| source.name.to_lowercase().ends_with(".tsv").then_some(b'\t'));
        let mut dialect = dialect::find(&text, whole, hint);
        if declared.is_none() && dialect.delimiter.is_some_and(|delimiter| !text.contains(&delimiter)) {
            dialect.delimiter = None;
        }
        let mut sample = dialect::sample(&text, whole, dialect, LAYOUT_RECORDS);
        let declaration = usize::from(declared.is_some());
        sample.records.drain(..declaration.min(sample.records.len()));
        sample.lines.drain(..declaration.min(sample.lines.len()));
        check_size(&sample, &text, whole, limits)?;
        let layout =
            header::find(&sample.records).ok_or_else(|| Error::new(ErrorCode::EmptyFile, "no line with a value"))?;
        if whole && sample.records.len() < LAYOUT_RECORDS && !has_rows(&sample, &layout) {
            return Err(Error::new(ErrorCode::NoRows, "a header and no row below it"));
        }
        let labels = labels(&sample, &layout);
        Ok(Self {
            path: source.path.clone(),
            encoding,
            dialect,
            header: labels.into_iter().map(|label| Header { label, kind: RawKind::Text }).collect(),
            header_line: layout.header.map(|index| sample.lines[index]),
            skip: declaration + layout.first_data,
            remarks: Remarks { set_aside: lines_above(&sample, &layout), ..Remarks::default() },
            limits: limits.clone(),
        })
    }

    /// Columns of the table.
    pub(crate) fn width(&self) -> usize {
        self.header.len()
    }
}

impl Table for CsvTable {
    fn name(&self) -> Option<&str> {
        None
    }

    fn source(&self) -> SourceDescription {
        SourceDescription {
            format: Format::Csv,
            containers: Vec::new(),
            encoding: Some(self.encoding.name().to_owned()),
            delimiter: self.dialect.delimiter.map(char::from),
            quote: self.dialect.quote.map(char::from),
            header_line: self.header_line,
            crs: None,
        }
    }

    fn header(&self) -> Vec<Header> {
        self.header.clone()
    }

    fn batches(&self) -> Result<Box<dyn Batches + '_>> {
        Ok(Box::new(CsvBatches::new(self)?))
    }
}

fn encoding_of(path: &Path) -> Result<&'static Encoding> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    file.by_ref().take(ENCODING_BYTES).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(Error::new(ErrorCode::EmptyFile, "no byte"));
    }
    match encoding::guess(&head) {
        Guess::Unicode(encoding) if encoding == UTF_8 && head.is_ascii() => beyond_ascii(&mut file, path),
        Guess::Unicode(encoding) => Ok(encoding),
        Guess::SingleByte => encoding::single_byte(path),
        Guess::Binary(at) => {
            let byte = head.get(at).copied().unwrap_or_default();
            Err(Error::new(ErrorCode::UnknownFormat, format!("byte 0x{byte:02X}, which text doesn't have"))
                .at_byte(at as u64))
        }
    }
}

/// The encoding of a file that begins with ASCII alone, told by the first block that has other bytes.
fn beyond_ascii(file: &mut File, path: &Path) -> Result<&'static Encoding> {
    let mut block = Vec::new();
    for _ in 0..ASCII_BLOCKS {
        block.clear();
        file.take(ENCODING_BYTES).read_to_end(&mut block)?;
        if !block.is_ascii() {
            return match encoding::guess(&block) {
                Guess::SingleByte => encoding::single_byte(path),
                Guess::Unicode(_) | Guess::Binary(_) => Ok(UTF_8),
            };
        }
        if block.is_empty() {
            break;
        }
    }
    Ok(UTF_8)
}

/// The first megabyte or so as text, and whether it is the whole file.
fn head(path: &Path, encoding: &'static Encoding, limits: &Limits) -> Result<(Vec<u8>, bool)> {
    let size = limits.cell_bytes + (64 << 10);
    let mut text = Vec::new();
    let mut source = TextSource::open(path, encoding)?;
    while text.len() < size && !source.ended() {
        let missing = size - text.len();
        source.fill(&mut text, missing.max(4 << 10))?;
    }
    let misread = encoding == UTF_8 && text.iter().all(u8::is_ascii_whitespace);
    if text.is_empty() || (misread && source.ended()) {
        return Err(Error::new(ErrorCode::EmptyFile, "no line with a value"));
    }
    Ok((text, source.ended()))
}

/// The delimiter of a first line `sep=;`, which spreadsheet programs write for themselves.
fn declared_delimiter(text: &[u8]) -> Option<u8> {
    match text {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter, b'\r' | b'\n', ..] if delimiter.is_ascii() => {
            Some(*delimiter)
        }
        _ => None,
    }
}

fn check_size(sample: &Sample, text: &[u8], whole: bool, limits: &Limits) -> Result<()> {
    for (record, line) in sample.records.iter().zip(&sample.lines) {
        if record.len() > limits.columns {
            let detail = format!("more than {} columns", limits.columns);
            return Err(Error::new(ErrorCode::TooManyColumns, detail).at_row(*line));
        }
    }
    if sample.records.is_empty() && !whole {
        let detail = format!("more than {} bytes without a delimiter", limits.cell_bytes.min(text.len()));
        return Err(Error::new(ErrorCode::CellTooLarge, detail).at_row(1).at_column("1").at_byte(0));
    }
    Ok(())
}

fn has_rows(sample: &Sample, layout: &Layout) -> bool {
    let rows = sample.records.get(layout.first_data..).unwrap_or_default();
    rows.iter().flatten().any(|cell| !cell.trim().is_empty())
}

/// The labels, as many as the table has columns: empty labels at the end that no row has a value under are dropped,
/// and columns that most rows have beyond the header are added without a label.
fn labels(sample: &Sample, layout: &Layout) -> Vec<String> {
    let body = sample.records.get(layout.first_data..).unwrap_or_default();
    let body: Vec<&Vec<String>> = body.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
    let last_value = |row: &Vec<String>| row.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1);
    let widest = body.iter().map(|row| last_value(row)).max().unwrap_or(0);
    let usual = dialect::usual_width(&body).map_or(1, |(width, _)| width);
    let Some(header) = layout.header else {
        return vec![String::new(); usual.max(1)];
    };
    let mut labels: Vec<String> = sample.records[header].iter().map(|label| label.trim().to_owned()).collect();
    while labels.len() > widest.max(1) && labels.last().is_some_and(String::is_empty) {
        labels.pop();
    }
    let beyond = body.iter().filter(|row| last_value(row) > labels.len()).count();
    if usual > labels.len() && beyond * 2 > body.len() {
        labels.resize(usual, String::new());
    }
    labels
}

fn lines_above(sample: &Sample, layout: &Layout) -> Vec<SetAside> {
    let mut above = Vec::new();
    for (index, row) in sample.records.iter().enumerate().take(layout.first_data) {
        let reason = if layout.header == Some(index) {
            continue;
        } else if row.iter().all(|cell| cell.trim().is_empty()) {
            SetAsideReason::Blank
        } else if layout.second == Some(index) {
            SetAsideReason::Header
        } else {
            SetAsideReason::Title
        };
        above.push(rows::set_aside(sample.lines[index], reason, row));
    }
    above
}
