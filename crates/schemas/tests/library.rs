//! The library as its callers use it: finding, proposing, refreshing.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use schemas::{Error, Kind, Library, Loaded, refresh};
use serde_json::{Value, json};

fn library() -> Library {
    Library::shipped().unwrap()
}

fn found(reference: &str) -> String {
    match library().find(reference) {
        Ok(found) => found.reference(),
        Err(error) => format!("{}: {error}", error.code()),
    }
}

#[test]
fn every_schema_that_ships_can_be_checked_with() {
    let library = library();
    let mut read = 0;
    for entry in library.entries() {
        for version in &entry.versions {
            let reference = format!("{}@{}", entry.name, version.name);
            match library.find(&reference) {
                Ok(found) => {
                    let table = matches!(found.schema, Loaded::Table(_));
                    assert_eq!(table, entry.kind == Kind::TableSchema, "{reference}");
                    read += 1;
                }
                Err(Error::Package { .. }) => assert_eq!(entry.kind, Kind::DataPackage, "{reference}"),
                Err(error) => panic!("{reference}: {error}"),
            }
        }
    }
    assert!(read > 200, "{read}");
}

#[test]
fn a_schema_is_found_by_each_of_its_names() {
    for name in ["scdl/subventions", "subventions", "SCDL/Subventions", "scdl/subventions@2.1.1", "subventions@latest"]
    {
        assert_eq!(found(name), "scdl/subventions@2.1.1", "{name}");
    }
    assert_eq!(found("subventions@v2.0.1"), "scdl/subventions@2.0.1");
    assert_eq!(found("schema-arbre"), found("arbre"));
    // The name that the descriptor gives itself.
    assert_eq!(found("Attributs des arbres urbains"), "NaturalSolutions/schema-arbre@0.2.0");
    assert_eq!(found("irve-statique"), "etalab/schema-irve-statique@2.3.1");
}

#[test]
fn a_schema_is_found_by_the_addresses_of_the_national_catalogue() {
    let site = "https://schema.data.gouv.fr";
    assert_eq!(found(&format!("{site}/schemas/scdl/subventions/2.0.1/schema.json")), "scdl/subventions@2.0.1");
    assert_eq!(found(&format!("{site}/schemas/scdl/subventions/latest/schema.json")), "scdl/subventions@2.1.1");
    assert_eq!(found(&format!("{site}/scdl/subventions/2.0.1.html")), "scdl/subventions@2.0.1");
    assert_eq!(found(&format!("{site}/scdl/subventions/")), "scdl/subventions@2.1.1");
    assert!(found(&format!("{site}/schemas/scdl/subventions/9.9.9/schema.json")).starts_with("unknown-schema-version"));
}

#[test]
fn a_schema_is_found_by_the_addresses_of_its_authors() {
    let raw = "https://raw.githubusercontent.com/etalab/schema-irve";
    assert_eq!(found(&format!("{raw}/v2.3.0/statique/schema-statique.json")), "etalab/schema-irve-statique@2.3.0");
    assert_eq!(found(&format!("{raw}/v2.3.0/dynamique/schema-dynamique.json")), "etalab/schema-irve-dynamique@2.3.0");
    assert_eq!(found(&format!("{raw}/master/statique/schema-statique.json")), "etalab/schema-irve-statique@2.3.1");
    let stationnement = "https://github.com/etalab/schema-stationnement";
    assert_eq!(found(&format!("{stationnement}/raw/v0.1.5/schema.json")), "etalab/schema-stationnement@0.1.5");
    assert_eq!(found(stationnement), "etalab/schema-stationnement@0.1.5");
    assert!(found("https://example.org/schema.json").starts_with("unknown-schema"));
}

#[test]
fn what_is_unknown_is_told_with_what_comes_near() {
    let Err(Error::UnknownSchema { nearest, .. }) = library().find("subvention") else { panic!("found") };
    assert_eq!(nearest.first().map(String::as_str), Some("scdl/subventions"));
    let Err(Error::UnknownVersion { known, .. }) = library().find("scdl/subventions@3.0.0") else { panic!("found") };
    assert!(known.contains(&"1.1.0".to_owned()));
}

#[test]
fn a_package_resolves_to_its_tables() {
    let Err(Error::Package { resources, .. }) = library().find("etalab/schema-irve") else { panic!("found") };
    assert_eq!(resources, ["etalab/schema-irve@2.3.1#irve-statique", "etalab/schema-irve@2.3.1#irve-dynamique"]);
    assert_eq!(found(&resources[1]), "etalab/schema-irve-dynamique@2.3.1");
    let header = header_of("examples/irve/exemple-valide-dynamique.csv");
    let chosen = library().find_for("etalab/schema-irve", &header).unwrap();
    assert_eq!(chosen.reference(), "etalab/schema-irve-dynamique@2.3.1");
}

#[test]
fn every_table_of_every_package_is_found() {
    let library = library();
    for entry in library.entries().iter().filter(|entry| entry.kind == Kind::DataPackage) {
        let Err(Error::Package { resources, .. }) = library.find(&entry.name) else { panic!("{}", entry.name) };
        let mut names: Vec<String> = resources.iter().map(|resource| library.find(resource).unwrap().name).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all, "each table has its own schema: {names:?}");
    }
}

fn data() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/schemas")
}

fn header_of(file: &str) -> Vec<String> {
    let text = fs::read_to_string(data().join(file)).unwrap();
    let line = text.trim_start_matches('\u{feff}').lines().next().unwrap().to_owned();
    let delimiter = if line.contains(';') { ';' } else { ',' };
    line.split(delimiter).map(|label| label.trim_matches('"').to_owned()).collect()
}

fn best(header: &[&str]) -> Option<String> {
    let header: Vec<String> = header.iter().map(|label| (*label).to_owned()).collect();
    library().propose(&header).first().filter(|best| best.is_convincing()).map(|best| best.name.clone())
}

#[test]
fn the_schema_that_an_example_follows_comes_first() {
    for (file, schema) in [
        ("arbre/exemple-valide.csv", "NaturalSolutions/schema-arbre"),
        ("irve/exemple-valide-statique.csv", "etalab/schema-irve-statique"),
        ("irve/exemple-valide-dynamique.csv", "etalab/schema-irve-dynamique"),
        ("lieux-covoiturage/exemple-valide.csv", "etalab/schema-lieux-covoiturage"),
        ("lieux-covoiturage/exemple-invalide.csv", "etalab/schema-lieux-covoiturage"),
        ("stationnement/exemple-valide.csv", "etalab/schema-stationnement"),
        ("stationnement/exemple-invalide.csv", "etalab/schema-stationnement"),
    ] {
        let proposals = library().propose(&header_of(&format!("examples/{file}")));
        assert_eq!(proposals[0].name, schema, "{file}");
        assert!(proposals[0].is_convincing(), "{file}: {proposals:?}");
    }
}

#[test]
fn every_schema_comes_first_for_its_own_fields() {
    let library = library();
    for entry in library.entries().iter().filter(|entry| entry.kind == Kind::TableSchema) {
        let Ok(Loaded::Table(schema)) = library.find(&entry.name).map(|found| found.schema) else { panic!("table") };
        let header: Vec<String> = schema.fields.iter().map(|field| field.name.clone()).collect();
        let proposals = library.propose(&header);
        let best = proposals.first().unwrap_or_else(|| panic!("{}: nothing", entry.name));
        assert_eq!((&best.name, best.missing.len(), best.unknown.len()), (&entry.name, 0, 0));
        assert!(best.score > 0.9 || header.len() < 4, "{}: {}", entry.name, best.score);
    }
}

#[test]
fn titles_synonyms_slips_and_missing_columns_do_not_hide_a_schema() {
    let subsidies = "scdl/subventions";
    let titles =
        ["Nom de l'attribuant", "Date de la convention", "Nom du bénéficiaire", "SIRET", "Objet", "Montant voté"];
    let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
    let proposals = library().propose(&titles);
    assert_eq!((proposals[0].name.as_str(), proposals[0].matched.len()), (subsidies, 6));
    assert!(!proposals[0].is_convincing(), "half of the required columns are missing");
    let slips = [
        "nom_attribuant",
        "idAttribuant",
        "dateConvention",
        "nomBeneficiare",
        "idBeneficaire",
        "objet",
        "montant",
        "nature",
    ];
    assert_eq!(best(&slips).as_deref(), Some(subsidies));
    let deliberations =
        ["COLL_NOM", "COLL_SIRET", "DELIB_ID", "DELIB_DATE", "DELIB_MATIERE_CODE", "DELIB_OBJET", "remarque"];
    assert_eq!(best(&deliberations).as_deref(), Some("scdl/deliberations"));
}

#[test]
fn nothing_is_proposed_for_a_file_that_resembles_none() {
    for header in [
        vec!["nom", "adresse", "code postal", "commune", "téléphone"],
        vec!["annee", "section", "chapitre", "article", "libelle", "montant"],
        vec!["a", "b", "c"],
        vec!["geometry"],
        vec![],
        vec!["", "", ""],
        vec!["id", "nom", "latitude", "longitude"],
        vec!["FID", "the_geom", "insee", "libelle", "shape_area"],
    ] {
        assert_eq!(best(&header), None, "{header:?}");
    }
}

#[test]
fn wide_headers_are_compared_in_bounded_time() {
    let header: Vec<String> = (0..100_000).map(|number| format!("colonne_{number}")).collect();
    assert!(library().propose(&header).is_empty());
}

fn catalogue(entries: &[(&str, &str, &str)]) -> Vec<u8> {
    let schemas: Vec<Value> = entries
        .iter()
        .map(|(name, version, url)| {
            json!({ "name": name, "title": format!("Titre de {name}"), "schema_type": "tableschema",
                "versions": [{ "version_name": version, "schema_url": url }] })
        })
        .collect();
    serde_json::to_vec(&json!({ "schemas": schemas })).unwrap()
}

fn server<'a>(files: &[(&'a str, &'a str)]) -> impl FnMut(&str) -> Result<Vec<u8>, String> + use<'a> {
    let files: HashMap<String, Vec<u8>> =
        files.iter().map(|(url, text)| ((*url).to_owned(), text.as_bytes().to_vec())).collect();
    move |url| files.get(url).cloned().ok_or_else(|| format!("{url} answers 404"))
}

const ONE: &str = r#"{ "fields": [{ "name": "un" }] }"#;
const TWO: &str = r#"{ "fields": [{ "name": "deux" }] }"#;

#[test]
fn a_refresh_covers_what_ships_and_keeps_its_other_versions() {
    let folder = tempfile::tempdir().unwrap();
    let url = "https://e.fr/subventions/schema.json";
    let listed = catalogue(&[("scdl/subventions", "3.0.0", url), ("ville/essai", "1.0.0", "https://e.fr/essai.json")]);
    let done = refresh(&listed, folder.path(), server(&[(url, ONE), ("https://e.fr/essai.json", TWO)])).unwrap();
    assert_eq!((done.schemas, done.versions, done.changed, done.skipped.len()), (2, 2, 2, 0));
    let library = Library::with_folder(folder.path()).unwrap();
    assert_eq!(library.find("subventions").unwrap().reference(), "scdl/subventions@3.0.0");
    assert_eq!(library.find("subventions@2.0.1").unwrap().reference(), "scdl/subventions@2.0.1");
    assert_eq!(library.find("ville/essai").unwrap().title, "Titre de ville/essai");
    assert!(library.entry("scdl/deliberations").is_some());
}

#[test]
fn what_cannot_be_had_is_told_and_the_set_before_gives_it_still() {
    let folder = tempfile::tempdir().unwrap();
    let listed = catalogue(&[("a/un", "1", "https://e.fr/un.json"), ("a/deux", "1", "https://e.fr/deux.json")]);
    refresh(&listed, folder.path(), server(&[("https://e.fr/un.json", ONE), ("https://e.fr/deux.json", TWO)])).unwrap();
    let done = refresh(&listed, folder.path(), server(&[("https://e.fr/un.json", "{ broken")])).unwrap_err();
    assert!(matches!(done, Error::NothingFetched { .. }), "{done}");
    let done = refresh(&listed, folder.path(), server(&[("https://e.fr/deux.json", ONE)])).unwrap();
    assert_eq!((done.schemas, done.changed, done.skipped.len()), (2, 1, 1));
    assert!(done.skipped[0].reason.contains("404"));
    assert!(Library::with_folder(folder.path()).unwrap().find("a/un").is_ok());
}

#[test]
fn a_refresh_that_fails_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let listed = catalogue(&[("a/un", "1", "https://e.fr/un.json")]);
    refresh(&listed, folder.path(), server(&[("https://e.fr/un.json", ONE)])).unwrap();
    assert!(refresh(b"<html>", folder.path(), server(&[])).is_err());
    assert!(refresh(&catalogue(&[("a/deux", "1", "https://e.fr/2.json")]), folder.path(), server(&[])).is_err());
    assert!(Library::with_folder(folder.path()).unwrap().find("a/un").is_ok());
    let sets = fs::read_dir(folder.path()).unwrap().filter(|item| item.as_ref().is_ok_and(|item| item.path().is_dir()));
    assert_eq!(sets.count(), 1, "what was half written is gone");
}

#[test]
fn a_file_says_itself_what_kind_of_schema_it_is() {
    let read = |text: &str| Library::from_file(text.as_bytes(), "essai.json");
    assert!(matches!(read(ONE).unwrap().schema, Loaded::Table(_)));
    assert!(matches!(read(r#"{ "type": "object", "properties": {} }"#).unwrap().schema, Loaded::Json(_)));
    let package = r#"{ "resources": [{ "name": "a", "schema": { "fields": [{ "name": "x" }] } }] }"#;
    assert!(matches!(read(package).unwrap().schema, Loaded::Table(_)));
    for wrong in ["", "[]", "7", "{}", "<html>", r#"{ "resources": [] }"#, r#"{ "fields": 3 }"#] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn documents_are_checked_against_the_json_schemas_that_ship() {
    let Loaded::Json(schema) = library().find("etalab/schema-amenagements-cyclables@0.3.0").unwrap().schema else {
        panic!("a JSON Schema")
    };
    let example = fs::read(data().join("examples/amenagements-cyclables/exemple-valide.json")).unwrap();
    let report = schema.validate(&example, &schemas::json::Limits::default()).unwrap();
    assert!(report.valid, "{:?}", report.errors);
    let mut broken: Value = serde_json::from_slice(&example).unwrap();
    broken["features"][0]["geometry"]["coordinates"] = json!("ici");
    let report = schema.validate(&serde_json::to_vec(&broken).unwrap(), &schemas::json::Limits::default()).unwrap();
    assert!(!report.valid);
}
