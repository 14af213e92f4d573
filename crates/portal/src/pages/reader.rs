//! Who reads a page, and how a page is answered: in their language, cached exactly, errors as pages.

use std::convert::Infallible;
use std::future::Future;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use geography::territory::Territory;
use jiff::Timestamp;

use super::error;
use crate::State;
use crate::caching::Validator;
use crate::i18n::{Language, Text};
use crate::problem::{Kind, Problem};
use crate::session::Visitor;

/// What a page needs to know of the request.
pub struct Reader {
    /// Sentences, in the reader's language.
    pub t: Text,
    /// Where the portal is seen from outside, without a final slash.
    pub base: String,
    /// Name of the portal.
    pub site_name: String,
    /// The address asked for.
    pub uri: Uri,
    /// The instant of the request.
    pub now: Timestamp,
    /// Who reads.
    pub visitor: Visitor,
    /// The territory that the reader has chosen.
    pub territory: Option<Territory>,
    method: Method,
    headers: HeaderMap,
}

impl FromRequestParts<State> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Infallible> {
        // Who can't be recognised because the catalogue fails is shown the failure, when the page is made.
        let visitor = Visitor::from_request_parts(parts, state).await.unwrap_or_default();
        Ok(Self {
            visitor,
            territory: super::territory::of_cookie(&parts.headers),
            t: Text::new(Language::of_request(parts.uri.query(), &parts.headers)),
            base: state.base_url(&parts.headers),
            site_name: state.config.site_name.clone(),
            uri: parts.uri.clone(),
            now: Timestamp::now(),
            method: parts.method.clone(),
            headers: parts.headers.clone(),
        })
    }
}

impl Reader {
    /// Answers with a page, or says that the reader's copy is still good, or shows what went wrong.
    ///
    /// A page is a function of the catalogue's last event, of the day (whether data is late), of the address, of the
    /// language and of the territory that the reader has chosen, which no shared cache sees; for a signed-in reader it is nobody else's, and is kept nowhere.
    pub async fn answer<T: Template>(&self, state: &State, page: impl Future<Output = Result<T, Problem>>) -> Response {
        if self.visitor.actor.is_some() {
            return self.own(page.await);
        }
        let event = match state.last_event().await {
            Ok(event) => event,
            Err(problem) => return self.fail(&problem),
        };
        let source = format!("{event} {}", self.now.as_second().div_euclid(86_400));
        let territory = self.territory.map(Territory::key).unwrap_or_default();
        let variant = format!("{} {} {} {territory}", self.t.tag(), self.base, self.site_name);
        let mut validator = Validator::of(&source, &self.uri, &variant);
        if self.territory.is_some() {
            validator = validator.private();
        }
        if let Some(mut unchanged) = validator.unchanged(&self.method, &self.headers) {
            self.mark(unchanged.headers_mut());
            return unchanged;
        }
        match page.await.and_then(|page| render(&page)) {
            Ok(html) => {
                let mut response = self.html(StatusCode::OK, html);
                validator.apply(&mut response);
                response
            }
            Err(problem) => self.fail(&problem),
        }
    }

    /// Answers with a page that is made for this reader alone, now.
    pub fn own<T: Template>(&self, page: Result<T, Problem>) -> Response {
        self.own_as(StatusCode::OK, page)
    }

    /// The same with another status.
    pub fn own_as<T: Template>(&self, status: StatusCode, page: Result<T, Problem>) -> Response {
        let mut response = match page.and_then(|page| render(&page)) {
            Ok(html) => self.html(status, html),
            Err(problem) => self.fail(&problem),
        };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// The page of a failure.
    pub fn fail(&self, problem: &Problem) -> Response {
        if problem.status().is_server_error() {
            tracing::error!(uri = %self.uri, %problem, "a page failed");
        }
        match render(&error::page(self, problem)) {
            Ok(html) => {
                let mut response = self.html(problem.status(), html);
                response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
                problem.mark(response.headers_mut());
                response
            }
            Err(_) => problem.status().into_response(),
        }
    }

    /// Sends the reader to another address of the portal.
    pub fn redirect(&self, href: &str) -> Response {
        match HeaderValue::from_str(href) {
            Ok(location) => {
                let control = HeaderValue::from_static("no-store");
                let headers = [(header::LOCATION, location), (header::CACHE_CONTROL, control)];
                (StatusCode::SEE_OTHER, headers).into_response()
            }
            Err(_) => self.fail(&Problem::new(Kind::BadRequest, "the address cannot be written")),
        }
    }

    fn html(&self, status: StatusCode, html: String) -> Response {
        let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
        self.mark(response.headers_mut());
        response
    }

    /// Says what the page depends on, and keeps a choice of language.
    fn mark(&self, headers: &mut HeaderMap) {
        headers.insert(header::VARY, HeaderValue::from_static("accept-language, cookie, accept-encoding"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(self.t.tag()));
        if crate::i18n::asked_in_query(self.uri.query()) == Some(self.t.language()) {
            let cookie = match self.t.language() {
                Language::French => "lang=fr; Path=/; Max-Age=31536000; SameSite=Lax",
                Language::English => "lang=en; Path=/; Max-Age=31536000; SameSite=Lax",
            };
            headers.insert(header::SET_COOKIE, HeaderValue::from_static(cookie));
        }
    }
}

fn render(page: &impl Template) -> Result<String, Problem> {
    page.render().map_err(|error| Problem::new(Kind::Internal, format!("a template failed: {error}")))
}
