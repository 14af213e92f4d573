//! The catalogue's history, newest first.

use axum::{
    extract::{Path, Request, State as Extract},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use catalog::{
    model::{Action, Event},
    records::HistoryFilter,
};
use serde_json::json;
use uuid::Uuid;

use super::{listing, view};
use crate::{State, problem::Problem};

/// No event has a greater number: the last integer that every JSON reader keeps.
const FARTHEST: u64 = (1 << 53) - 1;

/// Changes of the whole portal.
pub async fn of_portal(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    list(&state, &request.into_parts().0, None).await
}

/// Changes of one dataset and its resources.
pub async fn of_dataset(
    Extract(state): Extract<State>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let dataset = state.platform.records.dataset(&slug).await?.ok_or_else(|| Problem::not_found("dataset", &slug))?;
    list(&state, &request.into_parts().0, Some(dataset.id)).await
}

async fn list(state: &State, request: &Parts, dataset: Option<Uuid>) -> Result<Response, Problem> {
    let parameters = listing::Parameters::read(&request.uri, &["before", "limit"])?;
    let limits = &state.config.limits;
    let most = limits.catalogue_page_max;
    let limit = parameters.number("limit", limits.page_size.min(most), 1, most)?;
    let before = parameters.number("before", FARTHEST, 1, FARTHEST)?;
    let base = state.base_url(&request.headers);
    let validator = listing::validator(state, &request.uri, &base).await?;
    if let Some(response) = validator.unchanged(&request.method, &request.headers) {
        return Ok(response);
    }
    let before = i64::try_from(before).unwrap_or(i64::MAX);
    let filter = HistoryFilter { dataset, before: Some(before), limit, ..HistoryFilter::default() };
    let events = state.platform.records.history(filter).await?;
    let full = events.len() as u64 == limit;
    let last = events.last().map(|event| event.id.to_string()).filter(|_| full);
    let next = last.map(|id| listing::with_place(&base, &request.uri, &[("before", &id)]));
    let public = events.iter().filter(|event| is_public(event));
    let body = json!({"events": public.map(view::event).collect::<Vec<_>>(), "next": next});
    let mut response = axum::Json(body).into_response();
    validator.apply(&mut response);
    Ok(response)
}

/// What becomes public; accounts, invitations and tokens are nobody's business.
fn is_public(event: &Event) -> bool {
    use Action::{
        DatasetChanged, DatasetCreated, DatasetRemoved, OrganizationChanged, OrganizationCreated, OrganizationRemoved,
        ResourceChanged, ResourceCreated, ResourceRemoved, VersionPublished,
    };
    matches!(
        event.action,
        OrganizationCreated
            | OrganizationChanged
            | OrganizationRemoved
            | DatasetCreated
            | DatasetChanged
            | DatasetRemoved
            | ResourceCreated
            | ResourceChanged
            | ResourceRemoved
            | VersionPublished
    )
}
