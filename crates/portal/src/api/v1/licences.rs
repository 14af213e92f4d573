//! The registry of licences, and which one a mixture of sources may carry.

use axum::{
    extract::{Request, State as Extract},
    response::{IntoResponse, Response},
};
use catalog::licence::{self, compatibility};
use serde_json::json;

use super::listing::Parameters;
use crate::{
    State,
    caching::Validator,
    problem::{Kind, Problem},
};

/// Every licence known, those that a French administration may use first.
pub async fn list(Extract(_): Extract<State>, request: Request) -> Result<Response, Problem> {
    Parameters::read(request.uri(), &[])?;
    finish(&request, || json!({"licences": *licence::REGISTRY}))
}

/// Which licences a database made from sources under `source=…&source=…` may carry, and why not the others.
pub async fn combine(Extract(_): Extract<State>, request: Request) -> Result<Response, Problem> {
    let sources = Parameters::read_repeatable(request.uri(), &[], &["source"])?.all("source");
    if sources.is_empty() {
        return Err(Problem::new(
            Kind::BadRequest,
            "`source=` is missing: the licence of each source, as often as needed",
        )
        .with("parameter", "source"));
    }
    finish(&request, || json!(compatibility::combine(sources.iter().map(String::as_str))))
}

/// The registry changes only with the program.
fn finish(request: &Request, body: impl FnOnce() -> serde_json::Value) -> Result<Response, Problem> {
    let validator = Validator::of(env!("CARGO_PKG_VERSION"), request.uri(), "licences");
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let mut response = axum::Json(body()).into_response();
    validator.apply(&mut response);
    Ok(response)
}
