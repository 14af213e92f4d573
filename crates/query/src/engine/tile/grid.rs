//! Rows that are dots at the scale of a tile: drawn apart while they are few, clustered once they are many.

use super::mercator::EXTENT;

/// What is smaller than this, in the tile's units, is a dot: a pixel of a tile of 512 pixels.
pub(super) const DOT: f64 = 8.0;
/// Dots drawn apart at most.
const APART: usize = 2_000;
/// Cells along a side of a tile.
const CELLS: usize = 32;

/// A cell's dots.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    count: u64,
    sum: [f64; 2],
    first: usize,
}

/// A cluster of dots.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cluster {
    pub point: [f64; 2],
    pub count: u64,
    /// The position of its row, when it is one.
    pub row: Option<usize>,
}

/// The dots of a tile.
#[derive(Debug)]
pub(super) struct Dots {
    apart: Vec<(usize, [f64; 2])>,
    cells: Vec<Cell>,
    count: usize,
}

impl Default for Dots {
    fn default() -> Self {
        Self { apart: Vec::new(), cells: vec![Cell::default(); CELLS * CELLS], count: 0 }
    }
}

impl Dots {
    /// Adds the row at a position.
    pub(super) fn add(&mut self, position: usize, point: [f64; 2]) {
        self.count += 1;
        if self.apart.len() < APART {
            self.apart.push((position, point));
        }
        // Neighbouring tiles count what lies beyond their side too: only the tile's own dots make clusters.
        let [Some(column), Some(row)] = point.map(cell) else { return };
        let cell = &mut self.cells[row * CELLS + column];
        if cell.count == 0 {
            cell.first = position;
        }
        cell.count += 1;
        cell.sum = [cell.sum[0] + point[0], cell.sum[1] + point[1]];
    }

    /// Adds the dots of a later row group.
    pub(super) fn merge(&mut self, other: Self) {
        self.count += other.count;
        let place = APART - self.apart.len();
        self.apart.extend(other.apart.into_iter().take(place));
        for (cell, more) in self.cells.iter_mut().zip(other.cells) {
            if cell.count == 0 {
                cell.first = more.first;
            }
            cell.count += more.count;
            cell.sum = [cell.sum[0] + more.sum[0], cell.sum[1] + more.sum[1]];
        }
    }

    /// Every dot, in the order of the source, when they are few.
    pub(super) fn apart(&self) -> Option<&[(usize, [f64; 2])]> {
        (self.count <= APART).then_some(&self.apart)
    }

    /// The clusters.
    pub(super) fn clusters(&self) -> impl Iterator<Item = Cluster> {
        self.cells.iter().filter(|cell| cell.count > 0).map(|cell| Cluster {
            point: cell.sum.map(|sum| sum / cell.count as f64),
            count: cell.count,
            row: (cell.count == 1).then_some(cell.first),
        })
    }
}

fn cell(place: f64) -> Option<usize> {
    (0.0..EXTENT).contains(&place).then(|| (place / EXTENT * CELLS as f64) as usize)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn few_dots_stay_apart_and_many_are_clustered() {
        let mut dots = Dots::default();
        for position in 0..APART {
            dots.add(position, [1.0, 1.0]);
        }
        assert_eq!(dots.apart().unwrap().len(), APART);
        dots.add(APART, [4_000.0, 10.0]);
        assert!(dots.apart().is_none());
        let clusters: Vec<_> = dots.clusters().map(|cluster| (cluster.count, cluster.row)).collect();
        assert_eq!(clusters, [(2_000, None), (1, Some(APART))]);
    }

    #[test]
    fn a_row_beyond_the_side_is_in_no_cluster() {
        let mut dots = Dots::default();
        dots.add(0, [-1.0, 10.0]);
        assert_eq!(dots.clusters().count(), 0);
    }
}
