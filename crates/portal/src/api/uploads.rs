//! `/uploads`: files that arrive in pieces, by the tus protocol 1.0 (core, creation, creation-with-upload,
//! expiration, termination). A draft takes what has arrived.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Path, Request, State as Extract},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::{delete, post},
};
use base64::Engine as _;
use catalog::upload::{Arriving, UploadLimits};
use uuid::Uuid;

use crate::{
    State,
    caching::http_date,
    problem::{Kind, Problem},
    session::Visitor,
};

const VERSION: &str = "1.0.0";
const EXTENSIONS: &str = "creation,creation-with-upload,expiration,termination";
const PIECE: &str = "application/offset+octet-stream";
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// What proxies that know no `PATCH` let through instead.
const METHOD: &str = "x-http-method-override";

/// The routes.
pub fn router() -> Router<State> {
    let one = delete(cancel).head(look).patch(append).post(overridden);
    Router::new().route("/uploads", post(create)).route("/uploads/{id}", one).layer(DefaultBodyLimit::disable())
}

/// Around everything else: what this server can do is told to whoever asks, before the rules for other sites answer
/// in its place; and every answer says which version of the protocol is spoken.
pub async fn speak(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path != "/uploads" && !path.starts_with("/uploads/") {
        return next.run(request).await;
    }
    let asks =
        request.method() == Method::OPTIONS && !request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if asks { abilities(state.platform.uploads.limits()) } else { next.run(request).await };
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn abilities(limits: &UploadLimits) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert("tus-version", HeaderValue::from_static(VERSION));
    headers.insert("tus-extension", HeaderValue::from_static(EXTENSIONS));
    headers.insert("tus-max-size", HeaderValue::from(limits.bytes));
    headers.insert(header::ALLOW, HeaderValue::from_static("OPTIONS, POST, HEAD, PATCH, DELETE"));
    response
}

async fn create(Extract(state): Extract<State>, visitor: Visitor, request: Request) -> Result<Response, Problem> {
    speaks(request.headers())?;
    let owner = visitor.actor()?.name();
    if request.headers().contains_key("upload-defer-length") {
        return Err(bad("the size must be known: send `Upload-Length`"));
    }
    let length = number(request.headers(), &LENGTH)?;
    let metadata = metadata(request.headers())?;
    let base = state.base_url(request.headers());
    let uploads = &state.platform.uploads;
    let most = uploads.limits().bytes;
    if length > most {
        return Err(Problem::new(Kind::TooLarge, format!("at most {most} bytes are taken here")));
    }
    let mut arriving = uploads.create(owner, length, metadata).await?;
    if media_type(request.headers()) == PIECE {
        let piece = request.into_body().into_data_stream();
        arriving.offset = uploads.append(arriving.id, owner, 0, piece).await?.offset;
    }
    let mut response = StatusCode::CREATED.into_response();
    describe(&mut response, &arriving);
    let location = HeaderValue::try_from(format!("{base}/uploads/{}", arriving.id));
    response.headers_mut().insert(header::LOCATION, location.map_err(|_| bad("the host's name is not one"))?);
    Ok(response)
}

async fn look(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    speaks(&headers)?;
    let arriving = state.platform.uploads.find(identifier(&id)?, visitor.actor()?.name()).await?;
    let mut response = StatusCode::OK.into_response();
    describe(&mut response, &arriving);
    response.headers_mut().insert(LENGTH, HeaderValue::from(arriving.length));
    if let Ok(metadata) = HeaderValue::try_from(spell(&arriving.metadata)) {
        response.headers_mut().insert("upload-metadata", metadata);
    }
    Ok(response)
}

async fn append(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    speaks(request.headers())?;
    if media_type(request.headers()) != PIECE {
        return Err(Problem::new(Kind::UnsupportedMediaType, format!("a piece is sent as `{PIECE}`")));
    }
    let (id, owner) = (identifier(&id)?, visitor.actor()?.name());
    let offset = number(request.headers(), &OFFSET)?;
    let uploads = &state.platform.uploads;
    let appended = uploads.append(id, owner, offset, request.into_body().into_data_stream()).await?;
    if let Some(error) = appended.interrupted {
        // Nobody may be there to read this; what had come is kept.
        return Err(bad(&format!("the piece ended early, at byte {}: {error}", appended.offset)));
    }
    let arriving = uploads.find(id, owner).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    describe(&mut response, &arriving);
    Ok(response)
}

async fn cancel(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    speaks(&headers)?;
    state.platform.uploads.cancel(identifier(&id)?, visitor.actor()?.name()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn overridden(
    state: Extract<State>,
    visitor: Visitor,
    path: Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let method = request.headers().get(METHOD).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match method.to_ascii_uppercase().as_str() {
        "PATCH" => append(state, visitor, path, request).await,
        "DELETE" => {
            let headers = request.headers().clone();
            cancel(state, visitor, path, headers).await
        }
        _ => Err(Problem::new(Kind::MethodNotAllowed, "POST is not taken here: HEAD, PATCH, DELETE")
            .with("allow", "HEAD,PATCH,DELETE")),
    }
}

fn describe(response: &mut Response<Body>, arriving: &Arriving) {
    let headers = response.headers_mut();
    headers.insert(OFFSET, HeaderValue::from(arriving.offset));
    if let Ok(expires) = HeaderValue::try_from(http_date(arriving.expires_at)) {
        headers.insert(EXPIRES, expires);
    }
}

/// Refuses other versions of the protocol, and what isn't the protocol.
fn speaks(headers: &HeaderMap) -> Result<(), Problem> {
    if headers.get(RESUMABLE).is_some_and(|value| value == VERSION) {
        return Ok(());
    }
    Err(Problem::new(Kind::PreconditionFailed, "files are sent by the protocol tus 1.0: `Tus-Resumable: 1.0.0`"))
}

fn media_type(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().trim()
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Problem> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.and_then(|value| value.trim().parse().ok()).ok_or_else(|| bad(&format!("`{name}` is a number of bytes")))
}

fn identifier(id: &str) -> Result<Uuid, Problem> {
    Uuid::parse_str(id).map_err(|_| Problem::not_found("upload", id))
}

/// `filename YS5jc3Y=,is_confidential` → keys and values.
fn metadata(headers: &HeaderMap) -> Result<BTreeMap<String, String>, Problem> {
    let Some(value) = headers.get("upload-metadata") else { return Ok(BTreeMap::new()) };
    let unreadable = || bad("`Upload-Metadata` is a list of keys, each with its value in Base64");
    let text = value.to_str().map_err(|_| unreadable())?;
    let pairs = text.split(',').map(str::trim).filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = base64::engine::general_purpose::STANDARD.decode(value.trim()).map_err(|_| unreadable())?;
        let value = String::from_utf8(value).map_err(|_| unreadable())?;
        Ok((key.to_owned(), value))
    };
    pairs.map(pair).collect()
}

fn spell(metadata: &BTreeMap<String, String>) -> String {
    let pair = |(key, value): (&String, &String)| {
        format!("{key} {}", base64::engine::general_purpose::STANDARD.encode(value)).trim_end().to_owned()
    };
    metadata.iter().map(pair).collect::<Vec<_>>().join(",")
}

fn bad(detail: &str) -> Problem {
    Problem::new(Kind::BadRequest, detail)
}
