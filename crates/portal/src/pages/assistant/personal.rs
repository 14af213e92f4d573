//! What names persons: what the law says of it, and what is to be done.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use catalog::draft::{Edit, TableChoices};
use personal_data::{Finding, Level, Publication, Remedy};

use super::fields::{short_name, table_name};
use super::glimpse::{self, Glimpse};
use super::open::Opened;
use super::posted::{Asked, Posted, either};
use super::route::{self, Step};
use super::shell::Shell;
use super::start::frame;
use crate::chart::shorten;
use crate::i18n::Text;
use crate::pages::frame::Frame;
use crate::problem::Problem;

/// Findings of a table.
const FINDINGS: usize = 100;
/// Examples of a finding.
const EXAMPLES: usize = 3;
/// Characters of a reason that says something.
const SHORTEST_REASON: usize = 10;
/// The choice of whoever publishes it as it is, and answers for it.
const JUSTIFY: &str = "justify";
/// The choice of whoever leaves it as it is, which the law allows.
const KEEP: &str = "keep";

#[derive(Template)]
#[template(path = "assistant/personal.html")]
struct PersonalPage {
    t: Text,
    frame: Frame,
    shell: Shell,
    title: String,
    lead: String,
    findings: Vec<Found>,
    blocked: bool,
    results: Vec<Glimpse>,
}

/// A finding and what can be done about it.
struct Found {
    place: usize,
    /// Name of its fields in the form: the table and the finding.
    name: String,
    class: &'static str,
    tag: &'static str,
    level: String,
    message: String,
    table: Option<String>,
    columns: String,
    rows: String,
    ground: String,
    /// Whether the ground is shown at once.
    open: bool,
    examples: Vec<String>,
    question: String,
    choices: Vec<Choice>,
    person: String,
    reason: String,
}

struct Choice {
    value: String,
    label: String,
    text: String,
    chosen: bool,
    proposed: bool,
    justifies: bool,
}

/// The page; `?see` shows the rows as they would be published.
pub async fn show(asked: Asked) -> Response {
    either(
        async {
            let opened = asked.open().await?;
            let mut page = page(&asked, &opened);
            if asked.reader.uri.query().is_some_and(|query| query.contains("see")) {
                page.results = results(&asked, &opened).await.map_err(|problem| asked.reader.fail(&problem))?;
            }
            Ok(asked.reader.own(Ok(page)))
        }
        .await,
    )
}

fn page(asked: &Asked, opened: &Opened) -> PersonalPage {
    let t = asked.reader.t;
    let several = opened.has_several();
    let all = opened
        .tables()
        .flat_map(|(choices, check)| check.personal.iter().take(FINDINGS).map(move |finding| (choices, finding)));
    let findings: Vec<Found> = (0..)
        .zip(all)
        .map(|(place, (choices, finding))| {
            let table = several.then(|| opened.table_title(choices.key));
            found(place, table, choices, finding, &asked.person.name, &t)
        })
        .collect();
    let (title, lead) = if findings.is_empty() {
        (t.get("personal-title-none"), t.get("personal-lead-none"))
    } else {
        (t.count("personal-title", &(findings.len() as u64)), t.get("personal-lead"))
    };
    PersonalPage {
        frame: frame(&asked.reader, &title),
        shell: Shell::of(&asked.reader, &asked.person, opened, Step::Personal),
        title,
        lead,
        findings,
        blocked: route::open_findings(opened).next().is_some(),
        results: Vec::new(),
        t,
    }
}

async fn results(asked: &Asked, opened: &Opened) -> Result<Vec<Glimpse>, Problem> {
    let t = &asked.reader.t;
    let mut results = Vec::new();
    for made in asked.state.platform.preview_draft(asked.id, &asked.person.actor).await? {
        let concerned = opened.check.table(made.key).is_some_and(|check| !check.personal.is_empty());
        if concerned {
            results.push(glimpse::of(&asked.state, &made.snapshot, made.table, made.title, t).await?);
        }
    }
    Ok(results)
}

fn found(
    place: usize,
    table: Option<String>,
    choices: &TableChoices,
    finding: &Finding,
    person: &str,
    t: &Text,
) -> Found {
    let (class, tag, level) = match finding.level {
        Level::High => ("finding-high", "tag-warn", "personal-level-high"),
        Level::Medium => ("finding-medium", "tag-new", "personal-level-medium"),
        Level::Low => ("finding-low", "tag-plain", "personal-level-low"),
    };
    let names = finding.fields.iter().map(|field| shorten(field, 60)).collect::<Vec<_>>().join(", ");
    let key = if finding.fields.len() == 1 { "personal-column" } else { "personal-columns" };
    let justified = choices.justifications.iter().find(|justified| justified.finding == finding.id);
    Found {
        place,
        name: field_name(choices, finding),
        class,
        tag,
        level: t.get(level),
        message: finding.message(t.tag()),
        table,
        columns: t.with(key, "names", &names),
        rows: t.count("personal-rows", &finding.rows),
        ground: finding.ground.text(t.tag()),
        open: finding.level == Level::High,
        examples: finding.examples.iter().take(EXAMPLES).map(|example| shorten(&example.masked, 60)).collect(),
        question: t.with("personal-choice", "names", &names),
        choices: offered(choices, finding, t),
        person: justified.map_or(person, |justified| justified.person.as_str()).to_owned(),
        reason: justified.map(|justified| justified.reason.clone()).unwrap_or_default(),
    }
}

/// Name of a finding's fields in the form.
fn field_name(choices: &TableChoices, finding: &Finding) -> String {
    format!("{}.{}", table_name(choices.key), short_name(&finding.id))
}

/// What can be done: the remedies, the advised one first; to justify; to leave it where the law allows.
fn offered(choices: &TableChoices, finding: &Finding, t: &Text) -> Vec<Choice> {
    let chosen = choices.remedies.get(&finding.id);
    let justified = choices.justifications.iter().any(|justified| justified.finding == finding.id);
    let undecided = chosen.is_none() && !justified;
    let kept = finding.level != Level::High;
    let allowed = finding.level == Level::Low || finding.ground.publication != Publication::Refused;
    // Nothing grave is left as it is without somebody who says so.
    let proposes_keeping = kept && allowed;
    let mut offered: Vec<Choice> = (0..)
        .zip(&finding.remedies)
        .map(|(place, remedy)| {
            let proposed = place == 0 && !proposes_keeping;
            remedy_choice(place, remedy, finding, chosen == Some(remedy) || (undecided && proposed), proposed, t)
        })
        .collect();
    if kept {
        offered.push(Choice {
            value: KEEP.to_owned(),
            label: t.get("personal-keep"),
            text: t.get(if allowed { "personal-keep-text" } else { "personal-keep-text-doubt" }),
            chosen: undecided && proposes_keeping,
            proposed: proposes_keeping,
            justifies: false,
        });
    }
    offered.push(Choice {
        value: JUSTIFY.to_owned(),
        label: t.get("personal-justify"),
        text: t.get("personal-justify-text"),
        chosen: justified,
        proposed: false,
        justifies: true,
    });
    offered
}

fn remedy_choice(place: usize, remedy: &Remedy, finding: &Finding, chosen: bool, proposed: bool, t: &Text) -> Choice {
    let key = match remedy {
        Remedy::Remove if finding.fields.len() > 1 => "personal-remove-many",
        Remedy::Remove => "personal-remove",
        Remedy::Mask => "personal-mask",
        Remedy::Generalise(_) => "personal-generalise",
        Remedy::Aggregate { .. } => "personal-aggregate",
    };
    Choice {
        value: place.to_string(),
        label: t.get(key),
        text: remedy.description(finding.detector, t.tag()),
        chosen,
        proposed,
        justifies: false,
    }
}

/// Keeps what is to be done, and goes on; or shows the rows as they would be published.
pub async fn decide(posted: Posted) -> Response {
    either(
        async {
            let asked = &posted.asked;
            let before = asked.open().await?;
            let mut edits = Vec::new();
            let mut incomplete = Vec::new();
            for (choices, check) in before.tables() {
                for finding in check.personal.iter().take(FINDINGS) {
                    match decided(&posted, choices, finding) {
                        Some(Ok(edit)) => edits.push(edit),
                        Some(Err(names)) => incomplete.push(names),
                        None => {}
                    }
                }
            }
            if !incomplete.is_empty() {
                return Ok(unanswered(&posted, &before, incomplete));
            }
            posted.change(edits).await?;
            let after = asked.open().await?;
            let open: Vec<String> = route::open_findings(&after).map(|finding| finding.fields.join(", ")).collect();
            if !posted.fields.get("see").is_empty() || !open.is_empty() {
                return Ok(asked.reader.redirect(&format!("/publish/{}/personal?see=1#result", asked.id)));
            }
            Ok(posted.go(route::after(Step::Personal, &after)))
        }
        .await,
    )
}

/// What a form says about a finding: an edit; the columns of one whose justification says nothing; nothing at all.
fn decided(posted: &Posted, choices: &TableChoices, finding: &Finding) -> Option<Result<Edit, String>> {
    let name = field_name(choices, finding);
    let table = choices.key;
    let id = finding.id.clone();
    match posted.fields.get(&format!("choice.{name}")) {
        "" => None,
        KEEP => Some(Ok(Edit::Remedy { table, finding: id, remedy: None })),
        JUSTIFY => {
            let person = posted.fields.get(&format!("person.{name}")).to_owned();
            let reason = posted.fields.get(&format!("reason.{name}")).to_owned();
            if person.is_empty() || reason.chars().count() < SHORTEST_REASON {
                return Some(Err(finding.fields.join(", ")));
            }
            Some(Ok(Edit::Justify { table, finding: id, person, reason }))
        }
        place => {
            let remedy = finding.remedies.get(place.parse::<usize>().ok()?)?.clone();
            Some(Ok(Edit::Remedy { table, finding: id, remedy: Some(remedy) }))
        }
    }
}

/// The page again, with what the form said, and what it lacks.
fn unanswered(posted: &Posted, opened: &Opened, names: Vec<String>) -> Response {
    let asked = &posted.asked;
    let mut page = page(asked, opened);
    for found in &mut page.findings {
        let said = posted.fields.get(&format!("choice.{}", found.name));
        for choice in &mut found.choices {
            choice.chosen = choice.value == said;
        }
        found.person = posted.fields.get(&format!("person.{}", found.name)).to_owned();
        found.reason = posted.fields.get(&format!("reason.{}", found.name)).to_owned();
    }
    page.shell.faults.extend(names.iter().map(|names| page.t.with("personal-missing-reason", "names", names)));
    let mut response = asked.reader.own(Ok(page));
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}
