//! What can go wrong with a query, said so that who asked can mend it.

use datafusion::error::DataFusionError;
use tabular::typing::FieldType;

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No field of the table has this name.
    #[error("no field is named “{field}”{}", did_you_mean(.nearest))]
    UnknownField {
        /// The name asked for.
        field: String,
        /// Names that look like it, nearest first, at most three.
        nearest: Vec<String>,
    },
    /// The literal cannot be read in the field's type.
    #[error("“{value}” is not a value of the field “{field}”, whose type is {field_type:?}")]
    BadLiteral {
        /// The field.
        field: String,
        /// Its type.
        field_type: FieldType,
        /// The text that was given.
        value: String,
    },
    /// The field's type doesn't allow what is asked of it.
    #[error("the field “{field}”, whose type is {field_type:?}, has no {operation}")]
    NotAllowed {
        /// The field.
        field: String,
        /// Its type.
        field_type: FieldType,
        /// What was asked: `sum`, `order`, `comparison`.
        operation: &'static str,
    },
    /// The query contradicts itself or the table.
    #[error("{reason}")]
    BadQuery {
        /// A sentence.
        reason: String,
    },
    /// The cursor is damaged, or comes from another snapshot or another order.
    #[error("the cursor doesn't belong to this query: ask for the first page again")]
    BadCursor,
    /// The answer is larger than allowed.
    #[error("the answer is larger than {limit} {unit}: ask for a page, or stream it")]
    TooLarge {
        /// What is counted: `rows`, `bytes`.
        unit: &'static str,
        /// How many are allowed.
        limit: u64,
    },
    /// The query took longer than allowed.
    #[error("the query took longer than {seconds} s and was stopped")]
    Timeout {
        /// How long is allowed.
        seconds: u64,
    },
    /// The query needs more memory than allowed.
    #[error("the query needs more memory than it is allowed: narrow it, or group by fewer values")]
    Memory,
    /// The SQL text cannot be run.
    #[error("{message}")]
    Sql {
        /// A sentence.
        message: String,
        /// 1-based line in the text, when known.
        line: Option<u64>,
        /// 1-based column in the text, when known.
        column: Option<u64>,
    },
    /// A file of the snapshot is missing or damaged.
    #[error("a file of the snapshot cannot be read ({file}): {detail}")]
    Broken {
        /// Name of the file.
        file: &'static str,
        /// What was met.
        detail: String,
    },
    /// The answer cannot be written in the format.
    #[error("{reason}")]
    Encoding {
        /// A sentence.
        reason: String,
    },
    /// The disk failed.
    #[error("the disk failed: {0}")]
    Io(#[from] std::io::Error),
    /// The engine failed in a way that is none of the above: a defect of the program.
    #[error("the engine failed: {0}")]
    Internal(String),
}

/// The result of a query.
pub type Result<T> = std::result::Result<T, Error>;

fn did_you_mean(nearest: &[String]) -> String {
    match nearest {
        [] => String::new(),
        names => format!("; did you mean “{}”?", names.join("”, “")),
    }
}

impl Error {
    pub(crate) fn bad_query(reason: impl Into<String>) -> Self {
        Self::BadQuery { reason: reason.into() }
    }

    /// An unknown field, with the names that look like it.
    pub(crate) fn unknown_field<'a>(field: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let folded = field.to_lowercase();
        let mut near: Vec<(usize, &str)> = known
            .map(|name| (distance(&folded, &name.to_lowercase()), name))
            .filter(|(distance, name)| *distance <= 2.max(name.chars().count() / 3))
            .collect();
        near.sort();
        let nearest = near.into_iter().take(3).map(|(_, name)| name.to_owned()).collect();
        Self::UnknownField { field: field.to_owned(), nearest }
    }
}

/// Levenshtein's distance of two short names; long ones are cut so that a hostile name costs little.
fn distance(left: &str, right: &str) -> usize {
    const LONGEST: usize = 64;
    let right: Vec<char> = right.chars().take(LONGEST).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.chars().take(LONGEST).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, r) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(l != *r);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[right.len()]
}

impl From<DataFusionError> for Error {
    fn from(error: DataFusionError) -> Self {
        match error {
            DataFusionError::Context(_, inner) | DataFusionError::Diagnostic(_, inner) => Self::from(*inner),
            // Our own errors travel through streams of DataFusion.
            DataFusionError::External(inner) => match inner.downcast::<Self>() {
                Ok(own) => *own,
                Err(other) => Self::Internal(other.to_string()),
            },
            other => match other.find_root() {
                DataFusionError::ResourcesExhausted(_) => Self::Memory,
                root => Self::Internal(root.to_string()),
            },
        }
    }
}

impl From<arrow::error::ArrowError> for Error {
    fn from(error: arrow::error::ArrowError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<parquet::errors::ParquetError> for Error {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Self::Broken { file: "parquet", detail: error.to_string() }
    }
}

impl From<Error> for DataFusionError {
    fn from(error: Error) -> Self {
        Self::External(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_field_names_those_that_look_like_it() {
        let error = Error::unknown_field("montent", ["nature", "montant", "date"].into_iter());
        assert_eq!(error.to_string(), "no field is named “montent”; did you mean “montant”?");
    }

    #[test]
    fn nothing_is_proposed_when_nothing_looks_like_it() {
        let error = Error::unknown_field("zzz", ["nature", "montant"].into_iter());
        assert_eq!(error.to_string(), "no field is named “zzz”");
    }

    #[test]
    fn the_distance_counts_edits() {
        assert_eq!(distance("chien", "niche"), 4);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}
