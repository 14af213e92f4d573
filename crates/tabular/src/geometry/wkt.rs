//! Well-known text, for those who read a geometry in a cell.

use super::wkb::{Geometry, Position};

/// The geometry as WKT: `POINT (3.87 43.61)`.
#[must_use]
pub fn write(geometry: &Geometry) -> String {
    let mut out = String::new();
    write_into(geometry, &mut out);
    out
}

fn write_into(geometry: &Geometry, out: &mut String) {
    out.push_str(match geometry {
        Geometry::Collection(_) => "GEOMETRYCOLLECTION",
        Geometry::Point(_) => "POINT",
        Geometry::LineString(_) => "LINESTRING",
        Geometry::Polygon(_) => "POLYGON",
        Geometry::MultiPoint(_) => "MULTIPOINT",
        Geometry::MultiLineString(_) => "MULTILINESTRING",
        Geometry::MultiPolygon(_) => "MULTIPOLYGON",
    });
    out.push(' ');
    match geometry {
        _ if geometry.is_empty() => out.push_str("EMPTY"),
        Geometry::Point(position) => list(std::slice::from_ref(position), out, write_position),
        Geometry::LineString(line) => write_line(line, out),
        Geometry::MultiPoint(points) => {
            list(points, out, |point, out| list(std::slice::from_ref(point), out, write_position));
        }
        Geometry::Polygon(lines) | Geometry::MultiLineString(lines) => write_lines(lines, out),
        Geometry::MultiPolygon(polygons) => list(polygons, out, |rings, out| write_lines(rings, out)),
        Geometry::Collection(parts) => list(parts, out, write_into),
    }
}

fn list<T>(items: &[T], out: &mut String, write: impl Fn(&T, &mut String)) {
    if items.is_empty() {
        return out.push_str("EMPTY");
    }
    out.push('(');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(item, out);
    }
    out.push(')');
}

fn write_position([x, y]: &Position, out: &mut String) {
    out.push_str(&format!("{x} {y}"));
}

fn write_line(line: &[Position], out: &mut String) {
    list(line, out, write_position);
}

fn write_lines(lines: &[Vec<Position>], out: &mut String) {
    list(lines, out, |line, out| write_line(line, out));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_written_as_the_standard_says() {
        let ring = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.5], [0.0, 0.0]];
        let cases = [
            (Geometry::Point([3.87, 43.61]), "POINT (3.87 43.61)"),
            (Geometry::Point([f64::NAN, f64::NAN]), "POINT EMPTY"),
            (Geometry::Polygon(vec![ring.clone()]), "POLYGON ((0 0, 1 0, 1 1.5, 0 0))"),
            (Geometry::MultiPolygon(vec![vec![ring]]), "MULTIPOLYGON (((0 0, 1 0, 1 1.5, 0 0)))"),
            (Geometry::MultiPoint(vec![[1.0, 2.0], [3.0, 4.0]]), "MULTIPOINT ((1 2), (3 4))"),
            (
                Geometry::Collection(vec![Geometry::Point([1.0, 2.0]), Geometry::LineString(vec![])]),
                "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING EMPTY)",
            ),
        ];
        for (geometry, text) in cases {
            assert_eq!(write(&geometry), text);
        }
    }
}
