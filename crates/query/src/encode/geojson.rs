//! GeoJSON (RFC 7946): a feature a row. The geometry is the geometry column, or the point of the row's coordinates.

use arrow::{
    array::{Array, AsArray, Float64Array, RecordBatch},
    datatypes::{Float64Type, SchemaRef},
};
use tabular::{
    Profile,
    profile::GeometrySource,
    snapshot::{BBOX, ROW_ID},
};

use super::{
    Chunks as Format,
    json::Fields,
    value::{Cells, write_integer, write_json_number},
};
use crate::{Result, model::Query};

/// Name of the geometry column, when positions come from one.
fn geometry_column(profile: &Profile) -> Option<&str> {
    match &profile.geometry.as_ref()?.source {
        GeometrySource::Column { name } => Some(name),
        GeometrySource::Coordinates { .. } | GeometrySource::Geopoint { .. } => None,
    }
}

/// Makes a query give what the geometries are made from.
pub(super) fn prepare(query: &mut Query, profile: &Profile) {
    if !query.group_by.is_empty() || !query.aggregates.is_empty() {
        return;
    }
    match geometry_column(profile) {
        Some(name) if !query.select.is_empty() && !query.select.iter().any(|field| field == name) => {
            query.select.push(name.to_owned());
        }
        Some(_) => {}
        None => query.with_position = true,
    }
}

/// Features, batch by batch.
pub(super) struct Chunks {
    geometry: Option<String>,
}

impl Chunks {
    pub(super) fn new(profile: &Profile) -> Self {
        Self { geometry: geometry_column(profile).map(str::to_owned) }
    }

    fn shape(&self, batch: &RecordBatch) -> Result<Shape> {
        let column = self.geometry.as_deref().and_then(|name| batch.column_by_name(name));
        if let Some(Cells::Geometry(wkb)) = column.map(Cells::new).transpose()? {
            return Ok(Shape::Wkb(Cells::Geometry(wkb)));
        }
        let numbers = |name| batch.column_by_name(name)?.as_primitive_opt::<Float64Type>().cloned();
        Ok(match (numbers(BBOX[0]), numbers(BBOX[1])) {
            (Some(lon), Some(lat)) => Shape::Point(lon, lat),
            _ => Shape::None,
        })
    }

    /// The columns that are properties.
    fn properties(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let is_property =
            |name: &str| name != ROW_ID && !BBOX.contains(&name) && self.geometry.as_deref() != Some(name);
        let schema = batch.schema();
        let fields = schema.fields().iter().enumerate();
        let kept: Vec<usize> = fields.filter(|(_, field)| is_property(field.name())).map(|(index, _)| index).collect();
        Ok(batch.project(&kept)?)
    }
}

/// What a batch's geometries are made from.
enum Shape {
    Wkb(Cells),
    Point(Float64Array, Float64Array),
    None,
}

impl Shape {
    fn write(&self, row: usize, out: &mut Vec<u8>) {
        match self {
            Self::Wkb(cells) => cells.write_json(row, out),
            Self::Point(lon, lat) if lon.is_valid(row) && lat.is_valid(row) => {
                out.extend_from_slice(b"{\"type\":\"Point\",\"coordinates\":[");
                write_json_number(lon.value(row), out);
                out.push(b',');
                write_json_number(lat.value(row), out);
                out.extend_from_slice(b"]}");
            }
            Self::Point(..) | Self::None => out.extend_from_slice(b"null"),
        }
    }
}

impl Format for Chunks {
    fn head(&self, _: &SchemaRef, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"type\":\"FeatureCollection\",\"features\":[");
    }

    fn rows(&self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        let shape = self.shape(batch)?;
        let properties = Fields::new(&self.properties(batch)?)?;
        let ids = batch.column_by_name(ROW_ID).and_then(|ids| ids.as_primitive_opt::<arrow::datatypes::Int64Type>());
        for row in 0..batch.num_rows() {
            if row > 0 {
                out.push(b',');
            }
            out.extend_from_slice(b"{\"type\":\"Feature\",");
            if let Some(ids) = ids {
                out.extend_from_slice(b"\"id\":");
                write_integer(ids.value(row), out);
                out.push(b',');
            }
            out.extend_from_slice(b"\"geometry\":");
            shape.write(row, out);
            out.extend_from_slice(b",\"properties\":");
            properties.write_object(row, out);
            out.push(b'}');
        }
        Ok(())
    }

    fn between(&self) -> &'static [u8] {
        b","
    }

    fn tail(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"]}\n");
    }
}
