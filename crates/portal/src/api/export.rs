//! The answer to a query as a file, streamed: a slow client slows the query, and memory doesn't grow with the rows.

use std::sync::Arc;

use super::within;
use crate::{
    State,
    params::{self, ParamError, Reason},
    problem::Problem,
};
use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::Response,
};
use futures::StreamExt;
use query::{
    Table,
    encode::{self, Format, Options},
    model::Query,
};

/// Begins the file. What fails before the first row is a problem; what fails later cuts the transfer short, so that
/// the client sees a broken file and not one that looks whole.
///
/// # Errors
/// When the query cannot be run.
pub async fn stream(
    state: &State,
    table: &Arc<Table>,
    mut query: Query,
    format: Format,
    options: Options,
    name: &str,
) -> Result<Response, Problem> {
    format.prepare(&mut query, table.profile());
    let rows = within(state, state.engine.stream(table, &query)).await?;
    let mut bytes = encode::encode_with(rows, format, table.profile(), options);
    let first = within(state, async { bytes.next().await.transpose() }).await?;
    let head = futures::stream::iter(first.map(Ok));
    let mut response = Response::new(Body::from_stream(head.chain(bytes)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(header::CONTENT_DISPOSITION, attachment(&format!("{name}.{}", format.extension())));
    Ok(response)
}

/// Parameters of a CSV file, beside those of the query: `delimiter` (`,`, `;` or `tab`) and `bom`, by which French
/// spreadsheets open it right.
pub const CSV_PARAMETERS: [&str; 2] = ["delimiter", "bom"];

/// Reads [`CSV_PARAMETERS`]; other formats have none.
///
/// # Errors
/// When a value is none of those taken.
pub fn options(query_string: &str, format: Format) -> Result<Options, ParamError> {
    let mut options = Options::default();
    if format != Format::Csv {
        return Ok(options);
    }
    for pair in params::pairs(query_string) {
        let pair = pair?;
        let malformed = |form| ParamError { argument: pair.argument(), reason: Reason::Malformed(form) };
        match (pair.name.as_ref(), pair.value.as_deref()) {
            ("delimiter", Some(",")) => options.csv.delimiter = b',',
            ("delimiter", Some(";")) => options.csv.delimiter = b';',
            ("delimiter", Some("tab" | "\t")) => options.csv.delimiter = b'\t',
            ("delimiter", _) => return Err(malformed("`,`, `;` or `tab`")),
            ("bom", None | Some("1" | "true")) => options.csv.bom = true,
            ("bom", Some("0" | "false")) => options.csv.bom = false,
            ("bom", _) => return Err(malformed("`1` or `0`")),
            _ => {}
        }
    }
    Ok(options)
}

/// `attachment` with a file name, in both forms of RFC 6266.
pub fn attachment(name: &str) -> HeaderValue {
    disposition("attachment", name)
}

/// A `Content-Disposition` with a file name.
pub fn disposition(kind: &str, name: &str) -> HeaderValue {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '/' | '%') { c } else { '_' })
        .collect();
    let mut value = format!("{kind}; filename=\"{plain}\"");
    if plain != name {
        value.push_str("; filename*=UTF-8''");
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
                value.push(char::from(byte));
            } else {
                value.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_beyond_ascii_is_given_in_both_forms() {
        assert_eq!(attachment("budget.csv"), "attachment; filename=\"budget.csv\"");
        assert_eq!(
            attachment("été \"24\".csv"),
            "attachment; filename=\"_t___24_.csv\"; filename*=UTF-8''%C3%A9t%C3%A9%20%2224%22.csv"
        );
    }
}
