//! Each repair of cells on what it is for, and on what it must leave.

use super::*;

/// What is proposed for one cell of a field: identifier and new text.
fn one(field: &str, cell: &str) -> Option<(String, String)> {
    of(&schema(field), cell)
}

fn of(schema: &Schema, cell: &str) -> Option<(String, String)> {
    let proposals = column(schema, &[cell]);
    assert!(proposals.len() < 2, "{cell}: {proposals:?}");
    proposals.first().map(|proposal| (proposal.id.clone(), proposal.examples[0].after.clone()))
}

fn to(id: &str, after: &str) -> Option<(String, String)> {
    Some((id.to_owned(), after.to_owned()))
}

#[test]
fn spaces_go_from_any_column() {
    assert_eq!(one(r#"{"name": "a"}"#, " Bram\u{a0}"), to("trim:a", "Bram"));
    assert_eq!(one(r#"{"name": "a", "type": "date"}"#, "2021-03-12 "), to("trim:a", "2021-03-12"));
    assert_eq!(one(r#"{"name": "a"}"#, "Le  Puy"), None);
}

#[test]
fn accents_come_back() {
    assert_eq!(one(r#"{"name": "a"}"#, "CommunautÃ© "), to("mojibake:a", "Communauté"));
    assert_eq!(one(r#"{"name": "a"}"#, "Communauté"), None);
}

#[test]
fn days_take_the_form_of_their_field() {
    let iso = r#"{"name": "a", "type": "date"}"#;
    assert_eq!(one(iso, "25/12/2021"), to("date:a", "2021-12-25"));
    assert_eq!(one(iso, " 25-12-2021 "), to("date:a", "2021-12-25"));
    assert_eq!(one(iso, "12 mars 2021"), to("date:a", "2021-03-12"));
    assert_eq!(one(iso, "2021-03-12T00:00:00"), to("date:a", "2021-03-12"));
    assert_eq!(one(iso, "2021-03-12 14:30:00"), to("date-likely:a", "2021-03-12"));
    assert_eq!(one(iso, "44267"), to("date-likely:a", "2021-03-12"));
    assert_eq!(one(iso, "25/12/21"), to("date-likely:a", "2021-12-25"));
    assert_eq!(one(iso, "31/02/2021"), None);
    assert_eq!(one(iso, "2021"), None);
    let french = r#"{"name": "a", "type": "date", "format": "%d/%m/%Y"}"#;
    assert_eq!(one(french, "2021-03-12"), to("date:a", "12/03/2021"));
    assert_eq!(one(r#"{"name": "a", "type": "yearmonth"}"#, "03/2021"), to("date:a", "2021-03"));
    assert_eq!(one(r#"{"name": "a", "type": "time"}"#, "9h30"), to("date:a", "09:30:00"));
    let text = r#"{"name": "a", "constraints": {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}}"#;
    assert_eq!(one(text, "25/12/2021"), to("date:a", "2021-12-25"));
    assert_eq!(one(r#"{"name": "a", "constraints": {"pattern": "^(.){7,18}$"}}"#, "12347"), None, "no day at all");
    let bounded = r#"{"name": "a", "type": "date", "constraints": {"minimum": "2022-01-01"}}"#;
    assert_eq!(one(bounded, "25/12/2021"), None, "it would still be wrong");
}

#[test]
fn the_whole_column_decides_what_a_day_means() {
    let schema = schema(r#"{"name": "a", "type": "date"}"#);
    let day_first = column(&schema, &["03/04/2021", "25/12/2021"]);
    assert_eq!(
        told(&day_first),
        [("date:a", 1, "25/12/2021", "2021-12-25"), ("date-order:a", 1, "03/04/2021", "2021-04-03")]
    );
    assert!(day_first[1].certain);
    let month_first = column(&schema, &["03/04/2021", "12/25/2021"]);
    assert_eq!(told(&month_first)[1], ("date-order:a", 1, "03/04/2021", "2021-03-04"));
    assert!(month_first[1].certain);
    assert!(month_first[1].description("fr").contains("le mois puis le jour"));
    let unknown = column(&schema, &["03/04/2021"]);
    assert_eq!(told(&unknown), [("date-order:a", 1, "03/04/2021", "2021-04-03")]);
    assert!(!unknown[0].certain, "nothing proves it: a person must say");
    let both = column(&schema, &["03/04/2021", "25/12/2021", "12/25/2021"]);
    assert_eq!(told(&both), [("date:a", 2, "25/12/2021", "2021-12-25")], "left alone");
}

#[test]
fn numbers_take_the_form_of_their_field() {
    let number = r#"{"name": "a", "type": "number"}"#;
    assert_eq!(one(number, " 1 063 850,00 "), to("number:a", "1063850.00"));
    assert_eq!(one(number, "12,5 €"), to("number:a", "12.5"));
    assert_eq!(one(number, "1,234"), to("number-likely:a", "1.234"));
    assert_eq!(one(number, "12 %"), to("number-likely:a", "12"));
    assert_eq!(one(number, "04 68 94 00 00"), None);
    let share = r#"{"name": "a", "type": "number", "constraints": {"maximum": 1}}"#;
    assert_eq!(one(share, "12 %"), to("number:a", "0.12"));
    let integer = r#"{"name": "a", "type": "integer"}"#;
    assert_eq!(one(integer, "12.0"), to("decimal-suffix:a", "12"));
    assert_eq!(one(integer, "1 200"), to("number:a", "1200"));
    assert_eq!(one(integer, "12,5"), None);
    let french = r#"{"name": "a", "type": "number", "decimalChar": ","}"#;
    assert_eq!(one(french, "12.5"), to("number:a", "12,5"));
    assert_eq!(one(r#"{"name": "a", "type": "year"}"#, "2021.0"), to("decimal-suffix:a", "2021"));
}

#[test]
fn zeros_come_back_when_the_key_or_the_width_proves_them() {
    let siret = checked(r#"{"name": "a"}"#, r#"{"name": "french-siret-value", "params": {"column": "a"}}"#);
    assert_eq!(of(&siret, "552013500012"), to("leading-zeros:a", "00552013500012"));
    assert_eq!(of(&siret, "552013500013"), None, "its key is wrong anyway");
    let insee = r#"{"name": "a", "constraints": {"pattern": "^([013-9]\\d|2[AB1-9])\\d{3}$"}}"#;
    assert_eq!(one(insee, "1004"), to("leading-zeros:a", "01004"));
    assert_eq!(one(insee, "1004.0"), to("decimal-suffix:a", "01004"));
    assert_eq!(one(insee, "2A004"), None);
    let loose = r#"{"name": "a", "constraints": {"pattern": "^\\d{9,14}$"}}"#;
    assert_eq!(one(loose, "12345678"), None, "several widths would do");
    assert_eq!(
        one(r#"{"name": "a", "constraints": {"minLength": 5, "maxLength": 5}}"#, "1000"),
        to("leading-zeros:a", "01000")
    );
}

#[test]
fn powers_of_ten_are_undone_only_when_no_figure_is_lost() {
    let siret = r#"{"name": "siret", "constraints": {"pattern": "^\\d{14}$"}}"#;
    assert_eq!(one(siret, "1.3002526500013E13"), to("scientific:siret", "13002526500013"));
    assert_eq!(one(siret, "1,3002526500013E+13"), to("scientific:siret", "13002526500013"));
    let lost = column(&schema(siret), &["2,11101E+13"]);
    assert_eq!(lost[0].id, "scientific-lost-likely:siret");
    assert!(!lost[0].applicable && !lost[0].certain);
    assert_eq!(one(r#"{"name": "a", "type": "number"}"#, "1.5E3"), None, "a number may be written so");
}

#[test]
fn identifiers_are_written_without_gaps() {
    let siret = r#"{"name": "siret", "constraints": {"pattern": "^\\d{14}$"}}"#;
    assert_eq!(one(siret, "130 025 265 00013"), to("identifier-form:siret", "13002526500013"));
    let rna = r#"{"name": "a", "constraints": {"pattern": "^W\\d{9}$"}}"#;
    assert_eq!(one(rna, "w112000123"), to("identifier-form:a", "W112000123"));
    let market = r#"{"name": "a", "constraints": {"pattern": "^[0-9]{8}(\\-[0-9])?$"}}"#;
    assert_eq!(one(market, "4511200-0"), None, "the dash is a part of it");
    let phone = r#"{"name": "a", "constraints": {"pattern": "^\\+33\\d{9}$"}}"#;
    assert_eq!(one(phone, "04.68.94.00.00"), to("phone:a", "+33468940000"));
    let national = r#"{"name": "a", "constraints": {"pattern": "^0\\d{9}$"}}"#;
    assert_eq!(one(national, "+33 4 68 94 00 00"), to("phone:a", "0468940000"));
}

#[test]
fn words_for_yes_and_no_become_those_of_the_schema() {
    let words = r#"{"name": "a", "type": "boolean"}"#;
    for (word, after) in [("oui", "true"), ("NON", "false"), ("Vrai", "true"), ("1.0", "true")] {
        assert_eq!(one(words, word), to("boolean:a", after), "{word}");
    }
    assert_eq!(one(words, "x"), to("boolean-likely:a", "true"));
    assert_eq!(one(words, "peut-être"), None);
    let french = r#"{"name": "a", "constraints": {"enum": ["oui", "non"]}}"#;
    assert_eq!(one(french, "TRUE"), to("boolean:a", "oui"));
}

#[test]
fn values_of_a_list_are_found_by_nearness() {
    let natures = r#"{"name": "a", "constraints": {"enum": ["aide en numéraire", "aide en nature"]}}"#;
    assert_eq!(one(natures, "Aide  en numeraire"), to("enumeration:a", "aide en numéraire"));
    assert_eq!(one(natures, "aide en natrue"), to("enumeration-likely:a", "aide en nature"));
    assert_eq!(one(natures, "aide"), None);
    let several = r#"{"name": "a", "constraints": {"pattern": "(?:(?:^|;)(aide en numéraire|aide en nature))+$"}}"#;
    assert_eq!(
        one(several, "Aide en nature, aide en numéraire"),
        to("enumeration:a", "aide en nature;aide en numéraire")
    );
    let array = r#"{"name": "a", "type": "array", "arrayItem": {"type": "string", "constraints": {"enum": ["bouton", "interphone"]}}}"#;
    assert_eq!(one(array, "Bouton, interphone"), to("enumeration:a", r#"["bouton","interphone"]"#));
}

#[test]
fn addresses_are_completed() {
    let mail = r#"{"name": "a", "type": "string", "format": "email"}"#;
    assert_eq!(one(mail, "Mairie <mairie@bram.fr>"), to("email:a", "mairie@bram.fr"));
    assert_eq!(one(mail, "mairie(at)bram.fr"), to("email-likely:a", "mairie@bram.fr"));
    assert_eq!(one(mail, "mairie"), None);
    let page = r#"{"name": "a", "type": "string", "format": "uri"}"#;
    assert_eq!(one(page, "www.bram.fr/mairie"), to("url-likely:a", "https://www.bram.fr/mairie"));
    let strict = r#"{"name": "a", "constraints": {"pattern": "^(https?)://[^\\s/$.?#].[^\\s]*$"}}"#;
    assert_eq!(one(strict, "http:/www.bram.fr"), to("url:a", "http://www.bram.fr"));
    assert_eq!(one(strict, "voir le site"), None);
}

#[test]
fn words_for_nothing_become_nothing() {
    let number = r#"{"name": "a", "type": "number"}"#;
    for word in ["NC", "n/a", "-", "néant", "#N/A", "null", "Non renseigné"] {
        assert_eq!(one(number, word), to("empty-marker:a", ""), "{word}");
    }
    assert_eq!(one(number, "?"), to("empty-marker-likely:a", ""));
    assert_eq!(one(r#"{"name": "a", "type": "number", "constraints": {"required": true}}"#, "NC"), None);
    assert_eq!(one(r#"{"name": "a"}"#, "#N/A"), to("empty-marker-likely:a", ""));
    assert_eq!(one(r#"{"name": "a"}"#, "NC"), None, "a text may be that");
}

#[test]
fn points_take_the_form_of_their_field() {
    let point = r#"{"name": "a", "type": "geopoint"}"#;
    assert_eq!(one(point, "[1.95, 43.32]"), to("coordinates:a", "1.95,43.32"));
    assert_eq!(one(point, "1,95;43,32"), to("coordinates:a", "1.95,43.32"));
    assert_eq!(one(point, "43.32,1.95"), to("swapped-coordinates:a", "1.95,43.32"));
    assert_eq!(one(point, "1.95,43.32"), None);
    let array = r#"{"name": "a", "type": "geopoint", "format": "array"}"#;
    assert_eq!(one(array, "1.95,43.32"), to("coordinates:a", "[1.95,43.32]"));
}

#[test]
fn points_that_are_right_make_swapping_others_less_certain() {
    let schema = schema(r#"{"name": "a", "type": "geopoint"}"#);
    assert!(column(&schema, &["43.32,1.95"])[0].certain);
    let mixed = column(&schema, &["43.32,1.95", "1.95,43.32"]);
    assert!(!mixed[0].certain);
    assert_eq!(mixed[0].count, 1);
}
