//! One schema: its columns and what each asks.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use schemas::{Entry, Found, Loaded};
use tableschema::Schema;

use super::{entry, find, template as workbook, words};
use crate::State;
use crate::i18n::Text;
use crate::pages::frame::{Frame, Link, shorten};
use crate::pages::markdown;
use crate::pages::reader::Reader;
use crate::problem::{Kind, Problem};

#[derive(Template)]
#[template(path = "schemas/schema.html")]
struct SchemaPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    title: String,
    name: String,
    version: String,
    description: String,
    homepage: Option<String>,
    /// `None` for a schema that describes no table.
    fields: Option<Vec<FieldWords>>,
    notes: Vec<String>,
}

struct FieldWords {
    name: String,
    required: bool,
    kind: String,
    /// HTML.
    description: Option<String>,
    asks: Vec<String>,
}

/// The page.
pub async fn show(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((owner, name)): Path<(String, String)>,
) -> Response {
    reader.answer(&state, async { page(&reader, &state, &owner, &name) }).await
}

fn page(reader: &Reader, state: &State, owner: &str, name: &str) -> Result<SchemaPage, Problem> {
    let t = reader.t;
    let (entry, found) = find(state, owner, name)?;
    let frame = Frame::new(reader, "", entry.title.as_str(), shorten(&entry.description, 200));
    let table = table_of(&found);
    Ok(SchemaPage {
        crumbs: vec![Link::new("/schemas", t.get("schemas-title"))],
        version: t.with("schema-version", "version", found.version.as_deref().unwrap_or(&entry.latest)),
        description: markdown::to_html(&entry.description),
        homepage: entry.documentation.clone().or(entry.homepage.clone()),
        fields: table.map(|schema| schema.fields.iter().map(|field| field_words(field, &t)).collect()),
        notes: table.map(|schema| schema.notes.iter().map(|note| note.message(t.tag())).collect()).unwrap_or_default(),
        title: entry.title,
        name: entry.name,
        frame,
        t,
    })
}

fn field_words(field: &tableschema::Field, t: &Text) -> FieldWords {
    let titled = field.title.iter().filter(|title| **title != field.name).cloned();
    let example = field.example.as_ref().map(|example| t.with("field-example", "example", example));
    FieldWords {
        name: field.name.clone(),
        required: field.constraints.required,
        kind: words::kind(field, t),
        description: field.description.as_deref().map(markdown::to_html),
        asks: titled.chain(words::rules(field, t)).chain(example).collect(),
    }
}

/// The schema of a table, when it describes one.
pub fn table_of(found: &Found) -> Option<&Schema> {
    match &found.schema {
        Loaded::Table(schema) => Some(schema),
        Loaded::Json(_) => None,
    }
}

/// The spreadsheet to fill in.
pub async fn template(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((owner, name)): Path<(String, String)>,
) -> Response {
    match template_of(&reader, &state, &owner, &name) {
        Ok(response) => response,
        Err(problem) => reader.fail(&problem),
    }
}

fn template_of(reader: &Reader, state: &State, owner: &str, name: &str) -> Result<Response, Problem> {
    let (entry, found) = find(state, owner, name)?;
    let schema = table_of(&found).ok_or_else(|| Problem::new(Kind::NotFound, "this schema describes no table"))?;
    let bytes = workbook::workbook(schema, &entry.title, &reader.t)?;
    let disposition = format!("attachment; filename=\"{}\"", file_name(&entry));
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}

fn file_name(entry: &Entry) -> String {
    format!("{}.xlsx", catalog::slug::slugify(entry.short_name()))
}

/// The schema's own file, as its authors published it.
pub async fn descriptor(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((owner, name)): Path<(String, String)>,
) -> Response {
    match descriptor_of(&state, &owner, &name) {
        Ok(response) => response,
        Err(problem) => reader.fail(&problem),
    }
}

fn descriptor_of(state: &State, owner: &str, name: &str) -> Result<Response, Problem> {
    let entry = entry(state, owner, name)?;
    let version = entry.version("latest").ok_or_else(|| Problem::not_found("version of this schema", "latest"))?;
    let bytes =
        state.platform.schemas.descriptor(version).map_err(|error| Problem::new(Kind::Internal, error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}
