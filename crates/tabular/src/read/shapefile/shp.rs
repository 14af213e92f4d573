//! The shapes of a `.shp`, in the order of the file.

use std::{
    fs::File,
    io::{BufReader, ErrorKind, Read},
    path::Path,
};

use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    geometry::{Geometry, wkb::Position},
};

const HEADER_BYTES: usize = 100;
const FILE_CODE: u32 = 9994;

/// A record.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    Null,
    Geometry(Geometry),
    /// Of a kind that is not read, or broken inside.
    Unreadable(&'static str),
}

/// Reads records.
pub(super) struct Shapes {
    file: BufReader<File>,
    left: u64,
    read: u64,
    row: u64,
    most: u64,
}

impl Shapes {
    pub(super) fn open(path: &Path, limits: &Limits) -> Result<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let size = file.get_ref().metadata()?.len();
        let mut header = [0; HEADER_BYTES];
        file.read_exact(&mut header).map_err(|error| cut(error, 0))?;
        if be_u32(&header[0..4]) != FILE_CODE {
            return Err(Error::new(ErrorCode::FormatMismatch, "not a shapefile").at_byte(0));
        }
        let read = HEADER_BYTES as u64;
        Ok(Self { file, left: size - read, read, row: 0, most: limits.row_bytes as u64 })
    }

    pub(super) fn bytes_read(&self) -> u64 {
        self.read
    }

    /// The next record; `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Shape>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.row += 1;
        let mut header = [0; 8];
        self.file.read_exact(&mut header).map_err(|error| cut(error, self.read).at_row(self.row))?;
        let length = u64::from(be_u32(&header[4..8])) * 2;
        if length > self.left.saturating_sub(8) {
            let detail = "the .shp file is cut short, or a record states a length beyond its end";
            return Err(Error::new(ErrorCode::BrokenFile, detail).at_row(self.row).at_byte(self.read));
        }
        if length > self.most {
            let detail = format!("a shape of {length} bytes, at most {}", self.most);
            return Err(Error::new(ErrorCode::CellTooLarge, detail).at_row(self.row).at_byte(self.read));
        }
        #[allow(clippy::cast_possible_truncation)]
        let mut content = vec![0; length as usize];
        self.file.read_exact(&mut content).map_err(|error| cut(error, self.read).at_row(self.row))?;
        self.read += 8 + length;
        self.left -= 8 + length;
        Ok(Some(parse(&content)))
    }
}

fn cut(error: std::io::Error, byte: u64) -> Error {
    if error.kind() == ErrorKind::UnexpectedEof {
        return Error::new(ErrorCode::BrokenFile, "the .shp file is cut short").at_byte(byte);
    }
    error.into()
}

fn be_u32(bytes: &[u8]) -> u32 {
    bytes.try_into().map_or(0, u32::from_be_bytes)
}

/// Little-endian numbers at offsets of a record.
struct Content<'a>(&'a [u8]);

impl Content<'_> {
    fn u32(&self, at: usize) -> Option<usize> {
        let bytes = self.0.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
    }

    fn f64(&self, at: usize) -> Option<f64> {
        let bytes = self.0.get(at..at.checked_add(8)?)?;
        Some(f64::from_le_bytes(bytes.try_into().ok()?))
    }

    fn position(&self, at: usize) -> Option<Position> {
        Some([self.f64(at)?, self.f64(at + 8)?])
    }

    /// Positions one after the other; a count beyond the record is refused before anything is reserved.
    fn positions(&self, at: usize, count: usize) -> Option<Vec<Position>> {
        let end = at.checked_add(count.checked_mul(16)?)?;
        self.0.get(at..end)?;
        (0..count).map(|index| self.position(at + index * 16)).collect()
    }

    /// The parts of a line or a polygon.
    fn parts(&self) -> Option<Vec<Vec<Position>>> {
        const COUNTS: usize = 36;
        const PARTS: usize = 44;
        let (parts, points) = (self.u32(COUNTS)?, self.u32(COUNTS + 4)?);
        let first_point = PARTS.checked_add(parts.checked_mul(4)?)?;
        let positions = self.positions(first_point, points)?;
        self.0.get(PARTS..first_point)?;
        let starts: Vec<usize> = (0..parts).map(|part| self.u32(PARTS + part * 4)).collect::<Option<_>>()?;
        let ends = starts.iter().skip(1).copied().chain([points]);
        starts.iter().zip(ends).map(|(&start, end)| positions.get(start..end).map(<[_]>::to_vec)).collect()
    }
}

/// Kinds with heights or measures have the same beginning as the plain ones.
fn parse(bytes: &[u8]) -> Shape {
    let content = Content(bytes);
    let geometry = match content.u32(0) {
        Some(0) => return Shape::Null,
        Some(1 | 11 | 21) => content.position(4).map(Geometry::Point),
        Some(8 | 18 | 28) => content.u32(36).and_then(|count| content.positions(40, count)).map(Geometry::MultiPoint),
        Some(3 | 13 | 23) => content.parts().map(lines),
        Some(5 | 15 | 25) => content.parts().map(polygons),
        Some(31) => return Shape::Unreadable("a surface in three dimensions (MultiPatch)"),
        _ => return Shape::Unreadable("an unknown kind of shape"),
    };
    geometry.map_or(Shape::Unreadable("a shape whose parts don't fit its record"), Shape::Geometry)
}

fn lines(mut parts: Vec<Vec<Position>>) -> Geometry {
    match parts.len() {
        1 => Geometry::LineString(parts.swap_remove(0)),
        _ => Geometry::MultiLineString(parts),
    }
}

/// Rings turning clockwise are outer ones, the others are holes of the outer ring around them.
fn polygons(rings: Vec<Vec<Position>>) -> Geometry {
    /// Beyond so many comparisons a hole belongs to the ring before it, as most programs write them.
    const COMPARISONS: usize = 4_000_000;
    let (outer, holes): (Vec<_>, Vec<_>) =
        rings.into_iter().filter(|ring| !ring.is_empty()).enumerate().partition(|(_, ring)| area(ring) <= 0.0);
    // When no ring turns as it should, the writer didn't care: each is a polygon.
    let (outer, holes) = if outer.is_empty() { (holes, Vec::new()) } else { (outer, holes) };
    let few = outer.len().saturating_mul(holes.len()) <= COMPARISONS;
    let order: Vec<usize> = outer.iter().map(|(index, _)| *index).collect();
    let mut polygons: Vec<Vec<Vec<Position>>> = outer.into_iter().map(|(_, ring)| vec![ring]).collect();
    for (index, hole) in holes {
        let before = order.partition_point(|outer| *outer < index).saturating_sub(1);
        let around = if polygons.len() > 1 && few {
            polygons.iter().position(|polygon| polygon.first().is_some_and(|ring| contains(ring, hole[0])))
        } else {
            None
        };
        polygons[around.unwrap_or(before)].push(hole);
    }
    match polygons.len() {
        1 => Geometry::Polygon(polygons.swap_remove(0)),
        _ => Geometry::MultiPolygon(polygons),
    }
}

/// Twice the signed area: positive when the ring turns counter-clockwise.
fn area(ring: &[Position]) -> f64 {
    let [x0, y0] = ring[0];
    // Relative to the first position, so that large eastings don't drown small areas.
    ring.windows(2).map(|pair| (pair[0][0] - x0) * (pair[1][1] - y0) - (pair[1][0] - x0) * (pair[0][1] - y0)).sum()
}

fn contains(ring: &[Position], [x, y]: Position) -> bool {
    ring.windows(2).fold(false, |inside, pair| {
        let ([x1, y1], [x2, y2]) = (pair[0], pair[1]);
        let crosses = (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1;
        inside != crosses
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Position; 5] = [[0.0, 0.0], [0.0, 4.0], [4.0, 4.0], [4.0, 0.0], [0.0, 0.0]];

    fn moved(ring: &[Position], by: f64) -> Vec<Position> {
        ring.iter().map(|[x, y]| [x + by, y + by]).collect()
    }

    fn hole() -> Vec<Position> {
        vec![[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 1.0]]
    }

    #[test]
    fn holes_belong_to_the_ring_around_them() {
        let (near, far) = (SQUARE.to_vec(), moved(&SQUARE, 10.0));
        let geometry = polygons(vec![near.clone(), far.clone(), hole()]);
        assert_eq!(geometry, Geometry::MultiPolygon(vec![vec![near, hole()], vec![far]]));
    }

    #[test]
    fn rings_that_all_turn_the_wrong_way_are_polygons() {
        assert_eq!(polygons(vec![hole()]), Geometry::Polygon(vec![hole()]));
    }

    #[test]
    fn counts_that_lie_reserve_nothing() {
        let mut content = vec![0; 44];
        content[0] = 5;
        content[36..44].fill(0xFF);
        assert!(matches!(parse(&content), Shape::Unreadable(_)));
        content[0] = 8;
        assert!(matches!(parse(&content), Shape::Unreadable(_)));
        assert!(matches!(parse(&[]), Shape::Unreadable(_)));
    }
}
