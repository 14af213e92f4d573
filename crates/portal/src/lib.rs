//! The HTTP server: pages for people, APIs for programs, over the catalogue and its snapshots.
//!
//! Handlers parse a request into a value of the domain ([`query::model::Query`], a search), call one stage, and write
//! its answer. They hold no rules of their own.
//!
//! | path | module |
//! | --- | --- |
//! | `/api/v1` | [`api::v1`] |
//! | `/tabular` | [`api::tabular`] |
//! | `/adresse` | [`api::adresse`] |
//! | `/geo` | [`api::geo`] |
//! | `/files` | [`api::files`] |
//! | feeds, `robots.txt`, `health` | [`api::feeds`] |
//! | everything else | [`pages`] |

pub mod access;
pub mod api;
mod assets;
pub mod caching;
mod chart;
pub mod client;
pub mod config;
mod csrf;
pub mod directory;
pub mod guard;
pub mod i18n;
pub mod pace;
pub mod pages;
pub mod params;
pub mod problem;
pub mod session;
mod state;

use axum::{Router, middleware};

pub use config::Config;
pub use state::State;

/// The whole portal.
///
/// `pages::router()` may set the fallback (its page for an unknown address); programs get a problem document instead,
/// which [`guard`] sees to.
pub fn router(state: State) -> Router {
    let routes = routes().layer(middleware::from_fn_with_state(state.clone(), access::enforce));
    let routes = routes.layer(middleware::from_fn_with_state(state.clone(), pages::keep_choices));
    guard::around(routes, &state).with_state(state)
}

/// Every route; who may call each is in [`access::RULES`].
fn routes() -> Router<State> {
    api::router().merge(pages::router())
}
