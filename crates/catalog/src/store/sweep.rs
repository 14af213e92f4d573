//! Removing what no version needs.

use std::collections::HashSet;
use std::time::Duration;

use serde::Serialize;

use super::{Store, staging};
use crate::error::Result;
use crate::model::SnapshotId;

/// What a sweep removed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Preparations of programs that died.
    pub stagings: u64,
    /// Snapshots, finished or not, that no version needs.
    pub snapshots: Vec<SnapshotId>,
}

impl Store {
    /// Removes the preparations of programs that died, and the snapshots that no version needs and that are older
    /// than `grace` (younger ones may be on their way into the catalogue).
    ///
    /// # Errors
    /// When the place fails; what was removed stays removed.
    pub async fn sweep(&self, needed: &HashSet<SnapshotId>, grace: Duration) -> Result<Swept> {
        let folder = self.staging.clone();
        let stagings = tokio::task::spawn_blocking(move || staging::sweep(&folder, grace)).await??;
        let mut swept = Swept { stagings, snapshots: Vec::new() };
        for id in self.place.ids().await? {
            if !needed.contains(&id) && self.place.age(&id).await?.is_some_and(|age| age >= grace) {
                self.place.remove(&id).await?;
                swept.snapshots.push(id);
            }
        }
        Ok(swept)
    }
}
