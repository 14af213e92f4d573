//! What holds for every table.

use proptest::prelude::*;

use super::*;
use crate::{ForeignTables, Report, validate};

/// A schema with a field of each kind of repair.
fn of_all_kinds() -> Schema {
    checked(
        r#"{"name": "texte"}, {"name": "jour", "type": "date"}, {"name": "montant", "type": "number"},
        {"name": "nombre", "type": "integer"}, {"name": "vrai", "type": "boolean"},
        {"name": "nature", "constraints": {"enum": ["aide en numéraire", "aide en nature", "oui", "non"]}},
        {"name": "insee", "constraints": {"pattern": "^([013-9]\\d|2[AB1-9])\\d{3}$"}},
        {"name": "siret"}, {"name": "point", "type": "geopoint"}, {"name": "courriel", "type": "string", "format": "email"},
        {"name": "heure", "type": "time"}, {"name": "annee", "type": "year"}"#,
        r#"{"name": "french-siret-value", "params": {"column": "siret"}}"#,
    )
}

fn header(schema: &Schema) -> Vec<String> {
    schema.fields.iter().map(|field| field.name.clone()).collect()
}

/// A cell of any column, likely to be nearly right.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[ \u{a0}]?[0-9]{1,5}[.,]?[0-9]{0,3} ?[€%]?",
        "[0-3]?[0-9]/[01]?[0-9]/(20)?[0-9]{2}",
        "[0-9]{4}-[01][0-9]-[0-3][0-9]( [0-2][0-9]:[0-5][0-9])?",
        "[0-9]{4,14}(\\.0)?",
        "[1-9]\\.[0-9]{2,13}E\\+?1[0-3]",
        "(oui|NON|Vrai|x|aide en numeraire|Aide en natrue|aides en nature|NC|-|#N/A|néant)",
        "-?[0-9]{1,2}[.,][0-9]{1,4}[,; ] ?-?[0-9]{1,2}[.,][0-9]{1,4}",
        "[a-z]{1,6}(@| @|\\(at\\))[a-z]{1,6}\\.fr",
        "[\\sé©Ã\u{200b}a-z]{0,8}",
        "\\PC{0,12}",
    ]
}

fn table(width: usize) -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(cell(), width), 1..12)
}

fn report(schema: &Schema, header: &[String], rows: &[Vec<String>]) -> Report {
    let options = Options { threads: 1, errors: 100_000, ..Options::default() };
    let batches = batches(header.len(), rows).into_iter().map(Ok::<_, Infallible>);
    validate(schema, header, batches, &ForeignTables::default(), &options).unwrap()
}

/// Cells that are wrong: row and column.
fn wrong(report: &Report) -> Vec<(u64, u32)> {
    report.errors.iter().filter_map(|finding| Some((finding.row?, finding.field_number?))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn repairing_twice_is_repairing_once(rows in table(12)) {
        let schema = of_all_kinds();
        let header = header(&schema);
        let before = batches(header.len(), &rows);
        let proposals = survey_of(Some(&schema), &header, &before);
        let (labels, once, _) = repaired(&header, &proposals, &before);
        let after = batches(labels.len(), &once);
        let (_, twice, done) = repaired(&labels, &proposals, &after);
        prop_assert_eq!(&once, &twice);
        prop_assert!(done.iter().all(|done| done.count == 0), "{:?}", done);
    }

    #[test]
    fn what_is_counted_is_what_is_done(rows in table(12)) {
        let schema = of_all_kinds();
        let header = header(&schema);
        let batches = batches(header.len(), &rows);
        let mut proposals = survey_of(Some(&schema), &header, &batches);
        // Rows that go take the repairs of their cells with them.
        proposals.retain(|proposal| proposal.field.is_some() && proposal.applicable);
        let (_, _, done) = repaired(&header, &proposals, &batches);
        for (proposal, done) in proposals.iter().zip(done) {
            prop_assert_eq!(&proposal.id, &done.id);
            prop_assert_eq!(proposal.count, done.count, "{}", proposal.id);
        }
    }

    #[test]
    fn no_repair_makes_a_right_cell_wrong_and_proven_ones_make_it_right(rows in table(12)) {
        let schema = of_all_kinds();
        let header = header(&schema);
        let before = batches(header.len(), &rows);
        let mut proposals = survey_of(Some(&schema), &header, &before);
        proposals.retain(|proposal| proposal.field.is_some());
        let (_, after, _) = repaired(&header, &proposals, &before);
        let (was, is) = (wrong(&report(&schema, &header, &rows)), wrong(&report(&schema, &header, &after)));
        for cell in &is {
            prop_assert!(was.contains(cell), "{cell:?} became wrong: {:?}", after);
        }
        for proposal in proposals.iter().filter(|proposal| !matches!(proposal.code, RepairCode::Trim | RepairCode::Mojibake | RepairCode::ScientificLost)) {
            for change in &proposal.examples {
                let column = header.iter().position(|label| *label == change.field).unwrap() as u32 + 1;
                prop_assert!(!is.contains(&(change.row, column)), "{}: {change:?}", proposal.id);
            }
        }
    }

    #[test]
    fn a_clean_table_is_left_as_it_is(numbers in prop::collection::vec((0u32..100_000, 1u32..=28, 1u32..=12), 1..20)) {
        let schema = of_all_kinds();
        let header = header(&schema);
        let rows: Vec<Vec<String>> = numbers.iter().enumerate().map(|(row, (number, day, month))| {
            texts(&[
                &format!("Été n° {row} « à Bram »"), &format!("2021-{month:02}-{day:02}"), &format!("{number}.{day:02}"),
                &number.to_string(), ["true", "false"][row % 2], ["oui", "aide en nature"][row % 2], "11076", "13002526500013",
                "1.95,43.32", "mairie@bram.fr", "09:30:00", "2021",
            ])
        }).collect();
        let batches = batches(header.len(), &rows);
        let proposals = survey_of(Some(&schema), &header, &batches);
        prop_assert_eq!(&proposals, &[]);
        let (labels, after, _) = repaired(&header, &proposals, &batches);
        prop_assert_eq!(labels, header);
        prop_assert_eq!(after, rows);
    }

    #[test]
    fn a_header_comes_back_from_case_accents_and_order(order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(), style in 0..4) {
        let schema = of_all_kinds();
        let names = header(&schema);
        let styled = |name: &String| match style {
            0 => name.to_uppercase(),
            1 => format!(" {name} "),
            2 => format!("{name}."),
            _ => name.clone(),
        };
        let shuffled: Vec<String> = order.iter().map(|index| styled(&names[*index])).collect();
        let row: Vec<String> = order.iter().map(|index| ["a", "2021-03-12", "1", "2", "true", "oui", "11076", "13002526500013", "1.95,43.32", "a@b.fr", "09:30:00", "2021"][*index].to_owned()).collect();
        let batches = batches(12, &[row]);
        let proposals = survey_of(Some(&schema), &shuffled, &batches);
        prop_assert!(proposals.iter().all(|proposal| proposal.certain));
        let (labels, rows, _) = repaired(&shuffled, &proposals, &batches);
        prop_assert_eq!(labels, names.clone());
        let report = report(&schema, &names, &rows);
        prop_assert!(report.valid, "{:?}", report.errors);
    }

    #[test]
    fn without_a_schema_repairing_twice_is_repairing_once(rows in table(3)) {
        let header = texts(&["a", "b", "c"]);
        let before = batches(3, &rows);
        let proposals = survey_of(None, &header, &before);
        let (_, once, _) = repaired(&header, &proposals, &before);
        let (_, twice, _) = repaired(&header, &proposals, &batches(3, &once));
        prop_assert_eq!(once, twice);
    }
}
