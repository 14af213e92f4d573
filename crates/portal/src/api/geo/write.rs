//! JSON, written as it goes.

use geography::{Bbox, MultiPolygon, Point};
use std::io::Write as _;

/// An object being written.
pub struct Object<'a> {
    out: &'a mut Vec<u8>,
    empty: bool,
}

impl<'a> Object<'a> {
    pub fn open(out: &'a mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, empty: true }
    }

    pub fn close(self) {
        self.out.push(b'}');
    }

    /// A member whose value is already JSON.
    pub fn member(&mut self, name: &str, value: impl FnOnce(&mut Vec<u8>)) {
        if !self.empty {
            self.out.push(b',');
        }
        self.empty = false;
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        value(self.out);
    }

    pub fn text(&mut self, name: &str, value: &str) {
        self.member(name, |out| text(value, out));
    }

    pub fn known_text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    pub fn number(&mut self, name: &str, value: f64) {
        self.member(name, |out| number(value, out));
    }

    pub fn known_number(&mut self, name: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.number(name, value);
        }
    }

    pub fn list(&mut self, name: &str, values: impl Iterator<Item = &'static str>) {
        self.member(name, |out| {
            out.push(b'[');
            for (n, value) in values.enumerate() {
                if n > 0 {
                    out.push(b',');
                }
                text(value, out);
            }
            out.push(b']');
        });
    }
}

fn text(value: &str, out: &mut Vec<u8>) {
    // Writing to a vector doesn't fail.
    let _ = serde_json::to_writer(out, value);
}

fn number(value: f64, out: &mut Vec<u8>) {
    let _ = write!(out, "{value}");
}

/// A text between quotes.
pub fn quoted(value: &str) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

pub fn point(point: Option<Point>, out: &mut Vec<u8>) -> bool {
    let Some(Point { lon, lat }) = point else { return false };
    let _ = write!(out, "{{\"type\":\"Point\",\"coordinates\":[{lon},{lat}]}}");
    true
}

pub fn rectangle(bbox: Option<Bbox>, out: &mut Vec<u8>) -> bool {
    let Some(Bbox { west, south, east, north }) = bbox else { return false };
    let _ = write!(
        out,
        "{{\"type\":\"Polygon\",\"coordinates\":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}"
    );
    true
}

/// A polygon, or several.
pub fn outline(outline: &MultiPolygon, out: &mut Vec<u8>) -> bool {
    match outline.0.as_slice() {
        [] => return false,
        [only] => {
            out.extend_from_slice(b"{\"type\":\"Polygon\",\"coordinates\":");
            polygon(only, out);
        }
        several => {
            out.extend_from_slice(b"{\"type\":\"MultiPolygon\",\"coordinates\":");
            array(several, out, |one, out| polygon(one, out));
        }
    }
    out.push(b'}');
    true
}

fn polygon(rings: &[Vec<[i32; 2]>], out: &mut Vec<u8>) {
    array(rings, out, |ring, out| {
        array(ring, out, |[x, y], out| {
            out.push(b'[');
            degrees(*x, out);
            out.push(b',');
            degrees(*y, out);
            out.push(b']');
        });
    });
}

fn array<T>(items: &[T], out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    out.push(b'[');
    for (n, item) in items.iter().enumerate() {
        if n > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(b']');
}

/// Hundred-thousandths of a degree as degrees, without zeros at the end.
fn degrees(units: i32, out: &mut Vec<u8>) {
    if units < 0 {
        out.push(b'-');
    }
    let (whole, mut part) = (units.unsigned_abs() / 100_000, units.unsigned_abs() % 100_000);
    out.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes());
    if part > 0 {
        out.push(b'.');
        let mut unit = 10_000;
        while part > 0 {
            out.push(b'0' + u8::try_from(part / unit).unwrap_or(0));
            part %= unit;
            unit /= 10;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_written_as_short_as_they_can_be() {
        let written = |units: i32| {
            let mut out = Vec::new();
            degrees(units, &mut out);
            String::from_utf8(out).unwrap_or_default()
        };
        for (units, text) in [(0, "0"), (200_000, "2"), (-155_370, "-1.5537"), (5, "0.00005"), (-1, "-0.00001")] {
            assert_eq!(written(units), text);
        }
    }
}
