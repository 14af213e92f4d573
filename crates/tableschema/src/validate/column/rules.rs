//! A field becomes a check: its rules are numbered, its constraints compiled.

use std::sync::Arc;

use super::{
    constraint::{Bound, Constraint, OneOf, Quick, Side, Test},
    items::Items,
    json_schema,
    scan::{ColumnCheck, Missing},
};
use crate::{
    Options, Schema,
    model::{Category, Field, FieldKind, TemporalFormat},
    pattern::{Budget, Pattern, PatternError},
    report::{Code, Note, NoteCode, Sentence},
    validate::{Layout, RuleId, Rules},
    value::{Reader, Value, example_of_pattern},
};

/// Values of an enumeration that a sentence lists.
const LISTED: usize = 12;

/// Makes the checks of columns.
pub(in crate::validate) struct Builder<'a> {
    schema: &'a Schema,
    layout: &'a Layout,
    rules: &'a mut Rules,
    notes: &'a mut Vec<Note>,
    patterns: Budget,
}

impl<'a> Builder<'a> {
    pub(in crate::validate) fn new(
        schema: &'a Schema,
        layout: &'a Layout,
        options: &Options,
        rules: &'a mut Rules,
        notes: &'a mut Vec<Note>,
    ) -> Self {
        Self { schema, layout, rules, notes, patterns: Budget::new(options.pattern_bytes) }
    }

    /// The check of a column, if it is a field.
    pub(in crate::validate) fn column(&mut self, column: usize) -> Option<ColumnCheck> {
        let field = self.layout.field_of(self.schema, column)?;
        let missing = self.layout.missing_values(column);
        let part = Part { field, column, place: field.name.clone(), prefix: "" };
        let required = self.required(&part);
        let type_rule = self.type_rule(&part);
        let reader = self.reader(&part);
        let constraints = self.constraints(&part, &reader);
        let items = match &field.kind {
            FieldKind::Array { item: Some(item) } => Some(self.items(item, column, &field.name)),
            _ => None,
        };
        Some(ColumnCheck { column, reader, missing: Missing::new(missing), required, type_rule, constraints, items })
    }

    fn items(&mut self, item: &Field, column: usize, name: &str) -> Items {
        let part = Part { field: item, column, place: format!("{name}.arrayItem"), prefix: "array item " };
        let missing = self.schema.missing_values_of(item).iter().map(|missing| missing.value.clone()).collect();
        let required = self.required(&part);
        let type_rule = self.type_rule(&part);
        let reader = self.reader(&part);
        let constraints = self.constraints(&part, &reader);
        Items { reader, missing, type_rule, required, constraints }
    }

    fn reader(&mut self, part: &Part<'_>) -> Reader {
        Reader::new(&part.field.kind).unwrap_or_else(|| {
            self.note(NoteCode::UnknownFormat, part, "format", part.field.kind.format());
            Reader::Text
        })
    }

    fn note(&mut self, code: NoteCode, part: &Part<'_>, property: &str, detail: &str) {
        let detail: String = detail.chars().take(200).collect();
        self.notes.push(Note::new(code, format!("{}.{property}", part.place), detail));
    }

    fn required(&mut self, part: &Part<'_>) -> Option<RuleId> {
        let sentence = Sentence::new("constraint-required");
        part.field.constraints.required.then(|| self.constraint_rule(part, "required", sentence))
    }

    fn type_rule(&mut self, part: &Part<'_>) -> RuleId {
        let kind = &part.field.kind;
        let text = match kind.format() {
            "default" => format!("{}type {}", part.prefix, kind.name()),
            format => format!("{}type {} ({format})", part.prefix, kind.name()),
        };
        let sentence = match part.prefix {
            "" => type_sentence(kind),
            _ => Sentence::new("type-array-item").with("expected", kind.name()),
        };
        self.rules.add(Code::TypeError, Some(part.column), text, sentence)
    }

    fn constraint_rule(&mut self, part: &Part<'_>, text: &str, sentence: Sentence) -> RuleId {
        self.rules.add(Code::ConstraintError, Some(part.column), format!("{}{text}", part.prefix), sentence)
    }

    /// Constraints in the order in which Frictionless names them.
    fn constraints(&mut self, part: &Part<'_>, reader: &Reader) -> Vec<Constraint> {
        let declared = &part.field.constraints;
        let mut all = Vec::new();
        for (name, length) in [("minLength", declared.min_length), ("maxLength", declared.max_length)] {
            all.extend(length.map(|length| self.length(part, name, length)));
        }
        for (name, bound, side) in [
            ("minimum", &declared.minimum, Side::AtLeast),
            ("maximum", &declared.maximum, Side::AtMost),
            ("exclusiveMinimum", &declared.exclusive_minimum, Side::Above),
            ("exclusiveMaximum", &declared.exclusive_maximum, Side::Below),
        ] {
            all.extend(bound.as_ref().and_then(|bound| self.bound(part, reader, name, bound, side)));
        }
        all.extend(declared.pattern.as_ref().and_then(|pattern| self.pattern(part, pattern)));
        all.extend(declared.enumeration.as_ref().map(|values| self.enumeration(part, reader, "enum", values)));
        if !part.field.categories.is_empty() {
            let values: Vec<String> = part.field.categories.iter().map(|category| category.value.clone()).collect();
            all.push(self.enumeration(part, reader, "categories", &values));
        }
        all.extend(declared.json_schema.as_ref().and_then(|schema| self.json_schema(part, schema)));
        all
    }

    fn length(&mut self, part: &Part<'_>, name: &str, length: u64) -> Constraint {
        let (key, test) = match name {
            "minLength" => ("constraint-min-length", Test::MinLength(length)),
            _ => ("constraint-max-length", Test::MaxLength(length)),
        };
        let sentence = Sentence::new(key).with("expected", length.to_string());
        Constraint { rule: self.constraint_rule(part, &format!("{name} {length}"), sentence), test }
    }

    fn bound(&mut self, part: &Part<'_>, reader: &Reader, name: &str, text: &str, side: Side) -> Option<Constraint> {
        // A JSON number stands for itself, whatever the field's decimal mark.
        let localised = text.replace('.', reader.decimal_char().unwrap_or("."));
        let value = reader.read(text).or_else(|| reader.read(&localised)).and_then(Value::into_static);
        let Some(value) = value else {
            self.note(NoteCode::InvalidConstraint, part, name, text);
            return None;
        };
        let quick = match (&part.field.kind, reader.decimal_char()) {
            (FieldKind::Date(TemporalFormat::Default), _) if text.len() == 10 => Quick::Text(text.as_bytes().into()),
            (FieldKind::Year, _) if text.len() == 4 => Quick::Text(text.as_bytes().into()),
            (FieldKind::Integer(_) | FieldKind::Number(_), Some(point)) => {
                match (point.as_bytes(), reader.read(text)) {
                    ([point], Some(_)) if *point == b'.' || !text.contains('.') => Quick::number(text, *point),
                    _ => Quick::No,
                }
            }
            _ => Quick::No,
        };
        let key = match side {
            Side::AtLeast => "constraint-minimum",
            Side::AtMost => "constraint-maximum",
            Side::Above => "constraint-exclusive-minimum",
            Side::Below => "constraint-exclusive-maximum",
        };
        let rule = self.constraint_rule(part, &format!("{name} {text}"), Sentence::new(key).with("expected", text));
        Some(Constraint { rule, test: Test::Bound(Bound::new(value, side, quick)) })
    }

    fn pattern(&mut self, part: &Part<'_>, text: &str) -> Option<Constraint> {
        let pattern = match Pattern::new(text, &mut self.patterns) {
            Ok(pattern) => pattern,
            Err(PatternError::TooLarge) => {
                self.note(NoteCode::LargePattern, part, "constraints.pattern", text);
                return None;
            }
            Err(PatternError::Unsupported(reason)) => {
                self.note(NoteCode::UnsupportedPattern, part, "constraints.pattern", &reason);
                return None;
            }
        };
        let example = part.field.example.as_ref().filter(|example| pattern.accepts(example.as_bytes()));
        let sentence = match example {
            Some(example) => Sentence::new("constraint-pattern-example").with("example", example.as_str()),
            None => Sentence::new("constraint-pattern").with("expected", text),
        };
        let rule = self.constraint_rule(part, &format!("pattern {text}"), sentence);
        Some(Constraint { rule, test: Test::Pattern(pattern) })
    }

    fn enumeration(&mut self, part: &Part<'_>, reader: &Reader, name: &str, values: &[String]) -> Constraint {
        let mut one_of = OneOf::default();
        for text in values {
            match reader.read(text).or_else(|| boolean(reader, text)) {
                Some(value) => one_of.add(text, &value),
                None => self.note(NoteCode::InvalidConstraint, part, &format!("constraints.{name}"), text),
            }
        }
        let key = if name == "enum" { "constraint-enum" } else { "constraint-categories" };
        let listed = listed(values, &part.field.categories);
        let rule = self.constraint_rule(
            part,
            &format!("{name} {}", shown(values)),
            Sentence::new(key).with("expected", listed),
        );
        Constraint { rule, test: Test::OneOf(one_of) }
    }

    fn json_schema(&mut self, part: &Part<'_>, schema: &serde_json::Value) -> Option<Constraint> {
        match json_schema::compile(schema) {
            Ok(validator) => {
                let rule = self.constraint_rule(part, "jsonSchema", Sentence::new("constraint-json-schema"));
                Some(Constraint { rule, test: Test::JsonSchema(Arc::new(validator)) })
            }
            Err(error) => {
                self.note(NoteCode::UnsupportedJsonSchema, part, "constraints.jsonSchema", &error);
                None
            }
        }
    }
}

/// A field, or the items of an array's field.
struct Part<'a> {
    field: &'a Field,
    column: usize,
    /// For notes.
    place: String,
    /// Of a rule's text.
    prefix: &'static str,
}

/// JSON's own booleans, whatever the field's words.
fn boolean<'a>(reader: &Reader, text: &str) -> Option<Value<'a>> {
    match (reader, text) {
        (Reader::Boolean(_), "true") => Some(Value::Boolean(true)),
        (Reader::Boolean(_), "false") => Some(Value::Boolean(false)),
        _ => None,
    }
}

fn shown(values: &[String]) -> String {
    let shown: Vec<&str> = values.iter().take(LISTED).map(String::as_str).collect();
    let more = if values.len() > LISTED { "|…" } else { "" };
    format!("{}{more}", shown.join("|"))
}

/// The first values, with the labels of categories.
fn listed(values: &[String], categories: &[Category]) -> String {
    let label = |value: &String| categories.iter().find(|category| category.value == *value)?.label.clone();
    let shown = |value: &String| match label(value) {
        Some(label) => format!("{value} ({label})"),
        None => value.clone(),
    };
    let mut listed: Vec<String> = values.iter().take(LISTED).map(shown).collect();
    if values.len() > LISTED {
        listed.push("…".to_owned());
    }
    listed.join(", ")
}

fn type_sentence(kind: &FieldKind) -> Sentence {
    match kind {
        FieldKind::String(format) => Sentence::new(match format.name() {
            "email" => "type-string-email",
            "uri" => "type-string-uri",
            "uuid" => "type-string-uuid",
            "binary" => "type-string-binary",
            _ => "type-string-wkt",
        }),
        FieldKind::Number(options) => Sentence::new("type-number").with("decimal", options.decimal_char.as_str()),
        FieldKind::Boolean { true_values, false_values } => {
            Sentence::new("type-boolean").with("expected", [true_values.as_slice(), false_values].concat().join(", "))
        }
        FieldKind::List { delimiter, item } => {
            Sentence::new("type-list").with("expected", item.name()).with("delimiter", delimiter.as_str())
        }
        FieldKind::Date(format) => temporal(format, ["type-date", "type-date-any", "type-date-pattern"]),
        FieldKind::Time(format) => temporal(format, ["type-time", "type-time-any", "type-time-pattern"]),
        FieldKind::Datetime(format) => {
            temporal(format, ["type-datetime", "type-datetime-any", "type-datetime-pattern"])
        }
        FieldKind::Geopoint(_) => Sentence::new(match kind.format() {
            "array" => "type-geopoint-array",
            "object" => "type-geopoint-object",
            _ => "type-geopoint-default",
        }),
        FieldKind::Geojson(_) if kind.format() == "topojson" => Sentence::new("type-topojson"),
        FieldKind::Geojson(_) => Sentence::new("type-geojson"),
        FieldKind::Integer(_) => Sentence::new("type-integer"),
        FieldKind::Object => Sentence::new("type-object"),
        FieldKind::Array { .. } => Sentence::new("type-array"),
        FieldKind::Year => Sentence::new("type-year"),
        FieldKind::YearMonth => Sentence::new("type-yearmonth"),
        FieldKind::Duration => Sentence::new("type-duration"),
        // Any value is of this type: the sentence is never said.
        FieldKind::Any => Sentence::new("type-array-item"),
    }
}

fn temporal(format: &TemporalFormat, [default, any, pattern]: [&'static str; 3]) -> Sentence {
    match format {
        TemporalFormat::Default => Sentence::new(default),
        TemporalFormat::Any => Sentence::new(any),
        TemporalFormat::Pattern(text) => {
            Sentence::new(pattern).with("expected", example_of_pattern(text)).with("pattern", text.as_str())
        }
    }
}
