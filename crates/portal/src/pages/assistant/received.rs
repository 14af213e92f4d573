//! What was received is read, or what is ready goes public: the page that waits for it.

use axum::Json;
use axum::extract::{Path, State as Extract};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use uuid::Uuid;

use super::posted::Person;
use super::start;
use super::wait::{self, Progress};
use super::work::{self, Stage, What};
use crate::State;
use crate::pages::reader::Reader;
use crate::problem::Problem;
use crate::session::Visitor;

/// Where a work is waited for.
pub fn href(work: Uuid) -> String {
    format!("/publish/received/{work}")
}

/// The page; goes on when the work is done, says why when it failed, and takes another file.
pub async fn show(reader: Reader, Extract(state): Extract<State>, visitor: Visitor, Path(id): Path<Uuid>) -> Response {
    let person = match Person::of(&visitor) {
        Ok(person) => person,
        Err(problem) => return reader.fail(&problem),
    };
    answer(&reader, &state, &person, id).await
}

/// What a work has come to, after waiting a little for it.
pub async fn answer(reader: &Reader, state: &State, person: &Person, id: Uuid) -> Response {
    let Some((what, stage)) = work::awaited(id, person.actor.name()).await else {
        // Forgotten: what came of it is among the drafts.
        return reader.redirect("/publish");
    };
    match &stage {
        // A form is answered with a redirect, so that nobody sends it twice by going back.
        Stage::Running(_) if reader.uri.path() != href(id) => reader.redirect(&href(id)),
        Stage::Running(progress) => {
            let progress = Progress::of_publication(*progress, &reader.t);
            wait::working(reader, person, String::new(), progress, what == What::Publishing)
        }
        Stage::Done(href) => reader.redirect(href),
        Stage::Failed(_) => match stage.fault(&reader.t) {
            Some(fault) => start::failed(reader, state, person, what, fault).await,
            None => reader.redirect("/publish"),
        },
    }
}

/// How far a work is; `next` when it ended.
pub async fn progress(reader: Reader, visitor: Visitor, Path(id): Path<Uuid>) -> Response {
    let person = match Person::of(&visitor) {
        Ok(person) => person,
        Err(problem) => return problem.into_response(),
    };
    let body = match work::stage(id, person.actor.name()) {
        None => return Problem::not_found("work", &id.to_string()).into_response(),
        Some((_, Stage::Running(progress))) => json!(Progress::of_publication(progress, &reader.t)),
        Some((_, Stage::Done(_) | Stage::Failed(_))) => json!({ "next": href(id) }),
    };
    (StatusCode::OK, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}
