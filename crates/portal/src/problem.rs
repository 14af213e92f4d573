//! Errors as RFC 9457 problem details. The one place where an error gets its HTTP status.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use crate::params::{ParamError, Reason};

/// What kind of thing went wrong; each has one status, one stable code and one title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A parameter, a header or a body that cannot be understood.
    BadRequest,
    /// A query that contradicts itself or the table.
    BadQuery,
    /// An SQL statement that cannot be run.
    BadSql,
    /// No token, or one that isn't known.
    Unauthorized,
    /// A known actor without the right.
    Forbidden,
    /// Nothing is there.
    NotFound,
    /// What was here is no longer: a link that was used.
    Gone,
    /// The path exists, not for this method.
    MethodNotAllowed,
    /// A format that this resource doesn't have.
    NotAcceptable,
    /// What is asked conflicts with what is there.
    Conflict,
    /// A body that is too large.
    TooLarge,
    /// A URL that is too long.
    UrlTooLong,
    /// A body of another media type than expected.
    UnsupportedMediaType,
    /// A range outside the file.
    RangeNotSatisfiable,
    /// A published file that cannot be read.
    Unreadable,
    /// Personal data that nobody took out or answers for.
    PersonalData,
    /// A protocol, or a version of it, that isn't spoken here.
    PreconditionFailed,
    /// A query that needs more than it is allowed.
    TooExpensive,
    /// The same client asks too often.
    TooMany,
    /// A defect of the program or a failure of the machine.
    Internal,
    /// Too long to answer; it may pass later.
    Unavailable,
}

impl Kind {
    /// The HTTP status.
    pub fn status(self) -> StatusCode {
        match self {
            Self::BadRequest | Self::BadQuery | Self::BadSql => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UrlTooLong => StatusCode::URI_TOO_LONG,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::RangeNotSatisfiable => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::Unreadable | Self::TooExpensive | Self::PersonalData => StatusCode::UNPROCESSABLE_ENTITY,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// A stable name.
    pub fn code(self) -> &'static str {
        self.names().0
    }

    /// A short sentence, the same for every occurrence.
    pub fn title(self) -> &'static str {
        self.names().1
    }

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::BadRequest => ("bad-request", "The request cannot be understood"),
            Self::BadQuery => ("bad-query", "The query cannot be run on this table"),
            Self::BadSql => ("bad-sql", "The SQL statement cannot be run"),
            Self::Unauthorized => ("unauthorized", "A token, or signing in, is needed"),
            Self::Forbidden => ("forbidden", "The right to this is missing"),
            Self::NotFound => ("not-found", "Nothing is here"),
            Self::Gone => ("gone", "Nothing is here any more"),
            Self::MethodNotAllowed => ("method-not-allowed", "This address does not take this method"),
            Self::NotAcceptable => ("not-acceptable", "This format is not offered here"),
            Self::Conflict => ("conflict", "The request conflicts with what is there"),
            Self::TooLarge => ("too-large", "The request is too large"),
            Self::UrlTooLong => ("url-too-long", "The address is too long"),
            Self::UnsupportedMediaType => ("unsupported-media-type", "The body is not of a media type taken here"),
            Self::RangeNotSatisfiable => ("range-not-satisfiable", "The range is outside the file"),
            Self::Unreadable => ("unreadable-file", "The file cannot be read"),
            Self::PersonalData => ("personal-data", "Personal data must be taken out or justified first"),
            Self::PreconditionFailed => ("precondition-failed", "This protocol is not spoken here"),
            Self::TooExpensive => ("too-expensive", "The query needs more than it is allowed"),
            Self::TooMany => ("too-many-requests", "This was asked too often"),
            Self::Internal => ("internal", "The server failed"),
            Self::Unavailable => ("unavailable", "The answer takes too long"),
        }
    }
}

/// A problem: what kind, what exactly, and what a program may want to know besides.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    kind: Kind,
    detail: String,
    members: Map<String, Value>,
}

impl Problem {
    /// A problem with its sentence: what is wrong, where, and how to mend it.
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), members: Map::new() }
    }

    /// Nothing of this name.
    pub fn not_found(what: &str, key: &str) -> Self {
        Self::new(Kind::NotFound, format!("no {what} is called `{}`", shortened(key)))
    }

    /// Adds a member for programs.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// Adds a member for programs, when there is something to say.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Too often: when it may be asked again.
    pub fn too_many(wait: std::time::Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Self::new(Kind::TooMany, format!("this was asked too often: wait {seconds} s")).with("retryAfter", seconds)
    }

    /// What kind it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its HTTP status.
    pub fn status(&self) -> StatusCode {
        self.kind.status()
    }

    /// Its sentence.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// A member for programs.
    pub(crate) fn member(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// The headers that go with it.
    pub(crate) fn mark(&self, headers: &mut HeaderMap) {
        let member = |name: &str| self.members.get(name);
        match self.kind {
            Kind::Unauthorized => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Kind::Unavailable => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
            }
            Kind::TooMany => {
                let seconds = member("retryAfter").and_then(Value::as_u64).unwrap_or(1);
                headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            Kind::MethodNotAllowed => {
                let allow = member("allow").and_then(Value::as_str).and_then(|allow| allow.parse().ok());
                allow.map(|allow| headers.insert(header::ALLOW, allow));
            }
            _ => {}
        }
    }

    /// The document.
    pub fn to_json(&self) -> Value {
        let mut document = json!({
            "type": format!("urn:cocagne:problem:{}", self.kind.code()),
            "title": self.kind.title(),
            "status": self.status().as_u16(),
            "code": self.kind.code(),
            "detail": self.detail,
        });
        if let Value::Object(document) = &mut document {
            document.extend(self.members.clone());
        }
        document
    }

    /// Hides what only the log should tell.
    fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(Kind::Internal, "the server could not answer; the failure was logged")
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.kind.code(), self.detail)
    }
}

impl std::error::Error for Problem {}

/// A key as it is repeated to who sent it.
fn shortened(key: &str) -> String {
    key.chars().take(200).collect()
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.to_json().to_string()));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        self.mark(headers);
        response.extensions_mut().insert(self);
        response
    }
}

impl From<ParamError> for Problem {
    fn from(error: ParamError) -> Self {
        let kind = match error.reason {
            Reason::UnknownColumn(..) | Reason::NotForColumn(_) => Kind::BadQuery,
            _ => Kind::BadRequest,
        };
        Self::new(kind, error.to_string()).with("parameter", shortened(&error.argument))
    }
}

impl From<query::Error> for Problem {
    fn from(error: query::Error) -> Self {
        use query::Error as E;
        match &error {
            E::UnknownField { nearest, .. } => {
                Self::new(Kind::BadQuery, error.to_string()).with("nearest", nearest.clone())
            }
            E::BadLiteral { .. } | E::NotAllowed { .. } | E::BadQuery { .. } | E::BadCursor | E::Encoding { .. } => {
                Self::new(Kind::BadQuery, error.to_string())
            }
            E::Sql { line, column, .. } => {
                Self::new(Kind::BadSql, error.to_string()).with_some("line", *line).with_some("column", *column)
            }
            E::TooLarge { .. } | E::Memory => Self::new(Kind::TooExpensive, error.to_string()),
            E::Timeout { .. } => Self::new(Kind::Unavailable, error.to_string()),
            E::Broken { .. } | E::Io(_) | E::Internal(_) => Self::internal(&error),
        }
    }
}

impl From<tabular::Error> for Problem {
    fn from(error: tabular::Error) -> Self {
        if error.code == tabular::ErrorCode::Io {
            return Self::internal(&error);
        }
        let place = &error.place;
        Self::new(Kind::Unreadable, error.to_string())
            .with("reason", error.code.to_string())
            .with_some("table", place.table.clone())
            .with_some("row", place.row)
            .with_some("column", place.column.clone())
            .with_some("byte", place.byte)
    }
}

impl From<catalog::Error> for Problem {
    fn from(error: catalog::Error) -> Self {
        use catalog::Error as E;
        if !error.is_callers() {
            return Self::internal(&error);
        }
        let kind = match error {
            E::File(error) => return error.into(),
            E::PersonalData { ref findings } => {
                return Self::new(Kind::PersonalData, error.to_string())
                    .with("reason", "personal-data")
                    .with("findings", findings.iter().map(finding).collect::<Vec<_>>());
            }
            E::NotFound { .. } => Kind::NotFound,
            E::Conflict { .. } | E::NoOrganization => Kind::Conflict,
            E::Forbidden { .. } => Kind::Forbidden,
            E::UnknownDocument { .. } | E::Fetch(_) | E::Schema { .. } => Kind::Unreadable,
            _ => Kind::BadRequest,
        };
        let code = error.code().into_owned();
        Self::new(kind, error.to_string()).with("reason", code)
    }
}

/// A finding that holds a publication, with its sentences: programs show them to people.
fn finding(open: &catalog::OpenFinding) -> Value {
    let finding = &open.finding;
    let languages = ["fr", "en"].map(|language| {
        let text = json!({ "message": finding.message(language), "ground": finding.ground.text(language) });
        (language.to_owned(), text)
    });
    json!({
        "id": finding.id,
        "table": open.table,
        "detector": finding.detector,
        "fields": finding.fields,
        "rows": finding.rows,
        "level": finding.level,
        "remedies": finding.remedies,
        "text": Map::from_iter(languages),
    })
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Self::internal(&error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_what_where_and_how_to_mend() {
        let error = ParamError { argument: "page=0".into(), reason: Reason::OutOfRange { least: 1, greatest: 9 } };
        insta::assert_json_snapshot!(Problem::from(error).to_json(), @r#"
        {
          "type": "urn:cocagne:problem:bad-request",
          "title": "The request cannot be understood",
          "status": 400,
          "code": "bad-request",
          "detail": "in `page=0`: expected a whole number from 1 to 9",
          "parameter": "page=0"
        }
        "#);
    }

    #[test]
    fn what_fails_inside_is_not_told() {
        let problem = Problem::from(query::Error::Internal("/secret/path".into()));
        assert_eq!(problem.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!problem.to_json().to_string().contains("secret"));
    }

    #[test]
    fn a_stranger_is_asked_for_a_token() {
        let response = Problem::new(Kind::Unauthorized, "send a token").into_response();
        assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
    }
}
