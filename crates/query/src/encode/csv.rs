//! Delimited text (RFC 4180), lines ended by CR LF.
//!
//! Cells are written as they are: a text that a spreadsheet would take for a formula is not altered, since a changed
//! value is a wrong value; XLSX is the format for spreadsheets.

use arrow::{array::RecordBatch, datatypes::Schema};

use super::value::Cells;
use crate::Result;

/// How delimited text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Between the cells: `,` unless told; `;` suits French spreadsheets, a tab makes TSV.
    pub delimiter: u8,
    /// Whether a byte order mark comes first, by which spreadsheets know UTF-8.
    pub bom: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { delimiter: b',', bom: false }
    }
}

/// Appends the header line.
pub(crate) fn write_header(schema: &Schema, options: Options, out: &mut Vec<u8>) {
    if options.bom {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    for (index, field) in schema.fields().iter().enumerate() {
        if index > 0 {
            out.push(options.delimiter);
        }
        write_cell(field.name().as_bytes(), options.delimiter, out);
    }
    out.extend_from_slice(b"\r\n");
}

/// Appends the rows.
pub(crate) fn write_rows(batch: &RecordBatch, options: Options, out: &mut Vec<u8>) -> Result<()> {
    let columns = batch.columns().iter().map(Cells::new).collect::<Result<Vec<_>>>()?;
    let mut geometry = Vec::new();
    for row in 0..batch.num_rows() {
        for (index, cells) in columns.iter().enumerate() {
            if index > 0 {
                out.push(options.delimiter);
            }
            match cells {
                _ if cells.is_null(row) => {}
                Cells::Text(texts) => write_cell(texts.value(row).as_bytes(), options.delimiter, out),
                Cells::Geometry(_) => {
                    geometry.clear();
                    cells.write_text(row, &mut geometry);
                    write_cell(&geometry, options.delimiter, out);
                }
                // Numbers and dates hold no special character; a decimal point is none of the delimiters allowed.
                _ => cells.write_text(row, out),
            }
        }
        // A line whose only cell is empty would be a blank line, which readers skip.
        if columns.len() == 1 && columns[0].is_null(row) {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(b"\r\n");
    }
    Ok(())
}

fn write_cell(cell: &[u8], delimiter: u8, out: &mut Vec<u8>) {
    let special = |byte: &u8| matches!(*byte, b'"' | b'\n' | b'\r') || *byte == delimiter;
    // An empty text is not a missing value: quotes tell them apart for readers that care.
    if !cell.is_empty() && !cell.iter().any(special) {
        return out.extend_from_slice(cell);
    }
    out.push(b'"');
    for byte in cell {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}
