//! `/api/v1`: the native API. Its description, [`openapi`], is checked against these routes by a test.

pub(crate) mod addresses;
mod catalogue;
mod draft_addresses;
mod drafts;
mod form;
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
mod tokens;
mod view;

use axum::{Router, extract::DefaultBodyLimit, routing};

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
        .get("/api/v1/me", tokens::me)
        .methods("/api/v1/tokens", &["get", "post"], routing::get(tokens::list).post(tokens::create))
        .methods("/api/v1/tokens/{id}", &["delete"], routing::delete(tokens::revoke))
        .upload("/api/v1/publish", publish::publish)
        .get("/api/v1/addresses", addresses::list)
        .get("/api/v1/addresses/{commune}", addresses::detail)
        .get("/api/v1/addresses/{commune}/bal.csv", addresses::file)
        .methods("/api/v1/addresses/{commune}/publish", &["post"], routing::post(addresses::publish))
        .get_and_post("/api/v1/addresses/{commune}/streets", addresses::streets, addresses::add_street)
        .methods(
            "/api/v1/addresses/{commune}/streets/{id}",
            &["get", "put", "patch", "delete"],
            routing::get(addresses::street)
                .put(addresses::put_street)
                .patch(addresses::change_street)
                .delete(addresses::remove_street),
        )
        .methods(
            "/api/v1/addresses/{commune}/streets/{id}/numbers/{number}",
            &["get", "put"],
            routing::get(addresses::number).put(addresses::put_number),
        )
        .methods(
            "/api/v1/drafts",
            &["get", "post"],
            routing::get(drafts::list).merge(routing::post(drafts::create).layer(DefaultBodyLimit::disable())),
        )
        .methods(
            "/api/v1/drafts/{id}",
            &["get", "patch", "delete"],
            routing::get(drafts::detail).patch(drafts::change).delete(drafts::discard),
        )
        .get("/api/v1/drafts/{id}/check", drafts::check)
        .get("/api/v1/drafts/{id}/addresses", draft_addresses::survey)
        .get("/api/v1/drafts/{id}/description", drafts::description)
        .methods("/api/v1/drafts/{id}/submit", &["post"], routing::post(drafts::submit))
        .methods("/api/v1/drafts/{id}/return", &["post"], routing::post(drafts::send_back))
        .methods("/api/v1/drafts/{id}/publish", &["post"], routing::post(drafts::publish));
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
