//! The answer to a query as a file, streamed: a slow client slows the query, and memory doesn't grow with the rows.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::Response,
};
use futures::StreamExt;
use query::{
    Table,
    encode::{self, Format},
    model::Query,
};
use std::sync::Arc;

use super::within;
use crate::{State, problem::Problem};

/// Begins the file. What fails before the first row is a problem; what fails later cuts the transfer short, so that
/// the client sees a broken file and not one that looks whole.
///
/// # Errors
/// When the query cannot be run.
pub async fn stream(state: &State, table: &Arc<Table>, mut query: Query, format: Format, name: &str) -> Result<Response, Problem> {
    format.prepare(&mut query, table.profile());
    let rows = within(state, state.engine.stream(table, &query)).await?;
    let mut bytes = encode::encode(rows, format, table.profile());
    let first = within(state, async { bytes.next().await.transpose() }).await?;
    let head = futures::stream::iter(first.map(Ok));
    let mut response = Response::new(Body::from_stream(head.chain(bytes)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert(header::CONTENT_DISPOSITION, attachment(&format!("{name}.{}", format.extension())));
    Ok(response)
}

/// `attachment` with a file name, in both forms of RFC 6266.
pub fn attachment(name: &str) -> HeaderValue {
    disposition("attachment", name)
}

/// A `Content-Disposition` with a file name.
pub fn disposition(kind: &str, name: &str) -> HeaderValue {
    let plain: String = name.chars().map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '/' | '%') { c } else { '_' }).collect();
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
