//! Forms with files, read piece by piece within bounds.

use std::path::Path;

use axum::{
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{StatusCode, header},
};
use tokio::io::AsyncWriteExt;

use crate::{
    State,
    problem::{Kind, Problem},
};

/// Bytes of a field that isn't the file.
const LONGEST_FIELD: usize = 64 << 10;
/// Fields of a form.
const MOST_FIELDS: usize = 200;

/// The fields of a form, in their order.
pub struct Form {
    form: Multipart,
    read: usize,
}

impl Form {
    /// The form of a request.
    ///
    /// # Errors
    /// When the request has no form.
    pub async fn of(state: &State, request: Request) -> Result<Self, Problem> {
        let media_type = request.headers().get(header::CONTENT_TYPE);
        if !media_type.is_some_and(|value| value.as_bytes().starts_with(b"multipart/form-data")) {
            let detail = "send a form: `multipart/form-data` with `file` or `url`";
            return Err(Problem::new(Kind::UnsupportedMediaType, detail));
        }
        let form = Multipart::from_request(request, state).await;
        let form = form.map_err(|error| Problem::new(Kind::BadRequest, error.body_text()))?;
        Ok(Self { form, read: 0 })
    }

    /// The next field, but for the one that [`crate::csrf`] has looked at.
    ///
    /// # Errors
    /// When the form is broken or has too many fields.
    pub async fn next(&mut self) -> Result<Option<Field<'_>>, Problem> {
        self.read += 1;
        if self.read > MOST_FIELDS {
            return Err(bad(&format!("a form has at most {MOST_FIELDS} fields")));
        }
        self.form.next_field().await.map_err(broken)
    }
}

/// Writes the file of a field.
///
/// # Errors
/// When it is too large, or the form is broken.
pub async fn save(mut field: Field<'_>, to: &Path, most: usize) -> Result<(), Problem> {
    let mut file = tokio::fs::File::create(to).await?;
    let mut size = 0;
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        size += piece.len();
        within(size, most)?;
        file.write_all(&piece).await?;
    }
    file.flush().await?;
    Ok(())
}

/// The text of a field.
///
/// # Errors
/// When it is too long or not UTF-8, or the form is broken.
pub async fn text(mut field: Field<'_>) -> Result<String, Problem> {
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

fn broken(error: MultipartError) -> Problem {
    let kind = if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Kind::TooLarge } else { Kind::BadRequest };
    Problem::new(kind, error.body_text())
}

/// A request that can't be understood.
pub fn bad(detail: &str) -> Problem {
    Problem::new(Kind::BadRequest, detail)
}

/// A field of a name that nobody knows.
pub fn unknown(name: &str) -> Problem {
    bad(&format!("the form has a field `{}` that nobody knows", name.chars().take(100).collect::<String>()))
}
