//! What people type, and what they mean.

use crate::answer::{Agreement, Hit, Kind, Part};
use crate::build::{BuildOptions, Builder};
use crate::index::Index;
use crate::place::{HouseNumber, Place, PlaceKind, Position};
use crate::query::{BoundingBox, Filters, SearchQuery, Structured};
use crate::search::SearchLimits;
use proptest::prelude::*;
use std::sync::LazyLock;
use std::time::Instant;

fn here(lon: f64, lat: f64) -> Position {
    Position { lon, lat }
}

fn town(code: &str, name: &str, postcodes: &[&str], population: u32, position: Position) -> Place {
    let kind = PlaceKind::Municipality { population: Some(population), parent: None };
    let mut place = Place::new(kind, code, name, code, name, position);
    place.postcodes = postcodes.iter().map(|postcode| (*postcode).to_owned()).collect();
    place
}

/// A street of a town, somewhere near its middle, with numbers 1 to 9 without 5, and 2 bis.
fn street(town: &Place, number: u32, name: &str) -> Place {
    let at =
        |step: u32| here(town.position.lon + 0.001 * f64::from(number), town.position.lat + 0.0001 * f64::from(step));
    let mut place = Place::new(
        PlaceKind::Street,
        &format!("{}_{number:04}", town.city_code),
        name,
        &town.city_code,
        &town.city,
        at(0),
    );
    place.postcodes = town.postcodes[..1].to_vec();
    place.numbers =
        [1, 2, 3, 4, 6, 7, 8, 9, 12].into_iter().map(|number| HouseNumber::new(number, "", at(number))).collect();
    place.numbers.push(HouseNumber::new(2, "bis", at(2)));
    place
}

fn streets(town: &Place, names: &[&str]) -> Vec<Place> {
    names.iter().zip(1..).map(|(name, number)| street(town, number, name)).collect()
}

/// An arrondissement of Paris and its streets.
fn arrondissement(number: u32, names: &[&str]) -> Vec<Place> {
    let (code, postcode) = (format!("751{number:02}"), format!("750{number:02}"));
    let name = format!("Paris {number}e Arrondissement");
    let kind = PlaceKind::Municipality { population: Some(100_000), parent: Some("75056".to_owned()) };
    let mut place = Place::new(kind, &code, &name, &code, "Paris", here(2.35 + 0.01 * f64::from(number), 48.85));
    place.postcodes = vec![postcode];
    place.district = Some(name.clone());
    let mut all = streets(&place, names);
    all.iter_mut().for_each(|street| street.district = Some(name.clone()));
    all.push(place);
    all
}

fn places() -> Vec<Place> {
    let castelnaudary = town("11076", "Castelnaudary", &["11400"], 12_000, here(1.95, 43.32));
    let montpellier = town("34172", "Montpellier", &["34000", "34070"], 300_000, here(3.87, 43.61));
    let lyon = town("69123", "Lyon", &["69001"], 520_000, here(4.83, 45.76));
    let tours = town("37261", "Tours", &["37000"], 137_000, here(0.69, 47.39));
    let aubigny = town("18015", "Aubigny-sur-Nère", &["18700"], 5_600, here(2.44, 47.49));
    let bourg = town("01053", "Bourg-en-Bresse", &["01000"], 41_000, here(5.22, 46.20));
    let mut all = streets(
        &castelnaudary,
        &[
            "Rue des Écoles",
            "Avenue Monseigneur de Langle",
            "Rue du 8 Mai 1945",
            "Grand'Rue",
            "Place de la République",
            "Rue du Général de Gaulle",
            "Chemin de Saint-Papoul",
            "Rue de l'Hôtel de Ville",
            "Quai du Port",
        ],
    );
    all.extend(streets(
        &montpellier,
        &["Rue des Écoles", "Rue de Castelnaudary", "Avenue de la République", "Rue de Paris"],
    ));
    all.extend(streets(&lyon, &["Rue de Paris", "Rue Victor Hugo", "Place Bellecour"]));
    all.extend(streets(&tours, &["Avenue de la République", "Rue Richelieu"]));
    all.extend(streets(&aubigny, &["Rue du Presbytère", "Rue Victor Hugo"]));
    all.extend(streets(&bourg, &["Rue du Presbytère", "Boulevard de Brou"]));
    all.extend(arrondissement(2, &["Rue de la Paix"]));
    all.extend(arrondissement(12, &["Rue de Lyon", "Rue Crozatier"]));
    let mut merged = street(&aubigny, 20, "Rue de la Fontaine");
    merged.old_city_code = Some("18999".to_owned());
    merged.old_city = Some("Sainte-Montaine".to_owned());
    all.push(merged);
    let mut station = Place::new(
        PlaceKind::Poi { categories: vec!["gare".to_owned()] },
        "poi-1",
        "Gare de Castelnaudary",
        "11076",
        "Castelnaudary",
        here(1.94, 43.31),
    );
    station.postcodes = vec!["11400".to_owned()];
    all.push(station);
    let mut hamlet =
        Place::new(PlaceKind::Locality, "11076_b001", "Les Crozes", "11076", "Castelnaudary", here(1.99, 43.34));
    hamlet.postcodes = vec!["11400".to_owned()];
    all.push(hamlet);
    let paris = {
        let mut paris = town("75056", "Paris", &["75001", "75002", "75012"], 2_100_000, here(2.35, 48.85));
        paris.kind = PlaceKind::Municipality { population: Some(2_100_000), parent: None };
        paris
    };
    all.extend([castelnaudary, montpellier, lyon, tours, aubigny, bourg, paris]);
    all
}

static FRANCE: LazyLock<(tempfile::TempDir, Index)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = Builder::new(folder.path(), BuildOptions { threads: 1, ..BuildOptions::default() });
    places().iter().for_each(|place| builder.add(place).unwrap());
    let file = folder.path().join("france.index");
    builder.finish(&file, &|_| ()).unwrap();
    let index = Index::open(&file).unwrap();
    (folder, index)
});

fn ask(query: &SearchQuery) -> Vec<Hit> {
    FRANCE.1.search(query)
}

fn whole(text: &str) -> SearchQuery {
    SearchQuery { autocomplete: false, ..SearchQuery::new(text) }
}

/// The label of the first answer to a text that is whole.
fn first(text: &str) -> String {
    ask(&whole(text)).first().map_or_else(String::new, |hit| hit.label.clone())
}

/// The label of the first answer to what was typed so far.
fn typed(text: &str) -> String {
    ask(&SearchQuery::new(text)).first().map_or_else(String::new, |hit| hit.label.clone())
}

const ECOLES: &str = "3 Rue des Écoles 11400 Castelnaudary";

#[test]
fn a_full_address_is_found_and_nearly_sure() {
    let hits = ask(&whole(ECOLES));
    assert_eq!(hits[0].label, ECOLES);
    assert_eq!((hits[0].kind, hits[0].id.as_str()), (Kind::HouseNumber, "11076_0001_00003"));
    assert!(hits[0].score > 0.9, "{}", hits[0].score);
    assert_eq!(hits[0].context, "11, Aude, Occitanie");
    assert!(hits[0].projected.is_some());
}

#[test]
fn words_may_come_in_another_order() {
    for text in
        ["11400 Castelnaudary 3 rue des écoles", "castelnaudary 3, rue des ecoles", "rue des écoles 3 castelnaudary"]
    {
        assert_eq!(first(text), ECOLES, "{text}");
    }
}

#[test]
fn abbreviations_accents_and_noise_are_no_matter() {
    for text in [
        "3 R DES ECOLES 11400 CASTELNAUDARY CEDEX",
        "Bâtiment B, 3 rue des écoles, 11400 Castelnaudary",
        "Appt 14 3 rue des Écoles 11400 Castelnaudary",
    ] {
        assert_eq!(first(text), ECOLES, "{text}");
    }
    assert_eq!(first("2 av mgr de langle castelnaudary"), "2 Avenue Monseigneur de Langle 11400 Castelnaudary");
    assert_eq!(first("rue du gal de gaulle castelnaudary"), "Rue du Général de Gaulle 11400 Castelnaudary");
    assert_eq!(first("pl de la republique castelnaudary"), "Place de la République 11400 Castelnaudary");
}

#[test]
fn a_postcode_may_be_missing_wrong_or_without_its_zero() {
    assert_eq!(first("3 rue des écoles castelnaudary"), ECOLES);
    assert_eq!(first("3 rue des écoles 11410 castelnaudary"), ECOLES);
    assert_eq!(first("3 rue des écoles 34000 castelnaudary"), ECOLES);
    assert_eq!(first("4 boulevard de brou 1000 bourg en bresse"), "4 Boulevard de Brou 01000 Bourg-en-Bresse");
}

#[test]
fn a_town_may_be_missing_or_named_in_part() {
    assert_eq!(first("3 rue des écoles 11400"), ECOLES);
    assert_eq!(first("4 rue du presbytère aubigny"), "4 Rue du Presbytère 18700 Aubigny-sur-Nère");
    assert_eq!(first("4 rue du presbytère bourg"), "4 Rue du Presbytère 01000 Bourg-en-Bresse");
}

#[test]
fn mistakes_of_the_hand_and_of_the_ear_are_allowed_for() {
    for text in [
        "3 rue des ecolles castelnaudary",
        "3 reu des écoles castelnodary",
        "3 rue des écoles castelnaudarry",
        "3 rue des ékoles 11400",
    ] {
        assert_eq!(first(text), ECOLES, "{text}");
    }
    assert_eq!(first("rue crosatier paris"), "Rue Crozatier 75012 Paris");
    assert_eq!(first("castelnau dary"), "Castelnaudary");
    assert_eq!(first("rue victorhugo lyon"), "Rue Victor Hugo 69001 Lyon");
}

#[test]
fn a_street_named_after_a_town_is_told_from_the_town() {
    assert_eq!(first("rue de paris montpellier"), "Rue de Paris 34000 Montpellier");
    assert_eq!(first("lyon rue de paris"), "Rue de Paris 69001 Lyon");
    assert_eq!(first("rue de lyon paris"), "Rue de Lyon 75012 Paris");
    assert_eq!(first("rue de castelnaudary"), "Rue de Castelnaudary 34000 Montpellier");
    assert_eq!(first("6 avenue de la république - tours"), "6 Avenue de la République 37000 Tours");
}

#[test]
fn a_town_alone_is_the_town() {
    let hits = ask(&whole("castelnaudary"));
    assert_eq!((hits[0].kind, hits[0].id.as_str(), hits[0].population), (Kind::Municipality, "11076", Some(12_000)));
    assert!(hits[0].score > 0.9, "{}", hits[0].score);
    assert_eq!(first("11400 castelnaudary"), "Castelnaudary");
    assert_eq!(first("Paris"), "Paris");
}

#[test]
fn arrondissements_are_found_by_number_and_by_postcode() {
    for text in [
        "3 rue crozatier paris 12",
        "3 rue crozatier 75012 paris",
        "3 rue crozatier paris 12e",
        "3 rue crozatier paris",
    ] {
        let hits = ask(&whole(text));
        assert_eq!(hits[0].label, "3 Rue Crozatier 75012 Paris", "{text}");
        assert_eq!(hits[0].district.as_deref(), Some("Paris 12e Arrondissement"));
        assert_eq!((hits[0].city.as_str(), hits[0].city_code.as_str()), ("Paris", "75112"));
    }
}

#[test]
fn numbers_that_are_part_of_a_name_are_no_house_numbers() {
    assert_eq!(first("rue du 8 mai 1945 castelnaudary"), "Rue du 8 Mai 1945 11400 Castelnaudary");
    assert_eq!(first("4 rue du huit mai castelnaudary"), "4 Rue du 8 Mai 1945 11400 Castelnaudary");
    assert_eq!(first("8 rue du 8 mai 1945 castelnaudary"), "8 Rue du 8 Mai 1945 11400 Castelnaudary");
}

#[test]
fn suffixes_are_found_and_a_missing_one_falls_back_on_its_number() {
    for text in
        ["2 bis rue des écoles castelnaudary", "2bis, rue des écoles castelnaudary", "2 BIS rue des écoles 11400"]
    {
        let hits = ask(&whole(text));
        assert_eq!(hits[0].housenumber.as_deref(), Some("2bis"), "{text}");
        assert_eq!(hits[0].id, "11076_0001_00002_bis");
    }
    assert_eq!(first("3 ter rue des écoles castelnaudary"), ECOLES);
}

#[test]
fn of_two_numbers_the_first_that_is_there_is_taken() {
    for text in
        ["3-5 rue des écoles castelnaudary", "3/5 rue des écoles castelnaudary", "3 à 5 rue des écoles castelnaudary"]
    {
        assert_eq!(first(text), ECOLES, "{text}");
    }
}

#[test]
fn a_number_that_is_missing_is_reckoned_between_its_neighbours_and_is_worth_less() {
    let there = ask(&whole(ECOLES));
    let between = ask(&whole("5 rue des écoles 11400 castelnaudary"));
    assert_eq!(between[0].housenumber.as_deref(), Some("5"));
    assert!(between[0].interpolated && !there[0].interpolated);
    assert!(between[0].score < there[0].score);
    let beyond = ask(&whole("900 rue des écoles 11400 castelnaudary"));
    assert_eq!((beyond[0].kind, beyond[0].label.as_str()), (Kind::Street, "Rue des Écoles 11400 Castelnaudary"));
    assert!(beyond[0].score < there[0].score);
}

#[test]
fn a_street_that_no_town_has_is_worth_little() {
    let hits = ask(&whole("3 rue zubrakelmo 11400 castelnaudary"));
    assert!(
        hits.iter().all(|hit| hit.score < 0.5),
        "{:?}",
        hits.iter().map(|hit| (hit.score, &hit.label)).collect::<Vec<_>>()
    );
}

#[test]
fn a_street_of_several_towns_is_worth_less_than_one_whose_town_is_told() {
    let alone = ask(&whole("rue victor hugo"));
    let told = ask(&whole("rue victor hugo lyon"));
    assert!(alone[0].score < told[0].score);
    assert!(alone.iter().any(|hit| hit.city == "Aubigny-sur-Nère") && alone.iter().any(|hit| hit.city == "Lyon"));
}

#[test]
fn answers_near_a_position_come_first() {
    let near = |position| ask(&SearchQuery { near: Some(position), ..whole("rue victor hugo") });
    assert_eq!(near(here(2.44, 47.49))[0].city, "Aubigny-sur-Nère");
    let lyon = near(here(4.83, 45.76));
    assert_eq!(lyon[0].city, "Lyon");
    assert!(lyon[0].distance.unwrap() < 2_000.0);
}

#[test]
fn a_word_that_is_being_typed_is_enough() {
    assert_eq!(typed("castel"), "Castelnaudary");
    assert_eq!(typed("rue des éc"), "Rue des Écoles 34000 Montpellier");
    assert_eq!(typed("3 rue des écoles castelna"), ECOLES);
    assert_eq!(typed("rue du presbytère bourg-en-"), "Rue du Presbytère 01000 Bourg-en-Bresse");
    assert_eq!(typed("rue des écoles 114"), "Rue des Écoles 11400 Castelnaudary");
    assert_eq!(typed("castelnaudary av mons"), "Avenue Monseigneur de Langle 11400 Castelnaudary");
    assert_eq!(first("rue des éc castelnaudary"), first("rue des éc castelnaudary"));
    assert_eq!(typed("p"), "Paris");
}

#[test]
fn points_of_interest_and_localities_are_found_by_name() {
    assert_eq!(first("gare castelnaudary"), "Gare de Castelnaudary 11400 Castelnaudary");
    assert_eq!(first("les crozes"), "Les Crozes 11400 Castelnaudary");
}

#[test]
fn an_old_commune_finds_what_lies_in_it() {
    assert_eq!(first("3 rue de la fontaine sainte montaine"), "3 Rue de la Fontaine 18700 Aubigny-sur-Nère");
    let filters = Filters { city_codes: vec!["18999".to_owned()], ..Filters::default() };
    let hits = ask(&SearchQuery { filters, ..whole("rue de la fontaine") });
    assert_eq!(hits[0].old_city.as_deref(), Some("Sainte-Montaine"));
}

#[test]
fn filters_are_kept() {
    let with = |filters| ask(&SearchQuery { filters, limit: 20, ..whole("rue des écoles") });
    let codes = with(Filters { city_codes: vec!["34172".to_owned()], ..Filters::default() });
    assert!(!codes.is_empty() && codes.iter().all(|hit| hit.city_code == "34172"));
    let postcodes = with(Filters { postcodes: vec!["11400".to_owned()], ..Filters::default() });
    assert!(!postcodes.is_empty() && postcodes.iter().all(|hit| hit.postcode.as_deref() == Some("11400")));
    let bbox = BoundingBox { west: 1.9, south: 43.2, east: 2.1, north: 43.4 };
    let within = with(Filters { bbox: Some(bbox), ..Filters::default() });
    assert!(!within.is_empty() && within.iter().all(|hit| bbox.contains(hit.position)));
    assert!(with(Filters { postcodes: vec!["99999".to_owned()], ..Filters::default() }).is_empty());
    assert!(with(Filters { kinds: vec![Kind::HouseNumber], ..Filters::default() }).is_empty());
    let towns = ask(&SearchQuery {
        filters: Filters { kinds: vec![Kind::Municipality], ..Filters::default() },
        ..whole("3 rue des écoles castelnaudary")
    });
    assert!(towns.iter().all(|hit| hit.kind == Kind::Municipality) && towns[0].city == "Castelnaudary");
    let stations = ask(&SearchQuery {
        filters: Filters { categories: vec!["gare".to_owned()], ..Filters::default() },
        ..whole("castelnaudary")
    });
    assert_eq!(stations.iter().map(|hit| hit.kind).collect::<Vec<_>>(), [Kind::Poi]);
}

#[test]
fn a_citys_code_stands_for_its_arrondissements() {
    let filters = Filters { city_codes: vec!["75056".to_owned()], ..Filters::default() };
    assert_eq!(ask(&SearchQuery { filters, ..whole("rue de lyon") })[0].label, "Rue de Lyon 75012 Paris");
}

#[test]
fn an_address_in_parts_is_read_part_by_part() {
    let parts = |number: &str, street: &str, city: &str, postcode: &str| {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let structured =
            Structured { number: some(number), street: some(street), city: some(city), postcode: some(postcode) };
        let hits = ask(&SearchQuery { structured: Some(structured), ..whole("") });
        hits.first().map_or_else(String::new, |hit| hit.label.clone())
    };
    assert_eq!(parts("3", "rue des écoles", "castelnaudary", "11400"), ECOLES);
    assert_eq!(parts("3", "rue des ecolles", "castelnodary", ""), ECOLES);
    assert_eq!(parts("", "rue de lyon", "paris", ""), "Rue de Lyon 75012 Paris");
    assert_eq!(parts("2 bis", "rue des écoles", "", "11400"), "2bis Rue des Écoles 11400 Castelnaudary");
    assert_eq!(parts("", "", "castelnaudary", ""), "Castelnaudary");
    assert_eq!(parts("", "3 rue des écoles", "castelnaudary", ""), ECOLES);
    assert_eq!(parts("", "2 bis rue des écoles", "castelnaudary", ""), "2bis Rue des Écoles 11400 Castelnaudary");
    assert_eq!(parts("4", "boulevard de brou", "", "1000"), "4 Boulevard de Brou 01000 Bourg-en-Bresse");
}

#[test]
fn a_town_in_parts_is_a_town_when_only_towns_are_asked_for() {
    let structured = Structured { city: Some("castelnaudary".to_owned()), ..Structured::default() };
    let filters = Filters { kinds: vec![Kind::Municipality], ..Filters::default() };
    let hits = ask(&SearchQuery { structured: Some(structured), filters, ..whole("") });
    assert_eq!(hits[0].label, "Castelnaudary");
}

#[test]
fn an_answer_tells_why_it_was_found() {
    let hits = ask(&SearchQuery { explain: true, ..whole("3 rue des ecolles 11400 castelnaudary machin") });
    let explanation = hits[0].explanation.as_ref().unwrap();
    let word = |query: &str| explanation.matched.iter().find(|word| word.query == query).unwrap();
    assert_eq!((word("castelnaudary").part, word("castelnaudary").how), (Part::Town, Agreement::Exact));
    assert_eq!((word("ecolles").term.as_str(), word("ecolles").how), ("ecoles", Agreement::Near));
    assert_eq!(word("3").part, Part::Number);
    assert_eq!(explanation.reading.postcode.as_deref(), Some("11400"));
    assert_eq!(explanation.missing, ["machin"]);
    assert!(explanation.examined > 0);
}

#[test]
fn the_same_query_has_the_same_answers() {
    for text in ["rue", "rue des écoles", "castel", "12 rue de la"] {
        assert_eq!(ask(&SearchQuery::new(text)), ask(&SearchQuery::new(text)), "{text}");
    }
}

#[test]
fn queries_without_sense_find_nothing_or_little_in_bounded_time() {
    let long = "rue de la république ".repeat(500);
    let start = Instant::now();
    for text in [
        "",
        " ",
        "'",
        "a",
        "%",
        "\u{0}\u{1}",
        "東京都",
        "улица",
        "' OR 1=1 --",
        "(.*)+$",
        "rue rue rue rue rue rue",
        "🦀",
        long.as_str(),
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "99999999999999999999 rue",
    ] {
        let hits = ask(&SearchQuery { limit: 100, ..SearchQuery::new(text) });
        assert!(hits.len() <= 100);
    }
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn work_is_bounded_by_its_limits() {
    let limits = SearchLimits { compared: 3, ..SearchLimits::default() };
    let hits = FRANCE.1.search_within(&SearchQuery { explain: true, ..whole("rue des écoles castelnaudary") }, limits);
    assert!(hits.iter().all(|hit| hit.explanation.as_ref().is_some_and(|explanation| explanation.examined <= 3)));
}

proptest! {
    #[test]
    fn no_query_fails_and_scores_are_chances_in_order(text in "\\PC{0,80}", autocomplete: bool, limit in 1usize..20) {
        let hits = ask(&SearchQuery { autocomplete, limit, explain: true, ..SearchQuery::new(text) });
        prop_assert!(hits.len() <= limit);
        prop_assert!(hits.iter().all(|hit| (0.0..=1.0).contains(&hit.score)));
        prop_assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }

    #[test]
    fn words_of_addresses_in_any_order_are_answered_within_limits(
        words in prop::collection::vec(
            prop::sample::select(vec!["rue", "de", "la", "paris", "12", "bis", "75012", "lyon", "écoles", "saint", "x", "114", "castelnau", ","]), 0..30
        ),
    ) {
        let limits = SearchLimits::default();
        let hits = FRANCE.1.search_within(&SearchQuery { explain: true, ..SearchQuery::new(words.join(" ")) }, limits);
        for hit in hits {
            prop_assert!(hit.explanation.is_some_and(|explanation| explanation.examined as usize <= limits.compared));
        }
    }
}
