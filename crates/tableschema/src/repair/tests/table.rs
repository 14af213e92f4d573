//! Whole tables: what is proposed, and what comes out.

use super::*;

fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| texts(row)).collect()
}

#[test]
fn a_messy_table_becomes_one_of_the_schema() {
    let schema = schema(
        r#"{"name": "nom", "constraints": {"required": true}}, {"name": "date", "type": "date"},
        {"name": "montant", "type": "number"}, {"name": "objet"}"#,
    );
    let header = texts(&["Montant", "NOM", "Date", ""]);
    let table = batches(
        4,
        &rows(&[
            &["1 200,50", " Bram ", "12/03/2021", ""],
            &["300", "Limoux", "25/12/2021", ""],
            &["", "", " ", ""],
            &["300", "Limoux", "25/12/2021", ""],
        ]),
    );
    let proposals = survey_of(Some(&schema), &header, &table);
    let ids: Vec<&str> = proposals.iter().map(|proposal| proposal.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "header:Montant",
            "header:NOM",
            "header:Date",
            "missing-columns",
            "column-order",
            "empty-columns",
            "blank-rows",
            "duplicate-rows",
            "number:Montant",
            "trim:NOM",
            "trim:Date",
            "date:Date",
            "date-order:Date",
        ]
    );
    let (labels, rows, done) = repaired(&header, &proposals, &table);
    assert_eq!(labels, ["nom", "date", "montant", "objet"]);
    assert_eq!(rows, [["Bram", "2021-03-12", "1200.50", ""], ["Limoux", "2021-12-25", "300", ""]]);
    let counts: Vec<u64> = done.iter().map(|done| done.count).collect();
    assert_eq!(counts, [1, 1, 1, 1, 3, 1, 1, 1, 1, 1, 0, 1, 1], "the blank row's space goes with its row");
}

#[test]
fn only_what_was_chosen_is_done() {
    let schema = schema(r#"{"name": "a", "type": "date"}, {"name": "b"}"#);
    let (header, table) = (texts(&["a", "b"]), batches(2, &rows(&[&["25/12/2021", " x"]])));
    let mut proposals = survey_of(Some(&schema), &header, &table);
    proposals.retain(|proposal| proposal.id == "trim:b");
    let (labels, rows, done) = repaired(&header, &proposals, &table);
    assert_eq!(labels, header);
    assert_eq!(rows, [["25/12/2021", "x"]]);
    assert_eq!(done, [Done { id: "trim:b".to_owned(), count: 1 }]);
}

#[test]
fn without_a_schema_what_needs_none_is_proposed() {
    let header = texts(&[" nom ", "ville"]);
    let table = batches(2, &rows(&[&["a ", "NÃ®mes"], &["b", "12/03/2021"], &["b", "12/03/2021"]]));
    let proposals = survey_of(None, &header, &table);
    assert_eq!(
        told(&proposals),
        [
            ("header: nom ", 1, " nom ", "nom"),
            ("duplicate-rows", 1, "b | 12/03/2021", ""),
            ("trim: nom ", 1, "a ", "a"),
            ("mojibake:ville", 1, "NÃ®mes", "Nîmes"),
        ]
    );
}

#[test]
fn rows_are_the_same_only_when_each_cell_is() {
    let header = texts(&["a", "b"]);
    let table = batches(2, &rows(&[&["ab", "c"], &["a", "bc"], &["", ""], &["", ""], &["a", "bc"]]));
    let proposals = survey_of(None, &header, &table);
    let counts: Vec<_> = proposals.iter().map(|proposal| (proposal.id.as_str(), proposal.count)).collect();
    assert_eq!(counts, [("blank-rows", 2), ("duplicate-rows", 1)]);
    assert_eq!(proposals[1].examples[0].row, 6);
    assert!(!proposals[1].certain);
}

#[test]
fn cells_beyond_the_header_go_when_they_are_empty() {
    let header = texts(&["a"]);
    let mut table = batches(1, &rows(&[&["1"], &["2"]]));
    table[0].extra = vec![(0, texts(&["", " "])), (1, texts(&["more"]))];
    let proposals = survey_of(None, &header, &table);
    assert_eq!(told(&proposals), [("extra-cells", 1, "", "")]);
    let mut repairer = Repairer::new(&header, &proposals);
    let batch = repairer.repair(table[0].clone());
    assert_eq!(batch.extra, [(1, texts(&["more"]))], "what has a value stays");
}

#[test]
fn rows_are_numbered_anew_when_some_go() {
    let header = texts(&["a"]);
    let mut table = batches(1, &rows(&[&["1"], &[""], &["3"], &["4"]]));
    table[0].extra = vec![(1, texts(&[""]))];
    table[1].extra = vec![(1, texts(&["more"]))];
    let mut proposals = survey_of(None, &header, &table);
    proposals.retain(|proposal| proposal.code == RepairCode::BlankRows);
    let mut repairer = Repairer::new(&header, &proposals);
    let batches: Vec<Batch> = table.into_iter().map(|batch| repairer.repair(batch)).collect();
    assert_eq!(batches.iter().map(|batch| (batch.first_row, batch.rows())).collect::<Vec<_>>(), [(2, 1), (3, 2)]);
    assert_eq!(batches[1].extra, [(1, texts(&["more"]))]);
}

#[test]
fn longitude_and_latitude_change_places_where_only_so_they_are_in_france() {
    let schema = schema(r#"{"name": "longitude", "type": "number"}, {"name": "latitude", "type": "number"}"#);
    let header = texts(&["longitude", "latitude"]);
    let table = batches(2, &rows(&[&["43.32", "1.95"], &["-0.12", "51.6"], &["", ""]]));
    let proposals = survey_of(Some(&schema), &header, &table);
    let proposal = proposals.iter().find(|proposal| proposal.code == RepairCode::SwappedCoordinates).unwrap();
    assert!(proposal.certain);
    let (_, rows, done) = repaired(&header, std::slice::from_ref(proposal), &table);
    assert_eq!(rows, [["1.95", "43.32"], ["-0.12", "51.6"], ["", ""]]);
    assert_eq!(done[0].count, 1);
}

#[test]
fn a_proposal_is_kept_as_text_and_still_applies() {
    let schema = schema(r#"{"name": "a", "type": "date", "constraints": {"minimum": "2000-01-01"}}, {"name": "b"}"#);
    let (header, table) = (texts(&["a", "b"]), batches(2, &rows(&[&["25/12/2021", "x"], &["25/12/1999", "y"]])));
    let text = serde_json::to_string(&survey_of(Some(&schema), &header, &table)).unwrap();
    let proposals: Vec<Proposal> = serde_json::from_str(&text).unwrap();
    let (_, rows, _) = repaired(&header, &proposals, &table);
    assert_eq!(rows, [["2021-12-25", "x"], ["25/12/1999", "y"]]);
}

#[test]
fn a_repair_finds_its_column_again_when_others_are_gone() {
    let schema = schema(r#"{"name": "a"}, {"name": "b"}"#);
    let (header, table) = (texts(&["a", "b"]), batches(2, &rows(&[&["x", " y"]])));
    let proposals = survey_of(Some(&schema), &header, &table);
    let (labels, rows, _) = repaired(&texts(&["b"]), &proposals, &batches(1, &[texts(&[" y"])]));
    assert_eq!((labels, rows), (texts(&["b"]), vec![texts(&["y"])]));
}

#[test]
fn each_proposal_describes_itself_in_both_languages() {
    for code in RepairCode::ALL {
        for language in ["fr", "en"] {
            for count in [1, 3] {
                for certain in [true, false] {
                    let proposal = Proposal::of_table(*code, certain, proposal::Recipe::Report);
                    let change = Change { row: 2, field: "f".into(), before: "B".into(), after: "A".into() };
                    let proposal = Proposal { field: Some("f".into()), ..proposal }.counted(count, vec![change]);
                    let text = proposal.description(language);
                    assert!(!text.starts_with("repair-") && !text.contains(['{', '$', '\n']), "{language}: {text}");
                    assert!(text.ends_with('.') && !text.contains("  ") && !text.contains(" ."), "{language}: {text}");
                }
            }
        }
    }
}

#[test]
fn a_million_faults_of_one_kind_are_counted_with_few_examples() {
    let schema = schema(r#"{"name": "a", "type": "number"}, {"name": "b"}"#);
    let cells: Vec<Vec<String>> = (0..3_000).map(|row| vec![format!("{row},5"), row.to_string()]).collect();
    let proposals = survey_of(Some(&schema), &texts(&["a", "b"]), &batches(2, &cells));
    assert_eq!((proposals[0].count, proposals[0].examples.len()), (3_000, 5));
    assert!(proposals[0].examples.is_sorted_by_key(|change| change.row));
}
