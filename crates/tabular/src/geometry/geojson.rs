//! GeoJSON geometries (RFC 7946), from WKB; and the way from `coordinates` to a geometry.

use super::wkb::{self, Geometry, Position};

/// Appends the WKB geometry to `out` as a GeoJSON geometry object; `null` when the bytes are not WKB.
pub fn write(bytes: &[u8], out: &mut Vec<u8>) {
    match wkb::read(bytes) {
        Ok(geometry) => write_geometry(&geometry, out),
        Err(_) => out.extend_from_slice(b"null"),
    }
}

/// Appends the geometry to `out` as a GeoJSON geometry object.
pub fn write_geometry(geometry: &Geometry, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"type\":\"");
    out.extend_from_slice(geometry.kind().as_bytes());
    out.extend_from_slice(match geometry {
        Geometry::Collection(_) => b"\",\"geometries\":".as_slice(),
        _ => b"\",\"coordinates\":".as_slice(),
    });
    match geometry {
        Geometry::Point(_) if geometry.is_empty() => out.extend_from_slice(b"[]"),
        Geometry::Point(position) => write_position(position, out),
        Geometry::LineString(line) | Geometry::MultiPoint(line) => write_line(line, out),
        Geometry::Polygon(lines) | Geometry::MultiLineString(lines) => write_lines(lines, out),
        Geometry::MultiPolygon(polygons) => list(polygons, out, |rings, out| write_lines(rings, out)),
        Geometry::Collection(parts) => list(parts, out, write_geometry),
    }
    out.push(b'}');
}

fn list<T>(items: &[T], out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    out.push(b'[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(b']');
}

fn write_position(position: &Position, out: &mut Vec<u8>) {
    list(position, out, |value, out| {
        // JSON knows no infinity; a geometry that passed the validity checks has none.
        let value = if value.is_finite() { *value } else { 0.0 };
        out.extend_from_slice(value.to_string().as_bytes());
    });
}

fn write_line(line: &[Position], out: &mut Vec<u8>) {
    list(line, out, write_position);
}

fn write_lines(lines: &[Vec<Position>], out: &mut Vec<u8>) {
    list(lines, out, |line, out| write_line(line, out));
}

/// Numbers nested in arrays, as `coordinates` has them whatever the kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Coordinates {
    /// An array of numbers, of which the first two are kept.
    Position(Position),
    /// An array of arrays, maybe empty.
    List(Vec<Coordinates>),
}

impl Coordinates {
    fn position(self) -> Option<Position> {
        match self {
            Self::Position(position) => Some(position),
            Self::List(_) => None,
        }
    }

    fn list<T>(self, read: impl Fn(Self) -> Option<T>) -> Option<Vec<T>> {
        match self {
            Self::List(items) => items.into_iter().map(read).collect(),
            Self::Position(_) => None,
        }
    }

    fn line(self) -> Option<Vec<Position>> {
        self.list(Self::position)
    }

    fn lines(self) -> Option<Vec<Vec<Position>>> {
        self.list(Self::line)
    }

    /// The geometry of the kind so named; `None` when the nesting is not that of the kind.
    #[must_use]
    pub fn into_geometry(self, kind: &str) -> Option<Geometry> {
        Some(match kind {
            "Point" if self == Self::List(Vec::new()) => Geometry::Point([f64::NAN, f64::NAN]),
            "Point" => Geometry::Point(self.position()?),
            "LineString" => Geometry::LineString(self.line()?),
            "Polygon" => Geometry::Polygon(self.lines()?),
            "MultiPoint" => Geometry::MultiPoint(self.line()?),
            "MultiLineString" => Geometry::MultiLineString(self.lines()?),
            "MultiPolygon" => Geometry::MultiPolygon(self.list(Self::lines)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn written(geometry: &Geometry) -> String {
        let mut out = Vec::new();
        write(&wkb::write(geometry), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_point_is_written_in_the_order_of_the_standard() {
        assert_eq!(written(&Geometry::Point([3.87, 43.61])), r#"{"type":"Point","coordinates":[3.87,43.61]}"#);
    }

    #[test]
    fn bytes_that_are_not_wkb_are_null() {
        let mut out = Vec::new();
        write(b"rubbish", &mut out);
        assert_eq!(out, b"null");
    }

    #[test]
    fn nesting_of_another_kind_is_no_geometry() {
        let position = Coordinates::Position([1.0, 2.0]);
        assert_eq!(position.clone().into_geometry("Point"), Some(Geometry::Point([1.0, 2.0])));
        assert_eq!(position.clone().into_geometry("Polygon"), None);
        assert_eq!(position.clone().into_geometry("Circle"), None);
        assert_eq!(Coordinates::List(vec![position]).into_geometry("Point"), None);
        assert!(Coordinates::List(Vec::new()).into_geometry("Point").is_some_and(|point| point.is_empty()));
    }
}
