//! Sessions in cookies, what signed-in readers are shown, and how often one may try.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use catalog::Actor;
use catalog::account::{Role, SessionLimits};
use std::time::Duration;

use super::town::{Answer, PASSWORD, Town, Who};
use crate::Config;
use crate::pace::Rates;

const PUBLISHER: Who = Who::Member(Role::Publisher);

/// Somebody with a password; gives their address.
async fn with_password(town: &Town) -> String {
    let user = town.person(PUBLISHER).await;
    let records = &town.state.platform.records;
    records.set_password(&user.email, PASSWORD.to_owned(), None, &Actor::command_line()).await.unwrap();
    user.email
}

async fn sign_in(town: &Town, email: &str, password: &str) -> Answer {
    let form = format!("email={email}&password={}&next=%2Fdatasets", password.replace(' ', "+"));
    town.post("/sign-in", HeaderMap::new(), &form).await
}

fn cookie_of(answer: &Answer) -> HeaderMap {
    let pair = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    HeaderMap::from_iter([(header::COOKIE, pair.parse().unwrap())])
}

#[tokio::test]
async fn a_session_s_cookie_is_kept_from_scripts_other_sites_and_plain_http() {
    let town = Town::new().await;
    let email = with_password(&town).await;
    let answer = sign_in(&town, &email, PASSWORD).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/datasets"));
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-cocagne="), "{cookie}");
    for attribute in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=1209600"] {
        assert!(cookie.contains(attribute), "{attribute}: {cookie}");
    }
    assert!(!cookie.contains("Domain"));
    let plain = Town::with(Config { public_url: Some("http://localhost".into()), ..Config::default() }).await;
    let email = with_password(&plain).await;
    let mut headers = HeaderMap::new();
    headers.insert(header::ORIGIN, HeaderValue::from_static("http://localhost"));
    let form = format!("email={email}&password={}", PASSWORD.replace(' ', "+"));
    let cookie = plain.post("/sign-in", headers, &form).await.header("set-cookie").to_owned();
    assert!(cookie.starts_with("cocagne=") && !cookie.contains("Secure"), "{cookie}");
}

#[tokio::test]
async fn what_a_signed_in_reader_is_shown_is_kept_nowhere() {
    let town = Town::new().await;
    let headers = town.headers(PUBLISHER).await;
    let public = town.page("/datasets", HeaderMap::new()).await;
    assert_eq!(public.header("cache-control"), "public, no-cache");
    let etag: HeaderValue = public.header("etag").parse().unwrap();
    assert!(public.header("vary").contains("cookie"));
    let mut asking = headers.clone();
    asking.insert(header::IF_NONE_MATCH, etag);
    let own = town.page("/datasets", asking).await;
    assert_eq!((own.status, own.header("cache-control"), own.header("etag")), (StatusCode::OK, "no-store", ""));
    assert!(own.body.contains("href=\"/account\"") && !public.body.contains("href=\"/account\""));
    assert!(public.body.contains("/sign-in?next=%2Fdatasets"));
    for path in ["/account", "/nowhere"] {
        assert_eq!(town.page(path, headers.clone()).await.header("cache-control"), "no-store", "{path}");
    }
    assert!(own.header("content-security-policy").starts_with("default-src 'self'"));
}

#[tokio::test]
async fn who_is_not_signed_in_is_sent_to_sign_in_and_comes_back() {
    let town = Town::new().await;
    let answer = town.page("/account?done=name", HeaderMap::new()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/sign-in?next=%2Faccount%3Fdone%3Dname");
    let program = town.send("GET", "/account", HeaderMap::new(), Body::empty()).await;
    assert_eq!(program.status, StatusCode::UNAUTHORIZED);
    let hostile = town.post("/sign-in", HeaderMap::new(), "email=a&password=b&next=https://evil.example").await;
    assert!(!hostile.body.contains("evil.example"), "{}", hostile.body);
}

#[tokio::test]
async fn signing_out_ends_the_session_everywhere() {
    let town = Town::new().await;
    let email = with_password(&town).await;
    let cookie = cookie_of(&sign_in(&town, &email, PASSWORD).await);
    let visitor = crate::session::Visitor::of(&town.state, &cookie).await.unwrap();
    let answer = town.post("/sign-out", cookie.clone(), &format!("csrf={}", visitor.csrf)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert!(crate::session::Visitor::of(&town.state, &cookie).await.unwrap().user.is_none());
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let town = Town::new().await;
    let email = with_password(&town).await;
    let other = cookie_of(&sign_in(&town, &email, PASSWORD).await);
    let own = cookie_of(&sign_in(&town, &email, PASSWORD).await);
    let csrf = crate::session::Visitor::of(&town.state, &own).await.unwrap().csrf;
    let wrong = format!("csrf={csrf}&current=pas+le+bon+du+tout&password=une+tout+autre+phrase");
    let answer = town.post("/account/password", own.clone(), &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let weak = format!("csrf={csrf}&current={}&password=motdepasse123", PASSWORD.replace(' ', "+"));
    assert_eq!(town.post("/account/password", own.clone(), &weak).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = format!("csrf={csrf}&current={}&password=une+tout+autre+phrase", PASSWORD.replace(' ', "+"));
    let answer = town.post("/account/password", own.clone(), &right).await;
    assert_eq!(answer.header("location"), "/account?done=password");
    assert_eq!(town.page("/account", own).await.status, StatusCode::OK);
    assert_eq!(town.page("/account", other).await.status, StatusCode::SEE_OTHER);
    assert_eq!(sign_in(&town, &email, PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sign_in(&town, &email, "une tout autre phrase").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used() {
    let sessions = SessionLimits { idle: Duration::ZERO, ..SessionLimits::default() };
    let town = Town::with(Config { sessions, ..Config::default() }).await;
    let user = town.person(PUBLISHER).await;
    let records = &town.state.platform.records;
    let new = records.start_session(user.id, catalog::account::Means::Password, "", "").await.unwrap();
    let name = HeaderValue::from_str(&format!("__Host-cocagne={}", new.secret)).unwrap();
    let headers = HeaderMap::from_iter([(header::COOKIE, name)]);
    assert_eq!(town.page("/account", headers).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_unknown_address_is_answered_like_a_known_one() {
    let town = Town::new().await;
    let email = with_password(&town).await;
    let known = sign_in(&town, &email, "pas le bon du tout").await;
    let unknown = sign_in(&town, "personne@example.org", "pas le bon du tout").await;
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.body.replace(&email, "x"), unknown.body.replace("personne@example.org", "x"));
}

#[tokio::test]
async fn guessing_is_slowed_down_for_known_and_unknown_addresses_alike() {
    let town = Town::new().await;
    let email = with_password(&town).await;
    for email in [email.as_str(), "personne@example.org"] {
        for _ in 0..5 {
            assert_eq!(sign_in(&town, email, "pas le bon du tout").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let answer = sign_in(&town, email, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "the right password isn't even tried");
        assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    }
}

#[tokio::test]
async fn one_client_tries_only_so_often() {
    let rates = Rates { sign_ins: 3, ..Rates::default() };
    let header_name = header::HeaderName::from_static("x-real-ip");
    let config = Config { rates, client_address_header: Some(header_name.clone()), ..Config::default() };
    let town = Town::exactly(config).await;
    let from = |address: &'static str| {
        HeaderMap::from_iter([
            (header_name.clone(), HeaderValue::from_static(address)),
            (header::ORIGIN, HeaderValue::from_static("http://data.example.fr")),
        ])
    };
    for number in 0..3 {
        let form = format!("email=a{number}@example.org&password=b");
        let answer = town.post("/sign-in", from("192.0.2.1"), &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = town.post("/sign-in", from("192.0.2.1"), "email=z@example.org&password=b").await;
    assert_eq!((answer.status, answer.refused), (StatusCode::TOO_MANY_REQUESTS, true));
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    assert!(answer.header("content-type").starts_with("text/html"));
    let elsewhere = town.post("/sign-in", from("192.0.2.2"), "email=z@example.org&password=b").await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY);
}
