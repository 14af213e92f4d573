//! Streets drawn inside a commune's outline, with their numbers.

use crate::{
    random::Random,
    territory::{Point, Town},
};

/// Degrees of latitude in a metre.
const METRE: f64 = 1.0 / 111_195.0;

/// A number on its street.
pub struct Number {
    pub number: u32,
    pub suffix: &'static str,
    pub at: Point,
}

/// A point of the town, more often near its middle.
pub fn point(town: &Town, middle: Point, random: &mut Random) -> Point {
    let [west, south, east, north] = town.bounds();
    for _ in 0..40 {
        let drawn = if random.chance(0.5) {
            [middle[0] + random.bell() * (east - west) / 8.0, middle[1] + random.bell() * (north - south) / 8.0]
        } else {
            [west + random.unit() * (east - west), south + random.unit() * (north - south)]
        };
        if town.contains(drawn) {
            return drawn;
        }
    }
    middle
}

/// The middle of the largest ring's bounds, or a corner of it when the middle lies outside.
pub fn middle(town: &Town, random: &mut Random) -> Point {
    let [west, south, east, north] = town.bounds();
    let middle = [f64::midpoint(west, east), f64::midpoint(south, north)];
    if town.contains(middle) {
        return middle;
    }
    for _ in 0..60 {
        let drawn = [west + random.unit() * (east - west), south + random.unit() * (north - south)];
        if town.contains(drawn) {
            return drawn;
        }
    }
    town.outline[0][0]
}

/// The numbers of a street that begins at `start`: odd on one side, even on the other, or metres from its beginning.
pub fn numbers(town: &Town, start: Point, count: usize, random: &mut Random) -> Vec<Number> {
    let metric = random.chance(0.15) && count < 60;
    let step = if metric { 60.0 * random.unit() + 15.0 } else { 7.0 + 8.0 * random.unit() };
    let east = METRE / start[1].to_radians().cos();
    let mut angle = random.unit() * std::f64::consts::TAU;
    let mut length = step * count as f64;
    for turn in 0..12 {
        let end = [start[0] + length * angle.cos() * east, start[1] + length * angle.sin() * METRE];
        if town.contains(end) {
            break;
        }
        angle += 0.55;
        if turn % 3 == 2 {
            length *= 0.6;
        }
    }
    let (dx, dy) = (angle.cos(), angle.sin());
    let spacing = length / count as f64;
    let mut numbers = Vec::with_capacity(count);
    let mut last = 0;
    for index in 0..count {
        let along = spacing * (index as f64 + 0.5);
        let suffix = suffix(random);
        let number = if metric {
            (step * (index as f64 + 0.5)) as u32 + 1
        } else if suffix.is_empty() || last == 0 {
            last + 1 + u32::from(random.chance(0.12))
        } else {
            last
        };
        let suffix = if number == last { suffix } else { "" };
        last = number;
        let side = if number % 2 == 0 { 8.0 } else { -8.0 };
        let at = [start[0] + (along * dx - side * dy) * east, start[1] + (along * dy + side * dx) * METRE];
        if numbers.last().is_none_or(|before: &Number| (before.number, before.suffix) != (number, suffix)) {
            numbers.push(Number { number, suffix, at });
        }
    }
    numbers
}

fn suffix(random: &mut Random) -> &'static str {
    if !random.chance(0.05) {
        return "";
    }
    const SUFFIXES: [&str; 8] = ["bis", "bis", "bis", "bis", "ter", "a", "b", "quater"];
    SUFFIXES[random.below(SUFFIXES.len())]
}
