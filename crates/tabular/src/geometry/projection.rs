//! From a source's coordinates to WGS 84.

use proj4rs::{Proj, transform::transform};

use super::{
    crs::{self, Definition},
    prj,
};

/// A way from a coordinate reference system to longitude and latitude on WGS 84. Cheap to clone, safe to share.
#[derive(Clone)]
pub struct Projection {
    label: String,
    way: Way,
}

#[derive(Clone)]
enum Way {
    /// Already longitude and latitude.
    Identity,
    /// Through PROJ's parameters.
    Proj(Box<(Proj, Proj)>),
}

const WGS84: &str = "+proj=longlat +datum=WGS84 +no_defs";
/// Rounding on the antimeridian and at the poles is not an error.
const TOLERANCE: f64 = 1e-6;

impl std::fmt::Debug for Projection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Projection").field("label", &self.label).finish_non_exhaustive()
    }
}

impl Projection {
    /// Longitude and latitude on WGS 84 as they are.
    #[must_use]
    pub fn wgs84() -> Self {
        Self { label: "EPSG:4326".to_owned(), way: Way::Identity }
    }

    /// The system of an EPSG code; `None` when it is not supported.
    ///
    /// Coordinates are taken easting (or longitude) first whatever the order that the register states, as GeoJSON,
    /// GeoPackage and Shapefile have them.
    #[must_use]
    pub fn from_epsg(epsg: u32) -> Option<Self> {
        let label = format!("EPSG:{epsg}");
        match crs::definition(epsg)? {
            Definition::Degrees => Some(Self { label, way: Way::Identity }),
            Definition::Proj(parameters) => Self::from_parameters(label, &parameters),
        }
    }

    /// The system so named: `EPSG:2154`, `urn:ogc:def:crs:EPSG::2154`, `urn:ogc:def:crs:OGC:1.3:CRS84`,
    /// `http://www.opengis.net/def/crs/EPSG/0/2154`; `None` when it is not supported.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let upper = name.trim().to_ascii_uppercase();
        if upper.ends_with("CRS84") || upper.ends_with("CRS84H") || upper == "WGS84" || upper == "WGS 84" {
            return Some(Self::wgs84());
        }
        let code = upper.rsplit([':', '/', '#']).next()?;
        Self::from_epsg(code.parse().ok()?)
    }

    /// The system that a `.prj` file or a GeoPackage definition describes in well-known text; `None` when it is not
    /// supported.
    #[must_use]
    pub fn from_wkt(text: &str) -> Option<Self> {
        match prj::understand(text)? {
            prj::Crs::Epsg(epsg) => Self::from_epsg(epsg),
            prj::Crs::Parameters { name, proj } => Self::from_parameters(name, &proj),
        }
    }

    /// The system that coordinates without one seem to be in, from where France lies in each: degrees, Lambert-93, a
    /// CC zone or extended Lambert II.
    #[must_use]
    pub fn guess(x: f64, y: f64) -> Option<Self> {
        /// First northing of the plane systems' false origins, in millions of metres, is the number of the CC zone.
        const FIRST_ZONE: u32 = 3942;
        if x.abs() <= 180.0 && y.abs() <= 90.0 {
            return Some(Self::wgs84());
        }
        if (0.0..1_250_000.0).contains(&x) && (6_000_000.0..7_200_000.0).contains(&y) {
            return Self::from_epsg(2154);
        }
        if (0.0..1_250_000.0).contains(&x) && (1_600_000.0..2_700_000.0).contains(&y) {
            return Self::from_epsg(27572);
        }
        let zone = (1..=9u32).find(|&zone| (y - f64::from(zone) * 1e6 - 200_000.0).abs() < 200_000.0)?;
        (1_100_000.0..2_400_000.0).contains(&x).then(|| Self::from_epsg(FIRST_ZONE - 1 + zone)).flatten()
    }

    fn from_parameters(label: String, parameters: &str) -> Option<Self> {
        let from = Proj::from_proj_string(parameters).ok()?;
        let to = Proj::from_proj_string(WGS84).ok()?;
        Some(Self { label, way: Way::Proj(Box::new((from, to))) })
    }

    /// `EPSG:2154`, or the name that the source gives to a system described by its parameters.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Whether coordinates are longitude and latitude on WGS 84 already.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        matches!(self.way, Way::Identity)
    }

    /// Longitude and latitude in degrees of a position; `None` when it is not finite or nowhere on earth.
    #[must_use]
    pub fn to_wgs84(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        if !(x.is_finite() && y.is_finite()) {
            return None;
        }
        let (longitude, latitude) = match &self.way {
            Way::Identity => (x, y),
            Way::Proj(pair) => through(&pair.0, &pair.1, x, y)?,
        };
        let on_earth = longitude.abs() <= 180.0 + TOLERANCE && latitude.abs() <= 90.0 + TOLERANCE;
        on_earth.then_some((longitude.clamp(-180.0, 180.0), latitude.clamp(-90.0, 90.0)))
    }
}

fn through(from: &Proj, to: &Proj, x: f64, y: f64) -> Option<(f64, f64)> {
    let mut point = if from.is_latlong() { (x.to_radians(), y.to_radians(), 0.0) } else { (x, y, 0.0) };
    transform(from, to, &mut point).ok()?;
    let (longitude, latitude) = (point.0.to_degrees(), point.1.to_degrees());
    (longitude.is_finite() && latitude.is_finite()).then_some((longitude, latitude))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Code, easting, northing, and the longitude and latitude that PROJ 9 gives.
    const KNOWN: [(u32, f64, f64, f64, f64); 19] = [
        (2154, 770_224.198_739, 6_279_000.0, 3.869_560_796, 43.606_572_989),
        (9794, 652_381.0, 6_862_047.0, 2.350_999_077, 48.856_699_082),
        (3942, 1_700_000.0, 1_200_100.0, 3.0, 42.000_900_383),
        (3943, 1_770_000.0, 2_270_000.0, 3.867_371_121, 43.626_857_988),
        (3948, 1_650_000.0, 7_240_000.0, 2.325_254_774, 48.357_792_829),
        (3950, 1_700_000.0, 9_270_000.0, 3.0, 50.629_338_874),
        (32631, 448_251.0, 5_411_932.0, 2.294_489_245, 48.858_193_838),
        (25831, 448_251.0, 5_411_932.0, 2.294_489_245, 48.858_193_839),
        (32620, 650_000.0, 1_790_000.0, -61.596_835_543, 16.185_801_948),
        (2972, 350_000.0, 540_000.0, -52.352_767_047, 4.884_066_583),
        (2975, 338_000.0, 7_690_000.0, 55.442_593_827, -20.883_144_691),
        (4471, 520_000.0, 8_585_000.0, 45.184_284_563, -12.799_766_964),
        (5490, 650_000.0, 1_790_000.0, -61.596_835_543, 16.185_801_949),
        (3163, 447_000.0, 214_000.0, 166.456_047_356, -22.276_111_451),
        (27572, 600_000.0, 2_428_000.0, 2.336_505_663, 48.850_346_593),
        (27563, 720_000.0, 145_000.0, 3.822_844_128, 43.595_190_967),
        (3857, 430_000.0, 5_400_000.0, 3.862_755_722, 43.575_609_822),
        (27561, 600_000.0, 128_000.0, 2.336_505_632, 48.852_460_666),
        (4467, 550_000.0, 5_180_000.0, -56.345_110_334, 46.771_675_906),
    ];

    #[test]
    fn positions_agree_with_proj_within_a_centimetre() {
        for (epsg, x, y, longitude, latitude) in KNOWN {
            let (lon, lat) = Projection::from_epsg(epsg).unwrap().to_wgs84(x, y).unwrap();
            assert!((lon - longitude).abs() < 1e-7 && (lat - latitude).abs() < 1e-7, "{epsg}: {lon} {lat}");
        }
    }

    #[test]
    fn every_supported_code_can_be_made() {
        let codes = [2969, 2970, 2971, 2973, 2980, 3312, 3313, 3296, 3298, 4559, 3034, 3035, 4275, 4807, 4230, 23031];
        for epsg in codes.into_iter().chain(3942..=3950).chain(9822..=9830).chain(27571..=27574).chain(32601..=32660) {
            assert!(Projection::from_epsg(epsg).is_some(), "{epsg}");
        }
        assert!(Projection::from_epsg(5).is_none());
    }

    #[test]
    fn degrees_are_left_as_they_are() {
        for name in ["EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4171", "EPSG:4258"] {
            let projection = Projection::from_name(name).unwrap();
            assert!(projection.is_identity());
            assert_eq!(projection.to_wgs84(3.87, 43.61), Some((3.87, 43.61)));
        }
    }

    #[test]
    fn names_of_all_forms_are_understood() {
        let names = ["urn:ogc:def:crs:EPSG::2154", "EPSG:2154", "http://www.opengis.net/def/crs/EPSG/0/2154"];
        for name in names {
            assert_eq!(Projection::from_name(name).unwrap().label(), "EPSG:2154");
        }
        assert!(Projection::from_name("urn:ogc:def:crs:EPSG::").is_none());
    }

    #[test]
    fn nowhere_on_earth_is_nothing() {
        assert_eq!(Projection::wgs84().to_wgs84(770_000.0, 6_279_000.0), None);
        assert_eq!(Projection::wgs84().to_wgs84(f64::NAN, 43.0), None);
        assert_eq!(Projection::from_epsg(2154).unwrap().to_wgs84(f64::INFINITY, 0.0), None);
    }

    #[test]
    fn plane_coordinates_betray_their_system() {
        let label = |x, y| Projection::guess(x, y).map(|projection| projection.label().to_owned());
        assert_eq!(label(3.87, 43.61).as_deref(), Some("EPSG:4326"));
        assert_eq!(label(770_224.0, 6_279_000.0).as_deref(), Some("EPSG:2154"));
        assert_eq!(label(1_770_000.0, 2_270_000.0).as_deref(), Some("EPSG:3943"));
        assert_eq!(label(1_650_000.0, 9_240_000.0).as_deref(), Some("EPSG:3950"));
        assert_eq!(label(600_000.0, 2_428_000.0).as_deref(), Some("EPSG:27572"));
        assert_eq!(label(-5e7, 1.0), None);
    }
}
