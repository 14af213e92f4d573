//! Coming back to a draft: to where something is left to decide.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use catalog::draft::{CheckProgress, Checking, DraftState};
use serde_json::json;

use super::posted::Asked;
use super::route;
use super::wait::Progress;
use crate::pages::card::dataset_href;
use crate::problem::Problem;

/// Sends to the step that comes next; to the dataset's page when the draft is public.
pub async fn show(asked: Asked) -> Response {
    match published(&asked).await {
        Ok(Some(href)) => return asked.reader.redirect(&href),
        Ok(None) => {}
        Err(problem) => return asked.reader.fail(&problem),
    }
    match asked.open().await {
        Ok(opened) => {
            let after = asked.reader.uri.query().and_then(|query| query.strip_prefix("after="));
            let step = match after.and_then(route::Step::named) {
                Some(step) => route::after(step, &opened),
                None => route::resumed(&opened),
            };
            asked.reader.redirect(&step.href(&opened.draft))
        }
        Err(answer) => answer,
    }
}

/// The page of the dataset that a draft has become.
async fn published(asked: &Asked) -> Result<Option<String>, Problem> {
    let platform = &asked.state.platform;
    let draft = platform.draft(asked.id, &asked.person.actor).await?;
    let DraftState::Published { dataset } = draft.state else { return Ok(None) };
    let dataset = platform.records.dataset(&dataset.to_string()).await?;
    Ok(dataset.map(|dataset| dataset_href(&dataset.slug)))
}

/// How far the check of a draft is; `next` when it ended: the page that asked, as its own `to` says.
pub async fn progress(asked: Asked) -> Response {
    let checking = match asked.state.platform.check_draft(asked.id, &asked.person.actor).await {
        Ok(checking) => checking,
        Err(error) => return Problem::from(error).into_response(),
    };
    let making = match asked.state.platform.draft(asked.id, &asked.person.actor).await {
        Ok(draft) => super::made::is_running(&draft),
        Err(error) => return Problem::from(error).into_response(),
    };
    let body = match checking {
        Checking::Done(_) if making => json!(Progress::of_check(CheckProgress::default(), &asked.reader.t)),
        Checking::Running(progress) => json!(Progress::of_check(progress, &asked.reader.t)),
        Checking::Done(_) | Checking::Failed { .. } => match super::locate::running(&asked) {
            Some(progress) => json!(Progress::of_survey(progress, &asked.reader.t)),
            None => json!({ "next": back(&asked) }),
        },
    };
    (StatusCode::OK, [(axum::http::header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// The page of this draft that asks; none of another draft or another site.
fn back(asked: &Asked) -> String {
    let own = format!("/publish/{}", asked.id);
    let to = asked.reader.uri.query().and_then(|query| query.strip_prefix("to=")).unwrap_or_default();
    let rest = to.strip_prefix(&own).unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let plain = query.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"=&-".contains(&byte));
    let query = if query.is_empty() || !plain { String::new() } else { format!("?{query}") };
    let step = path.strip_prefix('/').and_then(route::Step::named).map(|step| format!("{own}/{}{query}", step.name()));
    let after = rest.strip_prefix("?after=").and_then(route::Step::named);
    step.or_else(|| after.map(|step| format!("{own}?after={}", step.name()))).unwrap_or(own)
}
