//! What is odd and did not stop the work.

use serde::{Deserialize, Serialize};

use crate::locales;

/// Something odd in a descriptor, or something that couldn't be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What.
    pub code: NoteCode,
    /// Where: `fields[3].constraints.pattern`, or a check's name.
    pub place: String,
    /// What was met there.
    pub detail: String,
}

impl Note {
    /// A note.
    pub fn new(code: NoteCode, place: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { code, place: place.into(), detail: detail.into() }
    }

    /// A sentence in `fr` or `en` (any other language: English).
    #[must_use]
    pub fn message(&self, language: &str) -> String {
        let arguments = [("place", self.place.as_str()), ("detail", self.detail.as_str())];
        locales::sentence(language, self.code.key(), arguments.into_iter())
    }
}

macro_rules! notes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a note is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum NoteCode {
            $($(#[$doc])* $variant,)*
        }

        impl NoteCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Key of the sentence.
            pub(crate) fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!("note-", $name),)*
                }
            }
        }
    };
}

notes! {
    /// A property is not of the type that the specification asks; it is left aside.
    WrongType = "wrong-type",
    /// A property's name has a slip (`pattern:`, `contraints`); it was understood all the same.
    MisspeltProperty = "misspelt-property",
    /// A property is not where it belongs; it was understood all the same.
    MisplacedProperty = "misplaced-property",
    /// A field without a name; it is left unnamed.
    UnnamedField = "unnamed-field",
    /// A field without a type: text.
    UntypedField = "untyped-field",
    /// Two fields of one name.
    DuplicateField = "duplicate-field",
    /// A type that the specification doesn't have: any value is accepted.
    UnknownType = "unknown-type",
    /// A format that the type doesn't have: the default one is used.
    UnknownFormat = "unknown-format",
    /// A constraint that the field's type doesn't know; it is not checked.
    UnsupportedConstraint = "unsupported-constraint",
    /// A bound or an enumerated value that is not of the field's type; it is not checked.
    InvalidConstraint = "invalid-constraint",
    /// A pattern that the linear-time engine cannot run; it is not checked.
    UnsupportedPattern = "unsupported-pattern",
    /// A pattern beyond the limit once compiled; it is not checked.
    LargePattern = "large-pattern",
    /// A JSON Schema that is broken or refers elsewhere; it is not checked.
    UnsupportedJsonSchema = "unsupported-json-schema",
    /// A key that names a field which doesn't exist; it is not checked.
    UnknownKeyField = "unknown-key-field",
    /// A reference that is not well formed; it is not checked.
    InvalidForeignKey = "invalid-foreign-key",
    /// A reference to a table that wasn't given; it is not checked.
    MissingForeignTable = "missing-foreign-table",
    /// A custom check that nobody knows; it is not checked.
    UnknownCheck = "unknown-check",
    /// A custom check whose parameters make no sense; it is not checked.
    InvalidCheck = "invalid-check",
    /// A custom check of which some columns are not in the table; it is not checked.
    MissingCheckColumn = "missing-check-column",
    /// The keys seen so far fill their memory; further rows are compared with those only.
    KeyLimit = "key-limit",
    /// A path that leaves the package's folder; it is refused.
    UnsafePath = "unsafe-path",
    /// Something beyond the limits was left out.
    TooMany = "too-many",
}
