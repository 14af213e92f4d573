//! The index that answers at this moment.

use std::sync::Arc;

use geocoder::Index;

use super::refusal::Refusal;
use crate::State;

/// The index; at a first start, once it is built.
pub(super) async fn index(state: &State) -> Result<Arc<Index>, Refusal> {
    let late = |_| Refusal::unavailable("The index of addresses is being built: ask again in a moment.");
    let index = tokio::time::timeout(state.config.limits.query_time, state.platform.addresses()).await.map_err(late)?;
    index.ok_or_else(|| Refusal::unavailable("There is no index of addresses: `cocagne addresses import` makes one."))
}

/// What tells an index from any other: its file is named after its content.
pub(super) fn name(index: &Index) -> &str {
    index.path().file_name().and_then(|name| name.to_str()).unwrap_or_default()
}
