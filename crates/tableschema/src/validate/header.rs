//! The header against the schema's fields.

use super::Layout;
use crate::{
    Finding, Schema,
    model::{Field, FieldsMatch},
    report::{Code, Sentence},
};

/// What is wrong with the header, in the order of its columns.
pub(super) fn check(schema: &Schema, layout: &Layout) -> Vec<Finding> {
    let labels = layout.labels();
    if labels.is_empty() {
        return vec![Finding { row: None, ..whole(Code::SourceError) }];
    }
    if labels.iter().all(String::is_empty) {
        return vec![whole(Code::BlankHeader)];
    }
    let mut findings = Vec::new();
    match layout.mode() {
        FieldsMatch::Exact => by_order(schema, layout, &mut findings),
        _ => by_name(schema, layout, &mut findings),
    }
    findings
}

fn by_order(schema: &Schema, layout: &Layout, findings: &mut Vec<Finding>) {
    let labels = layout.labels();
    for (column, label) in labels.iter().enumerate() {
        let Some(field) = layout.field_of(schema, column) else {
            findings.push(of_label(Code::ExtraLabel, column, label));
            continue;
        };
        let earlier = labels[..column].iter().position(|other| other == label);
        if label.is_empty() {
            findings.push(of_field(Code::BlankLabel, column, Some(label), field));
        } else if let Some(earlier) = earlier {
            let finding = of_field(Code::DuplicateLabel, column, Some(label), field);
            findings.push(with(finding, "first", (earlier + 1).to_string()));
        } else if *label != field.name {
            findings.push(of_field(Code::IncorrectLabel, column, Some(label), field));
        }
    }
    for (index, field) in schema.fields.iter().enumerate().skip(labels.len()) {
        findings.push(of_field(Code::MissingLabel, index, None, field));
    }
}

fn by_name(schema: &Schema, layout: &Layout, findings: &mut Vec<Finding>) {
    let mode = layout.mode();
    let labels = layout.labels();
    for (column, label) in labels.iter().enumerate() {
        let earlier = labels[..column].iter().position(|other| other == label);
        if let Some(earlier) = earlier.filter(|_| !label.is_empty()) {
            findings.push(with(of_label(Code::DuplicateLabel, column, label), "first", (earlier + 1).to_string()));
        } else if layout.field_of(schema, column).is_none()
            && !matches!(mode, FieldsMatch::Subset | FieldsMatch::Partial)
        {
            findings.push(of_label(Code::ExtraLabel, column, label));
        }
    }
    let is_paired = |field: usize| layout.column_of_field(field).is_some();
    if mode == FieldsMatch::Partial && !schema.fields.is_empty() && !(0..schema.fields.len()).any(is_paired) {
        findings.push(whole(Code::UnmatchedHeader));
    }
    let only_required = matches!(mode, FieldsMatch::Superset | FieldsMatch::Partial);
    let missing = schema.fields.iter().enumerate().filter(|(index, field)| {
        let required = field.constraints.required || schema.primary_key.contains(&field.name);
        !is_paired(*index) && (required || !only_required)
    });
    for (offset, (_, field)) in missing.enumerate() {
        findings.push(of_field(Code::MissingLabel, labels.len() + offset, None, field));
    }
}

fn whole(code: Code) -> Finding {
    Finding {
        code,
        row: Some(1),
        field: None,
        field_number: None,
        value: None,
        rule: code.name().to_owned(),
        sentence: Sentence::new(code.name()),
    }
}

fn of_label(code: Code, column: usize, label: &str) -> Finding {
    let field = (!label.is_empty()).then(|| label.to_owned());
    Finding { field, field_number: Some(column as u32 + 1), value: Some(label.to_owned()), ..whole(code) }
}

fn of_field(code: Code, column: usize, label: Option<&String>, field: &Field) -> Finding {
    Finding {
        field: Some(field.name.clone()),
        field_number: Some(column as u32 + 1),
        value: label.cloned(),
        ..whole(code)
    }
}

fn with(mut finding: Finding, name: &'static str, value: String) -> Finding {
    finding.sentence = finding.sentence.with(name, value);
    finding
}
