//! `/files/{sha256}/{name}`: source bytes as they came, for ever at the same address.

use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State as Extract},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use catalog::model::{SnapshotId, Version};

use super::export::disposition;
use crate::{
    State,
    caching::{Range, Validator},
    problem::{Kind, Problem},
};

/// The route.
pub fn router() -> Router<State> {
    Router::new().route("/files/{sha256}/{name}", get(file))
}

/// Where the source of a version is.
pub fn address(base: &str, version: &Version) -> String {
    let mut out = format!("{base}/files/{}/", version.snapshot);
    crate::params::encode_component(&version.file_name, &mut out);
    out
}

async fn file(
    Extract(state): Extract<State>,
    Path((sha256, name)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let unknown = || Problem::new(Kind::NotFound, "no published file has this SHA-256");
    let snapshot = SnapshotId::parse(&sha256).ok_or_else(unknown)?;
    // What is no longer in the catalogue is no longer given.
    let versions = state.platform.records.versions_of_snapshot(&snapshot).await?;
    let version = versions.iter().find(|version| version.file_name == name).or_else(|| versions.first());
    let version = version.ok_or_else(unknown)?;
    let validator = Validator::of_bytes(snapshot.as_str()).modified(version.published_at);
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let source = state.platform.store.source(&snapshot).await?;
    let size = source.size();
    let (range, status) = match Range::of(request.headers(), size, &validator) {
        Range::Whole => (0..size, StatusCode::OK),
        Range::Part { start, end } => (start..end + 1, StatusCode::PARTIAL_CONTENT),
        Range::Outside => return Ok(outside(size)),
    };
    let part =
        (status == StatusCode::PARTIAL_CONTENT).then(|| format!("bytes {}-{}/{size}", range.start, range.end - 1));
    let length = range.end - range.start;
    let mut response = Response::new(Body::from_stream(source.stream(range)));
    *response.status_mut() = status;
    describe(&mut response, version, length);
    if let Some(part) = part.and_then(|part| HeaderValue::try_from(part).ok()) {
        response.headers_mut().insert(header::CONTENT_RANGE, part);
    }
    validator.apply(&mut response);
    Ok(response)
}

fn outside(size: u64) -> Response {
    let detail = format!("the file has {size} bytes");
    let mut response = Problem::new(Kind::RangeNotSatisfiable, detail).into_response();
    if let Ok(range) = HeaderValue::try_from(format!("bytes */{size}")) {
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    response
}

/// Nothing that a town publishes runs as a page of this site: only documents that browsers show without running
/// anything are shown in place.
fn describe(response: &mut Response, version: &Version, length: u64) {
    let media_type = version.media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let shown = matches!(
        media_type.as_str(),
        "application/pdf" | "text/plain" | "image/png" | "image/jpeg" | "image/gif" | "image/webp"
    );
    let policy = if media_type == "application/pdf" { "default-src 'none'" } else { "default-src 'none'; sandbox" };
    let headers = response.headers_mut();
    let content_type =
        HeaderValue::try_from(&version.media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    let kind = if shown { "inline" } else { "attachment" };
    headers.insert(header::CONTENT_DISPOSITION, disposition(kind, &version.file_name));
}
