//! GeoJSON: collections of features, bare features and geometries, and sequences of them, one a line.

mod feature;
mod shape;

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use self::feature::{Feature, FeatureReader};
pub(crate) use self::shape::is_collection;
use super::{
    SourceFile, Table,
    json::{
        rows::{Cursor, Rows},
        token::Tokens,
    },
    location,
    record::{Columns, Document, Record, RecordTable, Records, Survey},
    transcode,
    warnings::Warnings,
};
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    geometry::Projection,
    profile::{Format, SourceDescription},
};

/// Name of the column of the features' own identifiers.
const ID: &str = "id";

/// Opens a GeoJSON file.
pub(crate) fn open(source: &SourceFile, limits: &Limits, scratch: &Path) -> Result<Vec<Box<dyn Table>>> {
    let (path, encoding) = transcode::to_utf8(&source.path, scratch)?;
    let shape = shape::find(&path, limits)?;
    let mut document = GeojsonDocument {
        path,
        encoding,
        rows: shape.rows,
        projection: Projection::wgs84(),
        keeps_id: false,
        warnings: Warnings::default(),
        limits: limits.clone(),
    };
    let first = document.first_position()?;
    document.projection = location::projection_of(shape.crs, first, &mut document.warnings);
    let columns = document.survey()?;
    Ok(vec![Box::new(RecordTable::new(document, columns, true, None))])
}

/// A GeoJSON file and how to read it.
struct GeojsonDocument {
    path: PathBuf,
    encoding: &'static str,
    rows: Rows,
    projection: Projection,
    /// Whether the features' identifiers are a column.
    keeps_id: bool,
    warnings: Warnings,
    limits: Limits,
}

impl GeojsonDocument {
    fn features(&self) -> Result<Features<'_>> {
        Ok(Features {
            document: self,
            tokens: Tokens::new(File::open(&self.path)?, &self.limits),
            cursor: Cursor::new(self.rows.clone()),
            reader: FeatureReader::new(self.limits.row_bytes),
            row: 0,
            warnings: self.warnings.clone(),
        })
    }

    /// The first position of the first feature that has one.
    fn first_position(&self) -> Result<Option<[f64; 2]>> {
        let mut features = self.features()?;
        while let Some(feature) = features.next()? {
            if let Some(position) = feature.geometry.and_then(|read| read.ok()?.first()) {
                return Ok(Some(position));
            }
        }
        Ok(None)
    }

    /// Finds the columns, and whether the features' identifiers are one.
    fn survey(&mut self) -> Result<Columns> {
        let mut survey = Survey::new(Columns::default(), &self.limits);
        let mut has_id = false;
        let mut features = self.features()?;
        let mut record = Record::default();
        while let Some(feature) = features.next()? {
            has_id |= feature.id.is_some();
            feature.properties.into_iter().for_each(|(name, value)| value.flatten(name, &mut record));
            survey.take(&record)?;
            record.clear();
        }
        if survey.rows == 0 {
            return Err(Error::new(ErrorCode::NoRows, "no feature"));
        }
        self.keeps_id = has_id && !survey.columns.contains(ID);
        if self.keeps_id {
            survey.columns.insert_first(ID);
        }
        Ok(survey.columns)
    }
}

impl Document for GeojsonDocument {
    fn records(&self) -> Result<Box<dyn Records + '_>> {
        Ok(Box::new(self.features()?))
    }

    fn description(&self) -> SourceDescription {
        SourceDescription {
            format: Format::Geojson,
            containers: Vec::new(),
            encoding: Some(self.encoding.to_owned()),
            delimiter: None,
            quote: None,
            header_line: None,
            crs: location::crs_label(&self.projection),
        }
    }
}

struct Features<'a> {
    document: &'a GeojsonDocument,
    tokens: Tokens<File>,
    cursor: Cursor,
    reader: FeatureReader,
    row: u64,
    warnings: Warnings,
}

impl Features<'_> {
    fn next(&mut self) -> Result<Option<Feature>> {
        self.row += 1;
        let row = self.row;
        self.next_here().map_err(|error| error.at_row(row))
    }

    fn next_here(&mut self) -> Result<Option<Feature>> {
        let Some((_, token)) = self.cursor.next(&mut self.tokens)? else { return Ok(None) };
        let feature = self.reader.read(&mut self.tokens, token)?;
        if self.tokens.take_mixed() {
            self.warnings.count("mixed-encoding", self.row);
        }
        Ok(Some(feature))
    }
}

impl Records for Features<'_> {
    fn read(&mut self, record: &mut Record) -> Result<bool> {
        let Some(feature) = self.next()? else { return Ok(false) };
        if let Some(id) = feature.id.filter(|_| self.document.keeps_id) {
            record.cells.push((ID.to_owned(), id));
        }
        feature.properties.into_iter().for_each(|(name, value)| value.flatten(name, record));
        record.geometry = match feature.geometry {
            Some(Ok(geometry)) => location::locate(geometry, &self.document.projection, self.row, &mut self.warnings),
            Some(Err(why)) => {
                location::refuse(self.row, &mut self.warnings, || why.to_owned());
                None
            }
            None => None,
        };
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
