//! Shapefiles: geometries (`.shp`), attributes (`.dbf`), coordinate reference system (`.prj`), encoding (`.cpg`).

mod dbf;
mod shp;

use std::path::{Path, PathBuf};

use self::{
    dbf::{Attributes, Dbf},
    shp::{Shape, Shapes},
};
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

/// Opens the shapefile of a `.shp`, whose siblings lie beside it.
pub(crate) fn open(source: &SourceFile, limits: &Limits, _scratch: &Path) -> Result<Vec<Box<dyn Table>>> {
    let mut warnings = Warnings::default();
    let dbf = match sibling(&source.path, "dbf") {
        Some(path) => Some(Dbf::open(&path, sibling(&source.path, "cpg").as_deref(), limits)?),
        None => {
            warnings.say("missing-dbf", source.name.clone());
            None
        }
    };
    let declared = match sibling(&source.path, "prj") {
        Some(path) => Some(declared(&path)?),
        None => None,
    };
    let first = first_position(&source.path, limits)?;
    let projection = location::projection_of(declared, first, &mut warnings);
    let text = |label: &str| Header { label: label.to_owned(), kind: RawKind::Text };
    let mut header: Vec<Header> = dbf.iter().flat_map(|dbf| dbf.names().map(text)).collect();
    header.push(Header { label: GEOMETRY.to_owned(), kind: RawKind::Geometry });
    let table = ShapefileTable { path: source.path.clone(), dbf, projection, header, warnings, limits: limits.clone() };
    if table.is_empty()? {
        return Err(Error::new(ErrorCode::NoRows, "no shape"));
    }
    Ok(vec![Box::new(table)])
}

/// The file of the same stem and another extension, in whatever case.
fn sibling(path: &Path, extension: &str) -> Option<PathBuf> {
    [extension.to_owned(), extension.to_uppercase()]
        .iter()
        .map(|end| path.with_extension(end))
        .find(|path| path.is_file())
}

fn declared(path: &Path) -> Result<Projection> {
    /// A definition is some hundreds of characters.
    const LONGEST: u64 = 64 << 10;
    if std::fs::metadata(path)?.len() > LONGEST {
        return Err(Error::new(ErrorCode::UnknownCrs, "a .prj file of more than 64 KiB"));
    }
    let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
    Projection::from_wkt(&text)
        .ok_or_else(|| Error::new(ErrorCode::UnknownCrs, text.chars().take(100).collect::<String>()))
}

fn first_position(path: &Path, limits: &Limits) -> Result<Option<[f64; 2]>> {
    let mut shapes = Shapes::open(path, limits)?;
    while let Some(shape) = shapes.next()? {
        if let Shape::Geometry(geometry) = shape
            && let Some(position) = geometry.first()
        {
            return Ok(Some(position));
        }
    }
    Ok(None)
}

/// A shapefile.
struct ShapefileTable {
    path: PathBuf,
    dbf: Option<Dbf>,
    projection: Projection,
    header: Vec<Header>,
    warnings: Warnings,
    limits: Limits,
}

impl ShapefileTable {
    fn is_empty(&self) -> Result<bool> {
        let attributes = self.dbf.as_ref().is_some_and(|dbf| dbf.rows() > 0);
        Ok(!attributes && Shapes::open(&self.path, &self.limits)?.next()?.is_none())
    }
}

impl Table for ShapefileTable {
    fn name(&self) -> Option<&str> {
        None
    }

    fn source(&self) -> SourceDescription {
        SourceDescription {
            format: Format::Shapefile,
            containers: Vec::new(),
            encoding: self.dbf.as_ref().map(|dbf| dbf.encoding_name().to_owned()),
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
        Ok(Box::new(ShapefileBatches {
            table: self,
            shapes: Shapes::open(&self.path, &self.limits)?,
            attributes: self.dbf.as_ref().map(Dbf::read).transpose()?,
            builder: BatchBuilder::new(&self.header),
            warnings: self.warnings.clone(),
            row: 0,
            ended: false,
        }))
    }
}

struct ShapefileBatches<'a> {
    table: &'a ShapefileTable,
    shapes: Shapes,
    attributes: Option<Attributes<'a>>,
    builder: BatchBuilder,
    warnings: Warnings,
    row: u64,
    ended: bool,
}

impl ShapefileBatches<'_> {
    /// Reads a shape and its attributes; says whether there was one of them.
    fn read_row(&mut self) -> Result<bool> {
        self.row += 1;
        let shape = self.shapes.next()?;
        let kept = match &mut self.attributes {
            Some(attributes) => attributes.next()?,
            None => None,
        };
        match (shape, kept) {
            (None, None) => return Ok(false),
            // A deleted row: its shape goes with it.
            (_, Some(false)) => return Ok(true),
            (shape, kept) => {
                if self.attributes.is_some() && (shape.is_none() || kept.is_none()) {
                    self.warnings.count("unpaired-row", self.row);
                }
                self.push(shape, kept.is_some());
            }
        }
        Ok(true)
    }

    fn push(&mut self, shape: Option<Shape>, with_attributes: bool) {
        let last = self.table.header.len() - 1;
        if let Some(attributes) = self.attributes.as_ref().filter(|_| with_attributes) {
            for column in 0..last {
                let text = attributes.text(column);
                if !text.is_empty() {
                    self.builder.text(column, &text);
                }
            }
        }
        match shape {
            Some(Shape::Geometry(geometry)) => {
                if let Some(wkb) = location::locate(geometry, &self.table.projection, self.row, &mut self.warnings) {
                    self.builder.geometry(last, &wkb);
                }
            }
            Some(Shape::Unreadable(why)) => location::refuse(self.row, &mut self.warnings, || why.to_owned()),
            Some(Shape::Null) | None => {}
        }
        self.builder.end_row();
    }

    fn read_batch(&mut self) -> Result<Option<RawBatch>> {
        while !self.ended && !self.builder.is_full() {
            self.ended = !self.read_row()?;
        }
        Ok(self.builder.take())
    }
}

impl Iterator for ShapefileBatches<'_> {
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

impl Batches for ShapefileBatches<'_> {
    fn remarks(&self) -> Remarks {
        Remarks { warnings: self.warnings.list(), ..Remarks::default() }
    }

    fn bytes_read(&self) -> u64 {
        self.shapes.bytes_read() + self.attributes.as_ref().map_or(0, Attributes::bytes_read)
    }
}

#[cfg(test)]
mod tests;
