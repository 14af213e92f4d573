//! The form: one row a record, one cell a field; on a phone each row is a card.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::Response;
use catalog::draft::Draft;
use catalog::model::Organization;
use schemas::Entry;
use tableschema::{Field, FieldKind, Schema};
use uuid::Uuid;

use super::check::{CellFinding, Verdict};
use super::sheet::Sheet;
use super::{FIRST_ROWS, MORE_ROWS, organizations};
use crate::State;
use crate::i18n::Text;
use crate::pages::address::Address;
use crate::pages::frame::{Frame, Link};
use crate::pages::reader::Reader;
use crate::pages::schemas::{find, table_of, words};
use crate::problem::Problem;

/// What the form is filled with, and what is said about it.
pub struct Filled {
    pub sheet: Sheet,
    pub title: String,
    pub organization: Option<String>,
    /// The draft that it continues, and the revision looked at.
    pub draft: Option<(Uuid, i64)>,
    pub all_columns: bool,
    pub verdict: Option<Verdict>,
    /// Why it wasn't saved.
    pub fault: Option<String>,
}

#[derive(Template)]
#[template(path = "enter/page.html")]
struct EnterPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    action: String,
    name: String,
    title: String,
    dataset_title: String,
    organizations: Vec<Choice>,
    draft: Option<(Uuid, i64)>,
    all_columns: bool,
    hidden_columns: Option<String>,
    more: String,
    row_count: usize,
    columns: Vec<Column>,
    rows: Vec<Row>,
    verdict: Option<VerdictWords>,
    fault: Option<String>,
}

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

struct Column {
    name: String,
    number: usize,
    required: bool,
    asks: Vec<String>,
}

struct Row {
    number: usize,
    label: String,
    cells: Vec<Cell>,
}

struct Cell {
    id: String,
    column: String,
    value: String,
    /// `select`, or the `inputmode` of a text.
    control: Control,
    choices: Vec<Choice>,
    placeholder: String,
    error: Option<String>,
    required: bool,
}

#[derive(PartialEq)]
enum Control {
    Select,
    Number,
    Text,
    Commune,
}

struct VerdictWords {
    good: bool,
    sentence: String,
    links: Vec<Link>,
}

/// The empty form, or that of a draft (`?draft=`).
pub async fn show(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((owner, name)): Path<(String, String)>,
) -> Response {
    reader.own(page(&reader, &state, &owner, &name).await)
}

async fn page(reader: &Reader, state: &State, owner: &str, name: &str) -> Result<impl Template + use<>, Problem> {
    let (entry, found) = find(state, owner, name)?;
    let schema = table_of(&found).ok_or_else(|| Problem::not_found("schema of a table", name))?;
    let address = Address::of(&reader.uri);
    let draft = address.get("draft").and_then(|id| Uuid::parse_str(id).ok());
    let filled = match draft {
        Some(id) => of_draft(state, reader, schema, id).await?,
        None => Filled {
            sheet: Sheet::empty(schema.fields.len(), FIRST_ROWS),
            title: entry.title.clone(),
            organization: None,
            draft: None,
            all_columns: false,
            verdict: None,
            fault: None,
        },
    };
    let own = organizations(state, &reader.visitor).await?;
    Ok(form(reader, &entry, schema, &own, filled))
}

async fn of_draft(state: &State, reader: &Reader, schema: &Schema, id: Uuid) -> Result<Filled, Problem> {
    let draft: Draft = state.platform.draft(id, reader.visitor.actor()?).await?;
    let names: Vec<String> = schema.fields.iter().map(|field| field.name.clone()).collect();
    let mut sheet = super::save::sheet_of(state, &draft, &names).await?;
    sheet.reach(sheet.rows().len() + 1);
    Ok(Filled {
        sheet,
        title: draft.choices.description.title.clone().unwrap_or_default(),
        organization: Some(draft.organization.to_string()),
        draft: Some((draft.id, draft.revision)),
        all_columns: false,
        verdict: None,
        fault: None,
    })
}

/// The page of a form.
pub fn form(
    reader: &Reader,
    entry: &Entry,
    schema: &Schema,
    own: &[Organization],
    filled: Filled,
) -> impl Template + use<> {
    let t = reader.t;
    let title = t.with("enter-title", "schema", &entry.title);
    let mut frame = Frame::new(reader, "publish", title.as_str(), t.get("enter-lead"));
    frame.scripts.push("enter.js");
    let is_shown =
        |(n, field): &(usize, &Field)| filled.all_columns || field.constraints.required || filled.sheet.has_column(*n);
    let mut shown: Vec<(usize, &Field)> = schema.fields.iter().enumerate().filter(is_shown).collect();
    if shown.is_empty() {
        shown = schema.fields.iter().enumerate().collect();
    }
    let hidden = schema.fields.len() - shown.len();
    let rows = filled.sheet.rows().iter().enumerate().map(|(number, cells)| Row {
        number,
        label: t.with("enter-row", "n", &(number + 1).to_string()),
        cells: shown.iter().map(|(n, field)| cell(number, *n, field, cells, filled.verdict.as_ref(), &t)).collect(),
    });
    let rows: Vec<Row> = rows.collect();
    EnterPage {
        crumbs: vec![
            Link::new("/publish", t.get("nav-publish")),
            Link::new("/enter", t.get("enter-index-title")),
            Link::new(format!("/schemas/{}", entry.name), entry.title.as_str()),
        ],
        action: format!("/enter/{}", entry.name),
        name: entry.name.clone(),
        dataset_title: filled.title,
        organizations: own.iter().map(|organization| choice_of(organization, filled.organization.as_deref())).collect(),
        draft: filled.draft,
        all_columns: filled.all_columns,
        hidden_columns: (hidden > 0).then(|| t.with("enter-all-columns", "n", &hidden.to_string())),
        more: t.with("enter-more", "n", &MORE_ROWS.to_string()),
        row_count: rows.len(),
        columns: shown.iter().map(|(n, field)| column(*n, field, &t)).collect(),
        rows,
        verdict: filled.verdict.as_ref().map(|verdict| verdict_words(verdict, &t)),
        fault: filled.fault,
        title,
        frame,
        t,
    }
}

fn choice_of(organization: &Organization, chosen: Option<&str>) -> Choice {
    let id = organization.id.to_string();
    let is_chosen = chosen.is_some_and(|chosen| chosen == id || chosen == organization.slug);
    Choice { chosen: is_chosen, value: id, label: organization.name.clone() }
}

fn column(number: usize, field: &Field, t: &Text) -> Column {
    Column { name: field.name.clone(), number, required: field.constraints.required, asks: words::of_field(field, t) }
}

fn cell(row: usize, column: usize, field: &Field, cells: &[String], verdict: Option<&Verdict>, t: &Text) -> Cell {
    let value = cells.get(column).cloned().unwrap_or_default();
    let choices = words::choices(field).unwrap_or_default();
    // A value outside the list is kept and shown as it is: the check says what is wrong with it.
    let listed = value.is_empty() || choices.contains(&value);
    let control = control(field, !choices.is_empty() && listed);
    let errors = verdict.map(|verdict| verdict.findings.as_slice()).unwrap_or_default();
    let here = |finding: &&CellFinding| finding.row == Some(row) && finding.column == Some(column);
    Cell {
        id: format!("c-{row}-{column}"),
        column: field.name.clone(),
        choices: choices
            .into_iter()
            .map(|choice| Choice { chosen: choice == value, label: choice.clone(), value: choice })
            .collect(),
        placeholder: placeholder(field, t),
        error: errors.iter().find(here).map(|finding| finding.message.clone()),
        required: field.constraints.required,
        control,
        value,
    }
}

fn control(field: &Field, listed: bool) -> Control {
    if listed {
        return Control::Select;
    }
    let name = catalog::slug::fold(&field.name);
    match field.kind {
        FieldKind::Number(_) | FieldKind::Integer(_) | FieldKind::Year => Control::Number,
        FieldKind::String(_) if name.contains("commune") || name.contains("insee") => Control::Commune,
        _ => Control::Text,
    }
}

fn placeholder(field: &Field, t: &Text) -> String {
    match field.kind {
        FieldKind::Date(_) if field.example.is_none() => t.get("enter-date-example"),
        _ => field.example.clone().unwrap_or_default(),
    }
}

fn verdict_words(verdict: &Verdict, t: &Text) -> VerdictWords {
    if verdict.count == 0 {
        let sentence = t.count("enter-good", &(verdict.rows as u64));
        return VerdictWords { good: true, sentence, links: Vec::new() };
    }
    let links = verdict.findings.iter().take(50).map(|finding| {
        let (Some(row), Some(column)) = (finding.row, finding.column) else {
            return Link::new("", t.with("enter-general-error", "message", &finding.message));
        };
        let label = t.with_all(
            "enter-error-link",
            &[("row", &(row + 1).to_string()), ("field", &finding.field), ("message", &finding.message)],
        );
        Link::new(format!("#c-{row}-{column}"), label)
    });
    VerdictWords { good: false, sentence: t.count("enter-errors", &verdict.count), links: links.collect() }
}
