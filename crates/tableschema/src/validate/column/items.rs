//! The items of an array, by Frictionless's `arrayItem`.

use serde_json::Value as Json;

use super::constraint::Constraint;
use crate::{
    validate::RuleId,
    value::{Reader, Value},
};

/// What each item of an array must be.
#[derive(Debug, Clone)]
pub(super) struct Items {
    pub(super) reader: Reader,
    pub(super) missing: Vec<String>,
    pub(super) type_rule: RuleId,
    pub(super) required: Option<RuleId>,
    pub(super) constraints: Vec<Constraint>,
}

impl Items {
    /// Rules that an item of the array breaks, each once.
    pub(super) fn broken(&self, array: &Json) -> Vec<RuleId> {
        let mut broken: Vec<RuleId> = Vec::new();
        for item in array.as_array().into_iter().flatten() {
            self.check(item, &mut broken);
        }
        broken.sort_unstable();
        broken.dedup();
        broken
    }

    fn check(&self, item: &Json, broken: &mut Vec<RuleId>) {
        let is_missing = match item {
            Json::Null => true,
            Json::String(text) => self.missing.iter().any(|missing| missing == text),
            _ => false,
        };
        if is_missing {
            broken.extend(self.required);
            return;
        }
        let number;
        let value = match (item, &self.reader) {
            (Json::String(text), reader) => reader.read(text),
            (Json::Number(given), Reader::Number(_) | Reader::Year) => {
                number = given.to_string();
                self.reader.read(&number)
            }
            (Json::Bool(flag), Reader::Boolean(_)) => Some(Value::Boolean(*flag)),
            (Json::Object(_), Reader::Object) | (Json::Array(_), Reader::Array) => Some(Value::Json(item.clone())),
            _ => None,
        };
        match value {
            Some(value) => {
                broken.extend(self.constraints.iter().filter(|one| !one.test.is_met(&value)).map(|one| one.rule));
            }
            None => broken.push(self.type_rule),
        }
    }
}
