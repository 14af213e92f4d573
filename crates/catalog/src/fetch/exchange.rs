//! One bounded request to a server that the configuration names: no redirect, no address but those allowed.

use std::time::Duration;

use reqwest::{Client, Request, Url, header::HeaderMap};

use super::{FetchError, Fetcher, network};

/// What a server answered, whole.
#[derive(Debug)]
pub(crate) struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Asks one server, within limits. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Exchanger {
    fetcher: Fetcher,
    client: Client,
    time: Duration,
    bytes: usize,
}

impl Exchanger {
    /// Asks within this time, for answers of at most so many bytes. `host` may be asked wherever it stands: whoever
    /// runs the program named it.
    pub(crate) fn new(fetcher: &Fetcher, host: &str, time: Duration, bytes: usize) -> Result<Self, FetchError> {
        let fetcher = fetcher.also_allowing(host)?;
        let client = fetcher.client(host)?;
        Ok(Self { fetcher, client, time, bytes })
    }

    /// Sends a request and reads its answer.
    pub(crate) async fn send(&self, request: Request) -> Result<Answered, FetchError> {
        let url = request.url().clone();
        let too_slow = |_| FetchError::TooSlow { url: shown(&url), seconds: self.time.as_secs() };
        tokio::time::timeout(self.time, self.unhurried(request)).await.map_err(too_slow)?
    }

    async fn unhurried(&self, request: Request) -> Result<Answered, FetchError> {
        let url = request.url().clone();
        self.fetcher.check(&url)?;
        let sent = self.client.execute(request).await;
        let mut response = sent.map_err(|error| self.fetcher.explain(&url, &error.without_url()))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| network(&shown(&url), &error))? {
            if body.len() + piece.len() > self.bytes {
                return Err(FetchError::TooLarge { url: shown(&url), limit: self.bytes as u64 });
            }
            body.extend_from_slice(&piece);
        }
        Ok(Answered { status, headers, body })
    }
}

/// An address without its parameters, which may be secret.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.into()
}
