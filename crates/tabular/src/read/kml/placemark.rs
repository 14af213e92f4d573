//! One placemark: its name, its data, its geometry.

use super::{
    coordinates,
    events::{Events, Step},
};
use crate::{
    error::Result,
    geometry::{Geometry, wkb::Position},
};

/// A geometry, or why it is none.
type GeometryRead = std::result::Result<Geometry, &'static str>;

#[derive(Debug, Default)]
pub(super) struct Placemark {
    pub name: Option<String>,
    pub description: Option<String>,
    /// Names and texts of its data.
    pub data: Vec<(String, String)>,
    pub geometry: Option<GeometryRead>,
}

/// Elements of a placemark whose text is a column.
const TEXTS: [&str; 6] = ["address", "phoneNumber", "when", "begin", "end", "link"];

/// The next placemark of the document.
pub(super) fn next(events: &mut Events) -> Result<Option<Placemark>> {
    loop {
        match events.next()? {
            Step::Start(name, _) if name == "Placemark" => return read(events).map(Some),
            Step::Eof => return Ok(None),
            _ => {}
        }
    }
}

fn read(events: &mut Events) -> Result<Placemark> {
    let mut placemark = Placemark::default();
    loop {
        match events.next()? {
            Step::Start(name, attribute) => placemark.member(events, &name, attribute)?,
            Step::End(_) | Step::Eof => return Ok(placemark),
            Step::Text(_) => {}
        }
    }
}

impl Placemark {
    fn member(&mut self, events: &mut Events, name: &str, attribute: Option<String>) -> Result<()> {
        match name {
            "name" => self.name = Some(text(events)?).filter(|text| !text.is_empty()),
            "description" => self.description = Some(text(events)?).filter(|text| !text.is_empty()),
            // Containers: their members are read as those of the placemark.
            "ExtendedData" | "SchemaData" | "TimeStamp" | "TimeSpan" => self.members(events)?,
            "Data" => {
                let value = value(events)?;
                self.data.push((attribute.unwrap_or_default(), value));
            }
            "SimpleData" => {
                let value = text(events)?;
                self.data.push((attribute.unwrap_or_default(), value));
            }
            name if TEXTS.contains(&name) => {
                let value = text(events)?;
                self.data.push((name.to_owned(), value));
            }
            name if is_geometry(name) => self.geometry = Some(geometry(events, name)?),
            _ => skip(events)?,
        }
        Ok(())
    }

    fn members(&mut self, events: &mut Events) -> Result<()> {
        loop {
            match events.next()? {
                Step::Start(name, attribute) => self.member(events, &name, attribute)?,
                Step::End(_) | Step::Eof => return Ok(()),
                Step::Text(_) => {}
            }
        }
    }
}

/// Passes over the element that has started.
fn skip(events: &mut Events) -> Result<()> {
    let mut depth = 1;
    while depth > 0 {
        match events.next()? {
            Step::Start(..) => depth += 1,
            Step::End(_) => depth -= 1,
            Step::Eof => return Ok(()),
            Step::Text(_) => {}
        }
    }
    Ok(())
}

/// The text of the element that has started, with that of the elements in it.
fn text(events: &mut Events) -> Result<String> {
    let mut out = String::new();
    let mut depth = 1;
    while depth > 0 {
        match events.next()? {
            Step::Start(..) => depth += 1,
            Step::End(_) => depth -= 1,
            Step::Text(text) => out.push_str(&text),
            Step::Eof => break,
        }
    }
    Ok(out.trim().to_owned())
}

/// The `value` of a `Data` element.
fn value(events: &mut Events) -> Result<String> {
    let mut found = String::new();
    loop {
        match events.next()? {
            Step::Start(name, _) if name == "value" => found = text(events)?,
            Step::Start(..) => skip(events)?,
            Step::End(_) | Step::Eof => return Ok(found),
            Step::Text(_) => {}
        }
    }
}

fn is_geometry(name: &str) -> bool {
    matches!(name, "Point" | "LineString" | "LinearRing" | "Polygon" | "MultiGeometry" | "Track" | "MultiTrack")
}

const BAD_COORDINATES: &str = "coordinates that are not pairs of numbers";

/// What is gathered inside a geometry's element.
#[derive(Default)]
struct Gathered {
    positions: Vec<Position>,
    rings: Vec<Vec<Position>>,
    parts: Vec<Geometry>,
    fault: Option<&'static str>,
}

fn geometry(events: &mut Events, kind: &str) -> Result<GeometryRead> {
    let mut gathered = Gathered::default();
    gather(events, &mut gathered)?;
    if let Some(fault) = gathered.fault {
        return Ok(Err(fault));
    }
    Ok(Ok(match kind {
        "Point" => gathered.positions.first().map_or(Geometry::Point([f64::NAN; 2]), |first| Geometry::Point(*first)),
        "LineString" | "LinearRing" | "Track" => line(gathered.positions),
        "Polygon" => Geometry::Polygon(gathered.rings),
        _ => collect(gathered.parts),
    }))
}

/// A track of one position is a point.
fn line(positions: Vec<Position>) -> Geometry {
    match positions.as_slice() {
        [only] => Geometry::Point(*only),
        _ => Geometry::LineString(positions),
    }
}

/// Reads up to the end of the element that has started. Depth is bounded by the events.
fn gather(events: &mut Events, gathered: &mut Gathered) -> Result<()> {
    loop {
        match events.next()? {
            Step::Start(name, _) => match name.as_str() {
                "coordinates" => match coordinates::positions(&text(events)?) {
                    Some(positions) => gathered.positions = positions,
                    None => gathered.fault = Some(BAD_COORDINATES),
                },
                "coord" => match coordinates::track_position(&text(events)?) {
                    Some(position) => gathered.positions.push(position),
                    None => gathered.fault = Some(BAD_COORDINATES),
                },
                "outerBoundaryIs" | "innerBoundaryIs" => boundary(events, gathered, name == "outerBoundaryIs")?,
                name if is_geometry(name) => match geometry(events, name)? {
                    Ok(part) => gathered.parts.push(part),
                    Err(fault) => gathered.fault = Some(fault),
                },
                _ => skip(events)?,
            },
            Step::End(_) | Step::Eof => return Ok(()),
            Step::Text(_) => {}
        }
    }
}

/// The rings of a polygon's boundary: the outer one first, whatever the order of the file.
fn boundary(events: &mut Events, gathered: &mut Gathered, is_outer: bool) -> Result<()> {
    let mut inside = Gathered::default();
    gather(events, &mut inside)?;
    gathered.fault = gathered.fault.or(inside.fault);
    for part in inside.parts {
        if let Geometry::LineString(ring) = part {
            let at = if is_outer { 0 } else { gathered.rings.len() };
            gathered.rings.insert(at, ring);
        }
    }
    Ok(())
}

/// Parts of one kind are a multi-geometry of that kind.
fn collect(parts: Vec<Geometry>) -> Geometry {
    let kinds = |kind: &str| parts.iter().all(|part| part.kind() == kind);
    if parts.is_empty() || !(kinds("Point") || kinds("LineString") || kinds("Polygon")) {
        return Geometry::Collection(parts);
    }
    let (mut points, mut lines, mut polygons) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        match part {
            Geometry::Point(position) => points.push(position),
            Geometry::LineString(line) => lines.push(line),
            Geometry::Polygon(rings) => polygons.push(rings),
            _ => {}
        }
    }
    if !points.is_empty() {
        Geometry::MultiPoint(points)
    } else if !lines.is_empty() {
        Geometry::MultiLineString(lines)
    } else {
        Geometry::MultiPolygon(polygons)
    }
}
