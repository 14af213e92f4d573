//! What was understood: which tables, which columns, what was set aside.

use std::collections::HashSet;

use askama::Template;
use axum::response::Response;
use catalog::draft::{Draft, Edit, TableKey};
use tabular::Profile;
use tabular::profile::{ColumnProfile, SetAside, SetAsideReason};

use super::fields::{table_key, table_name};
use super::glimpse::{self, Glimpse};
use super::posted::{Asked, Posted, either};
use super::route::Step;
use super::shell::Shell;
use super::start::frame;
use crate::chart::shorten;
use crate::i18n::{Text, warning};
use crate::pages::frame::Frame;
use crate::pages::value;
use crate::problem::Problem;

/// Tables whose rows are shown; the others are named.
const SHOWN: usize = 6;
/// Lines of each kind of what was set aside.
const LINES: usize = 2;
/// Lines of each kind that a profile names; there may be more.
const KEPT: usize = 100;
/// Warnings shown.
const WARNINGS: usize = 20;
/// Columns named in the choice of tables.
const NAMED: usize = 8;

#[derive(Template)]
#[template(path = "assistant/file.html")]
struct FilePage {
    t: Text,
    frame: Frame,
    shell: Shell,
    lead: String,
    choices: Vec<TableChoice>,
    parts: Vec<Part>,
}

/// A table to be chosen or left aside.
struct TableChoice {
    value: String,
    chosen: bool,
    name: String,
    size: String,
    columns: String,
}

/// What was understood of a table.
struct Part {
    title: String,
    glimpse: Glimpse,
    aside: Vec<Aside>,
    warnings: Vec<String>,
    columns: Vec<Column>,
}

/// Lines set aside for one reason.
struct Aside {
    what: String,
    lines: Vec<String>,
}

struct Column {
    label: String,
    kind: String,
    sample: String,
    odd: String,
}

/// The page.
pub async fn show(asked: Asked) -> Response {
    either(
        async {
            let opened = asked.open().await?;
            let page = page(&asked, &opened).await;
            Ok(asked.reader.own(page))
        }
        .await,
    )
}

async fn page(asked: &Asked, opened: &super::open::Opened) -> Result<FilePage, Problem> {
    let t = asked.reader.t;
    let draft = &opened.draft;
    let mut parts = Vec::new();
    let mut choices = Vec::new();
    let several = draft.tables().nth(1).is_some();
    for (key, source, _) in draft.tables() {
        let profile = asked.state.platform.store.profile(&source.snapshot, key.table).await?;
        let included = draft.choices.table(key).is_none_or(|choices| choices.included);
        let name = opened.table_title(key);
        if several {
            choices.push(choice(key, included, name.clone(), &profile, &t));
        }
        if included && parts.len() < SHOWN {
            let title = if several { name } else { t.get("file-look") };
            let glimpse = glimpse::of(&asked.state, &source.snapshot, key.table, title.clone(), &t).await?;
            parts.push(part(title, glimpse, &profile, &t));
        }
    }
    Ok(FilePage {
        t,
        frame: frame(&asked.reader, &t.get("file-title")),
        shell: Shell::of(&asked.reader, &asked.person, opened, Step::File),
        lead: lead(draft, &t),
        choices,
        parts,
    })
}

fn lead(draft: &Draft, t: &Text) -> String {
    let mut tables = draft.tables();
    match (tables.next(), tables.next()) {
        (None, _) => t.get("file-lead-document"),
        (Some((_, _, only)), None) => t.with2(
            "file-lead-one",
            "rows",
            &t.count("rows-count", &only.rows),
            "columns",
            &t.count("columns-count", &u64::from(only.columns)),
        ),
        _ => t.count("file-lead-many", &(draft.tables().count() as u64)),
    }
}

fn choice(key: TableKey, chosen: bool, name: String, profile: &Profile, t: &Text) -> TableChoice {
    let named: Vec<String> = profile.columns.iter().take(NAMED).map(glimpse::label).collect();
    let more = if profile.columns.len() > NAMED { "…" } else { "" };
    TableChoice {
        value: table_name(key),
        chosen,
        name,
        size: t.with2(
            "table-size",
            "rows",
            &t.count("rows-count", &profile.rows),
            "columns",
            &t.count("columns-count", &(profile.columns.len() as u64)),
        ),
        columns: format!("{}{more}", named.join(", ")),
    }
}

fn part(title: String, glimpse: Glimpse, profile: &Profile, t: &Text) -> Part {
    Part {
        title,
        glimpse,
        aside: aside(&profile.set_aside, t),
        warnings: profile.warnings.iter().take(WARNINGS).map(|met| warning(*t, met)).collect(),
        columns: profile.columns.iter().map(|column| described(column, t)).collect(),
    }
}

fn aside(lines: &[SetAside], t: &Text) -> Vec<Aside> {
    let mut kinds: Vec<SetAsideReason> = Vec::new();
    for line in lines {
        if !kinds.contains(&line.reason) {
            kinds.push(line.reason);
        }
    }
    let of = |kind: SetAsideReason| {
        let own: Vec<&SetAside> = lines.iter().filter(|line| line.reason == kind).collect();
        let told = own.iter().filter(|line| !line.text.trim().is_empty()).take(LINES);
        let what = t.count(reason_key(kind), &(own.len() as u64));
        Aside {
            what: if own.len() < KEPT { what } else { t.with("file-aside-least", "what", &what) },
            lines: told
                .map(|line| {
                    let text = shorten(line.text.trim().trim_matches(['|', ' ']), 160);
                    t.with2("file-aside-line", "line", &line.line.to_string(), "text", &text)
                })
                .collect(),
        }
    };
    kinds.into_iter().map(of).collect()
}

fn reason_key(reason: SetAsideReason) -> &'static str {
    match reason {
        SetAsideReason::Title => "file-aside-title",
        SetAsideReason::Blank => "file-aside-blank",
        SetAsideReason::Total => "file-aside-total",
        SetAsideReason::Header => "file-aside-header",
    }
}

fn described(column: &ColumnProfile, t: &Text) -> Column {
    let sample = column.top.iter().map(|top| value::text_of(&top.value, Some(column), t)).find(|text| !text.is_empty());
    let odd = column.exceptions;
    Column {
        label: glimpse::label(column),
        kind: glimpse::kind(column, t),
        sample: sample.map_or_else(|| t.get("file-column-empty"), |text| shorten(&text, 60)),
        odd: if odd == 0 { String::new() } else { t.count("file-column-odd-count", &odd) },
    }
}

/// Keeps which tables are to be published, and goes on.
pub async fn decide(posted: Posted) -> Response {
    either(
        async {
            let asked = &posted.asked;
            let before = asked.open().await?;
            let chosen: HashSet<TableKey> = posted.fields.all("table").filter_map(table_key).collect();
            let several = before.draft.tables().nth(1).is_some();
            if several && chosen.is_empty() {
                let mut page = page(asked, &before).await.map_err(|problem| asked.reader.fail(&problem))?;
                page.shell.faults.push(asked.reader.t.get("file-tables-none"));
                return Ok(asked.reader.own(Ok(page)));
            }
            let edits = before
                .draft
                .choices
                .tables
                .iter()
                .filter(|table| several && table.included != chosen.contains(&table.key));
            let edits = edits.map(|table| Edit::Include { table: table.key, included: chosen.contains(&table.key) });
            posted.change(edits.collect()).await?;
            // The check is of the chosen tables: it may take a moment.
            Ok(asked.reader.redirect(&format!("/publish/{}?after=file", asked.id)))
        }
        .await,
    )
}
