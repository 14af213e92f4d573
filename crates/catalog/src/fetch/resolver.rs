//! Resolving names ourselves: the addresses that are checked are the addresses that are connected to.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::FetchError;
use super::allow::AllowList;

#[derive(Debug)]
pub(super) struct Resolver {
    allow: Arc<AllowList>,
}

impl Resolver {
    pub(super) fn new(allow: Arc<AllowList>) -> Self {
        Self { allow }
    }
}

/// Why a name can't be connected to.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum Refusal {
    #[error("{host} is at {address}, which is not on the public internet")]
    Forbidden { host: String, address: String },
    #[error("{host} has no address")]
    Unresolved { host: String },
}

impl Refusal {
    pub(super) fn to_error(&self) -> FetchError {
        match self.clone() {
            Self::Forbidden { host, address } => FetchError::Forbidden { host, address },
            Self::Unresolved { host } => FetchError::Unresolved { host },
        }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allow = Arc::clone(&self.allow);
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = match tokio::net::lookup_host((host.as_str(), 0)).await {
                Ok(found) => found.collect(),
                Err(_) => Vec::new(),
            };
            Ok(permitted(&allow, host, found)?)
        })
    }
}

/// One address that isn't allowed condemns the name: a name that is half inside is not an accident.
fn permitted(allow: &AllowList, host: String, found: Vec<SocketAddr>) -> Result<Addrs, Refusal> {
    if found.is_empty() {
        return Err(Refusal::Unresolved { host });
    }
    let forbidden = found.iter().find(|address| !allow.allows_address(address.ip()));
    if let Some(forbidden) = forbidden.filter(|_| !allow.allows_host(&host)) {
        return Err(Refusal::Forbidden { host, address: forbidden.ip().to_string() });
    }
    Ok(Box::new(found.into_iter()))
}
