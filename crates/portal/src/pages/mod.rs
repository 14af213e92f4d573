//! For people: one page a file, with its template of the same name.
//!
//! A page asks the catalogue and the engine, puts the answer into words and pictures, and is complete without script.

use axum::Router;
use axum::routing::get;

use crate::{State, assets};

mod address;
mod card;
mod catalogue;
mod dataset;
mod drawn;
mod error;
mod explorer;
mod frame;
mod history;
mod home;
mod icon;
mod markdown;
mod organization;
mod organizations;
mod pager;
mod picture;
mod reader;
mod rows;
mod structured_data;
#[cfg(test)]
mod tests;
mod texts;
mod value;

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
        .route("/about", get(texts::about))
        .route("/accessibility", get(texts::accessibility))
        .route("/legal", get(texts::legal))
        .merge(assets::router())
        .fallback(texts::not_found)
}
