//! Checks of drafts, which take seconds for large files: they run in the background, a page asks how far they are.
//! What runs is known in memory only: when the program dies, the check is run again when somebody asks for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::sync::watch;
use uuid::Uuid;

use super::{Draft, DraftSource, TableKey};
use crate::account::Actor;
use crate::check::TableCheck;
use crate::error::{Error, Result};
use crate::platform::Platform;
use crate::publish::{Intake, Source};
use crate::records::hexadecimal;

/// Grows when a check finds other things in the same file: reports of before are made again.
const CHECK: u32 = 2;

/// What was found in a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftCheck {
    /// One a table that is to be published, in the order of files and tables.
    pub tables: Vec<DraftTableCheck>,
    /// When it was made.
    pub made_at: Timestamp,
}

/// What was found in a table of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftTableCheck {
    /// Which table.
    pub key: TableKey,
    /// What was found.
    pub check: TableCheck,
}

impl DraftCheck {
    /// What was found in a table.
    pub fn table(&self, key: TableKey) -> Option<&TableCheck> {
        self.tables.iter().find(|table| table.key == key).map(|table| &table.check)
    }
}

/// How far a check is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CheckProgress {
    /// Tables that are done.
    pub tables_done: u32,
    /// Tables in all.
    pub tables: u32,
    /// Rows read of the table at hand.
    pub rows: u64,
    /// Rows of the table at hand.
    pub rows_total: u64,
}

impl CheckProgress {
    /// The share that is done, from 0 to 1.
    pub fn share(&self) -> f64 {
        let at_hand = if self.rows_total == 0 { 0.0 } else { self.rows as f64 / self.rows_total as f64 };
        ((f64::from(self.tables_done) + at_hand.min(1.0)) / f64::from(self.tables.max(1))).min(1.0)
    }
}

/// A check that was asked for.
#[derive(Debug, Clone)]
pub enum Checking {
    /// It runs, or waits for its turn.
    Running(CheckProgress),
    /// It is done.
    Done(Arc<DraftCheck>),
    /// It could not be done: the error's stable code and its sentence.
    Failed {
        /// Stable code of the error.
        code: String,
        /// What is wrong.
        detail: String,
    },
}

/// The checks that run or ended lately, by draft.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    running: Mutex<HashMap<Uuid, Job>>,
}

#[derive(Debug, Clone)]
struct Job {
    subject: String,
    state: watch::Receiver<Checking>,
}

impl Checks {
    /// The job about this subject; begun when there is none.
    fn find_or_begin(&self, draft: Uuid, subject: &str, begin: impl FnOnce() -> watch::Receiver<Checking>) -> Job {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let alive = |job: &Job| job.subject == subject && job.state.has_changed().is_ok();
        if let Some(job) = running.get(&draft).filter(|job| alive(job)) {
            return job.clone();
        }
        running.retain(|_, job| job.state.has_changed().is_ok());
        let job = Job { subject: subject.to_owned(), state: begin() };
        running.insert(draft, job.clone());
        job
    }

    /// What becomes of the job interests nobody any more.
    pub(crate) fn forget(&self, draft: Uuid) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&draft);
    }
}

impl Platform {
    /// The check of a draft as it is now: begun when it isn't made yet. To be asked again while it runs.
    ///
    /// # Errors
    /// When the draft doesn't exist, or the actor may not see it.
    pub async fn check_draft(&self, id: Uuid, actor: &Actor) -> Result<Checking> {
        let draft = self.draft(id, actor).await?;
        let subject = subject(&draft)?;
        if let Some(report) = self.records.draft_report(id, &subject).await? {
            return Ok(Checking::Done(Arc::new(report)));
        }
        let job = self.job(draft, &subject);
        let state = job.state.borrow().clone();
        Ok(state)
    }

    /// The same, once it is made.
    ///
    /// # Errors
    /// When the draft doesn't exist, the actor may not see it, or a file can't be read.
    pub async fn checked_draft(&self, id: Uuid, actor: &Actor) -> Result<Arc<DraftCheck>> {
        let draft = self.draft(id, actor).await?;
        let subject = subject(&draft)?;
        if let Some(report) = self.records.draft_report(id, &subject).await? {
            return Ok(Arc::new(report));
        }
        let mut state = self.job(draft, &subject).state;
        let done = state.wait_for(|state| !matches!(state, Checking::Running(_))).await;
        let ended = done.map_err(|_| Error::Record("the check ended early".to_owned()))?.clone();
        match ended {
            Checking::Done(report) => Ok(report),
            Checking::Failed { detail, .. } => Err(Error::invalid("file", detail)),
            Checking::Running(_) => Err(Error::Record("the check ended early".to_owned())),
        }
    }

    fn job(&self, draft: Draft, subject: &str) -> Job {
        let (checks, id) = (Arc::clone(&self.checks), draft.id);
        let begin = || {
            let (tell, state) = watch::channel(Checking::Running(CheckProgress::default()));
            let (platform, subject) = (self.clone(), subject.to_owned());
            tokio::spawn(async move {
                let outcome = platform.run_check(&draft, &subject, &tell).await;
                let ended = match outcome {
                    Ok(report) => Checking::Done(Arc::new(report)),
                    Err(error) => {
                        tracing::info!(draft = %draft.id, %error, "a draft could not be checked");
                        Checking::Failed { code: error.code().into_owned(), detail: error.to_string() }
                    }
                };
                tell.send_replace(ended);
                // The sender stays until somebody has seen how it ended, a minute at most.
                let seen = tell.closed();
                let _either = tokio::time::timeout(std::time::Duration::from_secs(60), seen).await;
            });
            state
        };
        checks.find_or_begin(id, subject, begin)
    }

    async fn run_check(&self, draft: &Draft, subject: &str, tell: &watch::Sender<Checking>) -> Result<DraftCheck> {
        let _turn = self.publishing.acquire().await.map_err(|error| Error::Record(error.to_string()))?;
        let wanted: Vec<_> = draft
            .tables()
            .filter(|(key, ..)| draft.choices.table(*key).is_none_or(|choices| choices.included))
            .map(|(key, source, table)| (key, Source::from(source), table.rows))
            .collect();
        let count = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
        let mut tables = Vec::new();
        for (done, (key, source, rows)) in (0_u32..).zip(wanted) {
            let intake = self.intake(draft, key).await?;
            let progress = CheckProgress { tables_done: done, tables: count, rows: 0, rows_total: rows };
            tell.send_replace(Checking::Running(progress));
            let tell = tell.clone();
            let report = move |rows| {
                tell.send_replace(Checking::Running(CheckProgress { rows, ..progress }));
            };
            let check = self.check_table(&source, key.table, &intake, report).await?;
            tables.push(DraftTableCheck { key, check });
        }
        let report = DraftCheck { tables, made_at: Timestamp::now() };
        self.records.keep_draft_report(draft.id, subject, &report).await?;
        Ok(report)
    }
}

impl Platform {
    /// What a table of a draft is said to be.
    pub(super) async fn intake(&self, draft: &Draft, key: TableKey) -> Result<Intake> {
        let reference = draft.choices.table(key).and_then(|choices| choices.schema.as_deref());
        let schema = match reference {
            Some(reference) => Some(self.table_schema(reference).await?),
            None => None,
        };
        Ok(Intake { title: draft.choices.description.title.clone(), schema, ..Intake::default() })
    }
}

impl From<&DraftSource> for Source {
    fn from(source: &DraftSource) -> Self {
        Self {
            snapshot: source.snapshot.clone(),
            size: source.file_size,
            file_name: source.file_name.clone(),
            origin: source.origin.clone(),
        }
    }
}

/// What a report depends on, in short: the files, the schemas, what the tables are said to be.
fn subject(draft: &Draft) -> Result<String> {
    let tables: Vec<_> = draft.choices.tables.iter().map(|table| (table.key, table.included, &table.schema)).collect();
    let snapshots: Vec<_> = draft.snapshots().collect();
    let title = &draft.choices.description.title;
    let all =
        serde_json::to_vec(&(CHECK, snapshots, tables, title)).map_err(|error| Error::Record(error.to_string()))?;
    Ok(hexadecimal(&Sha256::digest(all)))
}
