//! Well-known binary, the form in which geometries travel and rest.
//!
//! Reads ISO WKB and PostGIS' EWKB, both byte orders, with heights and measures skipped. Writes little-endian,
//! two-dimensional ISO WKB.

/// Longitude (or easting) and latitude (or northing).
pub type Position = [f64; 2];

/// A geometry of the Simple Features model, in two dimensions.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// One position; both coordinates `NaN` when empty, as WKB writes it.
    Point(Position),
    /// A line.
    LineString(Vec<Position>),
    /// An outer ring, then its holes.
    Polygon(Vec<Vec<Position>>),
    /// Points.
    MultiPoint(Vec<Position>),
    /// Lines.
    MultiLineString(Vec<Vec<Position>>),
    /// Polygons.
    MultiPolygon(Vec<Vec<Vec<Position>>>),
    /// Geometries of any kind.
    Collection(Vec<Geometry>),
}

/// Why bytes are not WKB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WkbError {
    /// The bytes end before the geometry does, or a count exceeds what they can hold.
    #[error("the geometry is cut short")]
    Truncated,
    /// A code that is no geometry kind, or a part of another kind than its whole.
    #[error("geometry kind {0} is unknown here")]
    Kind(u32),
    /// Collections inside collections beyond 16 levels.
    #[error("the geometry is nested too deeply")]
    TooDeep,
}

const MAX_DEPTH: usize = 16;
const Z_FLAG: u32 = 0x8000_0000;
const M_FLAG: u32 = 0x4000_0000;
const SRID_FLAG: u32 = 0x2000_0000;
/// A position of two coordinates, the smallest thing that a count can count besides rings and parts.
const POSITION_BYTES: usize = 16;
/// The least bytes of a ring (its count) and of a part (byte order, kind, count).
const RING_BYTES: usize = 4;
const PART_BYTES: usize = 9;

impl Geometry {
    /// The name of the kind as GeoJSON spells it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Point(_) => "Point",
            Self::LineString(_) => "LineString",
            Self::Polygon(_) => "Polygon",
            Self::MultiPoint(_) => "MultiPoint",
            Self::MultiLineString(_) => "MultiLineString",
            Self::MultiPolygon(_) => "MultiPolygon",
            Self::Collection(_) => "GeometryCollection",
        }
    }

    /// Calls `visit` on every position.
    pub fn for_each(&self, visit: &mut impl FnMut(&Position)) {
        match self {
            Self::Point(position) => visit(position),
            Self::LineString(line) | Self::MultiPoint(line) => line.iter().for_each(visit),
            Self::Polygon(lines) | Self::MultiLineString(lines) => lines.iter().flatten().for_each(visit),
            Self::MultiPolygon(polygons) => polygons.iter().flatten().flatten().for_each(visit),
            Self::Collection(parts) => parts.iter().for_each(|part| part.for_each(&mut *visit)),
        }
    }

    /// Its first position.
    #[must_use]
    pub fn first(&self) -> Option<Position> {
        match self {
            Self::Point(position) => Some(*position).filter(|[x, y]| !(x.is_nan() && y.is_nan())),
            Self::LineString(line) | Self::MultiPoint(line) => line.first().copied(),
            Self::Polygon(lines) | Self::MultiLineString(lines) => lines.iter().flatten().next().copied(),
            Self::MultiPolygon(polygons) => polygons.iter().flatten().flatten().next().copied(),
            Self::Collection(parts) => parts.iter().find_map(Self::first),
        }
    }

    /// Whether it has no position at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.first().is_none()
    }

    /// `[west, south, east, north]`; `None` when it has no finite position.
    #[must_use]
    pub fn bbox(&self) -> Option<[f64; 4]> {
        let mut bounds: Option<[f64; 4]> = None;
        self.for_each(&mut |&[x, y]| {
            if x.is_finite() && y.is_finite() {
                let [west, south, east, north] = bounds.unwrap_or([x, y, x, y]);
                bounds = Some([west.min(x), south.min(y), east.max(x), north.max(y)]);
            }
        });
        bounds
    }
}

/// The kind of a WKB geometry, from its header alone.
#[must_use]
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    let header = Cursor { bytes, at: 0 }.header().ok()?;
    Some(match header.kind {
        1 => "Point",
        2 => "LineString",
        3 => "Polygon",
        4 => "MultiPoint",
        5 => "MultiLineString",
        6 => "MultiPolygon",
        7 => "GeometryCollection",
        _ => return None,
    })
}

/// Reads one geometry; bytes after it are ignored.
///
/// # Errors
/// When the bytes are cut short, of an unknown kind or nested too deeply.
pub fn read(bytes: &[u8]) -> Result<Geometry, WkbError> {
    Cursor { bytes, at: 0 }.geometry(0)
}

/// What stands before the coordinates of a geometry.
struct HeaderOfPart {
    little: bool,
    kind: u32,
    /// Bytes of coordinates after x and y.
    extra: usize,
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], WkbError> {
        let end = self.at.checked_add(N).ok_or(WkbError::Truncated)?;
        let slice = self.bytes.get(self.at..end).ok_or(WkbError::Truncated)?;
        self.at = end;
        slice.try_into().map_err(|_| WkbError::Truncated)
    }

    fn u32(&mut self, little: bool) -> Result<u32, WkbError> {
        let bytes = self.take::<4>()?;
        Ok(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn f64(&mut self, little: bool) -> Result<f64, WkbError> {
        let bytes = self.take::<8>()?;
        Ok(if little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    fn header(&mut self) -> Result<HeaderOfPart, WkbError> {
        let little = self.take::<1>()?[0] != 0;
        let code = self.u32(little)?;
        if code & SRID_FLAG != 0 {
            self.u32(little)?;
        }
        let iso = code & !(Z_FLAG | M_FLAG | SRID_FLAG);
        let z = code & Z_FLAG != 0 || matches!(iso / 1000, 1 | 3);
        let m = code & M_FLAG != 0 || matches!(iso / 1000, 2 | 3);
        if iso / 1000 > 3 {
            return Err(WkbError::Kind(code));
        }
        Ok(HeaderOfPart { little, kind: iso % 1000, extra: 8 * (usize::from(z) + usize::from(m)) })
    }

    /// A count of things that take at least `least` bytes each: a lie cannot make us reserve memory.
    fn count(&mut self, little: bool, least: usize) -> Result<usize, WkbError> {
        let count = self.u32(little)? as usize;
        let left = self.bytes.len() - self.at;
        if count > left / least { Err(WkbError::Truncated) } else { Ok(count) }
    }

    fn position(&mut self, header: &HeaderOfPart) -> Result<Position, WkbError> {
        let position = [self.f64(header.little)?, self.f64(header.little)?];
        self.at = self.at.checked_add(header.extra).filter(|&at| at <= self.bytes.len()).ok_or(WkbError::Truncated)?;
        Ok(position)
    }

    fn line(&mut self, header: &HeaderOfPart) -> Result<Vec<Position>, WkbError> {
        let count = self.count(header.little, POSITION_BYTES)?;
        (0..count).map(|_| self.position(header)).collect()
    }

    fn lines(&mut self, header: &HeaderOfPart) -> Result<Vec<Vec<Position>>, WkbError> {
        let count = self.count(header.little, RING_BYTES)?;
        (0..count).map(|_| self.line(header)).collect()
    }

    /// The parts of a multi-geometry, each with its own header, all of kind `kind`.
    fn parts<T>(
        &mut self,
        header: &HeaderOfPart,
        kind: u32,
        read: impl Fn(&mut Self, &HeaderOfPart) -> Result<T, WkbError>,
    ) -> Result<Vec<T>, WkbError> {
        let count = self.count(header.little, PART_BYTES)?;
        let mut parts = Vec::with_capacity(count);
        for _ in 0..count {
            let part = self.header()?;
            if part.kind != kind {
                return Err(WkbError::Kind(part.kind));
            }
            parts.push(read(self, &part)?);
        }
        Ok(parts)
    }

    fn geometry(&mut self, depth: usize) -> Result<Geometry, WkbError> {
        if depth > MAX_DEPTH {
            return Err(WkbError::TooDeep);
        }
        let header = self.header()?;
        Ok(match header.kind {
            1 => Geometry::Point(self.position(&header)?),
            2 => Geometry::LineString(self.line(&header)?),
            3 => Geometry::Polygon(self.lines(&header)?),
            4 => Geometry::MultiPoint(self.parts(&header, 1, Self::position)?),
            5 => Geometry::MultiLineString(self.parts(&header, 2, Self::line)?),
            6 => Geometry::MultiPolygon(self.parts(&header, 3, Self::lines)?),
            7 => {
                let count = self.count(header.little, PART_BYTES)?;
                Geometry::Collection((0..count).map(|_| self.geometry(depth + 1)).collect::<Result<_, _>>()?)
            }
            other => return Err(WkbError::Kind(other)),
        })
    }
}

/// The geometry as little-endian ISO WKB.
#[must_use]
pub fn write(geometry: &Geometry) -> Vec<u8> {
    let mut out = Vec::with_capacity(64);
    write_into(geometry, &mut out);
    out
}

fn write_into(geometry: &Geometry, out: &mut Vec<u8>) {
    match geometry {
        Geometry::Point(position) => write_point(position, out),
        Geometry::LineString(line) => write_line_string(line, out),
        Geometry::Polygon(rings) => write_polygon(rings, out),
        Geometry::MultiPoint(points) => write_parts(4, points, write_point, out),
        Geometry::MultiLineString(lines) => write_parts(5, lines, |line, out| write_line_string(line, out), out),
        Geometry::MultiPolygon(polygons) => write_parts(6, polygons, |rings, out| write_polygon(rings, out), out),
        Geometry::Collection(parts) => write_parts(7, parts, write_into, out),
    }
}

fn write_parts<T>(kind: u32, parts: &[T], write: impl Fn(&T, &mut Vec<u8>), out: &mut Vec<u8>) {
    write_header(kind, out);
    write_count(parts.len(), out);
    parts.iter().for_each(|part| write(part, out));
}

fn write_header(kind: u32, out: &mut Vec<u8>) {
    out.push(1);
    out.extend_from_slice(&kind.to_le_bytes());
}

fn write_count(count: usize, out: &mut Vec<u8>) {
    // A geometry of four billion positions takes 64 GiB: it is never in memory.
    out.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn write_position([x, y]: &Position, out: &mut Vec<u8>) {
    out.extend_from_slice(&x.to_le_bytes());
    out.extend_from_slice(&y.to_le_bytes());
}

fn write_point(position: &Position, out: &mut Vec<u8>) {
    write_header(1, out);
    write_position(position, out);
}

fn write_line(line: &[Position], out: &mut Vec<u8>) {
    write_count(line.len(), out);
    line.iter().for_each(|position| write_position(position, out));
}

fn write_line_string(line: &[Position], out: &mut Vec<u8>) {
    write_header(2, out);
    write_line(line, out);
}

fn write_polygon(rings: &[Vec<Position>], out: &mut Vec<u8>) {
    write_header(3, out);
    write_count(rings.len(), out);
    rings.iter().for_each(|ring| write_line(ring, out));
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(crate) fn any_geometry() -> impl Strategy<Value = Geometry> {
        let position = || (-180.0..180.0f64, -90.0..90.0f64).prop_map(|(x, y)| [x, y]);
        let line = move || prop::collection::vec(position(), 0..6);
        let lines = move || prop::collection::vec(line(), 0..4);
        let leaf = prop_oneof![
            position().prop_map(Geometry::Point),
            line().prop_map(Geometry::LineString),
            lines().prop_map(Geometry::Polygon),
            line().prop_map(Geometry::MultiPoint),
            lines().prop_map(Geometry::MultiLineString),
            prop::collection::vec(lines(), 0..3).prop_map(Geometry::MultiPolygon),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| prop::collection::vec(inner, 0..3).prop_map(Geometry::Collection))
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(geometry in any_geometry()) {
            let bytes = write(&geometry);
            prop_assert_eq!(kind(&bytes), Some(geometry.kind()));
            prop_assert_eq!(read(&bytes).unwrap(), geometry);
        }

        #[test]
        fn a_geometry_cut_anywhere_is_an_error(geometry in any_geometry(), share in 0.0..1.0f64) {
            let bytes = write(&geometry);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let cut = (bytes.len() as f64 * share) as usize;
            prop_assert!(read(&bytes[..cut]).is_err());
        }

        #[test]
        fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
            let _ = kind(&bytes);
        }
    }

    #[test]
    fn a_count_that_lies_reserves_nothing() {
        let mut bytes = vec![1, 2, 0, 0, 0];
        bytes.extend_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(read(&bytes), Err(WkbError::Truncated));
    }

    #[test]
    fn extended_wkb_with_srid_and_height_is_read() {
        let mut bytes = vec![0];
        bytes.extend_from_slice(&(1 | Z_FLAG | SRID_FLAG).to_be_bytes());
        bytes.extend_from_slice(&4326u32.to_be_bytes());
        for value in [3.87f64, 43.61, 27.0] {
            bytes.extend_from_slice(&value.to_be_bytes());
        }
        assert_eq!(read(&bytes), Ok(Geometry::Point([3.87, 43.61])));
    }

    #[test]
    fn iso_wkb_with_height_and_measure_is_read() {
        let mut bytes = vec![1];
        bytes.extend_from_slice(&3002u32.to_le_bytes());
        bytes.extend_from_slice(&2u32.to_le_bytes());
        for value in [1.0f64, 2.0, 9.0, 9.0, 3.0, 4.0, 9.0, 9.0] {
            bytes.extend_from_slice(&value.to_le_bytes());
        }
        assert_eq!(read(&bytes), Ok(Geometry::LineString(vec![[1.0, 2.0], [3.0, 4.0]])));
    }

    #[test]
    fn collections_nested_without_end_are_refused() {
        let mut geometry = Geometry::Point([1.0, 2.0]);
        for _ in 0..40 {
            geometry = Geometry::Collection(vec![geometry]);
        }
        assert_eq!(read(&write(&geometry)), Err(WkbError::TooDeep));
    }

    #[test]
    fn an_empty_point_has_no_bounds() {
        let point = Geometry::Point([f64::NAN, f64::NAN]);
        assert!(point.is_empty());
        assert_eq!(point.bbox(), None);
    }
}
