//! Reading the registries shipped with the program: data that an expert can correct in `registry/`.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in the language of this ISO 639-1 code, in French when it's another.
    pub fn in_language(&self, code: &str) -> &str {
        if code == "en" { &self.en } else { &self.fr }
    }
}

/// The entries of an embedded file. A file that can't be read gives none: a test reads each of them.
pub(crate) fn entries<T: DeserializeOwned>(json: &str) -> Vec<T> {
    serde_json::from_str(json).unwrap_or_default()
}

/// Whether two names are the same but for capitals, accents and punctuation.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    let letters = |text: &str| crate::slug::fold(text).replace(|c: char| !c.is_ascii_alphanumeric(), "");
    letters(a) == letters(b)
}
