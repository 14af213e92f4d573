//! KML: every placemark is a row.
//!
//! Its columns are its name, its description, its data, typed or not, and its times. Many exports put the data in an
//! HTML table inside the description: such tables are read as data. Entities are never expanded beyond XML's own.

mod coordinates;
mod events;
mod html;
mod placemark;

use std::path::{Path, PathBuf};

use self::{events::Events, placemark::Placemark};
use super::{
    SourceFile, Table, location,
    record::{Columns, Document, Record, RecordTable, Records, Survey},
    transcode,
    warnings::Warnings,
};
use crate::{
    Limits,
    error::Result,
    geometry::Projection,
    profile::{Format, SourceDescription},
};

/// Opens a KML file.
pub(crate) fn open(source: &SourceFile, limits: &Limits, scratch: &Path) -> Result<Vec<Box<dyn Table>>> {
    let (path, encoding) = transcode::xml_to_utf8(&source.path, scratch)?;
    let mut document = KmlDocument { path, encoding, reads_tables: true, limits: limits.clone() };
    document.reads_tables = document.has_only_tables()?;
    let survey = Survey::new(Columns::default(), limits).run(&document)?;
    Ok(vec![Box::new(RecordTable::new(document, survey.columns, true, None))])
}

/// A KML file.
struct KmlDocument {
    path: PathBuf,
    encoding: &'static str,
    /// Whether descriptions are tables of data.
    reads_tables: bool,
    limits: Limits,
}

impl KmlDocument {
    fn placemarks(&self) -> Result<Placemarks<'_>> {
        Ok(Placemarks {
            document: self,
            events: Events::open(&self.path, &self.limits)?,
            row: 0,
            warnings: Warnings::default(),
        })
    }

    /// Whether every description that says something is a table of data.
    fn has_only_tables(&self) -> Result<bool> {
        let mut placemarks = self.placemarks()?;
        let mut tables = 0;
        while let Some(placemark) = placemarks.next()? {
            let Some(description) = placemark.description else { continue };
            match html::table(&description) {
                Some(_) => tables += 1,
                None => return Ok(false),
            }
        }
        Ok(tables > 0)
    }
}

impl Document for KmlDocument {
    fn records(&self) -> Result<Box<dyn Records + '_>> {
        Ok(Box::new(self.placemarks()?))
    }

    fn description(&self) -> SourceDescription {
        SourceDescription {
            format: Format::Kml,
            containers: Vec::new(),
            encoding: Some(self.encoding.to_owned()),
            delimiter: None,
            quote: None,
            header_line: None,
            crs: None,
        }
    }
}

struct Placemarks<'a> {
    document: &'a KmlDocument,
    events: Events,
    row: u64,
    warnings: Warnings,
}

impl Placemarks<'_> {
    fn next(&mut self) -> Result<Option<Placemark>> {
        self.row += 1;
        placemark::next(&mut self.events).map_err(|error| error.at_row(self.row))
    }
}

impl Records for Placemarks<'_> {
    fn read(&mut self, record: &mut Record) -> Result<bool> {
        let Some(placemark) = self.next()? else { return Ok(false) };
        let mut add = |name: &str, text: String| record.cells.push((name.to_owned(), text));
        if let Some(name) = placemark.name {
            add("name", name);
        }
        let description = placemark.description;
        match description.as_deref().filter(|_| self.document.reads_tables).and_then(html::table) {
            Some(data) => data.into_iter().for_each(|(name, text)| add(&name, text)),
            None => {
                if let Some(description) = description {
                    add("description", html::text(&description));
                }
            }
        }
        placemark.data.into_iter().for_each(|(name, text)| add(&name, text));
        record.geometry = match placemark.geometry {
            Some(Ok(geometry)) => location::locate(geometry, &Projection::wgs84(), self.row, &mut self.warnings),
            Some(Err(why)) => {
                location::refuse(self.row, &mut self.warnings, || why.to_owned());
                None
            }
            None => None,
        };
        Ok(true)
    }

    fn bytes_read(&self) -> u64 {
        self.events.position()
    }

    fn warnings(&self) -> &Warnings {
        &self.warnings
    }
}

#[cfg(test)]
mod tests;
