//! What is wrong with a file, or with a line of one: what, where, and how to mend it.

use std::path::PathBuf;

use super::locales;

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultCode {
    /// The line is longer than what is read.
    LineTooLong,
    /// A quote is opened and never closed.
    UnclosedQuote,
    /// The line isn't a JSON object that can be read.
    NotJson,
    /// What has to be there isn't: a name, a commune's code.
    Missing,
    /// No coordinates.
    MissingPosition,
    /// Coordinates that are no numbers, or lie nowhere.
    InvalidPosition,
    /// A house number that is none.
    InvalidNumber,
    /// A code that is no commune's.
    InvalidCityCode,
    /// The file ends, or can't be read on.
    Unreadable,
}

impl FaultCode {
    /// All of them.
    pub const ALL: [FaultCode; 9] = [
        FaultCode::LineTooLong,
        FaultCode::UnclosedQuote,
        FaultCode::NotJson,
        FaultCode::Missing,
        FaultCode::MissingPosition,
        FaultCode::InvalidPosition,
        FaultCode::InvalidNumber,
        FaultCode::InvalidCityCode,
        FaultCode::Unreadable,
    ];

    /// Its name: what programs know it by, and the key of its sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FaultCode::LineTooLong => "line-too-long",
            FaultCode::UnclosedQuote => "unclosed-quote",
            FaultCode::NotJson => "not-json",
            FaultCode::Missing => "missing",
            FaultCode::MissingPosition => "missing-position",
            FaultCode::InvalidPosition => "invalid-position",
            FaultCode::InvalidNumber => "invalid-number",
            FaultCode::InvalidCityCode => "invalid-city-code",
            FaultCode::Unreadable => "unreadable",
        }
    }
}

/// Something wrong at a place of a file. What could be read of the line is given all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub code: FaultCode,
    /// The line, from 1.
    pub line: u64,
    /// The byte where the line begins, after decompression, from 0.
    pub byte: u64,
    /// The field or the column.
    pub field: Option<String>,
    /// What was there, cut to eighty characters; for what couldn't be read, the reason.
    pub value: Option<String>,
}

/// How much of a value a fault shows.
const SHOWN: usize = 80;

impl Fault {
    pub(super) fn new(code: FaultCode, line: u64, byte: u64) -> Fault {
        Fault { code, line, byte, field: None, value: None }
    }

    pub(super) fn of(self, field: &str) -> Fault {
        Fault { field: Some(field.to_owned()), ..self }
    }

    pub(super) fn with(self, value: &str) -> Fault {
        let value = match value.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.to_owned(),
        };
        Fault { value: Some(value), ..self }
    }

    /// What is wrong, where, and how to mend it, in French (`fr…`) or English.
    #[must_use]
    pub fn message(&self, language: &str) -> String {
        let (line, byte) = (self.line.to_string(), self.byte.to_string());
        let field = self.field.as_deref().unwrap_or_default();
        let value = self.value.as_deref().unwrap_or_default();
        let arguments = [("line", line.as_str()), ("byte", &byte), ("field", field), ("value", value)];
        locales::sentence(language, self.code.name(), &arguments)
    }
}

/// Why a file can't be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// It can't be opened or read.
    #[error("{path}: {reason}", path = path.display())]
    Unreadable {
        /// The file; empty for what is no file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is an archive or a binary file.
    #[error("not a text file: {kind}")]
    NotText {
        /// What it seems to be: `ZIP`.
        kind: &'static str,
    },
    /// Its columns don't make addresses.
    #[error("no column for {missing}; the columns are {found}")]
    MissingColumns {
        /// What is missing: the key of a sentence.
        missing: &'static str,
        /// The columns that there are.
        found: String,
    },
    /// A column that was named isn't there.
    #[error("no column {name}; the columns are {found}")]
    UnknownColumn {
        /// The name given.
        name: String,
        /// The columns that there are.
        found: String,
    },
}

impl SourceError {
    /// Its name: what programs know it by, and the key of its sentence.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            SourceError::Unreadable { .. } => "source-unreadable",
            SourceError::Empty => "source-empty",
            SourceError::NotText { .. } => "source-not-text",
            SourceError::MissingColumns { .. } => "source-missing-columns",
            SourceError::UnknownColumn { .. } => "source-unknown-column",
        }
    }

    /// What is wrong and how to mend it, in French (`fr…`) or English.
    #[must_use]
    pub fn message(&self, language: &str) -> String {
        let say = |arguments: &[(&str, &str)]| locales::sentence(language, self.name(), arguments);
        match self {
            SourceError::Unreadable { path, reason } => {
                say(&[("path", &path.display().to_string()), ("reason", reason)])
            }
            SourceError::Empty => say(&[]),
            SourceError::NotText { kind } => say(&[("kind", kind)]),
            SourceError::MissingColumns { missing, found } => {
                say(&[("missing", &locales::sentence(language, missing, &[])), ("found", found)])
            }
            SourceError::UnknownColumn { name, found } => say(&[("name", name), ("found", found)]),
        }
    }
}
