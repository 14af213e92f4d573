//! `/api/v1`: the native API. Its description, [`openapi`], is checked against these routes by a test.

mod catalogue;
mod history;
mod licences;
pub(super) mod listing;
mod openapi;
mod publish;
mod resource;
mod routes;
mod search;
mod sql;
mod tiles;
mod view;

use axum::Router;

use crate::State;
use routes::Routes;

/// The routes.
pub fn router() -> Router<State> {
    routes().into_router()
}

fn routes() -> Routes {
    let routes = Routes::default()
        .get("/api/v1", catalogue::index)
        .get("/api/v1/openapi.json", openapi::document)
        .get("/api/v1/datasets", search::datasets)
        .get("/api/v1/datasets/{slug}", catalogue::dataset)
        .get("/api/v1/datasets/{slug}/history", history::of_dataset)
        .get("/api/v1/datasets/{slug}/quality", catalogue::quality)
        .get("/api/v1/licences", licences::list)
        .get("/api/v1/licences/combine", licences::combine)
        .get("/api/v1/organizations", catalogue::organizations)
        .get("/api/v1/organizations/{slug}", catalogue::organization)
        .get("/api/v1/history", history::of_portal)
        .get("/api/v1/resources/{id}", resource::detail)
        .get("/api/v1/resources/{id}/versions", resource::versions)
        .get("/api/v1/resources/{id}/versions/{number}", resource::detail)
        .get_and_post("/api/v1/sql", sql::get, sql::post)
        .upload("/api/v1/publish", publish::publish);
    ["/api/v1/resources/{id}", "/api/v1/resources/{id}/versions/{number}"].into_iter().fold(routes, |routes, target| {
        routes
            .get(&format!("{target}/rows"), resource::rows)
            .get(&format!("{target}/profile"), resource::profile)
            .get(&format!("{target}/exceptions"), resource::exceptions)
            .get_as(&format!("{target}/{{file}}"), &format!("{target}/export.{{format}}"), resource::export)
            .get_as(
                &format!("{target}/tiles/{{z}}/{{x}}/{{file}}"),
                &format!("{target}/tiles/{{z}}/{{x}}/{{y}}.mvt"),
                tiles::tile,
            )
    })
}
