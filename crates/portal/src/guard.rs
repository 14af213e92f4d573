//! What is true of every exchange: bounded URLs, headers of security, problems as documents, compression, CORS.

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request, State as Extract},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, Predicate},
    cors::{Any, CorsLayer},
};

use crate::{
    State,
    problem::{Kind, Problem},
};

/// Only what this server sends may run; the map needs workers made from blobs and images from data.
macro_rules! policy {
    ($ancestors:literal) => {
        HeaderValue::from_static(concat!(
            "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; child-src 'self' blob:; ",
            "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors ",
            $ancestors
        ))
    };
}

/// For everything but what is made to be embedded.
const OWN: HeaderValue = policy!("'self'");
/// For what any site may put in a frame.
const EMBEDDED: HeaderValue = policy!("*");

/// Wraps routes.
pub fn around(routes: Router<State>, state: &State) -> Router<State> {
    routes
        .layer(DefaultBodyLimit::max(state.config.limits.body_bytes))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            tracing::error!("a handler panicked");
            Problem::new(Kind::Internal, "the server could not answer; the failure was logged").into_response()
        }))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(Compressible))
        .layer(cors())
        .layer(middleware::from_fn_with_state(state.clone(), crate::api::uploads::speak))
        .layer(middleware::from_fn_with_state(state.clone(), guard))
}

/// Any page of any site may read.
pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([
            header::ACCEPT,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
            header::RANGE,
            // Sent by older form widgets.
            HeaderName::from_static("x-requested-with"),
        ])
        .expose_headers([
            header::ETAG,
            header::LAST_MODIFIED,
            header::CONTENT_DISPOSITION,
            header::CONTENT_RANGE,
            header::ACCEPT_RANGES,
            header::LINK,
        ])
}

/// Marks an answer that is so short that compressing it costs more than sending it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Uncompressed;

/// Answers that shrink: text, by media type.
#[derive(Debug, Clone, Copy)]
struct Compressible;

impl Predicate for Compressible {
    fn should_compress<B: axum::body::HttpBody>(&self, response: &axum::http::Response<B>) -> bool {
        let media_type = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = media_type.map_or("", |value| value.split(';').next().unwrap_or(value)).trim();
        let textual = media_type.starts_with("text/")
            || media_type.ends_with("json")
            || media_type.ends_with("xml")
            || matches!(media_type, "application/javascript" | "application/yaml" | "application/wasm");
        let small = response.body().size_hint().exact().is_some_and(|bytes| bytes < 512);
        // A file served by ranges goes out as it is: compression would change what its bytes are called.
        let wanted = response.extensions().get::<Uncompressed>().is_none();
        textual && !small && wanted && !response.headers().contains_key(header::ACCEPT_RANGES)
    }
}

/// Marks an error that a dialect answers without a word, as its clients expect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AsItIs;

/// The outermost layer.
pub async fn guard(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    let program = is_program(request.uri().path(), request.headers());
    let embedded = request.uri().path().starts_with("/embed/");
    let limit = state.config.limits.url_bytes;
    let mut response = if target > limit {
        let detail = format!("the address has {target} bytes; at most {limit} are taken: send long lists by parts");
        Problem::new(Kind::UrlTooLong, detail).into_response()
    } else {
        next.run(request).await
    };
    if program && is_bare_error(&response) {
        response = as_problem(response).await;
    }
    secure(response.headers_mut(), embedded);
    response
}

/// Whether a problem document suits better than a page.
pub(crate) fn is_program(path: &str, headers: &HeaderMap) -> bool {
    let accepts_pages = headers
        .get_all(header::ACCEPT)
        .iter()
        .any(|value| value.as_bytes().windows(9).any(|part| part == b"text/html"));
    let machines = ["/api/", "/tabular/", "/adresse/", "/geo/", "/files/", "/uploads"];
    machines.iter().any(|prefix| path.starts_with(prefix)) || !accepts_pages
}

/// An error that says nothing to programs: the framework's own, or a page.
fn is_bare_error(response: &Response) -> bool {
    let status = response.status();
    let document = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().windows(4).any(|part| part == b"json"));
    (status.is_client_error() || status.is_server_error())
        && !document
        && response.extensions().get::<AsItIs>().is_none()
}

/// Turns an error of the framework into a problem; its short text is the detail.
async fn as_problem(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let kind = match parts.status {
        StatusCode::NOT_FOUND => Kind::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Kind::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Kind::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Kind::UnsupportedMediaType,
        StatusCode::UNAUTHORIZED => Kind::Unauthorized,
        StatusCode::FORBIDDEN => Kind::Forbidden,
        StatusCode::TOO_MANY_REQUESTS => Kind::TooMany,
        status if status.is_server_error() => Kind::Internal,
        _ => Kind::BadRequest,
    };
    let plain =
        parts.headers.get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/plain"));
    let text =
        if plain { axum::body::to_bytes(body, 1_000).await.unwrap_or_default() } else { axum::body::Bytes::new() };
    let detail = match (std::str::from_utf8(&text), kind) {
        (Ok(text), _) if !text.is_empty() => text.to_owned(),
        (_, Kind::NotFound) => "no such address; `/api/v1/openapi.json` lists those of the API".to_owned(),
        (_, kind) => kind.title().to_lowercase(),
    };
    let mut problem: axum::http::Response<Body> = Problem::new(kind, detail).into_response();
    if let Some(allow) = parts.headers.get(header::ALLOW) {
        problem.headers_mut().insert(header::ALLOW, allow.clone());
    }
    problem
}

/// Headers of security; a handler's own policy is kept.
pub fn secure(headers: &mut HeaderMap, embedded: bool) {
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, if embedded { EMBEDDED } else { OWN });
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
}
