//! The layer that keeps the rules.

use axum::extract::{FromRequestParts as _, MatchedPath, Request, State as Extract};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Access::{Member, Person, Public, SignedIn};
use super::{Access, BY_PATH, Rule, rule};
use crate::State;
use crate::client::Client;
use crate::csrf;
use crate::guard::is_program;
use crate::pages::Reader;
use crate::problem::{Kind, Problem};
use crate::session::{self, Visitor};

/// Marks an answer that the rules gave, and not the route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused;

/// The layer around every route.
pub async fn enforce(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    // An address that leads nowhere has a page that says so.
    let Some(path) = request.extensions().get::<MatchedPath>().cloned() else { return next.run(request).await };
    let Some(rule) = rule(request.method(), path.as_str()) else {
        let problem = undeclared(request.method(), path.as_str());
        return refuse(&state, request, problem).await;
    };
    match admit(&state, rule, request).await {
        Ok(request) => {
            let mut response = next.run(request).await;
            if rule.access != Public {
                response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            }
            response
        }
        Err(refusal) => refuse(&state, refusal.request, refusal.problem).await,
    }
}

/// A method that a route doesn't have, or a route that nobody declared.
fn undeclared(method: &Method, path: &str) -> Problem {
    match BY_PATH.get(path) {
        Some(rules) => {
            let mut known: Vec<&str> = rules.iter().map(|rule| rule.method).collect();
            if known.contains(&"GET") {
                known.push("HEAD");
            }
            Problem::new(Kind::MethodNotAllowed, format!("{method} is not taken here: {}", known.join(", ")))
                .with("allow", known.join(","))
        }
        None => {
            tracing::error!(path, "a route has no rule of access");
            Problem::new(Kind::Forbidden, "nobody said who may come here")
        }
    }
}

/// Why a request goes no further, and what is left of it.
struct Refusal {
    problem: Problem,
    request: Request,
}

/// The request, when it may go on.
async fn admit(state: &State, rule: &Rule, request: Request) -> Result<Request, Box<Refusal>> {
    let (mut parts, body) = request.into_parts();
    let outcome = examine(state, rule, &mut parts).await;
    let request = Request::from_parts(parts, body);
    match outcome {
        Ok(None) => Ok(request),
        Ok(Some(visitor)) => {
            let (head, body) = request.into_parts();
            let copy = Request::from_parts(head.clone(), axum::body::Body::empty());
            let checked = csrf::require(state, &visitor, Request::from_parts(head, body)).await;
            checked.map_err(|problem| Box::new(Refusal { problem, request: copy }))
        }
        Err(problem) => Err(Box::new(Refusal { problem, request })),
    }
}

/// Everything that can be known without the body; gives the visitor whose form must still be looked at.
async fn examine(state: &State, rule: &Rule, parts: &mut Parts) -> Result<Option<Visitor>, Problem> {
    state.pacer.count(rule.pace, Client::of(parts, state).address)?;
    let changes = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    let by_browser = session::bearer(&parts.headers).is_none()
        && (session::has_cookie(state, &parts.headers) || !is_program(parts.uri.path(), &parts.headers));
    if changes && by_browser {
        csrf::refuse_foreign(state, &parts.headers)?;
    }
    if rule.access == Public {
        return Ok(None);
    }
    let visitor = Visitor::from_request_parts(parts, state).await?;
    allow(rule.access, &visitor, session::bearer(&parts.headers).is_some())?;
    Ok((changes && visitor.session.is_some()).then_some(visitor))
}

/// Whether a visitor may come in.
fn allow(access: Access, visitor: &Visitor, sent_token: bool) -> Result<(), Problem> {
    let Some(actor) = &visitor.actor else {
        return Err(match (access, sent_token) {
            (Public, _) => return Ok(()),
            (_, true) => Problem::new(Kind::Unauthorized, "this token is not known, was revoked, or has expired"),
            (Person, false) => Problem::new(Kind::Unauthorized, "sign in first"),
            (_, false) => Problem::new(
                Kind::Unauthorized,
                "this needs a token: `Authorization: Bearer …`, made with `cocagne token add` or in one's account",
            ),
        });
    };
    let allowed = match access {
        Public | SignedIn => true,
        Person => visitor.user.is_some(),
        Member(role) => actor.has_role_somewhere(role),
        Access::Administrator => actor.may_administer(),
    };
    if allowed { Ok(()) } else { Err(Problem::new(Kind::Forbidden, needed(access))) }
}

fn needed(access: Access) -> String {
    match access {
        Public | SignedIn => "this right is missing".to_owned(),
        Person => "only a signed-in person may do this: a token doesn't give the right".to_owned(),
        Member(role) => format!("the role {} is needed in an organisation", role.as_str()),
        Access::Administrator => "only an administrator of the installation may do this".to_owned(),
    }
}

/// A refusal as suits who asks: a person who isn't signed in is sent to sign in, and comes back.
async fn refuse(state: &State, request: Request, problem: Problem) -> Response {
    let mut response = if is_program(request.uri().path(), request.headers()) {
        problem.into_response()
    } else {
        page_of_refusal(state, request, &problem).await
    };
    response.extensions_mut().insert(Refused);
    response
}

async fn page_of_refusal(state: &State, request: Request, problem: &Problem) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let (mut parts, _) = request.into_parts();
    let Ok(reader) = Reader::from_request_parts(&mut parts, state).await;
    if problem.kind() != Kind::Unauthorized {
        return reader.fail(problem);
    }
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    reader.redirect(&crate::pages::sign_in_address(if reads { target } else { "/account" }))
}
