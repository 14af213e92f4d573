//! Features and geometries, token after token: coordinates never pass through a tree of values.

use std::io::Read;

use crate::{
    error::{Error, ErrorCode, Result},
    geometry::{Geometry, geojson::Coordinates},
    read::json::{
        token::{Token, Tokens},
        value::{Json, ValueReader},
    },
};

/// A feature, or a geometry standing for one.
#[derive(Debug, Default)]
pub(super) struct Feature {
    pub id: Option<String>,
    pub properties: Vec<(String, Json)>,
    /// `None` when it is null or absent; why, when it is not a geometry.
    pub geometry: Option<GeometryRead>,
}

/// A geometry, or why it is none.
pub(super) type GeometryRead = std::result::Result<Geometry, &'static str>;

const NOT_A_GEOMETRY: &str = "not a GeoJSON geometry";
/// What a position takes in memory.
const POSITION_BYTES: usize = 40;

pub(super) struct FeatureReader {
    values: ValueReader,
    budget: usize,
    left: usize,
}

/// Members of an object that may be a feature or a geometry.
#[derive(Default)]
struct Members {
    kind: String,
    feature: Feature,
    /// `None` when absent, `Some(None)` when malformed.
    coordinates: Option<Option<Coordinates>>,
    geometries: Option<Vec<Option<GeometryRead>>>,
}

impl FeatureReader {
    /// Features of at most so many bytes in memory.
    pub(super) fn new(budget: usize) -> Self {
        Self { values: ValueReader::new(budget), budget, left: budget }
    }

    /// Reads the feature whose first token is `token`.
    pub(super) fn read<R: Read>(&mut self, tokens: &mut Tokens<R>, token: Token) -> Result<Feature> {
        self.values.refill();
        self.left = self.budget;
        if token != Token::ObjectStart {
            tokens.skip(token)?;
            return Ok(Feature { geometry: Some(Err("not a feature")), ..Feature::default() });
        }
        let members = self.members(tokens)?;
        if members.kind == "Feature" || (members.coordinates.is_none() && members.geometries.is_none()) {
            return Ok(members.feature);
        }
        Ok(Feature { geometry: Some(members.into_geometry()), ..Feature::default() })
    }

    fn members<R: Read>(&mut self, tokens: &mut Tokens<R>) -> Result<Members> {
        let mut members = Members::default();
        while tokens.expect()? == Token::Key {
            let name = tokens.text().to_owned();
            let token = tokens.expect()?;
            match (name.as_str(), token) {
                ("type", Token::Text) => tokens.text().clone_into(&mut members.kind),
                ("id", Token::Text | Token::Number) => members.feature.id = Some(tokens.text().to_owned()),
                ("properties", Token::ObjectStart) => {
                    if let Json::Object(properties) = self.values.read(tokens, token)? {
                        members.feature.properties = properties;
                    }
                }
                ("geometry", _) => members.feature.geometry = self.geometry(tokens, token)?,
                ("coordinates", _) => members.coordinates = Some(self.coordinates(tokens, token)?),
                ("geometries", Token::ArrayStart) => members.geometries = Some(self.geometries(tokens)?),
                _ => tokens.skip(token)?,
            }
        }
        Ok(members)
    }

    fn geometry<R: Read>(&mut self, tokens: &mut Tokens<R>, token: Token) -> Result<Option<GeometryRead>> {
        match token {
            Token::Null => Ok(None),
            Token::ObjectStart => Ok(Some(self.members(tokens)?.into_geometry())),
            token => {
                tokens.skip(token)?;
                Ok(Some(Err(NOT_A_GEOMETRY)))
            }
        }
    }

    fn geometries<R: Read>(&mut self, tokens: &mut Tokens<R>) -> Result<Vec<Option<GeometryRead>>> {
        let mut geometries = Vec::new();
        loop {
            match tokens.expect()? {
                Token::ArrayEnd => return Ok(geometries),
                token => {
                    self.spend(POSITION_BYTES, tokens)?;
                    geometries.push(self.geometry(tokens, token)?);
                }
            }
        }
    }

    /// Nested arrays of numbers; `None` when they hold anything else.
    fn coordinates<R: Read>(&mut self, tokens: &mut Tokens<R>, token: Token) -> Result<Option<Coordinates>> {
        if token != Token::ArrayStart {
            tokens.skip(token)?;
            return Ok(None);
        }
        self.spend(POSITION_BYTES, tokens)?;
        let mut numbers = [0.0; 2];
        let mut count = 0;
        let mut list = Vec::new();
        let mut sound = true;
        loop {
            match tokens.expect()? {
                Token::ArrayEnd => break,
                Token::ArrayStart => match self.coordinates(tokens, Token::ArrayStart)? {
                    Some(inner) => list.push(inner),
                    None => sound = false,
                },
                Token::Number => {
                    if let Some(number) = numbers.get_mut(count) {
                        *number = tokens.text().parse().unwrap_or(f64::NAN);
                    }
                    count += 1;
                }
                token => {
                    tokens.skip(token)?;
                    sound = false;
                }
            }
        }
        Ok(match (sound, count, list.is_empty()) {
            (true, 0, _) => Some(Coordinates::List(list)),
            (true, 2.., true) => Some(Coordinates::Position(numbers)),
            _ => None,
        })
    }

    fn spend<R: Read>(&mut self, bytes: usize, tokens: &Tokens<R>) -> Result<()> {
        self.left = self.left.checked_sub(bytes).ok_or_else(|| {
            let detail = format!("a geometry of more than {} bytes", self.budget);
            Error::new(ErrorCode::CellTooLarge, detail).at_byte(tokens.position())
        })?;
        Ok(())
    }
}

impl Members {
    fn into_geometry(self) -> GeometryRead {
        if self.kind == "GeometryCollection" {
            // A null among the geometries of a collection says nothing.
            let parts = self.geometries.ok_or(NOT_A_GEOMETRY)?.into_iter().flatten();
            return parts.collect::<std::result::Result<_, _>>().map(Geometry::Collection);
        }
        let coordinates = self.coordinates.flatten().ok_or(NOT_A_GEOMETRY)?;
        coordinates.into_geometry(&self.kind).ok_or("coordinates of another kind")
    }
}
