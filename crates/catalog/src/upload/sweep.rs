//! Throwing away what never came to its end.

use std::time::{Duration, SystemTime};

use super::{OFFSET_FILE, Uploads};
use crate::error::{AtPath as _, Result};

/// How long a beginning may take.
const GRACE: Duration = Duration::from_secs(3_600);

impl Uploads {
    /// Removes the uploads that have expired; gives how many.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn sweep(&self) -> Result<u64> {
        let uploads = self.clone();
        tokio::task::spawn_blocking(move || uploads.remove_expired(SystemTime::now())).await?
    }

    pub(super) fn remove_expired(&self, now: SystemTime) -> Result<u64> {
        let mut removed = 0;
        for entry in std::fs::read_dir(&self.folder).at(&self.folder)? {
            let home = entry.at(&self.folder)?.path();
            let name = home.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let age = |path: &std::path::Path| {
                let touched = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()?;
                now.duration_since(touched).ok()
            };
            let expired = match uuid::Uuid::parse_str(name) {
                // Somebody who writes a piece right now keeps it.
                Ok(id) => match age(&home.join(OFFSET_FILE)) {
                    Some(age) => age >= self.limits.kept && self.lock(id).is_ok(),
                    None => age(&home).is_some_and(|age| age >= GRACE),
                },
                Err(_) => age(&home).is_some_and(|age| age >= GRACE),
            };
            if expired {
                std::fs::remove_dir_all(&home).at(&home)?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}
