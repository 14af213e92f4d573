//! Publishing by token: a form with the file (or the URL) and the fields of a [`Publication`].

use std::path::{Path, PathBuf};

use axum::{
    Json,
    extract::{FromRequest, Multipart, Request, State as Extract, multipart::Field},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use catalog::Publication;
use tokio::io::AsyncWriteExt;

use crate::{
    State,
    problem::{Kind, Problem},
    session::Visitor,
};

/// Bytes of a field that isn't the file.
const LONGEST_FIELD: usize = 64 << 10;
/// Fields of a form.
const MOST_FIELDS: usize = 100;

/// A new dataset, a new resource, or a new version of one.
pub async fn publish(
    Extract(state): Extract<State>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, Problem> {
    let actor = visitor.actor()?;
    let base = state.base_url(request.headers());
    let is_form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"multipart/form-data"));
    if !is_form {
        return Err(Problem::new(
            Kind::UnsupportedMediaType,
            "send a form: `multipart/form-data` with `file` or `url`",
        ));
    }
    let form = Multipart::from_request(request, &state)
        .await
        .map_err(|error| Problem::new(Kind::BadRequest, error.body_text()))?;
    let staging = state.platform.store.stage()?;
    let most = state.config.limits.upload_bytes;
    let publication = read(form, staging.scratch().join("upload"), most).await?;
    let published = state.platform.publish(publication, actor, |_| {}).await?;
    state.directory.forget();
    Ok((StatusCode::CREATED, Json(published.with_base(&base))).into_response())
}

async fn read(mut form: Multipart, upload: PathBuf, most: usize) -> Result<Publication, Problem> {
    let mut publication = Publication::url("");
    let mut sources = 0;
    for _ in 0..MOST_FIELDS {
        let Some(field) = form.next_field().await.map_err(broken)? else {
            return if sources == 1 { Ok(publication) } else { Err(bad("a form holds one `file` or one `url`")) };
        };
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
            _ => {
                let value = text(field).await?;
                set(&mut publication, &name, value)?;
            }
        }
    }
    Err(bad(&format!("a form has at most {MOST_FIELDS} fields")))
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
        unknown => {
            return Err(bad(&format!(
                "the form has a field `{}` that nobody knows",
                unknown.chars().take(100).collect::<String>()
            )));
        }
    }
    Ok(())
}

async fn save(mut field: Field<'_>, upload: &Path, most: usize) -> Result<(), Problem> {
    let mut file = tokio::fs::File::create(upload).await?;
    let mut size = 0;
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        size += piece.len();
        within(size, most)?;
        file.write_all(&piece).await?;
    }
    file.flush().await?;
    Ok(())
}

async fn text(mut field: Field<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        within(bytes.len() + piece.len(), LONGEST_FIELD)?;
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| bad("a field of the form is not UTF-8"))
}

fn within(size: usize, most: usize) -> Result<(), Problem> {
    if size <= most {
        Ok(())
    } else {
        Err(Problem::new(Kind::TooLarge, format!("at most {most} bytes are taken here")))
    }
}

fn broken(error: axum::extract::multipart::MultipartError) -> Problem {
    let kind = if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Kind::TooLarge } else { Kind::BadRequest };
    Problem::new(kind, error.body_text())
}

fn bad(detail: &str) -> Problem {
    Problem::new(Kind::BadRequest, detail)
}
