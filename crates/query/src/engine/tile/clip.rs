//! Shapes cut to a tile and thinned to its units.

use tabular::geometry::wkb::{Geometry, Position};

use super::mercator::{BUFFER, EXTENT, Tile};

const LOW: f64 = -BUFFER;
const HIGH: f64 = EXTENT + BUFFER;

/// The part of a shape within the tile and its buffer, in whole units; `None` when nothing is left to be drawn.
pub(super) fn to_tile(shape: &Geometry, tile: &Tile) -> Option<Geometry> {
    let place = |positions: &[Position]| thinned(positions.iter().map(|[lon, lat]| tile.place(*lon, *lat)));
    let drawn = match shape {
        Geometry::Point(position) => points(&[tile.place(position[0], position[1])]),
        Geometry::MultiPoint(all) => points(&all.iter().map(|[lon, lat]| tile.place(*lon, *lat)).collect::<Vec<_>>()),
        Geometry::LineString(line) => lines(&[place(line)]),
        Geometry::MultiLineString(all) => lines(&all.iter().map(|line| place(line)).collect::<Vec<_>>()),
        Geometry::Polygon(rings) => polygons(&[rings.iter().map(|ring| place(ring)).collect()]),
        Geometry::MultiPolygon(all) => {
            polygons(&all.iter().map(|rings| rings.iter().map(|ring| place(ring)).collect()).collect::<Vec<_>>())
        }
        // A feature of a tile has one kind: the first part that can be drawn stands for the whole.
        Geometry::Collection(parts) => return parts.iter().find_map(|part| to_tile(part, tile)),
    };
    (!drawn.is_empty()).then_some(drawn)
}

/// Whole units, without positions that fall together.
fn thinned(positions: impl Iterator<Item = Position>) -> Vec<Position> {
    let mut kept: Vec<Position> = Vec::new();
    for position in positions {
        let rounded = position.map(f64::round);
        if rounded.iter().all(|side| side.is_finite()) && kept.last() != Some(&rounded) {
            kept.push(rounded);
        }
    }
    kept
}

fn points(positions: &[Position]) -> Geometry {
    let inside = |position: &Position| position.iter().all(|side| (LOW..=HIGH).contains(side));
    Geometry::MultiPoint(positions.iter().copied().filter(inside).map(|position| position.map(f64::round)).collect())
}

fn lines(all: &[Vec<Position>]) -> Geometry {
    let mut parts: Vec<Vec<Position>> = Vec::new();
    for line in all {
        let mut open = false;
        for ends in line.windows(2) {
            let Some([from, to]) = segment(ends[0], ends[1]) else {
                open = false;
                continue;
            };
            match parts.last_mut().filter(|part| open && part.last() == Some(&from)) {
                Some(part) => part.push(to),
                None => parts.push(vec![from, to]),
            }
            open = true;
        }
    }
    let rounded = parts.into_iter().map(|part| thinned(part.into_iter())).filter(|part| part.len() > 1);
    Geometry::MultiLineString(rounded.collect())
}

/// The part of a segment within the box (Liang and Barsky).
fn segment(from: Position, to: Position) -> Option<[Position; 2]> {
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let step = to[axis] - from[axis];
        if step == 0.0 {
            if !(LOW..=HIGH).contains(&from[axis]) {
                return None;
            }
            continue;
        }
        let (low, high) = ((LOW - from[axis]) / step, (HIGH - from[axis]) / step);
        enters = enters.max(low.min(high));
        leaves = leaves.min(low.max(high));
    }
    let at = |part: f64| [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
    (enters <= leaves)
        .then(|| [if enters > 0.0 { at(enters) } else { from }, if leaves < 1.0 { at(leaves) } else { to }])
}

fn polygons(all: &[Vec<Vec<Position>>]) -> Geometry {
    let mut drawn = Vec::new();
    for rings in all {
        let mut kept = Vec::new();
        for (index, ring) in rings.iter().enumerate() {
            match ring_within(ring, index == 0) {
                Some(ring) => kept.push(ring),
                // Without its outer ring the holes mean nothing.
                None if index == 0 => break,
                None => {}
            }
        }
        if !kept.is_empty() {
            drawn.push(kept);
        }
    }
    Geometry::MultiPolygon(drawn)
}

/// The part of a ring within the box (Sutherland and Hodgman), turned as the format asks: outer rings have a positive
/// area in the tile's units, holes a negative one. The last position, equal to the first, is left out.
fn ring_within(ring: &[Position], outer: bool) -> Option<Vec<Position>> {
    let mut positions = ring.to_vec();
    for (axis, limit, above) in [(0, LOW, true), (0, HIGH, false), (1, LOW, true), (1, HIGH, false)] {
        positions = half_plane(&positions, axis, limit, above);
    }
    let mut positions = thinned(positions.into_iter());
    while positions.len() > 1 && positions.first() == positions.last() {
        positions.pop();
    }
    let area = area(&positions);
    if positions.len() < 3 || area == 0.0 {
        return None;
    }
    if (area > 0.0) != outer {
        positions.reverse();
    }
    Some(positions)
}

fn half_plane(ring: &[Position], axis: usize, limit: f64, above: bool) -> Vec<Position> {
    let inside = |position: &Position| if above { position[axis] >= limit } else { position[axis] <= limit };
    let mut kept = Vec::with_capacity(ring.len());
    let Some(mut previous) = ring.last().copied() else { return kept };
    for position in ring {
        if inside(position) != inside(&previous) {
            let part = (limit - previous[axis]) / (position[axis] - previous[axis]);
            let other = 1 - axis;
            let mut crossing = [limit; 2];
            crossing[other] = previous[other] + part * (position[other] - previous[other]);
            kept.push(crossing);
        }
        if inside(position) {
            kept.push(*position);
        }
        previous = *position;
    }
    kept
}

/// Twice the signed area.
fn area(ring: &[Position]) -> f64 {
    let Some(last) = ring.last() else { return 0.0 };
    let mut sum = 0.0;
    let mut previous = last;
    for position in ring {
        sum += previous[0] * position[1] - position[0] * previous[1];
        previous = position;
    }
    sum
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn world() -> Tile {
        Tile::new(0, 0, 0).unwrap()
    }

    #[test]
    fn a_line_that_leaves_and_returns_is_two_lines() {
        let tile = Tile::new(1, 0, 0).unwrap();
        let there_and_back = Geometry::LineString(vec![[-90.0, 40.0], [90.0, 41.0], [90.0, 50.0], [-90.0, 51.0]]);
        let Some(Geometry::MultiLineString(parts)) = to_tile(&there_and_back, &tile) else { panic!("no line") };
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].last().unwrap()[0], HIGH);
    }

    #[test]
    fn what_lies_elsewhere_is_not_drawn() {
        let tile = Tile::new(3, 0, 0).unwrap();
        let square = Geometry::Polygon(vec![vec![[1.0, 43.0], [2.0, 43.0], [2.0, 44.0], [1.0, 44.0], [1.0, 43.0]]]);
        assert_eq!(to_tile(&square, &tile), None);
        assert_eq!(to_tile(&Geometry::Point([f64::NAN, f64::NAN]), &tile), None);
    }

    proptest! {
        #[test]
        fn rings_stay_in_the_box_and_turn_as_asked(ring in prop::collection::vec((-400.0..400.0_f64, -80.0..80.0_f64), 0..12)) {
            let ring: Vec<Position> = ring.into_iter().map(|(lon, lat)| [lon, lat]).collect();
            let shape = Geometry::Polygon(vec![ring.clone(), ring]);
            if let Some(Geometry::MultiPolygon(polygons)) = to_tile(&shape, &world()) {
                for (index, ring) in polygons[0].iter().enumerate() {
                    prop_assert!(ring.iter().flatten().all(|side| (LOW..=HIGH).contains(side)));
                    prop_assert_eq!(area(ring) > 0.0, index == 0);
                }
            }
        }
    }
}
