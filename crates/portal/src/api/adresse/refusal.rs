//! Refusals, in the shapes that clients know: addok's `title` and `description`, and the `code`, `message` and `detail`
//! of the API Adresse, in one document.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use geocoder::batch::BatchError;
use serde_json::{Value, json};

use crate::problem::Problem;

/// Why something isn't answered.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    title: String,
    description: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, title: impl Into<String>, description: impl Into<String>) -> Self {
        Self { status, title: title.into(), description: description.into() }
    }

    fn bad(title: impl Into<String>, description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, title, description)
    }

    /// A parameter without which there is no question.
    pub(super) fn missing(name: &str) -> Self {
        Self::bad("Missing parameter", format!("The \"{name}\" parameter is required."))
    }

    /// A parameter that can't be understood.
    pub(super) fn invalid(name: &str, why: &str) -> Self {
        Self::bad("Invalid parameter", format!("The \"{name}\" parameter is invalid. {why}"))
    }

    /// A question that is longer than addresses are.
    pub(super) fn too_long(characters: usize, most: usize) -> Self {
        let title = format!("Query too long, {characters} chars, limit is {most}");
        let description = format!("An address has {most} characters at most: shorten \"q\".");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, title, description)
    }

    /// A request without the file that it should bring.
    pub(super) fn no_file() -> Self {
        let how = "Send a form (multipart/form-data) whose field \"data\" is the file, or the file itself as the body.";
        Self::bad("Missing file", how)
    }

    /// A form or a body that stops or can't be read.
    pub(super) fn broken(why: impl Into<String>) -> Self {
        Self::bad("Unreadable request", why)
    }

    /// A file above the limit.
    pub(super) fn too_large(most: u64) -> Self {
        let description = format!("A file has {most} bytes at most here: send it in parts.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "File too large", description)
    }

    /// There is no index yet, or too much is under way.
    pub(super) fn unavailable(why: &str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "Not available yet", why)
    }

    /// The document.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "title": self.title,
            "description": self.description,
            "code": self.status.as_u16(),
            "message": self.title,
            "detail": [self.description],
        })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, axum::Json(self.to_json())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

impl From<BatchError> for Refusal {
    fn from(error: BatchError) -> Self {
        use BatchError as E;
        let title = match &error {
            E::Empty => "Empty file".to_owned(),
            E::UnknownColumn { asked, .. } => format!("Unknown column \"{asked}\""),
            E::NoCoordinates { .. } => "No columns of coordinates".to_owned(),
            E::UnknownResult { asked, .. } => format!("Unknown result column \"{asked}\""),
            E::UnknownEncoding(name) => format!("Unable to decode with encoding \"{name}\""),
            E::Undecodable { encoding, .. } => format!("Unable to decode with encoding \"{encoding}\""),
            E::BadMark(_) | E::NoDelimiter => "Unable to tell the columns apart".to_owned(),
            E::LineTooLong { .. } => "Line too long".to_owned(),
            E::Io(_) | E::Cancelled => {
                tracing::error!(%error, "a file of addresses could not be answered");
                return Self::new(StatusCode::INTERNAL_SERVER_ERROR, "The server failed", "The failure was logged.");
            }
        };
        Self::bad(title, error.to_string())
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::new(problem.status(), problem.kind().title(), problem.detail())
    }
}
