//! What can go wrong with a file, said so that a person can mend it.

use serde::Serialize;

/// Why a file cannot be read. `code` is stable; the sentence in the user's language is made from it by the portal
/// and the command line, from `code`, `place` and `detail`.
#[derive(Debug, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct Error {
    /// What went wrong.
    pub code: ErrorCode,
    /// Where.
    pub place: Place,
    /// What was met there (a value, a size against a limit, a name), in English, for logs and sentences' arguments.
    pub detail: String,
}

/// What went wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// No byte, or no line with a value.
    EmptyFile,
    /// Bytes of no known format.
    UnknownFormat,
    /// The bytes are not of the format that they claim.
    FormatMismatch,
    /// The file ends before its format allows it, or its structure is broken.
    BrokenFile,
    /// A password is needed.
    Encrypted,
    /// The file, once unpacked, is larger than the limit, or swells beyond the allowed ratio.
    TooLarge,
    /// More columns than the limit.
    TooManyColumns,
    /// More tables or members than the limit.
    TooManyTables,
    /// A cell is larger than the limit.
    CellTooLarge,
    /// Nested deeper than the limit.
    TooDeep,
    /// A header without any data line.
    NoRows,
    /// A document that is not a table.
    NoTable,
    /// The coordinate reference system is unknown or not supported.
    UnknownCrs,
    /// The disk or the network failed.
    Io,
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = serde_json::to_value(self).map_err(|_| std::fmt::Error)?;
        f.write_str(name.as_str().unwrap_or_default())
    }
}

/// Where in a file; every part is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Sheet, layer or member.
    pub table: Option<String>,
    /// 1-based line or row.
    pub row: Option<u64>,
    /// Header or 1-based number of the column.
    pub column: Option<String>,
    /// Offset in the (unpacked) bytes.
    pub byte: Option<u64>,
}

/// The result of reading.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error without a place; add one with the `at_*` functions.
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { code, place: Place::default(), detail: detail.into() }
    }

    /// Says the table.
    #[must_use]
    pub fn at_table(mut self, table: impl Into<String>) -> Self {
        self.place.table = Some(table.into());
        self
    }

    /// Says the 1-based row.
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.place.row = Some(row);
        self
    }

    /// Says the column.
    #[must_use]
    pub fn at_column(mut self, column: impl Into<String>) -> Self {
        self.place.column = Some(column.into());
        self
    }

    /// Says the byte.
    #[must_use]
    pub fn at_byte(mut self, byte: u64) -> Self {
        self.place.byte = Some(byte);
        self
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::new(ErrorCode::Io, error.to_string())
    }
}
