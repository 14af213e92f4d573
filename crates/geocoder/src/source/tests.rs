//! Behaviours of reading, format by format, on small files written for these tests and on whatever bytes.

use std::io::Write;

use proptest::prelude::*;

use super::*;
use crate::place::{HouseNumber, PlaceKind};

struct Outcome {
    format: Format,
    places: Vec<Place>,
    faults: Vec<Fault>,
}

fn read_with(bytes: &[u8], options: &Options) -> Result<Outcome, SourceError> {
    let source = read(std::io::Cursor::new(bytes.to_vec()), None, options)?;
    let format = source.format();
    let (places, faults): (Vec<_>, Vec<_>) = source.partition(Result::is_ok);
    let places = places.into_iter().filter_map(Result::ok).collect();
    Ok(Outcome { format, places, faults: faults.into_iter().filter_map(Result::err).collect() })
}

fn outcome(text: &str) -> Outcome {
    read_with(text.as_bytes(), &Options::default()).unwrap()
}

fn sample(name: &str) -> Outcome {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    read_with(&std::fs::read(path).unwrap(), &Options::default()).unwrap()
}

fn numbers(place: &Place) -> Vec<String> {
    place.numbers.iter().map(|number| format!("{}{}", number.number, number.suffix)).collect()
}

fn codes(outcome: &Outcome) -> Vec<(FaultCode, u64)> {
    outcome.faults.iter().map(|fault| (fault.code, fault.line)).collect()
}

#[test]
fn lines_of_the_national_base_become_streets_places_and_communes() {
    let read = sample("ban.ndjson");
    assert_eq!(read.format, Format::BanNdjson);
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    let [town, street, locality, paris, poi] = &read.places[..] else { unreachable!("{:?}", read.places) };

    assert_eq!(town.kind, PlaceKind::Municipality { population: Some(12_450), parent: None });
    assert_eq!(town.postcodes, ["11400", "11491"]);

    assert_eq!((street.kind.clone(), street.id.as_str()), (PlaceKind::Street, "11076_0123"));
    assert_eq!(numbers(street), ["1", "1bis", "20"]);
    assert_eq!(street.numbers[1].id_in(&street.id), "11076_0123_00001_bis");
    assert_eq!(street.numbers[1].id, None, "what the place's identifier tells isn't kept");
    assert_eq!(street.numbers[2].ban_id.unwrap().to_string(), "c1b2a3f4-0000-4000-8000-000000000020");
    assert_eq!(street.aliases, ["Carrièra de la Mar"]);

    assert_eq!(locality.kind, PlaceKind::Locality);
    assert_eq!((locality.old_city_code.as_deref(), locality.old_city.as_deref()), (Some("11001"), Some("Aigues")));

    assert_eq!((paris.city.as_str(), paris.district.as_deref()), ("Paris", Some("Paris 1er Arrondissement")));
    assert_eq!(poi.kind, PlaceKind::Poi { categories: vec!["mairie".into(), "service public".into()] });
}

#[test]
fn a_population_in_thousands_is_counted_by_one() {
    let read =
        outcome(r#"{"type":"municipality","name":"Lyon","citycode":"69123","lat":45.7,"lon":4.8,"population":513.3}"#);
    assert_eq!(read.places[0].kind, PlaceKind::Municipality { population: Some(513_300), parent: None });
}

#[test]
fn what_is_wrong_with_a_line_is_told_and_the_others_are_read() {
    let good = r#"{"id":"1","type":"street","name":"Rue A","citycode":"11076","city":"X","lat":43.3,"lon":1.9}"#;
    let lines = [
        good,
        "{\"id\":",
        "[1,2]",
        r#"{"type":"street","citycode":"11076","lat":43.3,"lon":1.9}"#,
        r#"{"type":"street","name":"Rue B","citycode":"ABCDE","lat":43.3,"lon":1.9}"#,
        r#"{"type":"street","name":"Rue B","citycode":"11076"}"#,
        r#"{"type":"street","name":"Rue B","citycode":"11076","lat":143.3,"lon":1.9}"#,
        "",
        r#"{"type":"street","name":"Rue C","citycode":"11076","lat":43.3,"lon":1.9,"housenumbers":{"x":{"lat":43.3,"lon":1.9},"2":{},"3":{"lat":"43.3","lon":"1.9"}}}"#,
        good,
    ];
    let read = outcome(&lines.join("\n"));
    assert_eq!(
        codes(&read),
        [
            (FaultCode::NotJson, 2),
            (FaultCode::NotJson, 3),
            (FaultCode::Missing, 4),
            (FaultCode::InvalidCityCode, 5),
            (FaultCode::MissingPosition, 6),
            (FaultCode::InvalidPosition, 7),
            (FaultCode::InvalidNumber, 9),
            (FaultCode::MissingPosition, 9),
        ]
    );
    assert_eq!(read.places.len(), 3);
    assert_eq!(numbers(&read.places[1]), ["3"]);
    assert_eq!(read.faults[0].byte, good.len() as u64 + 1);
}

#[test]
fn nesting_without_end_is_a_fault_and_not_a_crash() {
    let deep = format!("{{\"name\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(codes(&outcome(&deep)), [(FaultCode::NotJson, 1)]);
}

#[test]
fn rows_of_the_national_base_become_streets_with_their_numbers() {
    let read = sample("ban.csv");
    assert_eq!(read.format, Format::BanCsv);
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    assert_eq!(read.places.len(), 2);
    let street = &read.places[0];
    assert_eq!(
        (street.id.as_str(), street.name.as_str(), street.city.as_str()),
        ("11076_0123", "Rue de la Mer", "Castelnaudary")
    );
    assert_eq!(numbers(street), ["1", "1bis", "20"]);
    assert!(street.numbers[0].certified && !street.numbers[1].certified);
    assert_eq!(street.old_city_code.as_deref(), None);
    assert_eq!(read.places[1].old_city.as_deref(), Some("Aigues"));
}

#[test]
fn named_places_of_the_national_base_are_localities() {
    let read = outcome(
        "id;nom_lieu_dit;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;source_position;source_nom_voie\n\
         11076_b001;Les Crozes;11400;11076;Castelnaudary;;;;;1.95;43.31;commune;commune\n",
    );
    assert_eq!(read.format, Format::BanLieuxDits);
    assert_eq!((read.places[0].kind.clone(), read.places[0].id.as_str()), (PlaceKind::Locality, "11076_b001"));
}

#[test]
fn a_towns_own_base_is_read_in_its_three_versions() {
    for name in ["bal-1.3.csv", "bal-1.4.csv", "bal-1.5.csv"] {
        let read = sample(name);
        assert_eq!(read.format, Format::Bal, "{name}");
        assert_eq!(codes(&read), [(FaultCode::MissingPosition, 7)], "{name}");
        let [street, locality] = &read.places[..] else { unreachable!("{name}: {:?}", read.places) };
        assert_eq!(numbers(street), ["1", "1bis", "20"], "{name}");
        assert_eq!(street.aliases, ["Carrièra de la Mar"], "{name}");
        // Of the plot and the entrance, the entrance.
        assert!((street.numbers[0].position.lon - 1.9501).abs() < 1e-9, "{name}");
        assert!(street.numbers[0].certified, "{name}");
        assert_eq!((&locality.kind, locality.name.as_str()), (&PlaceKind::Locality, "Les Crozes"), "{name}");
        assert!(locality.numbers.is_empty(), "{name}");
        assert_eq!(locality.old_city_code.as_deref(), Some("11001"), "{name}");
    }
    let with_ids = sample("bal-1.4.csv");
    assert_eq!(with_ids.places[0].id, "11076_0123");
    assert_eq!(with_ids.places[0].ban_id.unwrap().to_string(), "aaaaaaaa-0000-4000-8000-000000000001");
    assert_eq!(sample("bal-1.3.csv").places[0].ban_id, with_ids.places[0].ban_id);
}

#[test]
fn metres_of_the_legal_projection_are_degrees_where_nothing_else_is_given() {
    let read = outcome(
        "numero;voie;code_insee;ville;x;y\n1;Rue Raimu;34172;Montpellier;769617.29;6276884.59\n2;Rue Raimu;97411;Saint-Denis;338000,5;7690000\n",
    );
    let [metropolis, reunion] = &read.places[..] else { unreachable!("{:?}", read.places) };
    assert!(metropolis.position.distance(Position { lon: 3.8618, lat: 43.5874 }) < 200.0, "{:?}", metropolis.position);
    assert!(reunion.position.distance(Position { lon: 55.44, lat: -20.88 }) < 20_000.0, "{:?}", reunion.position);
}

#[test]
fn files_of_bano_name_their_commune_in_their_identifiers() {
    let read = outcome(
        "id,numero,voie,cp,ville,source,y,x\n751010291H-1,1,Rue d'Alger,75001,Paris,OSM,48.864947,2.329438\n751010291H-1A,1A,Rue d'Alger,75001,Paris,OSM,48.865,2.3295\n",
    );
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    assert_eq!(read.places.len(), 1);
    assert_eq!((read.places[0].city_code.as_str(), read.places[0].id.as_str()), ("75101", "751010291H"));
    assert_eq!(numbers(&read.places[0]), ["1", "1a"]);
    assert!((read.places[0].position.lat - 48.86).abs() < 0.01);
}

#[test]
fn a_table_without_codes_asks_where_its_rows_lie() {
    let table = "housenumber,street,city,postcode,lon,lat\n25,Rue du Presbytère,,67130,7.22,48.47\n";
    assert_eq!(
        read_with(table.as_bytes(), &Options::default()).err().map(|error| error.name()),
        Some("source-missing-columns")
    );
    let locate: Locate =
        Arc::new(|row| (row.postcode == "67130").then(|| ("67414".to_owned(), "Schirmeck".to_owned())));
    let options = Options { locate: Some(locate), ..Options::default() };
    let read = read_with(table.as_bytes(), &options).unwrap();
    assert_eq!((read.places[0].city_code.as_str(), read.places[0].city.as_str()), ("67414", "Schirmeck"));
    let whole = Options { city: Some(("67414".into(), "Schirmeck".into())), ..Options::default() };
    assert_eq!(read_with(table.as_bytes(), &whole).unwrap().places.len(), 1);
}

#[test]
fn number_and_street_in_one_cell_are_parted() {
    let table = "code_insee,nom_commune,mairie,lon,lat\n11076,Castelnaudary,\"12 bis, rue de la Mer\n11400 Castelnaudary\",1.95,43.31\n";
    let columns = BTreeMap::from([(Role::Address, "mairie".to_owned())]);
    let read = read_with(table.as_bytes(), &Options { columns, ..Options::default() }).unwrap();
    assert_eq!(read.places[0].name, "rue de la Mer");
    assert_eq!(numbers(&read.places[0]), ["12bis"]);
}

#[test]
fn points_of_interest_have_categories() {
    let read = outcome(
        "nom;categorie;code_insee;commune;lat;lon\nHôtel de ville;mairie|service public;11076;Castelnaudary;43.31;1.95\n",
    );
    assert_eq!(read.format, Format::Poi);
    assert_eq!(read.places[0].kind, PlaceKind::Poi { categories: vec!["mairie".into(), "service public".into()] });
}

#[test]
fn old_encodings_marks_and_compression_are_seen_through() {
    let text = "numero;voie;code_insee;ville;lon;lat\r\n1;Rue de l'Église;11076;Castelnaudary;1,95;43,31\r\n";
    let latin: Vec<u8> = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    for bytes in [text.as_bytes().to_vec(), latin, marked, wide, packer.finish().unwrap()] {
        let read = read_with(&bytes, &Options::default()).unwrap();
        assert_eq!(read.places[0].name, "Rue de l'Église");
        assert!(read.faults.is_empty());
    }
}

#[test]
fn a_quote_that_is_never_closed_costs_its_row_only() {
    let table = "numero;voie;code_insee;ville;lon;lat\n1;\"Rue A;11076;X;1.95;43.31\n2;Rue B;11076;X;1.95;43.31\n3;Rue B;11076;X;1.95;43.31\n";
    let read = outcome(table);
    assert_eq!(codes(&read), [(FaultCode::UnclosedQuote, 2)]);
    assert_eq!(numbers(&read.places[0]), ["2", "3"]);
}

#[test]
fn a_line_that_is_too_long_is_passed_over() {
    let options = Options { line_bytes: 200, ..Options::default() };
    let good = r#"{"type":"street","name":"Rue A","citycode":"11076","city":"X","lat":43.3,"lon":1.9}"#;
    let lines = format!("{good}\n{{\"name\":\"{}\"}}\n{good}\n", "x".repeat(100_000));
    let read = read_with(lines.as_bytes(), &options).unwrap();
    assert_eq!(codes(&read), [(FaultCode::LineTooLong, 2)]);
    assert_eq!(read.places.len(), 2);
}

#[test]
fn a_truncated_archive_gives_what_it_holds_and_says_so() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    for number in 0..5000 {
        writeln!(packer, r#"{{"id":"{number}","type":"street","name":"Rue {number}","citycode":"11076","city":"X","lat":43.3,"lon":1.9}}"#).unwrap();
    }
    let mut bytes = packer.finish().unwrap();
    bytes.truncate(bytes.len() / 2);
    let read = read_with(&bytes, &Options::default()).unwrap();
    assert!(read.places.len() > 1000);
    assert!(read.faults.iter().any(|fault| fault.code == FaultCode::Unreadable));
}

#[test]
fn what_is_no_file_of_addresses_is_refused_with_reasons() {
    for (bytes, name) in [
        (&b""[..], "source-empty"),
        (b"PK\x03\x04....", "source-not-text"),
        (b"a;b\n1;2\n", "source-missing-columns"),
        (b"numero;voie;code_insee\n", "source-missing-columns"),
    ] {
        let error = read_with(bytes, &Options::default()).err().unwrap();
        assert_eq!(error.name(), name);
        for language in ["fr", "en"] {
            assert!(error.message(language).len() > 15 && !error.message(language).contains('{'));
        }
    }
}

#[test]
fn every_fault_has_its_sentence_with_what_it_tells() {
    for code in FaultCode::ALL {
        let fault = Fault::new(code, 12, 345).of("numero").with("x1");
        for language in ["fr", "en"] {
            let sentence = fault.message(language);
            assert!(sentence.contains("12") && !sentence.contains('{') && sentence != code.name(), "{sentence}");
        }
    }
}

#[test]
fn a_commune_from_elsewhere_is_a_place() {
    let position = Position { lon: 1.95, lat: 43.31 };
    let place = municipality(&Commune {
        code: "75101",
        name: "Paris 1er Arrondissement",
        aliases: &["Louvre"],
        postcodes: &["75001"],
        population: Some(15_000),
        position,
        parent: Some("75056"),
    });
    assert_eq!(place.kind, PlaceKind::Municipality { population: Some(15_000), parent: Some("75056".into()) });
    assert_eq!(
        (place.aliases.as_slice(), place.postcodes.as_slice()),
        (&["Louvre".to_owned()][..], &["75001".to_owned()][..])
    );
}

/// A street as the national base writes it.
fn written(place: &Place) -> String {
    let houses: Vec<String> = place
        .numbers
        .iter()
        .map(|house| {
            let separator = if house.suffix.is_empty() { "" } else { " " };
            format!(
                r#""{}{separator}{}":{{"lat":{},"lon":{},"id":"{}"}}"#,
                house.number,
                house.suffix,
                house.position.lat,
                house.position.lon,
                house.id_in(&place.id)
            )
        })
        .collect();
    format!(
        r#"{{"id":"{}","type":"street","name":{},"citycode":"{}","city":"{}","lat":{},"lon":{},"housenumbers":{{{}}}}}"#,
        place.id,
        serde_json::to_string(&place.name).unwrap(),
        place.city_code,
        place.city,
        place.position.lat,
        place.position.lon,
        houses.join(",")
    )
}

proptest! {
    #[test]
    fn a_street_that_is_written_is_read_the_same(
        name in "[A-Za-zéèç'\"\\\\ -]{1,30}[a-z]",
        houses in prop::collection::btree_map((1u32..9999, prop::sample::select(vec!["", "bis", "ter", "a"])), (-500_000..900_000i32, 4_200_000..5_100_000i32), 0..20),
    ) {
        let position = Position { lon: 1.95, lat: 43.31 };
        let name = name.trim();
        let mut place = Place::new(PlaceKind::Street, "11076_0123", name, "11076", "Castelnaudary", position);
        place.numbers = houses
            .into_iter()
            .map(|((number, suffix), (lon, lat))| {
                HouseNumber::new(number, suffix, Position { lon: f64::from(lon) / 1e5, lat: f64::from(lat) / 1e5 })
            })
            .collect();
        let read = outcome(&written(&place));
        prop_assert_eq!(&read.places, &[place]);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), head in prop::sample::select(vec!["", "numero;voie;code_insee;lon;lat\n", "{\"name\":\"", "id,numero,voie,x,y\n"])) {
        let bytes = [head.as_bytes(), &bytes].concat();
        if let Ok(read) = read_with(&bytes, &Options { line_bytes: 128, ..Options::default() }) {
            for fault in &read.faults {
                prop_assert!(fault.byte <= bytes.len() as u64 * 3);
                prop_assert!(fault.line >= 1);
            }
        }
    }
}
