//! Files of addresses: a form with the file and what is asked of it; the answer is sent while it is made.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State as Extract},
    http::{HeaderValue, header},
    response::Response,
};
use geocoder::Index;
use geocoder::batch::{BatchError, Csv, CsvOptions, Direction, Lines, MIN_SCORE};
use serde_json::Value;
use tokio::sync::OwnedSemaphorePermit;

use super::parameters::{Defaults, Parameters};
use super::refusal::Refusal;
use super::spool::Sent;
use super::stream::{Pipe, pipe};
use super::{answer, place};
use crate::State;
use crate::problem::Problem;

/// `POST /adresse/search/csv`.
pub(super) async fn search_csv(Extract(state): Extract<State>, request: Request) -> Result<Response, Refusal> {
    csv(state, request, Direction::Search).await
}

/// `POST /adresse/reverse/csv`.
pub(super) async fn reverse_csv(Extract(state): Extract<State>, request: Request) -> Result<Response, Refusal> {
    csv(state, request, Direction::Reverse).await
}

/// `POST /adresse/search/ndjson`.
pub(super) async fn search_lines(Extract(state): Extract<State>, request: Request) -> Result<Response, Refusal> {
    lines(state, request, Direction::Search).await
}

/// `POST /adresse/reverse/ndjson`.
pub(super) async fn reverse_lines(Extract(state): Extract<State>, request: Request) -> Result<Response, Refusal> {
    lines(state, request, Direction::Reverse).await
}

async fn csv(state: State, request: Request, direction: Direction) -> Result<Response, Refusal> {
    let sent = Sent::of(&state, request).await?;
    let options = options(&sent, &state)?;
    let (index, permit) = (place::index(&state).await?, admitted(&state).await?);
    let path = sent.path.clone();
    let opened = tokio::task::spawn_blocking(move || Csv::open(File::open(path)?, direction, &options));
    let csv = opened.await.map_err(interrupted)??;
    let media_type = format!("text/csv; charset={}", csv.charset());
    let disposition = disposition(&sent.name, "csv");
    let body =
        made(sent, permit, move |pipe| csv.answer(&*index, pipe, &mut |_| ControlFlow::Continue(())).map(|_| ()));
    Ok(respond(body, &media_type, &disposition))
}

async fn lines(state: State, request: Request, direction: Direction) -> Result<Response, Refusal> {
    let sent = Sent::of(&state, request).await?;
    let (index, permit) = (place::index(&state).await?, admitted(&state).await?);
    let (path, most) = (sent.path.clone(), state.config.addresses.row_bytes);
    let disposition = disposition(&sent.name, "ndjson");
    let body = made(sent, permit, move |pipe| {
        let lines = Lines::new(BufReader::with_capacity(1 << 16, File::open(path)?), most);
        let answer = |number: u64, line: Option<&[u8]>, out: &mut Vec<u8>| {
            let answered = match line {
                Some(line) => answer_line(line, direction, &index, &state, out),
                None => Err(Refusal::broken(format!("A line has {most} bytes at most."))),
            };
            if let Err(refusal) = answered {
                let mut document = refusal.to_json();
                document["line"] = number.into();
                // Writing into memory cannot fail.
                drop(serde_json::to_writer(out, &document));
            }
        };
        lines.answer(answer, pipe, &mut |_| ControlFlow::Continue(())).map(|_| ())
    });
    Ok(respond(body, "application/x-ndjson", &disposition))
}

fn answer_line(
    line: &[u8],
    direction: Direction,
    index: &Index,
    state: &State,
    out: &mut Vec<u8>,
) -> Result<(), Refusal> {
    let value: Value = serde_json::from_slice(line).map_err(|error| Refusal::broken(format!("Not JSON: {error}")))?;
    let parameters = Parameters::of_json(&value)?;
    let mut write = |hits: &[geocoder::Hit], about: &answer::About<'_>| match value.get("id") {
        Some(id) => answer::write_with_id(id, hits, about, &state.config.addresses, out),
        None => answer::write(hits, about, &state.config.addresses, out),
    };
    match direction {
        Direction::Search => {
            let asked = parameters.search(Defaults::LINE)?;
            write(&asked.answer(index), &asked.about());
        }
        Direction::Reverse => {
            let asked = parameters.reverse()?;
            write(&asked.answer(index), &asked.about());
        }
    }
    Ok(())
}

/// What the form asks, by the names of addok-csv.
fn options(sent: &Sent, state: &State) -> Result<CsvOptions, Refusal> {
    let min_score = match sent.field("min_score") {
        Some(text) => text.trim().parse().map_err(|_| Refusal::invalid("min_score", "invalid value"))?,
        None => MIN_SCORE,
    };
    let with_bom = sent.field("with_bom").is_some_and(|text| {
        matches!(text.trim().to_ascii_lowercase().as_str(), "1" | "true" | "t" | "yes" | "y" | "on")
    });
    Ok(CsvOptions {
        columns: sent.list("columns"),
        postcode: sent.field("postcode"),
        city_code: sent.field("citycode"),
        kind: sent.field("type"),
        lat: sent.field("lat").or_else(|| sent.field("latitude")),
        lon: ["lon", "lng", "long", "longitude"].into_iter().find_map(|name| sent.field(name)),
        result_columns: sent
            .list("result_columns")
            .iter()
            .flat_map(|names| names.split(','))
            .map(|name| name.trim().to_owned())
            .collect(),
        encoding: sent.field("encoding"),
        delimiter: sent.field("delimiter"),
        quote: sent.field("quote"),
        with_bom,
        min_score,
        row_bytes: state.config.addresses.row_bytes,
    })
}

/// A turn: files are many, cores are few.
async fn admitted(state: &State) -> Result<OwnedSemaphorePermit, Refusal> {
    let turn = Arc::clone(&state.address_files).acquire_owned();
    match tokio::time::timeout(state.config.limits.query_time, turn).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(Refusal::unavailable("Other files are being answered: send this one again in a moment.")),
    }
}

/// A body that a thread of its own makes from what was sent.
fn made(
    sent: Sent,
    permit: OwnedSemaphorePermit,
    make: impl FnOnce(&mut Pipe) -> Result<(), BatchError> + Send + 'static,
) -> Body {
    let (mut pipe, body) = pipe();
    tokio::task::spawn_blocking(move || {
        let outcome = make(&mut pipe);
        drop((sent, permit));
        if let Err(error) = outcome {
            tracing::info!(%error, "a file of addresses was not answered to its end");
            pipe.fail(error);
        }
    });
    body
}

fn respond(body: Body, media_type: &str, disposition: &str) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    for (name, value) in [(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, disposition)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// `attachment` under the name of the file that was sent, in ASCII and, when it says more, in UTF-8 (RFC 6266).
fn disposition(sent: &str, extension: &str) -> String {
    let base = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem: String = base.rsplit_once('.').map_or(base, |(stem, _)| stem).chars().take(150).collect();
    let stem = if stem.is_empty() { "addresses".to_owned() } else { stem };
    let plain: String =
        stem.chars().map(|c| if c.is_ascii_graphic() && !"\"\\%".contains(c) || c == ' ' { c } else { '_' }).collect();
    let mut disposition = format!("attachment; filename=\"{plain}.geocoded.{extension}\"");
    if plain != stem {
        disposition.push_str("; filename*=UTF-8''");
        for byte in stem.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
                disposition.push(char::from(byte));
            } else {
                disposition.push_str(&format!("%{byte:02X}"));
            }
        }
        disposition.push_str(&format!(".geocoded.{extension}"));
    }
    disposition
}

fn interrupted(error: tokio::task::JoinError) -> Refusal {
    Problem::from(std::io::Error::other(error)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_named_after_the_file() {
        assert_eq!(disposition("adresses.csv", "csv"), "attachment; filename=\"adresses.geocoded.csv\"");
        assert_eq!(disposition("", "csv"), "attachment; filename=\"addresses.geocoded.csv\"");
        assert_eq!(
            disposition("../é\"\r\n.csv", "csv"),
            "attachment; filename=\"____.geocoded.csv\"; filename*=UTF-8''%C3%A9%22%0D%0A.geocoded.csv"
        );
    }
}
