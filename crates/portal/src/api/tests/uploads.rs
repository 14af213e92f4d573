//! Files in pieces, as a client of tus 1.0 sends them.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::Value;

use super::{Answer, Portal, TREES, request};

struct Client<'a> {
    portal: &'a Portal,
    bearer: String,
}

impl<'a> Client<'a> {
    async fn of(portal: &'a Portal) -> Self {
        Self { portal, bearer: format!("Bearer {}", portal.token().await) }
    }

    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let own = [("authorization", self.bearer.as_str()), ("tus-resumable", "1.0.0")];
        let headers: Vec<(&str, &str)> = own.into_iter().chain(headers.iter().copied()).collect();
        self.portal.send(request(method, path, &headers, Body::from(body.to_vec()))).await
    }

    async fn begin(&self, length: usize) -> String {
        let length = length.to_string();
        let headers = [("upload-length", length.as_str()), ("upload-metadata", "filename YXJicmVzLmNzdg==,draft")];
        let answer = self.ask(Method::POST, "/uploads", &headers, b"").await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let location = answer.header("location").to_owned();
        location.strip_prefix("https://data.example.fr").unwrap().to_owned()
    }

    async fn piece(&self, path: &str, offset: usize, bytes: &[u8]) -> Answer {
        let offset = offset.to_string();
        let headers = [("upload-offset", offset.as_str()), ("content-type", "application/offset+octet-stream")];
        self.ask(Method::PATCH, path, &headers, bytes).await
    }

    async fn offset(&self, path: &str) -> usize {
        let answer = self.ask(Method::HEAD, path, &[], b"").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("cache-control"), "no-store");
        answer.header("upload-offset").parse().unwrap()
    }
}

#[tokio::test]
async fn a_file_sent_in_pieces_becomes_a_public_dataset() {
    let portal = Portal::empty().await;
    let client = Client::of(&portal).await;
    let path = client.begin(TREES.len()).await;
    assert_eq!(client.offset(&path).await, 0);
    let (first, rest) = TREES.as_bytes().split_at(100);
    let answer = client.piece(&path, 0, first).await;
    assert_eq!((answer.status, answer.header("upload-offset")), (StatusCode::NO_CONTENT, "100"));
    assert_eq!(answer.header("tus-resumable"), "1.0.0");
    assert!(answer.header("upload-expires").ends_with("GMT"), "{:?}", answer.headers);
    assert_eq!(client.offset(&path).await, 100);
    assert_eq!(client.piece(&path, 0, first).await.status, StatusCode::CONFLICT);
    assert_eq!(client.piece(&path, 100, rest).await.status, StatusCode::NO_CONTENT);

    let id = path.rsplit('/').next().unwrap();
    let form = format!(
        "--limit\r\nContent-Disposition: form-data; name=\"upload\"\r\n\r\n{id}\r\n\
         --limit\r\nContent-Disposition: form-data; name=\"organization\"\r\n\r\ncastelnaudary\r\n--limit--\r\n"
    );
    let headers = [("content-type", "multipart/form-data; boundary=limit")];
    let draft = client.ask(Method::POST, "/api/v1/drafts", &headers, form.as_bytes()).await;
    assert_eq!(draft.status, StatusCode::CREATED, "{}", draft.text());
    let draft = draft.json();
    assert_eq!(draft["sources"][0]["file_name"], "arbres.csv");
    assert_eq!(client.ask(Method::HEAD, &path, &[], b"").await.status, StatusCode::NOT_FOUND);

    // Nobody else is given the file meanwhile.
    let snapshot = draft["sources"][0]["snapshot"].as_str().unwrap();
    let file = format!("/files/{snapshot}/arbres.csv");
    assert_eq!(portal.get(&file).await.status, StatusCode::NOT_FOUND);
    let address = format!("/api/v1/drafts/{}", draft["id"].as_str().unwrap());
    assert_eq!(portal.get(&address).await.status, StatusCode::UNAUTHORIZED);
    assert!(checked(&client, &address).await["open"].as_array().unwrap().is_empty());
    let published = client.ask(Method::POST, &format!("{address}/publish"), &[], b"").await;
    assert_eq!(published.status, StatusCode::CREATED, "{}", published.text());
    assert_eq!(portal.get(&file).await.text(), *TREES);
}

/// The report of a draft, once it is made.
async fn checked(client: &Client<'_>, draft: &str) -> Value {
    for _ in 0..2_000 {
        let answer = client.ask(Method::GET, &format!("{draft}/check"), &[], b"").await;
        if answer.status == StatusCode::OK {
            return answer.json();
        }
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text());
        tokio::task::yield_now().await;
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    panic!("the check never ended");
}

#[tokio::test]
async fn a_server_says_what_it_can_do() {
    let portal = Portal::empty().await;
    let answer = portal.send(request(Method::OPTIONS, "/uploads", &[], Body::empty())).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.header("tus-version"), "1.0.0");
    assert!(answer.header("tus-extension").contains("creation"));
    assert!(answer.header("tus-max-size").parse::<u64>().unwrap() > 1 << 30);
}

#[tokio::test]
async fn what_is_not_the_protocol_is_refused() {
    let portal = Portal::empty().await;
    let client = Client::of(&portal).await;
    let path = client.begin(10).await;
    let bearer = client.bearer.as_str();
    let old = [("authorization", bearer), ("tus-resumable", "0.2.1"), ("upload-length", "3")];
    let answer = portal.send(request(Method::POST, "/uploads", &old, Body::empty())).await;
    assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED);
    let answer = client.ask(Method::POST, "/uploads", &[("upload-length", "many")], b"").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let answer = client.ask(Method::POST, "/uploads", &[("upload-length", "999999999999999")], b"").await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text());
    let answer = client.ask(Method::PATCH, &path, &[("upload-offset", "0")], b"abc").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(client.piece(&path, 0, b"more than was announced").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        portal.send(request(Method::HEAD, &path, &[("tus-resumable", "1.0.0")], Body::empty())).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn an_upload_can_be_ended() {
    let portal = Portal::empty().await;
    let client = Client::of(&portal).await;
    let path = client.begin(10).await;
    assert_eq!(client.ask(Method::DELETE, &path, &[], b"").await.status, StatusCode::NO_CONTENT);
    assert_eq!(client.ask(Method::HEAD, &path, &[], b"").await.status, StatusCode::NOT_FOUND);
    // Behind proxies that know no PATCH, and with the first piece in the creation.
    let headers = [("upload-length", "6"), ("content-type", "application/offset+octet-stream")];
    let answer = client.ask(Method::POST, "/uploads", &headers, b"abc").await;
    assert_eq!((answer.status, answer.header("upload-offset")), (StatusCode::CREATED, "3"));
    let path = answer.header("location").strip_prefix("https://data.example.fr").unwrap().to_owned();
    let headers = [
        ("x-http-method-override", "PATCH"),
        ("upload-offset", "3"),
        ("content-type", "application/offset+octet-stream"),
    ];
    assert_eq!(client.ask(Method::POST, &path, &headers, b"def").await.status, StatusCode::NO_CONTENT);
    assert_eq!(client.offset(&path).await, 6);
}
