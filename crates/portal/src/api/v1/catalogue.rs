//! Datasets and organisations.

use axum::{
    extract::{Path, Request, State as Extract},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{listing, view};
use crate::{State, caching::Validator, problem::Problem};

fn finish(validator: &Validator, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    validator.apply(&mut response);
    response
}

/// Where things are.
pub async fn index(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    listing::Parameters::read(request.uri(), &[])?;
    let base = state.base_url(request.headers());
    let validator = Validator::of(&state.config.site_name, request.uri(), &base);
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let at = |path: &str| format!("{base}/api/v1/{path}");
    let body = json!({
        "name": state.config.site_name,
        "version": env!("CARGO_PKG_VERSION"),
        "openapi": at("openapi.json"),
        "datasets": at("datasets"),
        "organizations": at("organizations"),
        "history": at("history"),
        "sql": at("sql"),
    });
    Ok(finish(&validator, axum::Json(body)))
}

/// A dataset with its resources.
pub async fn dataset(
    Extract(state): Extract<State>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    listing::Parameters::read(request.uri(), &[])?;
    let base = state.base_url(request.headers());
    let validator = listing::validator(&state, request.uri(), &base).await?;
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let detail =
        state.platform.records.dataset_detail(&slug).await?.ok_or_else(|| Problem::not_found("dataset", &slug))?;
    Ok(finish(&validator, axum::Json(view::dataset_detail(&base, &detail))))
}

/// The quality score of a dataset: what is had, what is missing, the next thing to do.
pub async fn quality(
    Extract(state): Extract<State>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    listing::Parameters::read(request.uri(), &[])?;
    let detail =
        state.platform.records.dataset_detail(&slug).await?.ok_or_else(|| Problem::not_found("dataset", &slug))?;
    let score = crate::pages::quality::score(&state, &detail, jiff::Timestamp::now()).await?;
    Ok(axum::Json(score).into_response())
}

/// Organisations, by slug.
pub async fn organizations(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    let page = listing::Parameters::read(request.uri(), &["offset", "limit"])?.page(&state)?;
    let base = state.base_url(request.headers());
    let validator = listing::validator(&state, request.uri(), &base).await?;
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let found = state.platform.records.organizations(page).await?;
    let counts = state.platform.records.dataset_counts().await?;
    let organizations = found.items.iter().map(|organization| {
        let mut value = view::organization(&base, organization);
        value["datasets"] = counts.get(&organization.id).copied().unwrap_or_default().into();
        value
    });
    let body = json!({
        "organizations": organizations.collect::<Vec<_>>(),
        "total": found.total,
        "offset": page.offset,
        "limit": page.limit,
        "next": listing::next(&base, request.uri(), page, found.total),
    });
    Ok(finish(&validator, axum::Json(body)))
}

/// An organisation.
pub async fn organization(
    Extract(state): Extract<State>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    listing::Parameters::read(request.uri(), &[])?;
    let base = state.base_url(request.headers());
    let validator = listing::validator(&state, request.uri(), &base).await?;
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let found =
        state.platform.records.organization(&slug).await?.ok_or_else(|| Problem::not_found("organization", &slug))?;
    let counts = state.platform.records.dataset_counts().await?;
    let mut value = view::organization(&base, &found);
    value["datasets"] = counts.get(&found.id).copied().unwrap_or_default().into();
    Ok(finish(&validator, axum::Json(value)))
}
