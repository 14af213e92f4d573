//! What is wrong with a query string, where, and how to mend it.

use std::fmt;

/// A parameter that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamError {
    /// The parameter as it came, decoded: `montant__less=abc`.
    pub argument: String,
    /// Why.
    pub reason: Reason,
}

/// Why a parameter cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No parameter of this name, and it isn't `column__operator`.
    UnknownParameter,
    /// The text isn't of the parameter's form, which is given.
    Malformed(&'static str),
    /// Bytes that aren't UTF-8 once decoded.
    Encoding,
    /// The table has no such column; the nearest name, if one is near.
    UnknownColumn(String, Option<String>),
    /// What is asked has no meaning for this column.
    NotForColumn(&'static str),
    /// A number beyond its bounds.
    OutOfRange {
        /// Least value.
        least: u64,
        /// Greatest value.
        greatest: u64,
    },
    /// More parts than allowed.
    TooMany(&'static str, usize),
    /// Two parameters that exclude one another.
    Conflict(&'static str),
    /// A page larger than allowed.
    PageTooLarge(u64),
    /// A cursor that belongs to another version of the data or another order.
    StaleCursor,
}

impl ParamError {
    pub(crate) fn new(argument: impl Into<String>, reason: Reason) -> Self {
        Self { argument: argument.into(), reason }
    }
}

impl fmt::Display for ParamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "in `{}`: {}", self.argument, self.reason)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownParameter => f.write_str(
                "no such parameter; a filter is written `column__operator=value`, for example `name__contains=paul`",
            ),
            Self::Malformed(form) => write!(f, "expected {form}"),
            Self::Encoding => f.write_str("the percent-encoded bytes are not UTF-8"),
            Self::UnknownColumn(name, None) => {
                write!(f, "the table has no column `{name}`; its profile lists the columns")
            }
            Self::UnknownColumn(name, Some(near)) => {
                write!(f, "the table has no column `{name}`; did you mean `{near}`?")
            }
            Self::NotForColumn(why) => f.write_str(why),
            Self::OutOfRange { least, greatest } => write!(f, "expected a whole number from {least} to {greatest}"),
            Self::TooMany(what, most) => write!(f, "at most {most} {what} are allowed"),
            Self::Conflict(why) => f.write_str(why),
            Self::PageTooLarge(most) => {
                write!(f, "a page has at most {most} rows; ask for several pages or for an export")
            }
            Self::StaleCursor => f.write_str(
                "this cursor belongs to another version of the data or to another order; start again without it",
            ),
        }
    }
}

impl std::error::Error for ParamError {}
