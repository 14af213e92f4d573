//! JSON and NDJSON: arrays, records, documents that hold an array of records somewhere.
//!
//! The document is read three times at most, always as a stream: where are the rows, what are their columns, the
//! rows.

pub(crate) mod rows;
pub(crate) mod token;
pub(crate) mod value;

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use self::{
    rows::{Cursor, Rows},
    token::{Token, Tokens},
    value::{Json, ValueReader},
};
use super::{
    SourceFile, Table,
    record::{Columns, Document, Record, RecordTable, Records, Survey},
    transcode,
    warnings::Warnings,
};
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    profile::{Format, SourceDescription},
};

/// Name of the column of an object's member names, when its members are rows.
const MEMBER: &str = "key";

/// Opens a JSON or NDJSON file.
pub(crate) fn open(source: &SourceFile, limits: &Limits, scratch: &Path) -> Result<Vec<Box<dyn Table>>> {
    let (path, encoding) = transcode::to_utf8(&source.path, scratch)?;
    let shape = rows::find(&mut Tokens::new(File::open(&path)?, limits))?;
    let shape = shape.ok_or_else(|| Error::new(ErrorCode::EmptyFile, "no value"))?;
    if shape.rows == Rows::Elements(vec!["features".to_owned()]) && super::geojson::is_collection(&path, limits)? {
        return super::geojson::open(source, limits, scratch);
    }
    let mut warnings = Warnings::default();
    if !shape.others.is_empty() {
        warnings.say("other-arrays", shape.others.join(", "));
    }
    let labels = labels(&path, &shape.rows, limits)?;
    let document = JsonDocument { path, encoding, rows: shape.rows, labels, warnings, limits: limits.clone() };
    let columns = match document.rows {
        Rows::Members => Columns::starting_with(&[MEMBER]),
        _ => Columns::default(),
    };
    let survey = Survey::new(columns, limits).run(&document)?;
    if survey.columns.len() == 0 {
        return Err(Error::new(ErrorCode::NoTable, "records without any value"));
    }
    Ok(vec![Box::new(RecordTable::new(document, survey.columns, false, None))])
}

/// The labels of rows that are arrays: the first row, when it is of texts.
fn labels(path: &Path, rows: &Rows, limits: &Limits) -> Result<Vec<String>> {
    let mut tokens = Tokens::new(File::open(path)?, limits);
    let mut cursor = Cursor::new(rows.clone());
    let mut read = || -> Result<Option<Json>> {
        let Some((_, token)) = cursor.next(&mut tokens)? else { return Ok(None) };
        ValueReader::new(limits.row_bytes).read(&mut tokens, token).map(Some)
    };
    let (Some(Json::Array(first)), Some(Json::Array(_))) = (read()?, read()?) else { return Ok(Vec::new()) };
    let text = |item: &Json| match item {
        Json::Text(text) => Some(text.clone()),
        _ => None,
    };
    let labels: Vec<String> = first.iter().map_while(text).collect();
    Ok(if labels.len() == first.len() { labels } else { Vec::new() })
}

/// A JSON file and where its rows are.
struct JsonDocument {
    path: PathBuf,
    encoding: &'static str,
    rows: Rows,
    /// Of the columns, when rows are arrays below a first one of texts.
    labels: Vec<String>,
    warnings: Warnings,
    limits: Limits,
}

impl Document for JsonDocument {
    fn records(&self) -> Result<Box<dyn Records + '_>> {
        let mut records = JsonRecords {
            document: self,
            tokens: Tokens::new(File::open(&self.path)?, &self.limits),
            cursor: Cursor::new(self.rows.clone()),
            values: ValueReader::new(self.limits.row_bytes),
            row: 0,
            warnings: self.warnings.clone(),
        };
        if !self.labels.is_empty()
            && let Some((_, token)) = records.cursor.next(&mut records.tokens)?
        {
            records.tokens.skip(token)?;
        }
        Ok(Box::new(records))
    }

    fn description(&self) -> SourceDescription {
        SourceDescription {
            format: if self.rows == Rows::Values { Format::Ndjson } else { Format::Json },
            containers: Vec::new(),
            encoding: Some(self.encoding.to_owned()),
            delimiter: None,
            quote: None,
            header_line: None,
            crs: None,
        }
    }
}

struct JsonRecords<'a> {
    document: &'a JsonDocument,
    tokens: Tokens<File>,
    cursor: Cursor,
    values: ValueReader,
    row: u64,
    warnings: Warnings,
}

impl JsonRecords<'_> {
    fn read_row(&mut self, name: Option<String>, token: Token, record: &mut Record) -> Result<()> {
        self.values.refill();
        let value = self.values.read(&mut self.tokens, token)?;
        if let Some(name) = name {
            record.cells.push((MEMBER.to_owned(), name));
        }
        value::row(value, &self.document.labels, record);
        if self.tokens.take_mixed() {
            self.warnings.count("mixed-encoding", self.row);
        }
        Ok(())
    }
}

impl Records for JsonRecords<'_> {
    fn read(&mut self, record: &mut Record) -> Result<bool> {
        self.row += 1;
        let row = self.row;
        let Some((name, token)) = self.cursor.next(&mut self.tokens).map_err(|error| error.at_row(row))? else {
            return Ok(false);
        };
        self.read_row(name, token, record).map_err(|error| error.at_row(row))?;
        Ok(true)
    }

    fn bytes_read(&self) -> u64 {
        self.tokens.position()
    }

    fn warnings(&self) -> &Warnings {
        &self.warnings
    }
}

#[cfg(test)]
mod tests;
