//! A page of rows as JSON, written straight into the bytes that are sent.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::Response,
};
use query::{Answer, encode::json};

use crate::problem::Problem;

/// Appends the rows of an answer as `[{…},{…}]`.
///
/// # Errors
/// When a column has no text form.
pub fn write(answer: &Answer, out: &mut Vec<u8>) -> Result<(), Problem> {
    out.push(b'[');
    let mut first = true;
    for batch in answer.batches.iter().filter(|batch| batch.num_rows() > 0) {
        if !first {
            out.push(b',');
        }
        first = false;
        json::write_rows(batch, out)?;
    }
    out.push(b']');
    Ok(())
}

/// Appends `,"name":` or, before the first member, `"name":`.
pub fn write_name(name: &str, out: &mut Vec<u8>) {
    if !matches!(out.last(), Some(b'{')) {
        out.push(b',');
    }
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

/// Appends a member that is a number.
pub fn write_number(name: &str, number: u64, out: &mut Vec<u8>) {
    write_name(name, out);
    out.extend_from_slice(number.to_string().as_bytes());
}

/// Appends a member that is a text or null.
pub fn write_text(name: &str, text: Option<&str>, out: &mut Vec<u8>) {
    write_name(name, out);
    match text {
        // Writing text into memory cannot fail.
        Some(text) => drop(serde_json::to_writer(out, text)),
        None => out.extend_from_slice(b"null"),
    }
}

/// JSON that is sent.
pub fn respond(body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
