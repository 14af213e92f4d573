#![allow(clippy::unwrap_used, clippy::panic)]
//! Against real servers of this machine.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

/// Answers each path with the bytes that `answer` gives; the address that it listens on.
async fn serve(answer: fn(&str, SocketAddr) -> Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = vec![0; 4096];
                let read = stream.read(&mut request).await.unwrap_or(0);
                let text = String::from_utf8_lossy(&request[..read]).into_owned();
                let path = text.split(' ').nth(1).unwrap_or("/").to_owned();
                let _client_may_have_left = stream.write_all(&answer(&path, address)).await;
            });
        }
    });
    address
}

fn town(path: &str, address: SocketAddr) -> Vec<u8> {
    let redirect =
        |to: &str| format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    match path {
        "/budget.csv" => {
            "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 8\r\nConnection: close\r\n\r\na,b\n1,2\n"
                .to_owned()
        }
        "/endless" => format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", "x".repeat(10_000)),
        "/huge" => "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n".to_owned(),
        "/moved" => redirect("/budget.csv"),
        "/loop" => redirect("/loop"),
        "/inside" => redirect(&format!("http://127.0.0.2:{}/budget.csv", address.port())),
        "/file" => redirect("file:///etc/passwd"),
        "/cut" => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf".to_owned(),
        _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
    }
    .into_bytes()
}

async fn fetch_allowing(allow: &[&str], url: &str) -> std::result::Result<(Fetched, Vec<u8>), FetchError> {
    let config = FetchConfig { allow: allow.iter().map(|&entry| entry.to_owned()).collect(), seconds: 30 };
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("file");
    let fetched = Fetcher::new(&config)?.fetch(url, &to, 5_000, &|_, _| {}).await?;
    Ok((fetched, std::fs::read(&to).unwrap()))
}

#[tokio::test]
async fn a_file_is_fetched_with_its_name_and_hash() {
    let address = serve(town).await;
    let (fetched, bytes) = fetch_allowing(&["127.0.0.1"], &format!("http://{address}/moved")).await.unwrap();
    assert_eq!(bytes, b"a,b\n1,2\n");
    assert_eq!(fetched.file_name, "budget.csv");
    assert_eq!(fetched.size, 8);
    assert_eq!(fetched.sha256, hex_of(&bytes));
}

fn hex_of(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    crate::records::hexadecimal(&sha2::Sha256::digest(bytes))
}

#[tokio::test]
async fn this_machine_is_out_of_reach_by_address_and_by_name() {
    let address = serve(town).await;
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"] {
        let outcome = fetch_allowing(&[], &format!("http://{host}:{}/budget.csv", address.port())).await;
        assert!(matches!(outcome, Err(FetchError::Forbidden { .. })), "{host}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_checked_like_a_first_request() {
    let address = serve(town).await;
    let allow = ["127.0.0.1"];
    let inside = fetch_allowing(&allow, &format!("http://{address}/inside")).await;
    assert!(matches!(inside, Err(FetchError::Forbidden { .. })), "{inside:?}");
    let file = fetch_allowing(&allow, &format!("http://{address}/file")).await;
    assert!(matches!(file, Err(FetchError::Url { .. })), "{file:?}");
    let endless = fetch_allowing(&allow, &format!("http://{address}/loop")).await;
    assert!(matches!(endless, Err(FetchError::Redirects { .. })), "{endless:?}");
}

#[tokio::test]
async fn an_allowed_name_may_stand_inside() {
    let address = serve(town).await;
    let outcome = fetch_allowing(&["localhost"], &format!("http://localhost:{}/budget.csv", address.port())).await;
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[tokio::test]
async fn sizes_are_limited_whatever_the_server_says() {
    let address = serve(town).await;
    for path in ["endless", "huge"] {
        let outcome = fetch_allowing(&["127.0.0.1"], &format!("http://{address}/{path}")).await;
        assert!(matches!(outcome, Err(FetchError::TooLarge { .. })), "{path}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_broken_or_bad_answer_is_an_error() {
    let address = serve(town).await;
    let cut = fetch_allowing(&["127.0.0.1"], &format!("http://{address}/cut")).await;
    assert!(matches!(cut, Err(FetchError::Network { .. })), "{cut:?}");
    let missing = fetch_allowing(&["127.0.0.1"], &format!("http://{address}/nothing")).await;
    assert!(matches!(missing, Err(FetchError::Status { status: 404, .. })), "{missing:?}");
}

#[tokio::test]
async fn only_web_addresses_are_fetched() {
    for url in ["file:///etc/passwd", "ftp://a.fr/x", "budget.csv", "http://"] {
        let outcome = fetch_allowing(&[], url).await;
        assert!(matches!(outcome, Err(FetchError::Url { .. })), "{url}: {outcome:?}");
    }
}

#[tokio::test]
async fn an_address_with_a_password_is_refused_without_repeating_it() {
    for url in ["https://marie:secret@example.org/budget.csv", "https://secret@example.org/budget.csv"] {
        let refusal = fetch_allowing(&[], url).await.unwrap_err();
        assert!(matches!(refusal, FetchError::Url { .. }), "{refusal:?}");
        assert!(!format!("{refusal} {refusal:?}").contains("secret"), "{refusal}");
    }
}
