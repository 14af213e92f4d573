//! Descriptors as people write them.

#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use serde_json::{Value, json};
use tableschema::{
    DescriptorError, FieldsMatch, Limits, Looks, NoteCode, Package, Schema,
    model::{FieldKind, ResourceSchema, StringFormat, Version},
};

fn schema(descriptor: &Value) -> Schema {
    Schema::from_value(descriptor, &Limits::default()).unwrap()
}

/// Codes and places of what is odd.
fn notes(schema: &Schema) -> Vec<(NoteCode, &str)> {
    schema.notes.iter().map(|note| (note.code, note.place.as_str())).collect()
}

#[test]
fn a_schema_of_version_1_is_understood() {
    let schema = schema(&json!({
        "name": "s", "title": "T", "version": "1.2", "homepage": "https://exemple.fr",
        "fields": [
            {"name": "id", "type": "integer", "constraints": {"required": true, "minimum": 1}, "example": 12},
            {"name": "jour", "type": "date", "format": "fmt:%d/%m/%Y", "rdfType": "http://schema.org/Date"},
            {"name": "libre"}
        ],
        "primaryKey": "id",
        "foreignKeys": [{"fields": "id", "reference": {"resource": "", "fields": "id"}}],
        "missingValues": ["", "-"],
        "custom_checks": [{"name": "french-siret-value", "params": {"column": "id"}}]
    }));
    assert_eq!(schema.specification, Version::V1);
    assert_eq!(schema.primary_key, ["id"]);
    assert_eq!(schema.foreign_keys[0].reference_fields, ["id"]);
    assert_eq!(schema.fields[0].example.as_deref(), Some("12"));
    assert_eq!(schema.fields[0].constraints.minimum.as_deref(), Some("1"));
    assert_eq!(schema.fields[1].kind.format(), "%d/%m/%Y");
    assert_eq!(schema.fields[2].kind, FieldKind::String(StringFormat::Default));
    assert_eq!(schema.missing_values[1].value, "-");
    assert_eq!(schema.checks[0].params["column"], "id");
    assert_eq!(schema.fields_match, None);
    assert_eq!(notes(&schema), [(NoteCode::UntypedField, "fields[2]")]);
}

#[test]
fn a_schema_of_version_2_is_understood() {
    let schema = schema(&json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [
            {"name": "a"},
            {"name": "b", "type": "list", "itemType": "integer", "delimiter": ";"},
            {"name": "c", "type": "integer", "categories": [{"value": 1, "label": "un"}, 2], "categoriesOrdered": true},
            {"name": "d", "type": "integer", "missingValues": [{"value": "-9", "label": "refusé"}]}
        ],
        "fieldsMatch": ["subset"],
        "uniqueKeys": [["a", "b"], "c"],
        "checks": [{"type": "row-constraint", "formula": "c > 0"}, "duplicate-row"]
    }));
    assert_eq!(schema.specification, Version::V2);
    assert_eq!(schema.fields[0].kind, FieldKind::Any);
    assert_eq!(schema.fields_match, Some(FieldsMatch::Subset));
    assert_eq!(schema.unique_keys, [vec!["a".to_owned(), "b".to_owned()], vec!["c".to_owned()]]);
    assert_eq!(schema.fields[2].categories[0].label.as_deref(), Some("un"));
    assert_eq!(schema.missing_values_of(&schema.fields[3])[0].label.as_deref(), Some("refusé"));
    assert_eq!(schema.missing_values_of(&schema.fields[0])[0].value, "");
    assert_eq!(schema.checks[0].name, "row-constraint");
    assert_eq!(schema.checks[0].params["formula"], "c > 0");
    assert_eq!(schema.checks[1].name, "duplicate-row");
}

#[test]
fn slips_are_notes_and_never_failures() {
    let schema = schema(&json!({
        "title": ["not a text"],
        "fields": [
            {"name": "a", "type": "string", "constraints": {"pattern:": "x", "required": "true"}, "enum": ["x"]},
            {"name": "a", "type": "text", "contraints": {"required": true}},
            {"name": "c", "type": "date", "format": "AAAA-MM-JJ", "constraints": {"pattern": "x", "minimum": null}},
            {"type": null},
            "d"
        ],
        "primaryKey": ["a", "z"],
        "foreignKeys": [{"fields": ["a"], "reference": {"fields": []}}, 3],
        "custom_checks": [{"params": {}}]
    }));
    let expected = [
        (NoteCode::WrongType, "title"),
        (NoteCode::MisspeltProperty, "fields[0].constraints.pattern:"),
        (NoteCode::WrongType, "fields[0].constraints.required"),
        (NoteCode::MisplacedProperty, "fields[0].enum"),
        (NoteCode::DuplicateField, "fields[1]"),
        (NoteCode::UnknownType, "fields[1].type"),
        (NoteCode::MisspeltProperty, "fields[1].contraints"),
        (NoteCode::UnknownFormat, "fields[2].format"),
        (NoteCode::UnsupportedConstraint, "fields[2].constraints.pattern"),
        (NoteCode::UnnamedField, "fields[3]"),
        (NoteCode::UntypedField, "fields[3]"),
        (NoteCode::WrongType, "fields[4]"),
        (NoteCode::UnknownKeyField, "primaryKey"),
        (NoteCode::InvalidForeignKey, "foreignKeys[0]"),
        (NoteCode::InvalidForeignKey, "foreignKeys[1]"),
        (NoteCode::InvalidCheck, "custom_checks[0]"),
    ];
    for note in expected {
        assert!(notes(&schema).contains(&note), "{note:?} not in {:?}", notes(&schema));
    }
    assert_eq!(schema.fields.len(), 5);
    assert!(schema.fields[0].constraints.required);
    assert!(!schema.fields[1].constraints.required);
    for note in &schema.notes {
        assert!(note.message("fr").contains(' ') && note.message("en").contains(' '), "{note:?}");
    }
}

#[test]
fn what_is_no_schema_is_refused_with_what_it_looks_like() {
    let missing = |looks| Err(DescriptorError::Missing { property: "fields", looks });
    let limits = Limits::default();
    let parse = |text: &str| Schema::parse(text.as_bytes(), &limits).map(|schema| schema.fields.len());
    assert_eq!(parse("\u{feff}{\"fields\": []}"), Ok(0));
    assert_eq!(parse("[]"), Err(DescriptorError::NotAnObject));
    assert_eq!(parse("{}"), missing(Looks::Unknown));
    assert_eq!(parse(r#"{"resources": []}"#), missing(Looks::Package));
    assert_eq!(parse(r#"{"$schema": "x", "properties": {}}"#), missing(Looks::JsonSchema));
    assert!(matches!(parse("{\"fields\": ["), Err(DescriptorError::NotJson { line: 1, .. })));
    assert!(matches!(parse(&"[".repeat(100_000)), Err(DescriptorError::NotJson { .. })));
    for error in [parse("[]"), parse("{}"), parse("x")] {
        let error = error.unwrap_err();
        assert!(error.message("fr").contains(' ') && error.message("en").contains(' '));
    }
}

#[test]
fn descriptors_are_bounded() {
    let limits = Limits { descriptor_bytes: 2_000, fields: 3, enum_values: 4, notes: 5, ..Limits::default() };
    let parse = |value: &Value| Schema::parse(value.to_string().as_bytes(), &limits);
    assert_eq!(parse(&json!({"fields": [], "x": "y".repeat(2_000)})), Err(DescriptorError::TooLarge { most: 2_000 }));
    let many = json!({"fields": [{"name": "a"}, {"name": "b"}, {"name": "c"}, {"name": "d"}]});
    assert_eq!(parse(&many), Err(DescriptorError::TooMany { property: "fields", most: 3 }));
    let values = json!({"fields": [{"name": "a", "type": "string", "constraints": {"enum": [1, 2, 3, 4, 5]}}]});
    assert_eq!(parse(&values).unwrap().fields[0].constraints.enumeration, None);
    let odd: Vec<Value> =
        (0..3).map(|n| json!({"name": n, "type": "?", "format": 1, "required": 1, "enum": 2})).collect();
    assert_eq!(parse(&json!({"fields": odd})).unwrap().notes.len(), 6);
}

#[test]
fn a_package_has_resources_and_opens_nothing() {
    let descriptor = json!({
        "name": "p",
        "resources": [
            {"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "x", "type": "integer"}]}},
            {"name": "b", "path": ["b1.csv", "../secret.csv", "/etc/passwd"], "schema": "schemas/b.json"},
            {"path": "https://exemple.fr/c.csv", "schema": "https://exemple.fr/c.json"},
            {"name": "d", "data": [[1]], "schema": "../d.json", "encoding": "utf-8"},
            {"name": "e", "schema": {"champs": []}},
            7
        ]
    });
    let package = Package::parse(descriptor.to_string().as_bytes(), &Limits::default()).unwrap();
    let [a, b, c, d, e] = package.resources.as_slice() else { panic!("five resources expected") };
    assert!(matches!(&a.schema, Some(ResourceSchema::Inline(schema)) if schema.fields.len() == 1));
    assert_eq!(b.paths, ["b1.csv"]);
    assert_eq!(b.schema, Some(ResourceSchema::Path("schemas/b.json".to_owned())));
    assert_eq!(
        (c.name.as_str(), &c.schema),
        ("resource-3", &Some(ResourceSchema::Address("https://exemple.fr/c.json".to_owned())))
    );
    assert_eq!((&d.schema, d.encoding.as_deref()), (&None, Some("utf-8")));
    assert_eq!(e.schema, None);
    let codes: Vec<NoteCode> = package.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes.iter().filter(|code| **code == NoteCode::UnsafePath).count(), 3);
}

fn any_json() -> impl Strategy<Value = Value> {
    let names = "(name|type|format|fields|constraints|enum|pattern|minimum|missingValues|value|categories|arrayItem|reference|resource|primaryKey|foreignKeys|checks|resources|schema|path)";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "(string|number|integer|date|array|list|geopoint|%d/%m|any|\\.\\./x|[a-z]{0,3})".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((names, inner), 0..8)
                .prop_map(|pairs| pairs.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #[test]
    fn no_descriptor_makes_it_stop(mut value in any_json(), fields in any_json()) {
        if let (Some(object), Value::Array(_)) = (value.as_object_mut(), &fields) {
            object.insert("fields".to_owned(), fields);
        }
        let bytes = value.to_string();
        let _schema = Schema::parse(bytes.as_bytes(), &Limits::default());
        let _package = Package::parse(bytes.as_bytes(), &Limits::default());
    }
}
