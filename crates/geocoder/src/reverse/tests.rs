//! Answers by position.

use super::score;
use crate::{
    answer::{Hit, Kind},
    build::{BuildOptions, Builder},
    index::Index,
    place::{HouseNumber, Place, PlaceKind, Position},
    query::{BoundingBox, Filters, ReverseQuery},
};
use proptest::prelude::*;

fn here(lon: f64, lat: f64) -> Position {
    Position { lon, lat }
}

fn place(kind: PlaceKind, id: &str, name: &str, code: &str, position: Position) -> Place {
    let mut place = Place::new(kind, id, name, code, "Ville", position);
    place.postcodes = vec![format!("{}00", &code[..3])];
    place
}

fn with_numbers(mut place: Place, numbers: &[(u32, Position)]) -> Place {
    place.numbers = numbers.iter().map(|(number, position)| HouseNumber::new(*number, "", *position)).collect();
    place
}

fn index_of(places: &[Place]) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = Builder::new(folder.path(), BuildOptions { threads: 1, ..BuildOptions::default() });
    places.iter().for_each(|place| builder.add(place).unwrap());
    let file = folder.path().join("places.index");
    builder.finish(&file, &|_| ()).unwrap();
    let index = Index::open(&file).unwrap();
    (folder, index)
}

/// Two streets that cross, a hamlet two kilometres off, a school, and the town.
fn town() -> (tempfile::TempDir, Index) {
    let municipality = PlaceKind::Municipality { population: Some(900), parent: None };
    index_of(&[
        with_numbers(
            place(PlaceKind::Street, "11001_1", "Rue Haute", "11001", here(2.0, 43.0)),
            &[(1, here(2.0, 43.0001)), (2, here(2.0, 43.001)), (3, here(2.0, 43.002))],
        ),
        with_numbers(
            place(PlaceKind::Street, "11001_2", "Rue Basse", "11001", here(2.001, 43.0)),
            &[(1, here(2.0005, 43.0)), (2, here(2.001, 43.0))],
        ),
        place(PlaceKind::Locality, "11001_3", "La Borde", "11001", here(2.02, 43.0)),
        place(
            PlaceKind::Poi { categories: vec!["école".to_owned()] },
            "p1",
            "École Jules Ferry",
            "11001",
            here(2.0, 43.0),
        ),
        place(municipality, "11001", "Ville", "11001", here(2.0002, 43.0002)),
        place(PlaceKind::Street, "12001_1", "Rue Lointaine", "12001", here(2.5, 43.5)),
    ])
}

fn labels(hits: &[Hit]) -> Vec<(&'static str, &str)> {
    hits.iter().map(|hit| (hit.kind.name(), hit.name.as_str())).collect()
}

fn ask(position: Position, limit: usize, filters: Filters) -> ReverseQuery {
    ReverseQuery { limit, filters, ..ReverseQuery::new(position) }
}

fn kinds(kinds: &[Kind]) -> Filters {
    Filters { kinds: kinds.to_vec(), ..Filters::default() }
}

#[test]
fn the_nearest_number_of_each_street_comes_and_the_nearest_first() {
    let (_folder, index) = town();
    let hits = index.reverse(&ask(here(2.0, 43.0009), 5, Filters::default()));
    assert_eq!(
        labels(&hits),
        [("housenumber", "2 Rue Haute"), ("housenumber", "1 Rue Basse"), ("locality", "La Borde")]
    );
    let metres = hits[0].distance.unwrap();
    assert!((10.0..12.5).contains(&metres), "{metres}");
    assert!(hits[0].score > 0.9999 && hits[0].score >= hits[1].score);
    assert_eq!(index.reverse(&ReverseQuery::new(here(2.0, 43.0009))).len(), 1);
}

#[test]
fn kinds_are_what_was_asked_for() {
    let (_folder, index) = town();
    let ask = |kind| {
        labels(&index.reverse(&ask(here(2.0, 43.0009), 2, kinds(&[kind]))))
            .into_iter()
            .map(|(kind, name)| (kind.to_owned(), name.to_owned()))
            .collect::<Vec<_>>()
    };
    let answer = |kind: &str, name: &str| (kind.to_owned(), name.to_owned());
    assert_eq!(ask(Kind::Street), [answer("street", "Rue Haute"), answer("street", "Rue Basse")]);
    assert_eq!(ask(Kind::HouseNumber), [answer("housenumber", "2 Rue Haute"), answer("housenumber", "1 Rue Basse")]);
    assert_eq!(ask(Kind::Locality), [answer("locality", "La Borde")]);
    assert_eq!(ask(Kind::Municipality), [answer("municipality", "Ville")]);
    assert_eq!(ask(Kind::Poi), [answer("poi", "École Jules Ferry")]);
}

#[test]
fn a_street_far_from_its_numbers_is_answered_by_itself() {
    let (_folder, index) = index_of(&[with_numbers(
        place(PlaceKind::Street, "1", "Route Longue", "11001", here(2.0, 43.0)),
        &[(1, here(2.01, 43.0))],
    )]);
    let name = |lon| labels(&index.reverse(&ReverseQuery::new(here(lon, 43.0))))[0].1.to_owned();
    assert_eq!(name(2.0), "Route Longue");
    assert_eq!(name(2.0085), "1 Route Longue");
}

#[test]
fn far_from_any_address_the_town_is_the_answer_and_further_off_nothing() {
    let (_folder, index) = town();
    let at = |lon, lat| index.reverse(&ReverseQuery::new(here(lon, lat)));
    assert_eq!(labels(&at(2.0, 43.05)), [("municipality", "Ville")]);
    assert!(at(-20.0, 40.0).is_empty());
    assert!(at(180.0, -90.0).is_empty());
    assert!(at(f64::NAN, 43.0).is_empty());
}

#[test]
fn filters_by_postcode_and_code_hold_wherever_the_position_is() {
    let (_folder, index) = town();
    let by_code = |code: &str| Filters { city_codes: vec![code.to_owned()], ..Filters::default() };
    let far = |filters| ReverseQuery { max_distance: Some(100_000.0), ..ask(here(2.0, 43.0), 1, filters) };
    assert_eq!(labels(&index.reverse(&far(by_code("12001")))), [("street", "Rue Lointaine")]);
    assert!(index.reverse(&far(by_code("99999"))).is_empty());
    let by_postcode = Filters { postcodes: vec!["12000".to_owned()], ..Filters::default() };
    assert_eq!(labels(&index.reverse(&far(by_postcode))), [("street", "Rue Lointaine")]);
}

#[test]
fn a_box_and_a_greatest_distance_hold() {
    let (_folder, index) = town();
    let bbox = BoundingBox { west: 2.0008, south: 42.9, east: 2.1, north: 43.1 };
    let hits = index.reverse(&ask(here(2.0, 43.0009), 1, Filters { bbox: Some(bbox), ..Filters::default() }));
    assert_eq!(labels(&hits), [("housenumber", "2 Rue Basse")]);
    let near = ReverseQuery { max_distance: Some(15.0), ..ask(here(2.0, 43.0009), 5, Filters::default()) };
    assert_eq!(labels(&index.reverse(&near)), [("housenumber", "2 Rue Haute")]);
}

#[test]
fn points_of_interest_are_found_by_category() {
    let (_folder, index) = town();
    let by_category = |category: &str| Filters { categories: vec![category.to_owned()], ..Filters::default() };
    assert_eq!(labels(&index.reverse(&ask(here(2.0, 43.0), 3, by_category("école")))), [("poi", "École Jules Ferry")]);
    assert!(index.reverse(&ask(here(2.0, 43.0), 3, by_category("gare"))).is_empty());
}

#[test]
fn scores_fall_with_distance_as_in_the_api_adresse() {
    assert_eq!(score(0.0), 1.0);
    assert!(score(100.0) > 0.999_99 && score(10_000.0) < 0.97 && score(150_000.0) == 0.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_answer_is_the_nearest_of_all(
        streets in proptest::collection::vec(proptest::collection::vec((0i32..2000, 0i32..2000), 1..40), 1..20),
        asked in (0i32..2000, 0i32..2000),
    ) {
        let at = |(lon, lat): (i32, i32)| here(2.0 + f64::from(lon) / 1e5, 43.0 + f64::from(lat) / 1e5);
        let places: Vec<Place> = streets
            .iter()
            .enumerate()
            .map(|(rank, points)| {
                let numbers: Vec<(u32, Position)> = points.iter().enumerate().map(|(number, point)| (number as u32, at(*point))).collect();
                with_numbers(place(PlaceKind::Street, &rank.to_string(), &format!("Rue {rank}"), "11001", at(points[0])), &numbers)
            })
            .collect();
        let (_folder, index) = index_of(&places);
        let query = ReverseQuery { max_distance: Some(10_000.0), ..ask(at(asked), 100, kinds(&[Kind::HouseNumber])) };
        let told: Vec<f64> = index.reverse(&query).iter().filter_map(|hit| hit.distance).collect();
        let mut expected: Vec<f64> = streets
            .iter()
            .map(|points| points.iter().map(|point| at(*point).distance(at(asked))).fold(f64::MAX, f64::min))
            .collect();
        expected.sort_by(f64::total_cmp);
        prop_assert_eq!(told.len(), expected.len());
        for (told, expected) in told.iter().zip(&expected) {
            // The plane that boxes are compared on is off by less than a part in a hundred over these two kilometres.
            prop_assert!((told - expected).abs() <= expected * 0.01 + 0.05, "{} {}", told, expected);
        }
    }
}
