//! The wire, asked as a client asks: a platform in a temporary folder, small files published, one request at a time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod caching;
mod catalogue;
mod drafts;
mod files;
mod guard;
mod publish;
mod rows;
mod sql;
mod tabular;
mod uploads;

use std::sync::LazyLock;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
};
use catalog::{
    Actor, Platform, PlatformConfig, Publication,
    account::Scope,
    records::{OrganizationDraft, Owner, TokenDraft},
};
use query::{Engine, EngineLimits};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::{Config, State};

/// Trees with positions: eight that tests look at, then enough pines for the one height that isn't a number to be an
/// exception and not the rule.
pub static TREES: LazyLock<String> = LazyLock::new(|| {
    let eight = "Essence;Hauteur;Plantation;Remarquable;lat;lon\n\
        Platane;12,5;1950-03-01;oui;43.318;1.954\n\
        Tilleul;8;1985-11-20;non;43.319;1.955\n\
        Platane;n.c.;2001-01-15;non;43.320;1.956\n\
        Chêne vert;6,25;;non;43.321;1.957\n\
        Cèdre;21;1890-05-05;oui;43.322;1.958\n\
        Tilleul;9,5;1990-02-02;non;43.323;1.959\n\
        Tilleul;10;1991-02-02;non;43.324;1.960\n\
        Micocoulier;7,75;2010-12-01;non;43.325;1.961\n";
    eight.to_owned() + &"Pin parasol;5;2012-01-01;non;43.400;2.000\n".repeat(52)
});

/// A portal in a folder that goes with it.
pub struct Portal {
    router: Router,
    pub state: State,
    /// Identifier of the resource made from [`TREES`].
    pub trees: String,
    folder: TempDir,
}

/// An answer, read.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Portal {
    /// An empty portal with one organisation.
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let platform = Platform::open(PlatformConfig::in_folder(folder.path())).await.unwrap();
        let draft = OrganizationDraft { name: "Castelnaudary".into(), ..OrganizationDraft::default() };
        platform.records.create_organization(draft, &Actor::command_line()).await.unwrap();
        let config = Config { public_url: Some("https://data.example.fr".into()), ..Config::default() };
        let state = State::new(platform, Engine::new(EngineLimits::default()), config);
        Self { router: crate::router(state.clone()), state, trees: String::new(), folder }
    }

    /// A portal with one dataset, made from [`TREES`].
    pub async fn with_trees() -> Self {
        let mut portal = Self::empty().await;
        portal.trees = portal.publish("arbres.csv", &TREES, "Arbres").await;
        portal
    }

    /// The same with the configuration of its state.
    pub fn restarted(self) -> Self {
        Self { router: crate::router(self.state.clone()), ..self }
    }

    /// Publishes a file; gives the identifier of its resource.
    pub async fn publish(&self, name: &str, content: &str, title: &str) -> String {
        let path = self.folder.path().join(format!("upload-{name}"));
        std::fs::write(&path, content).unwrap();
        let publication = Publication { title: Some(title.into()), ..Publication::file(path, name) };
        let published = self.state.platform.publish(publication, &Actor::command_line(), |_| {}).await.unwrap();
        self.state.directory.forget();
        published.resources[0].id.to_string()
    }

    /// A token of the whole installation.
    pub async fn token(&self) -> String {
        let records = &self.state.platform.records;
        let draft =
            TokenDraft { name: "robot".into(), owner: Owner::Installation, scope: Scope::Publish, expires_at: None };
        records.create_token(draft, &Actor::command_line()).await.unwrap().secret
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request(Method::GET, path, headers, Body::empty())).await
    }

    /// A `GET` that must succeed.
    pub async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.json()
    }

    pub fn rows(&self, query: &str) -> String {
        format!("/api/v1/resources/{}/rows?{query}", self.trees)
    }

    pub fn tabular(&self, rest: &str) -> String {
        format!("/tabular/api/resources/{}/{rest}", self.trees)
    }
}

pub fn request(method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Request<Body> {
    let path: String = path.chars().flat_map(escaped).collect();
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
    for (name, value) in headers {
        request = request.header(*name, HeaderValue::from_str(value).unwrap());
    }
    request.body(body).unwrap()
}

/// What a client does to a character that an address cannot hold.
fn escaped(character: char) -> Vec<char> {
    if character.is_ascii_graphic() && !matches!(character, '"' | '<' | '>' | '`') {
        return vec![character];
    }
    let mut bytes = [0; 4];
    character
        .encode_utf8(&mut bytes)
        .bytes()
        .flat_map(|byte| format!("%{byte:02X}").chars().collect::<Vec<_>>())
        .collect()
}

/// Identifiers, hashes and instants differ from one run to the next: they are put aside before a shape is compared.
pub fn stable(value: &Value) -> Value {
    match value {
        Value::Object(members) => members.iter().map(|(name, member)| (name.clone(), stable(member))).collect(),
        Value::Array(items) => items.iter().map(stable).collect(),
        Value::String(text) => Value::String(stable_text(text)),
        other => other.clone(),
    }
}

fn stable_text(text: &str) -> String {
    if text.parse::<jiff::Timestamp>().is_ok() {
        return "[instant]".into();
    }
    let parts = text.split('/').map(|part| match part {
        _ if uuid::Uuid::try_parse(part).is_ok() => "[id]",
        _ if part.len() == 64 && part.bytes().all(|b| b.is_ascii_hexdigit()) => "[sha256]",
        other => other,
    });
    parts.collect::<Vec<_>>().join("/")
}
