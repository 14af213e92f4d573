//! What another site makes a browser send is refused; what this site's pages send is not.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use catalog::account::Role;

use super::town::{PASSWORD, Town, Who};
use crate::csrf::HEADER;

const ADMINISTRATOR: Who = Who::Member(Role::Administrator);

fn with(mut headers: HeaderMap, name: &'static str, value: &str) -> HeaderMap {
    headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
    headers
}

/// The cookie alone, as a browser adds it to whatever is sent; and the secret of the session's forms.
async fn cookie_and_secret(town: &Town) -> (HeaderMap, String) {
    let mut headers = town.headers(ADMINISTRATOR).await;
    let secret = headers.remove(HEADER).unwrap().to_str().unwrap().to_owned();
    (headers, secret)
}

async fn name(town: &Town) -> String {
    town.person(ADMINISTRATOR).await.name
}

#[tokio::test]
async fn a_form_without_the_secret_of_the_session_changes_nothing() {
    let town = Town::new().await;
    let (cookie, secret) = cookie_and_secret(&town).await;
    let (_, of_another) = cookie_and_secret(&town).await;
    for form in ["name=Mallory".to_owned(), "name=Mallory&csrf=".to_owned(), format!("name=Mallory&csrf={of_another}")]
    {
        let answer = town.post("/account/name", cookie.clone(), &form).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{form}");
    }
    assert_eq!(name(&town).await, "");
    let answer = town.post("/account/name", cookie, &format!("name=Marie&csrf={secret}")).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/account?done=name"));
    assert_eq!(name(&town).await, "Marie");
}

#[tokio::test]
async fn what_the_browser_says_comes_from_another_site_is_refused_even_with_the_secret() {
    let town = Town::new().await;
    let (cookie, secret) = cookie_and_secret(&town).await;
    let form = format!("name=Mallory&csrf={secret}");
    for (header, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "https://data.example.fr.evil.example"),
        ("origin", "http://data.example.fr"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let answer = town.post("/account/name", with(cookie.clone(), header, value), &form).await;
        assert_eq!((answer.status, answer.refused), (StatusCode::FORBIDDEN, true), "{header}: {value}");
    }
    assert_eq!(name(&town).await, "");
    let answer = town.post("/account/name", with(cookie, "sec-fetch-site", "same-origin"), &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_is_signed_in_by_another_site() {
    let town = Town::new().await;
    let user = town.person(ADMINISTRATOR).await;
    let records = &town.state.platform.records;
    records.set_password(&user.email, PASSWORD.to_owned(), None, &catalog::Actor::command_line()).await.unwrap();
    let form = format!("email={}&password=correct+cheval+pile+agrafe", user.email);
    let foreign = with(HeaderMap::new(), "origin", "https://evil.example");
    assert_eq!(town.post("/sign-in", foreign, &form).await.status, StatusCode::FORBIDDEN);
    let own = town.post("/sign-in", HeaderMap::new(), &form).await;
    assert_eq!((own.status, own.header("location")), (StatusCode::SEE_OTHER, "/account"));
}

#[tokio::test]
async fn a_form_with_a_file_carries_the_secret_first() {
    let town = Town::new().await;
    let (cookie, secret) = cookie_and_secret(&town).await;
    let form = |first: &str, second: &str| {
        let field = |name: &str, value: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let of = |name: &str| if name == "csrf" { field("csrf", &secret) } else { field(name, "Arbres") };
        format!("{}{}--x--\r\n", of(first), of(second))
    };
    let headers = with(cookie, "content-type", "multipart/form-data; boundary=x");
    let late = town.send("POST", "/api/v1/publish", headers.clone(), form("title", "csrf")).await;
    assert_eq!((late.status, late.refused), (StatusCode::FORBIDDEN, true));
    let first = town.send("POST", "/api/v1/publish", headers, form("csrf", "title")).await;
    assert!(!first.refused, "{}", first.body);
    assert_eq!(first.status, StatusCode::BAD_REQUEST, "the form is read from its beginning, and has no file");
    assert!(first.body.contains("one `file` or one `url`"), "{}", first.body);
}

#[tokio::test]
async fn a_token_needs_no_secret_and_a_body_of_another_kind_needs_the_header() {
    let town = Town::new().await;
    let body = r#"{"name": "robot", "organization": "castelnaudary"}"#;
    let token = town.headers(Who::Token(catalog::account::Scope::Administer)).await;
    let token = with(token, "content-type", "application/json");
    assert_eq!(town.send("POST", "/api/v1/tokens", token, body).await.status, StatusCode::CREATED);
    let (cookie, secret) = cookie_and_secret(&town).await;
    let cookie = with(cookie, "content-type", "application/json");
    assert_eq!(town.send("POST", "/api/v1/tokens", cookie.clone(), body).await.status, StatusCode::FORBIDDEN);
    let scripted = with(cookie, HEADER, &secret);
    assert_eq!(town.send("POST", "/api/v1/tokens", scripted, body).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_portal_that_does_not_know_its_address_compares_with_what_it_is_called() {
    let town = Town::exactly(crate::Config::default()).await;
    let (cookie, secret) = cookie_and_secret(&town).await;
    let form = format!("name=Marie&csrf={secret}");
    let foreign = with(cookie.clone(), "origin", "https://evil.example");
    assert_eq!(town.post("/account/name", foreign, &form).await.status, StatusCode::FORBIDDEN);
    let own = with(cookie, "origin", "https://data.example.fr");
    assert_eq!(town.post("/account/name", own, &form).await.status, StatusCode::SEE_OTHER);
}
