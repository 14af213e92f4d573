//! For programs.

pub mod adresse;
pub mod export;
pub mod feeds;
pub mod files;
pub mod geo;
pub mod rows;
pub mod tabular;
mod target;
pub mod uploads;
pub mod v1;

#[cfg(test)]
pub(crate) mod tests;

use std::future::Future;

use axum::Router;

use crate::{
    State,
    problem::{Kind, Problem},
};

pub use target::Target;

/// Every route for programs.
pub fn router() -> Router<State> {
    v1::router()
        .merge(tabular::router())
        .merge(adresse::router())
        .merge(files::router())
        .merge(feeds::router())
        .merge(uploads::router())
        .merge(geo::router())
}

/// Waits for an answer no longer than the portal allows; what was asked is dropped then, which stops it.
pub(crate) async fn within<T, E: Into<Problem>>(
    state: &State,
    answer: impl Future<Output = Result<T, E>>,
) -> Result<T, Problem> {
    let most = state.config.limits.query_time;
    match tokio::time::timeout(most, answer).await {
        Ok(answer) => answer.map_err(Into::into),
        Err(_) => Err(Problem::new(
            Kind::Unavailable,
            format!(
                "the answer took longer than {} s and was stopped: narrow the query, or export the whole",
                most.as_secs()
            ),
        )),
    }
}
