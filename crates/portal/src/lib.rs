//! The HTTP server: pages for people, APIs for programs, over the catalogue and its snapshots.
//!
//! Handlers parse a request into a value of the domain ([`query::model::Query`], a search), call one stage, and write
//! its answer. They hold no rules of their own.
//!
//! | path | module |
//! | --- | --- |
//! | `/api/v1` | [`api::v1`] |
//! | `/tabular` | [`api::tabular`] |
//! | `/files` | [`api::files`] |
//! | feeds, `robots.txt`, `health` | [`api::feeds`] |
//! | everything else | [`pages`] |

pub mod api;
mod assets;
pub mod caching;
mod chart;
pub mod config;
pub mod directory;
pub mod guard;
pub mod i18n;
pub mod pages;
pub mod params;
pub mod problem;
mod state;

pub use config::Config;
pub use state::State;

/// The whole portal.
///
/// `pages::router()` may set the fallback (its page for an unknown address); programs get a problem document instead,
/// which [`guard`] sees to.
pub fn router(state: State) -> axum::Router {
    let routes = api::router().merge(pages::router());
    guard::around(routes, &state).with_state(state)
}
