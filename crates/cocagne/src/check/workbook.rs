//! The repaired table as a workbook: numbers as numbers, everything else as text, so that no code loses its zeros.

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use schemas::Loaded;
use tableschema::FieldKind;
use tabular::{
    Limits,
    read::{RawColumn, SourceFile},
};

use super::table::Subject;
use crate::exit::Failure;

/// Rows and columns of a sheet (ECMA-376).
const MOST_ROWS: u64 = 1_048_576;
/// Figures that a spreadsheet keeps of a number.
const FIGURES: usize = 15;

/// Writes the table of a CSV file as a workbook of one sheet.
pub(super) fn write(csv: &Path, to: &Path, subject: &Subject<'_>) -> Result<(), Failure> {
    let scratch = tempfile::tempdir().map_err(Failure::failed)?;
    let source = SourceFile { path: csv.to_owned(), name: "fixed.csv".to_owned() };
    let tables = tabular::detect::open(&source, &Limits::default(), scratch.path()).map_err(catalog::Error::from)?;
    let Some(table) = tables.first() else { return Ok(()) };
    let header: Vec<String> = table.header().into_iter().map(|header| header.label).collect();
    let numbers: Vec<bool> = header.iter().map(|label| is_number(label, subject)).collect();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(Failure::failed)?;
    let bold = Format::new().set_bold();
    for (column, label) in header.iter().enumerate() {
        sheet.write_string_with_format(0, number(column)?, label, &bold).map_err(Failure::failed)?;
    }
    let mut row = 1_u64;
    for batch in table.batches().map_err(catalog::Error::from)? {
        let batch = batch.map_err(catalog::Error::from)?;
        for in_batch in 0..batch.rows {
            if row >= MOST_ROWS {
                return Err(Failure::Misuse(subject.settings.text.get("checked-fix-too-long")));
            }
            write_row(sheet, row, &batch.columns, in_batch, &numbers).map_err(Failure::failed)?;
            row += 1;
        }
    }
    workbook.save(to).map_err(Failure::failed)
}

fn write_row(
    sheet: &mut Worksheet,
    row: u64,
    columns: &[RawColumn],
    in_batch: usize,
    numbers: &[bool],
) -> Result<(), XlsxError> {
    let row = u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)?;
    for (column, cells) in columns.iter().enumerate() {
        let RawColumn::Text(cells) = cells else { continue };
        let cell = cells.value(in_batch);
        let at = u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)?;
        match cell.parse::<f64>() {
            _ if cell.is_empty() => {}
            Ok(value) if numbers.get(column) == Some(&true) && keeps(cell) => {
                sheet.write_number(row, at, value)?;
            }
            _ => {
                sheet.write_string(row, at, cell)?;
            }
        }
    }
    Ok(())
}

/// Whether a spreadsheet keeps all the figures of a number, and nothing but figures is lost with its text.
fn keeps(cell: &str) -> bool {
    let figures = cell.bytes().filter(u8::is_ascii_digit).count();
    let plain = cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    plain && figures <= FIGURES
}

/// Whether the schema says that a column holds numbers; without a schema nothing is known.
fn is_number(label: &str, subject: &Subject<'_>) -> bool {
    let Some(Loaded::Table(schema)) = subject.chosen.map(|chosen| &chosen.found.schema) else { return false };
    let kind = schema.field(label).map(|field| &field.kind);
    matches!(kind, Some(FieldKind::Number(_) | FieldKind::Integer(_)))
}

fn number(column: usize) -> Result<u16, Failure> {
    u16::try_from(column).map_err(Failure::failed)
}
