//! GeoPackages: every table of features or attributes that `gpkg_contents` names is a table.
//!
//! The database is somebody else's: it is opened read-only and immutable, only plain tables are read (a view or a
//! virtual table runs what its author wrote), and rows are fetched by their number, a batch at a time.

mod blob;
mod catalogue;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, types::ValueRef};

use self::catalogue::{Column, Layer};
use super::{
    Batches, Header, RawBatch, RawKind, Remarks, SourceFile, Table, batch::BatchBuilder, location, record::GEOMETRY,
    warnings::Warnings,
};
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    geometry::Projection,
    profile::{Format, SourceDescription},
};

/// Opens a GeoPackage.
pub(crate) fn open(source: &SourceFile, limits: &Limits, _scratch: &Path) -> Result<Vec<Box<dyn Table>>> {
    let database = connect(&source.path)?;
    let layers = catalogue::layers(&database, limits)?;
    let several = layers.len() > 1;
    let mut tables: Vec<Box<dyn Table>> = Vec::new();
    for layer in layers {
        let name = layer.name.clone();
        let table = GpkgTable::new(source.path.clone(), &database, layer, several, limits);
        match table {
            Ok(Some(table)) => tables.push(Box::new(table)),
            Ok(None) => {}
            Err(error) => return Err(error.at_table(name)),
        }
    }
    if tables.is_empty() {
        return Err(Error::new(ErrorCode::NoRows, "no layer with a row"));
    }
    Ok(tables)
}

fn connect(path: &Path) -> Result<Connection> {
    let text = path.to_str().ok_or_else(|| Error::new(ErrorCode::Io, "a path that is not UTF-8"))?;
    let escaped = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags).map_err(fault)?;
    database
        .execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;")
        .map_err(fault)?;
    Ok(database)
}

fn fault(error: rusqlite::Error) -> Error {
    Error::new(ErrorCode::BrokenFile, format!("the database cannot be read: {error}"))
}

/// One layer.
struct GpkgTable {
    path: PathBuf,
    layer: Layer,
    named: bool,
    projection: Projection,
    header: Vec<Header>,
    warnings: Warnings,
    limits: Limits,
}

impl GpkgTable {
    /// `None` for a layer without rows.
    fn new(path: PathBuf, database: &Connection, layer: Layer, named: bool, limits: &Limits) -> Result<Option<Self>> {
        if layer.columns.len() > limits.columns {
            let detail = format!("{} columns, at most {}", layer.columns.len(), limits.columns);
            return Err(Error::new(ErrorCode::TooManyColumns, detail));
        }
        if !catalogue::has_rows(database, &layer)? {
            return Ok(None);
        }
        let mut warnings = Warnings::default();
        let projection = match &layer.geometry {
            Some(geometry) => {
                let first = catalogue::first_position(database, &layer, &geometry.column)?;
                location::projection_of(catalogue::projection(database, geometry.srs)?, first, &mut warnings)
            }
            None => Projection::wgs84(),
        };
        let header = layer.columns.iter().map(header).collect();
        Ok(Some(Self { path, layer, named, projection, header, warnings, limits: limits.clone() }))
    }
}

fn header(column: &Column) -> Header {
    if column.is_geometry {
        Header { label: GEOMETRY.to_owned(), kind: RawKind::Geometry }
    } else {
        Header { label: column.name.clone(), kind: RawKind::Text }
    }
}

impl Table for GpkgTable {
    fn name(&self) -> Option<&str> {
        self.named.then_some(self.layer.name.as_str())
    }

    fn source(&self) -> SourceDescription {
        SourceDescription {
            format: Format::Gpkg,
            containers: Vec::new(),
            encoding: None,
            delimiter: None,
            quote: None,
            header_line: None,
            crs: location::crs_label(&self.projection),
        }
    }

    fn header(&self) -> Vec<Header> {
        self.header.clone()
    }

    fn batches(&self) -> Result<Box<dyn Batches + '_>> {
        Ok(Box::new(GpkgBatches {
            table: self,
            database: connect(&self.path)?,
            builder: BatchBuilder::new(&self.header),
            warnings: self.warnings.clone(),
            from: i64::MIN,
            row: 0,
            bytes: 0,
            ended: false,
        }))
    }
}

struct GpkgBatches<'a> {
    table: &'a GpkgTable,
    database: Connection,
    builder: BatchBuilder,
    warnings: Warnings,
    /// Number that the next row has at least.
    from: i64,
    row: u64,
    bytes: u64,
    ended: bool,
}

impl GpkgBatches<'_> {
    fn read_batch(&mut self) -> Result<Option<RawBatch>> {
        let mut statement = self.database.prepare(&self.table.layer.select()).map_err(fault)?;
        let mut rows = statement.query([self.from]).map_err(fault)?;
        self.ended = true;
        while let Some(row) = rows.next().map_err(fault)? {
            let number: i64 = row.get(0).map_err(fault)?;
            self.from = number.saturating_add(1);
            self.row += 1;
            for (index, column) in self.table.layer.columns.iter().enumerate() {
                let value = row.get_ref(index + 1).map_err(fault)?;
                let mut cell = Cell { value, column, index, row: self.row, limits: &self.table.limits };
                self.bytes += cell.push(&mut self.builder, &self.table.projection, &mut self.warnings)?;
            }
            self.builder.end_row();
            if self.builder.is_full() {
                self.ended = false;
                break;
            }
        }
        Ok(self.builder.take())
    }
}

/// A value on its way to the batch.
struct Cell<'a> {
    value: ValueRef<'a>,
    column: &'a Column,
    index: usize,
    row: u64,
    limits: &'a Limits,
}

impl Cell<'_> {
    /// Writes the value and gives its bytes.
    fn push(&mut self, builder: &mut BatchBuilder, projection: &Projection, warnings: &mut Warnings) -> Result<u64> {
        match self.value {
            ValueRef::Null => Ok(0),
            ValueRef::Blob(bytes) if self.column.is_geometry => {
                self.check(bytes.len(), self.limits.row_bytes)?;
                match blob::geometry(bytes) {
                    Ok(Some(geometry)) => {
                        if let Some(wkb) = location::locate(geometry, projection, self.row, warnings) {
                            builder.geometry(self.index, &wkb);
                        }
                    }
                    Ok(None) => {}
                    Err(why) => location::refuse(self.row, warnings, || why.to_owned()),
                }
                Ok(bytes.len() as u64)
            }
            ValueRef::Blob(bytes) => {
                warnings.count("binary-cell", self.row);
                Ok(bytes.len() as u64)
            }
            ValueRef::Integer(number) if self.column.is_boolean && (0..=1).contains(&number) => {
                builder.text(self.index, if number == 1 { "true" } else { "false" });
                Ok(1)
            }
            ValueRef::Integer(number) => self.text(builder, &number.to_string()),
            ValueRef::Real(number) => self.text(builder, &number.to_string()),
            ValueRef::Text(bytes) => self.text(builder, &String::from_utf8_lossy(bytes)),
        }
    }

    fn text(&self, builder: &mut BatchBuilder, text: &str) -> Result<u64> {
        self.check(text.len(), self.limits.cell_bytes)?;
        builder.text(self.index, text);
        Ok(text.len() as u64)
    }

    fn check(&self, bytes: usize, most: usize) -> Result<()> {
        if bytes <= most {
            return Ok(());
        }
        let error = Error::new(ErrorCode::CellTooLarge, format!("{bytes} bytes, at most {most}"));
        Err(error.at_row(self.row).at_column(self.column.name.clone()))
    }
}

impl Iterator for GpkgBatches<'_> {
    type Item = Result<RawBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let batch = self.read_batch();
        self.ended |= batch.is_err();
        batch.transpose()
    }
}

impl Batches for GpkgBatches<'_> {
    fn remarks(&self) -> Remarks {
        Remarks { warnings: self.warnings.list(), ..Remarks::default() }
    }

    fn bytes_read(&self) -> u64 {
        self.bytes
    }
}

#[cfg(test)]
mod tests;
