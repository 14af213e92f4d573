//! The publishing assistant: from a file to a public dataset, one decision a page.
//!
//! ```text
//! /publish ──► received ──► file ──► check ──► personal ──► locate ──► describe ──► preview ──► public, or waiting for approval
//! ```
//! A draft of the catalogue keeps every decision as soon as it is made, so a page holds nothing that could be lost. Each
//! decision is a form that is posted and answered with a redirect; a page without anything to say is passed over on the
//! way ([`route`]), and can be reached from the row of steps. Forms name the draft's revision: what was changed elsewhere
//! meanwhile is told, and what was typed is kept on the page that tells it ([`resend`]).

mod changes;
mod check;
mod describe;
mod discard;
pub(super) mod fields;
mod file;
mod glimpse;
pub(super) mod intake;
mod list;
mod locate;
mod made;
mod open;
mod personal;
mod posted;
mod preview;
mod received;
mod replace;
mod resend;
mod resume;
mod route;
mod schema;
mod shell;
mod start;
mod suggest;
mod update;
pub(super) mod wait;
mod work;

pub(crate) use resend::keep as keep_choices;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::State;

/// The routes of the assistant.
pub fn router() -> Router<State> {
    // Files come in forms: their size is bounded as they are read, by the portal's own limit.
    let files = Router::new()
        .route("/publish", get(start::show).post(start::take))
        .route("/publish/{draft}/replace", post(replace::take))
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/publish/received/{work}", get(received::show))
        .route("/publish/received/{work}/progress", get(received::progress))
        .route("/publish/{draft}", get(resume::show))
        .route("/publish/{draft}/progress", get(resume::progress))
        .route("/publish/{draft}/discard", post(discard::discard))
        .route("/publish/{draft}/file", get(file::show).post(file::decide))
        .route("/publish/{draft}/schema", post(schema::decide))
        .route("/publish/{draft}/check", get(check::show).post(check::decide))
        .route("/publish/{draft}/check/list.csv", get(list::download))
        .route("/publish/{draft}/personal", get(personal::show).post(personal::decide))
        .route("/publish/{draft}/locate", get(locate::show).post(locate::decide))
        .route("/publish/{draft}/locate/around", get(locate::around))
        .route("/publish/{draft}/describe", get(describe::show).post(describe::decide))
        .route("/publish/{draft}/preview", get(preview::show).post(preview::decide))
        .merge(files)
}
