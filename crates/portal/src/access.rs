//! Who may call each route. What is not declared here is refused: a test takes every route from the routers and walks
//! it as everybody.
//!
//! The rule of a route is coarse (somebody who publishes somewhere); which organisation is concerned is asked by the
//! domain, of the same [`catalog::Actor`].

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::{FromRequestParts as _, MatchedPath, Request, State as Extract};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use catalog::account::Role;

use crate::State;
use crate::client::Client;
use crate::csrf;
use crate::guard::is_program;
use crate::pace::Pace;
use crate::pages::Reader;
use crate::problem::{Kind, Problem};
use crate::session::{self, Visitor};

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Who is known: a signed-in person, or a token.
    SignedIn,
    /// A person who signed in with a browser: what concerns how they sign in is no program's business.
    Person,
    /// Who has at least this role in an organisation: in the one concerned, which the domain sees to.
    Member(Role),
    /// Who administers the whole installation.
    Administrator,
}

/// The rule of a method of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// `GET` stands for `HEAD` too, unless `HEAD` has a rule of its own.
    pub method: &'static str,
    /// The route's pattern.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What it counts as.
    pub pace: Pace,
}

impl Rule {
    /// With another count than that of its method.
    const fn paced(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }
}

const fn get(path: &'static str, access: Access) -> Rule {
    Rule { method: "GET", path, access, pace: Pace::Free }
}

const fn post(path: &'static str, access: Access) -> Rule {
    Rule { method: "POST", path, access, pace: Pace::Write }
}

const fn delete(path: &'static str, access: Access) -> Rule {
    Rule { method: "DELETE", path, access, pace: Pace::Write }
}

use Access::{Member, Person, Public, SignedIn};

/// The rules, by area.
pub const RULES: &[&[Rule]] = &[PAGES, ASSISTANT, MACHINES, API, DRAFTS, UPLOADS, TABULAR, ACCOUNTS, SIGN_IN];

const PAGES: &[Rule] = &[
    get("/", Public),
    get("/datasets", Public),
    get("/datasets/{slug}", Public),
    get("/datasets/{slug}/history", Public),
    get("/datasets/{slug}/resources/{id}", Public),
    get("/datasets/{slug}/resources/{id}/api", Public),
    get("/embed/{id}", Public),
    get("/organizations", Public),
    get("/organizations/{slug}", Public),
    get("/licences", Public),
    get("/schemas", Public),
    get("/schemas/{owner}/{name}", Public),
    get("/schemas/{owner}/{name}/template.xlsx", Public),
    get("/schemas/{owner}/{name}/schema.json", Public),
    get("/enter", Member(Role::Contributor)),
    get("/enter/communes", Public),
    get("/enter/{owner}/{name}", Member(Role::Contributor)),
    post("/enter/{owner}/{name}", Member(Role::Contributor)),
    // A question, asked at each pause of typing.
    post("/enter/{owner}/{name}/check", Member(Role::Contributor)).paced(Pace::Free),
    get("/about", Public),
    get("/accessibility", Public),
    get("/legal", Public),
    get("/assets/{hash}/{name}", Public),
];

const ASSISTANT: &[Rule] = &[
    get("/publish", Person),
    post("/publish", Person).paced(Pace::Upload),
    get("/publish/received/{work}", Person),
    get("/publish/received/{work}/progress", Person),
    get("/publish/{draft}", Person),
    get("/publish/{draft}/progress", Person),
    post("/publish/{draft}/discard", Person),
    post("/publish/{draft}/replace", Person).paced(Pace::Upload),
    get("/publish/{draft}/file", Person),
    post("/publish/{draft}/file", Person),
    post("/publish/{draft}/schema", Person),
    get("/publish/{draft}/check", Person),
    post("/publish/{draft}/check", Person),
    get("/publish/{draft}/check/list.csv", Person),
    get("/publish/{draft}/personal", Person),
    post("/publish/{draft}/personal", Person),
    get("/publish/{draft}/describe", Person),
    post("/publish/{draft}/describe", Person),
    get("/publish/{draft}/preview", Person),
    post("/publish/{draft}/preview", Person),
];

const MACHINES: &[Rule] = &[
    get("/feed.atom", Public),
    get("/datasets/{slug}/feed.atom", Public),
    get("/sitemap.xml", Public),
    get("/opensearch.xml", Public),
    get("/robots.txt", Public),
    get("/.well-known/security.txt", Public),
    get("/health", Public),
    get("/files/{sha256}/{name}", Public),
];

const API: &[Rule] = &[
    get("/api/v1", Public),
    get("/api/v1/openapi.json", Public),
    get("/api/v1/datasets", Public),
    get("/api/v1/datasets/{slug}", Public),
    get("/api/v1/datasets/{slug}/history", Public),
    get("/api/v1/datasets/{slug}/quality", Public),
    get("/api/v1/licences", Public),
    get("/api/v1/licences/combine", Public),
    get("/api/v1/organizations", Public),
    get("/api/v1/organizations/{slug}", Public),
    get("/api/v1/history", Public),
    get("/api/v1/resources/{id}", Public),
    get("/api/v1/resources/{id}/versions", Public),
    get("/api/v1/resources/{id}/versions/{number}", Public),
    get("/api/v1/resources/{id}/rows", Public),
    get("/api/v1/resources/{id}/profile", Public),
    get("/api/v1/resources/{id}/exceptions", Public),
    get("/api/v1/resources/{id}/{file}", Public),
    get("/api/v1/resources/{id}/tiles/{z}/{x}/{file}", Public),
    get("/api/v1/resources/{id}/versions/{number}/rows", Public),
    get("/api/v1/resources/{id}/versions/{number}/profile", Public),
    get("/api/v1/resources/{id}/versions/{number}/exceptions", Public),
    get("/api/v1/resources/{id}/versions/{number}/{file}", Public),
    get("/api/v1/resources/{id}/versions/{number}/tiles/{z}/{x}/{file}", Public),
    get("/api/v1/sql", Public),
    // A question, although it is posted.
    post("/api/v1/sql", Public).paced(Pace::Free),
    post("/api/v1/publish", Member(Role::Publisher)).paced(Pace::Upload),
];

/// Drafts, for programs. Whose draft it is, the domain asks.
const DRAFTS: &[Rule] = &[
    get("/api/v1/drafts", Member(Role::Reader)),
    post("/api/v1/drafts", Member(Role::Contributor)).paced(Pace::Upload),
    get("/api/v1/drafts/{id}", Member(Role::Reader)),
    Rule { method: "PATCH", path: "/api/v1/drafts/{id}", access: Member(Role::Contributor), pace: Pace::Write },
    delete("/api/v1/drafts/{id}", Member(Role::Contributor)),
    get("/api/v1/drafts/{id}/check", Member(Role::Reader)),
    get("/api/v1/drafts/{id}/description", Member(Role::Reader)),
    post("/api/v1/drafts/{id}/submit", Member(Role::Contributor)),
    post("/api/v1/drafts/{id}/return", Member(Role::Publisher)),
    post("/api/v1/drafts/{id}/publish", Member(Role::Publisher)),
];

/// Files in pieces: who may contribute somewhere may send one; it is given to nobody but who sent it.
const UPLOADS: &[Rule] = &[
    post("/uploads", Member(Role::Contributor)).paced(Pace::Upload),
    Rule { method: "HEAD", path: "/uploads/{id}", access: Member(Role::Contributor), pace: Pace::Free },
    Rule { method: "PATCH", path: "/uploads/{id}", access: Member(Role::Contributor), pace: Pace::Upload },
    post("/uploads/{id}", Member(Role::Contributor)).paced(Pace::Upload),
    delete("/uploads/{id}", Member(Role::Contributor)),
];

const TABULAR: &[Rule] = &[
    get("/tabular/health", Public),
    get("/tabular/health/", Public),
    get("/tabular/api/aggregation-exceptions", Public),
    get("/tabular/api/aggregation-exceptions/", Public),
    get("/tabular/api/resources/{id}", Public),
    get("/tabular/api/resources/{id}/", Public),
    get("/tabular/api/resources/{id}/profile", Public),
    get("/tabular/api/resources/{id}/profile/", Public),
    get("/tabular/api/resources/{id}/swagger", Public),
    get("/tabular/api/resources/{id}/swagger/", Public),
    get("/tabular/api/resources/{id}/data", Public),
    get("/tabular/api/resources/{id}/data/", Public),
    get("/tabular/api/resources/{id}/data/{format}", Public),
    get("/tabular/api/resources/{id}/data/{format}/", Public),
];

const ACCOUNTS: &[Rule] = &[
    get("/sign-in", Public),
    post("/sign-in", Public).paced(Pace::SignIn),
    get("/sign-in/forgotten", Public),
    post("/sign-in/forgotten", Public).paced(Pace::Invitation),
    post("/sign-out", Person),
    get("/invitation/{secret}", Public).paced(Pace::Invitation),
    post("/invitation/{secret}", Public).paced(Pace::Invitation),
    get("/account", Person),
    post("/account/name", Person),
    post("/account/password", Person).paced(Pace::SignIn),
    post("/account/sessions/end", Person),
    post("/account/sessions/{id}/end", Person),
    post("/account/tokens", Person),
    post("/account/tokens/{id}/revoke", Person),
    get("/organizations/{slug}/members", Member(Role::Administrator)),
    post("/organizations/{slug}/members/{account}", Member(Role::Administrator)),
    post("/organizations/{slug}/invitations", Member(Role::Administrator)).paced(Pace::Invitation),
    post("/organizations/{slug}/invitations/{id}/revoke", Member(Role::Administrator)),
    post("/organizations/{slug}/tokens", Member(Role::Administrator)),
    post("/organizations/{slug}/tokens/{id}/revoke", Member(Role::Administrator)),
    get("/api/v1/me", SignedIn),
    get("/api/v1/tokens", SignedIn),
    post("/api/v1/tokens", SignedIn),
    delete("/api/v1/tokens/{id}", SignedIn),
];

const SIGN_IN: &[Rule] = &[
    post("/sign-in/passkey/options", Public),
    post("/sign-in/passkey", Public).paced(Pace::SignIn),
    get("/sign-in/openid", Public).paced(Pace::Write),
    get("/sign-in/openid/return", Public).paced(Pace::SignIn),
    get("/sign-out/openid", Public),
    get("/account/passkeys", Person),
    post("/account/passkeys", Person),
    post("/account/passkeys/options", Person),
    post("/account/passkeys/{id}/name", Person),
    post("/account/passkeys/{id}/remove", Person),
    get("/account/identities", Person),
    post("/account/identities/{id}/remove", Person),
];

/// By pattern, then by method.
static BY_PATH: LazyLock<HashMap<&'static str, Vec<&'static Rule>>> = LazyLock::new(|| {
    let mut rules: HashMap<&'static str, Vec<&'static Rule>> = HashMap::new();
    for rule in RULES.iter().copied().flatten() {
        rules.entry(rule.path).or_default().push(rule);
    }
    rules
});

/// The rule of a method of a route.
pub fn rule(method: &Method, path: &str) -> Option<&'static Rule> {
    let rules = BY_PATH.get(path)?;
    let of = |name: &str| rules.iter().copied().find(|rule| rule.method == name);
    of(method.as_str()).or_else(|| if method == Method::HEAD { of("GET") } else { None })
}

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
async fn examine(
    state: &State,
    rule: &Rule,
    parts: &mut axum::http::request::Parts,
) -> Result<Option<Visitor>, Problem> {
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
    if is_program(request.uri().path(), request.headers()) {
        return problem.into_response();
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let (mut parts, _) = request.into_parts();
    let Ok(reader) = Reader::from_request_parts(&mut parts, state).await;
    match problem.kind() {
        Kind::Unauthorized => {
            let next = if reads { parts.uri.path_and_query().map_or("/", |target| target.as_str()) } else { "/account" };
            reader.redirect(&crate::pages::sign_in_address(next))
        }
        _ => reader.fail(&problem),
    }
}
