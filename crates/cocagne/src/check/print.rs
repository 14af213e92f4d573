//! One function a form of the answer.

use portal::i18n::Text;

use super::report::{CellError, Report, TableReport, type_name};
use crate::{exit::Failure, output};

/// One report as an object, several as a list.
pub fn json(reports: &[Report]) -> Result<(), Failure> {
    let shown = match reports {
        [report] => output::json(report)?,
        several => output::json(&several)?,
    };
    println!("{shown}");
    Ok(())
}

pub fn text(reports: &[Report], text: Text) {
    for report in reports {
        println!("{}", report.file);
        if let Some(fault) = &report.fault {
            println!("  {}\n  {}", fault.message, fault.remedy);
            continue;
        }
        report.tables.iter().for_each(|table| print_table(table, text));
        for error in &report.errors {
            let field = error.field.as_deref().unwrap_or("");
            println!(
                "  {}",
                text.with_all(
                    "check-cell",
                    &[
                        ("row", &error.row.to_string()),
                        ("field", field),
                        ("value", &error.value),
                        ("message", &error.message),
                    ]
                )
            );
        }
        println!("  {}", text.count("check-odd-cells", &report.error_count));
    }
}

fn print_table(table: &TableReport, text: Text) {
    let source = &table.source;
    let mut facts = vec![format!("{:?}", source.format).to_lowercase()];
    facts.extend(source.encoding.clone());
    facts.extend(source.delimiter.map(|delimiter| format!("{delimiter:?}")));
    facts.extend(source.crs.clone());
    let name = table.name.as_deref().map(|name| format!("{name} : ")).unwrap_or_default();
    println!("  {name}{} ({})", text.count("rows-count", &table.rows), facts.join(", "));
    let width = table.columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(0).min(40);
    for column in &table.columns {
        let meaning = column.meaning.and_then(|meaning| serde_json::to_value(meaning).ok());
        let meaning = meaning.as_ref().and_then(|meaning| meaning.as_str()).map(|meaning| format!(" ({meaning})"));
        println!("    {:width$}  {}{}", column.name, type_name(column.field_type), meaning.unwrap_or_default());
    }
    table.warnings.iter().for_each(|warning| println!("  ! {warning}"));
}

/// One test suite a file, one case a table; each odd cell is a failure of it.
pub fn junit(reports: &[Report]) {
    println!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>");
    for report in reports {
        let failures = report.error_count + u64::from(report.fault.is_some());
        println!("  <testsuite name=\"{}\" tests=\"1\" failures=\"{failures}\">", escape_xml(&report.file));
        println!("    <testcase name=\"check\" classname=\"{}\">", escape_xml(&report.file));
        if let Some(fault) = &report.fault {
            println!("      <failure type=\"{}\" message=\"{}\"/>", fault.code, escape_xml(&fault.message));
        }
        for error in &report.errors {
            println!("      <failure type=\"{}\" message=\"{}\"/>", error.code, escape_xml(&sentence(error)));
        }
        println!("    </testcase>\n  </testsuite>");
    }
    println!("</testsuites>");
}

/// GitHub's workflow commands: one annotation an odd cell.
pub fn github(reports: &[Report]) {
    for report in reports {
        let file = escape_property(&report.file);
        if let Some(fault) = &report.fault {
            println!("::error file={file},line={}::{}", fault.row.unwrap_or(1), escape_data(&fault.message));
        }
        for error in &report.errors {
            println!("::error file={file},line={},title={}::{}", error.row, error.code, escape_data(&sentence(error)));
        }
    }
}

fn sentence(error: &CellError) -> String {
    format!("{}, {}: {} {}", error.row, error.field.as_deref().unwrap_or(""), error.value, error.message)
}

fn escape_xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML 1.0 has no form for the other control characters.
            c if c.is_control() && !matches!(c, '\n' | '\t') => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
