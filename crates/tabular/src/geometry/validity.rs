//! Whether a geometry can be shown and queried, and its way to WGS 84.

use super::{
    Projection,
    wkb::{Geometry, Position},
};

/// Why a geometry is not usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// A coordinate that is not finite, or that lies nowhere on earth.
    #[error("a position is not on earth")]
    NotOnEarth,
    /// A ring of fewer than three positions, or a line of fewer than two.
    #[error("a line or a ring has too few positions")]
    TooFewPositions,
}

/// A geometry in longitude and latitude, checked: its positions are on earth and its rings are closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Wgs84(Geometry);

impl Wgs84 {
    /// Re-projects and checks; rings left open are closed. `None` when the geometry is empty.
    ///
    /// # Errors
    /// When it is invalid.
    pub fn new(geometry: Geometry, projection: &Projection) -> Result<Option<Self>, Invalid> {
        if geometry.is_empty() {
            return Ok(None);
        }
        checked(geometry, projection).map(|geometry| Some(Self(geometry)))
    }

    /// The geometry.
    #[must_use]
    pub fn geometry(&self) -> &Geometry {
        &self.0
    }
}

fn checked(geometry: Geometry, projection: &Projection) -> Result<Geometry, Invalid> {
    Ok(match geometry {
        Geometry::Point(position) => Geometry::Point(place(position, projection)?),
        Geometry::MultiPoint(points) => Geometry::MultiPoint(places(points, projection)?),
        Geometry::LineString(points) => Geometry::LineString(line(points, projection)?),
        Geometry::MultiLineString(lines) => Geometry::MultiLineString(each(lines, |points| line(points, projection))?),
        Geometry::Polygon(rings) => Geometry::Polygon(each(rings, |points| ring(points, projection))?),
        Geometry::MultiPolygon(polygons) => {
            Geometry::MultiPolygon(each(polygons, |rings| each(rings, |points| ring(points, projection)))?)
        }
        Geometry::Collection(parts) => Geometry::Collection(each(parts, |part| checked(part, projection))?),
    })
}

fn each<T, U>(items: Vec<T>, check: impl Fn(T) -> Result<U, Invalid>) -> Result<Vec<U>, Invalid> {
    items.into_iter().map(check).collect()
}

fn place([x, y]: Position, projection: &Projection) -> Result<Position, Invalid> {
    projection.to_wgs84(x, y).map(|(longitude, latitude)| [longitude, latitude]).ok_or(Invalid::NotOnEarth)
}

fn places(points: Vec<Position>, projection: &Projection) -> Result<Vec<Position>, Invalid> {
    each(points, |point| place(point, projection))
}

fn line(points: Vec<Position>, projection: &Projection) -> Result<Vec<Position>, Invalid> {
    if points.len() < 2 { Err(Invalid::TooFewPositions) } else { places(points, projection) }
}

fn ring(mut points: Vec<Position>, projection: &Projection) -> Result<Vec<Position>, Invalid> {
    if points.first() != points.last() {
        points.extend(points.first().copied());
    }
    if points.len() < 4 { Err(Invalid::TooFewPositions) } else { places(points, projection) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn check(geometry: Geometry) -> Result<Option<Wgs84>, Invalid> {
        Wgs84::new(geometry, &Projection::wgs84())
    }

    #[test]
    fn an_open_ring_is_closed() {
        let open = Geometry::Polygon(vec![vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]]);
        let closed = Geometry::Polygon(vec![vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]);
        assert_eq!(check(open).unwrap().unwrap().geometry(), &closed);
    }

    #[test]
    fn positions_that_are_nowhere_are_refused() {
        assert_eq!(check(Geometry::Point([200.0, 43.0])), Err(Invalid::NotOnEarth));
        assert_eq!(check(Geometry::LineString(vec![[1.0, 2.0], [f64::INFINITY, 2.0]])), Err(Invalid::NotOnEarth));
    }

    #[test]
    fn lines_and_rings_need_enough_positions() {
        assert_eq!(check(Geometry::LineString(vec![[1.0, 2.0]])), Err(Invalid::TooFewPositions));
        let flat = Geometry::Polygon(vec![vec![[0.0, 0.0], [1.0, 0.0], [0.0, 0.0]]]);
        assert_eq!(check(flat), Err(Invalid::TooFewPositions));
    }

    #[test]
    fn an_empty_geometry_is_no_geometry() {
        assert_eq!(check(Geometry::MultiPolygon(Vec::new())), Ok(None));
    }
}
