//! What was understood of a file, in the shape that programs read (design: `check --format json`).

use std::path::Path;

use portal::i18n::{self, Fault, Text};
use serde::Serialize;
use tabular::{
    Limits, Profile,
    profile::{ColumnProfile, SourceDescription},
    read::{SourceFile, Table},
    snapshot::{self, OddCell, WriteOptions},
    typing::{FieldType, Meaning},
};

use crate::exit::Failure;

/// The report of one file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub file: String,
    /// Whether every cell fits its column.
    pub valid: bool,
    /// Name of the schema that was checked against.
    pub schema: Option<String>,
    /// Data rows of all tables.
    pub rows: u64,
    pub errors: Vec<CellError>,
    /// Odd cells of all tables, listed or not.
    pub error_count: u64,
    pub personal_data: Vec<serde_json::Value>,
    pub repairs: Vec<serde_json::Value>,
    /// Why the file can't be read at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<Fault>,
    pub tables: Vec<TableReport>,
}

/// A cell that doesn't fit its column. Codes are Frictionless's.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CellError {
    pub code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// 1-based, the header being row 1.
    pub row: u64,
    pub field: Option<String>,
    /// 1-based.
    pub field_number: u32,
    pub value: String,
    pub rule: String,
    pub message: String,
}

/// What was understood of one table.
#[derive(Debug, Serialize)]
pub struct TableReport {
    pub name: Option<String>,
    pub source: SourceDescription,
    pub rows: u64,
    pub columns: Vec<ColumnReport>,
    /// Lines that are not data.
    pub set_aside: usize,
    pub warnings: Vec<String>,
}

/// What was understood of one column.
#[derive(Debug, Serialize)]
pub struct ColumnReport {
    pub name: String,
    #[serde(rename = "type")]
    pub field_type: FieldType,
    pub meaning: Option<Meaning>,
    /// Share of non-empty cells that fit.
    pub score: f64,
    pub nulls: u64,
    pub exceptions: u64,
    pub distinct: u64,
}

/// Reads a file wholly; a file that can't be read is a report too.
pub fn of_file(file: String, source: &SourceFile, scratch: &Path, most: usize, text: Text) -> Result<Report, Failure> {
    let mut report = Report::empty(file);
    match fill(&mut report, source, scratch, most, text) {
        Ok(()) => report.valid = report.error_count == 0,
        Err(error) if error.code == tabular::ErrorCode::Io => {
            return Err(Failure::Failed(Fault::of_file(text, &error).message));
        }
        Err(error) => report.fault = Some(Fault::of_file(text, &error)),
    }
    Ok(report)
}

fn fill(report: &mut Report, source: &SourceFile, scratch: &Path, most: usize, text: Text) -> tabular::Result<()> {
    let unpacked = scratch.join("unpacked");
    std::fs::create_dir_all(&unpacked)?;
    for (number, table) in tabular::detect::open(source, &Limits::default(), &unpacked)?.iter().enumerate() {
        let folder = scratch.join(format!("table-{number}"));
        std::fs::create_dir_all(&folder)?;
        report.add(table.as_ref(), &folder, most, text)?;
    }
    Ok(())
}

impl Report {
    fn empty(file: String) -> Self {
        Self {
            file,
            valid: false,
            schema: None,
            rows: 0,
            errors: Vec::new(),
            error_count: 0,
            personal_data: Vec::new(),
            repairs: Vec::new(),
            fault: None,
            tables: Vec::new(),
        }
    }

    fn add(&mut self, table: &dyn Table, folder: &Path, most: usize, text: Text) -> tabular::Result<()> {
        let profile = snapshot::write(table, folder, &WriteOptions::default(), &|_| ())?;
        let exceptions = snapshot::odd_cells(folder, most)?;
        self.errors.extend(exceptions.into_iter().map(|exception| CellError::new(exception, &profile, text)));
        self.rows += profile.rows;
        self.error_count += profile.exceptions;
        self.tables.push(TableReport::new(profile, text));
        Ok(())
    }
}

impl CellError {
    fn new(exception: OddCell, profile: &Profile, text: Text) -> Self {
        let column = profile.columns.iter().find(|column| Some(&column.name) == exception.column.as_ref());
        let type_name = column.map(|column| type_name(column.field_type));
        Self {
            code: if column.is_some() { "type-error" } else { "extra-cell" },
            table: profile.name.clone(),
            row: exception.row + 1,
            field: exception.column,
            field_number: exception.position,
            value: exception.raw,
            rule: type_name.clone().unwrap_or_default(),
            message: match &type_name {
                Some(name) => text.with("odd-cell", "type", name),
                None => text.get("odd-overflow"),
            },
        }
    }
}

impl TableReport {
    fn new(profile: Profile, text: Text) -> Self {
        Self {
            name: profile.name,
            source: profile.source,
            rows: profile.rows,
            columns: profile.columns.into_iter().map(ColumnReport::from).collect(),
            set_aside: profile.set_aside.len(),
            warnings: profile.warnings.iter().map(|warning| i18n::warning(text, warning)).collect(),
        }
    }
}

impl From<ColumnProfile> for ColumnReport {
    fn from(column: ColumnProfile) -> Self {
        Self {
            name: column.name,
            field_type: column.field_type,
            meaning: column.meaning,
            score: column.score,
            nulls: column.nulls,
            exceptions: column.exceptions,
            distinct: column.distinct,
        }
    }
}

/// The name that JSON gives a type.
pub fn type_name(field_type: FieldType) -> String {
    let value = serde_json::to_value(field_type).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
