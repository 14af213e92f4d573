#![allow(clippy::unwrap_used)]

use super::*;
use crate::Limits;

fn schema(fields: &str) -> Schema {
    Schema::parse(format!(r#"{{"fields": [{fields}]}}"#).as_bytes(), &Limits::default()).unwrap()
}

fn subventions() -> Schema {
    schema(
        r#"{"name": "nomAttribuant", "title": "Nom de l'attribuant", "constraints": {"required": true}},
        {"name": "idAttribuant", "title": "SIRET de l'attribuant"},
        {"name": "dateConvention"}, {"name": "nomBeneficiaire"}, {"name": "montant"}, {"name": "adresse_1"}, {"name": "adresse_2"}"#,
    )
}

fn texts(labels: &[&str]) -> Vec<String> {
    labels.iter().map(|label| (*label).to_owned()).collect()
}

/// Field and certainty of each label.
fn paired<'a>(schema: &'a Schema, labels: &[&str]) -> Vec<Option<(&'a str, bool)>> {
    let matches = pair(schema, &texts(labels)).into_iter();
    matches.map(|found| found.map(|found| (schema.fields[found.field].name.as_str(), found.certain))).collect()
}

#[test]
fn case_accents_and_punctuation_are_certain() {
    let schema = subventions();
    for label in ["nom_attribuant", "NOMATTRIBUANT", " Nom attribuant", "nom-attribuant", "Nom de l'attribuant"] {
        assert_eq!(paired(&schema, &[label]), [Some(("nomAttribuant", true))], "{label}");
    }
    assert_eq!(paired(&schema, &["Date de convention"]), [Some(("dateConvention", false))]);
}

#[test]
fn synonyms_and_slips_are_likely() {
    let schema = subventions();
    assert_eq!(paired(&schema, &["Montant (€)"]), [Some(("montant", true))]);
    assert_eq!(paired(&schema, &["somme"]), [Some(("montant", false))]);
    assert_eq!(paired(&schema, &["dateConvetion"]), [Some(("dateConvention", false))]);
    assert_eq!(paired(&schema, &["Bénéficiaire"]), [Some(("nomBeneficiaire", false))]);
}

#[test]
fn what_may_be_two_fields_is_none() {
    let schema = subventions();
    assert_eq!(paired(&schema, &["adresse", "adresse_3"]), [None, None]);
    assert_eq!(paired(&schema, &["somme", "amount"]), [None, None], "two columns for one field");
    assert_eq!(paired(&schema, &["couleur"]), [None]);
}

#[test]
fn an_exact_name_wins_over_a_resembling_one() {
    let schema = subventions();
    assert_eq!(paired(&schema, &["Montant", "montant"]), [None, Some(("montant", true))]);
}

#[test]
fn columns_are_renamed_added_and_arranged() {
    let schema =
        schema(r#"{"name": "a"}, {"name": "b"}, {"name": "c"}, {"name": "d", "constraints": {"required": true}}"#);
    let header = texts(&["B", "a"]);
    let proposals = propose(&schema, &header, &pair(&schema, &header));
    let told: Vec<_> = proposals.iter().map(|proposal| (proposal.id.as_str(), proposal.count)).collect();
    assert_eq!(told, [("header:B", 1), ("missing-columns", 1), ("column-order", 2)]);
    assert_eq!(proposals[1].examples[0].after, "c", "d must be filled: it cannot be made up");
}

#[test]
fn a_header_of_the_schema_asks_for_nothing() {
    let schema = schema(r#"{"name": "a"}, {"name": "b"}"#);
    let header = texts(&["a", "b", "more"]);
    assert_eq!(propose(&schema, &header, &pair(&schema, &header)), []);
}

#[test]
fn columns_beyond_the_schema_come_last() {
    let schema = schema(r#"{"name": "a"}, {"name": "b"}"#);
    let header = texts(&["a", "more", "b"]);
    let proposals = propose(&schema, &header, &pair(&schema, &header));
    assert_eq!(proposals.iter().map(|proposal| proposal.code).collect::<Vec<_>>(), [RepairCode::ColumnOrder]);
}
