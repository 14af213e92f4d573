//! What `/geo` takes and answers, as OpenAPI.

use axum::{
    extract::{Request, State as Extract},
    http::header,
    response::{IntoResponse, Response},
};

use crate::{State, caching::Validator};

const DEFINITION: &str = include_str!("definition.yml");

/// The document, with this server's address.
pub async fn show(Extract(state): Extract<State>, request: Request) -> Response {
    let base = state.base_url(request.headers());
    let validator = Validator::of(env!("CARGO_PKG_VERSION"), request.uri(), &base).lasting();
    if let Some(unchanged) = validator.unchanged(request.method(), request.headers()) {
        return unchanged;
    }
    let body = DEFINITION.replace("{server}", &format!("{base}/geo"));
    let mut response = ([(header::CONTENT_TYPE, "application/yaml; charset=utf-8")], body).into_response();
    validator.apply(&mut response);
    response
}
