//! Every route of the routers is walked as everybody: who is let in is what the table says.

use axum::http::StatusCode;
use catalog::account::{Role, Scope};

use super::routes;
use super::town::{OTHER, OWN, Town, Who};
use crate::access::{Access, RULES, rule};

const EVERYBODY: [Who; 11] = [
    Who::Nobody,
    Who::Revoked,
    Who::Member(Role::Reader),
    Who::Member(Role::Contributor),
    Who::Member(Role::Publisher),
    Who::Member(Role::Administrator),
    Who::Stranger,
    Who::Superuser,
    Who::Token(Scope::ReadDrafts),
    Who::Token(Scope::Publish),
    Who::Token(Scope::Administer),
];

/// In the order of [`EVERYBODY`]: `.` is let in, `?` is asked who they are, `x` is refused.
fn expected(access: Access) -> [char; 11] {
    let row = match access {
        Access::Public => "...........",
        Access::SignedIn => "??.........",
        Access::Person => "??......xxx",
        Access::Member(Role::Reader) => "??.........",
        Access::Member(Role::Contributor) => "??x.....x..",
        Access::Member(Role::Publisher) => "??xx....x..",
        Access::Member(Role::Administrator) => "??xxx...xx.",
        Access::Administrator => "??xxxxx.xxx",
    };
    let row: Vec<char> = row.chars().collect();
    row.try_into().unwrap()
}

/// A path of this pattern. Nothing has these identifiers; the organisation exists.
fn path(pattern: &str) -> String {
    let segment = |segment: &str| match segment {
        "{slug}" => OWN.to_owned(),
        "{number}" | "{z}" | "{x}" => "1".to_owned(),
        "{sha256}" => "0".repeat(64),
        "{secret}" => "0".repeat(64),
        segment if segment.starts_with('{') => uuid::Uuid::nil().to_string(),
        segment => segment.to_owned(),
    };
    pattern.split('/').map(segment).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn each_route_lets_in_who_its_rule_says_and_nobody_else() {
    let town = Town::new().await;
    let mut wrong = Vec::new();
    for (method, pattern) in routes::all() {
        let parsed = axum::http::Method::from_bytes(method.as_bytes()).unwrap();
        let Some(rule) = rule(&parsed, &pattern) else {
            wrong.push(format!("{method} {pattern} has no rule in access::RULES"));
            continue;
        };
        for (who, expected) in EVERYBODY.into_iter().zip(expected(rule.access)) {
            // Each time a session of its own: some routes end it.
            let headers = town.headers(who).await;
            let answer = town.send(&method, &path(&pattern), headers, axum::body::Body::empty()).await;
            let seen = match (answer.refused, answer.status) {
                (true, StatusCode::UNAUTHORIZED) => '?',
                (true, StatusCode::FORBIDDEN) => 'x',
                (true, other) => panic!("{method} {pattern} as {who:?}: refused with {other}"),
                (false, _) => '.',
            };
            if seen != expected {
                wrong.push(format!("{method} {pattern} as {who:?}: {seen}, not {expected}: {}", answer.body));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_rule_is_for_a_route_that_exists_and_comes_once() {
    let routes = routes::all();
    let mut seen = std::collections::BTreeSet::new();
    for rule in RULES.iter().copied().flatten() {
        assert!(seen.insert((rule.method, rule.path)), "{} {} has two rules", rule.method, rule.path);
        let exists = |method: &str| routes.contains(&(method.to_owned(), rule.path.to_owned()));
        assert!(exists(rule.method) || (rule.method == "HEAD" && exists("GET")), "{} {}", rule.method, rule.path);
    }
}

#[test]
fn what_changes_something_is_never_public_unless_it_says_why() {
    // Questions in the body, a choice that the browser keeps, and the doors themselves.
    let known = ["/api/v1/sql", "/adresse/", "/territory", "/sign-in", "/invitation/{secret}"];
    for rule in RULES.iter().copied().flatten() {
        if rule.access == Access::Public && !matches!(rule.method, "GET" | "HEAD" | "OPTIONS") {
            assert!(known.iter().any(|known| rule.path.starts_with(known)), "{} {}", rule.method, rule.path);
        }
    }
}

#[tokio::test]
async fn a_route_that_nobody_declared_is_refused() {
    let mut town = Town::new().await;
    let layer = axum::middleware::from_fn_with_state(town.state.clone(), crate::access::enforce);
    let undeclared = axum::Router::new().route("/undeclared", axum::routing::get(|| async { "secret" }));
    town.router = undeclared.layer(layer).with_state(town.state.clone());
    for who in [Who::Nobody, Who::Superuser] {
        let answer = town.send("GET", "/undeclared", town.headers(who).await, axum::body::Body::empty()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(!answer.body.contains("secret"));
    }
}

#[tokio::test]
async fn the_administrator_of_one_organization_is_nobody_in_another() {
    let town = Town::new().await;
    let records = &town.state.platform.records;
    let member = town.person(Who::Member(Role::Contributor)).await;
    let own = records.organization(OWN).await.unwrap().unwrap();
    let before = records.last_event().await.unwrap();
    let forms = [
        (format!("/organizations/{OWN}/members/{}", member.id), "role=administrator"),
        (format!("/organizations/{OWN}/members/{}", member.id), "role="),
        (format!("/organizations/{OWN}/invitations"), "email=a@example.org&role=administrator"),
        (format!("/organizations/{OWN}/tokens"), "name=robot&scope=administer&days=90"),
    ];
    let stranger = town.headers(Who::Stranger).await;
    let known = records.last_event().await.unwrap();
    assert!(known > before, "the stranger's own account was made");
    for (path, form) in forms {
        let answer = town.post(&path, stranger.clone(), form).await;
        assert_eq!((answer.status, answer.refused), (StatusCode::FORBIDDEN, false), "{path} {form}");
    }
    let page = town.page(&format!("/organizations/{OWN}/members"), stranger.clone()).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.body.contains(&member.email));
    assert_eq!(records.last_event().await.unwrap(), known, "nothing changed");
    assert_eq!(records.members(own.id).await.unwrap().len(), 1);
    let page = town.page(&format!("/organizations/{OTHER}/members"), stranger).await;
    assert_eq!(page.status, StatusCode::OK);
}
