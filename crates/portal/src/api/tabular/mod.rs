//! `/tabular`: the wire format of api-tabular, so that its clients work here by changing the base URL.

mod data;
mod errors;
mod profile;
mod swagger;
mod yaml;

use std::time::Instant;

use axum::{
    Router,
    extract::{Path, Request, State as Extract},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use serde_json::json;

use super::{Target, rows};
use crate::{State, caching::Validator};

use errors::Errors;

/// The routes, each with and without its final slash.
pub fn router() -> Router<State> {
    let both = |router: Router<State>, path: &str, method: MethodRouter<State>| {
        router.route(path, method.clone()).route(&format!("{path}/"), method)
    };
    let started = Instant::now();
    let mut router = Router::new();
    router = both(router, "/tabular/health", get(move || health(started)));
    router = both(router, "/tabular/api/aggregation-exceptions", get(aggregation_exceptions));
    router = both(router, "/tabular/api/resources/{id}", get(resource));
    router = both(router, "/tabular/api/resources/{id}/profile", get(resource_profile));
    router = both(router, "/tabular/api/resources/{id}/swagger", get(resource_swagger));
    router = both(router, "/tabular/api/resources/{id}/data", get(data::page));
    both(router, "/tabular/api/resources/{id}/data/{format}", get(data::file))
}

/// Absolute addresses of what belongs to a resource.
struct Links {
    resource: String,
}

impl Links {
    fn new(state: &State, request: &Request, id: &str) -> Self {
        Self { resource: format!("{}/tabular/api/resources/{id}", state.base_url(request.headers())) }
    }

    fn to(&self, what: &str) -> String {
        format!("{}/{what}/", self.resource)
    }
}

async fn resource(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Errors> {
    let target = Target::current(&state, &id).await?;
    let base = state.base_url(request.headers());
    let validator = target.validator(request.uri(), &base);
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let (detail, version) = (target.detail(), target.version());
    let links = Links::new(&state, &request, &detail.resource.id.to_string());
    let source = crate::api::files::address(&base, version);
    let link = |rel: &str| json!({"href": links.to(rel), "type": "GET", "rel": rel});
    let body = json!({
        "created_at": version.published_at,
        "url": version.origin.as_deref().unwrap_or(&source),
        "links": [link("profile"), link("data"), link("swagger")],
    });
    let mut response = axum::Json(body).into_response();
    validator.apply(&mut response);
    Ok(response)
}

async fn resource_profile(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Errors> {
    let target = Target::current(&state, &id).await?;
    let validator = target.validator(request.uri(), "");
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let table = target.table(&state).await?;
    let mut response = axum::Json(profile::document(table.profile())).into_response();
    validator.apply(&mut response);
    Ok(response)
}

async fn resource_swagger(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Errors> {
    let target = Target::current(&state, &id).await?;
    let base = state.base_url(request.headers());
    let validator = target.validator(request.uri(), &base);
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let table = target.table(&state).await?;
    let id = target.detail().resource.id.to_string();
    let document = swagger::document(table.profile(), &id, &format!("{base}/tabular"));
    let headers = [(axum::http::header::CONTENT_TYPE, "application/yaml; charset=utf-8")];
    let mut response = (headers, yaml::write(&document)).into_response();
    validator.apply(&mut response);
    Ok(response)
}

/// Every table may be aggregated here: all of them are listed.
async fn aggregation_exceptions(Extract(state): Extract<State>, request: Request) -> Result<Response, Errors> {
    let event = state.last_event().await?;
    let validator = Validator::of(&event.to_string(), request.uri(), "");
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let mut ids = Vec::new();
    for dataset in state.platform.records.datasets(catalog::model::Page::WHOLE).await?.items {
        if let Some(detail) = state.platform.records.dataset_detail(&dataset.slug).await? {
            let tables = detail.resources.into_iter().filter(|resource| resource.version.table.is_some());
            ids.extend(tables.map(|resource| resource.resource.id.to_string()));
        }
    }
    let mut response = rows::respond(serde_json::to_vec(&ids).unwrap_or_default());
    validator.apply(&mut response);
    Ok(response)
}

async fn health(started: Instant) -> axum::Json<serde_json::Value> {
    axum::Json(json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "uptime_seconds": started.elapsed().as_secs(),
    }))
}
