//! Another file in place of the one that came: what was said of the dataset stays.

use axum::RequestPartsExt as _;
use axum::extract::{Request, State as Extract};
use axum::response::Response;

use super::posted::Asked;
use super::{intake, received, resend, start, work};
use crate::State;

/// Takes the file; the draft is at the same address afterwards.
pub async fn take(Extract(state): Extract<State>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let asked = match parts.extract_with_state::<Asked, _>(&state).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let staging = match state.platform.store.stage() {
        Ok(staging) => staging,
        Err(error) => return asked.reader.fail(&error.into()),
    };
    let most = state.config.limits.upload_bytes;
    let read = intake::read(Request::from_parts(parts, body), &staging.scratch(), most).await;
    let intake = match read {
        Ok(intake) => intake,
        Err(problem) => return asked.reader.fail(&problem),
    };
    let (id, person) = (asked.id, asked.person.clone());
    if intake.files.is_empty() {
        return asked.reader.redirect(&format!("/publish/{id}/file"));
    }
    let draft = match state.platform.draft(id, &person.actor).await {
        Ok(draft) => draft,
        Err(error) => return asked.reader.fail(&error.into()),
    };
    let revision = intake.fields.revision();
    if draft.revision != revision {
        return resend::changed(&asked, &draft);
    }
    let (platform, actor) = (state.platform.clone(), person.actor.clone());
    let work = work::begin(work::What::Reading, person.actor.name(), |_| async move {
        let replaced = platform.replace_draft_files(id, revision, intake.files, &actor).await;
        drop(staging);
        start::landing(&platform, &replaced?).await
    });
    received::answer(&asked.reader, &asked.state, &person, work).await
}
