//! Work that goes on while a page waits for it: reading what came, publishing what is ready.
//!
//! It is known in memory only. When the program dies a file that was being read leaves nothing, and a draft that was
//! being published is still a draft.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use catalog::{Error, PublishProgress};
use tokio::sync::watch;
use uuid::Uuid;

use crate::i18n::{Fault, Text};

/// Works known at once; one more and the oldest that ended is forgotten.
const MOST: usize = 200;
/// How long it is known how a work ended.
const KEPT: Duration = Duration::from_secs(1_800);
/// How long a request waits for quick work before it shows a page that waits.
pub const PATIENCE: Duration = Duration::from_millis(1_500);

static WORKS: LazyLock<Mutex<HashMap<Uuid, Work>>> = LazyLock::new(Mutex::default);

/// How far a work is.
#[derive(Debug, Clone)]
pub enum Stage {
    /// It waits for its turn, or reads.
    Running(Option<PublishProgress>),
    /// It ended well: the page to go to.
    Done(String),
    /// It ended badly; the fault in both languages.
    Failed(Box<[Fault; 2]>),
}

impl Stage {
    /// The fault of what failed, in the reader's language.
    pub fn fault(&self, t: &Text) -> Option<&Fault> {
        match self {
            Self::Failed(faults) => Some(&faults[usize::from(t.tag() == "en")]),
            _ => None,
        }
    }
}

/// What a page waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A file is read.
    Reading,
    /// A draft goes public.
    Publishing,
}

struct Work {
    what: What,
    /// Who asked for it: nobody else is told.
    owner: String,
    stage: watch::Receiver<Stage>,
    begun: Instant,
}

/// Tells how far the work is.
pub type Tell = watch::Sender<Stage>;

/// Begins a work of an actor; gives its name. What it gives is the page to go to when it is done.
pub fn begin<F>(what: What, owner: &str, work: impl FnOnce(Tell) -> F) -> Uuid
where
    F: Future<Output = Result<String, Error>> + Send + 'static,
{
    let (tell, stage) = watch::channel(Stage::Running(None));
    let future = work(tell.clone());
    tokio::spawn(async move {
        let ended = match future.await {
            Ok(href) => Stage::Done(href),
            Err(error) => {
                tracing::info!(%error, "a work of the assistant failed");
                Stage::Failed(Box::new([Text::french(), Text::english()].map(|t| Fault::of_catalog(t, &error))))
            }
        };
        tell.send_replace(ended);
    });
    let id = Uuid::new_v4();
    let mut works = WORKS.lock().unwrap_or_else(PoisonError::into_inner);
    works.retain(|_, work| work.begun.elapsed() < KEPT || matches!(*work.stage.borrow(), Stage::Running(_)));
    if works.len() >= MOST {
        let ended = works.iter().filter(|(_, work)| !matches!(*work.stage.borrow(), Stage::Running(_)));
        if let Some(oldest) = ended.min_by_key(|(_, work)| work.begun).map(|(id, _)| *id) {
            works.remove(&oldest);
        }
    }
    works.insert(id, Work { what, owner: owner.to_owned(), stage, begun: Instant::now() });
    id
}

/// What a work of this actor is and how far; nothing for one that isn't known any more, or is somebody else's.
pub fn stage(id: Uuid, owner: &str) -> Option<(What, Stage)> {
    let works = WORKS.lock().unwrap_or_else(PoisonError::into_inner);
    works.get(&id).filter(|work| work.owner == owner).map(|work| (work.what, work.stage.borrow().clone()))
}

/// The same, after waiting a little for quick work.
pub async fn awaited(id: Uuid, owner: &str) -> Option<(What, Stage)> {
    let receiver = {
        let works = WORKS.lock().unwrap_or_else(PoisonError::into_inner);
        works.get(&id).filter(|work| work.owner == owner).map(|work| work.stage.clone())
    };
    let mut receiver = receiver?;
    {
        let ended = receiver.wait_for(|stage| !matches!(stage, Stage::Running(_)));
        let _either_ended_or_still_running = tokio::time::timeout(PATIENCE, ended).await;
    }
    stage(id, owner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn how_a_work_ended_is_told_to_who_asked_for_it_alone() {
        let id = begin(What::Reading, "user:marie@example.org", |_| async { Ok("/publish/1".to_owned()) });
        let Some((What::Reading, Stage::Done(href))) = awaited(id, "user:marie@example.org").await else {
            panic!("it is done")
        };
        assert_eq!(href, "/publish/1");
        assert!(stage(id, "user:paul@example.org").is_none());
    }

    #[tokio::test]
    async fn a_fault_is_told_in_the_readers_language() {
        let id = begin(What::Reading, "user:marie@example.org", |_| async { Err(Error::NoOrganization) });
        let (_, ended) = awaited(id, "user:marie@example.org").await.unwrap();
        let french = ended.fault(&Text::french()).unwrap();
        assert_eq!(french.code, "no-organization");
        assert_ne!(french.message, ended.fault(&Text::english()).unwrap().message);
    }
}
