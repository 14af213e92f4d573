//! What the shipped file says of France.

use crate::*;

fn france() -> &'static Geography {
    Geography::shipped()
}

#[test]
fn every_division_of_the_sources_is_there() {
    let france = france();
    assert_eq!(france.communes().len(), 37_590);
    assert_eq!(france.current_communes().len(), 34_969);
    assert_eq!((france.epcis().len(), france.departements().len(), france.regions().len()), (1_255, 109, 26));
}

#[test]
fn a_town_knows_what_it_is_part_of() {
    let town = france().commune("11076").unwrap();
    assert_eq!((town.name(), town.kind(), town.zone()), ("Castelnaudary", CommuneKind::Current, Zone::Metro));
    assert_eq!((town.siren(), town.postcodes_text(), town.population()), (Some("211100763"), "11400", Some(12_151)));
    assert_eq!(town.epci().unwrap().code(), "200035855");
    assert_eq!((town.departement().code(), town.region().name()), ("11", "Occitanie"));
    let surface = town.surface().unwrap();
    assert!((4_600.0..4_950.0).contains(&surface), "{surface}");
    let hall = town.town_hall().unwrap();
    assert!(town.outline().contains(hall.lon * 1e5, hall.lat * 1e5));
    assert_eq!(france().of_siren("211100763"), Some(town));
}

#[test]
fn every_commune_with_an_outline_has_its_centre_inside_and_is_found_there() {
    for commune in france().current_communes().filter(|commune| !commune.outline().is_empty()) {
        let centre = commune.centre().unwrap();
        assert!(commune.outline().contains(centre.lon * 1e5, centre.lat * 1e5), "{}", commune.code());
        assert_eq!(france().at(centre.lon, centre.lat), Some(commune));
        let bbox = commune.bbox().unwrap();
        assert!((bbox.west..bbox.east).contains(&centre.lon) && (bbox.south..bbox.north).contains(&centre.lat));
    }
}

#[test]
fn the_area_of_a_division_is_that_of_its_communes() {
    let close = |whole: Option<f64>, parts: f64, code: &str| {
        let whole = whole.unwrap_or(0.0);
        assert!((whole - parts).abs() <= parts * 0.001 + 1.0, "{code}: {whole} {parts}");
    };
    let sum = |communes: &mut dyn Iterator<Item = Commune>| communes.filter_map(Commune::surface).sum::<f64>();
    for epci in france().epcis() {
        close(epci.surface(), sum(&mut epci.communes()), epci.code());
    }
    for departement in france().departements() {
        close(departement.surface(), sum(&mut departement.communes()), departement.code());
    }
    for region in france().regions() {
        close(region.surface(), sum(&mut region.communes()), region.code());
    }
}

#[test]
fn a_position_at_sea_or_abroad_is_in_no_commune() {
    for (lon, lat) in [(-5.5, 47.0), (-0.12, 51.5), (0.0, 0.0), (f64::NAN, 43.0), (400.0, 43.0), (2.0, 91.0)] {
        assert_eq!(france().at(lon, lat), None, "{lon} {lat}");
    }
    assert_eq!(france().at(2.443, 48.864).map(Commune::code), Some("93048"));
}

#[test]
fn codes_of_any_time_lead_to_communes_of_today() {
    let codes = |code: &str| france().resolve(code).into_iter().map(Commune::code).collect::<Vec<_>>();
    assert_eq!(codes("11076"), ["11076"]);
    // Merged, and again: Bâgé-la-Ville, then Bâgé-Dommartin.
    assert_eq!(codes("01144"), ["01025"]);
    assert_eq!(codes("75101"), ["75056"]);
    // The département of Seine-et-Oise became several.
    assert_eq!(codes("78197"), ["95197"]);
    assert!(codes("00000").is_empty() && codes("").is_empty() && codes("💥").is_empty());
    assert!(france().former().all(|(_, _, communes)| !communes.is_empty()));
}

#[test]
fn arrondissements_and_delegated_communes_are_part_of_one() {
    let paris = france().commune("75056").unwrap();
    let first = france().commune("75101").unwrap();
    assert_eq!((first.kind(), first.parent()), (CommuneKind::Arrondissement, Some(paris)));
    assert_eq!(paris.parts().count(), 20);
    // The seat of a new commune has its code: the commune of today comes first.
    assert_eq!(france().commune("01015").unwrap().kind(), CommuneKind::Current);
    let delegated = france().commune_of_kind("01015", CommuneKind::Delegated).unwrap();
    assert_eq!((delegated.name(), delegated.parent().unwrap().name()), ("Arbignieu", "Arboys en Bugey"));
}

#[test]
fn outlines_are_closed_and_turn_to_the_left() {
    let outlines = france().epcis().map(Epci::outline).chain(france().departements().map(Departement::outline));
    for outline in outlines.chain(france().current_communes().step_by(50).map(Commune::outline)) {
        for polygon in &outline.0 {
            for (n, ring) in polygon.iter().enumerate() {
                assert_eq!(ring.first(), ring.last());
                assert!(ring.len() >= 4);
                assert_eq!(outline::ring_area(ring) > 0.0, n == 0);
            }
        }
    }
}

mod names {
    use super::*;

    fn first(name: &str, boost: bool) -> Option<&'static str> {
        let query =
            CommuneQuery { name: Some(name), boost_population: boost, limit: Some(5), ..CommuneQuery::default() };
        france().search(&query).first().map(|found| found.commune.name())
    }

    #[test]
    fn the_name_itself_comes_first_however_it_is_written() {
        for (typed, name) in [
            ("Nantes", "Nantes"),
            ("NANTES", "Nantes"),
            ("l'hay les roses", "L'Haÿ-les-Roses"),
            ("st denis", "Saint-Denis"),
            ("St-Étienne", "Saint-Étienne"),
            ("Bram", "Bram"),
            ("castelnaudary", "Castelnaudary"),
            ("Roses L'Hay", "L'Haÿ-les-Roses"),
        ] {
            assert_eq!(first(typed, true), Some(name), "{typed}");
        }
    }

    #[test]
    fn mistakes_and_beginnings_find_the_town() {
        for (typed, name) in [
            ("castelnodary", "Castelnaudary"),
            ("Montpelier", "Montpellier"),
            ("Marsille", "Marseille"),
            ("Marsei", "Marseille"),
            ("vilefranche sur saone", "Villefranche-sur-Saône"),
            ("aix en prov", "Aix-en-Provence"),
        ] {
            assert_eq!(first(typed, true), Some(name), "{typed}");
        }
    }

    #[test]
    fn nothing_is_found_for_nothing_and_odd_texts_cost_little() {
        let long = "saint ".repeat(2_000);
        for odd in ["", " ", "-'", "💥", "zzzzzz", "' OR 1=1 --", "(?:.*)*$", "\0", "Αθήνα"] {
            assert_eq!(first(odd, false), None, "{odd:?}");
        }
        assert!(first(&long, false).is_some());
    }

    #[test]
    fn filters_narrow_what_a_name_finds() {
        let query = CommuneQuery { name: Some("saint-martin"), departement: Some("11"), ..CommuneQuery::default() };
        let found = france().search(&query);
        assert!(!found.is_empty() && found.iter().all(|one| one.commune.departement().code() == "11"));
        assert!(found.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }
}

#[test]
fn a_query_without_a_name_answers_in_the_order_of_codes() {
    let search =
        |query: CommuneQuery<'_>| france().search(&query).into_iter().map(|one| one.commune.code()).collect::<Vec<_>>();
    assert_eq!(search(CommuneQuery { postcode: Some("78000"), ..CommuneQuery::default() }), ["78646"]);
    assert_eq!(search(CommuneQuery { postcode: Some("75001"), ..CommuneQuery::default() }), ["75056"]);
    assert_eq!(search(CommuneQuery { codes: vec!["11076", "01001"], ..CommuneQuery::default() }), ["01001", "11076"]);
    let position = Some(Point { lon: 2.443, lat: 48.864 });
    assert_eq!(search(CommuneQuery { position, ..CommuneQuery::default() }), ["93048"]);
    assert_eq!(search(CommuneQuery { former_code: Some("01144"), ..CommuneQuery::default() }), ["01025"]);
    let paris =
        CommuneQuery { parent: Some("75056"), kinds: vec![CommuneKind::Arrondissement], ..CommuneQuery::default() };
    assert_eq!(search(paris).len(), 20);
    assert_eq!(search(CommuneQuery { zones: vec![Zone::Drom], ..CommuneQuery::default() }).len(), 129);
    assert_eq!(search(CommuneQuery::default()).len(), 34_969);
}

mod territories {
    use super::*;
    use crate::territory::*;

    #[test]
    fn a_town_is_found_by_code_by_siren_and_by_the_beginning_of_its_name() {
        let town = find("commune:11076").unwrap();
        assert_eq!(
            (town.name(), town.departement().unwrap().code(), town.postcodes()),
            ("Castelnaudary", "11", "11400")
        );
        assert_eq!(of_siren("211100763"), Some(town));
        assert_eq!(suggest("castelnaud", Some(Kind::Commune), 10)[0].code(), "11076");
        assert_eq!(suggest("11400", Some(Kind::Commune), 10)[0].code(), "11076");
        assert_eq!(town.key(), "commune:11076");
        assert_eq!(find("commune:01144").unwrap().key(), "commune:01025");
    }

    #[test]
    fn the_largest_town_of_a_beginning_comes_first_and_an_exact_name_before_it() {
        assert_eq!(suggest("saint-den", Some(Kind::Commune), 3)[0].name(), "Saint-Denis");
        assert_eq!(suggest("Bram", Some(Kind::Commune), 3)[0].name(), "Bram");
        let begun: Vec<&str> = suggest("saint-de", Some(Kind::Commune), 5).iter().map(|one| one.name()).collect();
        assert!(begun.iter().all(|name| name.starts_with("Saint-De")), "{begun:?}");
        assert_eq!(suggest("Occitan", None, 3)[0].key(), "region:76");
        assert_eq!(suggest("Nantes Métropole", None, 3)[0].kind(), Kind::Epci);
    }

    #[test]
    fn nothing_is_suggested_for_nothing_and_nobody_minds_odd_texts() {
        for odd in ["", "  -'", "ZZZZZZ", "99999999", "💥"] {
            assert!(suggest(odd, None, 10).is_empty(), "{odd}");
        }
        for unknown in ["commune:99999", "royaume:1", "commune", "", "epci:"] {
            assert!(find(unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn the_smallest_territory_around_communes_is_what_they_are_all_in() {
        let of = |codes: &[&str]| {
            smallest_around(codes.iter().flat_map(|code| france().resolve(code)).map(Territory::Commune))
                .map(Territory::key)
        };
        assert_eq!(of(&["11076"]).as_deref(), Some("commune:11076"));
        assert_eq!(of(&["11076", "11049"]).as_deref(), Some("departement:11"));
        assert_eq!(of(&["11076", "31555"]).as_deref(), Some("region:76"));
        assert_eq!(of(&["11076", "75056"]), None);
        assert_eq!(of(&[]), None);
        let epci = france().epci("200035855").unwrap();
        assert_eq!(smallest_around(epci.communes().map(Territory::Commune)), Some(Territory::Epci(epci)));
    }

    #[test]
    fn what_contains_what() {
        assert_eq!(ancestors("commune:11076"), ["epci:200035855", "departement:11", "region:76"]);
        assert!(contains("region:76", "epci:200035855") && contains("departement:11", "commune:11076"));
        assert!(contains("commune:11076", "commune:11076") && !contains("commune:11076", "departement:11"));
        assert!(!contains("region:76", "commune:75056"));
    }
}
