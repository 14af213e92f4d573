//! A spreadsheet to fill in: the schema's columns, with what each asks as a note, lists of allowed values, and text
//! cells where a spreadsheet would eat zeros. One sheet, so that what comes back is one table.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};
use tableschema::{Field, FieldKind, Schema};

use super::words;
use crate::i18n::Text;
use crate::problem::{Kind, Problem};

/// Rows that lists of values and formats reach.
const ROWS: u32 = 1_000;
/// Characters that a spreadsheet takes in a list of values typed into a validation.
const LONGEST_LIST: usize = 255;
/// Characters of a note, of the message of a validation and of its title.
const LONGEST_NOTE: usize = 1_000;
const LONGEST_MESSAGE: usize = 250;
const LONGEST_TITLE: usize = 32;
const LONGEST_SHEET_NAME: usize = 31;

/// The file.
///
/// # Errors
/// When the spreadsheet can't be written, which would be a fault of ours.
pub fn workbook(schema: &Schema, title: &str, t: &Text) -> Result<Vec<u8>, Problem> {
    write(schema, title, t)
        .map_err(|error| Problem::new(Kind::Internal, format!("the template can't be written: {error}")))
}

fn write(schema: &Schema, title: &str, t: &Text) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(title))?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, field) in (0u16..).zip(&schema.fields) {
        write_column(sheet, column, field, t)?;
    }
    workbook.save_to_buffer()
}

fn write_column(sheet: &mut Worksheet, column: u16, field: &Field, t: &Text) -> Result<(), XlsxError> {
    let header = Format::new()
        .set_bold()
        .set_background_color(if field.constraints.required { Color::RGB(0x20_50_8a) } else { Color::RGB(0xe6_ed_f5) })
        .set_font_color(if field.constraints.required { Color::White } else { Color::RGB(0x17_3a_66) })
        .set_border_bottom(FormatBorder::Medium);
    sheet.write_with_format(0, column, &field.name, &header)?;
    let note = shortened(&words::of_field(field, t).join("\n"), LONGEST_NOTE);
    sheet.insert_note(0, column, &Note::new(note).add_author_prefix(false).set_width(320).set_height(160))?;
    let width = field.name.chars().count().clamp(10, 40) as f64 + 3.0;
    sheet.set_column_width(column, width)?;
    // A cell typed as text stays as it was typed: identifiers keep their zeros, dates their form.
    let cells = match field.kind {
        FieldKind::Number(_) => Format::new().set_num_format("General"),
        FieldKind::Integer(_) => Format::new().set_num_format("0"),
        _ => Format::new().set_num_format("@"),
    };
    sheet.set_column_format(column, &cells)?;
    if let Some(values) = list(field) {
        let validation = DataValidation::new()
            .allow_list_strings(&values)?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title(shortened(&field.name, LONGEST_TITLE))?
            .set_error_message(shortened(&t.get("template-not-in-list"), LONGEST_MESSAGE))?;
        sheet.add_data_validation(1, column, ROWS, column, &validation)?;
    }
    Ok(())
}

/// The values to choose among, when a spreadsheet can hold them as a list.
fn list(field: &Field) -> Option<Vec<String>> {
    let values = words::choices(field)?;
    let length = values.iter().map(|value| value.encode_utf16().count() + 1).sum::<usize>();
    // A comma would split the value in two.
    (length <= LONGEST_LIST && !values.iter().any(|value| value.contains(','))).then_some(values)
}

/// A name that spreadsheets accept: at most 31 characters, without those they refuse.
fn sheet_name(title: &str) -> String {
    let clean: String =
        title.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let short = shortened(clean.trim(), LONGEST_SHEET_NAME);
    if short.is_empty() { "Données".to_owned() } else { short }
}

/// At most so many UTF-16 units, as spreadsheets count.
fn shortened(text: &str, most: usize) -> String {
    let mut length = 0;
    text.chars()
        .take_while(|c| {
            length += c.len_utf16();
            length <= most
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn schema(json: &str) -> Schema {
        Schema::parse(json.as_bytes(), &tableschema::Limits::default()).unwrap()
    }

    #[test]
    fn what_is_filled_in_comes_back_as_one_table_with_the_columns_of_the_schema() {
        let schema = schema(
            r#"{"fields": [
                {"name": "siret", "type": "string", "constraints": {"required": true, "pattern": "[0-9]{14}"}},
                {"name": "nature", "type": "string", "constraints": {"enum": ["aide en nature", "aide en numéraire"]}},
                {"name": "montant", "type": "number"}]}"#,
        );
        let bytes = workbook(&schema, "Subventions [2024]: l'essentiel / complet", &Text::french()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("modele.xlsx");
        std::fs::write(&path, bytes).unwrap();
        let source = tabular::read::SourceFile { path, name: "modele.xlsx".to_owned() };
        let scratch = folder.path().join("scratch");
        std::fs::create_dir(&scratch).unwrap();
        // Nothing is filled in yet: there is a sheet with a header, or the reader says that there is no row.
        if let Ok(tables) = tabular::detect::open(&source, &tabular::Limits::default(), &scratch) {
            assert_eq!(tables.len(), 1);
            let header: Vec<String> = tables[0].header().into_iter().map(|header| header.label).collect();
            assert_eq!(header, ["siret", "nature", "montant"]);
        }
    }

    #[test]
    fn a_sheet_always_has_a_name_that_spreadsheets_accept() {
        assert_eq!(sheet_name("a/b:c"), "a b c");
        assert_eq!(sheet_name("''"), "Données");
        assert!(sheet_name(&"é".repeat(80)).chars().count() <= 31);
    }
}
