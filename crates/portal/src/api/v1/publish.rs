//! Publishing by token: a form with the file (or the URL) and the fields of a [`Publication`].

use std::path::PathBuf;

use axum::{
    Json,
    extract::{Request, State as Extract},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use catalog::{Publication, publish::Justification};

use super::form::{Form, bad, save, text, unknown};
use crate::{State, problem::Problem, session::Visitor};

/// A new dataset, a new resource, or a new version of one.
pub async fn publish(Extract(state): Extract<State>, visitor: Visitor, request: Request) -> Result<Response, Problem> {
    let actor = visitor.actor()?;
    let base = state.base_url(request.headers());
    let form = Form::of(&state, request).await?;
    let staging = state.platform.store.stage()?;
    let most = state.config.limits.upload_bytes;
    let publication = read(form, staging.scratch().join("upload"), most).await?;
    let published = state.platform.publish(publication, actor, |_| {}).await?;
    state.directory.forget();
    Ok((StatusCode::CREATED, Json(published.with_base(&base))).into_response())
}

async fn read(mut form: Form, upload: PathBuf, most: usize) -> Result<Publication, Problem> {
    let mut publication = Publication::url("");
    let mut sources = 0;
    let mut person = None;
    while let Some(field) = form.next().await? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            // Looked at before the form came here.
            crate::csrf::FIELD => {}
            "file" => {
                sources += 1;
                let file_name = field.file_name().unwrap_or_default().to_owned();
                save(field, &upload, most).await?;
                publication.source = catalog::SourceLocation::File { path: upload.clone(), name: file_name };
            }
            "url" => {
                sources += 1;
                publication.source = catalog::SourceLocation::Url(text(field).await?);
            }
            "by" => person = Some(text(field).await?),
            _ => {
                let value = text(field).await?;
                set(&mut publication, &name, value)?;
            }
        }
    }
    if sources != 1 {
        return Err(bad("a form holds one `file` or one `url`"));
    }
    for justification in &mut publication.justifications {
        let missing = || bad("`justify` needs `by`: the name of the person who answers for it");
        justification.person = person.clone().ok_or_else(missing)?;
    }
    Ok(publication)
}

/// `email:contact=The mayor's public address` → both sides of the first sign.
fn pair<'a>(name: &str, value: &'a str) -> Result<(&'a str, &'a str), Problem> {
    let (finding, rest) = value.split_once('=').ok_or_else(|| bad(&format!("`{name}` is written FINDING=…")))?;
    Ok((finding.trim(), rest.trim()))
}

fn set(publication: &mut Publication, name: &str, value: String) -> Result<(), Problem> {
    // An empty field of a form says nothing.
    if value.trim().is_empty() {
        return Ok(());
    }
    let words = |known: Option<Vec<String>>| {
        let added = value.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty());
        Some(known.unwrap_or_default().into_iter().chain(added).collect::<Vec<_>>())
    };
    match name {
        "organization" => publication.organization = Some(value),
        "dataset" => publication.dataset = Some(value),
        "resource" => {
            publication.resource =
                Some(value.trim().parse().map_err(|_| bad("`resource` is the identifier of a resource"))?)
        }
        "title" => publication.title = Some(value),
        "resource_title" => publication.resource_title = Some(value),
        "description" => publication.description = Some(value),
        "licence" => publication.licence = Some(value),
        "themes" => publication.themes = words(publication.themes.take()),
        "keywords" => publication.keywords = words(publication.keywords.take()),
        "territory" => publication.territory = Some(value),
        "frequency" => publication.frequency = Some(value),
        "years" => {
            let years = value.split(',').map(|year| year.trim().parse::<i16>());
            let years =
                years.collect::<Result<Vec<_>, _>>().map_err(|_| bad("`years` are years separated by commas"))?;
            publication.years.get_or_insert_default().extend(years);
        }
        "contact_email" => publication.contact_email = Some(value),
        "source_note" => publication.source_note = Some(value),
        "schema" => publication.schema = Some(value),
        "accept_repairs" => publication.accept_repairs = is_yes(name, &value)?,
        "justify" => {
            let (finding, reason) = pair(name, &value)?;
            let (finding, reason) = (finding.to_owned(), reason.to_owned());
            publication.justifications.push(Justification { finding, person: String::new(), reason });
        }
        "remedy" => {
            let (finding, remedy) = pair(name, &value)?;
            let remedy = catalog::publish::remedy_named(remedy)?;
            publication.remedies.insert(finding.to_owned(), remedy);
        }
        other => return Err(unknown(other)),
    }
    Ok(())
}

fn is_yes(name: &str, value: &str) -> Result<bool, Problem> {
    match value.trim() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err(bad(&format!("`{name}` is `true` or `false`"))),
    }
}
