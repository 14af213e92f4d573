//! Where rows are on earth: which columns say it, and the bounding boxes that the file carries.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array};

use crate::{
    geometry::Projection,
    profile::GeometrySource,
    typing::{
        FieldType, Meaning,
        header::{Hint, Hints},
        kind::Trait,
        plan::Plan,
        tally::Tally,
    },
};

/// What a column says of positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    #[default]
    None,
    /// It holds geometries.
    Geometry,
    /// It holds one coordinate.
    Coordinate,
    /// It holds `lat,lon`.
    Geopoint,
}

/// The columns that positions come from, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    Geometry(usize),
    /// Degrees when there is no EPSG code; metres of that projection otherwise.
    Coordinates {
        x: usize,
        y: usize,
        epsg: Option<u32>,
    },
    Geopoint(usize),
}

/// A column as positions are looked for in it.
pub(crate) struct Candidate<'a> {
    pub plan: &'a Plan,
    pub hints: Hints,
    pub tally: &'a Tally,
}

impl Candidate<'_> {
    fn means(&self, meaning: Meaning) -> bool {
        self.plan.meaning == Some(meaning)
    }

    /// Whether it is a column of numbers, nearly all with the trait.
    fn shows(&self, hint: Hint, count: u64) -> bool {
        let number = matches!(self.plan.field_type, FieldType::Number | FieldType::Integer);
        number && self.hints.says(hint) && count > 0 && count as f64 >= 0.9 * self.tally.filled() as f64
    }
}

impl Position {
    /// Finds the columns that say where rows are: geometries first, then degrees, then `lat,lon`, then metres.
    pub fn find(columns: &[Candidate<'_>]) -> Option<Self> {
        let find = |test: &dyn Fn(&Candidate<'_>) -> bool| columns.iter().position(test);
        if let Some(index) = find(&|column| column.plan.field_type == FieldType::Geometry) {
            return Some(Self::Geometry(index));
        }
        let degrees =
            (find(&|column| column.means(Meaning::Longitude)), find(&|column| column.means(Meaning::Latitude)));
        if let (Some(x), Some(y)) = degrees {
            return Some(Self::Coordinates { x, y, epsg: None });
        }
        if let Some(index) = find(&|column| column.means(Meaning::Geopoint)) {
            return Some(Self::Geopoint(index));
        }
        Self::projected(columns)
    }

    fn projected(columns: &[Candidate<'_>]) -> Option<Self> {
        let find = |hint: Hint, count: &dyn Fn(&Tally) -> u64| {
            columns.iter().position(|column| column.shows(hint, count(column.tally)))
        };
        let lambert = (
            find(Hint::Easting, &|tally| tally.having(Trait::LambertEasting)),
            find(Hint::Northing, &|tally| tally.having(Trait::LambertNorthing)),
        );
        if let (Some(x), Some(y)) = lambert {
            return Some(Self::Coordinates { x, y, epsg: Some(2154) });
        }
        let x = find(Hint::Easting, &|tally| tally.having(Trait::ZoneEasting))?;
        (0..9u32).find_map(|zone| {
            let y = find(Hint::Northing, &|tally| tally.zone_northing(zone as usize))?;
            Some(Self::Coordinates { x, y, epsg: Some(3942 + zone) })
        })
    }

    /// What a column says of positions.
    pub fn role(self, index: usize) -> Role {
        match self {
            Self::Geometry(at) if at == index => Role::Geometry,
            Self::Geopoint(at) if at == index => Role::Geopoint,
            Self::Coordinates { x, y, .. } if x == index || y == index => Role::Coordinate,
            _ => Role::None,
        }
    }

    /// As the profile says it.
    pub fn source(self, names: &[String]) -> GeometrySource {
        let name = |index: usize| names.get(index).cloned().unwrap_or_default();
        match self {
            Self::Geometry(index) => GeometrySource::Column { name: name(index) },
            Self::Geopoint(index) => GeometrySource::Geopoint { name: name(index) },
            Self::Coordinates { x, y, .. } => GeometrySource::Coordinates { latitude: name(y), longitude: name(x) },
        }
    }
}

/// Gathers the bounding boxes of the rows of a table.
pub(crate) struct Locator {
    position: Position,
    projection: Option<Projection>,
    /// Of all rows.
    pub bbox: Option<[f64; 4]>,
    /// Rows with a position.
    pub located: u64,
}

impl Locator {
    /// `None` when the projection isn't known, so that no position can be told.
    pub fn new(position: Position) -> Option<Self> {
        let projection = match position {
            Position::Coordinates { epsg: Some(epsg), .. } => Some(Projection::from_epsg(epsg)?),
            _ => None,
        };
        Some(Self { position, projection, bbox: None, located: 0 })
    }

    /// The four columns of bounding boxes of a group of rows, from what its columns say.
    pub fn boxes(&mut self, columns: &[Vec<[f64; 4]>]) -> [ArrayRef; 4] {
        let boxes: Vec<[f64; 4]> = match self.position {
            Position::Geometry(index) | Position::Geopoint(index) => columns[index].clone(),
            Position::Coordinates { x, y, .. } => {
                columns[x].iter().zip(&columns[y]).map(|(x, y)| self.point(x[0], y[0])).collect()
            }
        };
        for corners in boxes.iter().filter(|corners| !corners[0].is_nan()) {
            self.located += 1;
            self.bbox = Some(match self.bbox {
                None => *corners,
                Some([west, south, east, north]) => {
                    [west.min(corners[0]), south.min(corners[1]), east.max(corners[2]), north.max(corners[3])]
                }
            });
        }
        std::array::from_fn(|corner| {
            let values = boxes.iter().map(|corners| Some(corners[corner]).filter(|value| !value.is_nan()));
            Arc::new(values.collect::<Float64Array>()) as ArrayRef
        })
    }

    fn point(&self, x: f64, y: f64) -> [f64; 4] {
        const NOWHERE: [f64; 4] = [f64::NAN; 4];
        if x.is_nan() || y.is_nan() || (x == 0.0 && y == 0.0) {
            return NOWHERE; // 0,0 is how software writes "unknown"
        }
        let (longitude, latitude) = match &self.projection {
            None => (x, y),
            Some(projection) => match projection.to_wgs84(x, y) {
                Some(point) => point,
                None => return NOWHERE,
            },
        };
        if longitude.abs() <= 180.0 && latitude.abs() <= 90.0 {
            [longitude, latitude, longitude, latitude]
        } else {
            NOWHERE
        }
    }
}
