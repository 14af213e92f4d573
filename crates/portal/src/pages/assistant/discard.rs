//! Giving a draft up.

use axum::response::Response;

use super::posted::Posted;

/// Removes the draft, and shows those that are left.
pub async fn discard(posted: Posted) -> Response {
    let asked = &posted.asked;
    match asked.state.platform.discard_draft(asked.id, &asked.person.actor).await {
        Ok(()) | Err(catalog::Error::NotFound { .. }) => asked.reader.redirect("/publish?done=discarded"),
        Err(error) => posted.refused(error),
    }
}
