//! Properties of a JSON object, taken for what they were meant to be; slips become notes.

use serde_json::{Map, Value};

use crate::{
    Limits,
    model::MissingValue,
    report::{Note, NoteCode},
};

/// Gathers notes within a limit while a descriptor is read.
pub(super) struct Reader<'a> {
    pub(super) limits: &'a Limits,
    notes: Vec<Note>,
    /// Values of enumerations that may still be kept.
    pub(super) enum_values_left: usize,
}

/// Characters of a value that a note shows.
const SHOWN: usize = 120;

impl<'a> Reader<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, notes: Vec::new(), enum_values_left: limits.enum_values }
    }

    pub(super) fn into_notes(self) -> Vec<Note> {
        self.notes
    }

    pub(super) fn note(&mut self, code: NoteCode, place: impl Into<String>, detail: &str) {
        let detail = detail.chars().take(SHOWN).collect::<String>();
        match self.notes.len().cmp(&self.limits.notes) {
            std::cmp::Ordering::Less => self.notes.push(Note::new(code, place, detail)),
            std::cmp::Ordering::Equal => self.notes.push(Note::new(NoteCode::TooMany, "notes", "")),
            std::cmp::Ordering::Greater => {}
        }
    }

    /// The property when it is what `take` wants; a note when it is something else, nothing when it is absent or
    /// null.
    pub(super) fn take<T>(
        &mut self,
        object: &Map<String, Value>,
        name: &str,
        place: &str,
        take: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = object.get(name).filter(|value| !value.is_null())?;
        let taken = take(value);
        if taken.is_none() {
            self.note(NoteCode::WrongType, join(place, name), &value.to_string());
        }
        taken
    }

    pub(super) fn string(&mut self, object: &Map<String, Value>, name: &str, place: &str) -> Option<String> {
        self.take(object, name, place, scalar).filter(|text| !text.is_empty())
    }

    pub(super) fn flag(&mut self, object: &Map<String, Value>, name: &str, place: &str) -> Option<bool> {
        let flag = self.take(object, name, place, boolean);
        if flag.is_some() && !object.get(name).is_some_and(Value::is_boolean) {
            self.note(NoteCode::WrongType, join(place, name), &object[name].to_string());
        }
        flag
    }

    /// A list of texts, or one text.
    pub(super) fn strings(&mut self, object: &Map<String, Value>, name: &str, place: &str) -> Option<Vec<String>> {
        self.take(object, name, place, |value| match value {
            Value::Array(items) => items.iter().map(scalar).collect(),
            other => scalar(other).map(|text| vec![text]),
        })
    }

    /// `missingValues`: texts, or objects with a value and a label.
    pub(super) fn missing_values(&mut self, object: &Map<String, Value>, place: &str) -> Option<Vec<MissingValue>> {
        self.take(object, "missingValues", place, |value| match value {
            Value::Array(items) => items.iter().map(missing_value).collect(),
            other => missing_value(other).map(|value| vec![value]),
        })
    }
}

fn missing_value(value: &Value) -> Option<MissingValue> {
    match value {
        Value::Object(object) => {
            Some(MissingValue { value: scalar(object.get("value")?)?, label: object.get("label").and_then(scalar) })
        }
        other => scalar(other).map(|value| MissingValue { value, label: None }),
    }
}

/// The text of a value that isn't a structure.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The text of any value; of a structure, its JSON.
pub(super) fn text(value: &Value) -> String {
    scalar(value).unwrap_or_else(|| value.to_string())
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// `fields[2]` + `name` → `fields[2].name`
pub(super) fn join(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}
