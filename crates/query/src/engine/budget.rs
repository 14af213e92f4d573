//! What a query may still spend, looked at between batches.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{Error, Result};

/// The time left, and whether anybody still waits for the answer.
#[derive(Debug, Clone)]
pub(crate) struct Budget {
    deadline: Instant,
    allowed: Duration,
    given_up: Arc<AtomicBool>,
}

/// Gives the query up when dropped: the future that waited for it is gone.
#[derive(Debug)]
pub(crate) struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Budget {
    /// A budget that begins now, and the guard of who waits.
    pub(crate) fn start(allowed: Duration) -> (Self, Waiting) {
        let given_up = Arc::new(AtomicBool::new(false));
        let budget = Self { deadline: Instant::now() + allowed, allowed, given_up: Arc::clone(&given_up) };
        (budget, Waiting(given_up))
    }

    /// # Errors
    /// [`Error::Timeout`] when nothing is left.
    pub(crate) fn check(&self) -> Result<()> {
        if self.given_up.load(Ordering::Relaxed) || Instant::now() >= self.deadline {
            return Err(self.timeout());
        }
        Ok(())
    }

    /// The error of a query that took too long.
    pub(crate) fn timeout(&self) -> Error {
        Error::Timeout { seconds: self.allowed.as_secs() }
    }
}
