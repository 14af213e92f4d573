//! Problems in the form of api-tabular: `{"errors": [{"code", "title", "detail"}]}`.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{
    params::{ParamError, Reason},
    problem::Problem,
};

/// What went wrong, and its status.
#[derive(Debug)]
pub struct Errors {
    status: StatusCode,
    code: Value,
    title: String,
    detail: String,
}

impl From<ParamError> for Errors {
    fn from(error: ParamError) -> Self {
        let argument = &error.argument;
        let detail = match &error.reason {
            Reason::PageTooLarge(most) => format!("Page size exceeds allowed maximum: {most}"),
            Reason::UnknownParameter => format!("Malformed query: argument '{argument}' could not be parsed"),
            Reason::Conflict(why) => format!("Malformed query: {why}"),
            reason => format!("Malformed query: argument '{argument}' could not be parsed: {reason}"),
        };
        Self { status: StatusCode::BAD_REQUEST, code: Value::Null, title: "Invalid query string".to_owned(), detail }
    }
}

impl<E: Into<Problem>> From<E> for Errors
where
    E: NotAParameter,
{
    fn from(error: E) -> Self {
        let problem: Problem = error.into();
        Self {
            status: problem.status(),
            code: problem.kind().code().into(),
            title: problem.kind().title().to_owned(),
            detail: problem.detail().to_owned(),
        }
    }
}

/// Errors whose sentence is the problem's own.
pub trait NotAParameter {}
impl NotAParameter for Problem {}
impl NotAParameter for catalog::Error {}
impl NotAParameter for query::Error {}

impl IntoResponse for Errors {
    fn into_response(self) -> Response {
        let body = json!({"errors": [{"code": self.code, "title": self.title, "detail": self.detail}]});
        let mut response = (self.status, axum::Json(body)).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
