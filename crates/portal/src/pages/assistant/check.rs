//! What is wrong, by problem and column; what can be repaired, as it was and as it would be.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use catalog::check::TableCheck;
use catalog::draft::{Edit, TableChoices};
use tableschema::repair::Proposal;
use tableschema::{Code, Finding, Report};

use super::fields::{short_name, table_name};
use super::open::Opened;
use super::posted::{Asked, Posted, either};
use super::route::{self, Step};
use super::schema::{self, Choice};
use super::shell::Shell;
use super::start::frame;
use crate::chart::shorten;
use crate::i18n::Text;
use crate::pages::frame::Frame;

/// Examples of a repair.
const EXAMPLES: usize = 4;
/// Rows named of a group of errors.
const ROWS: usize = 12;
/// Groups of errors of a table.
const GROUPS: usize = 60;
/// Repairs of a table.
const REPAIRS: usize = 200;
/// Characters of a cell.
const LONGEST: usize = 120;

#[derive(Template)]
#[template(path = "assistant/check.html")]
struct CheckPage {
    t: Text,
    frame: Frame,
    shell: Shell,
    title: String,
    lead: String,
    parts: Vec<Part>,
    has_repairs: bool,
    has_errors: bool,
}

/// What was found in a table.
struct Part {
    /// The table, as the form names it.
    name: String,
    /// Its name among several.
    title: Option<String>,
    schema: Choice,
    repairs: Vec<Repair>,
    errors: Vec<Group>,
}

struct Repair {
    id: String,
    title: String,
    certain: bool,
    sureness: String,
    chosen: bool,
    examples: Vec<Change>,
}

struct Change {
    row: String,
    before: String,
    after: String,
}

/// Errors of one kind in one column.
struct Group {
    /// Whether a repair of the same column is offered.
    repaired: bool,
    place: String,
    count: String,
    message: String,
    example: Option<String>,
    rows: Option<String>,
}

/// The page.
pub async fn show(asked: Asked) -> Response {
    either(
        async {
            let opened = asked.open().await?;
            Ok(asked.reader.own(Ok(page(&asked, &opened))))
        }
        .await,
    )
}

fn page(asked: &Asked, opened: &Opened) -> CheckPage {
    let t = asked.reader.t;
    let several = opened.has_several();
    let parts: Vec<Part> = opened
        .tables()
        .map(|(choices, check)| Part {
            name: table_name(choices.key),
            title: several.then(|| opened.table_title(choices.key)),
            schema: schema::choice(&asked.state.platform.schemas, choices, check, &t),
            repairs: repairs(choices, check, &t),
            errors: errors(check, &t),
        })
        .collect();
    let (repairs, errors) = counts(opened);
    let (title, lead) = match (repairs, errors) {
        (0, 0) => (t.get("check-title-clean"), t.get("check-lead-clean")),
        (0, errors) => (t.count("check-title-errors", &errors), t.get("check-lead-errors")),
        (repairs, _) => (t.count("check-title-repairs", &repairs), t.get("check-lead-repairs")),
    };
    CheckPage {
        frame: frame(&asked.reader, &title),
        shell: Shell::of(&asked.reader, &asked.person, opened, Step::Check),
        has_repairs: repairs > 0,
        has_errors: parts.iter().any(|part| !part.errors.is_empty()),
        title,
        lead,
        parts,
        t,
    }
}

/// Repairs proposed and errors found in all tables.
pub fn counts(opened: &Opened) -> (u64, u64) {
    opened.tables().fold((0, 0), |(repairs, errors), (_, check)| {
        let found = check.validation.as_ref().map_or(0, |report| report.error_count);
        (repairs + check.repairs.iter().filter(|proposal| proposal.applicable).count() as u64, errors + found)
    })
}

fn repairs(choices: &TableChoices, check: &TableCheck, t: &Text) -> Vec<Repair> {
    // Nothing was chosen yet: what is certain is proposed.
    let chosen = |proposal: &Proposal| {
        if choices.repairs.is_empty() { proposal.certain } else { choices.repairs.contains(&proposal.id) }
    };
    let mut shown: Vec<&Proposal> = check.repairs.iter().filter(|proposal| proposal.applicable).take(REPAIRS).collect();
    shown.sort_by_key(|proposal| !proposal.certain);
    let shown = shown.into_iter();
    shown.map(|proposal| repair(proposal, chosen(proposal), t)).collect()
}

fn repair(proposal: &Proposal, chosen: bool, t: &Text) -> Repair {
    let shown = |text: &str| {
        if text.is_empty() { t.get("check-repair-empty") } else { visible(&shorten(text, LONGEST)) }
    };
    let examples = proposal.examples.iter().take(EXAMPLES);
    Repair {
        id: short_name(&proposal.id),
        title: proposal.description(t.tag()),
        certain: proposal.certain,
        sureness: t.get(if proposal.certain { "check-repair-certain" } else { "check-repair-guess" }),
        chosen,
        examples: examples
            .map(|change| Change {
                row: t.integer(&change.row),
                before: shown(&change.before),
                after: shown(&change.after),
            })
            .collect(),
    }
}

/// Spaces at the ends of a cell are what is wrong with it: they are drawn.
fn visible(cell: &str) -> String {
    let inner = cell.trim();
    if inner.len() == cell.len() || inner.is_empty() {
        return cell.to_owned();
    }
    let drawn = |spaces: &str| "·".repeat(spaces.chars().count());
    let start = cell.len() - cell.trim_start().len();
    let end = start + inner.len();
    format!("{}{inner}{}", drawn(&cell[..start]), drawn(&cell[end..]))
}

/// What a clerk alone can mend: what no repair can bring back, then the errors.
fn errors(check: &TableCheck, t: &Text) -> Vec<Group> {
    let lost = check.repairs.iter().filter(|proposal| !proposal.applicable).map(|proposal| lost(proposal, t));
    lost.chain(check.validation.iter().flat_map(|report| groups(report, &check.repairs, t))).collect()
}

/// Values of which a part was thrown away before they came here: figures that Excel rounded.
fn lost(proposal: &Proposal, t: &Text) -> Group {
    let rows: Vec<String> = proposal.examples.iter().map(|change| t.integer(&change.row)).take(ROWS).collect();
    let more = proposal.count > rows.len() as u64;
    Group {
        repaired: false,
        place: proposal.field.as_ref().map_or_else(
            || t.get("check-error-table"),
            |field| t.with("check-error-where", "column", &shorten(field, LONGEST)),
        ),
        count: t.integer(&proposal.count),
        message: proposal.description(t.tag()),
        example: proposal.examples.first().map(|change| {
            let value = shorten(&change.before, LONGEST);
            t.with2("check-error-example", "row", &t.integer(&change.row), "value", &value)
        }),
        rows: (rows.len() > 1)
            .then(|| t.with(if more { "check-error-rows-more" } else { "check-error-rows" }, "rows", &rows.join(", "))),
    }
}

/// Errors by problem and column, those with the most cells first.
fn groups(report: &Report, repairs: &[Proposal], t: &Text) -> Vec<Group> {
    let mut kept: BTreeMap<(Code, Option<&str>), Vec<&Finding>> = BTreeMap::new();
    for finding in &report.errors {
        kept.entry((finding.code, finding.field.as_deref())).or_default().push(finding);
    }
    let mut counts: Vec<_> = report.counts.iter().collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    let groups = counts.into_iter().take(GROUPS).filter_map(|count| {
        let findings = kept.get(&(count.code, count.field.as_deref()))?;
        let offered = |repair: &Proposal| repair.applicable && repair.field.is_some() && repair.field == count.field;
        Some(Group { repaired: repairs.iter().any(offered), ..group(findings, count.count, t) })
    });
    groups.collect()
}

fn group(findings: &[&Finding], count: u64, t: &Text) -> Group {
    let first = findings.first();
    let field = first.and_then(|finding| finding.field.as_deref());
    let rows: Vec<String> =
        findings.iter().filter_map(|finding| finding.row).take(ROWS).map(|row| t.integer(&row)).collect();
    let more = (findings.len() > ROWS) || count > findings.len() as u64;
    Group {
        repaired: false,
        place: field.map_or_else(
            || t.get("check-error-table"),
            |field| t.with("check-error-where", "column", &shorten(field, LONGEST)),
        ),
        count: t.integer(&count),
        message: first.map(|finding| finding.message(t.tag())).unwrap_or_default(),
        example: first.and_then(|finding| example(finding, t)),
        rows: (rows.len() > 1)
            .then(|| t.with(if more { "check-error-rows-more" } else { "check-error-rows" }, "rows", &rows.join(", "))),
    }
}

fn example(finding: &Finding, t: &Text) -> Option<String> {
    let row = t.integer(&finding.row?);
    Some(match finding.value.as_deref().filter(|value| !value.is_empty()) {
        Some(value) => t.with2("check-error-example", "row", &row, "value", &shorten(value, LONGEST)),
        None => t.with("check-error-example-row", "row", &row),
    })
}

/// Keeps which repairs are accepted, and goes on.
pub async fn decide(posted: Posted) -> Response {
    either(
        async {
            let before = posted.asked.open().await?;
            let edits = before.tables().map(|(choices, check)| {
                let name = format!("repair.{}", table_name(choices.key));
                let asked: Vec<&str> = posted.fields.all(&name).collect();
                let known = check
                    .repairs
                    .iter()
                    .filter(|proposal| proposal.applicable && asked.contains(&short_name(&proposal.id).as_str()));
                Edit::Repairs { table: choices.key, repairs: known.map(|proposal| proposal.id.clone()).collect() }
            });
            let edits = edits.collect();
            posted.change(edits).await?;
            Ok(posted.go(route::after(Step::Check, &before)))
        }
        .await,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_at_the_ends_of_a_cell_are_drawn() {
        assert_eq!(visible(" 1 063 850,00 "), "·1 063 850,00·");
        assert_eq!(visible("été\u{a0}"), "été·");
        assert_eq!(visible("deux mots"), "deux mots");
        assert_eq!(visible("  "), "  ");
    }
}
