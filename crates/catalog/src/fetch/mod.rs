//! Fetching files by URL, without ever reaching into the network that the program stands in.
//!
//! Names are resolved here and every address is checked before it is connected to; each redirect is a new request
//! that passes the same checks. Proxies of the environment are not used: they would resolve names themselves.

mod allow;
mod error;
mod exchange;
mod file_name;
mod resolver;

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures::TryStreamExt as _;
use reqwest::{Client, Response, StatusCode, Url, header, redirect};
use serde::{Deserialize, Serialize};

pub use error::FetchError;
pub(crate) use exchange::Exchanger;
pub(crate) use file_name::cleaned;

use allow::AllowList;
use resolver::Resolver;

use crate::spool::Spool;

/// Redirects that are followed.
const MOST_REDIRECTS: usize = 5;

/// What may be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FetchConfig {
    /// Hosts (`intranet.ville.fr`), addresses and networks (`10.1.0.0/16`) that may be fetched from although they
    /// are not on the public internet.
    pub allow: Vec<String>,
    /// Longest time that one file may take, in seconds.
    pub seconds: u64,
}

impl Default for FetchConfig {
    fn default() -> Self {
        Self { allow: Vec::new(), seconds: 1_800 }
    }
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// As the server calls it, or the last part of the URL.
    pub file_name: String,
    /// Where it came from in the end.
    pub url: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// Fetches files. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Fetcher {
    allow: Arc<AllowList>,
    time: Duration,
}

impl Fetcher {
    /// A fetcher that keeps to a configuration.
    ///
    /// # Errors
    /// When an entry of the allow-list is neither a host nor a network.
    pub fn new(config: &FetchConfig) -> Result<Self, FetchError> {
        install_cryptography();
        let allow = Arc::new(AllowList::parse(&config.allow)?);
        Ok(Self { allow, time: Duration::from_secs(config.seconds) })
    }

    /// The same, that may also reach this host or address.
    pub(crate) fn also_allowing(&self, host: &str) -> Result<Self, FetchError> {
        Ok(Self { allow: Arc::new(self.allow.with(host)?), time: self.time })
    }

    /// Fetches a file of at most `limit` bytes into `to`. `progress` is told the bytes so far, and how many there
    /// are when the server says.
    ///
    /// # Errors
    /// When the address isn't allowed, the server doesn't answer well, or a limit is passed. `to` may be left half
    /// written.
    pub async fn fetch(
        &self,
        url: &str,
        to: &Path,
        limit: u64,
        progress: &(dyn Fn(u64, Option<u64>) + Send + Sync),
    ) -> Result<Fetched, FetchError> {
        let whole = async {
            let (url, response) = self.follow(url).await?;
            download(&url, response, to, limit, progress).await
        };
        let too_slow = |_| FetchError::TooSlow { url: url.to_owned(), seconds: self.time.as_secs() };
        tokio::time::timeout(self.time, whole).await.map_err(too_slow)?
    }

    async fn follow(&self, asked: &str) -> Result<(Url, Response), FetchError> {
        let client = self.client(asked)?;
        let mut url = parse(asked)?;
        for _ in 0..=MOST_REDIRECTS {
            self.check(&url)?;
            let response = client.get(url.clone()).send().await.map_err(|error| self.explain(&url, &error))?;
            if !response.status().is_redirection() || response.status() == StatusCode::NOT_MODIFIED {
                return succeed(url, response);
            }
            url = redirected(&url, &response)?;
        }
        Err(FetchError::Redirects { url: asked.to_owned(), most: MOST_REDIRECTS })
    }

    fn client(&self, url: &str) -> Result<Client, FetchError> {
        Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .dns_resolver(Arc::new(Resolver::new(Arc::clone(&self.allow))))
            .connect_timeout(Duration::from_secs(20))
            .read_timeout(Duration::from_secs(60))
            .user_agent(concat!("Cocagne/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| network(url, &error))
    }

    /// A host written as an address never meets the resolver: it is checked here.
    fn check(&self, url: &Url) -> Result<(), FetchError> {
        match host_address(url) {
            Some(address) if !self.allow.allows_address(address) => Err(FetchError::Forbidden {
                host: url.host_str().unwrap_or_default().to_owned(),
                address: address.to_string(),
            }),
            _ => Ok(()),
        }
    }

    /// The resolver's refusal comes wrapped in errors of the layers between.
    fn explain(&self, url: &Url, error: &reqwest::Error) -> FetchError {
        let mut cause: Option<&dyn std::error::Error> = Some(error);
        while let Some(inner) = cause {
            if let Some(refusal) = inner.downcast_ref::<resolver::Refusal>() {
                return refusal.to_error();
            }
            cause = inner.source();
        }
        network(url.as_str(), error)
    }
}

/// The address that a URL names instead of a host.
fn host_address(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn parse(url: &str) -> Result<Url, FetchError> {
    let wrong = |detail: &str| FetchError::Url { url: url.to_owned(), detail: detail.to_owned() };
    let parsed = Url::parse(url).map_err(|error| wrong(&error.to_string()))?;
    // Where a file came from is public, and so would the password be.
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(FetchError::Url {
            url: parsed.host_str().unwrap_or_default().to_owned(),
            detail: "an address that holds a name and a password is not fetched: it would be published with the file"
                .to_owned(),
        });
    }
    match parsed.scheme() {
        "http" | "https" if parsed.host_str().is_some() => Ok(parsed),
        _ => Err(wrong("only addresses that begin with https:// or http:// are fetched")),
    }
}

fn redirected(from: &Url, response: &Response) -> Result<Url, FetchError> {
    let wrong = |detail: &str| FetchError::Url { url: from.to_string(), detail: detail.to_owned() };
    let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let location = location.ok_or_else(|| wrong("redirects without saying where"))?;
    let target = from.join(location).map_err(|error| wrong(&format!("redirects to {location:?}: {error}")))?;
    parse(target.as_str())
}

fn succeed(url: Url, response: Response) -> Result<(Url, Response), FetchError> {
    if response.status() == StatusCode::OK {
        return Ok((url, response));
    }
    Err(FetchError::Status { status: response.status().as_u16(), url: url.into() })
}

async fn download(
    url: &Url,
    response: Response,
    to: &Path,
    limit: u64,
    progress: &(dyn Fn(u64, Option<u64>) + Send + Sync),
) -> Result<Fetched, FetchError> {
    let too_large = || FetchError::TooLarge { url: url.to_string(), limit };
    let total = response.content_length();
    if total.is_some_and(|total| total > limit) {
        return Err(too_large());
    }
    let file_name = file_name::of(url, response.headers());
    let mut spool = Spool::create(to)?;
    let mut pieces = response.bytes_stream();
    while let Some(piece) = pieces.try_next().await.map_err(|error| network(url.as_str(), &error))? {
        spool.write(&piece)?;
        if spool.size() > limit {
            return Err(too_large());
        }
        progress(spool.size(), total);
    }
    let (sha256, size) = spool.finish()?;
    Ok(Fetched { file_name, url: url.to_string(), size, sha256 })
}

/// The innermost cause says what happened; what is around it only says where.
fn network(url: &str, error: &dyn std::error::Error) -> FetchError {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    FetchError::Network { url: url.to_owned(), detail: cause.to_string() }
}

/// Makes ring the cryptography of TLS for the whole program; the first caller wins, later ones change nothing.
pub(crate) fn install_cryptography() {
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
}

#[cfg(test)]
mod tests;
