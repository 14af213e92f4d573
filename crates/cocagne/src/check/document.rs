//! A JSON document against a JSON Schema.

use portal::i18n::Fault;
use schemas::json::{DocumentError, JsonSchema, Limits};
use tabular::error::{Error, ErrorCode, Place};

use super::Settings;
use super::report::{CellError, Report};
use super::source::Source;
use crate::exit::Failure;

/// Adds to a report what is wrong with the document.
pub(super) fn check(
    report: &mut Report,
    schema: &JsonSchema,
    source: &Source,
    settings: &Settings,
) -> Result<(), Failure> {
    let limits = Limits { errors: settings.most, ..Limits::default() };
    let failed = |error| Failure::failed(format!("{}: {error}", source.file.path.display()));
    let size = std::fs::metadata(&source.file.path).map_err(failed)?.len();
    let outcome = if size > limits.document_bytes {
        Err(DocumentError::TooLarge { limit: limits.document_bytes })
    } else {
        schema.validate(&std::fs::read(&source.file.path).map_err(failed)?, &limits)
    };
    match outcome {
        Ok(found) => {
            report.valid = found.valid;
            report.rows = found.records;
            report.error_count = found.error_count;
            report.errors = found.errors.iter().map(|finding| CellError::of_json(finding, settings.text)).collect();
        }
        Err(error) => report.fault = Some(Fault::of_file(settings.text, &unreadable(&error))),
    }
    Ok(())
}

fn unreadable(error: &DocumentError) -> Error {
    match error {
        DocumentError::TooLarge { .. } => Error::new(ErrorCode::TooLarge, error.to_string()),
        DocumentError::NotJson { line, column, detail } => Error {
            code: ErrorCode::FormatMismatch,
            place: Place { row: Some(*line as u64), column: Some(column.to_string()), ..Place::default() },
            detail: format!("JSON: {detail}"),
        },
    }
}
