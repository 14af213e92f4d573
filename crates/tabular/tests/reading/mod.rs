//! Reads whole files through the library's front door.
#![allow(dead_code, reason = "each test file uses a part")]

use arrow::array::Array;
use tabular::{
    Limits, Result, detect,
    profile::{SetAsideReason, SourceDescription},
    read::{RawColumn, Remarks, SourceFile},
};

/// A table, read to its end.
#[derive(Debug)]
pub struct Whole {
    pub name: Option<String>,
    pub source: SourceDescription,
    pub labels: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Row, and cells beyond the header.
    pub overflow: Vec<(usize, Vec<String>)>,
    pub remarks: Remarks,
}

impl Whole {
    pub fn warning(&self, code: &str) -> Option<(Option<u64>, &str)> {
        let found = self.remarks.warnings.iter().find(|warning| warning.code == code)?;
        Some((found.line, &found.detail))
    }

    pub fn set_aside(&self, reason: SetAsideReason) -> Vec<u64> {
        self.remarks.set_aside.iter().filter(|line| line.reason == reason).map(|line| line.line).collect()
    }
}

/// Reads the one table of a file of these bytes.
pub fn read(name: &str, bytes: &[u8]) -> Result<Whole> {
    read_within(name, bytes, &Limits::default())
}

/// Reads the one table of a file of these bytes, within limits.
pub fn read_within(name: &str, bytes: &[u8], limits: &Limits) -> Result<Whole> {
    let mut tables = read_all_within(name, bytes, limits)?;
    assert_eq!(tables.len(), 1, "one table");
    Ok(tables.remove(0))
}

/// Reads every table of a file of these bytes.
pub fn read_all(name: &str, bytes: &[u8]) -> Result<Vec<Whole>> {
    read_all_within(name, bytes, &Limits::default())
}

/// Reads every table of a file of these bytes, within limits.
pub fn read_all_within(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Whole>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("source");
    std::fs::write(&path, bytes)?;
    let source = SourceFile { path, name: name.to_owned() };
    let tables = detect::open(&source, limits, &folder.path().join("scratch"))?;
    tables.iter().map(|table| read_table(table.as_ref())).collect()
}

fn read_table(table: &dyn tabular::read::Table) -> Result<Whole> {
    let mut batches = table.batches()?;
    let (mut rows, mut overflow) = (Vec::new(), Vec::new());
    for batch in batches.by_ref() {
        let batch = batch?;
        overflow.extend(batch.overflow.into_iter().map(|(row, cells)| (rows.len() + row, cells)));
        for row in 0..batch.rows {
            rows.push(batch.columns.iter().map(|column| cell(column, row)).collect());
        }
    }
    Ok(Whole {
        name: table.name().map(str::to_owned),
        source: table.source(),
        labels: table.header().into_iter().map(|header| header.label).collect(),
        rows,
        overflow,
        remarks: batches.remarks(),
    })
}

fn cell(column: &RawColumn, row: usize) -> String {
    match column {
        RawColumn::Text(cells) if cells.is_null(row) => String::new(),
        RawColumn::Text(cells) => cells.value(row).to_owned(),
        RawColumn::Geometry(cells) => format!("{:?}", cells.value(row)),
    }
}
