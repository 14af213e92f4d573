//! A file that is sent here, kept on the disk while it is answered: a client that sends all before it reads anything
//! must not wait for one that reads before it is sent all.

use std::path::PathBuf;

use axum::{
    body::Body,
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::{StatusCode, header},
};
use catalog::store::Staging;
use futures::StreamExt;
use tokio::io::AsyncWriteExt;

use super::refusal::Refusal;
use crate::State;
use crate::problem::Problem;

/// Bytes of a field that isn't the file.
const LONGEST_FIELD: usize = 64 << 10;
/// Fields of a form.
const MOST_FIELDS: usize = 500;

/// What was sent.
pub(super) struct Sent {
    pub(super) path: PathBuf,
    /// As the client called it.
    pub(super) name: String,
    /// The fields of the form, or the parameters of the URL.
    pub(super) fields: Vec<(String, String)>,
    /// The folder, which goes with this.
    _staging: Staging,
}

impl Sent {
    /// Takes the field `data` of a form, or the body itself.
    pub(super) async fn of(state: &State, request: Request) -> Result<Sent, Refusal> {
        let staging = state.platform.store.stage().map_err(Problem::from)?;
        let path = staging.scratch().join("addresses");
        let query = request.uri().query().unwrap_or_default();
        let fields = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut sent = Sent { path, name: String::new(), fields, _staging: staging };
        let most = state.config.addresses.file_bytes;
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes().to_ascii_lowercase().starts_with(b"multipart/form-data"));
        if is_form {
            let form = Multipart::from_request(request, state).await;
            sent.take_form(form.map_err(|error| Refusal::broken(error.body_text()))?, most).await?;
        } else {
            sent.take_body(request.into_body(), most).await?;
        }
        Ok(sent)
    }

    async fn take_form(&mut self, mut form: Multipart, most: u64) -> Result<(), Refusal> {
        let (mut found, mut read) = (false, 0);
        while let Some(field) = form.next_field().await.map_err(broken)? {
            read += 1;
            if read > MOST_FIELDS {
                return Err(Refusal::broken(format!("A form has {MOST_FIELDS} fields at most.")));
            }
            let name = field.name().unwrap_or_default().to_owned();
            if name == "data" && !found {
                found = true;
                self.name = field.file_name().unwrap_or_default().to_owned();
                let pieces = futures::stream::unfold(field, |mut field| async {
                    field.chunk().await.map_err(broken).transpose().map(|piece| (piece, field))
                });
                write(std::pin::pin!(pieces), &self.path, most).await?;
            } else {
                self.fields.push((name, text(field).await?));
            }
        }
        if found { Ok(()) } else { Err(Refusal::no_file()) }
    }

    async fn take_body(&mut self, body: Body, most: u64) -> Result<(), Refusal> {
        let pieces = body.into_data_stream().map(|piece| piece.map_err(|error| Refusal::broken(error.to_string())));
        match write(std::pin::pin!(pieces), &self.path, most).await? {
            0 => Err(Refusal::no_file()),
            _ => Ok(()),
        }
    }

    /// A field.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        self.fields.iter().rfind(|(field, value)| field == name && !value.is_empty()).map(|(_, value)| value.clone())
    }

    /// A field that may come several times.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|(field, v)| field == name && !v.is_empty()).map(|(_, v)| v.clone()).collect()
    }
}

/// Writes pieces to a file; gives how many bytes came.
async fn write(
    mut pieces: impl futures::Stream<Item = Result<axum::body::Bytes, Refusal>> + Unpin,
    path: &std::path::Path,
    most: u64,
) -> Result<u64, Refusal> {
    let failed = |error: std::io::Error| Refusal::from(Problem::from(error));
    let mut file = tokio::fs::File::create(path).await.map_err(failed)?;
    let mut size = 0;
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        size += piece.len() as u64;
        if size > most {
            return Err(Refusal::too_large(most));
        }
        file.write_all(&piece).await.map_err(failed)?;
    }
    file.flush().await.map_err(failed)?;
    Ok(size)
}

async fn text(mut field: Field<'_>) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        if bytes.len() + piece.len() > LONGEST_FIELD {
            return Err(Refusal::broken(format!("A field has {LONGEST_FIELD} bytes at most.")));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn broken(error: MultipartError) -> Refusal {
    let status = if error.status().is_client_error() { error.status() } else { StatusCode::BAD_REQUEST };
    Refusal::new(status, "Unreadable request", error.body_text())
}
