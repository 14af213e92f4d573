//! The coordinate reference systems of French data, as PROJ parameters.
//!
//! Systems on RGF93, ETRS89 or the overseas geodetic networks are taken as WGS 84 (they agree within a metre, as
//! PROJ's own default does); older datums carry their three-parameter shift.

use std::borrow::Cow;

const GRS80: &str = "+ellps=GRS80 +units=m +no_defs";
const NTF: &str = "+ellps=clrk80ign +towgs84=-168,-60,320 +pm=paris +units=m +no_defs";

/// What a supported EPSG code stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Definition {
    /// Longitude and latitude in degrees on WGS 84 or a system that agrees with it.
    Degrees,
    /// PROJ parameters.
    Proj(Cow<'static, str>),
}

/// The definition of an EPSG code; `None` when it is not supported.
pub(super) fn definition(epsg: u32) -> Option<Definition> {
    if is_geographic(epsg) {
        return Some(Definition::Degrees);
    }
    lambert(epsg).or_else(|| utm(epsg)).or_else(|| other(epsg)).map(Definition::Proj)
}

/// WGS 84, CRS84, ETRS89, RGF93 (v1, v2, v2b; 2D and 3D), and the networks overseas.
fn is_geographic(epsg: u32) -> bool {
    matches!(
        epsg,
        4326 | 4979 | 4258 | 4937 | 4171 | 4965 | 9777 | 9776 | 9782 | 9781 // mainland
            | 4558 | 5489 | 5488 | 4557 // Antilles
            | 4624 | 4967 | 4627 | 4971 | 4470 | 4469 | 4463 | 4466 | 4749 | 4908 | 4687 | 4999
    )
}

fn lambert(epsg: u32) -> Option<Cow<'static, str>> {
    Some(match epsg {
        2154 | 9793 | 9794 => {
            format!("+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 {GRS80}").into()
        }
        3942..=3950 => conique_conforme(epsg - 3900),
        9822..=9830 => conique_conforme(epsg - 9780),
        9842..=9850 => conique_conforme(epsg - 9800),
        27561 => ntf_lambert(49.5, 0.999_877_341, 600_000.0, 200_000.0),
        27562 => ntf_lambert(46.8, 0.999_877_42, 600_000.0, 200_000.0),
        27563 => ntf_lambert(44.1, 0.999_877_499, 600_000.0, 200_000.0),
        27564 => ntf_lambert(42.165, 0.999_944_71, 234.358, 185_861.369),
        27571 | 27581 => ntf_lambert(49.5, 0.999_877_341, 600_000.0, 1_200_000.0),
        27572 | 27582 => ntf_lambert(46.8, 0.999_877_42, 600_000.0, 2_200_000.0),
        27573 | 27583 => ntf_lambert(44.1, 0.999_877_499, 600_000.0, 3_200_000.0),
        27574 | 27584 => ntf_lambert(42.165, 0.999_944_71, 234.358, 4_185_861.369),
        _ => return None,
    })
}

/// One of the nine conic zones, named by the degree of their central parallel (42 to 50).
fn conique_conforme(parallel: u32) -> Cow<'static, str> {
    let latitude = f64::from(parallel);
    let northing = (parallel - 41) * 1_000_000 + 200_000;
    let (south, north) = (latitude - 0.75, latitude + 0.75);
    format!("+proj=lcc +lat_0={latitude} +lon_0=3 +lat_1={south} +lat_2={north} +x_0=1700000 +y_0={northing} {GRS80}")
        .into()
}

fn ntf_lambert(latitude: f64, scale: f64, easting: f64, northing: f64) -> Cow<'static, str> {
    format!("+proj=lcc +lat_1={latitude} +lat_0={latitude} +lon_0=0 +k_0={scale} +x_0={easting} +y_0={northing} {NTF}")
        .into()
}

fn utm(epsg: u32) -> Option<Cow<'static, str>> {
    let international =
        |zone: u32, shift: &str| format!("+proj=utm +zone={zone} +ellps=intl +towgs84={shift} +units=m");
    let modern = |zone: u32| format!("+proj=utm +zone={zone} {GRS80}");
    let modern_south = |zone: u32| format!("+proj=utm +zone={zone} +south {GRS80}");
    Some(Cow::Owned(match epsg {
        32601..=32660 => format!("+proj=utm +zone={} +datum=WGS84 +units=m +no_defs", epsg - 32600),
        32701..=32760 => format!("+proj=utm +zone={} +south +datum=WGS84 +units=m +no_defs", epsg - 32700),
        25828..=25838 => modern(epsg - 25800),
        23028..=23038 => international(epsg - 23000, "-87,-98,-121"),
        2969 => international(20, "137,248,-430"),
        2970 => international(20, "-467,-16,-300"),
        2971 => international(22, "-186,230,110"),
        3312 => international(21, "-186,230,110"),
        2972 => modern(22),
        3313 => modern(21),
        2973 => international(20, "186,482,151"),
        2975 => modern_south(40),
        2980 => "+proj=utm +zone=38 +south +ellps=intl +towgs84=-382,-59,-262 +units=m".to_owned(),
        4471 => modern_south(38),
        4467 => modern(21),
        4559 | 5490 => modern(20),
        3296..=3298 => modern_south(epsg - 3291),
        _ => return None,
    }))
}

fn other(epsg: u32) -> Option<Cow<'static, str>> {
    Some(match epsg {
        3857 | 900_913 | 102_100 | 3785 => "+proj=merc +a=6378137 +b=6378137 +units=m +no_defs".into(),
        3163 => concat!(
            "+proj=lcc +lat_0=-21.5 +lon_0=166 +lat_1=-20.66666666666667 +lat_2=-22.33333333333333",
            " +x_0=400000 +y_0=300000 +ellps=GRS80 +units=m +no_defs"
        )
        .into(),
        3035 => format!("+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 {GRS80}").into(),
        3034 => format!("+proj=lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000 {GRS80}").into(),
        4275 => "+proj=longlat +ellps=clrk80ign +towgs84=-168,-60,320 +no_defs".into(),
        4807 => "+proj=longlat +ellps=clrk80ign +towgs84=-168,-60,320 +pm=paris +no_defs".into(),
        4230 => "+proj=longlat +ellps=intl +towgs84=-87,-98,-121 +no_defs".into(),
        _ => return None,
    })
}
