//! One function a form of the answer.

use portal::i18n::Text;

use super::report::{CellError, Fixed, Repair, Report, TableReport, type_name};
use crate::{exit::Failure, output};

/// One report as an object, several as a list.
pub(super) fn json(reports: &[Report]) -> Result<(), Failure> {
    let shown = match reports {
        [report] => output::json(report)?,
        several => output::json(&several)?,
    };
    println!("{shown}");
    Ok(())
}

/// For people, in their language.
pub(super) fn text(reports: &[Report], text: Text) {
    for report in reports {
        println!("{}", report.file);
        if let Some(fault) = &report.fault {
            println!("  {}\n  {}", fault.message, fault.remedy);
            continue;
        }
        print_schema(report, text);
        report.tables.iter().for_each(|table| print_table(table, text));
        print_errors(&report.errors, report.schema.is_some(), text);
        print_count(report.schema.is_some(), report.error_count, report.errors.len(), text);
        print_personal(report, text);
        print_repairs("checked-repairs", &report.repairs, text);
        if let Some(fixed) = &report.fixed {
            print_fixed(fixed, report.schema.is_some(), text);
        }
    }
}

fn print_schema(report: &Report, text: Text) {
    match &report.schema {
        Some(name) => {
            let version = report.schema_version.as_deref().map(|version| format!("@{version}")).unwrap_or_default();
            let key = if report.schema_guessed { "checked-schema-resembling" } else { "checked-schema-asked" };
            println!("  {}", text.with(key, "schema", &format!("{name}{version}")));
        }
        None => {
            if let Some(best) = report.resembles.first() {
                println!("  {}", text.with2("checked-schema-perhaps", "schema", &best.name, "title", &best.title));
            }
        }
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

/// The sentence of a schema's rule says where and what; that of an odd cell says only why.
fn print_errors(errors: &[CellError], with_schema: bool, text: Text) {
    for error in errors {
        let (field, value) = (error.field.as_deref().unwrap_or(""), error.value.as_deref().unwrap_or(""));
        let row = error.row.map(|row| row.to_string()).unwrap_or_default();
        let values = [("row", row.as_str()), ("field", field), ("value", value), ("message", error.message.as_str())];
        let line = if with_schema { error.message.clone() } else { text.with_all("check-cell", &values) };
        println!("  {line}");
    }
}

fn print_count(with_schema: bool, count: u64, listed: usize, text: Text) {
    let key = if with_schema { "checked-errors" } else { "check-odd-cells" };
    println!("  {}", text.count(key, &count));
    if (listed as u64) < count {
        println!("  {}", text.count("checked-errors-listed", &(listed as u64)));
    }
}

fn print_personal(report: &Report, text: Text) {
    if report.personal_data.is_empty() {
        return;
    }
    println!("  {}", text.get("checked-personal"));
    for finding in &report.personal_data {
        let level = text.get(&format!("checked-level-{}", super::report::name_in_json(&finding.level)));
        println!("    [{level}] {} {}", finding.message, finding.ground);
    }
}

fn print_repairs(title: &str, repairs: &[Repair], text: Text) {
    if repairs.is_empty() {
        return;
    }
    println!("  {}", text.get(title));
    for repair in repairs {
        let likely = match (repair.applicable, repair.certain) {
            (false, _) => format!(" {}", text.get("checked-repair-impossible")),
            (true, true) => String::new(),
            (true, false) => format!(" {}", text.get("checked-repair-likely")),
        };
        println!("    {}: {} ({}){likely}", repair.id, repair.description, repair.count);
    }
}

fn print_fixed(fixed: &Fixed, with_schema: bool, text: Text) {
    println!("  {}", text.with("checked-fixed", "path", &fixed.file));
    print_repairs("checked-repaired", &fixed.repairs, text);
    print_errors(&fixed.errors, with_schema, text);
    print_count(with_schema, fixed.error_count, fixed.errors.len(), text);
}

/// One test suite a file, one case a table; each error is a failure of it.
pub(super) fn junit(reports: &[Report]) {
    println!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>");
    for report in reports {
        let failures = report.error_count + u64::from(report.fault.is_some());
        println!("  <testsuite name=\"{}\" tests=\"1\" failures=\"{failures}\">", escape_xml(&report.file));
        println!("    <testcase name=\"check\" classname=\"{}\">", escape_xml(&report.file));
        if let Some(fault) = &report.fault {
            println!("      <failure type=\"{}\" message=\"{}\"/>", fault.code, escape_xml(&fault.message));
        }
        for error in &report.errors {
            let code = escape_xml(&error.code);
            println!("      <failure type=\"{code}\" message=\"{}\"/>", escape_xml(&sentence(error, report)));
        }
        println!("    </testcase>\n  </testsuite>");
    }
    println!("</testsuites>");
}

/// GitHub's workflow commands: one annotation an error.
pub(super) fn github(reports: &[Report]) {
    for report in reports {
        let file = escape_property(&report.file);
        if let Some(fault) = &report.fault {
            println!("::error file={file},line={}::{}", fault.row.unwrap_or(1), escape_data(&fault.message));
        }
        for error in &report.errors {
            let (line, title) = (error.row.unwrap_or(1), escape_property(&error.code));
            println!("::error file={file},line={line},title={title}::{}", escape_data(&sentence(error, report)));
        }
    }
}

/// Where, what and why, in a line.
fn sentence(error: &CellError, report: &Report) -> String {
    if report.schema.is_some() {
        return error.message.clone();
    }
    let row = error.row.map(|row| row.to_string()).unwrap_or_default();
    let (field, value) = (error.field.as_deref().unwrap_or(""), error.value.as_deref().unwrap_or(""));
    format!("{row}, {field}: {value} {}", error.message)
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
