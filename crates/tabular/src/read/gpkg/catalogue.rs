//! What a GeoPackage says of its layers.

use rusqlite::{Connection, OptionalExtension};

use super::{blob, fault};
use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    geometry::Projection,
};

/// A table of features or attributes.
pub(super) struct Layer {
    pub name: String,
    pub columns: Vec<Column>,
    pub geometry: Option<GeometryColumn>,
}

pub(super) struct Column {
    pub name: String,
    pub is_geometry: bool,
    pub is_boolean: bool,
}

pub(super) struct GeometryColumn {
    pub column: String,
    pub srs: i64,
}

impl Layer {
    /// Reads rows in the order of their numbers, from one of them.
    pub(super) fn select(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|column| quoted(&column.name)).collect();
        let table = quoted(&self.name);
        format!("SELECT rowid, {} FROM {table} WHERE rowid >= ?1 ORDER BY rowid", columns.join(", "))
    }
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The layers that can be read: plain tables, in the order of the contents.
pub(super) fn layers(database: &Connection, limits: &Limits) -> Result<Vec<Layer>> {
    if !is_plain_table(database, "gpkg_contents")? {
        return Err(Error::new(ErrorCode::UnknownFormat, "an SQLite database that is not a GeoPackage"));
    }
    let mut statement = database
        .prepare("SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes') LIMIT ?1")
        .map_err(fault)?;
    let most = i64::try_from(limits.tables).unwrap_or(i64::MAX).saturating_add(1);
    let names = statement.query_map([most], |row| row.get::<_, String>(0)).map_err(fault)?;
    let names: Vec<String> = names.collect::<rusqlite::Result<_>>().map_err(fault)?;
    if names.len() > limits.tables {
        return Err(Error::new(ErrorCode::TooManyTables, format!("more than {} layers", limits.tables)));
    }
    let mut layers = Vec::new();
    for name in names {
        if is_plain_table(database, &name)? {
            layers.push(layer(database, name)?);
        }
    }
    if layers.is_empty() {
        return Err(Error::new(ErrorCode::NoTable, "a GeoPackage without a table of features or attributes"));
    }
    Ok(layers)
}

/// Whether a name is that of a table that stores its own rows: not a view, not a virtual table.
fn is_plain_table(database: &Connection, name: &str) -> Result<bool> {
    let sql: Option<Option<String>> = database
        .query_row("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?1", [name], |row| row.get(0))
        .optional()
        .map_err(fault)?;
    Ok(sql.flatten().is_some_and(|sql| !sql.trim_start().to_ascii_uppercase().starts_with("CREATE VIRTUAL")))
}

fn layer(database: &Connection, name: String) -> Result<Layer> {
    let geometry = geometry_column(database, &name)?;
    let mut statement = database.prepare("SELECT name, type FROM pragma_table_info(?1)").map_err(fault)?;
    let columns = statement
        .query_map([&name], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
        .map_err(fault)?
        .collect::<rusqlite::Result<Vec<_>>>()
        .map_err(fault)?;
    let columns = columns
        .into_iter()
        .map(|(name, declared)| Column {
            is_geometry: geometry.as_ref().is_some_and(|geometry| geometry.column.eq_ignore_ascii_case(&name)),
            is_boolean: declared.eq_ignore_ascii_case("BOOLEAN"),
            name,
        })
        .collect();
    Ok(Layer { name, columns, geometry })
}

fn geometry_column(database: &Connection, table: &str) -> Result<Option<GeometryColumn>> {
    if !is_plain_table(database, "gpkg_geometry_columns")? {
        return Ok(None);
    }
    database
        .query_row("SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?1", [table], |row| {
            Ok(GeometryColumn { column: row.get(0)?, srs: row.get(1)? })
        })
        .optional()
        .map_err(fault)
}

/// Whether a layer has a row.
pub(super) fn has_rows(database: &Connection, layer: &Layer) -> Result<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", quoted(&layer.name));
    database.query_row(&sql, [], |row| row.get(0)).map_err(fault)
}

/// The first position of the first geometries that have one.
pub(super) fn first_position(database: &Connection, layer: &Layer, column: &str) -> Result<Option<[f64; 2]>> {
    let (table, column) = (quoted(&layer.name), quoted(column));
    let sql = format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL LIMIT 100");
    let mut statement = database.prepare(&sql).map_err(fault)?;
    let mut rows = statement.query([]).map_err(fault)?;
    while let Some(row) = rows.next().map_err(fault)? {
        let position = match row.get_ref(0).map_err(fault)? {
            rusqlite::types::ValueRef::Blob(bytes) => {
                blob::geometry(bytes).ok().flatten().and_then(|geometry| geometry.first())
            }
            _ => None,
        };
        if position.is_some() {
            return Ok(position);
        }
    }
    Ok(None)
}

/// The projection of a spatial reference system of the GeoPackage; `None` for the two that mean "undefined".
pub(super) fn projection(database: &Connection, srs: i64) -> Result<Option<Projection>> {
    if srs <= 0 {
        return Ok(None);
    }
    let known: Option<(String, i64, String)> = database
        .query_row(
            "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
            [srs],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()
        .map_err(fault)?;
    let Some((organization, code, definition)) = known else {
        return Err(Error::new(ErrorCode::UnknownCrs, format!("srs_id {srs}")));
    };
    let epsg = organization.eq_ignore_ascii_case("EPSG").then(|| u32::try_from(code).ok()).flatten();
    let projection = epsg.and_then(Projection::from_epsg).or_else(|| Projection::from_wkt(&definition));
    projection.map(Some).ok_or_else(|| Error::new(ErrorCode::UnknownCrs, format!("{organization}:{code}")))
}
