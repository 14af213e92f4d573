//! The legal projections of French territories, both ways: what `x` and `y` of an address mean.
//!
//! All lie on the ellipsoid GRS 80, whose longitudes and latitudes are WGS 84's to within a metre. The formulas are those
//! of the IGN's technical notes NT/G 71 and 76: a conformal cone for Lambert-93, a transverse Mercator for UTM, by its
//! series to the fourth order, which is right to the millimetre within a zone.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};
use std::sync::LazyLock;

use crate::{place::Position, territory::territory};

/// Greater half-axis of GRS 80, in metres.
const AXIS: f64 = 6_378_137.0;
/// Flattening of GRS 80.
const FLATTENING: f64 = 1.0 / 298.257_222_101;

/// A projection: metres east and north of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Projection {
    /// RGF93 / Lambert-93, EPSG:2154.
    Lambert93,
    /// UTM of a zone, 1 to 60.
    Utm {
        /// The zone.
        zone: u8,
        /// South of the equator: northings count from 10 000 km south.
        south: bool,
    },
}

impl Projection {
    /// The projection of an EPSG code, if it is one of those of French law.
    #[must_use]
    pub fn of_epsg(code: u16) -> Option<Projection> {
        Some(match code {
            2154 => Projection::Lambert93,
            // RGAF09 and, of old, WGS 84 and RRAF 1991 in the Antilles.
            5490 | 32620 | 4559 => Projection::Utm { zone: 20, south: false },
            2972 => Projection::Utm { zone: 22, south: false },
            2975 => Projection::Utm { zone: 40, south: true },
            4471 => Projection::Utm { zone: 38, south: true },
            4467 => Projection::Utm { zone: 21, south: false },
            _ => return None,
        })
    }

    /// The legal projection where a commune lies, by its INSEE code.
    #[must_use]
    pub fn of_city(city_code: &str) -> Option<Projection> {
        territory(city_code)?.projection.and_then(Projection::of_epsg)
    }

    /// Metres east and north; `None` far out of where the projection is used.
    #[must_use]
    pub fn forward(self, position: Position) -> Option<(f64, f64)> {
        let (x, y) = match self {
            Projection::Lambert93 if position.lat > -60.0 => LAMBERT.forward(position),
            Projection::Utm { zone, south } if (position.lon - meridian(zone)).abs() < 30.0 => {
                utm(position, zone, south)
            }
            _ => return None,
        };
        (x.is_finite() && y.is_finite()).then_some((x, y))
    }

    /// The position of these metres east and north; `None` when they are none of this projection's.
    #[must_use]
    pub fn inverse(self, x: f64, y: f64) -> Option<Position> {
        if !(x.abs() < 1e8 && y.abs() < 1e8) {
            return None;
        }
        let position = match self {
            Projection::Lambert93 => LAMBERT.inverse(x, y),
            Projection::Utm { zone, south } => from_utm(x, y, zone, south),
        };
        Position::new(position.lon, position.lat)
    }
}

/// Metres east and north of a position in the projection that the law sets for its commune, to the centimetre.
#[must_use]
pub fn projected(city_code: &str, position: Position) -> Option<(f64, f64)> {
    let (x, y) = Projection::of_city(city_code)?.forward(position)?;
    Some(((x * 100.0).round() / 100.0, (y * 100.0).round() / 100.0))
}

fn eccentricity() -> f64 {
    (FLATTENING * (2.0 - FLATTENING)).sqrt()
}

/// Isometric latitude.
fn isometric(lat: f64) -> f64 {
    let e = eccentricity();
    (FRAC_PI_4 + lat / 2.0).tan().ln() - e * (e * lat.sin()).atanh()
}

/// Latitude of an isometric latitude, by fixed point: it gains two figures and more a turn.
fn latitude(isometric: f64) -> f64 {
    let e = eccentricity();
    let mut lat = 2.0 * isometric.exp().atan() - FRAC_PI_2;
    for _ in 0..7 {
        lat = 2.0 * (isometric + e * (e * lat.sin()).atanh()).exp().atan() - FRAC_PI_2;
    }
    lat
}

/// The cone of Lambert-93.
struct Cone {
    /// Exponent of the projection.
    n: f64,
    /// Constant of the projection, in metres.
    c: f64,
    /// Northing of the pole, in metres.
    pole: f64,
}

const CENTRAL_MERIDIAN: f64 = 3.0;
const FALSE_EASTING: f64 = 700_000.0;
const FALSE_NORTHING: f64 = 6_600_000.0;

static LAMBERT: LazyLock<Cone> = LazyLock::new(|| {
    let (origin, south, north) = (46.5f64.to_radians(), 44f64.to_radians(), 49f64.to_radians());
    // Radius of a parallel of the ellipsoid.
    let radius = |lat: f64| AXIS * lat.cos() / (1.0 - (eccentricity() * lat.sin()).powi(2)).sqrt();
    let n = (radius(north) / radius(south)).ln() / (isometric(south) - isometric(north));
    let c = radius(south) / n * (n * isometric(south)).exp();
    Cone { n, c, pole: FALSE_NORTHING + c * (-n * isometric(origin)).exp() }
});

impl Cone {
    fn forward(&self, position: Position) -> (f64, f64) {
        let radius = self.c * (-self.n * isometric(position.lat.to_radians())).exp();
        let angle = self.n * (position.lon - CENTRAL_MERIDIAN).to_radians();
        (FALSE_EASTING + radius * angle.sin(), self.pole - radius * angle.cos())
    }

    fn inverse(&self, x: f64, y: f64) -> Position {
        let (east, south) = (x - FALSE_EASTING, self.pole - y);
        let isometric = -(east.hypot(south) / self.c).ln() / self.n;
        let lon = CENTRAL_MERIDIAN + (east.atan2(south) / self.n).to_degrees();
        Position { lon, lat: latitude(isometric).to_degrees() }
    }
}

/// Scale on the central meridian of a UTM zone.
const UTM_SCALE: f64 = 0.9996;
const UTM_EASTING: f64 = 500_000.0;

fn meridian(zone: u8) -> f64 {
    f64::from(zone) * 6.0 - 183.0
}

/// Krüger's series: third flattening, radius of the rectifying sphere, coefficients there and back.
struct Series {
    radius: f64,
    there: [f64; 4],
    back: [f64; 4],
}

static SERIES: LazyLock<Series> = LazyLock::new(|| {
    let n = FLATTENING / (2.0 - FLATTENING);
    let (n2, n3, n4) = (n.powi(2), n.powi(3), n.powi(4));
    Series {
        radius: AXIS / (1.0 + n) * (1.0 + n2 / 4.0 + n4 / 64.0),
        there: [
            n / 2.0 - 2.0 / 3.0 * n2 + 5.0 / 16.0 * n3 + 41.0 / 180.0 * n4,
            13.0 / 48.0 * n2 - 3.0 / 5.0 * n3 + 557.0 / 1440.0 * n4,
            61.0 / 240.0 * n3 - 103.0 / 140.0 * n4,
            49_561.0 / 161_280.0 * n4,
        ],
        back: [
            n / 2.0 - 2.0 / 3.0 * n2 + 37.0 / 96.0 * n3 - 1.0 / 360.0 * n4,
            1.0 / 48.0 * n2 + 1.0 / 15.0 * n3 - 437.0 / 1440.0 * n4,
            17.0 / 480.0 * n3 - 37.0 / 840.0 * n4,
            4397.0 / 161_280.0 * n4,
        ],
    }
});

/// The sum of a series of sines of an angle of the complex plane: real part, imaginary part.
fn sum(coefficients: &[f64; 4], real: f64, imaginary: f64) -> (f64, f64) {
    coefficients.iter().zip(1u8..).fold((0.0, 0.0), |(sin, cos), (coefficient, order)| {
        let order = 2.0 * f64::from(order);
        let (a, b) = (order * real, order * imaginary);
        (sin + coefficient * a.sin() * b.cosh(), cos + coefficient * a.cos() * b.sinh())
    })
}

fn utm(position: Position, zone: u8, south: bool) -> (f64, f64) {
    let lon = (position.lon - meridian(zone)).to_radians();
    // Tangent of the conformal latitude.
    let t = isometric(position.lat.to_radians()).sinh();
    let (real, imaginary) = (t.atan2(lon.cos()), (lon.sin() / t.hypot(lon.cos())).asinh());
    let (north, east) = sum(&SERIES.there, real, imaginary);
    let scale = UTM_SCALE * SERIES.radius;
    (UTM_EASTING + scale * (imaginary + east), false_northing(south) + scale * (real + north))
}

fn from_utm(x: f64, y: f64, zone: u8, south: bool) -> Position {
    let scale = UTM_SCALE * SERIES.radius;
    let (real, imaginary) = ((y - false_northing(south)) / scale, (x - UTM_EASTING) / scale);
    let (north, east) = sum(&SERIES.back, real, imaginary);
    let (real, imaginary) = (real - north, imaginary - east);
    let conformal = (real.sin() / imaginary.cosh()).asin();
    let lon = meridian(zone) + imaginary.sinh().atan2(real.cos()).to_degrees();
    Position { lon, lat: latitude(conformal.tan().asinh()).to_degrees() }
}

fn false_northing(south: bool) -> f64 {
    if south { 10_000_000.0 } else { 0.0 }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lambert_93_agrees_with_the_national_file() {
        // Number 1 of a street of Bondy, as the national address base projects it.
        let (x, y) = projected("93010", Position { lon: 2.488_881, lat: 48.893_494 }).unwrap();
        assert!((x - 662_524.1).abs() < 0.1 && (y - 6_866_064.08).abs() < 0.1, "{x} {y}");
    }

    #[test]
    fn every_territory_agrees_with_another_implementation() {
        for (city, proj, lon, lat) in [
            (
                "34172",
                "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80",
                3.87,
                43.6,
            ),
            (
                "2A004",
                "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80",
                8.73,
                41.92,
            ),
            ("97120", "+proj=utm +zone=20 +ellps=GRS80", -61.53, 16.24),
            ("97302", "+proj=utm +zone=22 +ellps=GRS80", -52.33, 4.93),
            ("97411", "+proj=utm +zone=40 +south +ellps=GRS80", 55.45, -20.88),
            ("97611", "+proj=utm +zone=38 +south +ellps=GRS80", 45.23, -12.78),
            ("97502", "+proj=utm +zone=21 +ellps=GRS80", -56.17, 46.78),
        ] {
            let from = proj4rs::Proj::from_proj_string("+proj=longlat +ellps=GRS80").unwrap();
            let to = proj4rs::Proj::from_proj_string(proj).unwrap();
            let mut point = (f64::to_radians(lon), f64::to_radians(lat), 0.0);
            proj4rs::transform::transform(&from, &to, &mut point).unwrap();
            let (x, y) = Projection::of_city(city).unwrap().forward(Position { lon, lat }).unwrap();
            assert!((x - point.0).abs() < 0.002 && (y - point.1).abs() < 0.002, "{city}: {x} {y}, not {point:?}");
        }
    }

    #[test]
    fn where_no_law_sets_a_projection_there_is_none() {
        assert!(projected("98735", Position { lon: -149.5, lat: -17.5 }).is_none());
        assert!(projected("", Position { lon: 0.0, lat: 0.0 }).is_none());
        assert!(Projection::Lambert93.inverse(f64::NAN, 0.0).is_none());
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_place(lon in -5.0..10.0f64, lat in 41.0..51.5f64) {
            let place = Position { lon, lat };
            let (x, y) = Projection::Lambert93.forward(place).unwrap();
            let back = Projection::Lambert93.inverse(x, y).unwrap();
            prop_assert!(back.distance(place) < 0.001);
        }

        #[test]
        fn there_and_back_is_the_same_place_in_a_zone(lon in 54.0..60.0f64, lat in -22.0..-20.0f64) {
            let projection = Projection::Utm { zone: 40, south: true };
            let place = Position { lon, lat };
            let (x, y) = projection.forward(place).unwrap();
            prop_assert!(projection.inverse(x, y).unwrap().distance(place) < 0.001);
        }

        #[test]
        fn no_coordinates_panic(x: f64, y: f64, zone in 1u8..60, south: bool) {
            let _ = Projection::Utm { zone, south }.inverse(x, y);
            let _ = Projection::Lambert93.inverse(x, y);
        }
    }
}
