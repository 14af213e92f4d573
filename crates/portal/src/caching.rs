//! Exact caching: an answer is a function of a snapshot (or of the catalogue's last event) and of the request.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::Response,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// How an answer is recognised later.
#[derive(Debug, Clone)]
pub struct Validator {
    etag: HeaderValue,
    modified: Option<HeaderValue>,
    control: HeaderValue,
}

/// Asks caches to check each time; the check costs no query.
const REVALIDATE: HeaderValue = HeaderValue::from_static("public, no-cache");
/// The same for the asker's own cache alone.
const OWN: HeaderValue = HeaderValue::from_static("private, no-cache");
/// For what never changes at its address.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// For what only a new version of the program can change.
const LASTING: HeaderValue = HeaderValue::from_static("public, max-age=86400");

impl Validator {
    /// For an answer made from `source` (a snapshot's hash, an event's number) by this request. `variant` is what else
    /// the answer depends on: the language, the base URL.
    pub fn of(source: &str, uri: &Uri, variant: &str) -> Self {
        let parts = [source, uri.path(), uri.query().unwrap_or_default(), variant, env!("CARGO_PKG_VERSION")];
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
            hash.update([0]);
        }
        let mut tag = String::from("W/\"");
        for byte in hash.finalize().iter().take(16) {
            tag.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or('0')));
        }
        tag.push('"');
        Self::tagged(&tag, REVALIDATE)
    }

    /// For bytes known by their SHA-256, which never change.
    pub fn of_bytes(sha256: &str) -> Self {
        Self::tagged(&format!("\"{sha256}\""), IMMUTABLE)
    }

    fn tagged(etag: &str, control: HeaderValue) -> Self {
        // The tag is hexadecimal and quotes: always a valid header.
        let etag = HeaderValue::from_str(etag).unwrap_or(HeaderValue::from_static("W/\"\""));
        Self { etag, modified: None, control }
    }

    /// Says when it last changed.
    #[must_use]
    pub fn modified(mut self, at: Timestamp) -> Self {
        self.modified = HeaderValue::from_str(&http_date(at)).ok();
        self
    }

    /// For an old version, whose rows never change.
    #[must_use]
    pub fn lasting(mut self) -> Self {
        self.control = LASTING;
        self
    }

    /// For an answer that a choice of the reader has shaped: shared caches don't keep it.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.control = OWN;
        self
    }

    /// The entity tag.
    pub fn etag(&self) -> &HeaderValue {
        &self.etag
    }

    /// A 304 when the client already has the answer.
    pub fn unchanged(&self, method: &Method, headers: &HeaderMap) -> Option<Response> {
        if !matches!(*method, Method::GET | Method::HEAD) {
            return None;
        }
        let known = match headers.get(header::IF_NONE_MATCH) {
            Some(_) => headers.get_all(header::IF_NONE_MATCH).iter().any(|tags| self.is_among(tags)),
            None => self.modified.is_some() && headers.get(header::IF_MODIFIED_SINCE) == self.modified.as_ref(),
        };
        known.then(|| {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            self.apply(&mut response);
            response
        })
    }

    /// Weak comparison: compression changes the bytes, not what they say.
    fn is_among(&self, tags: &HeaderValue) -> bool {
        let (Ok(tags), Ok(own)) = (tags.to_str(), self.etag.to_str()) else { return false };
        let own = own.trim_start_matches("W/");
        tags.trim() == "*" || tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == own)
    }

    /// Writes the headers.
    pub fn apply(&self, response: &mut Response) {
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::CACHE_CONTROL, self.control.clone());
        if let Some(modified) = &self.modified {
            headers.insert(header::LAST_MODIFIED, modified.clone());
        }
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
pub fn http_date(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Part of a file that a client asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// All of it: nothing was asked, or more than one part (a server may then give the whole).
    Whole,
    /// Bytes from `start` to `end`, both included.
    Part {
        /// First byte.
        start: u64,
        /// Last byte.
        end: u64,
    },
    /// Outside the file.
    Outside,
}

impl Range {
    /// Reads `Range`, which `If-Range` may put aside.
    pub fn of(headers: &HeaderMap, length: u64, validator: &Validator) -> Self {
        let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
        let Some(spec) = asked.and_then(|text| text.strip_prefix("bytes=")) else { return Self::Whole };
        let current = |name: HeaderName| {
            headers
                .get(name)
                .is_none_or(|value| value == validator.etag() || Some(value) == validator.modified.as_ref())
        };
        if !current(header::IF_RANGE) || spec.contains(',') {
            return Self::Whole;
        }
        Self::parse(spec.trim(), length)
    }

    fn parse(spec: &str, length: u64) -> Self {
        let Some((first, last)) = spec.split_once('-') else { return Self::Whole };
        let part = |start: u64, end: u64| {
            if start < length && start <= end { Self::Part { start, end: end.min(length - 1) } } else { Self::Outside }
        };
        match (first.parse::<u64>(), last.parse::<u64>()) {
            (Ok(start), Ok(end)) if start <= end => part(start, end),
            (Ok(start), _) if last.is_empty() => part(start, u64::MAX),
            (_, Ok(0)) if first.is_empty() => Self::Outside,
            (_, Ok(suffix)) if first.is_empty() => part(length.saturating_sub(suffix), u64::MAX),
            _ => Self::Whole,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    fn validator() -> Validator {
        Validator::of("snapshot", &Uri::from_static("/rows?a=1"), "fr").modified(Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn an_answer_that_the_client_has_is_not_sent_again() {
        let etag = validator().etag().to_str().unwrap().to_owned();
        for tags in [etag.clone(), etag.trim_start_matches("W/").to_owned(), format!("\"x\", {etag}"), "*".to_owned()] {
            let response = validator().unchanged(&Method::GET, &headers(header::IF_NONE_MATCH, &tags)).unwrap();
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{tags}");
        }
        assert!(validator().unchanged(&Method::GET, &headers(header::IF_NONE_MATCH, "\"other\"")).is_none());
        assert!(validator().unchanged(&Method::POST, &headers(header::IF_NONE_MATCH, &etag)).is_none());
    }

    #[test]
    fn the_date_of_change_serves_clients_without_tags() {
        let since = headers(header::IF_MODIFIED_SINCE, "Thu, 01 Jan 1970 00:00:00 GMT");
        assert!(validator().unchanged(&Method::GET, &since).is_some());
        let later = headers(header::IF_MODIFIED_SINCE, "Fri, 02 Jan 1970 00:00:00 GMT");
        assert!(validator().unchanged(&Method::GET, &later).is_none());
    }

    #[test]
    fn another_snapshot_query_or_language_is_another_answer() {
        let uri = Uri::from_static("/rows?a=1");
        let other = Uri::from_static("/rows?a=2");
        let tags = [
            Validator::of("one", &uri, "fr"),
            Validator::of("two", &uri, "fr"),
            Validator::of("one", &other, "fr"),
            Validator::of("one", &uri, "en"),
        ];
        let distinct: std::collections::HashSet<_> = tags.iter().map(|tag| tag.etag().clone()).collect();
        assert_eq!(distinct.len(), 4);
    }

    #[test]
    fn ranges_are_those_of_http() {
        let of = |spec: &str| Range::of(&headers(header::RANGE, spec), 100, &Validator::of_bytes("ab"));
        assert_eq!(of("bytes=0-9"), Range::Part { start: 0, end: 9 });
        assert_eq!(of("bytes=90-"), Range::Part { start: 90, end: 99 });
        assert_eq!(of("bytes=-10"), Range::Part { start: 90, end: 99 });
        assert_eq!(of("bytes=-1000"), Range::Part { start: 0, end: 99 });
        assert_eq!(of("bytes=50-1000"), Range::Part { start: 50, end: 99 });
        assert_eq!(of("bytes=100-"), Range::Outside);
        assert_eq!(of("bytes=-0"), Range::Outside);
        for whole in ["bytes=0-1,5-6", "bytes=a-b", "bytes=9-1", "lines=1-2", "bytes="] {
            assert_eq!(of(whole), Range::Whole, "{whole}");
        }
    }

    #[test]
    fn a_part_of_another_file_is_not_mixed_in() {
        let mut asked = headers(header::RANGE, "bytes=0-9");
        asked.insert(header::IF_RANGE, HeaderValue::from_static("\"other\""));
        assert_eq!(Range::of(&asked, 100, &Validator::of_bytes("ab")), Range::Whole);
    }
}
