//! What the buttons of the form do: more rows, all columns, a check, or a draft to go on with.

use axum::extract::{Path, State as Extract};
use axum::response::Response;
use catalog::draft::{Draft, DraftChange, Edit, Incoming, Upload};
use schemas::Entry;
use tableschema::Schema;
use tabular::read::{RawColumn, SourceFile};
use uuid::Uuid;

use super::page::{Filled, form};
use super::sheet::Sheet;
use super::{MORE_ROWS, MOST_ROWS, check, field, fields, organizations};
use crate::State;
use crate::pages::reader::Reader;
use crate::pages::schemas::{find, table_of};
use crate::problem::{Kind, Problem};

/// Takes the form.
pub async fn act(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((owner, name)): Path<(String, String)>,
    body: String,
) -> Response {
    match answer(&reader, &state, &owner, &name, &body).await {
        Ok(response) => response,
        Err(problem) => reader.fail(&problem),
    }
}

async fn answer(reader: &Reader, state: &State, owner: &str, name: &str, body: &str) -> Result<Response, Problem> {
    let (entry, found) = find(state, owner, name)?;
    let schema = table_of(&found).ok_or_else(|| Problem::not_found("schema of a table", name))?;
    let fields = fields(body)?;
    let mut filled = filled(&fields, schema)?;
    match field(&fields, "do") {
        Some("more") => {
            let rows = (filled.sheet.rows().len() + MORE_ROWS).min(MOST_ROWS);
            filled.sheet.reach(rows);
        }
        Some("columns") => filled.all_columns = true,
        Some("save") => match save(reader, state, &entry, schema, &filled).await? {
            Saved::As(draft) => return Ok(reader.redirect(&format!("/publish/{draft}"))),
            Saved::Not(key) => filled.fault = Some(reader.t.get(key)),
        },
        _ => filled.verdict = Some(check::verdict(schema, &filled.sheet, &reader.t)?),
    }
    let own = organizations(state, &reader.visitor).await?;
    Ok(reader.own(Ok(form(reader, &entry, schema, &own, filled))))
}

fn filled(fields: &[(String, String)], schema: &Schema) -> Result<Filled, Problem> {
    let mut sheet = Sheet::of_form(fields, schema.fields.len(), MOST_ROWS)?;
    sheet.reach(field(fields, "rows").and_then(|rows| rows.parse().ok()).unwrap_or(0).min(MOST_ROWS));
    let draft = field(fields, "draft").and_then(|id| Uuid::parse_str(id).ok());
    let revision = field(fields, "revision").and_then(|revision| revision.parse().ok());
    Ok(Filled {
        sheet,
        title: field(fields, "title").unwrap_or_default().to_owned(),
        organization: field(fields, "organization").map(str::to_owned),
        draft: draft.zip(revision),
        all_columns: field(fields, "all").is_some(),
        verdict: None,
        fault: None,
    })
}

/// What became of the form.
enum Saved {
    As(Uuid),
    /// It wasn't saved, for the reason of this sentence.
    Not(&'static str),
}

async fn save(
    reader: &Reader,
    state: &State,
    entry: &Entry,
    schema: &Schema,
    filled: &Filled,
) -> Result<Saved, Problem> {
    if filled.sheet.filled().next().is_none() {
        return Ok(Saved::Not("enter-empty"));
    }
    let actor = reader.visitor.actor()?;
    let names: Vec<String> = schema.fields.iter().map(|field| field.name.clone()).collect();
    let file_name = format!("{}.csv", catalog::slug::slugify(entry.short_name()));
    let content = filled.sheet.to_csv(&names);
    let draft = match filled.draft {
        Some((id, revision)) => {
            let files = vec![Incoming::Bytes { name: file_name, content }];
            state.platform.replace_draft_files(id, revision, files, actor).await?
        }
        None => {
            let own = organizations(state, &reader.visitor).await?;
            let chosen = filled.organization.as_deref();
            let organization = match (chosen, own.as_slice()) {
                (Some(id), own) => own.iter().find(|organization| organization.id.to_string() == id),
                (None, [only]) => Some(only),
                (None, _) => None,
            };
            let Some(organization) = organization else { return Ok(Saved::Not("enter-no-organization")) };
            let upload = Upload { schema: Some(entry.name.clone()), ..Upload::bytes(file_name, content) };
            state.platform.create_draft(upload, &organization.id.to_string(), actor).await?
        }
    };
    let title = filled.title.trim();
    if !title.is_empty() && draft.choices.description.title.as_deref() != Some(title) {
        let mut description = draft.choices.description.clone();
        description.title = Some(title.to_owned());
        let change = DraftChange { revision: draft.revision, edits: vec![Edit::Describe { description }] };
        state.platform.change_draft(draft.id, change, actor).await?;
    }
    Ok(Saved::As(draft.id))
}

/// The rows of a draft that were typed in, to go on with them.
pub(super) async fn sheet_of(state: &State, draft: &Draft, names: &[String]) -> Result<Sheet, Problem> {
    let source =
        draft.sources.first().ok_or_else(|| Problem::not_found("file of this draft", &draft.id.to_string()))?;
    let file = state.platform.store.source(&source.snapshot).await?;
    let (file_name, names) = (source.file_name.clone(), names.to_vec());
    let bytes = collect(file).await?;
    let read = tokio::task::spawn_blocking(move || read(&bytes, file_name, &names));
    read.await.map_err(std::io::Error::other)?
}

async fn collect(file: catalog::store::Source) -> Result<Vec<u8>, Problem> {
    use futures::TryStreamExt as _;
    // A form's own file is small; another one is better kept in a spreadsheet.
    const LARGEST: u64 = 8 << 20;
    if file.size() > LARGEST {
        return Err(Problem::new(Kind::TooLarge, "this file is too large for a form: change it in a spreadsheet"));
    }
    let mut bytes = Vec::new();
    let size = file.size();
    let mut stream = file.stream(0..size);
    while let Some(piece) = stream.try_next().await? {
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn read(bytes: &[u8], name: String, names: &[String]) -> Result<Sheet, Problem> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("source");
    std::fs::write(&path, bytes)?;
    let failed = |error: tabular::Error| Problem::from(catalog::Error::from(error));
    let tables = tabular::detect::open(&SourceFile { path, name }, &tabular::Limits::default(), folder.path())
        .map_err(failed)?;
    let Some(table) = tables.first() else { return Ok(Sheet::empty(names.len(), 1)) };
    let header: Vec<String> = table.header().into_iter().map(|header| header.label).collect();
    let mut rows = Vec::new();
    for batch in table.batches().map_err(failed)? {
        let batch = batch.map_err(failed)?;
        for row in 0..batch.rows {
            if rows.len() >= MOST_ROWS {
                return Err(Problem::new(Kind::TooLarge, format!("a form takes at most {MOST_ROWS} rows")));
            }
            rows.push(batch.columns.iter().map(|column| text(column, row)).collect());
        }
    }
    Ok(Sheet::of_table(names, &header, rows.into_iter()))
}

fn text(column: &RawColumn, row: usize) -> String {
    match column {
        RawColumn::Text(cells) => cells.iter().nth(row).flatten().unwrap_or_default().to_owned(),
        RawColumn::Geometry(_) => String::new(),
    }
}
