//! Addresses placed on a map: what is surely found, what is doubtful, and corrections by hand, an address a fieldset.

mod around;
mod doubt;
mod form;
mod page;
mod settings;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use catalog::draft::{CheckProgress, Edit, Surveying, TableChoices, TableKey};
use catalog::geocode::{COLUMNS, Geocoding, GeocodingChoice, Sureness, Survey};

pub use around::around;

use super::fields::{table_key, table_name};
use super::open::Opened;
use super::posted::{Asked, Posted, either};
use super::route::{self, Step};
use super::{wait, work};
use crate::i18n::Text;

/// A table whose addresses may be placed.
pub struct Offer {
    pub key: TableKey,
    /// As was chosen, else as is proposed.
    pub geocoding: Geocoding,
    /// What was said of it.
    pub said: Option<GeocodingChoice>,
}

/// The tables whose addresses may be placed, or were declined.
pub fn offers(opened: &Opened) -> Vec<Offer> {
    let offer = |key: TableKey| {
        let geocoding = opened.draft.geocoding(key, &opened.check, Some(&opened.organization))?;
        let said = opened.draft.choices.table(key).and_then(|choices| choices.geocoding.clone());
        Some(Offer { key, geocoding, said })
    };
    opened.tables().filter_map(|(choices, _)| offer(choices.key)).collect()
}

impl Offer {
    fn is_accepted(&self) -> bool {
        matches!(self.said, Some(GeocodingChoice::Accepted(_)))
    }
}

/// The page; `?table` says which of several, `?page` which doubtful addresses.
pub async fn show(asked: Asked) -> Response {
    either(shown(&asked, None).await)
}

async fn shown(asked: &Asked, wrong: Option<&form::Wrong>) -> Result<Response, Response> {
    let opened = asked.open().await?;
    let offers = offers(&opened);
    let query = page::Place::of(asked.reader.uri.query());
    let named = query.table.or(wrong.map(|wrong| wrong.table));
    let offer = named.and_then(|key| offers.iter().find(|offer| offer.key == key));
    let undecided = || offers.iter().find(|offer| offer.said.is_none());
    let Some(offer) = offer.or_else(undecided).or(offers.first()) else {
        return Ok(asked.reader.own(Ok(page::nothing(asked, &opened))));
    };
    let survey = surveyed(asked, offer).await?;
    let number = wrong.map_or(query.page, |wrong| wrong.page);
    let page = page::of(asked, &opened, &offers, offer, survey.as_deref(), number, wrong).await;
    let page = page.map_err(|problem| asked.reader.fail(&problem))?;
    Ok(asked.reader.own(Ok(page)))
}

/// What would come of it; `None` when nothing can be looked for. The page that waits for it meanwhile.
async fn surveyed(asked: &Asked, offer: &Offer) -> Result<Option<Arc<Survey>>, Response> {
    let (platform, actor) = (&asked.state.platform, &asked.person.actor);
    let fail = |error| asked.reader.fail(&error);
    let quick = platform.surveyed_draft(asked.id, offer.key, &offer.geocoding, actor);
    let state = match tokio::time::timeout(work::PATIENCE, quick).await {
        Ok(state) => state,
        Err(_) => platform.survey_draft(asked.id, offer.key, &offer.geocoding, actor).await,
    };
    match state.map_err(|error| fail(error.into()))? {
        Surveying::Done(survey) => Ok(Some(survey)),
        Surveying::Nothing => Ok(None),
        Surveying::Running(progress) => {
            let draft = platform.draft(asked.id, actor).await.map_err(|error| fail(error.into()))?;
            Err(wait::locating(asked, &draft, progress))
        }
        Surveying::Failed { code, detail } => {
            let draft = platform.draft(asked.id, actor).await.map_err(|error| fail(error.into()))?;
            Err(wait::failed(asked, &draft, &code, &detail))
        }
    }
}

/// How far the survey of a draft is, for the page that waits for it.
pub fn running(asked: &Asked) -> Option<CheckProgress> {
    asked.state.platform.running_survey(asked.id)
}

/// Keeps what was decided, and goes on.
pub async fn decide(posted: Posted) -> Response {
    either(decided(&posted).await)
}

async fn decided(posted: &Posted) -> Result<Response, Response> {
    let opened = posted.asked.open().await?;
    let offers = offers(&opened);
    let key = table_key(posted.fields.get("table"));
    let Some(offer) = offers.iter().find(|offer| Some(offer.key) == key) else {
        return Ok(posted.go(route::after(Step::Locate, &opened)));
    };
    let accept =
        |geocoding| vec![Edit::Geocode { table: offer.key, geocoding: Some(GeocodingChoice::Accepted(geocoding)) }];
    let choices = opened.draft.choices.table(offer.key);
    match posted.fields.get("act") {
        "decline" => {
            let geocoding = Some(GeocodingChoice::Declined);
            posted.change(vec![Edit::Geocode { table: offer.key, geocoding }]).await?;
            go_on(posted).await
        }
        "accept" => accepted(posted, offer, choices, accept(offer.geocoding.clone())).await,
        "settings" => match settings::read(posted, &offer.geocoding) {
            Ok(geocoding) => accepted(posted, offer, choices, accept(geocoding)).await,
            Err(fault) => refused(posted, form::Wrong::of(offer.key, fault)).await,
        },
        "likely" => {
            let threshold = offer.geocoding.threshold.min(Sureness::LIKELY);
            accepted(posted, offer, choices, accept(Geocoding { threshold, ..offer.geocoding.clone() })).await
        }
        act => corrected(posted, offer, choices, act).await,
    }
}

/// Accepts, once somebody answers for what names persons.
async fn accepted(
    posted: &Posted,
    offer: &Offer,
    choices: Option<&TableChoices>,
    mut edits: Vec<Edit>,
) -> Result<Response, Response> {
    let geocoding = edits.iter().find_map(|edit| match edit {
        Edit::Geocode { geocoding: Some(GeocodingChoice::Accepted(geocoding)), .. } => Some(geocoding.clone()),
        _ => None,
    });
    let asked = Offer { key: offer.key, geocoding: geocoding.unwrap_or(offer.geocoding.clone()), said: None };
    if let (Some(survey), Some(choices)) = (surveyed(&posted.asked, &asked).await?, choices) {
        match form::justifications(posted, choices, &survey) {
            Ok(justified) => edits.extend(justified),
            Err(fault) => {
                let wrong = form::Wrong { fields: Some(posted.fields.clone()), ..form::Wrong::of(offer.key, fault) };
                return refused(posted, wrong).await;
            }
        }
    }
    posted.change(edits).await?;
    go_on(posted).await
}

/// Keeps what was said of the addresses of a page.
async fn corrected(
    posted: &Posted,
    offer: &Offer,
    choices: Option<&TableChoices>,
    act: &str,
) -> Result<Response, Response> {
    let Some(survey) = surveyed(&posted.asked, offer).await? else { return go_on(posted).await };
    let page: usize = posted.fields.get("page").parse().unwrap_or(1);
    let said = form::corrections(&posted.fields, &survey).and_then(|corrections| {
        let mut edits =
            choices.map(|choices| form::justifications(posted, choices, &survey)).transpose()?.unwrap_or_default();
        if !corrections.is_empty() {
            edits.push(Edit::Correct { table: offer.key, corrections });
        }
        Ok(edits)
    });
    match said {
        Ok(edits) => {
            if !edits.is_empty() {
                posted.change(edits).await?;
            }
            match act {
                "next" => Ok(posted.asked.reader.redirect(&page::href(posted.asked.id, offer.key, page + 1))),
                "stay" => Ok(posted.asked.reader.redirect(&page::href(posted.asked.id, offer.key, page))),
                _ => finish(posted).await,
            }
        }
        Err(fault) => {
            let wrong = form::Wrong { table: offer.key, page, fault, fields: Some(posted.fields.clone()) };
            refused(posted, wrong).await
        }
    }
}

/// The page again, with what the form said, and what is wrong with it.
async fn refused(posted: &Posted, wrong: form::Wrong) -> Result<Response, Response> {
    let mut response = shown(&posted.asked, Some(&wrong)).await?;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// After a decision: the doubtful addresses when there are some, else the next table, else the next step.
async fn go_on(posted: &Posted) -> Result<Response, Response> {
    let opened = posted.asked.open().await?;
    let key = table_key(posted.fields.get("table"));
    if let Some(offer) = offers(&opened).iter().find(|offer| Some(offer.key) == key && offer.is_accepted()) {
        let left = surveyed(&posted.asked, offer).await?.map(|survey| survey.handled(&offer.geocoding.corrections));
        if left.is_some_and(|left| left.doubtful + left.missing > 0) {
            return Ok(posted.asked.reader.redirect(&page::href(posted.asked.id, offer.key, 1)));
        }
    }
    finish(posted).await
}

/// The next table that nobody decided about, else the next step.
async fn finish(posted: &Posted) -> Result<Response, Response> {
    let opened = posted.asked.open().await?;
    let next = offers(&opened).into_iter().find(|offer| offer.said.is_none());
    Ok(match next {
        Some(offer) => posted.asked.reader.redirect(&page::href(posted.asked.id, offer.key, 1)),
        None => posted.go(route::after(Step::Locate, &opened)),
    })
}

/// What the preview says of it.
pub fn lines(opened: &Opened, t: &Text) -> Vec<String> {
    let line = |offer: Offer| match offer.said {
        None => t.get("preview-locate-open"),
        Some(GeocodingChoice::Declined) => t.get("preview-locate-no"),
        Some(GeocodingChoice::Accepted(geocoding)) => {
            let yes = t.with("preview-locate-yes", "columns", &settings::named(&geocoding));
            match geocoding.corrections.len() as u64 {
                0 => yes,
                count => format!("{yes} {}", t.count("preview-locate-hand", &count)),
            }
        }
    };
    offers(opened).into_iter().map(line).collect()
}

/// The step at which findings are answered for that were made when a table was: of positions, here.
pub fn settled_at(findings: &[catalog::OpenFinding]) -> &'static str {
    let of_position = |open: &catalog::OpenFinding| {
        open.finding.fields.iter().all(|field| COLUMNS.iter().any(|name| field.starts_with(name)))
    };
    if findings.iter().all(of_position) { Step::Locate.name() } else { Step::Personal.name() }
}

/// A table as addresses name it.
fn table_of(key: TableKey) -> String {
    table_name(key)
}
