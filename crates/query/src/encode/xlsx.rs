//! XLSX, for spreadsheets. Text stays text: leading zeros are kept, and nothing becomes a formula.

use std::io::{self, Seek, Write};

use arrow::{array::RecordBatch, datatypes::Schema};
use bytes::Bytes;
use datafusion::execution::SendableRecordBatchStream;
use futures::stream::BoxStream;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use tabular::Profile;

use super::{failed, pipe, value::Cells};
use crate::Result;

/// Rows of a sheet, the header included; further rows go to further sheets.
const SHEET_ROWS: u32 = 1_048_576;
/// Characters (UTF-16 units) of a cell; longer texts are cut, and end with an ellipsis.
const CELL_CHARS: usize = 32_767;
/// Largest whole number that a spreadsheet holds exactly; larger ones are written as text.
const EXACT: i64 = 999_999_999_999_999;
/// Day number of 1970-01-01 in a spreadsheet.
const EPOCH: f64 = 25_569.0;
/// First day (1900-03-01) on which spreadsheets and the calendar agree; earlier ones are written as text.
const FIRST_DAY: i32 = -25_508;
/// Last day that a spreadsheet knows: 9999-12-31.
const LAST_DAY: i32 = 2_932_896;
const DAY_MILLIS: f64 = 86_400_000.0;

/// Writes the rows as a workbook. It is made on disk first, since a workbook is a zip archive.
pub(super) fn encode(rows: SendableRecordBatchStream, profile: &Profile) -> BoxStream<'static, Result<Bytes>> {
    let name = sheet_name(profile);
    pipe::writer(rows, move |batches, output| {
        let schema = batches.schema();
        let mut sheets = Sheets::new(name, &schema).map_err(|error| failed("xlsx", &error))?;
        for batch in batches {
            sheets.write(&batch?)?;
        }
        let mut file = tempfile::tempfile()?;
        sheets.workbook.save_to_writer(&mut file).map_err(|error| failed("xlsx", &error))?;
        file.rewind()?;
        io::copy(&mut file, output)?;
        output.flush()?;
        Ok(())
    })
}

fn sheet_name(profile: &Profile) -> String {
    /// Leaves place for the number of a further sheet within the 31 characters allowed.
    const LONGEST: usize = 26;
    let allowed = |character: &char| !"[]:*?/\\'".contains(*character) && !character.is_control();
    let name: String = profile.name.as_deref().unwrap_or_default().chars().filter(allowed).take(LONGEST).collect();
    let name = name.trim().to_owned();
    if name.is_empty() || name.eq_ignore_ascii_case("history") { "data".to_owned() } else { name }
}

struct Formats {
    header: Format,
    date: Format,
    datetime: Format,
    time: Format,
}

struct Sheets {
    workbook: Workbook,
    name: String,
    header: Vec<String>,
    formats: Formats,
    /// Sheets made so far.
    count: usize,
    /// Next row of the last sheet.
    row: u32,
}

impl Sheets {
    fn new(name: String, schema: &Schema) -> std::result::Result<Self, XlsxError> {
        let formats = Formats {
            header: Format::new().set_bold(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            datetime: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            time: Format::new().set_num_format("hh:mm:ss"),
        };
        let header = schema.fields().iter().map(|field| field.name().clone()).collect();
        let mut sheets = Self { workbook: Workbook::new(), name, header, formats, count: 0, row: 0 };
        sheets.add()?;
        Ok(sheets)
    }

    fn add(&mut self) -> std::result::Result<(), XlsxError> {
        self.count += 1;
        let name = if self.count == 1 { self.name.clone() } else { format!("{} {}", self.name, self.count) };
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (column, title) in (0_u16..).zip(&self.header) {
            sheet.write_string_with_format(0, column, cut(title), &self.formats.header)?;
        }
        self.row = 1;
        Ok(())
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        let columns = batch.columns().iter().map(Cells::new).collect::<Result<Vec<_>>>()?;
        let error = |error: XlsxError| failed("xlsx", &error);
        for row in 0..batch.num_rows() {
            if self.row == SHEET_ROWS {
                self.add().map_err(error)?;
            }
            let sheet = self.workbook.worksheet_from_index(self.count - 1).map_err(error)?;
            for (column, cells) in (0_u16..).zip(&columns) {
                if !cells.is_null(row) {
                    write_cell(sheet, (self.row, column), cells, row, &self.formats).map_err(error)?;
                }
            }
            self.row += 1;
        }
        Ok(())
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cells: &Cells,
    index: usize,
    formats: &Formats,
) -> std::result::Result<(), XlsxError> {
    match cells {
        Cells::Boolean(array) => sheet.write_boolean(row, column, array.value(index))?,
        Cells::Integer(array) if array.value(index).abs() <= EXACT => {
            sheet.write_number(row, column, array.value(index) as f64)?
        }
        Cells::Small(array) => sheet.write_number(row, column, f64::from(array.value(index)))?,
        Cells::Number(array) if array.value(index).is_finite() => {
            sheet.write_number(row, column, array.value(index))?
        }
        Cells::Date(array) if (FIRST_DAY..=LAST_DAY).contains(&array.value(index)) => {
            sheet.write_number_with_format(row, column, EPOCH + f64::from(array.value(index)), &formats.date)?
        }
        Cells::Datetime(array) if (FIRST_DAY..=LAST_DAY).contains(&day_of(array.value(index))) => {
            let days = EPOCH + array.value(index) as f64 / DAY_MILLIS;
            sheet.write_number_with_format(row, column, days, &formats.datetime)?
        }
        Cells::Time(array) => {
            let days = f64::from(array.value(index)) * 1_000.0 / DAY_MILLIS;
            sheet.write_number_with_format(row, column, days, &formats.time)?
        }
        Cells::Text(array) => sheet.write_string(row, column, cut(array.value(index)))?,
        _ => {
            let mut text = Vec::new();
            cells.write_text(index, &mut text);
            sheet.write_string(row, column, cut(&String::from_utf8_lossy(&text)))?
        }
    };
    Ok(())
}

fn day_of(millis: i64) -> i32 {
    i32::try_from(millis.div_euclid(86_400_000)).unwrap_or(i32::MAX)
}

fn cut(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= CELL_CHARS || text.encode_utf16().count() <= CELL_CHARS {
        return text.into();
    }
    let mut units = 1;
    let within = |character: &char| {
        units += character.len_utf16();
        units <= CELL_CHARS
    };
    let mut cut: String = text.chars().take_while(within).collect();
    cut.push('…');
    cut.into()
}
