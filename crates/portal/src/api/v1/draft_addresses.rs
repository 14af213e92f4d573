//! What would come of placing the addresses of a draft's table: for members of the organisation only.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, Request, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use catalog::draft::{Surveying, TableKey};
use serde_json::{Value, json};

use super::drafts::id;
use super::form::bad;
use super::listing;
use crate::{State, problem::Problem, session::Visitor};

/// How many addresses of a table are surely found, which are doubtful, and where they may be: with what was chosen, else
/// with what is proposed. How far the search is while it runs.
pub async fn survey(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Path<HashMap<String, String>>,
    request: Request,
) -> Result<Response, Problem> {
    let parameters = listing::Parameters::read(request.uri(), &["source", "table"])?;
    let number = |name: &str| {
        let number = parameters.number(name, 0, 0, u64::from(u32::MAX))?;
        u32::try_from(number).map_err(|_| bad(&format!("`{name}` is too large")))
    };
    let key = TableKey { source: number("source")?, table: number("table")? };
    let (id, actor, platform) = (id(&segments)?, visitor.actor()?, &state.platform);
    let draft = platform.draft(id, actor).await?;
    let check = platform.checked_draft(id, actor).await?;
    let organization = platform.records.organization(&draft.organization.to_string()).await?;
    let Some(geocoding) = draft.geocoding(key, &check, organization.as_ref()) else {
        return Ok(Json(json!({ "state": "nothing" })).into_response());
    };
    Ok(match platform.survey_draft(id, key, &geocoding, actor).await? {
        Surveying::Running(progress) => {
            let body = json!({ "state": "running", "progress": progress, "share": progress.share() });
            (StatusCode::ACCEPTED, Json(body)).into_response()
        }
        Surveying::Done(survey) => {
            let handled = survey.handled(&geocoding.corrections);
            let body = json!({ "state": "done", "geocoding": geocoding, "survey": *survey, "left": handled });
            Json(body).into_response()
        }
        Surveying::Nothing => Json::<Value>(json!({ "state": "nothing" })).into_response(),
        Surveying::Failed { code, detail } => {
            Json(json!({ "state": "failed", "code": code, "detail": detail })).into_response()
        }
    })
}
