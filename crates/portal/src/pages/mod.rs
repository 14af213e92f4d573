//! For people: one page a file, with its template of the same name.
//!
//! A page asks the catalogue and the engine, puts the answer into words and pictures, and is complete without script.

use axum::Router;
use axum::routing::{get, post};

use crate::{State, assets};

pub mod account;
mod address;
mod addresses;
mod assistant;
mod card;
mod catalogue;
mod dataset;
mod drawn;
mod enter;
mod error;
mod explorer;
mod frame;
mod history;
mod home;
mod icon;
mod licences;
mod markdown;
mod organization;
mod organizations;
mod pager;
mod picture;
mod provenance;
pub(crate) mod quality;
mod reader;
mod rows;
mod schemas;
mod structured_data;
mod territory;
#[cfg(test)]
mod tests;
mod texts;
mod value;

pub(crate) use account::sign_in_address;
pub(crate) use assistant::keep_choices;
pub(crate) use reader::Reader;

/// The routes of pages and assets, and the page for an address that leads nowhere.
pub fn router() -> Router<State> {
    Router::new()
        .route("/", get(home::show))
        .route("/datasets", get(catalogue::show))
        .route("/datasets/{slug}", get(dataset::show))
        .route("/datasets/{slug}/history", get(history::show))
        .route("/datasets/{slug}/resources/{id}", get(explorer::show))
        .route("/datasets/{slug}/resources/{id}/api", get(explorer::api))
        .route("/embed/{id}", get(explorer::embed))
        .route("/organizations", get(organizations::show))
        .route("/organizations/{slug}", get(organization::show))
        .route("/licences", get(licences::show))
        .route("/schemas", get(schemas::list))
        .route("/schemas/{owner}/{name}", get(schemas::show))
        .route("/schemas/{owner}/{name}/template.xlsx", get(schemas::template))
        .route("/schemas/{owner}/{name}/schema.json", get(schemas::descriptor))
        .route("/enter", get(schemas::to_enter))
        .route("/enter/communes", get(enter::territories))
        .route("/enter/{owner}/{name}", get(enter::show).post(enter::act))
        .route("/enter/{owner}/{name}/check", post(enter::live))
        .route("/territory", get(territory::show).post(territory::choose))
        .route("/territory/suggest", get(territory::suggest))
        .route("/about", get(texts::about))
        .route("/accessibility", get(texts::accessibility))
        .route("/legal", get(texts::legal))
        .merge(account::router())
        .merge(assistant::router())
        .merge(addresses::router())
        .merge(assets::router())
        .fallback(texts::not_found)
}
