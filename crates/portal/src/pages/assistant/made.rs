//! The tables as they would be published: made once for each revision of a draft, in the background when they are large.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use axum::response::Response;
use catalog::draft::{CheckProgress, Draft, Preview};
use tokio::sync::watch;
use uuid::Uuid;

use super::posted::Asked;
use super::{wait, work};

/// Drafts whose tables are known; then all are forgotten.
const KEPT: usize = 500;

#[derive(Debug, Clone)]
enum Made {
    Running,
    Done(Arc<Vec<Preview>>),
    Failed { code: String, detail: String },
}

type Key = (Uuid, i64);

static MADE: LazyLock<Mutex<HashMap<Key, watch::Receiver<Made>>>> = LazyLock::new(Mutex::default);

/// The tables of a draft; the page that waits for them, or says why they can't be made.
pub async fn of(asked: &Asked, draft: &Draft) -> Result<Arc<Vec<Preview>>, Response> {
    let mut receiver = find_or_begin(asked, draft);
    {
        let ended = receiver.wait_for(|made| !matches!(made, Made::Running));
        let _either_ended_or_still_running = tokio::time::timeout(work::PATIENCE, ended).await;
    }
    let made = receiver.borrow().clone();
    match made {
        Made::Running => Err(wait::checking(asked, draft, CheckProgress::default())),
        Made::Done(previews) => Ok(previews),
        Made::Failed { code, detail } => {
            // What failed may succeed the next time: a full disk was emptied.
            forget((draft.id, draft.revision));
            Err(wait::failed(asked, draft, &code, &detail))
        }
    }
}

fn forget(key: Key) {
    MADE.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
}

fn find_or_begin(asked: &Asked, draft: &Draft) -> watch::Receiver<Made> {
    let key = (draft.id, draft.revision);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = made.get(&key) {
        return known.clone();
    }
    if made.len() >= KEPT {
        made.clear();
    }
    let (tell, receiver) = watch::channel(Made::Running);
    made.insert(key, receiver.clone());
    let (platform, actor) = (asked.state.platform.clone(), asked.person.actor.clone());
    tokio::spawn(async move {
        let ended = match platform.preview_draft(key.0, &actor).await {
            Ok(previews) => Made::Done(Arc::new(previews)),
            Err(error) => Made::Failed { code: error.code().into_owned(), detail: error.to_string() },
        };
        tell.send_replace(ended);
    });
    receiver
}

/// Whether the tables of a draft are being made.
pub fn is_running(draft: &Draft) -> bool {
    let made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.get(&(draft.id, draft.revision)).is_some_and(|made| matches!(*made.borrow(), Made::Running))
}
