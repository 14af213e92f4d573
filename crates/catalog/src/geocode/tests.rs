//! A table of a town whose streets are known, from its rows to the columns that it gets.

use std::path::Path;
use std::sync::Arc;

use geocoder::{BuildOptions, Builder, HouseNumber, Index, Place, Position};
use personal_data::{Context, Guard};
use tabular::read::SourceFile;

use super::*;
use crate::check::{self, Done, Treatment};

const TOWN: [&str; 2] = ["11049", "Bram"];

/// Two streets of Bram, and a town without streets.
fn index(folder: &Path) -> Arc<Index> {
    let street = |id: &str, name: &str, lat: f64| {
        let place = Place::new(geocoder::PlaceKind::Street, id, name, TOWN[0], TOWN[1], Position { lon: 2.11, lat });
        let number = |n: u32| HouseNumber::new(n, "", Position { lon: 2.11 + f64::from(n) * 1e-4, lat });
        Place { postcodes: vec!["11150".to_owned()], numbers: (1..=20).map(number).collect(), ..place }
    };
    let town = |code: &str, name: &str, postcode: &str| {
        let kind = geocoder::PlaceKind::Municipality { population: Some(3_000), parent: None };
        let place = Place::new(kind, code, name, code, name, Position { lon: 2.11, lat: 43.24 });
        Place { postcodes: vec![postcode.to_owned()], ..place }
    };
    let mut builder = Builder::new(folder, BuildOptions::default());
    for place in [
        town("11049", "Bram", "11150"),
        town("11434", "Villepinte", "11150"),
        street("11049_0010", "Rue des Lilas", 43.241234),
        street("11049_0020", "Avenue du Général de Gaulle", 43.25),
    ] {
        builder.add(&place).unwrap();
    }
    let to = folder.join("bram.index");
    builder.finish(&to, &|_| ()).unwrap();
    Arc::new(Index::open(&to).unwrap())
}

fn columns() -> AddressColumns {
    AddressColumns {
        address: vec!["adresse".to_owned()],
        postcode: Some("cp".to_owned()),
        city: Some("ville".to_owned()),
        ..AddressColumns::default()
    }
}

struct Bench {
    folder: tempfile::TempDir,
    index: Arc<Index>,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = index(folder.path());
        Self { folder, index }
    }

    fn table(&self, text: &str) -> Box<dyn tabular::read::Table> {
        let path = self.folder.path().join("lieux.csv");
        std::fs::write(&path, text).unwrap();
        let source = SourceFile { path, name: "lieux.csv".to_owned() };
        tabular::detect::open(&source, &tabular::Limits::default(), self.folder.path()).unwrap().remove(0)
    }

    fn treatment(&self, geocoding: Geocoding) -> Treatment {
        let geocoding = Some(Plan { geocoding, index: Arc::clone(&self.index) });
        Treatment { geocoding, ..Treatment::default() }
    }

    /// The rows that come of a table, each a list of its added cells.
    fn located(&self, text: &str, geocoding: Geocoding) -> (Vec<Vec<String>>, Done) {
        let to = self.folder.path().join("out.csv");
        let table = self.table(text);
        let mut done = check::transform(table.as_ref(), &self.treatment(geocoding), &to).unwrap();
        let text = std::fs::read_to_string(&to).unwrap();
        let width = done.header.len() - COLUMNS.len();
        assert_eq!(&done.header[width..], COLUMNS);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.unwrap().iter().skip(width).map(str::to_owned).collect()).collect();
        (rows, done.done.pop().unwrap())
    }

    fn survey(&self, text: &str, geocoding: Geocoding) -> Survey {
        let table = self.table(text);
        let guard = |header: &[String]| Guard::new(header, Context::default(), &personal_data::Options::default());
        check::survey(table.as_ref(), &self.treatment(geocoding), guard, &|_| ()).unwrap().unwrap()
    }
}

const PLACES: &str = "nom,adresse,cp,ville\n\
    Salle A,12 rue des Lilas,11150,Bram\n\
    Salle B,\"3, avenue du Général de Gaulle\",11150,Bram\n\
    Salle C,4 boulevard des Xylophones,11150,Bram\n\
    Salle D,4 boulevard des Xylophones,11150,Bram\n\
    Salle E,,11150,Bram\n";
const DOUBTFUL: &str = "4 boulevard des Xylophones 11150 Bram";

#[test]
fn rows_get_positions_of_the_addresses_that_are_surely_found() {
    let (rows, done) = Bench::new().located(PLACES, Geocoding::of(columns()));
    assert_eq!(rows[0][..3], ["43.241234", "2.111200", "12 Rue des Lilas 11150 Bram"]);
    assert_eq!(rows[0][4..], ["numero", "11049_0010_00012", "11049"]);
    assert!(rows[0][3].parse::<f32>().unwrap() >= 0.8, "{:?}", rows[0]);
    assert_eq!(rows[1][..2], ["43.250000", "2.110300"]);
    for doubtful in &rows[2..4] {
        assert!(doubtful.iter().enumerate().all(|(place, cell)| cell.is_empty() || place == 3), "{doubtful:?}");
    }
    assert!(rows[4].iter().all(String::is_empty), "{:?}", rows[4]);
    let Done::Geocoding { located, by_hand, left, threshold, index, .. } = done else { panic!("{done:?}") };
    assert_eq!((located, by_hand, left, threshold, index.as_str()), (2, 0, 3, 80, "bram"));
}

#[test]
fn what_a_person_says_of_an_address_goes_for_all_rows_that_write_it() {
    let bench = Bench::new();
    let mut geocoding = Geocoding::of(columns());
    geocoding.corrections.insert(DOUBTFUL.to_owned(), Correction::Point { latitude: 43.2, longitude: 2.1 });
    geocoding.corrections.insert("12 rue des Lilas 11150 Bram".to_owned(), Correction::Nowhere);
    let (rows, done) = bench.located(PLACES, geocoding);
    for row in &rows[2..4] {
        assert_eq!(row[..], ["43.200000", "2.100000", "", "", "manuel", "", ""]);
    }
    assert_eq!(rows[0][0], "", "left empty on purpose");
    let Done::Geocoding { located, by_hand, left, .. } = done else { panic!("{done:?}") };
    assert_eq!((located, by_hand, left), (1, 2, 2));
}

#[test]
fn a_survey_counts_rows_and_names_the_addresses_that_are_left_to_a_person() {
    let survey = Bench::new().survey(PLACES, Geocoding::of(columns()));
    assert_eq!((survey.rows, survey.sure, survey.empty), (5, 2, 1), "{survey:?}");
    assert_eq!(survey.doubtful + survey.missing, 2);
    let [doubt] = survey.doubts.as_slice() else { panic!("{survey:?}") };
    assert_eq!((doubt.address.as_str(), doubt.rows, doubt.first_rows.as_slice()), (DOUBTFUL, 2, [4, 5].as_slice()));
    assert!(survey.towns_without_addresses.is_empty(), "{survey:?}");
    let corrections = [(DOUBTFUL.to_owned(), Correction::Point { latitude: 43.2, longitude: 2.1 })].into();
    assert_eq!(survey.handled(&corrections), Handled { placed: 2, ..Handled::default() });
}

#[test]
fn the_centre_of_a_commune_stands_for_its_addresses_when_somebody_says_so() {
    let bench = Bench::new();
    let text = "adresse,cp,ville\n5 rue du Moulin,11150,Villepinte\n";
    let survey = bench.survey(text, Geocoding::of(columns()));
    assert_eq!((survey.sure, survey.doubtful + survey.missing), (0, 1), "{survey:?}");
    let (rows, _) = bench.located(text, Geocoding { towns: true, ..Geocoding::of(columns()) });
    assert_eq!((rows[0][4].as_str(), rows[0][6].as_str()), ("commune", "11434"), "{rows:?}");
}

#[test]
fn where_all_addresses_are_is_said_once() {
    let bench = Bench::new();
    let address = AddressColumns { address: vec!["adresse".to_owned()], ..AddressColumns::default() };
    let within = AddressColumns { within: Some("commune:11049".to_owned()), ..address };
    let (rows, _) = bench.located("adresse,b\n12 rue des Lilas,1\n", Geocoding::of(within));
    assert_eq!(rows[0][2], "12 Rue des Lilas 11150 Bram");
}

#[test]
fn positions_of_persons_are_found_by_the_guard() {
    let names = ["Marie Dupont", "Jean Martin", "Paul Durand", "Anne Bernard", "Luc Petit", "Zoé Robert"];
    let rows: String =
        names.iter().zip(1..).map(|(name, n)| format!("{name},{n} rue des Lilas,11150,Bram\n")).collect();
    let bench = Bench::new();
    let survey = bench.survey(&format!("nom prénom,adresse,cp,ville\n{rows}"), Geocoding::of(columns()));
    let ids: Vec<&str> = survey.personal.iter().map(|finding| finding.id.as_str()).collect();
    assert_eq!(ids, ["postal-address:adresse_trouvee", "location:latitude+longitude"]);
    assert!(survey.personal.iter().all(|finding| finding.level == personal_data::Level::High));
    assert!(bench.survey(PLACES, Geocoding::of(columns())).personal.is_empty());
}

#[test]
fn names_that_the_table_has_are_not_taken_twice() {
    let bench = Bench::new();
    let table = bench.table("adresse,cp,ville,Adresse_trouvee\n12 rue des Lilas,11150,Bram,oui\n");
    let to = bench.folder.path().join("out.csv");
    let done = check::transform(table.as_ref(), &bench.treatment(Geocoding::of(columns())), &to).unwrap();
    assert_eq!(done.header[4..7], ["latitude", "longitude", "adresse_trouvee_2"]);
}

#[test]
fn addresses_that_are_not_there_are_not_looked_for() {
    let bench = Bench::new();
    let table = bench.table("nom,cp\nSalle,11150\n");
    let to = bench.folder.path().join("out.csv");
    let done = check::transform(table.as_ref(), &bench.treatment(Geocoding::of(columns())), &to).unwrap();
    assert_eq!((done.header.as_slice(), done.done.len()), (["nom".to_owned(), "cp".to_owned()].as_slice(), 0));
}
