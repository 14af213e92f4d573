//! Parameters of a check, in the spellings that schemas use.

use serde_json::{Map, Value};

/// The parameters that a schema gives to a check.
pub(crate) struct Params<'a>(&'a Map<String, Value>);

impl<'a> Params<'a> {
    pub(crate) fn new(params: &'a Map<String, Value>) -> Self {
        Self(params)
    }

    /// The columns under the first of these names that is there: one, or a list.
    pub(super) fn columns(&self, names: &[&str]) -> Vec<String> {
        match self.value(names) {
            Some(Value::String(name)) => vec![name.clone()],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// The column that a check is about.
    pub(super) fn column(&self) -> Vec<String> {
        self.columns(&["column", "field", "column1", "col"])
    }

    /// Whether a check of single values is about a column.
    pub(crate) fn names(&self, column: &str) -> bool {
        let names = self.column();
        let names = if names.is_empty() { self.columns(&["columns", "fields"]) } else { names };
        names.iter().any(|name| name == column)
    }

    /// A text.
    pub(super) fn text(&self, names: &[&str]) -> Option<&'a str> {
        self.value(names).and_then(Value::as_str)
    }

    /// Whether something is asked: `true`, `"true"`, `"yes"`, `"oui"`.
    pub(super) fn flag(&self, names: &[&str]) -> bool {
        match self.value(names) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(word)) => matches!(word.to_ascii_lowercase().as_str(), "true" | "yes" | "oui" | "1"),
            _ => false,
        }
    }

    /// Dashes and underscores are alike in names.
    fn value(&self, names: &[&str]) -> Option<&'a Value> {
        let bare = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
        names.iter().find_map(|name| self.0.iter().find(|(key, _)| bare(key) == bare(name)).map(|(_, value)| value))
    }
}
