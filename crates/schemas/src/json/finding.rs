//! One error of a JSON document, and its sentence.

use jsonschema::error::{TypeKind, ValidationError, ValidationErrorKind};
use serde::Serialize;
use serde_json::Value;

use crate::locales;

/// Values of an enumeration that a sentence shows.
const SHOWN_OPTIONS: usize = 12;

/// One error of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The keyword that isn't satisfied: `required`, `type`, `enum`.
    pub keyword: String,
    /// Where in the document (RFC 6901); empty: the whole.
    pub pointer: String,
    /// Name of the property that the error is about.
    pub field: Option<String>,
    /// The value as JSON, cut; `None` for what is missing.
    pub value: Option<String>,
    /// What was asked: `minimum 0`, `type string`.
    pub rule: String,
    /// What the rule asks, for the sentence.
    #[serde(skip)]
    asked: String,
}

impl Finding {
    /// An error below `above`, a pointer.
    pub(super) fn of(error: &ValidationError<'_>, above: &str, value_bytes: usize) -> Self {
        let keyword = error.kind().keyword().to_owned();
        let pointer = format!("{above}{}", error.instance_path());
        let asked = cut(asked(error.kind()), value_bytes);
        let missing = match error.kind() {
            ValidationErrorKind::Required { property } => property.as_str().map(str::to_owned),
            _ => None,
        };
        let last = || pointer.rsplit('/').find(|part| !part.is_empty() && part.parse::<u64>().is_err()).map(unescape);
        Self {
            field: missing.clone().or_else(last),
            value: if missing.is_some() { None } else { Some(cut(shown(error.instance()), value_bytes)) },
            rule: if asked.is_empty() { keyword.clone() } else { format!("{keyword} {asked}") },
            keyword,
            pointer,
            asked,
        }
    }

    /// What is wrong, in `fr` or `en`.
    pub fn message(&self, language: &str) -> String {
        let place = if self.pointer.is_empty() { "/" } else { &self.pointer };
        let arguments = [
            ("place", place),
            ("field", self.field.as_deref().unwrap_or(place)),
            ("value", self.value.as_deref().unwrap_or_default()),
            ("asked", &self.asked),
        ];
        locales::sentence(language, &format!("json-{}", sentence(&self.keyword)), &arguments)
    }
}

/// The sentence of a keyword: those that read alike have one.
fn sentence(keyword: &str) -> &str {
    match keyword {
        "exclusiveMinimum" => "minimum",
        "exclusiveMaximum" => "maximum",
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => "size",
        "additionalProperties" | "unevaluatedProperties" => "unknown-property",
        "type" | "required" | "enum" | "const" | "pattern" | "format" | "minimum" | "maximum" | "multipleOf"
        | "uniqueItems" => keyword,
        "anyOf" | "oneOf" => "forms",
        _ => "other",
    }
}

/// What a rule asks, as text.
fn asked(kind: &ValidationErrorKind) -> String {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::Type { kind: TypeKind::Single(kind) } => kind.to_string(),
        Kind::Type { kind: TypeKind::Multiple(kinds) } => {
            kinds.iter().map(|kind| kind.to_string()).collect::<Vec<_>>().join(", ")
        }
        Kind::Required { property } => shown(property),
        Kind::Enum { options } => options_text(options),
        Kind::Constant { expected_value } => shown(expected_value),
        Kind::Pattern { pattern } => pattern.clone(),
        Kind::Format { format } => format.clone(),
        Kind::Minimum { limit } | Kind::ExclusiveMinimum { limit } => shown(limit),
        Kind::Maximum { limit } | Kind::ExclusiveMaximum { limit } => shown(limit),
        Kind::MinLength { limit } | Kind::MinItems { limit } | Kind::MinProperties { limit } => format!("≥ {limit}"),
        Kind::MaxLength { limit } | Kind::MaxItems { limit } | Kind::MaxProperties { limit } => format!("≤ {limit}"),
        Kind::MultipleOf { multiple_of } => multiple_of.to_string(),
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => unexpected.join(", "),
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => nearest(context),
        _ => String::new(),
    }
}

fn options_text(options: &Value) -> String {
    let Some(listed) = options.as_array() else { return shown(options) };
    let mut text = listed.iter().take(SHOWN_OPTIONS).map(shown).collect::<Vec<_>>().join(", ");
    if listed.len() > SHOWN_OPTIONS {
        text.push('…');
    }
    text
}

/// Of the forms that a value may have, what the one that lacks least still lacks.
fn nearest(forms: &[Vec<ValidationError<'static>>]) -> String {
    let fewest = forms.iter().filter(|errors| !errors.is_empty()).min_by_key(|errors| errors.len());
    let first = fewest.and_then(|errors| errors.first());
    first
        .map(|error| format!("{}: {} {}", error.instance_path(), error.kind().keyword(), asked(error.kind())))
        .unwrap_or_default()
}

/// A text as it is; anything else as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(_) | Value::Object(_) => brief(value),
        other => other.to_string(),
    }
}

/// A list or an object isn't written whole: it may be the document.
fn brief(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[…] ({})", items.len()),
        Value::Object(members) => {
            let names: Vec<&str> = members.keys().take(SHOWN_OPTIONS).map(String::as_str).collect();
            format!("{{{}}}", names.join(", "))
        }
        other => other.to_string(),
    }
}

fn cut(mut text: String, most: usize) -> String {
    if text.len() > most {
        let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

/// A part of a JSON pointer, as the property is called.
fn unescape(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}
