//! A small map: a territory within what it is in. Drawn on the server, read without script, and named for those who don't
//! see it.

use std::fmt::Write as _;
use std::sync::LazyLock;

use geography::territory::{Kind, Territory};
use geography::{Geography, MultiPolygon, Zone};

use crate::i18n::Text;

/// Longest side of the picture, in its own units.
const SIDE: f64 = 240.0;
/// Units around what is drawn.
const MARGIN: f64 = 4.0;
/// A territory that is smaller is marked by a ring.
const SMALL: f64 = 14.0;
/// Vertices closer to a line than this part of the picture don't show.
const FINEST: f64 = 400.0;

/// The régions of metropolitan France, as they are drawn behind one of them.
static METROPOLIS: LazyLock<MultiPolygon> = LazyLock::new(|| {
    let regions = Geography::shipped().regions().filter(|region| region.zone() == Zone::Metro);
    MultiPolygon(regions.flat_map(|region| region.outline().simplified(2_500.0).0).collect())
});

/// The picture of a territory; none when no outline is known.
pub fn svg(territory: Territory, t: &Text) -> Option<String> {
    let own = territory.outline();
    let own_bounds = own.bounds()?;
    let (behind, name) = behind(territory);
    let frame = Frame::around(behind.bounds().unwrap_or(own_bounds), own_bounds);
    let label = match name {
        Some(whole) => t.with2("territory-map-in", "name", territory.name(), "whole", whole),
        None => t.with("territory-map", "name", territory.name()),
    };
    let mut svg = format!(
        r#"<svg class="territory-map" viewBox="0 0 {:.0} {:.0}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">"#,
        frame.width,
        frame.height,
        crate::chart::escape(&label)
    );
    frame.path("around", &behind, &mut svg);
    frame.path("own", &own, &mut svg);
    let ([west, north], [east, south]) =
        (frame.place([own_bounds[0], own_bounds[3]]), frame.place([own_bounds[2], own_bounds[1]]));
    if (east - west).max(south - north) < SMALL {
        let (x, y) = (west.midpoint(east), north.midpoint(south));
        let _ = write!(svg, r#"<circle class="mark" cx="{x:.1}" cy="{y:.1}" r="{SMALL}"/>"#);
    }
    svg.push_str("</svg>");
    Some(svg)
}

/// What a territory is drawn in, and its name.
fn behind(territory: Territory) -> (MultiPolygon, Option<&'static str>) {
    let departement = territory.departement().filter(|_| matches!(territory.kind(), Kind::Commune | Kind::Epci));
    if let Some(departement) = departement {
        return (departement.outline(), Some(departement.name()));
    }
    match territory.region().filter(|_| territory.kind() != Kind::Region) {
        Some(region) => (region.outline(), Some(region.name())),
        None if territory.zone() == Zone::Metro => (METROPOLIS.clone(), None),
        None => (MultiPolygon::default(), None),
    }
}

/// From hundred-thousandths of a degree to units of the picture: equirectangular around the middle latitude.
struct Frame {
    west: f64,
    north: f64,
    across: f64,
    down: f64,
    width: f64,
    height: f64,
}

impl Frame {
    fn around(behind: [i32; 4], own: [i32; 4]) -> Self {
        let [west, south, east, north] =
            [behind[0].min(own[0]), behind[1].min(own[1]), behind[2].max(own[2]), behind[3].max(own[3])].map(f64::from);
        let stretch = (south.midpoint(north) / geography::outline::UNITS).to_radians().cos().max(0.05);
        let scale = SIDE / ((east - west) * stretch).max(north - south).max(1.0);
        let (across, down) = (scale * stretch, scale);
        Self {
            west,
            north,
            across,
            down,
            width: (east - west) * across + 2.0 * MARGIN,
            height: (north - south) * down + 2.0 * MARGIN,
        }
    }

    fn place(&self, [x, y]: [i32; 2]) -> [f64; 2] {
        [MARGIN + (f64::from(x) - self.west) * self.across, MARGIN + (self.north - f64::from(y)) * self.down]
    }

    /// Draws an outline, without what is too fine to be seen.
    fn path(&self, class: &str, outline: &MultiPolygon, svg: &mut String) {
        if outline.is_empty() {
            return;
        }
        let _ = write!(svg, r#"<path class="{class}" d=""#);
        for ring in outline.simplified(SIDE / FINEST / self.down).0.iter().flatten() {
            let mut before = None;
            for vertex in ring {
                let [x, y] = self.place(*vertex).map(|unit| (unit * 10.0).round() as i32);
                match before {
                    None => _ = write!(svg, "M{} {}l", tenth(x), tenth(y)),
                    Some(same) if same == (x, y) => continue,
                    Some((x0, y0)) => _ = write!(svg, "{} {} ", tenth(x - x0), tenth(y - y0)),
                }
                before = Some((x, y));
            }
            svg.push('z');
        }
        svg.push_str("\"/>");
    }
}

/// Tenths, as short as they can be written.
fn tenth(tenths: i32) -> f64 {
    f64::from(tenths) / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use geography::territory::find;

    #[test]
    fn every_kind_of_territory_is_drawn_small_and_named() {
        for key in ["commune:11076", "epci:200035855", "departement:11", "region:76", "region:04", "commune:97411"] {
            let drawn = find(key).and_then(|territory| svg(territory, &Text::french())).unwrap_or_default();
            assert!(drawn.contains(r#"class="own" d="M"#), "{key}");
            assert!((400..30_000).contains(&drawn.len()), "{key}: {} bytes", drawn.len());
            assert!(!drawn.contains("NaN") && drawn.contains("aria-label=\""), "{key}");
        }
    }

    #[test]
    fn what_has_no_outline_is_not_drawn() {
        assert!(find("commune:98735").and_then(|territory| svg(territory, &Text::french())).is_none());
    }
}
