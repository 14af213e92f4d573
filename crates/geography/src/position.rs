//! Which commune a position is in: squares of a grid tell the few communes whose outline is looked at.

use crate::Geography;
use crate::commune::Commune;
use crate::outline::UNITS;

/// Side of a square of the grid, in units of outlines: a twentieth of a degree.
pub const CELL: i32 = 5_000;

/// The number of the square that a point, in units, is in.
pub fn cell(x: i32, y: i32) -> u32 {
    let part = |value: i32| (value.div_euclid(CELL) + 0x8000).cast_unsigned() & 0xffff;
    part(x) << 16 | part(y)
}

impl Geography {
    /// The commune of today that a position is in; the smallest when outlines overlap.
    pub fn at(&self, lon: f64, lat: f64) -> Option<Commune> {
        if !(-180.0..=180.0).contains(&lon) || !(-90.0..=90.0).contains(&lat) {
            return None;
        }
        let (x, y) = (lon * UNITS, lat * UNITS);
        #[allow(clippy::cast_possible_truncation, reason = "degrees are within bounds")]
        let row = self.cells.find_u32(cell(x.floor() as i32, y.floor() as i32))?;
        let candidates = self.cell_communes.get(row).map(|row| Commune::at(row as usize));
        candidates
            .filter(|commune| self.is_around(*commune, x, y) && commune.outline().contains(x, y))
            .min_by(|a, b| a.surface().unwrap_or(f64::MAX).total_cmp(&b.surface().unwrap_or(f64::MAX)))
    }

    fn is_around(&self, commune: Commune, x: f64, y: f64) -> bool {
        let side = |n| self.communes.boxes.i32(commune.row() * 4 + n).map(f64::from);
        let sides = [side(0), side(1), side(2), side(3)];
        let [Some(west), Some(south), Some(east), Some(north)] = sides else { return false };
        (west..=east).contains(&x) && (south..=north).contains(&y)
    }
}
