//! What a field asks, in words.

use tableschema::{Field, FieldKind};

use crate::i18n::Text;

/// Values that a person is offered as a list, at most.
const MOST_CHOICES: usize = 200;

/// What a field is and asks, one sentence a line: description, type, what is required, example.
pub fn of_field(field: &Field, t: &Text) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(field.title.iter().filter(|title| **title != field.name).cloned());
    lines.extend(field.description.clone());
    lines.push(kind(field, t));
    lines.push(t.get(if field.constraints.required { "field-required" } else { "field-optional" }));
    lines.extend(rules(field, t));
    lines.extend(field.example.as_ref().map(|example| t.with("field-example", "example", example)));
    lines
}

/// The type in words.
pub fn kind(field: &Field, t: &Text) -> String {
    let key = format!("field-type-{}", field.kind.name());
    t.find(&key).unwrap_or_else(|| field.kind.name().to_owned())
}

/// What values must satisfy, one sentence a rule.
pub fn rules(field: &Field, t: &Text) -> Vec<String> {
    let mut rules = Vec::new();
    let constraints = &field.constraints;
    if constraints.unique {
        rules.push(t.get("field-unique"));
    }
    if let Some(values) = choices(field) {
        let shown: Vec<&str> = values.iter().take(12).map(String::as_str).collect();
        let more = if values.len() > shown.len() { ", …" } else { "" };
        rules.push(t.with("field-choices", "values", &format!("{}{more}", shown.join(", "))));
    }
    for (key, value) in [("field-minimum", &constraints.minimum), ("field-maximum", &constraints.maximum)] {
        rules.extend(value.as_ref().map(|value| t.with(key, "value", value)));
    }
    for (key, length) in [("field-min-length", constraints.min_length), ("field-max-length", constraints.max_length)] {
        rules.extend(length.map(|length| t.with(key, "n", &length.to_string())));
    }
    rules
}

/// The values that a person chooses among; `None` when any value may come.
pub fn choices(field: &Field) -> Option<Vec<String>> {
    let values: Vec<String> = match &field.kind {
        FieldKind::Boolean { true_values, false_values } => {
            vec![true_values.first()?.clone(), false_values.first()?.clone()]
        }
        _ => field.constraints.enumeration.clone()?,
    };
    (!values.is_empty() && values.len() <= MOST_CHOICES).then_some(values)
}
