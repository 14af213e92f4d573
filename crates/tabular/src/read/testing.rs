//! Reads whole tables, for tests.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use arrow::array::Array;

use super::{RawColumn, Remarks, SourceFile, Table};
use crate::{Limits, error::Result, geometry::wkb, profile::SourceDescription, read::Header};

/// A table, read.
#[derive(Debug)]
pub(crate) struct Whole {
    pub name: Option<String>,
    pub header: Vec<Header>,
    pub rows: Vec<Vec<String>>,
    pub source: SourceDescription,
    pub remarks: Remarks,
}

type Open = fn(&SourceFile, &Limits, &Path) -> Result<Vec<Box<dyn Table>>>;

/// Writes `bytes` to a file of this name and reads its first table.
pub(crate) fn read(bytes: &[u8], name: &str, open: Open) -> Result<Whole> {
    Ok(read_all(bytes, name, open)?.swap_remove(0))
}

/// Writes `bytes` to a file of this name and reads its tables.
pub(crate) fn read_all(bytes: &[u8], name: &str, open: Open) -> Result<Vec<Whole>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(name);
    std::fs::write(&path, bytes)?;
    read_file(&path, open)
}

/// Reads the tables of a file.
pub(crate) fn read_file(path: &Path, open: Open) -> Result<Vec<Whole>> {
    let scratch = tempfile::tempdir()?;
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let source = SourceFile { path: path.to_owned(), name };
    open(&source, &Limits::default(), scratch.path())?.iter().map(|table| whole(table.as_ref())).collect()
}

/// Reads a table.
pub(crate) fn whole(table: &dyn Table) -> Result<Whole> {
    let mut batches = table.batches()?;
    let mut rows = Vec::new();
    for batch in batches.by_ref() {
        let batch = batch?;
        assert_eq!(batch.columns.len(), table.header().len());
        rows.extend((0..batch.rows).map(|row| batch.columns.iter().map(|column| cell(column, row)).collect()));
    }
    let remarks = batches.remarks();
    let name = table.name().map(str::to_owned);
    Ok(Whole { name, header: table.header(), rows, source: table.source(), remarks })
}

/// Text as it is, geometries as WKT with six decimals.
fn cell(column: &RawColumn, row: usize) -> String {
    match column {
        RawColumn::Text(cells) if cells.is_null(row) => String::new(),
        RawColumn::Text(cells) => cells.value(row).to_owned(),
        RawColumn::Geometry(cells) if cells.is_null(row) => String::new(),
        RawColumn::Geometry(cells) => crate::geometry::wkt::write(&wkb::read(cells.value(row)).unwrap()),
    }
}

pub(crate) fn labels(whole: &Whole) -> Vec<&str> {
    whole.header.iter().map(|header| header.label.as_str()).collect()
}

pub(crate) fn cells(whole: &Whole) -> Vec<Vec<&str>> {
    whole.rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect()
}
