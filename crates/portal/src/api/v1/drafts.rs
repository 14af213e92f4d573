//! Drafts: what is prepared before it is public. For members of the organisation only.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Request, State as Extract, rejection::JsonRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use catalog::draft::{Checking, Draft, DraftChange, DraftCheck, DraftState, Incoming, Upload};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    form::{Form, bad, save, text, unknown},
    listing,
};
use crate::{State, problem::Problem, session::Visitor};

type Segments = Path<HashMap<String, String>>;
type Answer = Result<Response, Problem>;

/// The drafts that the sender may see, the last changed first.
pub async fn list(Extract(state): Extract<State>, visitor: Visitor, request: Request) -> Answer {
    listing::Parameters::read(request.uri(), &[])?;
    let base = state.base_url(request.headers());
    let drafts = state.platform.drafts(visitor.actor()?).await?;
    let shown: Vec<Value> = drafts.iter().map(|draft| view(&base, draft)).collect();
    Ok(Json(json!({ "drafts": shown, "total": shown.len() })).into_response())
}

/// Begins a draft: of files, of addresses, or of what has arrived in pieces.
pub async fn create(Extract(state): Extract<State>, visitor: Visitor, request: Request) -> Answer {
    let base = state.base_url(request.headers());
    let form = Form::of(&state, request).await?;
    let staging = state.platform.store.stage()?;
    let (upload, organization) = read(form, &staging.scratch(), state.config.limits.upload_bytes).await?;
    let actor = visitor.actor()?;
    let organization = match organization {
        Some(key) => key,
        None => {
            let own = actor.only_organization().map(|id| id.to_string());
            own.ok_or_else(|| bad("`organization` says who would publish: a slug or an identifier"))?
        }
    };
    let draft = state.platform.create_draft(upload, &organization, actor).await?;
    Ok((StatusCode::CREATED, Json(view(&base, &draft))).into_response())
}

async fn read(mut form: Form, folder: &std::path::Path, most: usize) -> Result<(Upload, Option<String>), Problem> {
    let mut upload = Upload::default();
    let mut organization = None;
    while let Some(field) = form.next().await? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            // Looked at before the form came here.
            crate::csrf::FIELD => {}
            "file" => {
                let file_name = field.file_name().unwrap_or_default().to_owned();
                let path = folder.join(format!("upload-{}", upload.files.len()));
                save(field, &path, most).await?;
                upload.files.push(Incoming::File { path, name: file_name });
            }
            "url" => upload.files.push(Incoming::Url(text(field).await?)),
            "upload" => {
                let id = identifier("upload", &text(field).await?)?;
                upload.files.push(Incoming::Uploaded(id));
            }
            "organization" => organization = filled(text(field).await?),
            "schema" => upload.schema = filled(text(field).await?),
            "dataset" => upload.dataset = filled(text(field).await?),
            "resource" => {
                let id = filled(text(field).await?);
                upload.resource = id.map(|id| identifier("resource", &id)).transpose()?;
            }
            other => return Err(unknown(other)),
        }
    }
    Ok((upload, organization))
}

fn filled(value: String) -> Option<String> {
    Some(value).filter(|value| !value.trim().is_empty())
}

fn identifier(name: &str, value: &str) -> Result<Uuid, Problem> {
    value.trim().parse().map_err(|_| bad(&format!("`{name}` is an identifier")))
}

/// The draft that an address names.
pub(super) fn id(segments: &HashMap<String, String>) -> Result<Uuid, Problem> {
    let id = segments.get("id").map_or("", String::as_str);
    Uuid::parse_str(id).map_err(|_| Problem::not_found("draft", id))
}

/// A draft.
pub async fn detail(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    listing::Parameters::read(request.uri(), &[])?;
    let draft = state.platform.draft(id(&segments)?, visitor.actor()?).await?;
    Ok(Json(view(&state.base_url(request.headers()), &draft)).into_response())
}

/// Changes what was chosen.
pub async fn change(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    headers: axum::http::HeaderMap,
    body: Result<Json<DraftChange>, JsonRejection>,
) -> Answer {
    let Json(change) = body.map_err(|error| bad(&error.body_text()))?;
    let draft = state.platform.change_draft(id(&segments)?, change, visitor.actor()?).await?;
    Ok(Json(view(&state.base_url(&headers), &draft)).into_response())
}

/// Removes a draft.
pub async fn discard(Extract(state): Extract<State>, visitor: Visitor, Path(segments): Segments) -> Answer {
    state.platform.discard_draft(id(&segments)?, visitor.actor()?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What was found in a draft; how far the check is while it runs.
pub async fn check(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    listing::Parameters::read(request.uri(), &[])?;
    let (id, actor) = (id(&segments)?, visitor.actor()?);
    Ok(match state.platform.check_draft(id, actor).await? {
        Checking::Running(progress) => {
            let body = json!({ "state": "running", "progress": progress, "share": progress.share() });
            (StatusCode::ACCEPTED, Json(body)).into_response()
        }
        Checking::Done(check) => {
            let draft = state.platform.draft(id, actor).await?;
            Json(report(&draft, &check)).into_response()
        }
        Checking::Failed { code, detail } => {
            Json(json!({ "state": "failed", "code": code, "detail": detail })).into_response()
        }
    })
}

/// A description proposed from the content, with its reasons.
pub async fn description(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    listing::Parameters::read(request.uri(), &[])?;
    let proposal = state.platform.propose_description(id(&segments)?, visitor.actor()?).await?;
    Ok(Json(json!(proposal)).into_response())
}

/// Asks a publisher to publish it.
pub async fn submit(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    let draft = state.platform.submit_draft(id(&segments)?, visitor.actor()?).await?;
    Ok(Json(view(&state.base_url(request.headers()), &draft)).into_response())
}

/// What a publisher says when sending a draft back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Return {
    note: String,
}

/// Sends it back to its author.
pub async fn send_back(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    headers: axum::http::HeaderMap,
    body: Result<Json<Return>, JsonRejection>,
) -> Answer {
    let Json(Return { note }) = body.map_err(|error| bad(&error.body_text()))?;
    let draft = state.platform.return_draft(id(&segments)?, &note, visitor.actor()?).await?;
    Ok(Json(view(&state.base_url(&headers), &draft)).into_response())
}

/// Makes it public.
pub async fn publish(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(segments): Segments,
    request: Request,
) -> Answer {
    let base = state.base_url(request.headers());
    let published = state.platform.publish_draft(id(&segments)?, visitor.actor()?, |_| {}).await?;
    state.directory.forget();
    Ok((StatusCode::CREATED, Json(published.with_base(&base))).into_response())
}

fn view(base: &str, draft: &Draft) -> Value {
    let mut value = json!(draft);
    let root = format!("{base}/api/v1/drafts/{}", draft.id);
    value["links"] = json!({
        "api": root,
        "check": format!("{root}/check"),
        "addresses": format!("{root}/addresses"),
        "description": format!("{root}/description"),
    });
    if let DraftState::Published { dataset } = draft.state {
        value["links"]["dataset"] = format!("{base}/api/v1/datasets/{dataset}").into();
    }
    value
}

/// The report, with sentences in both languages.
fn report(draft: &Draft, check: &DraftCheck) -> Value {
    let tables = check.tables.iter().map(|table| {
        let personal = table.check.personal.iter().map(|finding| {
            let mut value = json!(finding);
            value["text"] = both(
                |language| json!({ "message": finding.message(language), "ground": finding.ground.text(language) }),
            );
            value
        });
        let repairs = table.check.repairs.iter().map(|repair| {
            let mut value = json!(repair);
            value["text"] = both(|language| json!({ "description": repair.description(language) }));
            value
        });
        json!({
            "source": table.key.source,
            "table": table.key.table,
            "validation": table.check.validation.as_ref().map(validation),
            "personal": personal.collect::<Vec<_>>(),
            "repairs": repairs.collect::<Vec<_>>(),
            "resembles": table.check.resembles,
            "locating": table.check.locating,
        })
    });
    let open: Vec<String> = draft.open_findings(check).into_iter().map(|open| open.finding.id).collect();
    json!({ "state": "done", "made_at": check.made_at, "tables": tables.collect::<Vec<_>>(), "open": open })
}

fn validation(report: &tableschema::Report) -> Value {
    let mut value = json!(report);
    let errors = report.errors.iter().map(|error| {
        let mut value = json!(error);
        if let Value::Object(members) = &mut value {
            members.shift_remove("sentence");
            members.insert("text".to_owned(), both(|language| json!({ "message": error.message(language) })));
        }
        value
    });
    value["errors"] = errors.collect();
    value
}

fn both(text: impl Fn(&str) -> Value) -> Value {
    json!({ "fr": text("fr"), "en": text("en") })
}
