//! Web Mercator, in the units of a tile.

/// Units of a tile's side.
pub(super) const EXTENT: f64 = 4_096.0;
/// Units drawn beyond each side, so that lines don't end at the seams.
pub(super) const BUFFER: f64 = 64.0;
/// Deepest zoom.
const DEEPEST: u8 = 24;
/// Latitude at which the square world of Web Mercator ends.
const TOP: f64 = 85.051_128_779_806_6;

/// A tile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tile {
    /// Tiles along a side of the world.
    across: f64,
    x: f64,
    y: f64,
}

impl Tile {
    /// The tile at a zoom, column and row; `None` when there is none.
    pub(super) fn new(z: u8, x: u32, y: u32) -> Option<Self> {
        let across = 1_u32.checked_shl(z.into())?;
        (z <= DEEPEST && x < across && y < across).then(|| Self { across: across.into(), x: x.into(), y: y.into() })
    }

    /// Degrees to the tile's units: x eastwards, y southwards, from its north-western corner.
    pub(super) fn place(&self, lon: f64, lat: f64) -> [f64; 2] {
        let sine = lat.clamp(-TOP, TOP).to_radians().sin();
        let x = (lon + 180.0) / 360.0;
        let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * std::f64::consts::PI);
        [(x * self.across - self.x) * EXTENT, (y * self.across - self.y) * EXTENT]
    }

    /// West, south, east, north of the tile with its buffer, in degrees.
    pub(super) fn bbox(&self) -> [f64; 4] {
        let [west, north] = self.degrees(-BUFFER, -BUFFER);
        let [east, south] = self.degrees(EXTENT + BUFFER, EXTENT + BUFFER);
        // The outermost tiles reach the poles, where the projection ends.
        let south = if self.y + 1.0 >= self.across { -90.0 } else { south };
        let north = if self.y < 1.0 { 90.0 } else { north };
        [west, south, east, north]
    }

    fn degrees(&self, x: f64, y: f64) -> [f64; 2] {
        let x = (self.x + x / EXTENT) / self.across;
        let y = (self.y + y / EXTENT) / self.across;
        let lat = (std::f64::consts::PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees();
        [x * 360.0 - 180.0, lat]
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_one_tile_at_zoom_zero() {
        let world = Tile::new(0, 0, 0).unwrap();
        let [x, y] = world.place(0.0, 0.0);
        assert!((x - 2_048.0).abs() < 1e-6 && (y - 2_048.0).abs() < 1e-6);
        assert!(world.place(-180.0, TOP)[1].abs() < 1e-6);
        assert!(Tile::new(0, 1, 0).is_none() && Tile::new(25, 0, 0).is_none());
    }

    #[test]
    fn the_corners_of_a_tile_are_where_its_box_says() {
        let tile = Tile::new(9, 258, 186).unwrap();
        let [west, south, east, north] = tile.bbox();
        let [left, top] = tile.place(west, north);
        let [right, bottom] = tile.place(east, south);
        for (found, expected) in [(left, -BUFFER), (top, -BUFFER), (right, EXTENT + BUFFER), (bottom, EXTENT + BUFFER)]
        {
            assert!((found - expected).abs() < 1e-3, "{found} {expected}");
        }
    }
}
