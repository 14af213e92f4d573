//! What a GeoJSON document is: where its features are, and its coordinate reference system.

use std::{fs::File, path::Path};

use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    geometry::Projection,
    read::json::{
        rows::Rows,
        token::{Token, Tokens},
        value::{Json, ValueReader},
    },
};

/// Bytes that a `crs` member may take.
const CRS_BYTES: usize = 64 << 10;

pub(super) struct Shape {
    pub rows: Rows,
    pub crs: Option<Projection>,
}

/// The members of the document that say what it is.
#[derive(Default)]
struct Head {
    kind: String,
    crs: Option<Json>,
}

/// Whether a JSON document says that it is a collection of features.
pub(crate) fn is_collection(path: &Path, limits: &Limits) -> Result<bool> {
    Ok(head(&mut Tokens::new(File::open(path)?, limits))?.kind == "FeatureCollection")
}

/// Reads the document once, its features passed over.
pub(super) fn find(path: &Path, limits: &Limits) -> Result<Shape> {
    let mut tokens = Tokens::new(File::open(path)?, limits);
    let head = head(&mut tokens)?;
    let rows = match head.kind.as_str() {
        "FeatureCollection" => Rows::Elements(vec!["features".to_owned()]),
        "GeometryCollection" => Rows::Elements(vec!["geometries".to_owned()]),
        "Topology" => return Err(Error::new(ErrorCode::UnknownFormat, "TopoJSON: save it as GeoJSON")),
        _ => Rows::Values,
    };
    // A sequence of collections is not GeoJSON, but of features it is.
    while let Some(token) = tokens.next()? {
        tokens.skip(token)?;
    }
    let crs = head.crs.as_ref().map_or(Ok(None), projection)?;
    Ok(Shape { rows, crs })
}

fn head(tokens: &mut Tokens<File>) -> Result<Head> {
    let mut head = Head::default();
    match tokens.next()? {
        None => return Err(Error::new(ErrorCode::EmptyFile, "no value")),
        Some(Token::ObjectStart) => {}
        Some(token) => {
            tokens.skip(token)?;
            return Ok(head);
        }
    }
    while tokens.expect()? == Token::Key {
        let name = tokens.text().to_owned();
        let token = tokens.expect()?;
        match (name.as_str(), token) {
            ("type", Token::Text) => head.kind = tokens.text().to_owned(),
            ("crs", _) => head.crs = Some(ValueReader::new(CRS_BYTES).read(tokens, token)?),
            _ => tokens.skip(token)?,
        }
    }
    Ok(head)
}

/// The projection of a `crs` member: `{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}`, or the
/// older `{"type": "EPSG", "properties": {"code": 2154}}`. A link or a null says nothing.
fn projection(crs: &Json) -> Result<Option<Projection>> {
    let Some(properties) = crs.get("properties") else { return Ok(None) };
    let name = properties.get("name").or_else(|| properties.get("code")).and_then(Json::as_text);
    let Some(name) = name else { return Ok(None) };
    match Projection::from_name(name) {
        Some(projection) => Ok(Some(projection)),
        None => Err(Error::new(ErrorCode::UnknownCrs, name.chars().take(100).collect::<String>())),
    }
}
