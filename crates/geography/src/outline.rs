//! Outlines: polygons made of arcs, each of which lies once in the file and serves the territories on both its sides.

use crate::file::{Blobs, Column, File, Table, varint};

/// A position, WGS 84, degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
}

/// West, south, east, north, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bbox {
    /// Least longitude.
    pub west: f64,
    /// Least latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

/// How many units of outlines there are in a degree.
pub const UNITS: f64 = 100_000.0;

/// A vertex, in hundred-thousandths of a degree: longitude, latitude.
pub type Vertex = [i32; 2];

/// Vertices of a closed line; the last one is the first.
pub type Ring = Vec<Vertex>;

/// Rings of a polygon: the outer one, anticlockwise, then holes.
pub type Polygon = Vec<Ring>;

/// The outline of a territory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MultiPolygon(pub Vec<Polygon>);

impl MultiPolygon {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The smallest rectangle around it, in units.
    pub fn bounds(&self) -> Option<[i32; 4]> {
        let mut vertices = self.0.iter().flatten().flatten();
        let [x, y] = *vertices.next()?;
        Some(vertices.fold([x, y, x, y], |[west, south, east, north], [x, y]| {
            [west.min(*x), south.min(*y), east.max(*x), north.max(*y)]
        }))
    }

    /// Whether a point, in units, is inside.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        self.0.iter().any(|polygon| polygon.iter().filter(|ring| surrounds(ring, x, y)).count() % 2 == 1)
    }

    /// Square metres, on a sphere that has the Earth's area.
    pub fn area(&self) -> f64 {
        self.0.iter().flatten().map(|ring| ring_area(ring)).sum::<f64>().abs()
    }

    /// The same with fewer vertices: none further than `tolerance` units from the line that is left.
    /// Islands smaller than that are left out, but for the largest polygon.
    pub fn simplified(&self, tolerance: f64) -> Self {
        let largest = self.0.iter().map(width).fold(0, i32::max);
        let kept = self.0.iter().filter(|polygon| {
            let width = width(polygon);
            width == largest || f64::from(width) > tolerance * 2.0
        });
        let simple = |polygon: &Polygon| -> Polygon {
            let rings = polygon.iter().map(|ring| simplify(ring, tolerance));
            rings.enumerate().filter(|(n, ring)| *n == 0 || ring.len() >= 4).map(|(_, ring)| ring).collect()
        };
        Self(kept.map(simple).filter(|polygon| polygon.first().is_some_and(|ring| ring.len() >= 4)).collect())
    }
}

/// The greater side of the rectangle around a polygon.
fn width(polygon: &Polygon) -> i32 {
    let Some(ring) = polygon.first() else { return 0 };
    let span = |axis: usize| {
        let values = ring.iter().map(|vertex| vertex[axis]);
        values.clone().max().unwrap_or(0).saturating_sub(values.min().unwrap_or(0))
    };
    span(0).max(span(1))
}

/// Whether a ring goes around a point: how often a half line from it meets the ring.
fn surrounds(ring: &[Vertex], x: f64, y: f64) -> bool {
    let mut inside = false;
    for pair in ring.windows(2) {
        let [[x1, y1], [x2, y2]] = [pair[0], pair[1]].map(|vertex| vertex.map(f64::from));
        if (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
            inside = !inside;
        }
    }
    inside
}

/// Square metres, positive when anticlockwise.
pub fn ring_area(ring: &[Vertex]) -> f64 {
    /// Radius of the sphere whose area is that of the ellipsoid of WGS 84, in metres.
    const RADIUS: f64 = 6_371_007.180_918;
    let radians = |units: i32| (f64::from(units) / UNITS).to_radians();
    let steps = ring.windows(2).map(|pair| {
        let [[x1, y1], [x2, y2]] = [pair[0], pair[1]].map(|vertex| vertex.map(radians));
        (x2 - x1) * (2.0 + y1.sin() + y2.sin())
    });
    -steps.sum::<f64>() * RADIUS * RADIUS / 2.0
}

/// Douglas and Peucker's algorithm, from the two vertices of a ring that are furthest apart.
fn simplify(ring: &[Vertex], tolerance: f64) -> Ring {
    let Some(([x, y], last)) = ring.first().copied().zip(ring.len().checked_sub(1)) else { return Vec::new() };
    let distance = |vertex: &Vertex| (f64::from(vertex[0]) - f64::from(x)).hypot(f64::from(vertex[1]) - f64::from(y));
    let far =
        ring.iter().enumerate().max_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b))).map_or(0, |(n, _)| n);
    let mut keep = vec![false; ring.len()];
    let mut stretches = vec![(0, far), (far, last)];
    while let Some((from, to)) = stretches.pop() {
        keep[from] = true;
        keep[to] = true;
        let furthest =
            (from + 1..to).map(|n| (n, offset(ring[n], ring[from], ring[to]))).max_by(|(_, a), (_, b)| a.total_cmp(b));
        if let Some((n, away)) = furthest
            && away > tolerance
        {
            stretches.push((from, n));
            stretches.push((n, to));
        }
    }
    ring.iter().zip(keep).filter(|(_, keep)| *keep).map(|(vertex, _)| *vertex).collect()
}

/// How far a vertex is from a segment.
fn offset(vertex: Vertex, from: Vertex, to: Vertex) -> f64 {
    let [[x, y], [x1, y1], [x2, y2]] = [vertex, from, to].map(|vertex| vertex.map(f64::from));
    let (dx, dy) = (x2 - x1, y2 - y1);
    let length = dx * dx + dy * dy;
    let along = if length == 0.0 { 0.0 } else { (((x - x1) * dx + (y - y1) * dy) / length).clamp(0.0, 1.0) };
    (x - x1 - along * dx).hypot(y - y1 - along * dy)
}

/// Reads outlines of a table.
///
/// A row is the number of polygons; for each the number of rings; for each the number of arcs, then each arc's number,
/// as the difference with the one before, twice it when it is followed as it lies, and one more when backwards.
/// An arc is its first vertex, then differences. All are variable-length integers.
#[derive(Debug, Clone, Copy)]
pub struct Outlines {
    rows: Blobs,
    arcs: Blobs,
}

impl Outlines {
    /// Those of a table.
    pub fn new(file: File, table: Table) -> Self {
        Self { rows: file.blobs(table, Column::Lines), arcs: file.blobs(Table::Arcs, Column::Lines) }
    }

    /// The outline of a row; empty when it isn't known.
    pub fn get(&self, row: usize) -> MultiPolygon {
        MultiPolygon(self.polygons(row).unwrap_or_default())
    }

    fn polygons(&self, row: usize) -> Option<Vec<Polygon>> {
        let mut rest = self.rows.get(row);
        let mut next = || varint::read(&mut rest);
        let mut polygons = Vec::new();
        for _ in 0..next()? {
            let mut polygon = Vec::new();
            for _ in 0..next()? {
                let mut ring = Ring::new();
                let mut arc = 0;
                for _ in 0..next()? {
                    arc += next()?;
                    self.follow(arc, &mut ring)?;
                }
                polygon.push(ring);
            }
            polygons.push(polygon);
        }
        Some(polygons)
    }

    /// Adds an arc to a ring that ends where the arc begins.
    fn follow(&self, arc: i64, ring: &mut Ring) -> Option<()> {
        let mut rest = self.arcs.get(usize::try_from(arc >> 1).ok()?);
        let from = ring.len().saturating_sub(1);
        ring.truncate(from);
        let mut vertex = [0_i32; 2];
        while !rest.is_empty() {
            for place in &mut vertex {
                *place = place.checked_add(i32::try_from(varint::read(&mut rest)?).ok()?)?;
            }
            ring.push(vertex);
        }
        if arc & 1 == 1 {
            ring.get_mut(from..)?.reverse();
        }
        Some(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn square(west: i32, south: i32, side: i32) -> Ring {
        vec![[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    }

    #[test]
    fn a_hole_is_outside() {
        let mut hole = square(40, 40, 20);
        hole.reverse();
        let outline = MultiPolygon(vec![vec![square(0, 0, 100), hole]]);
        assert!(outline.contains(10.0, 10.0));
        assert!(!outline.contains(50.0, 50.0));
        assert!(!outline.contains(-1.0, 50.0));
        assert_eq!(outline.bounds(), Some([0, 0, 100, 100]));
        assert!(!MultiPolygon::default().contains(0.0, 0.0));
    }

    #[test]
    fn a_square_degree_on_the_equator_has_its_known_area() {
        let area = MultiPolygon(vec![vec![square(0, 0, 100_000)]]).area();
        assert!((area / 12_363_683_990.0 - 1.0).abs() < 0.001, "{area}");
    }

    #[test]
    fn vertices_that_say_nothing_go_and_corners_stay() {
        let mut ring = square(0, 0, 1000);
        ring.insert(1, [500, 1]);
        let simple = MultiPolygon(vec![vec![ring], vec![square(5000, 5000, 3)]]).simplified(10.0);
        assert_eq!(simple.0, [vec![square(0, 0, 1000)]]);
    }
}
