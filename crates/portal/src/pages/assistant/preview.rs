//! Everything at a glance, the page as it will be, and the decision: to publish, to ask for approval, to keep a draft.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use catalog::draft::{Description, Draft, DraftState, Edit, Preview};
use catalog::model::{Conformity, Dataset, DatasetDetail, Resource, ResourceDetail, Version};
use catalog::quality::Criterion;
use catalog::{Error, frequency, licence};
use jiff::Timestamp;
use uuid::Uuid;

use super::changes::{self, Changes};
use super::glimpse::{self, Glimpse};
use super::open::Opened;
use super::posted::{Asked, Posted, either};
use super::route::{self, Mark, Step, mark};
use super::shell::Shell;
use super::start::{author, frame};
use super::suggest::Saying;
use super::{check, describe, locate, made, received, work};
use crate::State;
use crate::i18n::Text;
use crate::pages::card::dataset_href;
use crate::pages::dataset::{self, Glance};
use crate::pages::frame::Frame;
use crate::pages::markdown;
use crate::pages::quality::{self, Quality};
use crate::problem::Problem;

/// Tables whose first rows are shown.
const SHOWN: usize = 5;
/// Characters of a title.
const LONGEST_TITLE: usize = 300;

#[derive(Template)]
#[template(path = "assistant/preview.html")]
struct PreviewPage {
    t: Text,
    frame: Frame,
    shell: Shell,
    title: String,
    lead: String,
    /// What a publisher said who sent it back: who, and the note.
    returned: Option<(String, String)>,
    summary: Vec<Part>,
    changes: Option<Changes>,
    name: String,
    decision: Decision,
    faults: Option<String>,
    glance: Glance,
    description: String,
    glimpses: Vec<Glimpse>,
    quality: Quality,
    /// Where the next thing to do for quality is done.
    better: String,
}

/// A step in the summary.
struct Part {
    step: &'static str,
    open: bool,
    mark: &'static str,
    title: String,
    lines: Vec<String>,
    href: String,
}

/// What the reader can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    /// Something holds publication.
    Settle,
    /// A publisher, about a draft in their hands.
    Publish,
    /// A publisher, about what somebody asks to be published.
    Approve,
    /// A contributor.
    Submit,
    /// A contributor who asked, or somebody who reads.
    Nothing,
}

impl Decision {
    fn of(opened: &Opened, asked: &Asked) -> Self {
        let submitted = opened.draft.state == DraftState::Submitted;
        let own = opened.draft.author == asked.person.actor.name();
        if !opened.may_change || (submitted && !opened.may_publish) {
            Self::Nothing
        } else if route::open_findings(opened).next().is_some() {
            Self::Settle
        } else if !opened.may_publish {
            Self::Submit
        } else if submitted && !own {
            Self::Approve
        } else {
            Self::Publish
        }
    }
}

/// The page.
pub async fn show(asked: Asked) -> Response {
    either(
        async {
            let opened = asked.open().await?;
            if matches!(opened.draft.state, DraftState::Published { .. }) {
                return Ok(asked.reader.redirect(&format!("/publish/{}", asked.id)));
            }
            let page = page(&asked, &opened).await?;
            Ok(asked.reader.own(Ok(page)))
        }
        .await,
    )
}

async fn page(asked: &Asked, opened: &Opened) -> Result<PreviewPage, Response> {
    let previews = made::of(asked, &opened.draft).await?;
    let fail = |problem: Problem| asked.reader.fail(&problem);
    let saying = describe::saying(asked, opened).await.map_err(fail)?;
    let fail = |problem: Problem| asked.reader.fail(&problem);
    filled(asked, opened, &previews, &saying).await.map_err(fail)
}

async fn filled(asked: &Asked, opened: &Opened, previews: &[Preview], saying: &Saying) -> Result<PreviewPage, Problem> {
    let (t, state) = (asked.reader.t, &asked.state);
    let detail = detail(asked, opened, previews, saying).await?;
    let decision = Decision::of(opened, asked);
    let mut glimpses = Vec::new();
    for made in previews.iter().take(SHOWN) {
        let caption = if previews.len() > 1 { made.title.clone() } else { t.get("preview-page-rows") };
        glimpses.push(glimpse::of(state, &made.snapshot, made.table, caption, &t).await?);
    }
    let score = quality::score(state, &detail, asked.reader.now).await?;
    let title = t.get(if decision == Decision::Settle { "preview-title-open" } else { "preview-title" });
    Ok(PreviewPage {
        frame: frame(&asked.reader, &title),
        shell: Shell::of(&asked.reader, &asked.person, opened, Step::Preview),
        lead: lead(decision, opened, &t),
        returned: match &opened.draft.state {
            DraftState::Returned { note } => Some((t.get("preview-returned"), note.clone())),
            _ => None,
        },
        summary: summary(opened, saying, &t),
        changes: match (opened.draft.choices.resource, previews) {
            (Some(resource), [only]) => changes::of(state, resource, only, &t).await?,
            _ => None,
        },
        name: saying.title.value.clone(),
        decision,
        faults: None,
        glance: dataset::glance(state, &detail, &t).await?,
        description: markdown::to_html(&saying.description.value),
        glimpses,
        quality: Quality::of(&score, &t),
        better: better(score.next, &opened.draft),
        title,
        t,
    })
}

/// The step at which a criterion of quality is mended.
fn better(next: Option<Criterion>, draft: &Draft) -> String {
    let step = match next {
        Some(Criterion::Schema | Criterion::CleanCells | Criterion::OpenFormat) => Step::Check,
        _ => Step::Describe,
    };
    step.href(draft)
}

fn lead(decision: Decision, opened: &Opened, t: &Text) -> String {
    match decision {
        Decision::Settle => t.get("preview-lead-open"),
        Decision::Publish => t.get("preview-lead-publish"),
        Decision::Submit => t.get("preview-lead-submit"),
        Decision::Approve => t.with("preview-lead-review", "person", author(&opened.draft)),
        Decision::Nothing => t.with("preview-lead-waiting", "organization", &opened.organization.name),
    }
}

/// The dataset as it would be.
async fn detail(
    asked: &Asked,
    opened: &Opened,
    previews: &[Preview],
    saying: &Saying,
) -> Result<DatasetDetail, Problem> {
    let now = asked.reader.now;
    let dataset = Dataset {
        id: Uuid::nil(),
        slug: String::new(),
        organization: opened.organization.id,
        title: saying.title.value.clone(),
        description: saying.description.value.clone(),
        licence: saying.licence.value.clone(),
        themes: saying.themes.value.clone(),
        keywords: saying.keywords.value.clone(),
        territory: saying.territory.value.clone(),
        frequency: saying.frequency.value.clone(),
        years: saying.years.value.clone(),
        contact_email: saying.contact_email.value.clone(),
        source: saying.source.value.clone(),
        created_at: now,
        modified_at: now,
    };
    let mut resources = Vec::new();
    for (position, made) in (0..).zip(previews) {
        resources.push(resource(&asked.state, opened, &dataset, made, position, now).await?);
    }
    Ok(DatasetDetail { dataset, organization: opened.organization.clone(), resources })
}

async fn resource(
    state: &State,
    opened: &Opened,
    dataset: &Dataset,
    made: &Preview,
    position: i32,
    now: Timestamp,
) -> Result<ResourceDetail, Problem> {
    let profile = state.platform.store.profile(&made.snapshot, made.table).await?;
    let file_name = opened.table(made.key).map(|(source, _)| source.file_name.clone()).unwrap_or_default();
    let version = Version {
        resource: Uuid::nil(),
        number: 1,
        snapshot: made.snapshot.clone(),
        table: Some(made.table),
        file_name,
        file_size: 0,
        format: "csv".to_owned(),
        media_type: "text/csv".to_owned(),
        rows: i64::try_from(profile.rows).ok(),
        columns: i32::try_from(profile.columns.len()).ok(),
        located: profile.geometry.is_some(),
        origin: None,
        published_at: now,
        schema: conformity(opened, made),
        derived_from: None,
        treatments: Vec::new(),
        justifications: Vec::new(),
    };
    let resource = Resource {
        id: Uuid::nil(),
        dataset: dataset.id,
        title: made.title.clone(),
        position,
        version: 1,
        created_at: now,
        modified_at: now,
    };
    Ok(ResourceDetail { dataset: dataset.clone(), organization: opened.organization.clone(), resource, version })
}

/// How far the table follows its schema, as the last check has it: repairs may have made it better since.
fn conformity(opened: &Opened, made: &Preview) -> Option<Conformity> {
    let name = opened.draft.choices.table(made.key)?.schema.clone()?;
    let report = opened.check.table(made.key)?.validation.as_ref()?;
    Some(Conformity { name, version: None, valid: report.valid, errors: report.error_count })
}

fn summary(opened: &Opened, saying: &Saying, t: &Text) -> Vec<Part> {
    let steps = route::steps(opened).filter(|step| *step != Step::Preview);
    steps.map(|step| part(step, opened, saying, t)).collect()
}

fn part(step: Step, opened: &Opened, saying: &Saying, t: &Text) -> Part {
    let stands = mark(step, opened);
    let title = t.get(&format!("stage-{}", step.name()));
    Part {
        step: step.name(),
        open: stands == Mark::Open,
        mark: if stands == Mark::Open { "!" } else { "✓" },
        lines: match step {
            Step::File => file_lines(opened, t),
            Step::Check => check_lines(opened, t),
            Step::Personal => personal_lines(opened, t),
            Step::Locate => locate::lines(opened, t),
            Step::Describe | Step::Preview => describe_lines(saying, t),
        },
        href: step.href(&opened.draft),
        title,
    }
}

fn file_lines(opened: &Opened, t: &Text) -> Vec<String> {
    let tables = opened.tables().take(SHOWN).filter_map(|(choices, _)| {
        let (source, table) = opened.table(choices.key)?;
        let name = table
            .name
            .as_ref()
            .map_or_else(|| source.file_name.clone(), |sheet| format!("{} – {sheet}", source.file_name));
        Some(t.with_all(
            "preview-file",
            &[
                ("name", &name),
                ("rows", &t.count("rows-count", &table.rows)),
                ("columns", &t.count("columns-count", &u64::from(table.columns))),
            ],
        ))
    });
    tables.collect()
}

fn check_lines(opened: &Opened, t: &Text) -> Vec<String> {
    let accepted: u64 = opened.tables().map(|(choices, _)| choices.repairs.len() as u64).sum();
    let (offered, errors) = check::counts(opened);
    let mut lines: Vec<String> = Vec::new();
    if offered == 0 && errors == 0 {
        lines.push(t.get("preview-check-clean"));
    }
    if accepted > 0 {
        lines.push(t.count("preview-check-repairs", &accepted));
    }
    if offered > accepted {
        lines.push(t.count("preview-check-refused", &(offered - accepted)));
    }
    if errors > 0 {
        lines.push(t.count("preview-check-left", &errors));
    }
    lines.extend(opened.tables().filter_map(|(choices, _)| {
        choices.schema.as_deref().map(|schema| t.with("preview-check-schema", "title", schema))
    }));
    lines.dedup();
    lines
}

fn personal_lines(opened: &Opened, t: &Text) -> Vec<String> {
    let open = route::open_findings(opened).count() as u64;
    let findings = || opened.tables().flat_map(|(choices, check)| check.personal.iter().map(move |one| (choices, one)));
    let all = findings().count() as u64;
    let settled = findings().filter(|(choices, finding)| route::is_settled(finding, choices)).count() as u64;
    let counted = [
        ("preview-personal-open", open),
        ("preview-personal-done", settled),
        ("preview-personal-low", all - settled - open),
    ];
    let lines: Vec<String> =
        counted.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| t.count(key, &count)).collect();
    if lines.is_empty() { vec![t.get("preview-personal-none")] } else { lines }
}

fn describe_lines(saying: &Saying, t: &Text) -> Vec<String> {
    let licence = licence::find(&saying.licence.value);
    let licence = licence.map_or(saying.licence.value.as_str(), |known| known.name.in_language(t.tag()));
    let known = frequency::find(&saying.frequency.value).filter(|known| known.code != frequency::UNKNOWN);
    vec![match known {
        Some(known) => t.with2("preview-describe", "licence", licence, "frequency", known.name.in_language(t.tag())),
        None => t.with("preview-describe-unknown", "licence", licence),
    }]
}

/// Does what was decided.
pub async fn decide(posted: Posted) -> Response {
    either(
        async {
            let opened = posted.asked.open().await?;
            match posted.fields.get("act") {
                "return" => send_back(&posted, &opened).await,
                "withdraw" => withdraw(&posted).await,
                act @ ("publish" | "submit" | "keep") => {
                    let draft = describe(&posted, &opened).await?;
                    match act {
                        "publish" => Ok(publish(&posted, draft).await),
                        "submit" => submit(&posted).await,
                        _ => Ok(posted.asked.reader.redirect("/publish?done=kept")),
                    }
                }
                _ => Ok(posted.go(Step::Preview)),
            }
        }
        .await,
    )
}

/// Keeps all that is said, as it was looked at, with the title that the form holds.
async fn describe(posted: &Posted, opened: &Opened) -> Result<Draft, Response> {
    let asked = &posted.asked;
    let saying = describe::saying(asked, opened).await.map_err(|problem| asked.reader.fail(&problem))?;
    let title: String = posted.fields.get("title").chars().take(LONGEST_TITLE).collect();
    let title = if title.is_empty() { saying.title.value.clone() } else { title };
    let description = Description { title: Some(title), ..saying.description() };
    if opened.draft.choices.description == description && posted.fields.revision() == opened.draft.revision {
        return Ok(opened.draft.clone());
    }
    posted.change(vec![Edit::Describe { description }]).await
}

async fn publish(posted: &Posted, draft: Draft) -> Response {
    let asked = &posted.asked;
    let (state, actor, id) = (asked.state.clone(), asked.person.actor.clone(), draft.id);
    let work = work::begin(work::What::Publishing, asked.person.actor.name(), |tell| async move {
        let report = move |progress| {
            tell.send_replace(work::Stage::Running(Some(progress)));
        };
        match state.platform.publish_draft(id, &actor, report).await {
            Ok(published) => {
                state.directory.forget();
                Ok(format!("{}?published=1", dataset_href(&published.dataset.slug)))
            }
            // The title may have told what the data is about: there is something to settle.
            Err(Error::PersonalData { findings }) => Ok(format!("/publish/{id}/{}", locate::settled_at(&findings))),
            // Published a moment ago by the same form sent twice.
            Err(Error::Conflict { .. }) => Ok(format!("/publish/{id}")),
            Err(error) => Err(error),
        }
    });
    received::answer(&asked.reader, &asked.state, &asked.person, work).await
}

async fn submit(posted: &Posted) -> Result<Response, Response> {
    let asked = &posted.asked;
    match asked.state.platform.submit_draft(asked.id, &asked.person.actor).await {
        Ok(_) => Ok(asked.reader.redirect("/publish?done=submitted")),
        Err(Error::PersonalData { .. }) => Ok(posted.go(Step::Personal)),
        Err(Error::Conflict { .. }) => Ok(posted.go(Step::Preview)),
        Err(error) => Err(posted.refused(error)),
    }
}

async fn send_back(posted: &Posted, opened: &Opened) -> Result<Response, Response> {
    let asked = &posted.asked;
    let note = posted.fields.get("note");
    if note.is_empty() {
        let mut page = page(asked, opened).await?;
        page.faults = Some(page.t.get("preview-return-empty"));
        let mut response = asked.reader.own(Ok(page));
        if response.status() == StatusCode::OK {
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        }
        return Ok(response);
    }
    match asked.state.platform.return_draft(asked.id, note, &asked.person.actor).await {
        Ok(_) => Ok(asked.reader.redirect("/publish?done=returned")),
        Err(Error::Conflict { .. }) => Err(posted.conflict().await),
        Err(error) => Err(posted.refused(error)),
    }
}

/// Takes a draft back that waits for approval: any change does.
async fn withdraw(posted: &Posted) -> Result<Response, Response> {
    let draft = posted.change(Vec::new()).await?;
    let description = draft.choices.description;
    posted.change(vec![Edit::Describe { description }]).await?;
    Ok(posted.go(Step::Preview))
}
