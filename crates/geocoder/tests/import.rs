//! Files of addresses into a folder that serves.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use geocoder::import::{ImportError, ImportOptions, ImportProgress, Imported, communes_alone, import};
use geocoder::{Geocoder, Hit, Kind, Place, PlaceKind, Position, SearchQuery};
use tempfile::TempDir;

const HEADER: &str =
    "cle_interop;numero;suffixe;voie_nom;commune_insee;commune_nom;position;long;lat;certification_commune\n";

struct Town {
    folder: TempDir,
    geocoder: Geocoder,
}

impl Town {
    fn new() -> Town {
        let folder = tempfile::tempdir().unwrap();
        let geocoder = Geocoder::open(&folder.path().join("addresses"));
        Town { folder, geocoder }
    }

    fn file(&self, name: &str, rows: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, rows).unwrap();
        path
    }

    fn bal(&self, name: &str, rows: &[&str]) -> PathBuf {
        self.file(name, &(HEADER.to_owned() + &rows.join("\n") + "\n"))
    }

    fn import(&self, files: &[PathBuf], replace: bool) -> Result<Imported, ImportError> {
        let options = ImportOptions { replace, faults: 2, ..ImportOptions::default() };
        import(&self.geocoder, files, communes(), &options, &|_| ())
    }

    fn found(&self, text: &str) -> Vec<Hit> {
        let query = SearchQuery { autocomplete: false, ..SearchQuery::new(text) };
        self.geocoder.current().unwrap().search(&query)
    }

    /// The identifier of the first answer.
    fn first(&self, text: &str) -> Option<String> {
        self.found(text).into_iter().next().map(|hit| hit.id)
    }
}

fn communes() -> impl Iterator<Item = Place> {
    let town = |code: &str, name: &str, lon| {
        let kind = PlaceKind::Municipality { population: Some(10_000), parent: None };
        Place::new(kind, code, name, code, name, Position::new(lon, 43.3).unwrap())
    };
    [town("11076", "Castelnaudary", 1.95), town("11049", "Bram", 2.11)].into_iter()
}

const PORT: &str = "11076_0123_00008;8;;Boulevard du Port;11076;Castelnaudary;entrée;1.956;43.317;1";
const DUNKERQUE: &str = "11076_0200_00012;12;bis;Rue de Dunkerque;11076;Castelnaudary;entrée;1.953;43.318;1";
const BRAM: &str = "11049_0010_00003;3;;Avenue du Razès;11049;Bram;entrée;2.115;43.244;0";

#[test]
fn communes_are_found_before_and_after_any_import() {
    let town = Town::new();
    communes_alone(&town.geocoder, communes()).unwrap();
    assert_eq!(town.first("bram").as_deref(), Some("11049"));
    town.import(&[town.bal("a.csv", &[PORT])], false).unwrap();
    assert_eq!(town.first("bram").as_deref(), Some("11049"));
}

#[test]
fn a_commune_is_replaced_and_others_are_kept() {
    let town = Town::new();
    let first = town.import(&[town.bal("a.csv", &[PORT, DUNKERQUE, BRAM])], false).unwrap();
    assert_eq!((first.summary.streets, first.summary.numbers, first.communes), (3, 3, 2));
    let second = town.import(&[town.bal("b.csv", &[PORT])], false).unwrap();
    assert_eq!((second.summary.streets, second.summary.numbers, second.communes), (2, 2, 1));
    assert_eq!(town.first("3 avenue du razes bram").as_deref(), Some("11049_0010_00003"));
    assert!(town.found("12bis rue de dunkerque castelnaudary").iter().all(|hit| hit.kind != Kind::HouseNumber));
}

#[test]
fn a_whole_replacement_keeps_nothing_but_communes() {
    let town = Town::new();
    town.import(&[town.bal("a.csv", &[PORT, BRAM])], false).unwrap();
    let second = town.import(&[town.bal("b.csv", &[DUNKERQUE])], true).unwrap();
    assert_eq!((second.summary.streets, second.summary.municipalities), (1, 2));
}

#[test]
fn several_files_are_one_import() {
    let town = Town::new();
    let files = [town.bal("a.csv", &[PORT]), town.bal("b.csv", &[BRAM])];
    let imported = town.import(&files, false).unwrap();
    assert_eq!(imported.communes, 2);
    assert_eq!(imported.bytes, files.iter().map(|file| fs::metadata(file).unwrap().len()).sum::<u64>());
}

#[test]
fn faults_are_counted_the_first_ones_kept_and_the_rest_imported() {
    let town = Town::new();
    let broken = PORT.replace("1.956;43.317", "east;north");
    let imported = town.import(&[town.bal("a.csv", &[&broken, &broken, PORT, &broken])], false).unwrap();
    assert_eq!((imported.fault_count, imported.faults.len()), (3, 2));
    assert_eq!(imported.faults[0].fault.line, 2);
    assert_eq!(town.first("8 boulevard du port castelnaudary").as_deref(), Some("11076_0123_00008"));
}

#[test]
fn an_index_that_cant_be_read_is_kept_unless_it_is_to_be_replaced() {
    let town = Town::new();
    town.import(&[town.bal("a.csv", &[PORT, BRAM])], false).unwrap();
    let index = town.geocoder.current().unwrap().path().to_owned();
    let sound = fs::read(&index).unwrap();
    // Written beside and renamed over: the file that serves is mapped in memory.
    let cut = town.file("cut", "");
    fs::write(&cut, &sound[..sound.len() / 2]).unwrap();
    fs::rename(&cut, &index).unwrap();
    let files = [town.bal("b.csv", &[DUNKERQUE])];
    assert!(matches!(town.import(&files, false), Err(ImportError::Before(_))));
    assert!(matches!(communes_alone(&town.geocoder, communes()), Err(ImportError::Before(_))));
    assert_eq!(fs::read(&index).unwrap().len(), sound.len() / 2);
    assert_eq!(town.import(&files, true).unwrap().summary.streets, 1);
}

#[test]
fn what_brings_nothing_changes_nothing() {
    let town = Town::new();
    town.import(&[town.bal("a.csv", &[PORT])], false).unwrap();
    let before = town.geocoder.current().unwrap().path().to_owned();
    let files = [
        town.bal("nothing.csv", &[]),
        town.file("empty.csv", ""),
        town.file("other.csv", "a;b\n1;2\n"),
        town.file("binary.csv", "\0\0\0\0"),
        PathBuf::from("/nonexistent/file.csv"),
    ];
    for file in files {
        assert!(town.import(std::slice::from_ref(&file), true).is_err(), "{}", file.display());
        assert_eq!(town.geocoder.current().unwrap().path(), before);
    }
}

#[test]
fn points_of_interest_outlive_an_import_that_says_nothing_of_them() {
    let town = Town::new();
    let pois = town.file(
        "poi.csv",
        "nom;categorie;code_insee;commune;lon;lat\nHalle aux Grains;salle de spectacle;11076;Castelnaudary;1.954;43.318\n",
    );
    let options = ImportOptions { faults: 9, ..ImportOptions::default() };
    let source = geocoder::source::Options { format: Some(geocoder::source::Format::Poi), ..Default::default() };
    import(&town.geocoder, &[pois], communes(), &ImportOptions { source, ..options }, &|_| ()).unwrap();
    let imported = town.import(&[town.bal("a.csv", &[PORT])], false).unwrap();
    assert_eq!((imported.summary.pois, imported.summary.streets), (1, 1));
    assert_eq!(town.found("halle aux grains castelnaudary")[0].kind, Kind::Poi);
}

#[test]
fn progress_goes_to_the_end_and_nothing_is_left_behind() {
    let town = Town::new();
    let file = town.bal("a.csv", &[PORT]);
    let length = fs::metadata(&file).unwrap().len();
    let seen = std::sync::Mutex::new(Vec::new());
    let options = ImportOptions::default();
    import(&town.geocoder, &[file], communes(), &options, &|at| seen.lock().unwrap().push(at)).unwrap();
    let seen = seen.into_inner().unwrap();
    assert!(seen.contains(&ImportProgress::Reading { bytes: length, total: length }));
    assert!(matches!(seen.last(), Some(ImportProgress::Building(at)) if at.done == at.total));
    fs::create_dir(town.geocoder.folder().join("tmp-import-of-a-killed-one")).unwrap();
    town.import(&[town.bal("b.csv", &[BRAM])], false).unwrap();
    let left: Vec<_> = fs::read_dir(town.geocoder.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| Path::new(name).extension().is_some() || name == "current"), "{left:?}");
}
