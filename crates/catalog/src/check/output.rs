//! The forms in which a treated table is written.

use std::fs::File;
use std::io::{BufWriter, Result, Write as _};

use arrow::array::{Array as _, StringArray};
use tableschema::Batch;

/// A file being written.
pub(super) struct Output {
    file: BufWriter<File>,
    form: Form,
    rows: u64,
}

enum Form {
    Csv,
    /// Names of the properties as JSON, and which column is the geometry.
    Geojson {
        names: Vec<String>,
        geometry: usize,
    },
}

impl Output {
    /// A GeoJSON collection when one of the columns is among `geometries`, else CSV with its header.
    pub(super) fn create(file: File, header: &[String], geometries: &[String]) -> Result<Self> {
        let mut file = BufWriter::with_capacity(1 << 18, file);
        let geometry = header.iter().position(|name| geometries.contains(name));
        let form = match geometry {
            None => {
                write_line(&mut file, header.iter().map(String::as_str))?;
                Form::Csv
            }
            Some(geometry) => {
                file.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
                let names = header.iter().map(|name| serde_json::Value::from(name.as_str()).to_string()).collect();
                Form::Geojson { names, geometry }
            }
        };
        Ok(Self { file, form, rows: 0 })
    }

    pub(super) fn write(&mut self, batch: &Batch) -> Result<()> {
        let rows = batch.columns.first().map_or(0, |column| column.len());
        let mut extra = batch.extra.iter().peekable();
        for row in 0..rows {
            let cells = batch.columns.iter().map(|column| cell(column, row));
            match &self.form {
                Form::Csv => {
                    let beyond = extra.next_if(|(of, _)| *of == row).map(|(_, cells)| cells.as_slice());
                    let beyond = beyond.unwrap_or_default().iter().map(String::as_str);
                    write_line(&mut self.file, cells.chain(beyond))?;
                }
                Form::Geojson { names, geometry } => {
                    self.file.write_all(if self.rows == 0 { b"\n" } else { b",\n" })?;
                    write_feature(&mut self.file, names, *geometry, cells)?;
                }
            }
            self.rows += 1;
        }
        Ok(())
    }

    /// Ends the file; gives the rows written.
    pub(super) fn finish(mut self) -> Result<u64> {
        if matches!(self.form, Form::Geojson { .. }) {
            self.file.write_all(b"\n]}\n")?;
        }
        self.file.flush()?;
        Ok(self.rows)
    }
}

fn cell(column: &StringArray, row: usize) -> &str {
    if column.is_null(row) { "" } else { column.value(row) }
}

fn write_line<'a>(file: &mut impl std::io::Write, cells: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut count = 0;
    let mut bytes = 0;
    for cell in cells {
        if count > 0 {
            file.write_all(b",")?;
        }
        write_cell(file, cell)?;
        count += 1;
        bytes += cell.len();
    }
    // An empty line would be taken for none.
    file.write_all(if count == 1 && bytes == 0 { b"\"\"\n" } else { b"\n" })
}

fn write_cell(file: &mut impl std::io::Write, cell: &str) -> Result<()> {
    if !cell.contains([',', '"', '\n', '\r']) {
        return file.write_all(cell.as_bytes());
    }
    file.write_all(b"\"")?;
    let mut pieces = cell.split('"');
    file.write_all(pieces.next().unwrap_or_default().as_bytes())?;
    for piece in pieces {
        file.write_all(b"\"\"")?;
        file.write_all(piece.as_bytes())?;
    }
    file.write_all(b"\"")
}

fn write_feature<'a>(
    file: &mut impl std::io::Write,
    names: &[String],
    geometry: usize,
    cells: impl Iterator<Item = &'a str>,
) -> Result<()> {
    let mut shape = "null";
    file.write_all(b"{\"type\":\"Feature\",\"properties\":{")?;
    let mut count = 0;
    for ((index, name), cell) in names.iter().enumerate().zip(cells) {
        if index == geometry {
            shape = if cell.is_empty() { "null" } else { cell };
            continue;
        }
        if count > 0 {
            file.write_all(b",")?;
        }
        file.write_all(name.as_bytes())?;
        file.write_all(b":")?;
        serde_json::to_writer(&mut *file, cell).map_err(std::io::Error::from)?;
        count += 1;
    }
    file.write_all(b"},\"geometry\":")?;
    file.write_all(shape.as_bytes())?;
    file.write_all(b"}")
}
