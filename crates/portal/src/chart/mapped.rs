//! A map without a background: the shapes of the rows on paper, with a scale bar. It works with no tile server and no
//! script; the interactive map replaces it where script runs.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::write::{Svg, unit};
use crate::i18n::Text;

/// The position of a row, in degrees, longitude first.
#[derive(Debug, Clone, PartialEq)]
pub enum Feature {
    /// A point.
    Point([f64; 2]),
    /// A line.
    Line(Vec<[f64; 2]>),
    /// The rings of a surface.
    Surface(Vec<Vec<[f64; 2]>>),
}

impl Feature {
    /// Reads a GeoJSON geometry into the shapes that are drawn; what isn't one gives none.
    pub fn from_geojson(geometry: &serde_json::Value) -> Vec<Self> {
        let Some(kind) = geometry.get("type").and_then(|kind| kind.as_str()) else {
            return Vec::new();
        };
        let coordinates = geometry.get("coordinates").unwrap_or(&serde_json::Value::Null);
        match kind {
            "Point" => point(coordinates).map(Self::Point).into_iter().collect(),
            "MultiPoint" => line(coordinates).into_iter().map(Self::Point).collect(),
            "LineString" => vec![Self::Line(line(coordinates))],
            "MultiLineString" => lines(coordinates).into_iter().map(Self::Line).collect(),
            "Polygon" => vec![Self::Surface(lines(coordinates))],
            "MultiPolygon" => items(coordinates).iter().map(|polygon| Self::Surface(lines(polygon))).collect(),
            _ => Vec::new(),
        }
    }

    fn positions(&self) -> Box<dyn Iterator<Item = &[f64; 2]> + '_> {
        match self {
            Self::Point(point) => Box::new(std::iter::once(point)),
            Self::Line(line) => Box::new(line.iter()),
            Self::Surface(rings) => Box::new(rings.iter().flatten()),
        }
    }
}

fn items(value: &serde_json::Value) -> &[serde_json::Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn point(value: &serde_json::Value) -> Option<[f64; 2]> {
    let (lon, lat) = (value.get(0)?.as_f64()?, value.get(1)?.as_f64()?);
    (lon.abs() <= 180.0 && lat.abs() <= 90.0).then_some([lon, lat])
}

fn line(value: &serde_json::Value) -> Vec<[f64; 2]> {
    items(value).iter().filter_map(point).collect()
}

fn lines(value: &serde_json::Value) -> Vec<Vec<[f64; 2]>> {
    items(value).iter().map(line).filter(|ring| !ring.is_empty()).collect()
}

/// Degrees to units: equirectangular around the middle latitude, true enough for a town or a country.
struct Projection {
    west: f64,
    north: f64,
    stretch: f64,
    factor: f64,
    dx: f64,
    dy: f64,
}

impl Projection {
    fn fit(features: &[Feature], width: f64, height: f64, margin: f64) -> Option<Self> {
        let (mut west, mut south, mut east, mut north) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
        for [lon, lat] in features.iter().flat_map(Feature::positions) {
            (west, east) = (west.min(*lon), east.max(*lon));
            (south, north) = (south.min(*lat), north.max(*lat));
        }
        (west <= east).then_some(())?;
        let stretch = ((south + north) / 2.0).to_radians().cos().max(0.05);
        // A single place still gets a frame of about a kilometre.
        let (spread_x, spread_y) = (((east - west) * stretch).max(0.01), (north - south).max(0.01));
        let factor = ((width - 2.0 * margin) / spread_x).min((height - 2.0 * margin) / spread_y);
        let dx = (width - (east - west) * stretch * factor) / 2.0;
        let dy = (height - (north - south) * factor) / 2.0;
        Some(Self { west, north, stretch, factor, dx, dy })
    }

    fn place(&self, [lon, lat]: [f64; 2]) -> (f64, f64) {
        (self.dx + (lon - self.west) * self.stretch * self.factor, self.dy + (self.north - lat) * self.factor)
    }

    /// Units of one kilometre.
    fn kilometre(&self) -> f64 {
        self.factor / 111.195
    }
}

/// How finely places are drawn: a card holds few bytes.
#[derive(Clone, Copy)]
struct Grain {
    /// Places of one shape nearer than this are one.
    step: f64,
    /// Dots in the same square of this side are one.
    square: f64,
    /// Dots at most.
    dots: usize,
}

const FINE: Grain = Grain { step: 1.0, square: 1.5, dots: 3_000 };
const COARSE: Grain = Grain { step: 3.0, square: 4.0, dots: 350 };

/// Draws the positions of rows. `text` adds the scale bar and the name; without it the picture is a decoration.
pub fn map_svg(features: &[Feature], width: f64, height: f64, named: Option<(&Text, &str)>) -> String {
    let margin = if named.is_some() { 24.0 } else { 8.0 };
    let mut svg = match named {
        Some((_, name)) => Svg::image("map-picture", width, height, name),
        None => Svg::decoration("map-picture", width, height),
    };
    let Some(projection) = Projection::fit(features, width, height, margin) else {
        return svg.finish();
    };
    let grain = if named.is_some() { FINE } else { COARSE };
    let (mut surfaces, mut paths) = (String::new(), String::new());
    for feature in features {
        match feature {
            Feature::Surface(rings) => {
                rings.iter().for_each(|ring| trace(&mut surfaces, &projection, ring, grain, true))
            }
            Feature::Line(line) => trace(&mut paths, &projection, line, grain, false),
            Feature::Point(_) => {}
        }
    }
    for (class, d) in [("shape", &surfaces), ("path", &paths)] {
        if !d.is_empty() {
            svg.path(class, d, "");
        }
    }
    let (dots, count) = dots(features, &projection, grain);
    if count > 0 {
        // One path of zero-length strokes with round ends: a tenth of the bytes of as many circles.
        svg.path(if named.is_some() && count < 200 { "dots dots-large" } else { "dots" }, &dots, "");
    }
    if let Some((text, _)) = named {
        scale_bar(&mut svg, &projection, height, text);
    }
    svg.finish()
}

/// The dots of points, and how many are left when those of one square are one.
fn dots(features: &[Feature], projection: &Projection, grain: Grain) -> (String, usize) {
    let mut squares = BTreeSet::new();
    let mut d = String::new();
    for feature in features {
        let Feature::Point(position) = feature else { continue };
        let (x, y) = projection.place(*position);
        if squares.len() < grain.dots && squares.insert(((x / grain.square) as i32, (y / grain.square) as i32)) {
            let _ = write!(d, "M{} {}h0", unit(x), unit(y));
        }
    }
    (d, squares.len())
}

/// Adds a line or ring to a path, leaving out places too near to the one before, and rings that are but a speck.
fn trace(d: &mut String, projection: &Projection, line: &[[f64; 2]], grain: Grain, close: bool) {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for position in line {
        let (x, y) = projection.place(*position);
        let near = kept.last().is_some_and(|(a, b)| (a - x).abs() < grain.step && (b - y).abs() < grain.step);
        if !near {
            kept.push((x, y));
        }
    }
    if kept.len() < 2 || (close && kept.len() < 3) {
        return;
    }
    for (place, (x, y)) in kept.iter().enumerate() {
        let _ = write!(d, "{}{} {}", if place == 0 { 'M' } else { 'L' }, unit(*x), unit(*y));
    }
    if close {
        d.push('Z');
    }
}

/// The longest of 1, 2, 5 × 10ⁿ metres that takes less than a fifth of the width.
fn scale_bar(svg: &mut Svg, projection: &Projection, height: f64, text: &Text) {
    let target = 130.0 / projection.kilometre();
    let power = 10_f64.powf(target.log10().floor());
    let length = [5.0, 2.0, 1.0].into_iter().map(|m| m * power).find(|length| *length <= target).unwrap_or(power);
    let label = if length >= 1.0 {
        text.with("distance-km", "n", &text.number(length, 0))
    } else {
        text.with("distance-m", "n", &text.number(length * 1000.0, 0))
    };
    let y = height - 14.0;
    svg.line("axis scale-bar", [14.0, y, 14.0 + length * projection.kilometre(), y]);
    svg.text("tick", 14.0, y - 6.0, "start", &label);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_of_geometry_is_read() {
        let polygon = json!([[[2.0, 43.0], [2.1, 43.0], [2.1, 43.1], [2.0, 43.0]]]);
        assert_eq!(
            Feature::from_geojson(&json!({"type": "Point", "coordinates": [2.0, 43.0]})),
            [Feature::Point([2.0, 43.0])]
        );
        assert_eq!(Feature::from_geojson(&json!({"type": "Polygon", "coordinates": polygon})).len(), 1);
        assert_eq!(Feature::from_geojson(&json!({"type": "MultiPolygon", "coordinates": [polygon, polygon]})).len(), 2);
        assert_eq!(Feature::from_geojson(&json!({"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]})).len(), 2);
    }

    #[test]
    fn what_is_no_geometry_draws_nothing() {
        for value in
            [json!(null), json!({"type": "Point"}), json!({"type": "Point", "coordinates": [1e9, 2]}), json!([1])]
        {
            assert_eq!(Feature::from_geojson(&value), []);
        }
        assert!(map_svg(&[], 100.0, 80.0, None).ends_with("</svg>"));
    }

    #[test]
    fn one_point_stands_in_the_middle() {
        let svg = map_svg(&[Feature::Point([1.95, 43.32])], 160.0, 100.0, None);
        assert!(svg.contains("M80 50h0"), "{svg}");
    }

    #[test]
    fn a_card_stays_small_whatever_the_number_of_rows() {
        let features: Vec<Feature> =
            (0..20_000_u32).map(|n| Feature::Point([f64::from(n % 141) / 100.0, f64::from(n % 149) / 100.0])).collect();
        let svg = map_svg(&features, 320.0, 120.0, None);
        assert!(svg.len() < 8_000, "{} bytes", svg.len());
    }

    #[test]
    fn a_named_map_has_a_scale() {
        let features = [Feature::Point([1.9, 43.3]), Feature::Point([2.0, 43.4])];
        let svg = map_svg(&features, 640.0, 400.0, Some((&Text::french(), "Arbres <de> la ville")));
        assert!(svg.contains("km</text>"), "{svg}");
        assert!(svg.contains("Arbres &lt;de&gt; la ville"));
    }
}
