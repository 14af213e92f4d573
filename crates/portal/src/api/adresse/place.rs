//! The index that answers at this moment.

use std::{sync::Arc, time::Duration};

use geocoder::Index;

use super::refusal::Refusal;
use crate::State;

/// Time between two looks for the first index.
const LOOK: Duration = Duration::from_millis(50);

/// The index; at a first start, once it is built.
pub(super) async fn index(state: &State) -> Result<Arc<Index>, Refusal> {
    if let Some(index) = state.platform.geocoder.current() {
        return Ok(index);
    }
    let most = state.config.limits.query_time;
    let built = async {
        loop {
            tokio::time::sleep(LOOK).await;
            if let Some(index) = state.platform.geocoder.current() {
                return index;
            }
        }
    };
    let late = |_| Refusal::unavailable("The index of addresses is being built: ask again in a moment.");
    tokio::time::timeout(most, built).await.map_err(late)
}

/// What tells an index from any other: its file is named after its content.
pub(super) fn name(index: &Index) -> &str {
    index.path().file_name().and_then(|name| name.to_str()).unwrap_or_default()
}
