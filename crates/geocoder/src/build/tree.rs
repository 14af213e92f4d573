//! Building the spatial trees that `reverse` walks through.

use crate::index::tree::{Box, FANOUT};
use rayon::slice::ParallelSliceMut as _;

/// What a tree is made of: where something is, and what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    pub(super) bounds: Box,
    pub(super) entry: [u32; 2],
}

impl Leaf {
    pub(super) fn point([lon, lat]: [i32; 2], entry: [u32; 2]) -> Leaf {
        Leaf { bounds: [lon, lat, lon, lat], entry }
    }
}

/// Puts the leaves in the order of Hilbert's curve, so that neighbours lie together, and gives the boxes of all levels
/// above them.
pub(super) fn order(leaves: &mut [Leaf]) -> Vec<Box> {
    leaves.par_sort_unstable_by_key(|leaf| (curve(middle(&leaf.bounds)), leaf.entry));
    let mut above: Vec<Box> = Vec::with_capacity(leaves.len() / (FANOUT - 1) + 1);
    let mut level = 0..0;
    if leaves.len() > 1 {
        above.extend(leaves.chunks(FANOUT).map(|chunk| around(chunk.iter().map(|leaf| leaf.bounds))));
        level = 0..above.len();
    }
    while level.len() > 1 {
        let next: Vec<Box> = above[level.clone()].chunks(FANOUT).map(|chunk| around(chunk.iter().copied())).collect();
        level = above.len()..above.len() + next.len();
        above.extend(next);
    }
    above
}

/// The smallest box around others.
pub(super) fn around(boxes: impl Iterator<Item = Box>) -> Box {
    boxes
        .reduce(|all, one| [all[0].min(one[0]), all[1].min(one[1]), all[2].max(one[2]), all[3].max(one[3])])
        .unwrap_or([0; 4])
}

fn middle(bounds: &Box) -> [u32; 2] {
    // Shifted to be positive: longitudes span less than the 32 bits do.
    let along = |low: i32, high: i32| ((i64::from(low) + i64::from(high)) / 2 - i64::from(i32::MIN)) as u32;
    [along(bounds[0], bounds[2]), along(bounds[1], bounds[3])]
}

/// How far along Hilbert's curve a point lies.
fn curve([mut x, mut y]: [u32; 2]) -> u64 {
    let mut distance = 0u64;
    for bit in (0..u32::BITS).rev() {
        let (right, up) = (x >> bit & 1, y >> bit & 1);
        distance = distance << 2 | u64::from((3 * right) ^ up);
        if up == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_on_the_curve_are_neighbours_on_the_ground() {
        // The whole curve through a grid of 8 × 8 cells, each as wide as an eighth of the plane.
        let mut cells: Vec<[u32; 2]> = (0..8u32).flat_map(|x| (0..8u32).map(move |y| [x << 29, y << 29])).collect();
        cells.sort_by_key(|cell| curve(*cell));
        for pair in cells.windows(2) {
            let steps = (pair[0][0] >> 29).abs_diff(pair[1][0] >> 29) + (pair[0][1] >> 29).abs_diff(pair[1][1] >> 29);
            assert_eq!(steps, 1, "{pair:?}");
        }
    }
}
