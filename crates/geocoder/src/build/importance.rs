//! How much a place counts among others of its name, when its source doesn't say: 0 to 1.

use crate::place::PlaceKind;

/// Inhabitants of the greatest town: what an importance of 1 stands for.
const GREATEST: f32 = 2_500_000.0;
/// House numbers of a street that is as long as streets get.
const LONGEST: f32 = 1_000.0;

/// Reckoned from inhabitants for a town; for the rest from its house numbers, its town's inhabitants and the kind of way.
pub(super) fn of(kind: &PlaceKind, name: &str, numbers: usize, town_population: Option<u32>) -> f32 {
    let town = share(town_population.unwrap_or(0) as f32, GREATEST);
    let long = share(numbers as f32, LONGEST);
    match kind {
        PlaceKind::Municipality { population, .. } => 0.2 + 0.8 * share(population.unwrap_or(0) as f32, GREATEST),
        PlaceKind::Street => 0.05 + 0.3 * long + 0.25 * town + way(name),
        PlaceKind::Locality => 0.05 + 0.2 * long + 0.15 * town,
        PlaceKind::Poi { .. } => 0.2 + 0.25 * town,
    }
}

/// Logarithmic share of `most`, 0 to 1.
fn share(value: f32, most: f32) -> f32 {
    ((value + 1.0).ln() / (most + 1.0).ln()).clamp(0.0, 1.0)
}

/// What the kind of way adds: people ask for avenues more than for dead ends.
fn way(name: &str) -> f32 {
    let first = name.split([' ', '\u{a0}']).next().unwrap_or_default();
    const WAYS: [(&str, f32); 9] = [
        ("avenue", 0.08),
        ("boulevard", 0.1),
        ("place", 0.08),
        ("quai", 0.06),
        ("cours", 0.06),
        ("rue", 0.05),
        ("route", 0.04),
        ("allée", 0.02),
        ("chemin", 0.02),
    ];
    WAYS.iter().find(|(way, _)| first.eq_ignore_ascii_case(way)).map_or(0.0, |(_, weight)| *weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_count_by_inhabitants_and_streets_less_than_great_towns() {
        let town =
            |population| of(&PlaceKind::Municipality { population: Some(population), parent: None }, "", 0, None);
        assert!(town(2_100_000) > town(12_000) && town(12_000) > town(80));
        let street = |numbers, population| of(&PlaceKind::Street, "Rue X", numbers, Some(population));
        assert!(street(200, 50_000) > street(10, 50_000));
        assert!(street(10, 50_000) > street(10, 200));
        assert!(street(5_000, 2_100_000) < town(2_100_000));
        assert!(of(&PlaceKind::Street, "Avenue X", 10, None) > of(&PlaceKind::Street, "Impasse X", 10, None));
    }

    #[test]
    fn it_stays_between_nothing_and_one() {
        let most = of(&PlaceKind::Municipality { population: Some(u32::MAX), parent: None }, "", 0, None);
        assert!((0.0..=1.0).contains(&most));
        assert!((0.0..=1.0).contains(&of(&PlaceKind::Street, "Boulevard", usize::MAX, Some(u32::MAX))));
    }
}
