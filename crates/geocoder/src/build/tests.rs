//! What goes into an index comes out of it.

use super::*;
use crate::{
    answer::Kind,
    index::TownKind,
    place::{BanId, HouseNumber, Position},
    query::{ReverseQuery, SearchQuery},
};
use proptest::prelude::*;
use std::{collections::BTreeMap, hint::black_box};

fn here(lon: f64, lat: f64) -> Position {
    Position { lon, lat }
}

fn street(id: &str, name: &str, code: &str, city: &str) -> Place {
    Place::new(PlaceKind::Street, id, name, code, city, here(1.95, 43.31))
}

fn municipality(code: &str, name: &str, parent: Option<&str>, population: u32) -> Place {
    let kind = PlaceKind::Municipality { population: Some(population), parent: parent.map(str::to_owned) };
    Place::new(kind, code, name, code, name, here(2.0, 43.0))
}

fn number(number: u32, suffix: &str, lon: f64) -> HouseNumber {
    HouseNumber::new(number, suffix, here(lon, 43.31))
}

/// An index of these places; small buffers, so that the scratch file is used as well.
fn index_of(places: &[Place]) -> (tempfile::TempDir, Index, Summary) {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = Builder::new(folder.path(), BuildOptions { threads: 2, memory_bytes: 1 << 10 });
    places.iter().for_each(|place| builder.add(place).unwrap());
    let file = folder.path().join("test.index");
    let summary = builder.finish(&file, &|_| ()).unwrap();
    let index = Index::open(&file).unwrap();
    (folder, index, summary)
}

fn named<'a>(index: &'a Index, word: &str) -> Vec<&'a str> {
    let places = index.terms().exact(word).map(|term| index.places_named(term)).unwrap_or_default();
    places.iter().map(|place| index.place(*place).name()).collect()
}

#[test]
fn a_place_is_read_back_as_it_was_written() {
    let mut place = street("11076_0123", "Rue de l'Hôpital", "11076", "Castelnaudary");
    place.ban_id = Some(BanId(7));
    place.aliases = vec!["Carrièra de l'Espital".to_owned()];
    place.postcodes = vec!["11400".to_owned(), "11491".to_owned()];
    place.district = Some("Cybèle".to_owned());
    place.importance = Some(0.5);
    let mut odd = number(3, "bis", 1.951);
    (odd.certified, odd.ban_id, odd.id, odd.postcode) =
        (true, Some(BanId(9)), Some("x-3".into()), Some("11491".into()));
    place.numbers = vec![number(12, "", 1.953), odd, number(3, "", 1.95)];
    let (_folder, index, summary) = index_of(&[place, municipality("11076", "Castelnaudary", None, 12_000)]);
    assert_eq!((summary.streets, summary.municipalities, summary.numbers, summary.left_out), (1, 1, 3, 0));
    assert_eq!(summary.bytes, index.bytes());
    let found = index.places_named(index.terms().exact("hopital").unwrap());
    let view = index.place(found[0]);
    assert_eq!(
        (view.kind(), view.name(), view.id(), view.ban_id()),
        (Kind::Street, "Rue de l'Hôpital", "11076_0123", Some(BanId(7)))
    );
    assert_eq!(view.aliases().map(|(name, _)| name).collect::<Vec<_>>(), ["Carrièra de l'Espital"]);
    assert_eq!(view.postcodes().collect::<Vec<_>>(), ["11400", "11491"]);
    assert_eq!(view.position(), here(1.95, 43.31));
    assert!((view.importance() - 0.5).abs() < 1e-4);
    assert_eq!((view.town().code(), view.city(), view.town().population()), ("11076", "Castelnaudary", Some(12_000)));
    assert_eq!(
        view.district().map(|district| (district.name(), district.kind())),
        Some(("Cybèle", TownKind::District))
    );
    let numbers: Vec<_> = view.numbers().iter().map(|number| (number.number(), number.suffix(), number.id())).collect();
    assert_eq!(
        numbers,
        [(3, "", "11076_0123_00003".to_owned()), (3, "bis", "x-3".to_owned()), (12, "", "11076_0123_00012".to_owned())]
    );
    let odd = view.numbers().find(3, "bis").unwrap();
    assert_eq!((odd.certified(), odd.ban_id(), odd.postcode()), (true, Some(BanId(9)), Some("11491")));
    let plain = view.numbers().find(12, "").unwrap();
    assert_eq!((plain.certified(), plain.ban_id(), plain.postcode()), (false, None, Some("11400")));
    assert_eq!(view.numbers().find(12, "ter").map(|number| number.number()), None);
}

#[test]
fn numbers_around_are_on_the_same_side() {
    let mut place = street("1", "Rue X", "11076", "C");
    place.numbers = [2, 4, 5, 10, 11].map(|rank| number(rank, "", 1.9)).to_vec();
    let (_folder, index, _) = index_of(&[place]);
    let around = |number| {
        let (below, above) = index.numbers(0).around(number);
        (below.map(|below| below.number()), above.map(|above| above.number()))
    };
    assert_eq!(around(6), (Some(4), Some(10)));
    assert_eq!(around(7), (Some(5), Some(11)));
    assert_eq!(around(1), (None, Some(5)));
    assert_eq!(around(12), (Some(10), None));
    assert_eq!(around(4), (Some(2), Some(10)));
}

#[test]
fn pieces_of_a_street_become_one_street() {
    let piece = |id: &str, name: &str, numbers: Vec<HouseNumber>| Place { numbers, ..street(id, name, "11076", "C") };
    let certified = HouseNumber { certified: true, ..number(1, "", 1.91) };
    let (_folder, index, summary) = index_of(&[
        piece("a", "Rue de l'Église", vec![number(1, "", 1.9), certified, number(2, "", 1.9)]),
        piece("a", "Rue de l'Eglise", vec![number(1, "", 1.92), number(2, "", 1.93), number(3, "", 1.9)]),
        piece("b", "RUE DE L'EGLISE", vec![number(4, "", 1.9)]),
        piece("c", "Rue du Moulin", vec![]),
        piece("d", "Rue de l'église", vec![number(3, "", 1.945)]),
    ]);
    assert_eq!((summary.streets, summary.numbers), (3, 5), "number 3 is at two places: there are two streets");
    let street = (0..3).map(|place| index.place(place)).find(|place| place.id() == "a").unwrap();
    assert_eq!((street.id(), street.name()), ("a", "Rue de l'Église"));
    let lon = |number| street.numbers().find(number, "").unwrap().position().lon;
    assert_eq!(lon(1), 1.91, "the certified one counts");
    assert_eq!(lon(2), 1.93, "the last one counts");
    assert_eq!(street.numbers().find(4, "").unwrap().id(), "b_00004", "an identifier outlives its street's");
}

#[test]
fn suffixes_may_be_more_than_a_key_can_tell() {
    let mut place = street("1", "Rue X", "11076", "C");
    place.numbers = (0..17_000).map(|rank| number(rank % 100, &format!("s{rank}"), 1.9)).collect();
    let (_folder, index, _) = index_of(&[place]);
    let numbers = index.numbers(0);
    assert_eq!(numbers.len(), 17_000);
    for rank in [0, 1, 16_383, 16_384, 16_999] {
        let suffix = format!("s{rank}");
        assert_eq!(numbers.find(rank % 100, &suffix).map(|number| number.suffix().to_owned()), Some(suffix));
    }
}

#[test]
fn a_number_too_great_for_an_index_is_counted_as_left_out() {
    let mut place = street("1", "Rue X", "11076", "C");
    place.numbers = vec![number(262_143, "", 1.9), number(262_144, "", 1.9), number(u32::MAX, "", 1.9)];
    let (_folder, index, summary) = index_of(&[place]);
    assert_eq!((index.house_numbers(), summary.numbers, summary.left_out), (1, 1, 2));
}

#[test]
fn streets_of_one_name_in_two_former_communes_stay_two() {
    let piece = |id: &str, old: &str| Place {
        old_city_code: Some(old.to_owned()),
        old_city: Some(format!("Ancienne {old}")),
        ..street(id, "Rue de l'Église", "49018", "Baugé-en-Anjou")
    };
    let (_folder, index, summary) = index_of(&[piece("1", "49031"), piece("2", "49018"), piece("3", "49031")]);
    assert_eq!(summary.streets, 2);
    let town = index.town(index.town_of_code("49018").unwrap());
    assert_eq!((town.kind(), town.name(), town.places().places()), (TownKind::Commune, "Baugé-en-Anjou", 2));
    let old = index.town(index.town_of_code("49031").unwrap());
    assert_eq!((old.kind(), old.name(), old.places().places()), (TownKind::Old, "Ancienne 49031", 1));
    assert_eq!(old.parent().map(|parent| parent.code()), Some("49018"));
}

#[test]
fn a_city_has_the_places_of_its_arrondissements() {
    let in_paris = |id: &str, code: &str, postcode: &str| Place {
        postcodes: vec![postcode.to_owned()],
        ..street(id, &format!("Rue {id}"), code, "Paris")
    };
    let (_folder, index, _) = index_of(&[
        in_paris("1", "75101", "75001"),
        in_paris("2", "75056", "75010"),
        municipality("75056", "Paris", None, 2_100_000),
        municipality("75101", "Paris 1er Arrondissement", Some("75056"), 16_000),
        street("3", "Rue 3", "77001", "Achères-la-Forêt"),
    ]);
    let town = |code: &str| index.town(index.town_of_code(code).unwrap());
    assert_eq!(town("75056").places().places(), 4);
    assert_eq!((town("75101").kind(), town("75101").places().places()), (TownKind::Arrondissement, 2));
    assert_eq!((town("75110").name(), town("75110").city()), ("Paris 10e Arrondissement", "Paris"));
    let second = (0..index.places()).map(|place| index.place(place)).find(|place| place.id() == "2").unwrap();
    assert_eq!((second.town().code(), second.city()), ("75110", "Paris"));
    assert_eq!(second.district().map(|district| district.name()), Some("Paris 10e Arrondissement"));
    assert_eq!(index.postcode("75010").places(), 1);
    assert_eq!(index.postcodes_beginning("750").map(|(text, _)| text).collect::<Vec<_>>(), ["75001", "75010"]);
}

#[test]
fn a_commune_of_before_is_a_municipality_of_its_commune() {
    let (_folder, index, summary) = index_of(&[
        municipality("49018", "Baugé-en-Anjou", None, 11_000),
        municipality("49031", "Bocé", Some("49018"), 500),
    ]);
    assert_eq!(summary.municipalities, 2);
    let old = index.town(index.town_of_code("49031").unwrap());
    let place = index.place(old.municipality().unwrap());
    assert_eq!((place.name(), place.city(), place.population()), ("Bocé", "Baugé-en-Anjou", Some(500)));
    assert_eq!(old.population(), Some(500));
    assert!(index.town(index.town_of_code("49018").unwrap()).places().contains(place.place()));
}

#[test]
fn a_commune_of_before_may_have_the_code_of_its_commune() {
    let places = [
        municipality("49018", "Baugé-en-Anjou", None, 11_000),
        municipality("49018", "Baugé", Some("49018"), 3_600),
        municipality("49101", "Bauge en Anjou", Some("49018"), 40),
        Place {
            old_city_code: Some("49018".to_owned()),
            old_city: Some("Baugé".to_owned()),
            ..street("49018_1", "Rue Haute", "49018", "Baugé-en-Anjou")
        },
    ];
    let check = |index: &Index| {
        let town = index.town(index.town_of_code("49018").unwrap());
        assert_eq!((town.kind(), town.name(), town.population()), (TownKind::Commune, "Baugé-en-Anjou", Some(11_000)));
        assert_eq!((index.places(), index.towns()), (3, 2));
        let street = (0..3).map(|place| index.place(place)).find(|place| place.kind() == Kind::Street).unwrap();
        let old = street.old_town().unwrap();
        assert_eq!(
            (old.code(), old.name(), old.population(), old.places().places()),
            ("49018", "Baugé", Some(3_600), 2)
        );
    };
    let (folder, index, _) = index_of(&places);
    check(&index);
    let mut builder = Builder::new(folder.path(), BuildOptions::default());
    builder.add_index(&index, &BTreeSet::new()).unwrap();
    let again = folder.path().join("again.index");
    builder.finish(&again, &|_| ()).unwrap();
    check(&Index::open(&again).unwrap());
}

#[test]
fn a_street_without_postcode_has_its_towns_only_one() {
    let town = |postcodes: &[&str]| Place {
        postcodes: postcodes.iter().map(|&postcode| postcode.to_owned()).collect(),
        ..municipality("11076", "C", None, 10)
    };
    let postcode_of_street = |town: Place| {
        let (_folder, index, _) = index_of(&[street("1", "Rue X", "11076", "C"), town]);
        (0..2)
            .map(|place| index.place(place))
            .find(|place| place.kind() == Kind::Street)
            .unwrap()
            .postcode()
            .map(str::to_owned)
    };
    assert_eq!(postcode_of_street(town(&["11400"])).as_deref(), Some("11400"));
    assert_eq!(postcode_of_street(town(&["11400", "11401"])), None);
}

#[test]
fn a_street_without_position_lies_in_the_middle_of_its_numbers() {
    let nowhere = Place {
        position: here(f64::NAN, f64::NAN),
        numbers: vec![number(1, "", 1.0), number(2, "", 2.0), number(3, "", 3.0)],
        ..street("1", "Rue X", "11076", "C")
    };
    let lost = Place { position: here(f64::NAN, 0.0), ..street("2", "Rue Y", "11076", "C") };
    let (_folder, index, summary) = index_of(&[nowhere, lost]);
    assert_eq!(index.place(0).position(), here(2.0, 43.31));
    assert_eq!((summary.streets, summary.left_out), (1, 1));
}

#[test]
fn words_with_a_mistake_or_of_the_same_sound_are_found() {
    let names = ["Rue de la République", "Rue des Fleurs", "Avenue du Phare", "Impasse du Far"];
    let places: Vec<Place> =
        names.iter().enumerate().map(|(rank, name)| street(&rank.to_string(), name, "11076", "C")).collect();
    let (_folder, index, _) = index_of(&places);
    let terms = index.terms();
    let near = |word: &str, distance| {
        terms.near(word, distance).into_iter().map(|(term, apart)| (terms.text(term), apart)).collect::<Vec<_>>()
    };
    assert_eq!(near("repubilque", 1), [("republique", 1)]);
    assert_eq!(near("rpubilque", 2), [("republique", 2)]);
    assert_eq!(near("fleur", 1), [("fleurs", 1)]);
    assert!(near("republique", 2).is_empty());
    let beginning: Vec<&str> = terms.prefix("f").map(|term| terms.text(term)).collect();
    assert_eq!(beginning, ["far", "fleurs"]);
    let sounding: Vec<&str> =
        terms.sounding(&crate::text::phonetic("phare")).iter().map(|term| terms.text(*term)).collect();
    assert_eq!(sounding, ["far", "phare"]);
    assert_eq!(named(&index, "phare"), ["Avenue du Phare"]);
    let strong: Vec<&str> = index.strongest("fl").iter().map(|place| index.place(*place).name()).collect();
    assert_eq!(strong, ["Rue des Fleurs"]);
    assert!(index.strongest("zz").is_empty());
}

#[test]
fn an_empty_index_answers_nothing() {
    let (_folder, index, summary) = index_of(&[]);
    assert_eq!((index.places(), index.towns(), index.house_numbers(), summary.numbers), (0, 0, 0, 0));
    assert!(index.terms().is_empty() && index.terms().near("rue", 2).is_empty() && index.terms().prefix("").is_empty());
    assert_eq!(index.terms().exact("rue"), None);
    assert!(index.postcode("11400").is_empty() && index.town_of_code("11076").is_none());
    assert_eq!((index.place(3).name(), index.town(5).name(), index.numbers(9).len()), ("", "", 0));
}

#[test]
fn an_import_keeps_the_other_communes_of_the_index_of_before() {
    let with = |id: &str, code: &str, lon: f64| Place {
        numbers: vec![number(1, "", lon)],
        ..street(id, &format!("Rue {id}"), code, "C")
    };
    let (folder, before, _) = index_of(&[
        with("a", "11076", 1.0),
        with("b", "11069", 1.0),
        municipality("11076", "Castelnaudary", None, 12_000),
    ]);
    let mut builder = Builder::new(folder.path(), BuildOptions::default());
    builder.add(&with("new", "11076", 2.0)).unwrap();
    let brought = builder.communes().clone();
    assert_eq!(brought.iter().collect::<Vec<_>>(), ["11076"]);
    builder.add_index(&before, &brought).unwrap();
    let file = folder.path().join("after.index");
    builder.finish(&file, &|_| ()).unwrap();
    let after = Index::open(&file).unwrap();
    let ids: Vec<&str> = (0..after.places()).map(|place| after.place(place).id()).collect();
    assert_eq!(ids, ["b", "11076", "new"]);
    assert_eq!(after.town(after.town_of_code("11076").unwrap()).name(), "Castelnaudary");
}

/// What identifies a number, and what it says.
type Said = BTreeMap<(String, u32, String), (i32, bool)>;

fn said(places: impl Iterator<Item = Place>) -> Said {
    let mut said = Said::new();
    for place in places {
        for number in &place.numbers {
            let lon = crate::index::places::units(number.position.lon);
            said.insert((place.id.clone(), number.number, number.suffix.to_string()), (lon, number.certified));
        }
    }
    said
}

fn any_place() -> impl Strategy<Value = Place> {
    let numbers =
        proptest::collection::btree_map((0u32..300, "(|bis|ter|[a-z]{1,3})"), (-500i32..500, any::<bool>()), 0..40);
    // Names end with their identifier, so that no two streets are joined by their name.
    ("[0-9]{2}", 0u32..400, "[A-Zéa-z' -]{1,20}", numbers).prop_map(|(department, rank, name, numbers)| {
        let code = format!("{department}{:03}", rank % 7);
        let id = format!("{code}_{rank}");
        let mut place = street(&id, &format!("{name} {rank}"), &code, "Ville");
        place.numbers = numbers
            .into_iter()
            .map(|((number, suffix), (lon, certified))| HouseNumber {
                certified,
                ..HouseNumber::new(number, &suffix, here(f64::from(lon) / 100.0, 43.0))
            })
            .collect();
        place
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn all_that_goes_in_comes_out(places in proptest::collection::vec(any_place(), 0..30)) {
        let mut places = places;
        places.sort_by(|one, other| one.id.cmp(&other.id));
        places.dedup_by(|one, other| one.id == other.id);
        let (_folder, index, summary) = index_of(&places);
        prop_assert_eq!(summary.streets as usize, places.len());
        let read: Vec<Place> = (0..index.places()).filter_map(|place| import::place(&index, place, &BTreeSet::new())).collect();
        let names = |places: &[Place]| places.iter().map(|place| (place.id.clone(), place.name.clone())).collect::<BTreeSet<_>>();
        prop_assert_eq!(names(&read), names(&places));
        prop_assert_eq!(said(read.into_iter()), said(places.iter().cloned()));
        for place in &places {
            let town = index.town(index.town_of_code(&place.city_code).unwrap());
            let in_town: Vec<&str> = town.places().iter().flatten().map(|place| index.place(place).id()).collect();
            prop_assert!(in_town.contains(&place.id.as_str()));
            for word in crate::text::words(&place.name).iter() {
                let term = index.terms().exact(word.text).unwrap();
                prop_assert!(index.places_named(term).iter().any(|found| index.place(*found).id() == place.id));
            }
        }
    }

    #[test]
    fn a_damaged_file_is_refused_or_read_without_harm(
        places in proptest::collection::vec(any_place(), 1..6),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in proptest::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let (folder, index, _) = index_of(&places);
        let mut bytes = std::fs::read(index.path()).unwrap();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let file = folder.path().join("damaged.index");
        std::fs::write(&file, &bytes).unwrap();
        if let Ok(damaged) = Index::open(&file) {
            exercise(&damaged);
            // It may even be imported: nothing sensible comes of it, and no harm.
            let mut builder = Builder::new(folder.path(), BuildOptions { threads: 1, ..BuildOptions::default() });
            if damaged.places() < 1000 && builder.add_index(&damaged, &BTreeSet::new()).is_ok() {
                let _ = builder.finish(&folder.path().join("again.index"), &|_| ());
            }
        }
    }
}

/// Reads everything that an index gives.
fn exercise(index: &Index) {
    let nothing = BTreeSet::new();
    for place in 0..index.places().min(200) {
        let numbers = index.numbers(place);
        black_box((import::place(index, place, &nothing), numbers.around(7), numbers.find(3, "bis")));
    }
    for town in (0..index.towns().min(200)).map(|town| index.town(town)) {
        black_box((town.postcodes().count(), town.places().iter().take(9).count(), town.words(), town.city()));
    }
    let terms = index.terms();
    for term in 0..terms.len().min(200) {
        let text = terms.text(term);
        black_box((index.places_named(term), index.towns_named(term), terms.near(text, 2), terms.exact(text)));
    }
    for query in ["12 bis rue 34000 ville", "vi", "rue d"] {
        black_box(index.search(&SearchQuery::new(query)));
    }
    for position in [here(0.1, 43.0), here(1.95, 43.31)] {
        black_box(index.reverse(&ReverseQuery { limit: 9, ..ReverseQuery::new(position) }));
    }
    for word in ["rue", "r", "", "é", "bis"] {
        black_box((terms.prefix(word), terms.near(word, 2), terms.sounding(word)));
        black_box((index.strongest(word), index.postcode(word), index.town_of_code(word)));
    }
}
