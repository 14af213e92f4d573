//! The geocoding of a draft's tables: what is proposed, and what would come of it. A survey takes seconds for a large
//! table, so it runs in the background; it is known in memory only, and made again when somebody asks for it.

use std::sync::{Arc, Mutex, PoisonError};

use geocoder::Index;
use personal_data::{Finding, Guard, Remedy};
use sha2::{Digest as _, Sha256};
use tabular::read::SourceFile;
use tokio::sync::watch;
use uuid::Uuid;

use super::publish::plan;
use super::{CheckProgress, Draft, DraftCheck, TableChoices, TableKey};
use crate::account::Actor;
use crate::check::{self, TableCheck, Treatment};
use crate::error::{Error, Result};
use crate::geocode::{AddressColumns, Geocoding, Plan, Survey};
use crate::model::Organization;
use crate::platform::Platform;
use crate::publish::Source;
use crate::records::hexadecimal;

/// Surveys kept.
const KEPT: usize = 16;

/// A survey that was asked for.
#[derive(Debug, Clone)]
pub enum Surveying {
    /// It runs, or waits for its turn.
    Running(CheckProgress),
    /// It is done.
    Done(Arc<Survey>),
    /// There is nothing to look for: the columns are not there any more.
    Nothing,
    /// It could not be done: the error's stable code and its sentence.
    Failed {
        /// Stable code of the error.
        code: String,
        /// What is wrong.
        detail: String,
    },
}

/// The surveys that run or ended lately, the last asked for last.
#[derive(Debug, Default)]
pub(crate) struct Surveys {
    known: Mutex<Vec<Known>>,
}

#[derive(Debug)]
struct Known {
    draft: Uuid,
    subject: String,
    state: watch::Receiver<Surveying>,
}

impl Surveys {
    /// The survey about this subject; begun when there is none. One that failed is begun again.
    fn find_or_begin(
        &self,
        draft: Uuid,
        subject: String,
        begin: impl FnOnce() -> watch::Receiver<Surveying>,
    ) -> watch::Receiver<Surveying> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let alive = |one: &Known| match &*one.state.borrow() {
            Surveying::Running(_) => one.state.has_changed().is_ok(),
            Surveying::Failed { .. } => false,
            _ => true,
        };
        let found = known.iter().position(|one| one.subject == subject && alive(one));
        let one = match found {
            Some(place) => known.remove(place),
            None => Known { draft, subject, state: begin() },
        };
        let state = one.state.clone();
        known.retain(|other| other.subject != one.subject);
        if known.len() >= KEPT {
            known.remove(0);
        }
        known.push(one);
        state
    }

    /// How far the survey of a draft is that runs.
    fn running(&self, draft: Uuid) -> Option<CheckProgress> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().filter(|one| one.draft == draft).find_map(|one| match *one.state.borrow() {
            Surveying::Running(progress) if one.state.has_changed().is_ok() => Some(progress),
            _ => None,
        })
    }
}

impl Draft {
    /// How the addresses of a table are found: as was chosen, else as is proposed; `None` when it has none, or when what
    /// is done about personal data takes them out.
    pub fn geocoding(
        &self,
        key: TableKey,
        check: &DraftCheck,
        organization: Option<&Organization>,
    ) -> Option<Geocoding> {
        let (choices, check) = (self.choices.table(key)?, check.table(key)?);
        let geocoding = match (choices.geocoding(), &check.locating) {
            (Some(chosen), _) => chosen.clone(),
            (None, Some(found)) => {
                let territory = || self.territory(organization).filter(|key| !key.starts_with("region:"));
                let within = if found.says_commune { None } else { territory() };
                Geocoding::of(AddressColumns { within, ..found.columns.clone() })
            }
            (None, None) => return None,
        };
        (!takes_out(choices, check, &geocoding)).then_some(geocoding)
    }

    /// The grounds on which the addresses of a table may be published, as somebody answers for them.
    pub fn address_findings<'a>(
        &'a self,
        check: &'a TableCheck,
        geocoding: &'a Geocoding,
    ) -> impl Iterator<Item = &'a Finding> {
        check.personal.iter().filter(|finding| is_about(finding, geocoding))
    }

    fn territory(&self, organization: Option<&Organization>) -> Option<String> {
        self.choices.description.territory.clone().or_else(|| organization?.territory.clone())
    }
}

fn is_about(finding: &Finding, geocoding: &Geocoding) -> bool {
    geocoding.columns.all().any(|column| finding.fields.contains(column))
}

/// Whether a remedy changes the addresses, or leaves no rows to place.
fn takes_out(choices: &TableChoices, check: &TableCheck, geocoding: &Geocoding) -> bool {
    let remedied = check.personal.iter().filter_map(|finding| Some((finding, choices.remedies.get(&finding.id)?)));
    remedied
        .into_iter()
        .any(|(finding, remedy)| matches!(remedy, Remedy::Aggregate { .. }) || is_about(finding, geocoding))
}

/// What is to be done to place the rows of a table; nothing without an index, or when addresses are taken out.
pub(super) fn placing(choices: &TableChoices, check: &TableCheck, index: Option<Arc<Index>>) -> Option<Plan> {
    let geocoding = choices.geocoding().filter(|geocoding| !takes_out(choices, check, geocoding))?;
    Some(Plan { geocoding: geocoding.clone(), index: index? })
}

impl Platform {
    /// What would come of geocoding a table of a draft: begun when it isn't known yet. To be asked again while it runs.
    /// Corrections don't matter: see [`Survey::handled`].
    ///
    /// # Errors
    /// When the draft or the table doesn't exist, the actor may not see it, or the draft isn't checked.
    pub async fn survey_draft(
        &self,
        id: Uuid,
        key: TableKey,
        geocoding: &Geocoding,
        actor: &Actor,
    ) -> Result<Surveying> {
        let state = self.begin_survey(id, key, geocoding, actor).await?;
        let state = state.borrow().clone();
        Ok(state)
    }

    /// The same, once it is made.
    ///
    /// # Errors
    /// As [`Platform::survey_draft`].
    pub async fn surveyed_draft(
        &self,
        id: Uuid,
        key: TableKey,
        geocoding: &Geocoding,
        actor: &Actor,
    ) -> Result<Surveying> {
        let mut state = self.begin_survey(id, key, geocoding, actor).await?;
        let done = state.wait_for(|state| !matches!(state, Surveying::Running(_))).await;
        Ok(done.map_err(|_| Error::Record("the survey ended early".to_owned()))?.clone())
    }

    /// How far the survey of a draft is that runs.
    pub fn running_survey(&self, id: Uuid) -> Option<CheckProgress> {
        self.surveys.running(id)
    }

    async fn begin_survey(
        &self,
        id: Uuid,
        key: TableKey,
        geocoding: &Geocoding,
        actor: &Actor,
    ) -> Result<watch::Receiver<Surveying>> {
        let draft = self.draft(id, actor).await?;
        let check = self.checked_draft(id, actor).await?;
        let missing = || Error::not_found("table", format!("{}/{}", key.source, key.table));
        let choices = draft.choices.table(key).cloned().ok_or_else(missing)?;
        let Some(index) = self.geocoder.current() else { return Ok(watch::channel(Surveying::Nothing).1) };
        let geocoding = Geocoding { corrections: Default::default(), ..geocoding.clone() };
        let placing = Plan { geocoding, index };
        let mut treatment = plan(&choices, check.table(key), None).treatment;
        let subject = subject(&draft, &choices, &placing)?;
        treatment.geocoding = Some(placing);
        let begin = || {
            let (tell, state) = watch::channel(Surveying::Running(CheckProgress::default()));
            let platform = self.clone();
            tokio::spawn(async move {
                let ended = match platform.run_survey(&draft, key, treatment, &tell).await {
                    Ok(Some(survey)) => Surveying::Done(Arc::new(survey)),
                    Ok(None) => Surveying::Nothing,
                    Err(error) => Surveying::Failed { code: error.code().into_owned(), detail: error.to_string() },
                };
                tell.send_replace(ended);
            });
            state
        };
        Ok(self.surveys.find_or_begin(id, subject, begin))
    }

    async fn run_survey(
        &self,
        draft: &Draft,
        key: TableKey,
        treatment: Treatment,
        tell: &watch::Sender<Surveying>,
    ) -> Result<Option<Survey>> {
        let missing = || Error::not_found("table", format!("{}/{}", key.source, key.table));
        let (source, rows) = {
            let found = draft.tables().find(|(known, ..)| *known == key);
            let (_, source, table) = found.ok_or_else(missing)?;
            (Source::from(source), table.rows)
        };
        let context = self.intake(draft, key).await?.context(&source.file_name, key.table);
        let _turn = self.publishing.acquire().await.map_err(|error| Error::Record(error.to_string()))?;
        let staging = self.store.stage()?;
        let path = self.local_source(&source.snapshot, &staging).await?;
        let file = SourceFile { path, name: source.file_name.clone() };
        let (limits, options, tell) = (self.limits.clone(), self.guard.clone(), tell.clone());
        tokio::task::spawn_blocking(move || {
            let table = check::open(&file, key.table, &limits, &staging.scratch())?;
            let guard = |header: &[String]| Guard::new(header, context, &options);
            let progress = |done| {
                let progress = CheckProgress { tables_done: 0, tables: 1, rows: done, rows_total: rows };
                tell.send_replace(Surveying::Running(progress));
            };
            check::survey(table.as_ref(), &treatment, guard, &progress)
        })
        .await?
    }
}

/// What a survey depends on, in short.
fn subject(draft: &Draft, choices: &TableChoices, placing: &Plan) -> Result<String> {
    let snapshots: Vec<_> = draft.snapshots().collect();
    let table = (choices.key, &choices.schema, &choices.repairs, &choices.remedies);
    let placing = (&placing.geocoding, placing.index.path());
    let all = serde_json::to_vec(&(draft.id, snapshots, &draft.choices.description.title, table, placing));
    Ok(hexadecimal(&Sha256::digest(all.map_err(|error| Error::Record(error.to_string()))?)))
}
