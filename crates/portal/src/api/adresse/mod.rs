//! `/adresse`: the wire format of addok, which is that of the API Adresse, so that their clients work here by changing
//! the base URL; and files of addresses, as CSV or as one JSON value a line.

mod answer;
mod files;
mod openapi;
mod parameters;
mod place;
mod refusal;
mod settings;
mod spool;
mod stream;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, State as Extract},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use geocoder::{Hit, Index};

use crate::{State, caching::Validator, guard::Uncompressed};

use answer::About;
use parameters::{Defaults, Parameters};
use refusal::Refusal;
pub use settings::Settings;

/// The routes, each with and without its final slash.
pub fn router() -> Router<State> {
    let both = |router: Router<State>, path: &str, method: MethodRouter<State>| {
        router.route(path, method.clone()).route(&format!("{path}/"), method)
    };
    let mut questions = Router::new().route("/adresse/openapi.json", get(openapi::document));
    questions = both(questions, "/adresse/search", get(search));
    questions = both(questions, "/adresse/reverse", get(reverse));
    questions = both(questions, "/adresse/health", get(health));
    let mut files = Router::new();
    files = both(files, "/adresse/search/csv", post(files::search_csv));
    files = both(files, "/adresse/reverse/csv", post(files::reverse_csv));
    files = both(files, "/adresse/search/ndjson", post(files::search_lines));
    files = both(files, "/adresse/reverse/ndjson", post(files::reverse_lines));
    questions.merge(files.layer(DefaultBodyLimit::disable()))
}

async fn search(Extract(state): Extract<State>, request: Parts) -> Result<Response, Refusal> {
    let query = Parameters::of_query(request.uri.query().unwrap_or_default()).search(Defaults::SINGLE)?;
    answer(&state, &request, &query.about(), |index| query.answer(index)).await
}

async fn reverse(Extract(state): Extract<State>, request: Parts) -> Result<Response, Refusal> {
    let query = Parameters::of_query(request.uri.query().unwrap_or_default()).reverse()?;
    answer(&state, &request, &query.about(), |index| query.answer(index)).await
}

/// Answers from the index of this moment; clients that know the answer already are told so.
///
/// An answer takes some tens of microseconds, less than another thread would take to begin.
async fn answer(
    state: &State,
    request: &Parts,
    about: &About<'_>,
    hits: impl FnOnce(&Index) -> Vec<Hit>,
) -> Result<Response, Refusal> {
    let index = place::index(state).await?;
    let validator = Validator::of(place::name(&index), &request.uri, "");
    if let Some(response) = validator.unchanged(&request.method, &request.headers) {
        return Ok(response);
    }
    let mut body = Vec::with_capacity(4_096);
    answer::write(&hits(&index), about, &state.config.addresses, &mut body);
    let short = body.len() < SHORT;
    let mut response = body.into_response();
    if short {
        response.extensions_mut().insert(Uncompressed);
    }
    response.headers_mut().insert(header::CONTENT_TYPE, JSON);
    validator.apply(&mut response);
    Ok(response)
}

/// Bytes that leave with the head of the answer in one go: whoever types waits for nothing else.
const SHORT: usize = 8 << 10;
const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

/// Whether addresses can be asked for, and how many there are.
async fn health(Extract(state): Extract<State>) -> Result<Response, Refusal> {
    let index: Arc<Index> = place::index(&state).await?;
    let about = serde_json::json!({
        "status": "HEALTHY",
        "places": index.places(),
        "housenumbers": index.house_numbers(),
        "municipalities": index.towns(),
    });
    Ok((
        [(header::CONTENT_TYPE, JSON), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))],
        about.to_string(),
    )
        .into_response())
}
