//! Whatever is asked, an answer comes.

#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use proptest::prelude::*;
use schemas::{Library, refresh};
use serde_json::json;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::shipped().unwrap());

/// Parts that references and addresses are made of, put together at random.
fn reference() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("https://".to_owned()),
        Just("schema.data.gouv.fr/schemas/".to_owned()),
        Just("raw.githubusercontent.com/etalab/schema-irve/".to_owned()),
        Just("github.com/".to_owned()),
        Just("scdl/subventions".to_owned()),
        Just("@2.0.1".to_owned()),
        Just("#irve-statique".to_owned()),
        Just("/../".to_owned()),
        Just("%2e%".to_owned()),
        "\\PC{0,8}",
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_reference_finds_a_schema_or_says_why_not(reference in reference()) {
        if let Err(error) = LIBRARY.find(&reference) {
            prop_assert!(!error.to_string().is_empty() && !error.code().is_empty());
        }
    }

    #[test]
    fn any_header_is_compared(header in prop::collection::vec("\\PC{0,20}", 0..30)) {
        for proposal in LIBRARY.propose(&header) {
            prop_assert!((0.0..=1.0).contains(&proposal.score), "{}", proposal.score);
            prop_assert!(proposal.unknown.iter().all(|label| header.contains(label)));
        }
    }

    #[test]
    fn any_bytes_are_a_schema_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _either = Library::from_file(&bytes, "essai.json");
    }

    #[test]
    fn a_refresh_writes_nothing_outside_of_its_folder(name in "[a-z./\\\\%]{1,12}", version in "[0-9./\\\\]{1,6}", url in reference()) {
        let outside = tempfile::tempdir().unwrap();
        let folder = outside.path().join("schemas");
        let entry = json!({ "name": name, "schema_type": "tableschema", "versions": [{ "version_name": version, "schema_url": url }] });
        let catalogue = serde_json::to_vec(&json!({ "schemas": [entry] })).unwrap();
        let _either = refresh(&catalogue, &folder, |_| Ok(b"{\"fields\": [{\"name\": \"a\"}]}".to_vec()));
        let beside: Vec<_> = std::fs::read_dir(outside.path()).unwrap().map(|item| item.unwrap().file_name()).collect();
        prop_assert_eq!(beside, ["schemas"]);
    }
}
