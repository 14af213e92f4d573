//! One error, and its sentence.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Code;
use crate::locales;

/// One error of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Its stable name.
    pub code: Code,
    /// The row; the header is row 1. `None`: the table as a whole.
    pub row: Option<u64>,
    /// Name of the field, or of the column's label where no field is concerned.
    pub field: Option<String>,
    /// 1-based number of the column.
    pub field_number: Option<u32>,
    /// The cell or the label as it came, cut at [`Options::value_bytes`](crate::Options::value_bytes).
    pub value: Option<String>,
    /// What was asked: `type date`, `required`, `pattern ^\d{14}$`, `unique`, `french-siret-value`.
    pub rule: String,
    /// The sentence for people; [`Finding::message`] writes it.
    pub sentence: Sentence,
}

/// A sentence that is written when its language is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Its key in `locales/`.
    pub key: Cow<'static, str>,
    /// What it speaks of, by the names used in `locales/`.
    pub arguments: Vec<(Cow<'static, str>, String)>,
}

impl Sentence {
    /// A sentence without arguments.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), arguments: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.arguments.push((Cow::Borrowed(name), value.into()));
        self
    }
}

impl Finding {
    /// What is wrong and how to mend it, for a clerk, in `fr` or `en` (any other language: English).
    ///
    /// ```
    /// # use tableschema::{Schema, Limits, Options, ForeignTables, Batch, validate};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let schema = Schema::parse(br#"{"fields": [{"name": "nom"}]}"#, &Limits::default())?;
    /// let header = ["prenom".to_owned()];
    /// let none = std::iter::empty::<Result<Batch, std::convert::Infallible>>();
    /// let report = validate(&schema, &header, none, &ForeignTables::default(), &Options::default())?;
    /// assert!(report.errors[0].message("fr").contains("prenom"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn message(&self, language: &str) -> String {
        let row = self.row.map(|row| row.to_string());
        let number = self.field_number.map(|number| number.to_string());
        let own = [
            ("row", row.as_deref()),
            ("field", self.field.as_deref()),
            ("number", number.as_deref()),
            ("value", self.value.as_deref()),
        ];
        let own = own.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let arguments = self.sentence.arguments.iter().map(|(name, value)| (name.as_ref(), value.as_str()));
        locales::sentence(language, &self.sentence.key, own.chain(arguments))
    }
}
