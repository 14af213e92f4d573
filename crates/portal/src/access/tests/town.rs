//! A portal with two organisations and everybody who may come.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::response::Response;
use catalog::account::{Means, Role, Scope, User};
use catalog::records::{OrganizationDraft, Owner, TokenDraft, UserDraft};
use catalog::{Actor, Platform, PlatformConfig};
use query::{Engine, EngineLimits};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::client::Client;
use crate::pace::Rates;
use crate::session::Visitor;
use crate::{Config, State};

/// Where everybody but the stranger belongs.
pub const OWN: &str = "castelnaudary";
/// Where the stranger administers.
pub const OTHER: &str = "bram";
pub const PASSWORD: &str = "correct cheval pile agrafe";

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Nobody,
    Member(Role),
    /// Administers another organisation.
    Stranger,
    Superuser,
    /// A token of the organisation.
    Token(Scope),
    /// A token that was revoked.
    Revoked,
}

pub struct Town {
    pub state: State,
    pub router: Router,
    _folder: TempDir,
}

impl Town {
    pub async fn new() -> Self {
        Self::with(Config::default()).await
    }

    pub async fn with(config: Config) -> Self {
        let rates =
            Rates { sign_ins: 0, invitations: 0, uploads: 0, writes: 0, address_files: 0, address_questions: 0 };
        let public_url = config.public_url.or_else(|| Some("https://data.example.fr".to_owned()));
        Self::exactly(Config { rates, public_url, ..config }).await
    }

    /// With this very configuration.
    pub async fn exactly(config: Config) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let platform = Platform::open(PlatformConfig::in_folder(folder.path())).await.unwrap();
        let actor = Actor::command_line();
        for slug in [OWN, OTHER] {
            let draft = OrganizationDraft { name: slug.into(), slug: Some(slug.into()), ..Default::default() };
            platform.records.create_organization(draft, &actor).await.unwrap();
        }
        let state = State::new(platform, Engine::new(EngineLimits::default()), config);
        let router = crate::router(state.clone());
        Self { state, router, _folder: folder }
    }

    /// The account of somebody, made when there is none.
    pub async fn person(&self, who: Who) -> User {
        let records = &self.state.platform.records;
        let email = format!("{who:?}@example.org").to_lowercase().replace(['(', ')'], "-");
        if let Some(user) = records.user(&email).await.unwrap() {
            return user;
        }
        let superuser = who == Who::Superuser;
        let draft = UserDraft { email: email.clone(), password: None, superuser, name: String::new() };
        let actor = Actor::command_line();
        records.create_user(draft, &actor).await.unwrap();
        let (organization, role) = match who {
            Who::Member(role) => (OWN, Some(role)),
            Who::Stranger => (OTHER, Some(Role::Administrator)),
            _ => (OWN, None),
        };
        records.set_role(&email, organization, role, &actor).await.unwrap()
    }

    /// The headers that somebody sends: a session of their own, with the secret of its forms, or a token.
    pub async fn headers(&self, who: Who) -> HeaderMap {
        let mut headers = HeaderMap::new();
        match who {
            Who::Nobody => {}
            Who::Member(_) | Who::Stranger | Who::Superuser => return self.session(&self.person(who).await).await,
            Who::Token(scope) => {
                let secret = self.token(scope).await.1;
                headers.insert(header::AUTHORIZATION, format!("Bearer {secret}").parse().unwrap());
            }
            Who::Revoked => {
                let (id, secret) = self.token(Scope::Administer).await;
                self.state.platform.records.revoke_token(id, &Actor::command_line()).await.unwrap();
                headers.insert(header::AUTHORIZATION, format!("Bearer {secret}").parse().unwrap());
            }
        }
        headers
    }

    async fn token(&self, scope: Scope) -> (uuid::Uuid, String) {
        let owner = Owner::Organization(OWN.to_owned());
        let draft = TokenDraft { name: "robot".to_owned(), owner, scope, expires_at: None };
        let new = self.state.platform.records.create_token(draft, &Actor::command_line()).await.unwrap();
        (new.token.id, new.secret)
    }

    /// The headers of a new session.
    pub async fn session(&self, user: &User) -> HeaderMap {
        let client = Client { address: None, device: "tests".to_owned() };
        let cookie = crate::session::start(&self.state, user, Means::Password, &client).await.unwrap();
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, pair.parse().unwrap());
        let csrf = Visitor::of(&self.state, &headers).await.unwrap().csrf;
        headers.insert(crate::csrf::HEADER, csrf.parse().unwrap());
        headers
    }

    pub async fn send(&self, method: &str, path: &str, headers: HeaderMap, body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
        *request.headers_mut().unwrap() = headers;
        let request = request.header(header::HOST, "data.example.fr").body(body.into()).unwrap();
        Answer::read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// A form as a browser sends it, from a page of this portal.
    pub async fn post(&self, path: &str, mut headers: HeaderMap, form: &str) -> Answer {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/html"));
        headers.entry(header::ORIGIN).or_insert(HeaderValue::from_static("https://data.example.fr"));
        self.send("POST", path, headers, form.to_owned()).await
    }

    /// A page as a browser asks for it.
    pub async fn page(&self, path: &str, mut headers: HeaderMap) -> Answer {
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/html"));
        self.send("GET", path, headers, Body::empty()).await
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// Whether the rules answered, and not the route.
    pub refused: bool,
}

impl Answer {
    async fn read(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 16 << 20).await.unwrap();
        Self {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            refused: parts.extensions.get::<crate::access::Refused>().is_some(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
