//! The bytes of a tile: Mapbox Vector Tile 2.1, which is Protocol Buffers.

use std::collections::HashMap;

use bytes::Bytes;
use tabular::geometry::wkb::{Geometry, Position};

use super::mercator::EXTENT;

const NAME: &str = "rows";
const KEYS: [&str; 3] = ["__id", "label", "count"];
/// Longest label, in characters.
const LONGEST_LABEL: usize = 80;

fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// A field whose value is a number.
fn number(field: u64, value: u64, out: &mut Vec<u8>) {
    varint(field << 3, out);
    varint(value, out);
}

/// A field whose value is bytes: a text, a message, packed numbers.
fn bytes(field: u64, value: &[u8], out: &mut Vec<u8>) {
    varint(field << 3 | 2, out);
    varint(value.len() as u64, out);
    out.extend_from_slice(value);
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Value {
    Text(String),
    Whole(u64),
}

/// The one layer of a tile.
pub(super) struct Layer {
    features: Vec<u8>,
    values: HashMap<Value, u64>,
    encoded_values: Vec<u8>,
}

impl Layer {
    pub(super) fn new() -> Self {
        Self { features: Vec::new(), values: HashMap::new(), encoded_values: Vec::new() }
    }

    /// Bytes so far.
    pub(super) fn bytes(&self) -> usize {
        self.features.len() + self.encoded_values.len()
    }

    /// Adds the row at a position; its shape is in the tile's whole units.
    pub(super) fn row(&mut self, position: usize, label: Option<&str>, shape: &Geometry) {
        let id = position as u64 + 1;
        let mut tags = vec![0, self.value(Value::Whole(id))];
        if let Some(label) = label {
            tags.extend([1, self.value(Value::Text(label.chars().take(LONGEST_LABEL).collect()))]);
        }
        self.feature(Some(id), &tags, shape);
    }

    /// Adds a cluster; one of a single row is that row.
    pub(super) fn cluster(&mut self, point: Position, count: u64, row: Option<usize>) {
        let shape = Geometry::Point(point);
        match row {
            Some(position) => self.row(position, None, &shape),
            None => {
                let tags = [2, self.value(Value::Whole(count))];
                self.feature(None, &tags, &shape);
            }
        }
    }

    fn value(&mut self, value: Value) -> u64 {
        let next = self.values.len() as u64;
        *self.values.entry(value).or_insert_with_key(|value| {
            let mut message = Vec::new();
            match value {
                Value::Text(text) => bytes(1, text.as_bytes(), &mut message),
                Value::Whole(whole) => number(5, *whole, &mut message),
            }
            bytes(4, &message, &mut self.encoded_values);
            next
        })
    }

    fn feature(&mut self, id: Option<u64>, tags: &[u64], shape: &Geometry) {
        let mut commands = Commands::default();
        let kind = commands.draw(shape);
        if commands.out.is_empty() {
            return;
        }
        let mut message = Vec::new();
        if let Some(id) = id {
            number(1, id, &mut message);
        }
        let mut packed = Vec::new();
        tags.iter().for_each(|tag| varint(*tag, &mut packed));
        bytes(2, &packed, &mut message);
        number(3, kind, &mut message);
        bytes(4, &commands.out, &mut message);
        bytes(2, &message, &mut self.features);
    }

    /// The tile; no byte at all when it is empty, as the format allows.
    pub(super) fn finish(self) -> Bytes {
        if self.features.is_empty() {
            return Bytes::new();
        }
        let mut layer = Vec::with_capacity(self.bytes() + 64);
        number(15, 2, &mut layer);
        bytes(1, NAME.as_bytes(), &mut layer);
        layer.extend_from_slice(&self.features);
        KEYS.iter().for_each(|key| bytes(3, key.as_bytes(), &mut layer));
        layer.extend_from_slice(&self.encoded_values);
        number(5, EXTENT as u64, &mut layer);
        let mut tile = Vec::with_capacity(layer.len() + 8);
        bytes(3, &layer, &mut tile);
        tile.into()
    }
}

/// The drawing commands of a feature: moves relative to the last position.
#[derive(Default)]
struct Commands {
    out: Vec<u8>,
    at: [i64; 2],
}

impl Commands {
    const MOVE: u64 = 1;
    const LINE: u64 = 2;
    const CLOSE: u64 = 7;

    /// Draws a shape and gives the number of its kind.
    fn draw(&mut self, shape: &Geometry) -> u64 {
        match shape {
            Geometry::Point(point) => self.points(std::slice::from_ref(point)),
            Geometry::MultiPoint(points) => self.points(points),
            Geometry::LineString(line) => self.line(line),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.line(line)),
            Geometry::Polygon(rings) => rings.iter().for_each(|ring| self.ring(ring)),
            Geometry::MultiPolygon(polygons) => polygons.iter().flatten().for_each(|ring| self.ring(ring)),
            // Collections were taken apart when the shape was cut.
            Geometry::Collection(_) => {}
        }
        match shape {
            Geometry::Point(_) | Geometry::MultiPoint(_) => 1,
            Geometry::LineString(_) | Geometry::MultiLineString(_) => 2,
            _ => 3,
        }
    }

    fn command(&mut self, id: u64, count: usize) {
        varint((count as u64) << 3 | id, &mut self.out);
    }

    fn go(&mut self, position: &Position) {
        for (axis, side) in position.iter().enumerate() {
            let place = side.round() as i64;
            let step = place - self.at[axis];
            varint(((step << 1) ^ (step >> 63)) as u64, &mut self.out);
            self.at[axis] = place;
        }
    }

    fn points(&mut self, points: &[Position]) {
        if !points.is_empty() {
            self.command(Self::MOVE, points.len());
            points.iter().for_each(|point| self.go(point));
        }
    }

    fn line(&mut self, line: &[Position]) {
        if let [first, rest @ ..] = line
            && !rest.is_empty()
        {
            self.command(Self::MOVE, 1);
            self.go(first);
            self.command(Self::LINE, rest.len());
            rest.iter().for_each(|position| self.go(position));
        }
    }

    fn ring(&mut self, ring: &[Position]) {
        self.line(ring);
        self.command(Self::CLOSE, 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawing_is_that_of_the_specification() {
        let drawn = |shape: &Geometry| {
            let mut commands = Commands::default();
            let kind = commands.draw(shape);
            (kind, commands.out)
        };
        // The examples of the specification, section 4.3.5.
        assert_eq!(drawn(&Geometry::Point([25.0, 17.0])), (1, vec![9, 50, 34]));
        assert_eq!(drawn(&Geometry::MultiPoint(vec![[5.0, 7.0], [3.0, 2.0]])), (1, vec![17, 10, 14, 3, 9]));
        let line = Geometry::LineString(vec![[2.0, 2.0], [2.0, 10.0], [10.0, 10.0]]);
        assert_eq!(drawn(&line), (2, vec![9, 4, 4, 18, 0, 16, 16, 0]));
        let ring = Geometry::Polygon(vec![vec![[3.0, 6.0], [8.0, 12.0], [20.0, 34.0]]]);
        assert_eq!(drawn(&ring), (3, vec![9, 6, 12, 18, 10, 12, 24, 44, 15]));
    }

    #[test]
    fn an_empty_tile_has_no_byte() {
        assert!(Layer::new().finish().is_empty());
    }

    #[test]
    fn equal_values_are_written_once() {
        let mut layer = Layer::new();
        let point = Geometry::Point([1.0, 1.0]);
        layer.row(0, Some("école"), &point);
        let once = layer.encoded_values.len();
        layer.row(1, Some("école"), &point);
        assert_eq!(layer.encoded_values.len(), once + 4);
    }
}
