//! Publications under way: a base's goes on in the background, and every page of it tells how far it is.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use catalog::addresses::{Base, DatasetWords};
use catalog::{Actor, Error, PublishProgress};
use tokio::sync::watch;
use uuid::Uuid;

use crate::State;
use crate::i18n::{Fault, Text};

/// Bases of which it is remembered how the last publication ended.
const MOST: usize = 200;

static JOBS: LazyLock<Mutex<HashMap<Uuid, watch::Receiver<Stage>>>> = LazyLock::new(Mutex::default);

/// How far a publication is.
#[derive(Debug, Clone)]
pub enum Stage {
    /// It waits for its turn, reads and stores.
    Publishing(Option<PublishProgress>),
    /// The dataset is public; its addresses go into the index that answers searches: so many of a hundred.
    Indexing(u8),
    /// Both are done.
    Done,
    /// The dataset is public, but searches don't know it: the reason is in the log.
    Unindexed,
    /// It isn't public; the fault in both languages.
    Failed(Box<[Fault; 2]>),
}

impl Stage {
    /// Whether there is nothing to wait for.
    pub fn has_ended(&self) -> bool {
        matches!(self, Self::Done | Self::Unindexed | Self::Failed(_))
    }
}

/// How far the last publication of a base is; nothing when there was none since the program started.
pub fn stage(base: Uuid) -> Option<Stage> {
    let jobs = JOBS.lock().unwrap_or_else(PoisonError::into_inner);
    jobs.get(&base).map(|job| job.borrow().clone())
}

/// Begins to publish a base, unless that is under way. Gives what tells how far it is.
pub fn begin(state: &State, base: Base, words: DatasetWords, actor: Actor) -> watch::Receiver<Stage> {
    let mut jobs = JOBS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(job) = jobs.get(&base.id)
        && matches!(*job.borrow(), Stage::Publishing(_))
    {
        return job.clone();
    }
    if jobs.len() >= MOST {
        jobs.retain(|_, job| !job.borrow().has_ended());
    }
    let (tell, stage) = watch::channel(Stage::Publishing(None));
    jobs.insert(base.id, stage.clone());
    drop(jobs);
    tokio::spawn(run(state.clone(), base, words, actor, tell));
    stage
}

async fn run(state: State, base: Base, words: DatasetWords, actor: Actor, tell: watch::Sender<Stage>) {
    let progress = tell.clone();
    let report = move |how_far| {
        progress.send_replace(Stage::Publishing(Some(how_far)));
    };
    let published = match state.platform.publish_addresses(&base, words, &actor, report).await {
        Ok(published) => published,
        Err(error) => {
            tell.send_replace(failed(&error));
            return;
        }
    };
    state.directory.forget();
    tell.send_replace(Stage::Indexing(0));
    let progress = tell.clone();
    let share = move |share: u8| {
        progress.send_replace(Stage::Indexing(share));
    };
    match state.platform.index_addresses(&published.base, share).await {
        Ok(()) => tell.send_replace(Stage::Done),
        Err(error) => {
            tracing::error!(%error, commune = base.commune, "a published address base is not in the index");
            tell.send_replace(Stage::Unindexed)
        }
    };
}

fn failed(error: &Error) -> Stage {
    tracing::info!(%error, "an address base could not be published");
    Stage::Failed(Box::new([Text::french(), Text::english()].map(|t| Fault::of_catalog(t, error))))
}
