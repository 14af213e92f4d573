//! Why a file can't be answered.

use thiserror::Error;

/// Why a file can't be answered. All but `Io` and `Cancelled` arise before the first row is written.
#[derive(Debug, Error)]
pub enum BatchError {
    /// Nothing is in the file.
    #[error("the file is empty")]
    Empty,
    /// A column that was named isn't in the header.
    #[error("no column is called `{asked}`; the columns are: {}", columns.join(", "))]
    UnknownColumn {
        /// The name.
        asked: String,
        /// The names there are.
        columns: Vec<String>,
    },
    /// A file to be answered by position has no columns of coordinates.
    #[error(
        "no column is called `latitude` or `lat`, and none `longitude`, `lon`, `lng` or `long`; the columns are: {}",
        columns.join(", ")
    )]
    NoCoordinates {
        /// The names there are.
        columns: Vec<String>,
    },
    /// None of the result columns that were asked for is one.
    #[error("no column of the result is called `{asked}`; there are: {}", known.join(", "))]
    UnknownResult {
        /// The first name.
        asked: String,
        /// The names there are.
        known: Vec<&'static str>,
    },
    /// The name of the encoding isn't known.
    #[error("the encoding `{0}` is not known here: UTF-8, UTF-16, ISO 8859 and Windows code pages are")]
    UnknownEncoding(String),
    /// The file isn't in the encoding that was named.
    #[error("the file is not in {encoding}: byte {byte} doesn't fit")]
    Undecodable {
        /// The encoding.
        encoding: &'static str,
        /// The byte's place, from 0.
        byte: u64,
    },
    /// The separator or the quotation mark is not one character of ASCII.
    #[error("`{0}` can't separate or quote: one character of ASCII is expected, such as `;`")]
    BadMark(String),
    /// The file has one column, and every character that could set others apart is in it.
    #[error("which character separates the columns can't be seen: name it with `delimiter`")]
    NoDelimiter,
    /// A line is longer than rows may be.
    #[error("line {line} is longer than {most} bytes")]
    LineTooLong {
        /// The line, from 1.
        line: u64,
        /// Bytes at most.
        most: usize,
    },
    /// Whoever waited for the answer went away.
    #[error("stopped before the end")]
    Cancelled,
    /// The file can't be read, or the answer can't be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}
