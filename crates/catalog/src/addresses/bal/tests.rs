//! What is written is read again as it was: bases of any content, as far as the format holds it.

use std::io::Write as _;

use jiff::civil::{Date, date};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use uuid::Uuid;

use super::{of_file, write};
use crate::addresses::{Base, Number, Part, Position, PositionKind, Settings, Street, StreetKind, code};

const COMMUNE: &str = "11076";

fn base(ban_commune: Option<Uuid>) -> Base {
    Base {
        id: Uuid::nil(),
        organization: Uuid::nil(),
        commune: COMMUNE.to_owned(),
        commune_name: "Castelnaudary".to_owned(),
        settings: Settings { source: "Ville de Castelnaudary".to_owned(), ban_commune },
        revision: 1,
        published: None,
        created_at: jiff::Timestamp::UNIX_EPOCH,
        modified_at: jiff::Timestamp::UNIX_EPOCH,
    }
}

fn written(base: &Base, streets: &[Street]) -> String {
    let mut bytes = Vec::new();
    write(base, streets, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn read(text: &str) -> super::Reading {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    of_file(file.path(), COMMUNE, &[], date(2026, 1, 1)).unwrap().unwrap()
}

/// The rows without their order: streets of one name have none that a file could keep.
fn rows(text: &str) -> Vec<&str> {
    let mut rows: Vec<&str> = text.lines().collect();
    rows.sort_unstable();
    rows
}

fn day() -> impl Strategy<Value = Date> {
    (2000_i16..2026, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn position() -> impl Strategy<Value = Position> {
    let kind = option::of(proptest::sample::select(PositionKind::ALL.to_vec()));
    (kind, 1.9_f64..2.1, 43.2_f64..43.4).prop_map(|(kind, lon, lat)| Position::new(kind, lon, lat).unwrap())
}

fn positions() -> impl Strategy<Value = Vec<Position>> {
    vec(position(), 0..4).prop_map(|all| {
        let mut kept: Vec<Position> = Vec::new();
        for position in all {
            if !kept.contains(&position) {
                kept.push(position);
            }
        }
        kept
    })
}

fn parcels() -> impl Strategy<Value = Vec<String>> {
    btree_set("11076000[A-Z]{2}[0-9]{4}", 0..3).prop_map(|parcels| parcels.into_iter().collect())
}

fn source() -> impl Strategy<Value = Option<String>> {
    option::of("[A-Z][a-z; \"]{4,12}[a-z]".prop_filter("the keeper's own is not said", |text| text.len() > 4))
}

fn number() -> impl Strategy<Value = Number> {
    let suffix = proptest::sample::select(vec!["", "bis", "ter", "a", "b2"]);
    let complement = option::of("[A-Z][a-zé ;\"'’]{4,20}[a-z]");
    (1_u32..=Number::LARGEST, suffix, complement, positions(), parcels(), any::<bool>(), source(), day()).prop_map(
        |(number, suffix, complement, positions, parcels, certified, source, updated_on)| Number {
            complement: complement.map(|text| crate::addresses::name::tidied(&text)),
            positions,
            parcels,
            certified,
            source,
            ..Number::new(number, suffix, updated_on)
        },
    )
}

fn street() -> impl Strategy<Value = Street> {
    let numbers = vec(number(), 0..6);
    let part = option::of(Just(Part { code: "11999".to_owned(), name: "Ancienne".to_owned() }));
    let names = btree_map("bre|oci|eus", "[A-Z][a-zñ ]{2,12}[a-z]", 0..2);
    let said = ("(Rue|Chemin|La|Le) [A-ZÉ][a-zé '’-]{2,20}[a-z]", any::<bool>(), names, part, "[0-9b-w][0-9]{3}");
    (said, positions(), parcels(), any::<bool>(), source(), day(), numbers).prop_map(
        |((name, locality, other_names, part, code), positions, parcels, certified, source, updated_on, numbers)| {
            let mut numbers = numbers;
            numbers.sort_by(|a, b| (a.number, &a.suffix, &a.complement).cmp(&(b.number, &b.suffix, &b.complement)));
            numbers.dedup_by(|a, b| (a.number, &a.suffix, &a.complement) == (b.number, &b.suffix, &b.complement));
            let own_row = locality || numbers.is_empty();
            Street {
                id: Uuid::new_v4(),
                revision: 1,
                kind: if locality { StreetKind::Locality } else { StreetKind::Street },
                name: crate::addresses::name::tidied(&name),
                other_names: other_names
                    .into_iter()
                    .map(|(language, name)| (language, crate::addresses::name::tidied(&name)))
                    .collect(),
                code,
                part,
                // A street that has numbers has no row that could hold these.
                positions: if own_row { positions } else { Vec::new() },
                parcels: if own_row { parcels } else { Vec::new() },
                certified: certified && own_row,
                source: source.filter(|_| own_row),
                updated_on,
                comment: None,
                numbers,
            }
        },
    )
}

fn streets() -> impl Strategy<Value = Vec<Street>> {
    vec(street(), 1..8).prop_map(|mut streets| {
        // A code stands for one street of a commune.
        streets.sort_by(|a, b| a.code.cmp(&b.code));
        streets.dedup_by(|a, b| a.code == b.code);
        streets.retain(|street| code::is_known(&street.code));
        streets
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_written_is_read_again_to_the_same_rows(streets in streets(), identified in any::<bool>()) {
        prop_assume!(!streets.is_empty());
        let base = base(identified.then(|| Uuid::from_u128(7)));
        let first = written(&base, &streets);
        let reading = read(&first);
        prop_assert_eq!((reading.counted.unreadable, reading.counted.elsewhere), (0, 0));
        prop_assert_eq!(reading.ban_commune, base.settings.ban_commune);
        let second = written(&base, &reading.streets);
        prop_assert_eq!(rows(&first), rows(&second));
    }

    #[test]
    fn lasting_identifiers_outlive_the_file(streets in streets()) {
        prop_assume!(!streets.is_empty());
        let base = base(Some(Uuid::from_u128(7)));
        let reading = read(&written(&base, &streets));
        let mut before: Vec<Uuid> = streets.iter().map(|street| street.id).collect();
        let mut after: Vec<Uuid> = reading.streets.iter().map(|street| street.id).collect();
        before.sort_unstable();
        after.sort_unstable();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..400)) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"cle_interop;voie_nom;numero;long;lat;x;y;date_der_maj;cad_parcelles\n").unwrap();
        file.write_all(&bytes).unwrap();
        let _either_is_fine = of_file(file.path(), COMMUNE, &[], date(2026, 1, 1));
    }
}

#[test]
fn the_format_is_written_to_the_letter() {
    let on = date(2026, 3, 4);
    let mut number = Number::new(12, "bis", on);
    number.positions = vec![Position::new(Some(PositionKind::Stairwell), 1.954, 43.318).unwrap()];
    number.parcels = vec!["110760000A0001".to_owned(), "110760000A0002".to_owned()];
    number.certified = true;
    let street = Street {
        id: Uuid::nil(),
        revision: 1,
        kind: StreetKind::Street,
        name: "Rue du Four".to_owned(),
        other_names: std::collections::BTreeMap::from([("oci".to_owned(), "Carrièra del Forn".to_owned())]),
        code: "0123".to_owned(),
        part: None,
        positions: Vec::new(),
        parcels: Vec::new(),
        certified: false,
        source: None,
        updated_on: on,
        comment: Some("jamais publié".to_owned()),
        numbers: vec![number],
    };
    let text = written(&base(None), &[street]);
    assert_eq!(
        text,
        "\u{feff}id_ban_commune;id_ban_toponyme;id_ban_adresse;cle_interop;commune_insee;commune_nom;commune_deleguee_insee;\
         commune_deleguee_nom;voie_nom;voie_nom_oci;lieudit_complement_nom;numero;suffixe;position;x;y;long;lat;\
         cad_parcelles;source;date_der_maj;certification_commune\r\n\
         ;;;11076_0123_00012_bis;11076;Castelnaudary;;;Rue du Four;Carrièra del Forn;;12;bis;cage d’escalier;615102.76;\
         6247100.40;1.9540000;43.3180000;110760000A0001|110760000A0002;Ville de Castelnaudary;2026-03-04;1\r\n"
    );
}
